import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDb } from "../../../test/db.ts";
import { reconcileIntent } from "./reconcile-payments.ts";
import { openTestShoppers, type Shopper } from "../../../test/test-shoppers.ts";

const db = await openTestDb();
const { pool } = db;
const { deps, stripe, shopper, changeCard, chooseShipping, place, placeAndDie, ask, age, read, chargedMinor } =
  await openTestShoppers(db);

/** After a decline: another card, and another total. */
async function declinedThenChanged(): Promise<Shopper> {
  const who = await shopper("pm_card_visa_chargeDeclined");
  assert.equal((await place(who)).kind, "declined");
  await changeCard(who, "pm_card_visa");
  await chooseShipping(who, [500, 400]);
  return who;
}

async function paidInFull(who: Shopper, totalMinor: number): Promise<void> {
  assert.equal((await place(who)).kind, "placing");
  assert.deepEqual(await chargedMinor(who), [totalMinor], "one charge, of what was on the button");
  const { session, orders } = await read(who);
  assert.equal(session.latePayment, null);
  assert.ok(orders.every(({ paymentStatus }) => paymentStatus === "paid"));
  assert.equal(
    orders.reduce((sum, order) => sum + order.totalMinor, 0),
    totalMinor,
  );
  const { rows } = await pool.query("select amount_minor from payment.payment where session_id = $1", [who.sessionId]);
  assert.deepEqual(rows, [{ amount_minor: BigInt(totalMinor) }]);
}

for (const when of ["before", "after"] as const) {
  test(`a process that dies ${when} it calls off the intent of an older total: the old total is never charged (M1, M6)`, async () => {
    const who = await declinedThenChanged();
    await placeAndDie(who, { call: "cancelIntent", when });
    await age(who, 20);
    await ask(who);
    assert.deepEqual(await chargedMinor(who), []);
    await paidInFull(who, 34_600);
  });
}

test("an attempt whose intent has another amount is never confirmed: the intent is called off and replaced (M6)", async () => {
  const who = await declinedThenChanged();
  const { rows } = await pool.query(
    `with pressed as (
       update payment.payment set status = 'started', check_at = now() where session_id = $1 returning payment_id, provider_ref
     ), tried as (
       insert into payment.attempt (attempt_id, payment_id, number, generation, method_ref, amount_minor, currency, terms, status)
       select 'att_by_hand', payment_id, 2, 1, 'pm_card_visa', 34600, 'USD', '', 'started' from pressed
     )
     select provider_ref from pressed`,
    [who.sessionId],
  );
  await pool.query("update checkout.session set status = 'processing' where session_id = $1", [who.sessionId]);
  await ask(who);
  assert.equal((await stripe.paymentIntents.retrieve(rows[0].provider_ref)).status, "canceled");
  assert.deepEqual(await chargedMinor(who), []);
  assert.equal((await read(who)).session.status, "pending", "the shopper may press again");
  await paidInFull(who, 34_600);
});

test("a card that the provider does not know, then another total and a good one: paid, and known to be (M3)", async () => {
  const who = await shopper("pm_nobody_knows_this");
  assert.equal((await place(who)).kind, "payment_method_invalid");
  await changeCard(who, "pm_card_visa");
  await chooseShipping(who, [500, 400]);
  await paidInFull(who, 34_600);
});

test("an intent canceled at the provider, then another total: paid, and known to be (M3)", async () => {
  const who = await shopper("pm_card_threeDSecure2Required");
  const challenged = await place(who);
  assert.ok(challenged.kind === "action_required");
  await stripe.paymentIntents.cancel(intentOf(challenged));
  await ask(who);
  await changeCard(who, "pm_card_visa");
  await chooseShipping(who, [500, 400]);
  await paidInFull(who, 34_600);
});

test("a challenge pressed again after the total has changed asks for the new total; the old one is dead (M6)", async () => {
  const who = await shopper("pm_card_threeDSecure2Required");
  const first = await place(who);
  assert.ok(first.kind === "action_required");
  await chooseShipping(who, [500, 400]);
  const second = await place(who);
  assert.ok(second.kind === "action_required");
  assert.notEqual(intentOf(second), intentOf(first));
  assert.equal((await stripe.paymentIntents.retrieve(intentOf(first))).status, "canceled");
  assert.equal((await stripe.paymentIntents.retrieve(intentOf(second))).amount, 34_600);
  assert.equal(await reconcileIntent(deps, { providerRef: intentOf(first), paymentId: null }), "unknown_payment");
});

test("other delivery at the same total is ordered as it was last pressed", async () => {
  const who = await shopper("pm_card_threeDSecure2Required");
  await chooseShipping(who, [500, 400]);
  const first = await place(who);
  assert.ok(first.kind === "action_required");
  await chooseShipping(who, [400, 500], "express");
  const second = await place(who);
  assert.ok(second.kind === "action_required");
  assert.notEqual(intentOf(second), intentOf(first));
  const { rows } = await pool.query(
    "select shipping_option_id, shipping_minor from orders.store_order where session_id = $1 order by shipping_minor",
    [who.sessionId],
  );
  assert.deepEqual(rows, [
    { shipping_option_id: "express", shipping_minor: 400n },
    { shipping_option_id: "express", shipping_minor: 500n },
  ]);
});

for (const when of ["before", "after"] as const) {
  test(`a process that dies ${when} it calls off a challenge for another card: the card given up is not charged`, async () => {
    const who = await shopper("pm_card_threeDSecure2Required");
    assert.equal((await place(who)).kind, "action_required");
    await changeCard(who, "pm_card_mastercard");
    await placeAndDie(who, { call: "cancelIntent", when });
    await age(who, 20);
    await ask(who);
    assert.deepEqual(await chargedMinor(who), []);
    await paidInFull(who, 33_700);
    const { rows } = await pool.query(
      "select a.method_ref from payment.attempt a join payment.payment p using (payment_id) where p.session_id = $1 order by a.number",
      [who.sessionId],
    );
    assert.deepEqual(
      rows.map(({ method_ref: card }) => card),
      ["pm_card_threeDSecure2Required", "pm_card_mastercard"],
    );
  });
}

function intentOf(placed: { readonly clientSecret: string }): string {
  return placed.clientSecret.split("_secret_")[0] ?? "";
}
