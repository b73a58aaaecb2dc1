/** Where a seller stands, against what is said without any haste: order by order, through a whole life. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { newId } from "#kernel/ids.ts";
import { buyFile, refundFile } from "../../../test/digital.ts";
import { openTestDb } from "../../../test/db.ts";
import { makeSeller, makeSold } from "../../../test/sellers.ts";
import { payoutFailed, payoutPaid, payoutPrepare } from "./index.ts";

const { pool } = await openTestDb({ isPatient: true });
const historyMax = 8;
const daysMax = 40;

/** Each order's share by itself, and three questions about each. */
const slowly = `
  with share as (
    select e.currency, p.order_number, -sum(p.amount_minor) as amount_minor
    from ledger.posting p join ledger.entry e using (entry_id)
    where p.owner_id = $1 and p.account = 'seller_payable' group by e.currency, p.order_number
  ), told as (
    select s.*, placed.at + make_interval(days => r.hold_days) as waits_until, exists (
        select from payment.payment y join payment.dispute d using (payment_id)
        where y.session_id = placed.session_id and d.closed_at is null)
      or exists (
        select from payment.payment y join payment.deposit d using (payment_id, provider_ref)
        where y.session_id = placed.session_id and d.reverted_at is not null) as is_wanted_back
    from share s
    left join ledger.entry placed on placed.cause = 'order_placed' and placed.cause_id = s.order_number and s.amount_minor > 0
    left join ledger.payout_rule r on r.currency = s.currency
  ), whole as (
    select t.currency, sum(t.amount_minor)::bigint as balance_minor,
      coalesce(sum(t.amount_minor) filter (where t.waits_until > now() or t.is_wanted_back), 0)::bigint as held_minor,
      min(t.waits_until) filter (where t.waits_until > now() and not t.is_wanted_back) as next_at
    from told t group by t.currency
  )
  select w.currency, w.balance_minor, w.held_minor, greatest(w.balance_minor - w.held_minor, 0) as available_minor, coalesce((
      select sum(p.amount_minor) from ledger.payout p
      where p.seller_id = $1 and p.currency = w.currency and p.status = 'prepared'), 0)::bigint as on_its_way_minor, w.next_at
  from whole w order by w.currency`;

type Fate = "kept" | "refunded" | "disputed" | "won" | "lost" | "inquired" | "reverted" | "returned_deposit";
type Sale = { readonly daysAgo: number; readonly isWon: boolean; readonly fate: Fate };
type History = {
  readonly sales: readonly Sale[];
  readonly payouts: readonly ("prepared" | "paid" | "returned" | "called_off" | "late")[];
};

const history: fc.Arbitrary<History> = fc.record({
  sales: fc.array(
    fc.record({
      daysAgo: fc.oneof(fc.integer({ min: 0, max: daysMax }), fc.constantFrom(13, 14, 15, 16)),
      isWon: fc.boolean(),
      fate: fc.constantFrom<Fate>(
        "kept",
        "refunded",
        "disputed",
        "won",
        "lost",
        "inquired",
        "reverted",
        "returned_deposit",
      ),
    }),
    { minLength: 1, maxLength: historyMax },
  ),
  payouts: fc.array(fc.constantFrom("prepared", "paid", "returned", "called_off", "late"), { maxLength: 3 }),
});

test("what is owed, held and free is the same as when each order is asked about by itself", async () => {
  await fc.assert(
    fc.asyncProperty(history, async ({ sales, payouts }) => {
      // Entries are written in the order of time: what an earlier history left is older than all of this one.
      await age(daysMax + 1, "1000 years");
      const sellerId = await makeSeller(pool);
      const products = {
        USD: await makeSold(pool, sellerId, { priceMinor: 1_000 }),
        KRW: await makeSold(pool, sellerId, { priceMinor: 9_900, currency: "KRW" }),
      };
      const others = await makeSold(pool, await makeSeller(pool), { priceMinor: 700 });
      // The longest ago first, as it was written.
      for (const sale of sales.toSorted((a, b) => b.daysAgo - a.daysAgo)) {
        await befall(await buyFile(pool, products[sale.isWon ? "KRW" : "USD"]), sale);
        await befall(await buyFile(pool, others), sale);
      }
      for (const payout of payouts) await payOut(sellerId, payout);
      const { rows: wanted } = await pool.query(slowly, [sellerId]);
      const { rows } = await pool.query("select * from ledger.seller_balances_1($1) order by currency", [sellerId]);
      assert.deepEqual(rows, wanted);
    }),
    { numRuns: 25 },
  );
});

type Bought = Awaited<ReturnType<typeof buyFile>>;

/** What became of a sale, and that it was so many days ago; what it was given back for, some time after. */
async function befall({ orderNumber, paymentId, amountMinor }: Bought, { daysAgo, fate, isWon }: Sale): Promise<void> {
  await age(daysAgo);
  if (fate === "refunded") await refundFile(pool, orderNumber);
  if (fate === "reverted" || fate === "returned_deposit") {
    await pool.query(
      `insert into payment.deposit (payment_id, provider_ref, bank_code, account_number, holder_name, secret, due_at, reverted_at)
       select p.payment_id, p.provider_ref, '20', $2, 'Kim', 'ps', now(), case when $3 then now() end from payment.payment p where p.payment_id = $1`,
      [paymentId, newId("dep"), fate === "reverted"],
    );
  }
  const status = { disputed: "needs_response", won: "won", lost: "lost", inquired: "inquiry" }[String(fate)];
  if (status === undefined) return;
  const { rowCount } = await pool.query(
    `select payment.dispute_note_1($1, p.provider, p.provider_ref, p.amount_minor, p.currency, 'fraudulent', $3, 0, 0, null, now())
     from payment.payment p where p.payment_id = $2`,
    [newId("du"), paymentId, status],
  );
  assert.equal(rowCount, 1, `${amountMinor} ${isWon}`);
}

/** All that was just written was written so many days ago. */
async function age(days: number, since = "1 hour"): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query("set local session_replication_role = replica");
    await client.query("update ledger.entry set at = at - make_interval(days => $1) where at > now() - $2::interval", [
      days,
      since,
    ]);
    await client.query("commit");
  } finally {
    client.release();
  }
}

async function payOut(sellerId: string, what: History["payouts"][number]): Promise<void> {
  const { rows } = await pool.query("select available_minor from ledger.seller_balances_1($1) where currency = 'USD'", [
    sellerId,
  ]);
  const payoutId = newId("po");
  const amountMinor = BigInt(rows[0]?.available_minor ?? 0n) / 2n;
  if (amountMinor === 0n) return;
  const wish = { payoutId, sellerId, currency: "USD", amountMinor, preparedBy: "acc_ada" };
  const { outcome } = await payoutPrepare(pool, wish);
  if (outcome !== "prepared" || what === "prepared") return;
  if (what === "called_off" || what === "late") {
    await payoutFailed(pool, { payoutId, failure: "called_off", failedBy: "acc_bea" });
  }
  if (what === "called_off") return;
  await payoutPaid(pool, { payoutId, reference: payoutId.slice(0, 40), paidBy: "acc_bea" });
  if (what === "returned") await payoutFailed(pool, { payoutId, failure: "returned", failedBy: "acc_bea" });
}
