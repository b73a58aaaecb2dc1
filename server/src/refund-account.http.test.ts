/** Money that was paid into an account goes back into one that its owner names: from the cancel to Toss's own books. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { must } from "#kernel/assert.ts";
import { masterKeyFrom, newMasterKey } from "#platform/seal/seal.ts";
import { rotateRefundAccounts } from "#rooms/payment";
import { openWonShop, type Bought } from "../test/won-shop.ts";

const shop = await openWonShop();
const { pool, send, buy, sendRefunds, paidBack } = shop;

const account = { bankCode: "88", accountNumber: "110-123-456789", holderName: "김하나" };
const path = ({ sessionId }: Bought): string => `/api/v1/checkout/sessions/${sessionId}/refund-account`;
const name = (bought: Bought, body: object = account, accountId = bought.accountId) =>
  send("PUT", path(bought), ["anonymous", accountId], body);
const me = ({ accountId }: Bought) => ["anonymous", accountId] as const;

async function cancelled(bought: Bought, index = 0): Promise<void> {
  const number = must(bought.orderNumbers[index], "it was bought");
  const answer = await send("POST", `/api/v1/orders/${number}/cancel`, me(bought));
  assert.equal(answer.status, 200, JSON.stringify(answer.json));
}

async function orderOf(bought: Bought) {
  const answer = await send("GET", `/api/v1/orders/${bought.orderNumbers[0]}`, me(bought));
  assert.equal(answer.status, 200, JSON.stringify(answer.json));
  return answer.json.data;
}

/** Everything that is kept of an account that was named. */
async function kept({ sessionId }: Bought) {
  const { rows } = await pool.query(
    `select a.* from payment.refund_account a join payment.refund r using (refund_id) join payment.payment p using (payment_id)
     where p.session_id = $1`,
    [sessionId],
  );
  return rows;
}

/** The first of a checkout's refunds. */
async function refundOf({ sessionId }: Bought) {
  const { rows } = await pool.query(
    `select r.refund_id as id, r.status, r.round, r.try_at > now() + interval '14 minutes' as waits from payment.refund r
     join payment.payment p using (payment_id) where p.session_id = $1 order by r.created_at, r.refund_id limit 1`,
    [sessionId],
  );
  return must(rows[0], "there is a refund");
}

/** Toss has paid the first refund out into the first account, and the worker that asked for it died of it. */
async function paidOutUnheard(bought: Bought): Promise<void> {
  const { id: refundId } = await refundOf(bought);
  const outcome = await shop.provider.refund({
    refundId,
    providerRef: bought.paymentKey,
    refundRef: null,
    amountMinor: 12_000n,
    orderNumber: null,
    receiveAccount: { ...account, accountNumber: "110123456789" },
    round: 1,
  });
  assert.equal(outcome.kind, "succeeded");
}

test("a deposit that goes back waits for its owner's account, is asked for, and is sent there once", async () => {
  const bought = await buy();
  assert.equal((await orderOf(bought)).refundAccount, null);
  await cancelled(bought);
  assert.deepEqual(await sendRefunds(bought), ["account_needed"], "nobody knows where it goes");
  assert.deepEqual(await paidBack(bought), []);
  const asked = (await orderOf(bought)).refundAccount;
  assert.deepEqual([asked.status, asked.amountDisplay, asked.problem], ["needed", "₩12,000", null]);
  const session = await send("GET", `/api/v1/checkout/sessions/${bought.sessionId}`, me(bought));
  assert.deepEqual(session.json.data.refundAccount, asked);

  const [first, second] = await Promise.all([name(bought), name(bought)]);
  assert.deepEqual([first.status, second.status], [200, 200], JSON.stringify([first.json, second.json]));
  const { status, bankName, lastDigits } = first.json.data;
  assert.deepEqual([status, bankName, lastDigits], ["given", "Shinhan Bank", "789"]);
  assert.equal(JSON.stringify(first.json).includes("110"), false, "it is never told again");
  assert.equal((await kept(bought)).length, 1);
  assert.equal((await refundOf(bought)).round, 1, "two presses are one");

  assert.deepEqual(await sendRefunds(bought), ["succeeded"]);
  const made = await paidBack(bought);
  assert.equal(made.length, 1);
  assert.deepEqual(made[0]?.["account"], { bankCode: "88", accountNumber: "110123456789", holderName: "김하나" });
  const [row] = await kept(bought);
  assert.deepEqual([row.wrapped_key, row.sealed, row.master_key_id], [null, null, null], "gone with its refund");
  assert.equal((await orderOf(bought)).refundAccount, null);
  assert.equal((await name(bought)).json.error.code, "refund_account_not_wanted");
});

