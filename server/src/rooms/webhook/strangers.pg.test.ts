/** Events of another program on our Stripe account: they end, though nothing of them can ever be ours. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type Stripe from "stripe";
import { newId } from "#kernel/ids.ts";
import { silentLog } from "#platform/log/log.ts";
import { noteDispute, openStripe, readStripeDispute, readStripeRefund } from "#rooms/payment";
import { openTestDb } from "../../../test/db.ts";
import { openTestSandbox } from "../../../test/sandbox.ts";
import { processEvent, type ProcessDeps } from "./process-event.ts";
import { stripeEffects } from "./stripe-effects.ts";

const { pool } = await openTestDb();
const sandbox = await openTestSandbox();
const stripe = openStripe({ secretKey: "sk_test_muse_sandbox", apiBase: sandbox.url });

/** As the worker has it. */
const hearing = (from: Stripe): ProcessDeps => ({
  db: pool,
  log: silentLog,
  effects: {
    stripe: stripeEffects({
      reconcileIntent: async () => assert.fail("no intent is told of"),
      isRefundKnown: async () => assert.fail("it says nothing of a refund of ours"),
      settleRefund: async () => assert.fail("it says nothing of a refund of ours"),
      noteRefund: async (refundRef) => ((await readStripeRefund(from, refundRef)) === null ? "not_ours" : "noted"),
      noteDispute: async (disputeId) => await noteDispute(pool, "stripe", await readStripeDispute(from, disputeId)),
    }),
    toss: async () => assert.fail("Stripe told it"),
    store: async () => assert.fail("Stripe told it"),
  },
});

async function told(object: object): Promise<{ readonly source: "stripe"; readonly eventId: string }> {
  const eventId = newId("evt");
  const payload = JSON.stringify({ id: eventId, type: "any", data: { object } });
  await pool.query("select webhook.receive_1('stripe', $1, 'any', null, null, $2)", [eventId, payload]);
  return { source: "stripe", eventId };
}

const triedBefore = (eventId: string, tries: number) =>
  pool.query("update webhook.inbox set tries = $2 where event_id = $1", [eventId, tries]);

async function inbox(eventId: string) {
  const { rows } = await pool.query(
    "select outcome, last_error, processed_at is not null as closed from webhook.inbox where event_id = $1",
    [eventId],
  );
  return rows[0];
}

test("what Stripe does not know of is waited for, then taken for a stranger's", async () => {
  for (const object of [
    { id: "du_elsewhere", object: "dispute" },
    { id: "re_elsewhere", object: "refund", metadata: {} },
  ]) {
    const event = await told(object);
    await assert.rejects(processEvent(hearing(stripe), event), { name: "StripeAbsentError" });
    await triedBefore(event.eventId, 11);
    await assert.rejects(processEvent(hearing(stripe), event), { name: "StripeAbsentError" });
    assert.equal((await inbox(event.eventId)).last_error, "StripeAbsentError");
    assert.equal(await processEvent(hearing(stripe), event), "not_ours");
    assert.deepEqual(await inbox(event.eventId), { outcome: "not_ours", last_error: null, closed: true });
  }
});

test("a provider that is away is no proof, however long it is", async () => {
  const event = await told({ id: "du_away", object: "dispute" });
  await triedBefore(event.eventId, 30);
  await sandbox.faults([{ part: "stripe", endpoint: "disputes.retrieve", kind: "error", status: 500, times: 1 }]);
  await assert.rejects(processEvent(hearing(stripe), event));
  assert.equal((await inbox(event.eventId)).closed, false);
  await sandbox.faults([]);
});

test("a charge that no intent made is another program's: nobody asks after it again", async () => {
  const intent = await stripe.paymentIntents.create({
    amount: 4_200,
    currency: "usd",
    payment_method: "pm_card_visa",
    confirm: true,
    automatic_payment_methods: { enabled: true, allow_redirects: "never" },
  });
  const refund = await stripe.refunds.create({ payment_intent: intent.id, amount: 200 });
  const opened = await fetch(`${sandbox.url}/stripe-control/disputes`, {
    method: "POST",
    body: JSON.stringify({ payment_intent: intent.id }),
  });
  const { id } = (await opened.json()) as { readonly id: string };
  const dispute = await stripe.disputes.retrieve(id);
  // As a program has them that charges without intents.
  const elsewhere = Object.assign(Object.create(stripe) as Stripe, {
    disputes: { retrieve: async () => ({ ...dispute, payment_intent: null }) },
    refunds: { retrieve: async () => ({ ...refund, payment_intent: null }) },
  });
  for (const object of [
    { id, object: "dispute" },
    { id: refund.id, object: "refund", metadata: {} },
  ]) {
    const event = await told(object);
    assert.equal(await processEvent(hearing(elsewhere), event), "not_ours");
    assert.equal((await inbox(event.eventId)).outcome, "not_ours");
  }
});
