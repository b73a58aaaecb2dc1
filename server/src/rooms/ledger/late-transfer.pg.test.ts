/** A transfer that had been made when somebody else called its payout off. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { must } from "#kernel/assert.ts";
import { newId } from "#kernel/ids.ts";
import { buyFile } from "../../../test/digital.ts";
import { openTestDb } from "../../../test/db.ts";
import { inLine, rowLock } from "../../../test/in-line.ts";
import { endHolding, makeSeller, makeSold } from "../../../test/sellers.ts";
import {
  payoutApprove,
  payoutFailed,
  payoutList,
  payoutPaid,
  payoutPrepare,
  sellerBalances,
  writeStatement,
} from "./index.ts";

const { pool } = await openTestDb({ connectionMax: 8, isPatient: true });
const [ada, bea] = ["acc_ada", "acc_bea"];

/** A seller to whom nine tenths of a sale are owed, and not held. */
async function owed(priceMinor = 1_000): Promise<string> {
  await endHolding(pool);
  const sellerId = await makeSeller(pool);
  await buyFile(pool, { productId: (await makeSold(pool, sellerId, { priceMinor })).productId });
  return sellerId;
}

async function prepared(sellerId: string, amountMinor: bigint, preparedBy = ada): Promise<string> {
  const wish = { payoutId: newId("po"), sellerId, currency: "USD", amountMinor, preparedBy };
  const { outcome, payoutId } = await payoutPrepare(pool, wish);
  assert.equal(outcome, "prepared");
  return must(payoutId, "what is prepared has an id");
}

async function calledOff(sellerId: string, amountMinor: bigint, failure = "called_off"): Promise<string> {
  const payoutId = await prepared(sellerId, amountMinor);
  assert.equal(await fail(payoutId, failure), "failed");
  return payoutId;
}

const pay = async (payoutId: string, reference = newId("tr").slice(0, 30), paidBy = ada): Promise<string> =>
  (await payoutPaid(pool, { payoutId, reference, paidBy })).outcome;
const fail = async (payoutId: string, failure: string): Promise<string> =>
  (await payoutFailed(pool, { payoutId, failure, failedBy: bea })).outcome;

async function balance(sellerId: string): Promise<readonly bigint[]> {
  const [row] = await sellerBalances(pool, { sellerId });
  const { balanceMinor, availableMinor, onItsWayMinor } = must(row, "something was sold");
  return [balanceMinor, availableMinor, onItsWayMinor];
}

async function stateOf(sellerId: string, payoutId: string) {
  const rows = await payoutList(pool, { sellerId, payoutId, limit: 1, offset: 0 });
  const { status, failure, failedAt, reference } = must(rows[0], "it was prepared");
  return { status, failure, isOver: failedAt !== null, reference };
}

/** What the books say of one payout, by account. */
async function bookedOf(payoutId: string): Promise<Record<string, bigint>> {
  const { rows } = await pool.query<{ account: string; sum: bigint }>(
    `select p.account, sum(p.amount_minor)::bigint as sum from ledger.entry e join ledger.posting p using (entry_id)
     where split_part(e.cause_id, ':', 1) = $1 group by p.account having sum(p.amount_minor) <> 0`,
    [payoutId],
  );
  return Object.fromEntries(rows.map(({ account, sum }) => [account, sum]));
}

