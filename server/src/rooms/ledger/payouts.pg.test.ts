import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { must } from "#kernel/assert.ts";
import { newId } from "#kernel/ids.ts";
import type { Db } from "#platform/db/query.ts";
import { tx } from "#platform/db/tx.ts";
import { buyFile, refundFile } from "../../../test/digital.ts";
import { openTestDb } from "../../../test/db.ts";
import { inLine, rowLock, untilWaiting, type HeldLock } from "../../../test/in-line.ts";
import { endHolding, makeSeller, makeSold } from "../../../test/sellers.ts";
import { payoutApprove, payoutFailed, payoutList, payoutPaid, payoutPrepare, sellerBalances } from "./index.ts";

const { pool } = await openTestDb({ connectionMax: 16, isPatient: true });
const [ada, bea] = ["acc_ada", "acc_bea"];
let references = 0;
const nextReference = (): string => `TR-${(references += 1)}00`;

/** One sale of 10 dollars: 9.00 are the seller's. */
async function soldOnce(sellerId: string, priceMinor = 1_000): Promise<string> {
  const { rows } = await pool.query<{ product_id: string }>(
    "select product_id from seller.product where account_id = $1 and currency = 'USD'",
    [sellerId],
  );
  const productId = rows[0]?.product_id ?? (await makeSold(pool, sellerId, { priceMinor })).productId;
  return (await buyFile(pool, { productId })).orderNumber;
}

async function prepare(sellerId: string, amountMinor: bigint, by = ada, db: Db = pool) {
  const payoutId = newId("po");
  return await payoutPrepare(db, { payoutId, sellerId, currency: "USD", amountMinor, preparedBy: by });
}

async function prepared(sellerId: string, amountMinor: bigint, by = ada): Promise<string> {
  const { outcome, payoutId } = await prepare(sellerId, amountMinor, by);
  assert.equal(outcome, "prepared");
  return must(payoutId, "what is prepared has an id");
}

const pay = async (payoutId: string, reference = nextReference(), db: Db = pool): Promise<string> =>
  (await payoutPaid(db, { payoutId, reference, paidBy: ada })).outcome;
const fail = async (payoutId: string, failure: string): Promise<string> =>
  (await payoutFailed(pool, { payoutId, failure, failedBy: ada })).outcome;

async function standing(sellerId: string) {
  const [row] = await sellerBalances(pool, { sellerId });
  const { balanceMinor, heldMinor, availableMinor, onItsWayMinor } = must(row, "something was sold");
  return { balanceMinor, heldMinor, availableMinor, onItsWayMinor };
}

/** What the books say of one payout, by account; what stands at zero is left out. */
async function bookedOf(payoutId: string): Promise<Record<string, bigint>> {
  const { rows } = await pool.query<{ account: string; sum: bigint }>(
    `select p.account, sum(p.amount_minor)::bigint as sum from ledger.entry e join ledger.posting p using (entry_id)
     where e.cause_id = $1 group by p.account having sum(p.amount_minor) <> 0`,
    [payoutId],
  );
  return Object.fromEntries(rows.map(({ account, sum }) => [account, sum]));
}

const sellerRow = (sellerId: string): HeldLock => rowLock("seller.seller", "account_id", sellerId);
const rest = { balanceMinor: 0n, heldMinor: 0n, availableMinor: 0n, onItsWayMinor: 0n };

