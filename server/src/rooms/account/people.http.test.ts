import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, test } from "node:test";
import type { Role } from "@muse/contracts/account";
import { must } from "#kernel/assert.ts";
import { newId } from "#kernel/ids.ts";
import { createHttpServer } from "#platform/http/server.ts";
import { silentLog } from "#platform/log/log.ts";
import { openTestDb } from "../../../test/db.ts";
import { openAccountRoom } from "./index.ts";

const { pool } = await openTestDb();
type Entry = { readonly action: string; readonly subject: string; readonly detail: object; readonly accountId: string };
const trail: Entry[] = [];
let isAuditBroken = false;
const nothing = async () => undefined;
const room = (isTwoFactorRequired: boolean) =>
  openAccountRoom({
    pool,
    log: silentLog,
    secret: "s".repeat(32),
    appUrl: "http://localhost:3000",
    trustedOrigins: ["http://localhost:3000"],
    isTwoFactorRequired,
    audit: async (_, { role: _role, ...entry }) => {
      if (isAuditBroken) throw new Error("no trail");
      trail.push(entry);
    },
    onAccountErased: async () => [],
    onSignInLink: nothing,
    onAccountExported: () => Promise.reject(new Error("not here")),
    onAccountMerged: nothing,
  });
const http = serve(false);
const strict = serve(true);
const base = "/api/v1/admin/people";

function serve(isTwoFactorRequired: boolean) {
  const opened = room(isTwoFactorRequired);
  const served = createHttpServer({ db: pool, accounts: opened.accounts, log: silentLog });
  opened.routes(served);
  after(() => served.fastify.close());
  return served;
}

type Person = {
  readonly accountId: string;
  readonly email: string;
  readonly headers: { readonly authorization: string };
};

async function person(role: Role, { isVerified = true, isAnonymous = false } = {}): Promise<Person> {
  const accountId = newId("acc");
  const email = `${accountId.toLowerCase()}@people.test`;
  await pool.query(
    `insert into account."user" (id, name, email, email_verified, is_anonymous, role) values ($1, 'P', $2, $3, $4, $5)`,
    [accountId, email, isVerified, isAnonymous, role],
  );
  return { accountId, email, headers: { authorization: `Bearer ${await session(accountId)}` } };
}

async function session(accountId: string): Promise<string> {
  const token = randomUUID();
  await pool.query(
    "insert into account.session (id, token, user_id, expires_at) values ($1, $2, $3, now() + interval '1 day')",
    [randomUUID(), token, accountId],
  );
  return token;
}

const give = (by: Person, to: string, role: string, server = http) =>
  server.fastify.inject({ method: "PUT", url: `${base}/${to}/role`, headers: by.headers, payload: { role } });
const find = (by: Person, email: string) =>
  http.fastify.inject({ method: "GET", url: `${base}/by-email`, query: { email }, headers: by.headers });
const isSignedIn = async ({ headers }: Person) =>
  (await http.fastify.inject({ method: "GET", url: "/api/v1/account", headers })).statusCode === 200;
const refusal = (answer: { statusCode: number; json: () => { error?: { code: string } } }) => [
  answer.statusCode,
  answer.json().error?.code,
];

async function roleOf({ accountId }: Pick<Person, "accountId">): Promise<string> {
  const { rows } = await pool.query<{ role: string }>(`select role from account."user" where id = $1`, [accountId]);
  return must(rows[0], "the person is there").role;
}

const admin = await person("admin");

test("an administrator finds a person by their exact address, and nobody else's, nor a visitor's", async () => {
  const shopper = await person("shopper", { isVerified: false });
  const found = await find(admin, shopper.email.toUpperCase());
  assert.deepEqual(found.json().data, {
    accountId: shopper.accountId,
    email: shopper.email,
    role: "shopper",
    isEmailVerified: false,
  });
  const visitor = await person("shopper", { isAnonymous: true });
  for (const email of [visitor.email, "nobody@people.test", shopper.email.slice(1)]) {
    assert.deepEqual(refusal(await find(admin, email)), [404, "account_not_found"], email);
  }
  assert.deepEqual(refusal(await find(await person("ops"), shopper.email)), [403, "role_missing"]);
});

