import assert from "node:assert/strict";
import { after, test } from "node:test";
import { getAuthTables } from "better-auth/db";
import { openTestDb } from "../../../test/db.ts";
import { createHttpServer } from "#platform/http/server.ts";
import { openLog } from "#platform/log/log.ts";
import { authOptions } from "./auth.ts";
import { openAccountRoom, seedPeople, setRole, type AccountMerge } from "./index.ts";

const { pool } = await openTestDb();
const people = await seedPeople(pool);
const lines: string[] = [];
const log = openLog({ level: "debug", program: "test", destination: { write: (line) => void lines.push(line) } });
const merges: AccountMerge[] = [];
let failMerge = false;
const authDeps = {
  pool,
  log,
  secret: "s".repeat(32),
  appUrl: "http://localhost:3000",
  trustedOrigins: ["http://localhost:3000"],
  isTwoFactorRequired: false,
  audit: async () => undefined,
  onAccountErased: async () => [],
  onSignInLink: async () => undefined,
  onAccountExported: async () => ({
    addresses: [],
    cart: [],
    checkouts: [],
    payments: [],
    orders: [],
    holdings: [],
    sellers: [],
    shipments: [],
    manualTasks: [],
    events: [],
    mails: [],
  }),
  onAccountMerged: async (_: unknown, merge: AccountMerge) => {
    if (failMerge) throw new Error("a room above failed");
    merges.push(merge);
  },
};
const room = openAccountRoom(authDeps);
const http = createHttpServer({ db: pool, accounts: room.accounts, log });
room.routes(http);
after(() => http.fastify.close());

type Headers = Record<string, string>;
const post = (path: string, payload: object = {}, headers: Headers = {}) =>
  http.fastify.inject({ method: "POST", url: `/api/auth/${path}`, payload, headers });
const who = (headers: Headers) => http.fastify.inject({ method: "GET", url: "/api/v1/account", headers });
const signIn = (email: string, headers: Headers = {}, password = "muse-demo") =>
  post("sign-in/email", { email, password }, headers);