test("what is kept meanwhile is sealed, and the database alone opens nothing", async () => {
  const bought = await buy();
  await cancelled(bought);
  await name(bought);
  const [row] = await kept(bought);
  const all = JSON.stringify(row, (_key, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value,
  );
  for (const secret of ["110123456789", "김하나", "123456"]) assert.equal(all.includes(secret), false, secret);
  const { rows: jobs } = await pool.query("select payload::text as text from graphile_worker._private_jobs");
  assert.equal(
    jobs.some(({ text }) => String(text).includes("110123456789")),
    false,
  );
  await sendRefunds(bought);
});

test("an account that the bank will not have is asked for again, whatever the reason, and the next one is paid into once", async () => {
  const bought = await buy();
  await cancelled(bought);
  for (const [accountNumber, why] of [
    ["9999123456", /do not belong together/],
    ["8888123456", /takes no money/],
  ] as const) {
    assert.equal((await name(bought, { ...account, accountNumber })).status, 200);
    assert.deepEqual(await sendRefunds(bought), ["account_needed"]);
    const { refundAccount } = await orderOf(bought);
    assert.deepEqual([refundAccount.status, refundAccount.lastDigits], ["needed", "456"]);
    assert.match(refundAccount.problem, why);
    assert.equal((await kept(bought))[0].sealed, null, "what was refused is not kept");
  }
  assert.equal((await name(bought)).status, 200);
  assert.deepEqual(await sendRefunds(bought), ["succeeded"]);
  assert.equal((await paidBack(bought)).length, 1);
  assert.equal((await refundOf(bought)).round, 3);
});

test("an answer lost after acting, or before: the same account again, and one payment", async () => {
  for (const kind of ["drop_after", "drop_before", "error_after"]) {
    const bought = await buy();
    await cancelled(bought);
    await name(bought);
    await shop.sandbox.faults([{ part: "toss", endpoint: "payments.cancel", kind, times: 1 }]);
    assert.deepEqual(await sendRefunds(bought), ["succeeded"], kind);
    await shop.sandbox.faults([]);
    assert.equal((await paidBack(bought)).length, 1, kind);
  }
});

test("an account that nobody can read may have been paid into: Toss is asked before its owner is", async () => {
  const bought = await buy();
  await cancelled(bought);
  await name(bought);
  await paidOutUnheard(bought);
  const { id } = await refundOf(bought);
  await pool.query("update payment.refund_account set master_key_id = 'gone' where refund_id = $1", [id]);
  await shop.sandbox.faults([{ part: "toss", endpoint: "payments.get", kind: "error", status: 503 }]);
  assert.deepEqual(await sendRefunds(bought), ["unknown"], "as long as Toss says nothing, nobody is asked");
  await shop.sandbox.faults([]);
  assert.deepEqual(await sendRefunds(bought), ["succeeded"]);
  assert.equal((await paidBack(bought)).length, 1);
});

test("before the next account is paid into, Toss is asked whether one before it was", async () => {
  const bought = await buy({ goods: ["thing", "thing"] });
  await cancelled(bought);
  await name(bought);
  await paidOutUnheard(bought);
  const { id } = await refundOf(bought);
  await pool.query("select payment.refund_account_refused_1($1, 1, 'unreadable')", [id]);
  assert.equal((await name(bought, { ...account, accountNumber: "110999888777" })).status, 200);
  await shop.sandbox.faults([{ part: "toss", endpoint: "payments.get", kind: "error", status: 503 }]);
  assert.deepEqual(await sendRefunds(bought), ["unknown"]);
  await shop.sandbox.faults([]);
  assert.deepEqual(await sendRefunds(bought), ["succeeded"]);
  assert.equal((await paidBack(bought)).length, 1, "half of the deposit is left, and stays");
});

test("a bank that is closed is asked again when it may be open, under another key and with the same account", async () => {
  for (const method of ["VIRTUAL_ACCOUNT", "CARD"] as const) {
    const bought = await buy({ method });
    await cancelled(bought);
    const isNamed = method === "VIRTUAL_ACCOUNT";
    if (isNamed) await name(bought);
    await shop.sandbox.faults([{ part: "toss", endpoint: "payments.cancel", kind: "decline", times: 2 }]);
    assert.deepEqual(await sendRefunds(bought), ["created"]);
    const { round, waits } = await refundOf(bought);
    assert.deepEqual([round, waits], [isNamed ? 3 : 2, true]);
    assert.deepEqual(await sendRefunds(bought), ["succeeded"]);
    const made = await paidBack(bought);
    assert.equal(made.length, 1);
    assert.equal(
      (made[0]?.["account"] as { accountNumber: string } | null)?.accountNumber,
      isNamed ? "110123456789" : undefined,
    );
  }
});

test("a late refusal of an account that was replaced since changes nothing", async () => {
  const bought = await buy();
  await cancelled(bought);
  await name(bought, { ...account, accountNumber: "9999123456" });
  await sendRefunds(bought);
  await name(bought);
  const { rows } = await pool.query(
    `select payment.refund_account_refused_1(r.refund_id, 1, 'late') as changed from payment.refund r
     join payment.payment p using (payment_id) where p.session_id = $1`,
    [bought.sessionId],
  );
  assert.deepEqual(rows, [{ changed: false }]);
  assert.deepEqual(await sendRefunds(bought), ["succeeded"]);
});

test("several orders of one checkout: one account for all that waits; what comes later is asked for anew", async () => {
  const bought = await buy({ goods: ["thing", "thing", "thing"] });
  await cancelled(bought, 0);
  await cancelled(bought, 1);
  assert.equal((await orderOf(bought)).refundAccount.amountCents, 24_000);
  assert.equal((await name(bought)).json.data.amountCents, 24_000);
  const other = await name(bought, { ...account, accountNumber: "110123450000" });
  assert.equal(other.json.error.code, "refund_account_given", "it is on its way to the first");
  // Toss takes one cancel at a time near a payment.
  assert.deepEqual(await sendRefunds(bought), ["succeeded", "succeeded"]);
  await cancelled(bought, 2);
  assert.deepEqual(await sendRefunds(bought), ["succeeded", "succeeded", "account_needed"]);
  await name(bought, { ...account, bankCode: "90" });
  assert.deepEqual(await sendRefunds(bought), ["succeeded", "succeeded", "succeeded"]);
  assert.deepEqual(
    (await paidBack(bought)).map((data) => data["amount"]),
    [12_000, 12_000, 12_000],
  );
});

test("only its owner names it, in a form that a bank would take; nobody else's checkout is there", async () => {
  const bought = await buy();
  assert.equal((await name(bought)).json.error.code, "refund_account_not_wanted");
  await cancelled(bought);
  assert.equal((await name(bought, account, newId("acc"))).json.error.code, "session_not_found");
  for (const wrong of [
    { ...account, bankCode: "99" },
    { ...account, accountNumber: "12-34" },
    { ...account, accountNumber: "110 123 45a" },
    { ...account, accountNumber: "1".repeat(21) },
    { ...account, holderName: " " },
    { ...account, refundId: "re_x" },
  ]) {
    assert.equal((await name(bought, wrong)).status, 400, JSON.stringify(wrong));
  }
  assert.deepEqual(await kept(bought), []);
  // As long as a card's number, and by its check digit one.
  assert.equal((await name(bought, { ...account, accountNumber: "4242424242424242" })).status, 200);
});

test("an operator enters it for them, and the trail says who; a card's refund needs none", async () => {
  const bought = await buy();
  await cancelled(bought);
  const ops = ["ops", "acc_ops"] as const;
  const entered = await send("PUT", `/api/v1/admin/checkouts/${bought.sessionId}/refund-account`, ops, account);
  assert.equal(entered.status, 200, JSON.stringify(entered.json));
  const { rows } = await pool.query("select action, detail from ops.audit where subject = $1", [
    bought.orderNumbers[0],
  ]);
  assert.deepEqual(rows, [
    {
      action: "checkout.refund_account",
      detail: { bankName: "Shinhan Bank", lastDigits: "789" },
    },
  ]);
  assert.deepEqual(await sendRefunds(bought), ["succeeded"]);

  const byCard = await buy({ method: "CARD" });
  await cancelled(byCard);
  assert.deepEqual(await sendRefunds(byCard), ["succeeded"]);
});

test("paid in after the checkout was called off: asked for on its page, and given back whole", async () => {
  const bought = await buy({ isPaid: false });
  await shop.payer.deposit(bought.paymentKey);
  const { status } = await send("POST", `/api/v1/checkout/sessions/${bought.sessionId}/cancel`, me(bought), {});
  assert.equal(status, 200);
  await shop.callOff(bought);
  const session = await send("GET", `/api/v1/checkout/sessions/${bought.sessionId}`, me(bought));
  assert.equal(session.json.data.refundAccount.status, "needed");
  assert.equal((await name(bought)).status, 200);
  assert.deepEqual(await sendRefunds(bought), ["succeeded"]);
  assert.deepEqual(
    (await paidBack(bought)).map((data) => data["amount"]),
    [12_000],
  );
});

test("a deposit we first heard of when it was through: Toss's own refusal asks for the account", async () => {
  const bought = await buy();
  await pool.query(
    "delete from payment.deposit d using payment.payment p where p.payment_id = d.payment_id and p.session_id = $1",
    [bought.sessionId],
  );
  await cancelled(bought);
  assert.deepEqual(await sendRefunds(bought), ["account_needed"]);
  const { refundAccount } = await orderOf(bought);
  assert.deepEqual([refundAccount.status, refundAccount.problem], ["needed", null], "none was named yet");
  await name(bought);
  assert.deepEqual(await sendRefunds(bought), ["succeeded"]);
});

test("an account nobody paid into, then a card: nothing is asked", async () => {
  const bought = await buy();
  await pool.query(
    "update payment.deposit d set provider_ref = 'an older one' from payment.payment p where p.payment_id = d.payment_id and p.session_id = $1",
    [bought.sessionId],
  );
  await cancelled(bought);
  const { rows } = await pool.query(
    "select r.status from payment.refund r join payment.payment p using (payment_id) where p.session_id = $1",
    [bought.sessionId],
  );
  assert.deepEqual(rows, [{ status: "created" }]);
});

test("P4: under another master key it opens as before; one that no key opens is asked for again", async () => {
  const bought = await buy();
  await cancelled(bought);
  await name(bought);
  const next = must(masterKeyFrom(newMasterKey()), "a new key is a key");
  const both = { ...next, other: shop.masterKey };
  const { rewrapped, shut } = await rotateRefundAccounts(pool, both);
  assert.ok(rewrapped >= 1);
  assert.deepEqual(shut, []);
  assert.deepEqual(await rotateRefundAccounts(pool, both), { rewrapped: 0, shut: [] });
  // The shop still has the key before, so it cannot read it.
  assert.deepEqual(await sendRefunds(bought), ["account_needed"]);
  assert.equal((await orderOf(bought)).refundAccount.status, "needed");
  await name(bought);
  assert.deepEqual(await sendRefunds(bought), ["succeeded"]);
});