test("a sale waits for fourteen days, and as long as a bank disputes it", async () => {
  const sellerId = await makeSeller(pool);
  const orderNumber = await soldOnce(sellerId);
  const waiting = { ...rest, balanceMinor: 900n, heldMinor: 900n };
  assert.deepEqual(await standing(sellerId), waiting);
  const [{ nextAt } = { nextAt: null }] = await sellerBalances(pool, { sellerId });
  assert.ok(Math.abs((nextAt?.getTime() ?? 0) - Date.now() - 14 * 86_400_000) < 60_000);
  assert.equal((await prepare(sellerId, 1n)).outcome, "above_available");
  await endHolding(pool);
  assert.deepEqual(await standing(sellerId), { ...waiting, heldMinor: 0n, availableMinor: 900n });

  const { rows } = await pool.query(
    "select p.provider_ref from payment.payment p join orders.store_order o using (session_id) where o.order_number = $1",
    [orderNumber],
  );
  const note =
    "select payment.dispute_note_1($1, 'stripe', $2, 1000, 'USD', 'fraudulent', $3, $4, $5, null, now()) as outcome";
  await pool.query(note, ["du_po", rows[0].provider_ref, "needs_response", 1_000, 1]);
  assert.deepEqual(await standing(sellerId), waiting);
  assert.equal((await prepare(sellerId, 900n)).outcome, "above_available");
  await pool.query(note, ["du_po", rows[0].provider_ref, "won", 0, 2]);
  assert.equal((await standing(sellerId)).availableMinor, 900n);
});

test("a sale whose deposit the bank has taken back waits until it is there again", async () => {
  const sellerId = await makeSeller(pool);
  const orderNumber = await soldOnce(sellerId);
  await endHolding(pool);
  await pool.query(
    `insert into payment.deposit (payment_id, provider_ref, bank_code, account_number, holder_name, secret, due_at, reverted_at)
     select p.payment_id, p.provider_ref, '20', 'X6505636000001', 'Kim', 'ps', now(), now()
     from payment.payment p join orders.store_order o using (session_id) where o.order_number = $1`,
    [orderNumber],
  );
  assert.equal((await standing(sellerId)).heldMinor, 900n);
  assert.equal((await prepare(sellerId, 1n)).outcome, "above_available");
  await pool.query("update payment.deposit set reverted_at = null where account_number = 'X6505636000001'");
  assert.equal((await standing(sellerId)).availableMinor, 900n);
});

test("prepared, paid, and sent back: the books follow each step, and each is done once", async () => {
  await endHolding(pool);
  const sellerId = await makeSeller(pool);
  await soldOnce(sellerId);
  const payoutId = await prepared(sellerId, 800n);
  assert.deepEqual(await bookedOf(payoutId), { seller_payable: 800n, payouts: -800n });
  assert.deepEqual(await standing(sellerId), {
    balanceMinor: 100n,
    heldMinor: 0n,
    availableMinor: 100n,
    onItsWayMinor: 800n,
  });
  const again = await prepare(sellerId, 100n);
  assert.deepEqual([again.outcome, again.payoutId], ["waiting", payoutId]);

  const reference = nextReference();
  assert.equal(await pay(payoutId, reference), "paid");
  assert.equal(await pay(payoutId, reference), "already");
  assert.equal(await pay(payoutId), "closed");
  assert.deepEqual(await bookedOf(payoutId), { seller_payable: 800n, bank: -800n });
  const second = await prepared(sellerId, 100n);
  assert.equal(await pay(second, reference), "reference_used", "a transfer pays one of them");
  assert.equal(await fail(second, "returned"), "wrong_failure");
  assert.equal(await fail(second, "called_off"), "failed");
  assert.deepEqual(await bookedOf(second), {});

  assert.equal(await fail(payoutId, "called_off"), "wrong_failure");
  assert.equal(await fail(payoutId, "returned"), "failed");
  assert.equal(await fail(payoutId, "returned"), "already");
  assert.equal(await pay(payoutId), "closed");
  assert.deepEqual(await bookedOf(payoutId), {});
  assert.deepEqual(await standing(sellerId), { ...rest, balanceMinor: 900n, availableMinor: 900n });
});