for (const failure of ["called_off", "refused"]) {
  test(`a transfer that was made before its payout was noted as ${failure} is noted, and not owed any more`, async () => {
    const sellerId = await owed();
    const payoutId = await calledOff(sellerId, 800n, failure);
    assert.deepEqual(await balance(sellerId), [900n, 900n, 0n]);
    assert.equal(await pay(payoutId, "TR-LATE"), "paid");
    assert.deepEqual(await stateOf(sellerId, payoutId), {
      status: "paid",
      failure: null,
      isOver: false,
      reference: "TR-LATE",
    });
    assert.deepEqual(await bookedOf(payoutId), { seller_payable: 800n, bank: -800n });
    assert.deepEqual(await balance(sellerId), [100n, 100n, 0n]);
    assert.equal(await pay(payoutId, "TR-LATE"), "already");
    assert.equal(await pay(payoutId), "closed", "it was paid by another transfer");

    const other = await calledOff(sellerId, 100n);
    assert.equal(await pay(other, "TR-LATE"), "reference_used");
    assert.deepEqual(await balance(sellerId), [100n, 100n, 0n]);

    assert.equal(await fail(payoutId, "called_off"), "wrong_failure");
    assert.equal(await fail(payoutId, "returned"), "failed");
    assert.deepEqual(await bookedOf(payoutId), {});
    assert.deepEqual(await balance(sellerId), [900n, 900n, 0n]);
    assert.equal(await pay(payoutId, "TR-LATE"), "closed", "what the bank sent back is over");
    await assert.rejects(
      pool.query(
        "update ledger.payout set status = 'paid', failure = null, failed_by = null, failed_at = null where payout_id = $1",
        [payoutId],
      ),
      { code: "MU001" },
    );
  });
}

test("what was paid out again meanwhile stands below zero, and the next sales make up for it", async () => {
  const sellerId = await owed();
  const first = await calledOff(sellerId, 900n);
  assert.equal(await pay(await prepared(sellerId, 900n)), "paid");
  assert.equal(await pay(first), "paid");
  assert.deepEqual(await balance(sellerId), [-900n, 0n, 0n]);
  const wish = { payoutId: newId("po"), sellerId, currency: "USD", amountMinor: 1n, preparedBy: ada };
  assert.equal((await payoutPrepare(pool, wish)).outcome, "above_available");
});

test("whoever prepares the next payout while it is noted sees what is left", async () => {
  const sellerId = await owed();
  const first = await calledOff(sellerId, 900n);
  const next = { payoutId: newId("po"), sellerId, currency: "USD", amountMinor: 900n, preparedBy: bea };
  const told = await inLine(pool, rowLock("seller.seller", "account_id", sellerId), [
    async () => await pay(first),
    async () => (await payoutPrepare(pool, next)).outcome,
  ]);
  assert.deepEqual(told, ["paid", "above_available"]);
});

test("above what one person may move alone, somebody else than who prepared it notes it", async () => {
  const sellerId = await owed(40_000);
  const payoutId = await calledOff(sellerId, 30_000n);
  assert.equal((await payoutApprove(pool, { payoutId, approvedBy: bea })).outcome, "closed");
  assert.equal(await pay(payoutId, "TR-MUCH", ada), "needs_second");
  assert.equal(await pay(payoutId, "TR-MUCH", bea), "paid");
  const [row] = await payoutList(pool, { sellerId, payoutId, limit: 1, offset: 0 });
  assert.equal(row?.approvedBy, bea);
});

test("a seller's statement names each step by the transfer", async () => {
  const sellerId = await owed();
  const payoutId = await calledOff(sellerId, 900n);
  assert.equal(await pay(payoutId, "TR-NAMED"), "paid");
  assert.equal(await fail(payoutId, "returned"), "failed");
  const month = new Date().toISOString().slice(0, 7);
  const lines = (await writeStatement(pool, { kind: "seller", ownerId: sellerId, month, currency: null }).toArray())
    .map((line) => String(line).trim().split(","))
    .filter(([, , what = ""]) => what.startsWith("payout_"))
    .map(([, , what, , payout, , amount]) => [what, payout, amount]);
  assert.deepEqual(lines, [
    ["payout_prepared", "TR-NAMED", "-9.00"],
    ["payout_failed", "TR-NAMED", "9.00"],
    ["payout_paid", "TR-NAMED", "-9.00"],
    ["payout_failed", "TR-NAMED", "9.00"],
  ]);
});
