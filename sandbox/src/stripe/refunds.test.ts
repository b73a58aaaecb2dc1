import assert from "node:assert/strict";
import { test } from "node:test";

import { cardPayment, openTestStripe, stripeError } from "./test/open-sdk.ts";

const world = await openTestStripe();
const { stripe } = world;

async function refunded(intentId: string): Promise<number> {
  const records = await world.records("refund");
  return records
    .filter(({ data }) => data["paymentIntent"] === intentId)
    .reduce((sum, { data }) => sum + Number(data["amount"]), 0);
}

test("parts of a payment are refunded until nothing is left, and not a cent more", async () => {
  const { id } = await stripe.paymentIntents.create(cardPayment);
  const first = await stripe.refunds.create({
    payment_intent: id,
    amount: 8_900,
    reason: "requested_by_customer",
    metadata: { order: "MO-2" },
  });
  assert.deepEqual([first.status, first.amount, first.metadata?.["order"]], ["succeeded", 8_900, "MO-2"]);
  const over = await stripeError(stripe.refunds.create({ payment_intent: id, amount: 15_901 }));
  assert.deepEqual([over.statusCode, over.param], [400, "amount"]);
  assert.match(over.message, /greater than unrefunded amount/);
  assert.equal(await refunded(id), 8_900);

  const rest = await stripe.refunds.create({ payment_intent: id, expand: ["charge"] });
  assert.equal(rest.amount, 15_900);
  assert.ok(
    typeof rest.charge === "object" && rest.charge?.refunded === true && rest.charge.amount_refunded === 24_800,
  );
  const again = await stripeError(stripe.refunds.create({ payment_intent: id }));
  assert.equal(again.code, "charge_already_refunded");
  assert.equal(await refunded(id), 24_800);

  const listed = await stripe.refunds.list({ payment_intent: id });
  assert.deepEqual(
    listed.data.map((refund) => refund.amount),
    [15_900, 8_900],
  );
  const balance = await stripe.balanceTransactions.list({ source: rest.id });
  assert.deepEqual(
    balance.data.map(({ amount, type }) => [amount, type]),
    [[-15_900, "refund"]],
  );
  const named = await stripe.refunds.update(first.id, { metadata: { seen: "yes" } });
  assert.deepEqual(named.metadata, { order: "MO-2", seen: "yes" });
  await world.arrived("refund.created", "charge.refunded", "refund.updated");
});

test("what was never paid is not refunded", async () => {
  const open = await stripe.paymentIntents.create({ amount: 500, currency: "usd" });
  const held = await stripe.paymentIntents.create({ ...cardPayment, capture_method: "manual" });
  for (const { id } of [open, held]) {
    const error = await stripeError(stripe.refunds.create({ payment_intent: id }));
    assert.match(error.message, /does not have a successful charge to refund/);
    assert.equal(await refunded(id), 0);
  }
  assert.equal((await stripeError(stripe.refunds.create({ payment_intent: "pi_none" }))).code, "resource_missing");
  assert.equal((await stripeError(stripe.refunds.create({ amount: 5 }))).param, "charge");
});

test("a refund may be pending first, and the money counts as given back meanwhile", async () => {
  const { id } = await stripe.paymentIntents.create({ ...cardPayment, payment_method: "pm_card_pendingRefund" });
  const refund = await stripe.refunds.create({ payment_intent: id });
  assert.deepEqual([refund.status, refund.pending_reason], ["pending", "processing"]);
  assert.equal((await stripeError(stripe.refunds.create({ payment_intent: id }))).code, "charge_already_refunded");
  await world.post(`/stripe-control/settle/${refund.id}`);
  assert.equal((await stripe.refunds.retrieve(refund.id)).status, "succeeded");
  assert.equal(await refunded(id), 24_800);
});

