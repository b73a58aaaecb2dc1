import assert from "node:assert/strict";
import { test } from "node:test";
import { nodeHttp } from "@muse/connectors/http";
import { newId } from "#kernel/ids.ts";
import { outboundHttp } from "#platform/outbound/http.ts";
import { openTestSandbox } from "../../../../test/sandbox.ts";
import { openTossPayer } from "../../../../test/toss-payer.ts";
import type { ChargeRequest } from "../provider.ts";
import { openToss } from "./client.ts";
import { tossError } from "./errors.ts";
import { tossMethodRef } from "./method-ref.ts";
import { tossProvider } from "./provider.ts";

const sandbox = await openTestSandbox();
const payer = openTossPayer(sandbox.url);
const open = (secretKey: string, apiBase = sandbox.url) =>
  tossProvider(openToss({ secretKey, apiBase, http: outboundHttp(nodeHttp, "toss") }));
const provider = open("test_sk_muse_sandbox");

const fault = (endpoint: string, kind: string, more: object = {}) =>
  sandbox.faults([{ part: "toss", endpoint, kind, times: 1, ...more }]);

async function request({ amount = 15_000, method = "CARD" } = {}): Promise<ChargeRequest> {
  const orderId = newId("to");
  const paymentKey = await payer.agree({ orderId, amount, method });
  return {
    paymentId: newId("pay"),
    sessionId: newId("cs"),
    attemptNumber: 1,
    generation: 1,
    providerRef: null,
    amountMinor: BigInt(amount),
    currency: "KRW",
    methodRef: tossMethodRef({ orderId, paymentKey }),
    returnUrl: "http://127.0.0.1:3000/",
  };
}

async function chargesOf({ methodRef }: ChargeRequest): Promise<number> {
  const [orderId] = methodRef.split(":");
  return (await sandbox.records("charge")).filter(({ data }) => data["orderId"] === orderId).length;
}

async function charged(amount = 10_000) {
  const wanted = await request({ amount });
  const outcome = await provider.charge(wanted);
  assert.ok(outcome.kind === "succeeded");
  return outcome.providerRef;
}

test("each refusal of Toss proves what its kind says, and a code nobody knows proves nothing", () => {
  const kinds = [
    ["declined", 403, "REJECT_CARD_PAYMENT"],
    ["declined", 403, "REJECT_ACCOUNT_PAYMENT"],
    ["declined", 400, "INVALID_STOPPED_CARD"],
    ["declined", 400, "INVALID_CARD_EXPIRATION"],
    ["declined", 400, "EXCEED_MAX_AMOUNT"],
    ["declined", 403, "FDS_ERROR"],
    ["declined", 400, "BELOW_MINIMUM_AMOUNT"],
    ["configuration", 401, "UNAUTHORIZED_KEY"],
    ["configuration", 400, "INVALID_API_KEY"],
    ["configuration", 403, "INCORRECT_BASIC_AUTH_FORMAT"],
    ["configuration", 401, "INCORRECT_BASIC_AUTH_FORMAT"],
    ["expired", 404, "NOT_FOUND_PAYMENT_SESSION"],
    ["unknown", 400, "ALREADY_PROCESSED_PAYMENT"],
    ["unknown", 400, "PROVIDER_ERROR"],
    ["unknown", 409, "IDEMPOTENT_REQUEST_PROCESSING"],
    ["unknown", 500, "REJECT_CARD_PAYMENT"],
    ["unknown", 429, "REJECT_CARD_PAYMENT"],
    ["unknown", null, "NO_ANSWER"],
    ["unknown", 400, "SOMETHING_NEW"],
  ] as const;
  for (const [kind, status, code] of kinds) assert.equal(tossError(status, code).kind, kind, `${status} ${code}`);
});

test("the same request again charges once, and tells the first call's outcome", async () => {
  const wanted = await request();
  const outcomes = [await provider.charge(wanted), await provider.charge(wanted)];
  assert.deepEqual(outcomes[0], outcomes[1]);
  assert.ok(outcomes[0]?.kind === "succeeded");
  assert.deepEqual([outcomes[0].amountMinor, outcomes[0].currency], [15_000n, "KRW"]);
  assert.equal((await provider.charge({ ...wanted, attemptNumber: 2 })).kind, "succeeded", "another key, done already");
  assert.equal(await chargesOf(wanted), 1);
});