test("what is refunded after it was paid out is made up for by the next sales", async () => {
  await endHolding(pool);
  const sellerId = await makeSeller(pool);
  const orderNumber = await soldOnce(sellerId);
  await pay(await prepared(sellerId, 900n));
  await refundFile(pool, orderNumber);
  assert.deepEqual(await standing(sellerId), { ...rest, balanceMinor: -900n });
  await soldOnce(sellerId);
  assert.deepEqual(await standing(sellerId), rest);
  assert.equal((await prepare(sellerId, 1n)).outcome, "above_available");
  await soldOnce(sellerId);
  await pay(await prepared(sellerId, 900n));
  assert.deepEqual(await standing(sellerId), rest);
});

test("only to sellers of known identity who are not suspended", async () => {
  await endHolding(pool);
  const [known, unknown, suspended] = [
    await makeSeller(pool),
    await makeSeller(pool, { level: "email" }),
    await makeSeller(pool),
  ];
  for (const sellerId of [known, unknown, suspended]) await soldOnce(sellerId);
  await pool.query("select seller.suspend_1($1, 'Copies of other people''s fonts.')", [suspended]);
  assert.equal((await prepare(unknown, 1n)).outcome, "not_verified");
  assert.equal((await prepare(suspended, 1n)).outcome, "suspended");
  assert.equal((await prepare("acc_nobody", 1n)).outcome, "not_found");
  await pool.query("select seller.resume_1($1)", [suspended]);
  assert.equal((await prepare(suspended, 1n)).outcome, "prepared");
  assert.equal((await prepare(known, 1n)).outcome, "prepared");
});

test("above what one person may move a second one agrees first; many small ones are no way past it", async () => {
  await endHolding(pool);
  const sellerId = await makeSeller(pool);
  await soldOnce(sellerId, 40_000);
  const first = await prepared(sellerId, 15_000n);
  assert.equal((await payoutApprove(pool, { payoutId: first, approvedBy: bea })).outcome, "not_needed");
  assert.equal(await pay(first), "paid");
  const second = await prepared(sellerId, 5_001n);
  assert.equal(await pay(second), "needs_second");
  const approve = async (approvedBy: string) => (await payoutApprove(pool, { payoutId: second, approvedBy })).outcome;
  assert.deepEqual([await approve(ada), await approve(bea), await approve(bea)], ["own", "approved", "already"]);
  assert.equal(await pay(second), "paid");
  assert.equal(await approve(bea), "closed");
  const third = await prepared(sellerId, 5_000n, bea);
  assert.equal(await pay(third), "paid", "what two people agreed on does not count");
  await assert.rejects(
    pool.query("update ledger.payout set amount_minor = amount_minor + 1 where payout_id = $1", [third]),
    { code: "MU001" },
  );
});

test("what was called off, refused or returned is one person's word, and counts as theirs", async () => {
  await endHolding(pool);
  const sellerId = await makeSeller(pool);
  await soldOnce(sellerId, 40_000);
  const first = await prepared(sellerId, 15_000n);
  assert.equal(await pay(first), "paid");
  assert.equal(await fail(first, "returned"), "failed");
  const second = await prepared(sellerId, 5_001n);
  assert.equal(await pay(second), "needs_second");
  assert.equal(await fail(second, "called_off"), "failed");
});

test("two people at once, each with all there is: one is prepared", async () => {
  await endHolding(pool);
  const sellerId = await makeSeller(pool);
  await soldOnce(sellerId);
  const told = await inLine(
    pool,
    sellerRow(sellerId),
    [ada, bea, ada, bea].map((by) => () => prepare(sellerId, 900n, by)),
  );
  assert.deepEqual(told.map(({ outcome }) => outcome).toSorted(), ["prepared", "waiting", "waiting", "waiting"]);
  assert.deepEqual(await standing(sellerId), { ...rest, onItsWayMinor: 900n });
});

