import assert from "node:assert/strict";
import { test } from "node:test";

import { openTestToss } from "./test/open-toss.ts";

const toss = await openTestToss();
let orders = 0;
const newOrder = (): string => `order_${String((orders += 1)).padStart(6, "0")}`;

test("confirming moves the money once; another key is told that it was done, the same key the first answer", async () => {
  const payment = await toss.authenticated(newOrder(), 15_000);
  assert.equal(payment.status, "IN_PROGRESS");
  const key = { "idempotency-key": "toss:confirm:1" };
  const first = await toss.confirm(payment, {}, key);
  assert.equal(first.status, 200);
  const { status, totalAmount, balanceAmount, suppliedAmount, vat, approvedAt, method } = first.body;
  assert.deepEqual(
    [status, totalAmount, balanceAmount, suppliedAmount, vat, method],
    ["DONE", 15_000, 15_000, 13_636, 1_364, "카드"],
  );
  assert.match(approvedAt ?? "", /\+09:00$/);
  assert.deepEqual(await toss.confirm(payment, {}, key), first);
  // What was asked is not compared under a key.
  assert.deepEqual(await toss.confirm(payment, { amount: 1 }, key), first);
  const again = await toss.confirm(payment, {}, { "idempotency-key": "other" });
  assert.deepEqual([again.status, again.body.code], [400, "ALREADY_PROCESSED_PAYMENT"]);
  const charges = await toss.records("charge");
  assert.equal(charges.filter(({ key: name }) => name === payment.paymentKey).length, 1);
});

test("another amount, another order, an unknown key of payment and a stranger move nothing", async () => {
  const payment = await toss.authenticated(newOrder(), 9_900);
  const refusals = [
    await toss.confirm(payment, { amount: 100 }),
    await toss.confirm(payment, { orderId: newOrder() }),
    await toss.confirm(payment, { paymentKey: "nobody" }),
    await toss.confirm(payment, {}, { authorization: "Basic dGVzdF9za194" }),
    await toss.confirm(payment, {}, { authorization: "Bearer test_sk_x" }),
    await toss.confirm(payment, {}, { "idempotency-key": "x".repeat(301) }),
    await toss.confirm(payment, {}, { "tosspayments-test-code": "INVALID_STOPPED_CARD" }),
  ];
  assert.deepEqual(
    refusals.map(({ status, body }) => [status, body.code]),
    [
      [400, "INVALID_REQUEST"],
      [404, "NOT_FOUND_PAYMENT_SESSION"],
      [404, "NOT_FOUND_PAYMENT"],
      [403, "INCORRECT_BASIC_AUTH_FORMAT"],
      [401, "UNAUTHORIZED_KEY"],
      [400, "INVALID_IDEMPOTENCY_KEY"],
      [400, "INVALID_STOPPED_CARD"],
    ],
  );
  assert.equal((await toss.get(`/v1/payments/${payment.paymentKey}`)).body.status, "IN_PROGRESS");
  assert.equal((await toss.confirm(payment)).status, 200);
  const twin = await toss.authenticated(payment.orderId, 9_900);
  assert.equal((await toss.confirm(twin)).body.code, "DUPLICATED_ORDER_ID");
  const english = await toss.confirm(twin, {}, { "accept-language": "en-US" });
  assert.equal((english.body as unknown as { message: string }).message, "Duplicated order id.");
});

