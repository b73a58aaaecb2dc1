/**
 * An operator's answer to a bank, against the provider's simulator: once, whatever dies or answers nothing on the
 * way.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { silentLog } from "#platform/log/log.ts";
import { noteDispute, openStripe, readStripeDispute, stripeDisputeDesk } from "#rooms/payment";
import { openTestDb } from "../../../test/db.ts";
import { paidOrder } from "../../../test/paid-orders.ts";
import { openTestSandbox } from "../../../test/sandbox.ts";
import { putDisputeAnswer, type DisputeDesk } from "./dispute-answer.ts";
import { sendAnswers } from "./send-answers.ts";

const { pool } = await openTestDb();
const sandbox = await openTestSandbox();
const stripe = openStripe({ secretKey: "sk_test_muse_sandbox", apiBase: sandbox.url });
const desk = stripeDisputeDesk(stripe);
const deps = { db: pool, log: silentLog, desk };

const bank = async (path: string, body: object) =>
  (await (
    await fetch(`${sandbox.url}/stripe-control/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    })
  ).json()) as { id: string };

/** A charge that the bank asks back, and that we have heard of. */
async function disputed(): Promise<string> {
  const order = await paidOrder(pool, { lines: [{ priceMinor: 4_200 }], shippingMinor: 0 }, { isPaid: false });
  const intent = await stripe.paymentIntents.create({
    amount: 4_200,
    currency: "usd",
    payment_method: "pm_card_visa",
    confirm: true,
    automatic_payment_methods: { enabled: true },
    return_url: "http://127.0.0.1:3000/",
  });
  await pool.query("select checkout.payment_succeeded_1($1, $2, 4200, 'USD')", [order.paymentId, intent.id]);
  const { id } = await bank("disputes", { payment_intent: intent.id });
  await hear(id);
  return id;
}

const hear = async (id: string) => await noteDispute(pool, "stripe", await readStripeDispute(stripe, id));

async function answer(disputeId: string, evidence: Record<string, string> = { product_description: "A lamp" }) {
  const answerId = newId("dan");
  const put = await putDisputeAnswer(pool, { answerId, disputeId, evidence, askedBy: "acc_ops" });
  return { answerId, put };
}

const sendNow = async (by: DisputeDesk = desk) => {
  await pool.query("update payment.dispute_answer set try_at = now() where try_at is not null");
  return await sendAnswers({ ...deps, desk: by });
};
const stateOf = async (answerId: string) => {
  const { rows } = await pool.query(
    `select a.status, a.error, a.tries, d.status as dispute from payment.dispute_answer a join payment.dispute d using (dispute_id) where a.answer_id = $1`,
    [answerId],
  );
  return [rows[0].status, rows[0].error, rows[0].tries, rows[0].dispute];
};
const submissions = async (disputeId: string) =>
  (await sandbox.records("dispute_evidence")).filter(({ key }) => key === disputeId).length;

test("an answer is written down, sent and under review; the bank's verdict is followed", async () => {
  const id = await disputed();
  const { answerId, put } = await answer(id, { product_description: "A lamp", customer_name: "Ada" });
  assert.equal(put, "started");
  assert.deepEqual(await stateOf(answerId), ["started", null, 0, "needs_response"]);
  await sendNow();
  assert.deepEqual(await stateOf(answerId), ["submitted", null, 1, "under_review"]);
  const there = await stripe.disputes.retrieve(id);
  assert.deepEqual(
    [there.status, there.evidence.customer_name, there.metadata["muse_answer"]],
    ["under_review", "Ada", answerId],
  );
  assert.equal((await answer(id)).put, "answered", "a bank takes one");

  await bank(`disputes/${id}/close`, { status: "won" });
  await hear(id);
  assert.deepEqual((await stateOf(answerId)).at(3), "won");
  assert.equal((await answer(id)).put, "answered");
  assert.equal((await answer("du_none")).put, "not_found");
});

test("ten operators and ten workers at once: one answer, one submission", async () => {
  const id = await disputed();
  const puts = await Promise.all(Array.from({ length: 10 }, async () => (await answer(id)).put));
  assert.equal(puts.filter((put) => put === "started").length, 1);
  await Promise.all(Array.from({ length: 10 }, async () => await sendAnswers(deps)));
  assert.equal(await submissions(id), 1);
});

