/** Money that somebody gave back in a provider's own dashboard, past Muse: orders, books and files hear of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { must } from "#kernel/assert.ts";
import { newId } from "#kernel/ids.ts";
import { silentLog } from "#platform/log/log.ts";
import { noteProviderRefund, noticingRefunds, refundsStuck, settleRefund } from "#rooms/order";
import { readStripeRefund, readTossCancels, tossBooks } from "#rooms/payment";
import { checkInvariants } from "../../tools/invariants/check-invariants.ts";
import { ownedBy } from "../test/digital.ts";
import { paidOrder } from "../test/paid-orders.ts";
import { openWonShop, type Bought } from "../test/won-shop.ts";
import { reconcile } from "./rooms/ledger/reconcile.ts";

const shop = await openWonShop();
const { pool, toss, hear } = shop;

/** In Toss's dashboard, by hand. */
async function cancelAtToss({ paymentKey }: Bought, amount: number | null, reason = "고객 요청"): Promise<string> {
  const answer = await toss.cancel({
    paymentKey,
    reason,
    amount,
    idempotencyKey: newId("key"),
    receiveAccount: { bankCode: "88", accountNumber: "110123456789", holderName: "김하나" },
  });
  assert.ok(answer.kind === "payment", JSON.stringify(answer));
  return must(answer.payment.cancels?.at(-1), "it was cancelled").transactionKey;
}

async function ordersOf({ sessionId }: Pick<Bought, "sessionId">) {
  const { rows } = await pool.query(
    `select o.order_number as number, o.kind, o.status, o.payment_status as payment, o.refunded_minor as refunded, o.reason
     from orders.store_order o where o.session_id = $1 order by o.order_number`,
    [sessionId],
  );
  return rows;
}

async function refundsOf({ sessionId }: Pick<Bought, "sessionId">) {
  const { rows } = await pool.query(
    `select r.order_number as number, r.amount_minor as amount, r.status, r.source, r.provider_ref as ref
     from payment.refund r join payment.payment p using (payment_id) where p.session_id = $1 order by r.created_at, r.refund_id`,
    [sessionId],
  );
  return rows;
}

async function clearing({ sessionId }: Pick<Bought, "sessionId">): Promise<bigint> {
  const { rows } = await pool.query(
    "select coalesce(sum(p.amount_minor), 0)::bigint as sum from ledger.entry e join ledger.posting p using (entry_id) where e.session_id = $1 and p.account = 'provider_clearing'",
    [sessionId],
  );
  return rows[0].sum;
}

test("a whole cancel in Toss's dashboard: the order says so, is not ordered any more, and the books follow", async () => {
  const bought = await shop.buy({ method: "CARD" });
  const ref = await cancelAtToss(bought, null);
  assert.deepEqual(await hear(bought), ["noted"]);
  assert.deepEqual(await hear(bought), ["known"]);
  const [order] = await ordersOf(bought);
  assert.deepEqual(
    [order.status, order.payment, order.refunded, order.reason],
    ["cancelled", "refunded", 12_000n, "given_back_at_provider"],
  );
  assert.deepEqual(await refundsOf(bought), [
    { number: order.number, amount: 12_000n, status: "succeeded", source: "provider", ref },
  ]);
  assert.equal(await clearing(bought), 0n);
  const { rows: trail } = await pool.query("select account_id, action, detail from ops.audit where subject = $1", [
    order.number,
  ]);
  assert.deepEqual(trail, [
    {
      account_id: "toss",
      action: "order.refund_at_provider",
      detail: { refundRef: ref, amountCents: 12_000, currency: "KRW" },
    },
  ]);
  // Its job was written with it, and asks Toss for nothing.
  assert.deepEqual(await shop.sendRefunds(bought), ["succeeded"]);
  assert.equal((await shop.paidBack(bought)).length, 1);
});

test("a part of it goes by the orders' shares and takes no file away; what is left, given back too, does", async () => {
  const bought = await shop.buy({ method: "CARD", goods: ["file", "file"] });
  assert.equal((await ownedBy(pool, bought.accountId)).length, 2);
  await cancelAtToss(bought, 3_001);
  await hear(bought);
  const parts = (await ordersOf(bought)).map(({ payment, refunded }) => [payment, Number(refunded)]);
  assert.deepEqual(
    parts.map(([payment]) => payment),
    ["partially_refunded", "partially_refunded"],
  );
  assert.deepEqual(
    parts.map(([, refunded]) => Number(refunded)).toSorted((a, b) => a - b),
    [1_500, 1_501],
  );
  assert.equal((await ownedBy(pool, bought.accountId)).length, 2);
  await cancelAtToss(bought, null);
  assert.deepEqual(await hear(bought), ["known", "noted"]);
  assert.deepEqual(
    (await ordersOf(bought)).map(({ payment }) => payment),
    ["refunded", "refunded"],
  );
  assert.deepEqual(await ownedBy(pool, bought.accountId), []);
  assert.equal(await clearing(bought), 0n);
});