test("thirty minutes to say yes, ten to confirm; then it is over, and Toss says so", async () => {
  const [waiting, said] = [
    await toss.authenticated(newOrder(), 1_000, { isWaiting: true }),
    await toss.authenticated(newOrder(), 1_000),
  ];
  await toss.control("/clock", { aheadMs: 9 * 60_000 }, "PUT");
  assert.equal((await toss.get(`/v1/payments/${said.paymentKey}`)).body.status, "IN_PROGRESS");
  const before = toss.hooks.length;
  await toss.control("/clock", { aheadMs: 11 * 60_000 }, "PUT");
  const late = await toss.confirm(said);
  assert.deepEqual([late.status, late.body.code], [404, "NOT_FOUND_PAYMENT_SESSION"]);
  assert.equal((await toss.get(`/v1/payments/orders/${said.orderId}`)).body.status, "EXPIRED");
  assert.equal((await toss.get(`/v1/payments/${waiting.paymentKey}`)).body.status, "READY");
  await toss.control("/clock", { aheadMs: 31 * 60_000 }, "PUT");
  assert.equal((await toss.get(`/v1/payments/${waiting.paymentKey}`)).body.status, "EXPIRED");
  await toss.arrived(before + 3);
  await toss.control("/clock", { aheadMs: 0 }, "PUT");
  const ours = new Set([waiting.paymentKey, said.paymentKey]);
  const told = toss.hooks
    .slice(before)
    .filter(({ body }) => ours.has((body["data"] as typeof said).paymentKey))
    .map(({ body }) => [body["eventType"], (body["data"] as typeof said).status]);
  assert.deepEqual(told, [
    ["PAYMENT_STATUS_CHANGED", "EXPIRED"],
    ["PAYMENT_STATUS_CHANGED", "EXPIRED"],
  ]);
});

test("money goes back in parts until nothing is left, and never more", async () => {
  const payment = await toss.authenticated(newOrder(), 10_000);
  await toss.confirm(payment);
  const cancel = (cancelAmount?: number, key = String(Math.random())) =>
    toss.post(
      `/v1/payments/${payment.paymentKey}/cancel`,
      { cancelReason: "변심", ...(cancelAmount === undefined ? {} : { cancelAmount }) },
      { "idempotency-key": key },
    );
  const part = await cancel(3_000, "toss:cancel:1");
  assert.deepEqual(
    [part.body.status, part.body.balanceAmount, part.body.totalAmount],
    ["PARTIAL_CANCELED", 7_000, 10_000],
  );
  assert.deepEqual(await cancel(3_000, "toss:cancel:1"), part);
  assert.equal((await cancel(7_001)).body.code, "NOT_CANCELABLE_AMOUNT");
  const rest = await cancel();
  assert.deepEqual([rest.body.status, rest.body.balanceAmount], ["CANCELED", 0]);
  assert.deepEqual(
    rest.body.cancels?.map(({ cancelAmount, refundableAmount }) => [cancelAmount, refundableAmount]),
    [
      [3_000, 7_000],
      [7_000, 0],
    ],
  );
  assert.equal((await cancel(1)).body.code, "ALREADY_CANCELED_PAYMENT");
  const whole = await toss.authenticated(newOrder(), 5_000);
  await toss.confirm(whole);
  await toss.control(`/payments/${whole.paymentKey}/no-partial`);
  const refused = await toss.post(`/v1/payments/${whole.paymentKey}/cancel`, { cancelReason: "x", cancelAmount: 1 });
  assert.equal(refused.body.code, "NOT_ALLOWED_PARTIAL_REFUND");
});

test("a bank that a plan closes refuses a cancel, which its key remembers when the bank is open again", async () => {
  const payment = await toss.authenticated(newOrder(), 10_000);
  await toss.confirm(payment);
  const cancel = (key: string) =>
    toss.post(`/v1/payments/${payment.paymentKey}/cancel`, { cancelReason: "변심" }, { "idempotency-key": key });
  await toss.faults([{ part: "toss", endpoint: "payments.cancel", kind: "decline", times: 1 }]);
  const closed = await cancel("closed");
  assert.deepEqual([closed.status, closed.body.code], [403, "NOT_AVAILABLE_BANK"]);
  assert.deepEqual(await cancel("closed"), closed);
  assert.equal((await cancel("open")).body.status, "CANCELED");
});

test("two cancels near one payment at once are not taken, nor a key that is still being worked", async () => {
  const payment = await toss.authenticated(newOrder(), 10_000);
  await toss.confirm(payment);
  await toss.faults([{ part: "toss", endpoint: "*", kind: "latency", latencyMs: 150, times: 3 }]);
  const cancel = () => toss.post(`/v1/payments/${payment.paymentKey}/cancel`, { cancelReason: "x", cancelAmount: 1 });
  const codes = (await Promise.all([cancel(), cancel()])).map(({ body }) => body.code ?? "done");
  assert.deepEqual(codes.toSorted(), ["FORBIDDEN_CONSECUTIVE_REQUEST", "done"]);
  const other = await toss.authenticated(newOrder(), 10_000);
  const key = { "idempotency-key": "same" };
  const both = await Promise.all([toss.confirm(other, {}, key), toss.confirm(other, {}, key)]);
  await toss.faults([]);
  assert.deepEqual(both.map(({ body }) => body.code ?? "done").toSorted(), ["IDEMPOTENT_REQUEST_PROCESSING", "done"]);
});