for (const [what, rule] of [
  ["cut off before the bank has it", "drop_before"],
  ["cut off after the bank has it", "drop_after"],
  ["failed with a 500", "error"],
] as const) {
  test(`an answer that is ${what} is unknown; it is looked for before it is sent again, and the bank has it once`, async () => {
    const id = await disputed();
    const { answerId } = await answer(id);
    await sandbox.faults([{ part: "stripe", endpoint: "disputes.update", kind: rule, status: 500 }]);
    await sendNow();
    assert.equal((await stateOf(answerId))[0], "unknown");
    assert.equal((await answer(id)).put, "answered", "nobody writes another while nobody knows");
    await sandbox.faults([]);
    await sendNow();
    assert.deepEqual((await stateOf(answerId)).toSpliced(2, 1), ["submitted", null, "under_review"]);
    assert.equal(await submissions(id), 1);
  });
}

test("a worker that dies between the intent and the outcome leaves an answer that another one finds", async () => {
  const id = await disputed();
  const { answerId } = await answer(id);
  // Dies with the call: once before the bank has it, once after.
  for (const reaches of [false, true]) {
    const dying: DisputeDesk = {
      ...desk,
      submit: async (sent) => {
        if (reaches) await desk.submit(sent);
        throw new Error("killed");
      },
    };
    await assert.rejects(sendNow(dying), /killed/);
    assert.equal((await stateOf(answerId))[0], "unknown");
  }
  await sendNow();
  assert.deepEqual(await stateOf(answerId), ["submitted", null, 3, "under_review"]);
  assert.equal(await submissions(id), 1);
});

test("a first try that comes after another worker's is refused, and found to be there already", async () => {
  const id = await disputed();
  const { answerId } = await answer(id);
  await sendNow({
    ...desk,
    submit: async (sent) => (await desk.submit({ ...sent, tryNumber: 2 }), await desk.submit(sent)),
  });
  assert.deepEqual(await stateOf(answerId), ["submitted", null, 1, "under_review"]);
  assert.equal(await submissions(id), 1);
});

test("an answer is claimed when its turn comes, not while those before it are sent", async () => {
  const answers: string[] = [];
  for (let count = 0; count < 3; count += 1) answers.push((await answer(await disputed())).answerId);
  const claimed: number[] = [];
  const { found } = await sendNow({
    ...desk,
    submit: async (sent) => {
      const { rows } = await pool.query(
        "select count(*)::int as count from payment.dispute_answer where answer_id = any ($1) and tries > 0",
        [answers],
      );
      claimed.push(rows[0].count);
      return await desk.submit(sent);
    },
  });
  assert.equal(found, 3);
  assert.deepEqual(claimed, [1, 2, 3]);
});

test("what the provider refuses by name may be mended; what is decided or past its time takes no answer", async () => {
  const id = await disputed();
  const odd = await answer(id, { reciept: "none" });
  await sendNow();
  assert.deepEqual(await stateOf(odd.answerId), ["refused", "parameter_unknown", 1, "needs_response"]);
  const mended = await answer(id);
  await sendNow();
  assert.equal((await stateOf(mended.answerId))[0], "submitted");

  const decided = await disputed();
  await bank(`disputes/${decided}/close`, { status: "lost" });
  await hear(decided);
  assert.equal((await answer(decided)).put, "closed");
  const late = await disputed();
  await pool.query("update payment.dispute set evidence_due_at = now() - interval '1 minute' where dispute_id = $1", [
    late,
  ]);
  assert.equal((await answer(late)).put, "closed");

  const elsewhere = await disputed();
  const { answerId } = await answer(elsewhere);
  await sandbox.faults([{ part: "stripe", endpoint: "disputes.update", kind: "drop_before" }]);
  await sendNow();
  await sandbox.faults([]);
  await stripe.disputes.update(elsewhere, { evidence: { customer_name: "By hand" }, submit: true });
  await sendNow();
  assert.deepEqual((await stateOf(answerId)).slice(0, 2), ["refused", "answered_elsewhere"]);
});
