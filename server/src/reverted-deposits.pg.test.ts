/** A bank takes back what was paid into an account: what was bought with it waits until it is there again. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { must } from "#kernel/assert.ts";
import { checkoutSweeps, reconcileTossOrder } from "#rooms/checkout";
import { depositsMissingTake } from "#rooms/payment";
import { runChecks } from "../../tools/invariants/check-invariants.ts";
import { openWonShop, type Bought } from "../test/won-shop.ts";

const shop = await openWonShop();
const { pool, payer, send } = shop;

const hear = ({ sessionId }: Bought) => reconcileTossOrder(shop.reconciling, sessionId);
const me = ({ accountId }: Bought) => ["anonymous", accountId] as const;

async function claimed({ sessionId }: Bought): Promise<number> {
  const { rows } = await pool.query(
    "select session_id from placement.claim_1('test', array['api']::store.placement_method[], 50) where session_id = $1",
    [sessionId],
  );
  return rows.length;
}

async function tasksOf({ sessionId }: Bought): Promise<(string | null)[]> {
  const { rows } = await pool.query(
    "select t.detail from placement.manual_task t join placement.placement p using (order_number) where p.session_id = $1",
    [sessionId],
  );
  return rows.map(({ detail }) => detail);
}

async function frozen({ accountId }: Bought): Promise<boolean[]> {
  const { rows } = await pool.query(
    "select h.frozen_at is not null as is_frozen from access.holding h where h.account_id = $1",
    [accountId],
  );
  return rows.map((row) => row.is_frozen);
}

async function mailsOf({ sessionId }: Bought): Promise<number> {
  await pool.query("update checkout.session set contact_email = 'dana@mail.test' where session_id = $1", [sessionId]);
  await pool.query("select notify.write_mails_1(array[$1], interval '0 s')", [sessionId]);
  const { rows } = await pool.query(
    "select count(*)::int as count from notify.mail where session_id = $1 and kind = 'deposit_reverted'",
    [sessionId],
  );
  return rows[0].count;
}

async function reverted(bought: Bought): Promise<void> {
  await payer.depositError(bought.paymentKey);
  assert.equal(await hear(bought), "already");
}

/** Of what must hold of deposits. */
async function broken(): Promise<string[]> {
  await pool.query("update payment.refund set updated_at = now() - interval '1 hour'");
  await pool.query("update payment.payment set updated_at = now() - interval '1 hour'");
  await pool.query("update orders.store_order set updated_at = now() - interval '1 hour'");
  const { results } = await runChecks(pool, null, 0);
  const asked = results.filter(({ name }) => name === "m2NothingOwed" || name === "s3DisputedFrozen");
  assert.equal(asked.length, 2);
  return asked.filter(({ outcome }) => outcome !== "holds").map(({ name }) => name);
}

test("what nobody has ordered waits, files are closed, its shopper and the desk are told; then it goes on", async () => {
  const bought = await shop.buy({ goods: ["by api", "thing", "file"] });
  await reverted(bought);
  assert.equal(await claimed(bought), 0, "no worker takes it");
  assert.deepEqual(await frozen(bought), [true]);
  assert.deepEqual(await broken(), []);
  assert.match(must((await tasksOf(bought))[0], "it says so"), /took the payment back: do not order/);
  assert.equal(await mailsOf(bought), 1);
  assert.equal(await hear(bought), "already");
  assert.equal(await mailsOf(bought), 1, "heard twice, told once");
  const session = (await send("GET", `/api/v1/checkout/sessions/${bought.sessionId}`, me(bought))).json.data;
  assert.equal(session.deposit.isReverted, true);
  assert.match(session.deposit.accountNumber, /^X\d+$/);
  const order = (await send("GET", `/api/v1/orders/${bought.orderNumbers[0]}`, me(bought))).json.data;
  assert.notEqual(order.depositRevertedAt, null);

  await payer.deposit(bought.paymentKey);
  assert.equal(await hear(bought), "already");
  assert.deepEqual(await frozen(bought), [false]);
  assert.deepEqual(await broken(), []);
  assert.deepEqual(await tasksOf(bought), [null]);
  assert.equal(await claimed(bought), 1);
  const after = (await send("GET", `/api/v1/checkout/sessions/${bought.sessionId}`, me(bought))).json.data;
  assert.equal(after.deposit, null);
  await reverted(bought);
  assert.equal(await mailsOf(bought), 2, "again is told again");
});

test("an order at its store at that moment is not ordered a second time, and its next try waits", async () => {
  const bought = await shop.buy({ goods: ["by api"] });
  const { rows } = await pool.query(
    "select attempt_id from placement.claim_1('test', array['api']::store.placement_method[], 50) where session_id = $1",
    [bought.sessionId],
  );
  await reverted(bought);
  const { rows: pressed } = await pool.query("select placement.submitting_1($1) as may", [rows[0].attempt_id]);
  assert.deepEqual(pressed, [{ may: false }], "a browser is not given leave");
  await pool.query(
    "select placement.attempt_end_1($1, 'unavailable', 'store_unavailable', null, null, null, null, interval '0 s')",
    [rows[0].attempt_id],
  );
  await pool.query("update placement.placement set next_attempt_at = now() where session_id = $1", [bought.sessionId]);
  assert.equal(await claimed(bought), 0);
  await pool.query("select placement.to_manual_1($1, 'store_unavailable', 'HTTP 503', false)", [
    bought.orderNumbers[0],
  ]);
  const said = "the bank took the payment back: do not order it";
  assert.deepEqual(await tasksOf(bought), [`HTTP 503; ${said}`], "whoever gets it reads so");
});