test("a reason that names an order of it is believed; one that names another's is not", async () => {
  const bought = await shop.buy({ method: "CARD", goods: ["file", "file"] });
  const [first, second] = bought.orderNumbers;
  await cancelAtToss(bought, 7_000, `파일 오류 ${second}`);
  await hear(bought);
  assert.deepEqual(
    (await ordersOf(bought)).map(({ payment }) => payment),
    ["paid", "refunded"],
  );
  assert.equal((await ownedBy(pool, bought.accountId)).length, 1);
  const other = await shop.buy({ method: "CARD", goods: ["file", "file"] });
  await cancelAtToss(other, 2_000, `for ${first}`);
  await hear(other);
  assert.deepEqual(
    (await ordersOf(other)).map(({ refunded }) => refunded),
    [1_000n, 1_000n],
  );
});

test("a refund that waits for an account and was made by hand is that refund, and is never sent again", async () => {
  const bought = await shop.buy();
  const [number] = bought.orderNumbers;
  await shop.send("POST", `/api/v1/orders/${number}/cancel`, ["anonymous", bought.accountId]);
  assert.deepEqual(await shop.sendRefunds(bought), ["account_needed"]);
  const ref = await cancelAtToss(bought, null);
  assert.deepEqual(await hear(bought), ["noted"]);
  assert.deepEqual(await refundsOf(bought), [
    { number, amount: 12_000n, status: "succeeded", source: "provider", ref },
  ]);
  assert.deepEqual(await shop.sendRefunds(bought), ["succeeded"]);
  assert.equal((await shop.paidBack(bought)).length, 1);
  const named = await shop.send(
    "PUT",
    `/api/v1/checkout/sessions/${bought.sessionId}/refund-account`,
    ["anonymous", bought.accountId],
    { bankCode: "88", accountNumber: "110123456789", holderName: "김하나" },
  );
  assert.equal(named.json.error.code, "refund_account_not_wanted");
});

test("our own cancels are ours; what would not fit beside one in the air waits until that has ended", async () => {
  const bought = await shop.buy({ method: "CARD" });
  const [number] = bought.orderNumbers;
  const { rows } = await pool.query("select refund_id from orders.refund_open_1($1, $2, 5000, 'goodwill', null, $3)", [
    number,
    newId("rr"),
    JSON.stringify([{ lineNo: 1, quantity: 0, amountMinor: 5_000 }]),
  ]);
  await cancelAtToss(bought, null);
  assert.deepEqual(await hear(bought), ["above_rest"], "ours is still to be answered");
  assert.deepEqual(await shop.sendRefunds(bought), ["failed"]);
  assert.deepEqual(await hear(bought), ["noted"]);
  assert.equal((await ordersOf(bought))[0].payment, "refunded");
  assert.equal(rows.length, 1);

  const ours = await shop.buy({ method: "CARD" });
  await shop.send("POST", `/api/v1/orders/${ours.orderNumbers[0]}/cancel`, ["anonymous", ours.accountId]);
  assert.deepEqual(await shop.sendRefunds(ours), ["succeeded"]);
  assert.deepEqual(await hear(ours), ["ours"]);
});

async function openOurs(orderNumber: string | undefined, amountMinor: number): Promise<string> {
  // The lines are counted through the checkout.
  const { rows } = await pool.query(
    `select r.refund_id from orders.order_item i cross join lateral orders.refund_open_1(i.order_number, $2, $3, 'goodwill', null,
       jsonb_build_array(jsonb_build_object('lineNo', i.line_no, 'quantity', 1, 'amountMinor', $3::bigint))) r
     where i.order_number = $1`,
    [orderNumber, newId("rr"), amountMinor],
  );
  return rows[0].refund_id;
}

async function refused(refundId: string): Promise<void> {
  assert.ok(await settleRefund(pool, { refundId, kind: "failed", providerRef: null, failureCode: "refused" }));
}