test("whoever waited for somebody who paid meanwhile, or for a refund, sees what is left", async () => {
  await endHolding(pool);
  const sellerId = await makeSeller(pool);
  await soldOnce(sellerId);
  const prepareAndPay = (by: string) => () =>
    tx(pool, "test.payout", async (open) => {
      const { outcome, payoutId } = await prepare(sellerId, 600n, by, open);
      if (payoutId !== null) await pay(payoutId, nextReference(), open);
      return outcome;
    });
  const told = await inLine(pool, sellerRow(sellerId), [prepareAndPay(ada), prepareAndPay(bea)]);
  assert.deepEqual(told.toSorted(), ["above_available", "prepared"]);
  assert.deepEqual(await standing(sellerId), { ...rest, balanceMinor: 300n, availableMinor: 300n });

  const other = await makeSeller(pool);
  const orderNumber = await soldOnce(other);
  const holder = await pool.connect();
  try {
    await holder.query("begin");
    await holder.query("select 1 from seller.seller where account_id = $1 for update", [other]);
    const waits = prepare(other, 900n);
    await untilWaiting(pool, 1);
    await refundFile(pool, orderNumber);
    await holder.query("rollback");
    assert.equal((await waits).outcome, "above_available");
  } finally {
    holder.release();
  }
});

type Step =
  | { kind: "sell" }
  | { kind: "pay" }
  | { kind: "refund"; nth: number }
  | { kind: "prepare"; share: number }
  | { kind: "fail"; nth: number; failure: string };

/** One step of a script; what cannot be is left undone. */
async function take(step: Step, sellerId: string, orders: string[]): Promise<void> {
  if (step.kind === "sell") return void orders.push(await soldOnce(sellerId));
  if (step.kind === "refund") {
    const [orderNumber] = orders.splice(step.nth, 1);
    return orderNumber === undefined ? undefined : await refundFile(pool, orderNumber);
  }
  if (step.kind === "prepare") {
    const { availableMinor, onItsWayMinor } = await standing(sellerId);
    const amount = (availableMinor * BigInt(step.share)) / 10n + 1n;
    const { outcome } = await prepare(sellerId, amount);
    assert.equal(outcome === "prepared", amount <= availableMinor && onItsWayMinor === 0n, outcome);
    return;
  }
  const payouts = await payoutList(pool, { sellerId, payoutId: null, limit: 50, offset: 0 });
  const chosen = step.kind === "pay" ? payouts.find(({ status }) => status === "prepared") : payouts[step.nth];
  if (chosen === undefined) return;
  await (step.kind === "pay" ? pay(chosen.payoutId) : fail(chosen.payoutId, step.failure));
}

test("M4: whatever is sold, refunded, paid out and sent back, payouts never exceed what was owed", async () => {
  await endHolding(pool);
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.constant({ kind: "sell" as const }),
    fc.record({ kind: fc.constant("refund" as const), nth: fc.nat(3) }),
    fc.record({ kind: fc.constant("prepare" as const), share: fc.integer({ min: 1, max: 12 }) }),
    fc.constant({ kind: "pay" as const }),
    fc.record({ kind: fc.constant("fail" as const), nth: fc.nat(2), failure: fc.constantFrom("refused", "returned") }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (script) => {
      const sellerId = await makeSeller(pool);
      const orders = [await soldOnce(sellerId)];
      for (const each of script) await take(each, sellerId, orders);
      const { rows } = await pool.query(
        `select (select coalesce(sum(amount_minor), 0) from ledger.payout where seller_id = $1 and status <> 'failed')::bigint as out,
           (select -sum(p.amount_minor) from ledger.posting p join ledger.entry e using (entry_id)
            where p.owner_id = $1 and p.account = 'seller_payable' and e.cause = 'order_placed')::bigint as earned,
           (select -sum(p.amount_minor) from ledger.posting p where p.owner_id = $1 and p.account = 'seller_payable')::bigint as balance,
           (select -sum(p.amount_minor) from ledger.posting p where p.owner_id = $1 and p.order_number is not null)::bigint as of_orders`,
        [sellerId],
      );
      const { out, earned, balance, of_orders: ofOrders } = rows[0];
      assert.ok(out <= earned);
      assert.equal(balance, ofOrders - out);
    }),
    { numRuns: 20 },
  );
});
