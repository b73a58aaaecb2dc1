/** A dispute that had ended is taken up again: by an appeal, or by a bank that goes from asking to taking. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { disputesDueTake } from "./payment.sql.gen.ts";
import { buyFile } from "../../../test/digital.ts";
import { openTestDb } from "../../../test/db.ts";
import { endHolding, makeSeller, makeSold } from "../../../test/sellers.ts";
import { noteDispute, type ProviderDispute } from "./dispute.ts";
import { putDisputeAnswer } from "./dispute-answer.ts";

const { pool } = await openTestDb();
const inDays = (days: number): Date => new Date(Math.floor(Date.now() / 1000) * 1000 + days * 86_400_000);

type Disputed = {
  readonly sellerId: string;
  readonly orderNumber: string;
  readonly disputeId: string;
  /** The bank's word of it, as it reads but for what is given. */
  readonly note: (
    status: ProviderDispute["status"],
    movementCount: number,
    more?: Partial<ProviderDispute>,
  ) => Promise<string>;
};

/** A file that was sold, and whose share is not held any more. */
async function sold(): Promise<Disputed> {
  await endHolding(pool);
  const sellerId = await makeSeller(pool);
  const { orderNumber, paymentId, amountMinor } = await buyFile(
    pool,
    await makeSold(pool, sellerId, { priceMinor: 1_000 }),
  );
  const disputeId = newId("du");
  return {
    sellerId,
    orderNumber,
    disputeId,
    note: async (status, movementCount, more = {}) =>
      await noteDispute(pool, "stripe", {
        disputeId,
        providerRef: `pi_${paymentId}`,
        amountMinor,
        currency: "USD",
        reason: "fraudulent",
        status,
        withdrawnMinor: movementCount % 2 === 1 ? amountMinor : 0n,
        movementCount,
        evidenceDueAt: inDays(3),
        openedAt: inDays(-30),
        isAppeal: false,
        ...more,
      }),
  };
}

async function stateOf({ disputeId }: Disputed) {
  const { rows } = await pool.query(
    `select status, closed_at is null as is_open, evidence_due_at, (select count(*)::int from notify.alert a
       where a.kind = 'dispute_opened' and a.dispute_id = d.dispute_id) as alerts
     from payment.dispute d where dispute_id = $1`,
    [disputeId],
  );
  return { status: rows[0].status, isOpen: rows[0].is_open, dueAt: rows[0].evidence_due_at, alerts: rows[0].alerts };
}

async function heldOf({ sellerId }: Disputed): Promise<bigint> {
  const { rows } = await pool.query("select held_minor from ledger.seller_balances_1($1)", [sellerId]);
  return rows[0].held_minor;
}

/** What the books say of it, by account; what stands at zero is left out. */
async function bookedOf({ disputeId }: Disputed): Promise<Record<string, bigint>> {
  const { rows } = await pool.query<{ account: string; sum: bigint }>(
    `select p.account, sum(p.amount_minor)::bigint as sum from ledger.entry e join ledger.posting p using (entry_id)
     where split_part(e.cause_id, ':', 1) = $1 and p.account in ('disputes', 'dispute_losses')
     group by p.account having sum(p.amount_minor) <> 0`,
    [disputeId],
  );
  return Object.fromEntries(rows.map(({ account, sum }) => [account, sum]));
}

const answer = async ({ disputeId }: Disputed): Promise<string> =>
  await putDisputeAnswer(pool, {
    answerId: newId("dan"),
    disputeId,
    evidence: { product_description: "A font" },
    askedBy: "acc",
  });

async function isLookedAt({ disputeId }: Disputed): Promise<boolean> {
  await pool.query("update payment.dispute set look_at = now() where dispute_id = $1", [disputeId]);
  return (await disputesDueTake(pool, { countMax: 50 })).some((due) => due.disputeId === disputeId);
}