test("a role that is given holds, stands in the trail, and given again changes nothing", async () => {
  const shopper = await person("shopper");
  const given = await give(admin, shopper.accountId, "ops");
  assert.deepEqual(given.json().data, { accountId: shopper.accountId, role: "ops", isNew: true });
  assert.equal(await roleOf(shopper), "ops");
  assert.ok(await isSignedIn(shopper), "who rises stays signed in");
  const [entry, ...more] = trail.filter(({ subject }) => subject === shopper.accountId);
  assert.deepEqual([entry?.action, entry?.accountId, more.length], ["account.role", admin.accountId, 0]);
  assert.deepEqual(entry?.detail, { from: "shopper", to: "ops", sessionsEnded: false });

  assert.equal((await give(admin, shopper.accountId, "ops")).json().data.isNew, false);
  assert.equal(trail.filter(({ subject }) => subject === shopper.accountId).length, 1);
});

test("without its line in the trail no role is given", async () => {
  const shopper = await person("shopper");
  isAuditBroken = true;
  const given = await give(admin, shopper.accountId, "ops");
  isAuditBroken = false;
  assert.deepEqual([given.statusCode, await roleOf(shopper)], [500, "shopper"]);
});

test("who loses a role at the desk is signed out everywhere at once; who only sells stays", async () => {
  for (const [before, next, stays] of [
    ["ops", "shopper", false],
    ["admin", "ops", false],
    ["admin", "seller", false],
    ["ops", "admin", true],
    ["seller", "shopper", true],
  ] as const) {
    const one = await person(before);
    const elsewhere = { ...one, headers: { authorization: `Bearer ${await session(one.accountId)}` } };
    assert.equal((await give(admin, one.accountId, next)).statusCode, 200);
    const seen = [await isSignedIn(one), await isSignedIn(elsewhere)];
    assert.deepEqual([await roleOf(one), ...seen], [next, stays, stays], `${before} to ${next}`);
  }
});

test("what may not be given is refused, and nothing has moved", async () => {
  const unverified = await person("shopper", { isVerified: false });
  const visitor = await person("shopper", { isAnonymous: true });
  const ops = await person("ops");
  const count = trail.length;
  for (const [by, to, role, expected] of [
    [admin, admin.accountId, "ops", [409, "role_own"]],
    [admin, unverified.accountId, "ops", [409, "email_not_verified"]],
    [admin, unverified.accountId, "admin", [409, "email_not_verified"]],
    [admin, visitor.accountId, "seller", [404, "account_not_found"]],
    [admin, "acc_nobody", "seller", [404, "account_not_found"]],
    [admin, unverified.accountId, "owner", [400, "request_invalid"]],
    [ops, unverified.accountId, "seller", [403, "role_missing"]],
  ] as const) {
    assert.deepEqual(refusal(await give(by, to, role)), expected, `${to} ${role}`);
  }
  assert.deepEqual(await Promise.all([admin, unverified, visitor].map(roleOf)), ["admin", "shopper", "shopper"]);
  assert.equal(trail.length, count);
  // Selling asks for no verified address, as it does not when a person begins by themselves.
  assert.equal((await give(admin, unverified.accountId, "seller")).statusCode, 200);
});

test("where the desk wants a second factor, an administrator without one gives nothing", async () => {
  const shopper = await person("shopper");
  assert.deepEqual(refusal(await give(admin, shopper.accountId, "ops", strict)), [403, "two_factor_required"]);
  assert.equal(await roleOf(shopper), "shopper");
});

test("administrators who take each other's role away all at once leave one (20 rounds)", async () => {
  for (let round = 0; round < 20; round += 1) {
    const rivals = await Promise.all([person("admin"), person("admin"), person("admin")]);
    const answers = await Promise.all(
      rivals.map((by, index) => give(by, must(rivals[(index + 1) % 3], "a rival").accountId, "shopper")),
    );
    const left = (await Promise.all(rivals.map(roleOf))).filter((role) => role === "admin").length;
    assert.ok(left >= 1, `round ${round}`);
    assert.equal(answers.filter(({ statusCode }) => statusCode === 200).length, 3 - left);
    const refused = answers.map(refusal).filter(([status]) => status !== 200);
    for (const [status] of refused) assert.ok(status === 403 || status === 401, `round ${round}: ${status}`);
  }
});
