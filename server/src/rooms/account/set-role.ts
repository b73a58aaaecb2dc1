import type { Role } from "@muse/contracts/account";
import type { Db } from "#platform/db/query.ts";
import { roleSet } from "./account.sql.gen.ts";

export type SetRoleResult = { readonly kind: "set" | "account_not_found" };

/** Gives a person a role, at once in every process. Anonymous accounts hold none and are answered as not there. */
export async function setRole(
  db: Db,
  input: { readonly accountId: string; readonly role: Role },
): Promise<SetRoleResult> {
  const row = await roleSet(db, input);
  return { kind: row === null ? "account_not_found" : "set" };
}
