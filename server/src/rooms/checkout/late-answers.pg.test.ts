import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDb } from "../../../test/db.ts";
import { sessionsExpire } from "./checkout.sql.gen.ts";
import { cancelPayment, reconcileIntent } from "./reconcile-payments.ts";
import { cancelSession } from "./session-commands.ts";
import { openTestShoppers, type Shopper } from "../../../test/test-shoppers.ts";

const db = await openTestDb();
const { pool } = db;
const { deps, sandbox, stripe, shopper, changeCard, place, placeAndDie, ask, age, read, chargedMinor } =
  await openTestShoppers(db);

const create = { part: "stripe", endpoint: "payment_intents.create" };
const confirm = { part: "stripe", endpoint: "payment_intents.confirm" };
const search = { part: "stripe", endpoint: "payment_intents.search" };

async function statusOf({ sessionId }: Shopper): Promise<unknown> {
  const { rows } = await pool.query("select status from payment.payment where session_id = $1", [sessionId]);
  return rows[0].status;
}

test("a charge that was never sent is not made minutes later behind the shopper's back", async () => {
  const who = await shopper();
  await placeAndDie(who, { call: "charge", when: "before" });
  await age(who, 200);
  await ask(who);
  assert.deepEqual([await statusOf(who), await chargedMinor(who)], ["unknown", []]);
  await age(who, 120);
  await ask(who);
  assert.equal((await read(who)).session.status, "pending", "it is proved by now that nothing was charged");
  assert.equal((await place(who)).kind, "placing");
  assert.deepEqual(await chargedMinor(who), [33_700]);
});

test("a charge whose answer was lost is found however late it is looked for", async () => {
  const who = await shopper();
  await placeAndDie(who, { call: "charge", when: "after" });
  await age(who, 30 * 3_600);
  await ask(who);
  assert.equal(await statusOf(who), "succeeded");
  assert.deepEqual(await chargedMinor(who), [33_700]);
});

test("that the provider's search does not find an intent yet proves nothing: no second charge (M1)", async () => {
  const who = await shopper();
  // The provider keeps its failure under the key, though it had charged: asking again never tells.
  await sandbox.faults([
    { ...create, kind: "error_after", status: 500 },
    { ...search, kind: "search_lag" },
  ]);
  const placing = place(who);
  while ((await statusOf(who).catch(() => null)) !== "unknown") await new Promise((resolve) => setTimeout(resolve, 10));
  await pool.query("update payment.payment set checks = 6 where session_id = $1", [who.sessionId]);
  await ask(who);
  assert.equal(await statusOf(who), "unknown");
  await sandbox.faults([
    { ...create, kind: "error_after", status: 500 },
    { ...search, kind: "error", status: 400 },
  ]);
  await ask(who);
  assert.equal(await statusOf(who), "unknown", "a search that is refused finds nothing out");
  await sandbox.faults([]);
  await ask(who);
  assert.equal((await placing).kind, "placing");
  assert.deepEqual(await chargedMinor(who), [33_700]);
});

test("another call under the same key still being worked, and a read that is refused, are no refusals of the card", async () => {
  const who = await shopper();
  await sandbox.faults([{ ...create, kind: "error", status: 409, times: 1 }]);
  const placing = place(who);
  while ((await statusOf(who).catch(() => null)) !== "unknown") await new Promise((resolve) => setTimeout(resolve, 10));
  await ask(who);
  assert.equal((await placing).kind, "placing");
  assert.deepEqual(await chargedMinor(who), [33_700]);

  await sandbox.faults([{ part: "stripe", endpoint: "payment_intents.retrieve", kind: "error", status: 404 }]);
  assert.equal((await deps.provider.readIntent("pi_123456789012345678901234")).kind, "unknown");
  await sandbox.faults([]);
});

/** A second card was pressed, and no call of it has been answered; the intent still shows what became of the first. */
async function secondTryUnanswered(): Promise<{ readonly who: Shopper; readonly providerRef: string }> {
  const who = await shopper("pm_card_visa_chargeDeclined");
  assert.equal((await place(who)).kind, "declined");
  await changeCard(who, "pm_card_visa");
  await placeAndDie(who, { call: "charge", when: "before" });
  await age(who, 20);
  await sandbox.faults([{ ...confirm, kind: "drop_before" }]);
  await ask(who);
  assert.equal(await statusOf(who), "unknown");
  const { rows } = await pool.query("select provider_ref from payment.payment where session_id = $1", [who.sessionId]);
  return { who, providerRef: rows[0].provider_ref };
}