test("a virtual account waits, is paid into, is taken back by the bank, and past its day says nothing", async () => {
  const payment = await toss.authenticated(newOrder(), 20_000, { method: "VIRTUAL_ACCOUNT", customerName: "김하나" });
  const before = toss.hooks.length;
  const { body: waiting } = await toss.confirm(payment);
  assert.equal(waiting.status, "WAITING_FOR_DEPOSIT");
  assert.match(waiting.virtualAccount?.accountNumber ?? "", /^X\d+$/);
  assert.equal((await toss.records("charge")).filter(({ key }) => key === payment.paymentKey).length, 0);
  const partly = await toss.post(`/v1/payments/${payment.paymentKey}/cancel`, { cancelReason: "x", cancelAmount: 1 });
  assert.equal(partly.body.code, "NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT");

  assert.equal((await toss.control(`/payments/${payment.paymentKey}/deposit`)).body.status, "DONE");
  const hooks = (await toss.arrived(before + 3)).slice(before).map(({ body }) => body);
  assert.deepEqual(
    hooks.filter(({ eventType }) => eventType === undefined).map(({ status, secret }) => [status, secret]),
    [
      ["WAITING_FOR_DEPOSIT", waiting.secret],
      ["DONE", waiting.secret],
    ],
  );
  assert.equal((await toss.records("charge")).filter(({ key }) => key === payment.paymentKey).length, 1);
  const noAccount = await toss.post(`/v1/payments/${payment.paymentKey}/cancel`, { cancelReason: "x" });
  assert.equal(noAccount.body.code, "INVALID_REFUND_ACCOUNT_INFO");
  assert.equal(
    (await toss.control(`/payments/${payment.paymentKey}/deposit-error`)).body.status,
    "WAITING_FOR_DEPOSIT",
  );

  const told = (await toss.arrived(before + 4)).length;
  await toss.control("/clock", { aheadMs: 200 * 3_600_000 }, "PUT");
  const { body: overdue } = await toss.get(`/v1/payments/${payment.paymentKey}`);
  assert.deepEqual([overdue.status, overdue.virtualAccount?.expired], ["WAITING_FOR_DEPOSIT", true]);
  assert.equal((await toss.control(`/payments/${payment.paymentKey}/deposit`)).status, 409);
  await toss.control("/clock", { aheadMs: 0 }, "PUT");
  assert.equal(toss.hooks.length, told);
});

test("an account can be opened without a window, and called off before anybody has paid", async () => {
  const asked = {
    amount: 30_000,
    orderId: newOrder(),
    orderName: "책",
    customerName: "박둘",
    bank: "20",
    validHours: 24,
  };
  const { body } = await toss.post("/v1/virtual-accounts", asked);
  assert.equal(body.status, "WAITING_FOR_DEPOSIT");
  const { body: canceled } = await toss.post(`/v1/payments/${body.paymentKey}/cancel`, { cancelReason: "변심" });
  assert.deepEqual([canceled.status, canceled.balanceAmount], ["CANCELED", 0]);
  assert.equal((await toss.records("refund")).filter(({ data }) => data["paymentKey"] === body.paymentKey).length, 0);
  assert.equal((await toss.post("/v1/virtual-accounts", { ...asked, orderId: "no" })).body.code, "INVALID_REQUEST");
});