async function isStuck(refundId: string): Promise<boolean> {
  return (await refundsStuck(pool, { limit: 1_000 })).some((stuck) => stuck.refundId === refundId);
}

test("just what a refund of ours that failed came to is its order's, with its lines; one that names another is not", async () => {
  const bought = await shop.buy({ method: "CARD", goods: ["file", "file"] });
  const [first, second] = bought.orderNumbers;
  const refundId = await openOurs(first, 3_000);
  await refused(refundId);
  assert.ok(await isStuck(refundId));
  await cancelAtToss(bought, 3_000, `파일 오류 ${second}`);
  assert.deepEqual(await hear(bought), ["noted"]);
  const refunded = async () => (await ordersOf(bought)).map((order) => Number(order.refunded));
  assert.deepEqual(await refunded(), [0, 3_000]);
  await cancelAtToss(bought, 3_000);
  assert.deepEqual(await hear(bought), ["known", "noted"]);
  assert.deepEqual(await refunded(), [3_000, 3_000]);
  assert.equal(await isStuck(refundId), false);
  const { rows } = await pool.query("select refunded_quantity as back from orders.order_item where order_number = $1", [
    first,
  ]);
  assert.deepEqual(rows, [{ back: 1 }]);
  await cancelAtToss(bought, 3_000);
  assert.deepEqual(await hear(bought), ["known", "known", "noted"]);
  assert.deepEqual(await refunded(), [4_500, 4_500], "it was replaced once");
  assert.equal(await clearing(bought), 5_000n);
});

test("one of ours without an answer is what was given back by hand, once no machine asks for it any more", async () => {
  const bought = await shop.buy({ method: "CARD" });
  const [number] = bought.orderNumbers;
  const refundId = await openOurs(number, 5_000);
  await settleRefund(pool, { refundId, kind: "unknown", providerRef: null, failureCode: "unanswered" });
  const ref = await cancelAtToss(bought, null);
  assert.deepEqual(await hear(bought), ["above_rest"], "it may still be answered");
  await pool.query("update payment.refund set ask_from = now() - interval '20 hours' where refund_id = $1", [refundId]);
  assert.ok(await isStuck(refundId));
  assert.deepEqual(await hear(bought), ["noted"]);
  const whole = { number, status: "succeeded", source: "provider", ref };
  assert.deepEqual(await refundsOf(bought), [
    { ...whole, amount: 5_000n },
    { ...whole, amount: 7_000n },
  ]);
  assert.equal((await ordersOf(bought))[0].payment, "refunded");
  assert.equal(await isStuck(refundId), false);
  assert.deepEqual(await hear(bought), ["known"]);
  assert.equal(await clearing(bought), 0n);

  const two = await shop.buy({ method: "CARD", goods: ["file", "file"] });
  const ours = await openOurs(two.orderNumbers[0], 2_000);
  await pool.query("update payment.refund set ask_from = now() - interval '20 hours' where refund_id = $1", [ours]);
  await cancelAtToss(two, 2_000, `for ${two.orderNumbers[1]}`);
  await hear(two);
  assert.ok(await isStuck(ours), "who names another order means no other one's refund");
  await cancelAtToss(two, 2_000);
  await hear(two);
  assert.equal(await isStuck(ours), false);
  assert.deepEqual(
    (await ordersOf(two)).map(({ refunded }) => refunded),
    [2_000n, 2_000n],
  );
});

test("a payment that came too late, whose refund failed, is given back by hand", async () => {
  const bought = await shop.buy({ isPaid: false });
  await shop.payer.deposit(bought.paymentKey);
  const path = `/api/v1/checkout/sessions/${bought.sessionId}/cancel`;
  const cancelled = await shop.send("POST", path, ["anonymous", bought.accountId]);
  assert.equal(cancelled.status, 200, JSON.stringify(cancelled.json));
  await shop.callOff(bought);
  const { rows } = await pool.query(
    `update payment.refund r set status = 'created' from payment.payment p
     where p.payment_id = r.payment_id and p.session_id = $1 and r.order_number is null returning r.refund_id`,
    [bought.sessionId],
  );
  const [{ refund_id: refundId }] = rows;
  await refused(refundId);
  assert.ok(await isStuck(refundId));
  const ref = await cancelAtToss(bought, null);
  assert.deepEqual(await hear(bought), ["noted"]);
  const [failed, back] = await refundsOf(bought);
  assert.deepEqual([failed.status, failed.source], ["failed", "muse"]);
  assert.deepEqual(back, { number: null, amount: 12_000n, status: "succeeded", source: "provider", ref });
  assert.equal(await isStuck(refundId), false);
  assert.deepEqual(await hear(bought), ["known"]);
  assert.equal(await clearing(bought), 0n);
});