test("a refund may succeed and fail later; then it can be made again", async () => {
  const { id } = await stripe.paymentIntents.create({ ...cardPayment, payment_method: "pm_card_refundFail" });
  const refund = await stripe.refunds.create({ payment_intent: id });
  assert.equal(refund.status, "succeeded");
  await world.post(`/stripe-control/settle/${refund.id}`);
  const failed = await stripe.refunds.retrieve(refund.id);
  assert.deepEqual([failed.status, failed.failure_reason], ["failed", "expired_or_canceled_card"]);
  const events = (await world.arrived("refund.failed"))[0];
  assert.ok(events?.body.includes(refund.id));
  assert.equal((await world.records("refund_failed")).length, 1);
  assert.equal((await stripe.refunds.create({ payment_intent: id })).status, "succeeded");
});

test("a disputed charge is not refunded as well, unless the dispute was won", async () => {
  const { id } = await stripe.paymentIntents.create(cardPayment);
  const dispute = (await (await world.post("/stripe-control/disputes", { payment_intent: id })).json()) as {
    id: string;
  };
  assert.equal((await stripe.disputes.retrieve(dispute.id)).status, "needs_response");
  assert.equal((await stripeError(stripe.refunds.create({ payment_intent: id }))).code, "charge_disputed");
  assert.equal(await refunded(id), 0);
  await world.post(`/stripe-control/disputes/${dispute.id}/close`, { status: "won" });
  assert.equal((await stripe.disputes.list({ payment_intent: id })).data[0]?.status, "won");
  await world.arrived("charge.dispute.created", "charge.dispute.closed");
  assert.equal((await stripe.refunds.create({ payment_intent: id })).status, "succeeded");
});

test("evidence goes to the bank once and whole; the bank's answer is driven from outside, or by Stripe's own words", async () => {
  const opened = async () => {
    const { id } = await stripe.paymentIntents.create(cardPayment);
    return (await (await world.post("/stripe-control/disputes", { payment_intent: id })).json()) as { id: string };
  };
  const { id } = await opened();
  const long = { product_description: "x".repeat(20_001) };
  assert.match((await stripeError(stripe.disputes.update(id, { evidence: long }))).message, /at most 20000/);
  const odd = { reciept: "file_1" } as object;
  assert.equal((await stripeError(stripe.disputes.update(id, { evidence: odd }))).code, "parameter_unknown");
  const staged = await stripe.disputes.update(id, { evidence: { customer_name: "Ada" }, submit: false });
  assert.deepEqual([staged.status, staged.evidence_details.has_evidence], ["needs_response", true]);
  const sent = await stripe.disputes.update(id, { evidence: { product_description: "A file" }, submit: true });
  assert.deepEqual([sent.status, sent.evidence_details.submission_count], ["under_review", 1]);
  assert.equal(sent.evidence.customer_name, "Ada", "what was staged goes with it");
  const again = stripe.disputes.update(id, { evidence: { customer_name: "Eve" }, submit: true });
  assert.equal((await stripeError(again)).code, "dispute_evidence_submitted");
  assert.equal((await world.records("dispute_evidence")).filter(({ key }) => key === id).length, 1);
  await world.post(`/stripe-control/disputes/${id}/close`, { status: "lost" });
  assert.equal((await stripe.disputes.retrieve(id)).status, "lost");
  const closed = stripe.disputes.update(id, { evidence: { customer_name: "Eve" }, submit: true });
  assert.equal((await stripeError(closed)).code, "dispute_already_closed");

  const words = await stripe.disputes.update((await opened()).id, {
    evidence: { uncategorized_text: "winning_evidence" },
  });
  assert.equal(words.status, "won");
});

test("twenty refunds at once never give back more than was paid", async () => {
  const { id } = await stripe.paymentIntents.create(cardPayment);
  const tries = await Promise.allSettled(
    Array.from({ length: 20 }, () => stripe.refunds.create({ payment_intent: id, amount: 5_000 })),
  );
  assert.equal(tries.filter(({ status }) => status === "fulfilled").length, 4);
  assert.equal(await refunded(id), 20_000);
});