test("an answer that was lost after acting is read from the payment itself, whatever way it was lost", async () => {
  for (const [kind, more] of [
    ["drop_after", {}],
    ["error_after", { status: 502 }],
    ["stored_500", { value: "acted" }],
  ] as const) {
    const wanted = await request();
    await fault("payments.confirm", kind, more);
    const outcome = await provider.charge(wanted);
    assert.equal(outcome.kind, "succeeded", kind);
    assert.equal((await provider.charge(wanted)).kind, "succeeded", `${kind}, asked again`);
    assert.equal(await chargesOf(wanted), 1, kind);
  }
});

test("no answer, and none to be read, is unknown; asked again it charges once", async () => {
  for (const [kind, more] of [
    ["drop_before", {}],
    ["error", { status: 500 }],
    ["429", {}],
    ["drop_after", {}],
  ] as const) {
    const wanted = await request();
    await sandbox.faults([
      { part: "toss", endpoint: "payments.confirm", kind, times: 1, ...more },
      { part: "toss", endpoint: "payments.get", kind: "error", status: 503, times: 1 },
    ]);
    assert.equal((await provider.charge(wanted)).kind, "unknown", kind);
    await sandbox.faults([]);
    assert.equal((await provider.charge(wanted)).kind, "succeeded", kind);
    assert.equal(await chargesOf(wanted), 1, kind);
  }
});

test("a stored 500 that did not act stays unknown until the payment's time is over, then it is declined", async () => {
  const wanted = await request();
  await fault("payments.confirm", "stored_500");
  assert.equal((await provider.charge(wanted)).kind, "unknown");
  assert.equal((await provider.charge(wanted)).kind, "unknown", "the first answer again");
  assert.equal((await provider.findIntent(wanted)).kind, "unknown");
  await payer.ahead(11 * 60_000);
  const found = await provider.findIntent(wanted);
  await payer.ahead(0);
  assert.ok(found.kind === "declined");
  assert.deepEqual([found.declineCode, found.providerRef], ["payment_expired", null]);
  assert.equal(await chargesOf(wanted), 0);
});

test("a refusal is told with its reason and leaves nothing to confirm again", async () => {
  for (const code of ["REJECT_CARD_PAYMENT", "INVALID_CARD_LOST_OR_STOLEN", "EXCEED_MAX_AMOUNT", "FDS_ERROR"]) {
    const wanted = await request();
    await fault("payments.confirm", "decline", { value: code });
    const outcome = await provider.charge(wanted);
    assert.deepEqual(outcome, {
      kind: "declined",
      providerRef: null,
      code: "card_declined",
      declineCode: code.toLowerCase(),
    });
    const found = await provider.findIntent(wanted);
    assert.equal(found.kind, "declined");
  }
});

test("confirmed too late, with another amount, of another order or of nobody: nothing is charged", async () => {
  const late = await request();
  await payer.ahead(11 * 60_000);
  const outcome = await provider.charge(late);
  await payer.ahead(0);
  assert.ok(outcome.kind === "declined");
  assert.equal(outcome.declineCode, "payment_expired");

  const wanted = await request();
  assert.equal((await provider.charge({ ...wanted, amountMinor: 100n })).kind, "unknown");
  const [, paymentKey = ""] = (await request({ amount: 15_000 })).methodRef.split(":");
  const [orderId = ""] = wanted.methodRef.split(":");
  const foreign = { ...wanted, attemptNumber: 2, methodRef: tossMethodRef({ orderId, paymentKey }) };
  assert.equal((await provider.charge(foreign)).kind, "declined");
  const nobody = { ...wanted, attemptNumber: 3, methodRef: tossMethodRef({ orderId, paymentKey: "nobody" }) };
  const missing = await provider.charge(nobody);
  assert.ok(missing.kind === "declined");
  assert.equal(missing.code, "resource_missing");
  assert.equal((await provider.charge({ ...wanted, methodRef: "pm_card_visa" })).kind, "declined");
  for (const each of [late, wanted]) assert.equal(await chargesOf(each), 0);
});