test("heard twenty times at once it is noted once", async () => {
  const bought = await shop.buy({ method: "CARD", goods: ["thing", "file"] });
  await cancelAtToss(bought, 9_500);
  const heard = (await Promise.all(Array.from({ length: 20 }, () => hear(bought)))).flat();
  assert.equal(heard.filter((noted) => noted === "noted").length, 1);
  assert.equal(await clearing(bought), 9_500n);
});

test("the nightly reconciliation hears of it without any event, and then has nothing to name", async () => {
  const bought = await shop.buy({ method: "CARD", goods: ["file", "file"] });
  await cancelAtToss(bought, 4_000);
  const books = noticingRefunds(tossBooks(toss, pool), {
    db: pool,
    log: silentLog,
    note: async ({ paymentRef }) => await hear({ paymentKey: paymentRef }),
  });
  const toAt = new Date(Date.now() + 2 * 3_600_000);
  const run = await reconcile({ db: pool, log: silentLog }, books, { toAt, requestedBy: null });
  assert.ok(run.kind === "finished");
  const { rows } = await pool.query("select kind, subject from ledger.difference where reconciliation_id = $1", [
    run.reconciliationId,
  ]);
  assert.deepEqual(rows, [], "one cancel there, two refunds here, the same sum");
  assert.deepEqual(
    (await ordersOf(bought)).map(({ refunded }) => refunded),
    [2_000n, 2_000n],
  );
});

test("in dollars as well: a refund made in Stripe's dashboard, which fails days later", async () => {
  const intent = await shop.stripe.paymentIntents.create({
    amount: 3_099,
    currency: "usd",
    payment_method: "pm_card_visa",
    confirm: true,
    automatic_payment_methods: { enabled: true, allow_redirects: "never" },
  });
  const order = await paidOrder(pool);
  assert.equal(order.totalMinor, 3_099n);
  await pool.query("update payment.payment set provider_ref = $2 where payment_id = $1", [order.paymentId, intent.id]);
  const made = await shop.stripe.refunds.create({ payment_intent: intent.id, amount: 1_000 });
  const note = async () => {
    const refund = must(await readStripeRefund(shop.stripe, made.id), "it is of an intent");
    return await noteProviderRefund(shop.noting, refund);
  };
  const first = await note();
  assert.equal(first, "noted");
  const second = await note();
  assert.ok(second === "known" || second === "noted");
  const [kept] = await refundsOf(order);
  assert.deepEqual([kept.amount, kept.source, kept.ref], [1_000n, "provider", made.id]);
  assert.equal(await clearing(order), 2_099n);
  const { rows } = await pool.query("select refund_id from payment.refund where provider_ref = $1", [made.id]);
  await settleRefund(pool, {
    refundId: rows[0].refund_id,
    kind: "failed",
    providerRef: made.id,
    failureCode: "declined",
  });
  assert.equal(await clearing(order), 3_099n, "the bank sent it back");
});

test("what is none of ours stays none of ours", async () => {
  const bought = await shop.buy({ method: "CARD" });
  const [cancel] = await (async () => {
    await cancelAtToss(bought, 1_000);
    return await readTossCancels(toss, bought.paymentKey);
  })();
  const refund = must(cancel, "it was cancelled");
  assert.equal(await noteProviderRefund(shop.noting, { ...refund, paymentRef: "nobody" }), "unknown_payment");
  assert.equal(await noteProviderRefund(shop.noting, { ...refund, currency: "USD" }), "unknown_payment");
  assert.equal(await noteProviderRefund(shop.noting, { ...refund, status: "failed" }), "known");
  assert.deepEqual(await refundsOf(bought), []);
  await hear(bought);
});

test("after all of it what is promised of money holds", async () => {
  const { results } = await checkInvariants({ databaseUrl: shop.databaseUrl, settledForSeconds: 0 });
  const broken = results.filter(({ name, outcome }) => /^(m2|m4|m5|s3)/.test(name) && outcome === "broken");
  // Only rows in the air are left, which a worker would work.
  assert.deepEqual(
    broken
      .filter(({ name }) => name !== "m2RefundsForgotten" && name !== "m2NothingOwed")
      .map(({ name, breaches }) => [name, breaches]),
    [],
  );
});