test("late news of an older refusal is no refusal of a newer try: nobody is told that nothing was charged", async () => {
  const { who, providerRef } = await secondTryUnanswered();
  assert.equal(await reconcileIntent(deps, { providerRef, paymentId: null }), "unpaid");
  assert.deepEqual([await statusOf(who), (await read(who)).session.status], ["unknown", "processing"]);
  await sandbox.faults([]);
  await ask(who);
  assert.equal(await statusOf(who), "succeeded");
  assert.deepEqual(await chargedMinor(who), [33_700]);
});

test("however often a newer try was asked for in vain, the older refusal is believed only once the try is proved never to have been", async () => {
  const { who } = await secondTryUnanswered();
  await pool.query("update payment.payment set checks = 9 where session_id = $1", [who.sessionId]);
  await ask(who);
  assert.equal(await statusOf(who), "unknown", "the provider may yet act on what it was sent");
  await age(who, 200);
  await ask(who);
  assert.equal(await statusOf(who), "unknown");
  await age(who, 100);
  await ask(who);
  assert.deepEqual([await statusOf(who), (await read(who)).session.status], ["failed", "pending"]);
  await sandbox.faults([]);
  assert.deepEqual(await chargedMinor(who), []);
});

test("the intent of an ended checkout is called off, and its event is faster than the call's own answer: it is over", async () => {
  const who = await shopper("pm_card_threeDSecure2Required");
  assert.equal((await place(who)).kind, "action_required");
  assert.equal((await cancelSession(pool, who)).kind, "cancelled");
  const cancelIntent = async (providerRef: string) => {
    const answer = await deps.provider.cancelIntent(providerRef);
    await reconcileIntent(deps, { providerRef, paymentId: null });
    return answer;
  };
  await cancelPayment({ ...deps, provider: { ...deps.provider, cancelIntent } }, who.sessionId);
  assert.equal(await statusOf(who), "canceled");
  assert.ok((await read(who)).orders.every(({ status }) => status === "cancelled"));
});

test("a checkout that is over is never charged to find out what became of it", async () => {
  const who = await shopper();
  await sandbox.faults([{ ...create, kind: "error", status: 401, times: 1 }]);
  assert.equal((await place(who)).kind, "payment_provider_unavailable");
  await pool.query("update checkout.session set expires_at = now() where session_id = $1", [who.sessionId]);
  await sessionsExpire(pool, { countMax: 10 });
  await cancelPayment(deps, who.sessionId);
  assert.deepEqual([await statusOf(who), await chargedMinor(who)], ["canceled", []]);
});

test("a second charge of one checkout is told to nobody as known: it stays open until a person has given it back (M1)", async () => {
  const who = await shopper();
  await placeAndDie(who, { call: "charge", when: "after" });
  await sandbox.faults([{ ...search, kind: "search_lag" }]);
  await age(who, 310);
  await ask(who);
  assert.equal(await statusOf(who), "failed", "its search lags further behind than any we know of");
  await sandbox.faults([]);
  assert.equal((await place(who)).kind, "placing");
  const charges = await sandbox.records("charge");
  const intents = charges.filter(({ data }) => JSON.stringify(data).includes(who.sessionId));
  const [surplus, paid] = intents.map(({ data }) => String(data["paymentIntent"]));
  assert.ok(surplus !== undefined && paid !== undefined);
  const { rows } = await pool.query("select payment_id from payment.payment where session_id = $1", [who.sessionId]);
  const paymentId: string = rows[0].payment_id;
  assert.equal(await reconcileIntent(deps, { providerRef: paid, paymentId }), "already");
  await assert.rejects(reconcileIntent(deps, { providerRef: surplus, paymentId }), /M1/);
  const { rows: told } = await pool.query(
    "select provider_ref, reason from payment.unmatched u join notify.alert a using (payment_id, reason) where payment_id = $1",
    [paymentId],
  );
  assert.deepEqual(told, [{ provider_ref: surplus, reason: "surplus" }]);
  await stripe.refunds.create({ payment_intent: surplus, amount: 33_699 });
  await assert.rejects(reconcileIntent(deps, { providerRef: surplus, paymentId }), /M1/, "a cent is still theirs");
  await stripe.refunds.create({ payment_intent: surplus });
  assert.equal(await reconcileIntent(deps, { providerRef: surplus, paymentId }), "surplus_given_back");
  assert.equal(await reconcileIntent(deps, { providerRef: paid, paymentId }), "already");
});