test("somebody else's payment that has succeeded is no proof for ours", async () => {
  const paid = await request();
  const done = await provider.charge(paid);
  assert.ok(done.kind === "succeeded");
  const ours = await request();
  const [orderId = ""] = ours.methodRef.split(":");
  const methodRef = tossMethodRef({ orderId, paymentKey: done.providerRef });
  assert.equal((await provider.charge({ ...ours, methodRef })).kind, "declined");
  assert.notEqual((await provider.findIntent({ ...ours, methodRef })).kind, "succeeded");
});

test("a key that lets nobody in charges nobody, and says whose fault it is", async () => {
  const wanted = await request();
  assert.deepEqual(await open("live_sk_wrong").charge(wanted), { kind: "not_sent", code: "credentials" });
  assert.equal((await open("test_sk_x", "http://127.0.0.1:9").charge(wanted)).kind, "unknown");
  assert.equal(await chargesOf(wanted), 0);
});

test("a virtual account is told with its day, succeeds when it was paid into, and can be closed before", async () => {
  const wanted = await request({ method: "VIRTUAL_ACCOUNT" });
  const outcome = await provider.charge(wanted);
  assert.ok(outcome.kind === "awaiting_deposit");
  assert.match(outcome.deposit.accountNumber, /^X\d+$/);
  const days = (outcome.deposit.dueAt.getTime() - Date.now()) / 86_400_000;
  assert.ok(days > 6.9 && days < 7.1, `${days} days`);
  assert.equal((await provider.readIntent(outcome.providerRef)).kind, "awaiting_deposit");
  await payer.deposit(outcome.providerRef);
  assert.equal((await provider.readIntent(outcome.providerRef)).kind, "succeeded");
  assert.equal((await provider.cancelIntent(outcome.providerRef)).kind, "succeeded", "too late to be called off");

  const unpaid = await provider.charge(await request({ method: "VIRTUAL_ACCOUNT" }));
  assert.ok(unpaid.kind === "awaiting_deposit");
  await fault("payments.cancel", "drop_after");
  assert.equal((await provider.cancelIntent(unpaid.providerRef)).kind, "canceled");
  assert.equal((await provider.cancelIntent(unpaid.providerRef)).kind, "canceled", "twice is once");
});

test("an account past its day that Toss will not close is over; one that can still be paid into is not", async () => {
  const open = await provider.charge(await request({ method: "VIRTUAL_ACCOUNT" }));
  assert.ok(open.kind === "awaiting_deposit");
  await fault("payments.cancel", "decline", { value: "NOT_CANCELABLE_PAYMENT" });
  assert.equal((await provider.cancelIntent(open.providerRef)).kind, "awaiting_deposit", "its day is yet to come");
  await sandbox.faults([]);
  assert.equal((await provider.cancelIntent(open.providerRef)).kind, "awaiting_deposit", "the first answer again");

  await payer.ahead(8 * 86_400_000);
  try {
    assert.deepEqual(await provider.cancelIntent(open.providerRef), {
      kind: "canceled",
      providerRef: open.providerRef,
    });
    await fault("payments.get", "error", { status: 503 });
    assert.equal((await provider.cancelIntent(open.providerRef)).kind, "unknown", "nobody said that it is over");
    await sandbox.faults([]);
    await assert.rejects(payer.deposit(open.providerRef), "nobody can pay into it any more");
  } finally {
    await payer.ahead(0);
  }
  await payer.deposit(open.providerRef);
  assert.equal((await provider.cancelIntent(open.providerRef)).kind, "succeeded", "paid in: never called off");
});

test("money goes back once by its refund's id, in parts, up to what was charged and not beyond", async () => {
  const providerRef = await charged();
  const refund = (amountMinor: bigint, refundId = newId("re")) =>
    provider.refund({ refundId, providerRef, refundRef: null, amountMinor, orderNumber: null });
  const id = newId("re");
  const first = await refund(3_000n, id);
  assert.equal(first.kind, "succeeded");
  assert.deepEqual(await refund(3_000n, id), first);
  assert.equal((await refund(7_000n)).kind, "succeeded");
  const above = await refund(1n);
  assert.deepEqual([above.kind, above.failureCode], ["failed", "already_canceled_payment"]);
  const other = await charged();
  const tooMuch = await provider.refund({
    refundId: newId("re"),
    providerRef: other,
    refundRef: null,
    amountMinor: 10_001n,
    orderNumber: null,
  });
  assert.deepEqual([tooMuch.kind, tooMuch.failureCode], ["failed", "not_cancelable_amount"]);
});