test("an appeal after a loss is open again: told, held, answered by itself, and looked at until it ends", async () => {
  const it = await sold();
  await it.note("needs_response", 1);
  assert.equal(await answer(it), "started");
  assert.equal(await it.note("lost", 1), "noted");
  assert.deepEqual(await bookedOf(it), { dispute_losses: 1_000n });
  assert.deepEqual([await heldOf(it), await isLookedAt(it), await answer(it)], [0n, false, "answered"]);

  assert.equal(await it.note("needs_response", 1), "known", "a reading from before the end");
  assert.equal(await it.note("under_review", 1), "known", "nor one that nobody has a word for");
  const dueAt = inDays(9);
  const appeal = { isAppeal: true, evidenceDueAt: dueAt };
  assert.equal(await it.note("needs_response", 1, appeal), "noted");
  assert.deepEqual(await stateOf(it), { status: "needs_response", isOpen: true, dueAt, alerts: 2 });
  assert.deepEqual(await bookedOf(it), { disputes: 1_000n });
  assert.deepEqual([await heldOf(it), await isLookedAt(it)], [900n, true]);
  assert.equal(await it.note("needs_response", 1, appeal), "known");
  assert.equal(await it.note("under_review", 1), "known", "from the first time that it was open");
  assert.deepEqual([await answer(it), await answer(it)], ["started", "answered"]);
  assert.equal(await it.note("under_review", 1, appeal), "noted");

  assert.equal(await it.note("lost", 1), "noted");
  assert.deepEqual((await stateOf(it)).isOpen, false);
  assert.deepEqual(await bookedOf(it), { dispute_losses: 1_000n });
  assert.equal(await it.note("needs_response", 1, appeal), "noted", "and once more");
  assert.deepEqual(await bookedOf(it), { disputes: 1_000n });
  assert.deepEqual((await stateOf(it)).alerts, 3);
  assert.equal(await it.note("won", 2), "noted");
  assert.deepEqual([await bookedOf(it), await heldOf(it), (await stateOf(it)).isOpen], [{}, 0n, false]);
});

test("a bank that had only asked, and takes the money after all, is open again", async () => {
  const it = await sold();
  await it.note("inquiry", 0);
  assert.equal(await it.note("inquiry_closed", 0), "noted");
  assert.deepEqual([await heldOf(it), await isLookedAt(it)], [0n, false]);
  assert.equal(await it.note("inquiry", 0), "known");
  const dueAt = inDays(6);
  assert.equal(await it.note("needs_response", 1, { evidenceDueAt: dueAt }), "noted");
  assert.deepEqual(await stateOf(it), { status: "needs_response", isOpen: true, dueAt, alerts: 2 });
  assert.deepEqual([await heldOf(it), await isLookedAt(it), await answer(it)], [900n, true, "started"]);
  assert.equal(await it.note("won", 2), "noted");
  assert.deepEqual([(await stateOf(it)).isOpen, await heldOf(it)], [false, 0n]);
});

test("one that was heard of when it had ended is told of when it opens again, and of its time running out", async () => {
  const it = await sold();
  await it.note("lost", 1);
  assert.deepEqual((await stateOf(it)).alerts, 0);
  await it.note("needs_response", 1, { isAppeal: true, evidenceDueAt: inDays(1) });
  assert.deepEqual((await stateOf(it)).alerts, 1);
  const dueAlerts = async (): Promise<number> => {
    await pool.query("select notify.find_due_alerts_1()");
    const { rows } = await pool.query(
      "select count(*)::int as count from notify.alert where kind = 'evidence_due' and dispute_id = $1",
      [it.disputeId],
    );
    return rows[0].count;
  };
  assert.equal(await dueAlerts(), 1);
  assert.equal(await answer(it), "started");
  await it.note("lost", 1);
  await it.note("needs_response", 1, { isAppeal: true, evidenceDueAt: inDays(1) });
  assert.deepEqual([await dueAlerts(), await dueAlerts()], [2, 2]);
});