test("that it is there again is found without an event", async () => {
  const bought = await shop.buy({ goods: ["file"] });
  await reverted(bought);
  await payer.deposit(bought.paymentKey);
  const sweep = must(
    checkoutSweeps(shop.reconciling).find(({ name }) => name === "checkout.missing_deposits"),
    "somebody looks",
  );
  await sweep.run(new AbortController().signal);
  assert.deepEqual(await frozen(bought), [false]);
});

test("one that was read before the bank took it back lets nothing go on", async () => {
  const bought = await shop.buy({ goods: ["file"] });
  const { provider } = shop.reconciling;
  const findIntent: typeof provider.findIntent = async (wanted) => {
    const done = await provider.findIntent(wanted);
    assert.equal(done.kind, "succeeded");
    await reverted(bought);
    return done;
  };
  await reconcileTossOrder({ ...shop.reconciling, provider: { ...provider, findIntent } }, bought.sessionId);
  assert.deepEqual(await frozen(bought), [true]);
  await payer.deposit(bought.paymentKey);
  await hear(bought);
  assert.deepEqual(await frozen(bought), [false]);
});

test("those that never come back let newer ones be looked at, each after ten minutes", async () => {
  const [older, newer] = [await shop.buy({ goods: ["file"] }), await shop.buy({ goods: ["file"] })];
  await reverted(older);
  await reverted(newer);
  const lookAt = async (ago: string, sessionIds: readonly string[] | null) => {
    await pool.query(
      `update payment.deposit d set look_at = now() - $1::interval from payment.payment p
       where p.payment_id = d.payment_id and ($2::text[] is null or p.session_id = any ($2))`,
      [ago, sessionIds],
    );
  };
  await lookAt("-1 hour", null);
  await lookAt("1 minute", [newer.sessionId]);
  await lookAt("2 minutes", [older.sessionId]);
  const taken = [];
  for (let round = 0; round < 3; round += 1) taken.push(await depositsMissingTake(pool, { countMax: 1 }));
  assert.deepEqual(taken, [[{ sessionId: older.sessionId }], [{ sessionId: newer.sessionId }], []]);
  const { rows } = await pool.query(
    `select round(extract(epoch from d.look_at - now()) / 60)::int as minutes
     from payment.deposit d join payment.payment p using (payment_id) where p.session_id = $1`,
    [older.sessionId],
  );
  assert.deepEqual(rows, [{ minutes: 10 }]);
});

test("never there again: cancelling closes the account at Toss, and no money that is not there is sent", async () => {
  const bought = await shop.buy({ goods: ["thing"] });
  await reverted(bought);
  const cancelled = await send("POST", `/api/v1/orders/${bought.orderNumbers[0]}/cancel`, me(bought));
  assert.equal(cancelled.status, 200, JSON.stringify(cancelled.json));
  assert.deepEqual(await shop.sendRefunds(bought), ["succeeded"]);
  assert.deepEqual(await shop.paidBack(bought), []);
  await assert.rejects(payer.deposit(bought.paymentKey), "nobody can pay into it any more");
  const { rows } = await pool.query(
    "select coalesce(sum(p.amount_minor), 0)::int as sum from ledger.entry e join ledger.posting p using (entry_id) where e.session_id = $1 and p.account = 'provider_clearing'",
    [bought.sessionId],
  );
  assert.deepEqual(rows, [{ sum: 0 }]);
});

test("S3: a file that stays open while its deposit is gone is found", async () => {
  const bought = await shop.buy({ goods: ["file"] });
  await reverted(bought);
  await pool.query("update access.holding set frozen_at = null where account_id = $1", [bought.accountId]);
  assert.deepEqual(await broken(), ["s3DisputedFrozen"]);
  await pool.query("update access.holding set frozen_at = now() where account_id = $1", [bought.accountId]);
});

test("M2: what waits for its owner to name an account is on its way back", async () => {
  const bought = await shop.buy({ goods: ["thing"] });
  const cancelled = await send("POST", `/api/v1/orders/${bought.orderNumbers[0]}/cancel`, me(bought));
  assert.equal(cancelled.status, 200, JSON.stringify(cancelled.json));
  assert.deepEqual(await shop.sendRefunds(bought), ["account_needed"]);
  assert.deepEqual(await broken(), []);
});

test("somebody else's word, or an older account's, changes nothing", async () => {
  const bought = await shop.buy({ goods: ["file"] });
  const { rows: before } = await pool.query(
    "select payment.deposit_reverted_1(p.payment_id, false, now()) as changed from payment.payment p where p.session_id = $1",
    [bought.sessionId],
  );
  assert.deepEqual(before, [{ changed: false }], "it is there");
  assert.equal(await hear(bought), "already");
  assert.deepEqual(await frozen(bought), [false]);
  const card = await shop.buy({ method: "CARD", goods: ["file"] });
  assert.equal(await hear(card), "already");
  assert.deepEqual(await frozen(card), [false]);
});