const cookieOf = (response: { headers: { "set-cookie"?: string | string[] | undefined } }): Headers => {
  const [first = ""] = [response.headers["set-cookie"] ?? []].flat();
  return { cookie: first.split(";")[0] ?? "" };
};
const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` });
const visitor = () => room.accounts.createAnonymous({ headers: { "user-agent": "test" }, ip: "127.0.0.1" });
const headersOf = (made: { headers: Readonly<Record<string, string>> }): Headers =>
  cookieOf({ headers: { "set-cookie": made.headers["set-cookie"] } });

test("signing in answers a cookie and a bearer token, and each says who is calling", async () => {
  const signedIn = await signIn("shopper@muse.test");
  assert.equal(signedIn.statusCode, 200);
  const { token, data, success } = signedIn.json();
  assert.equal(success, true);
  assert.equal(data.token, token);
  const [cookie = ""] = [signedIn.headers["set-cookie"] ?? []].flat();
  assert.match(cookie, /^muse\.session_token=[^;]+; Max-Age=5184000; Path=\/; HttpOnly; SameSite=Lax$/);
  for (const headers of [cookieOf(signedIn), bearer(token), bearer(String(signedIn.headers["set-auth-token"]))]) {
    const { data: account } = (await who(headers)).json();
    assert.deepEqual(account, {
      accountId: people.shopper,
      kind: "person",
      role: "shopper",
      email: "shopper@muse.test",
      name: "Sasha Shopper",
      needsSecondFactor: false,
    });
  }
});

test("better-auth reads the sessions that we make, and we read its own", async () => {
  const made = await visitor();
  const session = await http.fastify.inject({ method: "GET", url: "/api/auth/get-session", headers: headersOf(made) });
  assert.equal(session.json().user.id, made.account.accountId);
  assert.equal(session.json().user.isAnonymous, true);
  const theirs = await post("sign-in/anonymous");
  assert.equal((await who(cookieOf(theirs))).json().data.kind, "anonymous");
  assert.equal((await who(bearer(theirs.json().token))).json().data.email, null);
  const names =
    "expires_at is not null as expires, token ~ '^[A-Za-z0-9_-]{32}$' as token, created_at is not null as created";
  const { rows } = await pool.query(`select ${names} from account.session where user_id = any($1)`, [
    [made.account.accountId, theirs.json().user.id],
  ]);
  assert.deepEqual(rows, Array(2).fill({ expires: true, token: true, created: true }));
});

test("the cookie is Secure and so named where Muse is served over https", async () => {
  const secure = openAccountRoom({ ...authDeps, appUrl: "https://shop.example.com" });
  const made = await secure.accounts.createAnonymous({ headers: {}, ip: "" });
  assert.match(
    String(made.headers["set-cookie"]),
    /^__Secure-muse\.session_token=[^;]+; Max-Age=5184000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  );
  assert.equal((await secure.accounts.whoIs(headersOf(made)))?.accountId, made.account.accountId);
});

test("tampered, foreign, empty and ended credentials are nobody", async () => {
  const made = await visitor();
  const { cookie = "" } = headersOf(made);
  const bare = decodeURIComponent(cookie.split("=")[1] ?? "").split(".")[0] ?? "";
  const wrong: Headers[] = [
    { cookie: cookie.replace(/.{5}$/, "AAAA%3D") },
    { cookie: `muse.session_token=${bare}` },
    { cookie: `muse.session_token=${"x".repeat(5000)}` },
    { cookie: "muse.session_token=" },
    { cookie: "muse.session_token=%E0%A4%A" },
    bearer(`${bare}x`),
    bearer("short"),
    bearer(""),
    { authorization: "Basic abc" },
    { ...bearer("nobody-at-all-nobody-at-all-none"), cookie },
  ];
  for (const headers of wrong) assert.equal((await who(headers)).statusCode, 401, JSON.stringify(headers));
  await pool.query("update account.session set expires_at = now() - interval '1 s' where token = $1", [bare]);
  assert.equal((await who({ cookie })).statusCode, 401);
});

test("a signed-out session is refused at once, by cookie and by token", async () => {
  const signedIn = await signIn("seller@muse.test");
  const other = await signIn("seller@muse.test");
  assert.equal((await who(cookieOf(signedIn))).statusCode, 200);
  assert.equal((await post("sign-out", {}, cookieOf(signedIn))).statusCode, 200);
  assert.equal((await who(cookieOf(signedIn))).statusCode, 401);
  assert.equal((await who(bearer(signedIn.json().token))).statusCode, 401);
  assert.equal((await who(cookieOf(other))).statusCode, 200, "the other device stays signed in");
});

test("a visitor who signs in takes everything along: the merge runs once, and the visitor's session ends", async () => {
  const made = await visitor();
  const signedIn = await signIn("shopper@muse.test", headersOf(made));
  assert.equal(signedIn.statusCode, 200);
  assert.deepEqual(merges, [{ fromAccountId: made.account.accountId, toAccountId: people.shopper }]);
  assert.equal((await who(headersOf(made))).statusCode, 401);
  const noted = await pool.query("select to_account_id from account.merge where from_account_id = $1", [
    made.account.accountId,
  ]);
  assert.equal(noted.rows[0].to_account_id, people.shopper);
  await signIn("shopper@muse.test", headersOf(made));
  assert.equal(merges.length, 1);
});

test("a visitor with a bearer token who signs up takes everything along too", async () => {
  const made = await visitor();
  const body = { email: "New.Person@Example.com", password: "long enough", name: "New Person" };
  const signedUp = await post("sign-up/email", body, bearer(String(made.headers["set-auth-token"])));
  assert.equal(signedUp.statusCode, 200, signedUp.body);
  assert.equal(merges.at(-1)?.fromAccountId, made.account.accountId);
  const { data: account } = (await who(bearer(signedUp.json().token))).json();
  assert.equal(account.role, "shopper");
  assert.equal(account.email, "new.person@example.com");
  assert.match(account.accountId, /^acc_/);
  const again = await post("sign-up/email", body);
  assert.deepEqual([again.statusCode, again.json().error.code], [409, "email_taken"]);
});

test("when a room above cannot merge, nothing is merged and the visitor keeps everything", async () => {
  const made = await visitor();
  failMerge = true;
  const failed = await signIn("shopper@muse.test", headersOf(made));
  failMerge = false;
  assert.equal(failed.statusCode, 500);
  assert.equal(failed.json().error.code, "internal");
  assert.equal(failed.headers["set-cookie"], undefined);
  assert.equal((await who(headersOf(made))).statusCode, 200);
  assert.equal(
    (await pool.query("select 1 from account.merge where from_account_id = $1", [made.account.accountId])).rowCount,
    0,
  );
  assert.equal((await signIn("shopper@muse.test", headersOf(made))).statusCode, 200);
  assert.equal(merges.at(-1)?.fromAccountId, made.account.accountId);
});

test("failures are in our envelope and in the reader's language", async () => {
  const unknown = "unknown_field";
  const cases: [string, object, number, string, string | undefined][] = [
    ["sign-in/email", { email: "shopper@muse.test", password: "wrong" }, 401, "credentials_invalid", undefined],
    ["sign-in/email", { email: "nobody@muse.test", password: "wrong" }, 401, "credentials_invalid", undefined],
    ["sign-in/email", { email: "not an address", password: "wrong" }, 400, "request_invalid", "email"],
    ["sign-in/email", {}, 400, "request_invalid", undefined],
    ["sign-up/email", { email: "a@b.co", password: "short", name: "A" }, 400, "request_invalid", "password"],
    ["sign-up/email", { email: "a@b.co", password: "long enough", name: "A", role: "admin" }, 400, unknown, "role"],
    ["sign-in/email", { email: "shopper@muse.test", password: "muse-demo", foo: 1 }, 400, unknown, "foo"],
    ["sign-in/anonymous", { foo: 1 }, 400, unknown, "foo"],
    ["sign-out", { everywhere: true }, 400, unknown, "everywhere"],
    ["two-factor/enable", { password: "muse-demo", foo: 1 }, 400, unknown, "foo"],
    ["two-factor/verify-totp", { code: "123456", trustDevice: true }, 400, unknown, "trustDevice"],
    ["two-factor/verify-backup-code", { code: "123456", foo: 1 }, 400, unknown, "foo"],
    ["two-factor/generate-backup-codes", { password: "muse-demo", foo: 1 }, 400, unknown, "foo"],
    ["two-factor/disable", { password: "muse-demo", foo: 1 }, 400, unknown, "foo"],
    ["no-such-thing", {}, 404, "not_found", undefined],
    ["sign-in/email", { email: "a@b.co", password: "4242 4242 4242 4242" }, 400, "card_number_refused", undefined],
  ];
  for (const [path, body, status, code, field] of cases) {
    const refused = await post(path, body, { "accept-language": "ko" });
    assert.equal(refused.statusCode, status, refused.body);
    assert.equal(refused.json().error.code, code);
    assert.equal(refused.json().error.field, field);
    assert.match(refused.json().error.message, /[가-힣]/);
  }
});

test("another website cannot sign anybody in or out", async () => {
  const made = await visitor();
  const foreign = await signIn("shopper@muse.test", { ...headersOf(made), origin: "https://evil.example" });
  assert.equal(foreign.statusCode, 403);
  assert.equal(foreign.json().error.code, "cross_site_refused");
  const own = await signIn("shopper@muse.test", { ...headersOf(made), origin: "http://localhost:3000" });
  assert.equal(own.statusCode, 200);
});

test("guessing one account's password ends at ten tries, wherever they come from", async () => {
  for (let i = 0; i < 10; i += 1) assert.equal((await signIn("ops@muse.test", {}, `guess ${i}`)).statusCode, 401);
  for (const password of ["guess 11", "muse-demo"]) {
    const limited = await signIn("OPS@muse.test", {}, password);
    assert.equal(limited.statusCode, 429);
    assert.equal(limited.json().error.code, "rate_limited");
    assert.ok(Number(limited.headers["retry-after"]) > 0);
  }
  assert.equal((await signIn("admin@muse.test")).statusCode, 200);
  const keys = await pool.query("select key from account.rate_limit");
  assert.ok(
    keys.rows.every(({ key }) => /^[\w-]{43}$/.test(key)),
    "digests, no addresses",
  );
});

test("one address that tries all day is told to wait", async () => {
  await pool.query("update account.rate_limit set count = 1000, window_ends_at = now() + interval '1 min'");
  assert.equal((await post("sign-in/anonymous")).statusCode, 429);
  await pool.query("delete from account.rate_limit");
  assert.equal((await post("sign-in/anonymous")).statusCode, 200);
});

test("a role holds from the next request on; visitors can have none", async () => {
  const signedIn = await signIn("shopper@muse.test");
  assert.deepEqual(await setRole(pool, { accountId: people.shopper, role: "ops" }), { kind: "set" });
  assert.equal((await who(cookieOf(signedIn))).json().data.role, "ops");
  await setRole(pool, { accountId: people.shopper, role: "shopper" });
  const made = await visitor();
  assert.deepEqual(await setRole(pool, { accountId: made.account.accountId, role: "admin" }), {
    kind: "account_not_found",
  });
  assert.deepEqual(await setRole(pool, { accountId: "acc_nobody", role: "admin" }), { kind: "account_not_found" });
});

test("the people of the sandbox are made once", async () => {
  assert.deepEqual(await seedPeople(pool), people);
  const roles = await pool.query("select role from account.\"user\" where email like '%@muse.test' order by role");
  assert.deepEqual(
    roles.rows.map(({ role }) => role),
    ["shopper", "seller", "seller", "ops", "admin"],
  );
});

test("migration 0002 has every table and column that better-auth writes", async () => {
  const found = await pool.query(
    "select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'account'",
  );
  const names = new Set(found.rows.map(({ name }) => name));
  for (const table of Object.values(getAuthTables(authOptions(authDeps)))) {
    for (const [field, { fieldName }] of Object.entries(table.fields)) {
      assert.ok(names.has(`${table.modelName}.${fieldName ?? field}`), `${table.modelName}.${fieldName ?? field}`);
    }
  }
});

test("P1: none of it reached the log", () => {
  const text = lines.join("");
  assert.ok(lines.length > 50);
  for (const secret of [
    "muse.test",
    "example.com",
    "muse-demo",
    "guess",
    "New Person",
    "Sasha",
    "session_token",
    "evil.example",
    "4242",
  ]) {
    assert.equal(text.includes(secret), false, secret);
  }
});

test("colleagues at the desk are named to each other, and to nobody else", async () => {
  const ask = (headers: Headers) => http.fastify.inject({ method: "GET", url: "/api/v1/admin/people", headers });
  const operator = cookieOf(await signIn("ops@muse.test"));
  const told = (await ask(operator)).json().data.people as { accountId: string; name: string; role: string }[];
  assert.deepEqual(
    told.filter(({ accountId }) => [people.ops, people.admin, people.shopper].includes(accountId)),
    [
      { accountId: people.admin, name: "Ada Admin", role: "admin" },
      { accountId: people.ops, name: "Ola Operations", role: "ops" },
    ],
  );
  assert.equal((await ask(cookieOf(await signIn("shopper@muse.test")))).statusCode, 403);
});