test("faults: a refusal ends the payment, a stored 500 is told again, a lost answer has acted", async () => {
  const declined = await toss.authenticated(newOrder(), 5_000);
  await toss.faults([
    { part: "toss", endpoint: "payments.confirm", kind: "decline", value: "EXCEED_MAX_AMOUNT", times: 1 },
  ]);
  assert.equal((await toss.confirm(declined)).body.code, "EXCEED_MAX_AMOUNT");
  const { body } = await toss.get(`/v1/payments/${declined.paymentKey}`);
  assert.deepEqual([body.status, body.failure?.code], ["ABORTED", "EXCEED_MAX_AMOUNT"]);

  const stored = await toss.authenticated(newOrder(), 5_000);
  await toss.faults([{ part: "toss", endpoint: "payments.confirm", kind: "stored_500", value: "acted", times: 1 }]);
  const key = { "idempotency-key": "stored" };
  assert.equal((await toss.confirm(stored, {}, key)).status, 500);
  assert.equal((await toss.confirm(stored, {}, key)).status, 500, "the first answer again");
  assert.equal((await toss.get(`/v1/payments/orders/${stored.orderId}`)).body.status, "DONE");

  const lost = await toss.authenticated(newOrder(), 5_000);
  await toss.faults([{ part: "toss", endpoint: "payments.confirm", kind: "hang_after", times: 1 }]);
  await assert.rejects(
    fetch(`${toss.url}/v1/payments/confirm`, {
      method: "POST",
      headers: { authorization: `Basic ${btoa("test_sk_muse_sandbox:")}` },
      body: JSON.stringify({ paymentKey: lost.paymentKey, orderId: lost.orderId, amount: 5_000 }),
      signal: AbortSignal.timeout(300),
    }),
  );
  await toss.faults([]);
  assert.equal((await toss.get(`/v1/payments/${lost.paymentKey}`)).body.status, "DONE");
});

test("a webhook comes again with the same id until it is answered with 200, at Toss's own steps", async () => {
  toss.answerHooks(204);
  const payment = await toss.authenticated(newOrder(), 5_000);
  const before = toss.hooks.length;
  await toss.confirm(payment);
  await toss.arrived(before + 1);
  toss.answerHooks(200);
  const [first, second] = (await toss.arrived(before + 2)).slice(before);
  assert.equal(first?.id, second?.id);
  assert.deepEqual([first?.retried, second?.retried], ["0", "1"]);
  await toss.faults([{ part: "toss", endpoint: "*", kind: "webhook_duplicate", times: 1 }]);
  const twice = await toss.authenticated(newOrder(), 5_000);
  await toss.confirm(twice);
  const copies = (await toss.arrived(before + 4)).slice(before + 2);
  assert.equal(copies[0]?.id, copies[1]?.id);
  await toss.faults([]);
});

test("the window: what a payer does in it is told to the shop in the address, and moves no money", async () => {
  const open = async (orderId: string): Promise<string> => {
    const asked = new URLSearchParams({
      clientKey: "test_gck_muse_sandbox",
      orderId,
      orderName: "<b>책</b>",
      amount: "12000",
      successUrl: "http://shop.test/ok?a=1",
      failUrl: "http://shop.test/no",
    });
    const { headers } = await fetch(`${toss.url}/toss-window/new?${asked.toString()}`, { redirect: "manual" });
    return headers.get("location") ?? "";
  };
  const act = async (path: string, verb: string) => {
    const answer = await fetch(`${toss.url}${path}/${verb}`, { method: "POST", redirect: "manual" });
    return { status: answer.status, to: new URL(answer.headers.get("location") ?? "http://none.test") };
  };
  const path = await open("window_one");
  const page = await (await fetch(toss.url + path)).text();
  assert.match(page, /12,000원/);
  assert.ok(page.includes("&lt;b&gt;책"), "what a shop wrote is text");
  const { to } = await act(path, "approve");
  const said = Object.fromEntries(to.searchParams);
  assert.deepEqual(
    [said["a"], said["paymentType"], said["orderId"], said["amount"]],
    ["1", "NORMAL", "window_one", "12000"],
  );
  assert.equal((await toss.get(`/v1/payments/${said["paymentKey"]}`)).body.status, "IN_PROGRESS");
  assert.equal((await act(path, "approve")).status, 409);
  const cancelled = await act(await open("window_two"), "cancel");
  assert.equal(cancelled.to.searchParams.get("code"), "PAY_PROCESS_CANCELED");
  const rejected = await act(await open("window_three"), "reject");
  assert.equal(rejected.to.searchParams.get("code"), "REJECT_CARD_COMPANY");
});
