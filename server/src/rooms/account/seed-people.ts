import { randomUUID } from "node:crypto";
import { hashPassword } from "better-auth/crypto";
import { newId } from "#kernel/ids.ts";
import type { Db } from "#platform/db/query.ts";
import { personFind, personPut } from "./account.sql.gen.ts";

/** The people of the sandbox, one for each role and a second seller; never made where real money moves. */
const people = [
  { key: "shopper", role: "shopper", name: "Sasha Shopper", email: "shopper@muse.test" },
  { key: "seller", role: "seller", name: "Selin Seller", email: "seller@muse.test" },
  { key: "secondSeller", role: "seller", name: "Mina Maker", email: "maker@muse.test" },
  { key: "ops", role: "ops", name: "Ola Operations", email: "ops@muse.test" },
  { key: "admin", role: "admin", name: "Ada Admin", email: "admin@muse.test" },
] as const;

const password = "muse-demo";

export type SeededPeople = { readonly [Key in (typeof people)[number]["key"]]: string };

/** Makes the sandbox's people where they are missing, and answers their account ids. */
export async function seedPeople(db: Db): Promise<SeededPeople> {
  const seeded: { [key: string]: string } = {};
  for (const person of people) seeded[person.key] = await seedPerson(db, person);
  return seeded as SeededPeople;
}

async function seedPerson(db: Db, person: (typeof people)[number]): Promise<string> {
  const known = await personFind(db, { email: person.email });
  if (known !== null) return known.id;
  const put = await personPut(db, {
    ...person,
    accountId: newId("acc"),
    signInId: randomUUID(),
    passwordHash: await hashPassword(password),
  });
  return put.accountId;
}
