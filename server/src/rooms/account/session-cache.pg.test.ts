import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openTestDb } from "../../../test/db.ts";
import { openListener } from "#platform/db/listen.ts";
import { roundTrips } from "#platform/db/query.ts";
import { silentLog } from "#platform/log/log.ts";
import { openAccountRoom, setRole } from "./index.ts";
import { cachedMsMax, sessionCache } from "./session-cache.ts";

const { pool, url } = await openTestDb();
const room = openAccountRoom({
  audit: async () => undefined,
  pool,
  secret: "s".repeat(32),
  appUrl: "http://localhost:3000",
  trustedOrigins: [],
  isTwoFactorRequired: false,
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
  onAccountMerged: async () => undefined,
  log: silentLog,
});
const listener = await openListener({
  connectionString: url,
  applicationName: "account test",
  onReconnect: room.notificationsBack,
  onError: room.notificationsLost,
});
after(() => listener.close());

async function visitor() {
  const made = await room.accounts.createAnonymous({ headers: {}, ip: "127.0.0.1" });
  return { accountId: made.account.accountId, headers: { authorization: `Bearer ${made.headers["set-auth-token"]}` } };
}
async function tripsOf(work: () => Promise<unknown>): Promise<number> {
  const before = roundTrips();
  await work();
  return roundTrips() - before;
}

test("until it follows the database's notifications nothing is kept", async () => {
  const { headers } = await visitor();
  assert.equal(await tripsOf(() => room.accounts.whoIs(headers)), 1);
  assert.equal(await tripsOf(() => room.accounts.whoIs(headers)), 1);
});

test("a visitor is made in one round trip, is known in one more, and then in none", async () => {
  await room.follow(listener);
  assert.equal(await tripsOf(visitor), 1);
  const { headers, accountId } = await visitor();
  assert.equal(await tripsOf(() => room.accounts.whoIs(headers)), 1);
  assert.equal(await tripsOf(async () => assert.equal((await room.accounts.whoIs(headers))?.accountId, accountId)), 0);
});

const changes: [string, (accountId: string) => Promise<unknown>, (account: unknown) => void][] = [
  [
    "a session deleted elsewhere",
    (id) => pool.query("delete from account.session where user_id = $1", [id]),
    (account) => assert.equal(account, null),
  ],
  [
    "a session ended elsewhere",
    (id) => pool.query("update account.session set expires_at = now() where user_id = $1", [id]),
    (account) => assert.equal(account, null),
  ],
  [
    "a new role",
    (id) => pool.query("update account.\"user\" set is_anonymous = false, role = 'ops' where id = $1", [id]),
    (account) => assert.equal((account as { role: string }).role, "ops"),
  ],
  [
    "an account deleted",
    (id) => pool.query('delete from account."user" where id = $1', [id]),
    (account) => assert.equal(account, null),
  ],
];
for (const [what, change, expect] of changes) {
  test(`${what} is noticed within a moment`, async () => {
    const { headers, accountId } = await visitor();
    const stranger = await visitor();
    await room.accounts.whoIs(headers);
    await room.accounts.whoIs(stranger.headers);
    await change(accountId);
    await until(async () => (await tripsOf(() => room.accounts.whoIs(headers))) === 1);
    expect(await room.accounts.whoIs(headers));
    assert.equal(await tripsOf(() => room.accounts.whoIs(stranger.headers)), 0, "others are still known");
  });
}

test("without the connection that listens nothing is kept, and with it back again it is", async () => {
  const { headers, accountId } = await visitor();
  await room.accounts.whoIs(headers);
  await pool.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'account test'");
  await until(async () => (await tripsOf(() => room.accounts.whoIs(headers))) === 1);
  await until(async () => (await tripsOf(() => room.accounts.whoIs(headers))) === 0);
  await pool.query("delete from account.session where user_id = $1", [accountId]);
  await until(async () => (await room.accounts.whoIs(headers)) === null);
});

test("what was read before a change is not kept after it", () => {
  const cache = sessionCache(() => 0);
  const account = { accountId: "acc_1", kind: "person", role: "admin" } as const;
  cache.enable();
  const keep = cache.reading();
  cache.forget("acc_1");
  keep("c1", account);
  assert.equal(cache.get("c1"), undefined);
  cache.reading()("c1", account);
  assert.equal(cache.get("c1"), account);
  const keepOfBefore = cache.reading();
  cache.disable();
  keepOfBefore("c1", account);
  assert.equal(cache.get("c1"), undefined);
});

test("nothing is kept for longer than its time, nor more than fits", () => {
  let nowMs = 0;
  const cache = sessionCache(() => nowMs);
  cache.enable();
  for (let i = 0; i <= 10_000; i += 1)
    cache.reading()(`c${i}`, { accountId: `acc_${i}`, kind: "person", role: "shopper" });
  assert.equal(cache.get("c0"), undefined, "the oldest made room");
  assert.notEqual(cache.get("c10000"), undefined);
  nowMs = cachedMsMax;
  assert.equal(cache.get("c10000"), undefined);
});

test("a role given by the room holds at once", async () => {
  const { headers, accountId } = await visitor();
  await pool.query('update account."user" set is_anonymous = false where id = $1', [accountId]);
  await until(async () => (await room.accounts.whoIs(headers))?.kind === "person");
  await setRole(pool, { accountId, role: "seller" });
  await until(async () => (await room.accounts.whoIs(headers))?.role === "seller");
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 400; i += 1) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.fail("it did not become so within four seconds");
}

test("who is refused a role is read anew, whatever is remembered of them", async () => {
  const { headers, accountId } = await visitor();
  await room.accounts.whoIs(headers);
  assert.equal(await tripsOf(() => room.accounts.whoIs(headers)), 0, "remembered");
  const now = await tripsOf(async () => assert.equal((await room.accounts.whoIsNow(headers))?.accountId, accountId));
  assert.equal(now, 1);
});