test("a refund whose answer was lost is found among the payment's cancels, else asked again by the same key", async () => {
  for (const [kind, more, told] of [
    ["drop_after", {}, "succeeded"],
    ["error_after", {}, "succeeded"],
    ["stored_500", { value: "acted" }, "succeeded"],
    ["drop_before", {}, "unknown"],
    ["error", { status: 500 }, "unknown"],
    ["429", {}, "unknown"],
  ] as const) {
    const providerRef = await charged();
    const wanted = { refundId: newId("re"), providerRef, refundRef: null, amountMinor: 1_000n, orderNumber: null };
    await fault("payments.cancel", kind, more);
    assert.equal((await provider.refund(wanted)).kind, told, kind);
    assert.equal((await provider.refund(wanted)).kind, "succeeded", `${kind}, again`);
    const refunds = (await sandbox.records("refund")).filter(({ data }) => data["paymentKey"] === providerRef);
    assert.equal(refunds.length, 1, kind);
  }
});

test("two refunds of one payment at once: one waits, both come", async () => {
  const providerRef = await charged();
  const wanted = [1_000n, 2_000n].map((amountMinor) => ({
    refundId: newId("re"),
    providerRef,
    refundRef: null,
    amountMinor,
    orderNumber: null,
  }));
  await fault("payments.cancel", "latency", { latencyMs: 150, times: 2 });
  const first = await Promise.all(wanted.map((each) => provider.refund(each)));
  assert.deepEqual(first.map(({ kind }) => kind).toSorted(), ["succeeded", "unknown"]);
  assert.ok(first.some(({ retryAfterMs }) => retryAfterMs === 2_000));
  await sandbox.faults([]);
  for (const each of wanted) assert.equal((await provider.refund(each)).kind, "succeeded");
});

test("a bank that is closed sends nothing now, and under that key never; only what is known not to be sent has another", async () => {
  const providerRef = await charged();
  const wanted = { refundId: newId("re"), providerRef, refundRef: null, amountMinor: 1_000n, orderNumber: null };
  await sandbox.faults([
    { part: "toss", endpoint: "payments.cancel", kind: "decline", value: "NOT_AVAILABLE_BANK", times: 1 },
    { part: "toss", endpoint: "payments.get", kind: "error", status: 503, times: 1 },
  ]);
  const unread = await provider.refund(wanted);
  assert.deepEqual([unread.kind, unread.retryAfterMs], ["unknown", 900_000]);
  const notNow = { kind: "not_now", providerRef: null, failureCode: "not_available_bank", retryAfterMs: 900_000 };
  assert.deepEqual(await provider.refund(wanted), notNow, "the first answer again");
  assert.equal((await provider.refund({ ...wanted, round: 1 })).kind, "succeeded");
  assert.equal((await provider.refund({ ...wanted, round: 2 })).kind, "succeeded", "found, not sent again");
  const refunds = (await sandbox.records("refund")).filter(({ data }) => data["paymentKey"] === providerRef);
  assert.equal(refunds.length, 1);
});

test("an account that nobody can read is asked for again only where the payment says that nothing was sent", async () => {
  const providerRef = await charged();
  const wanted = { refundId: newId("re"), providerRef, refundRef: null, amountMinor: 1_000n, orderNumber: null };
  const unreadable = { ...wanted, receiveAccount: "unreadable" } as const;
  await fault("payments.get", "error", { status: 503 });
  assert.equal((await provider.refund(unreadable)).kind, "unknown");
  const needed = await provider.refund(unreadable);
  assert.deepEqual([needed.kind, needed.failureCode], ["account_needed", "unreadable"]);
  const sent = await provider.refund(wanted);
  assert.deepEqual(await provider.refund(unreadable), sent);
});
