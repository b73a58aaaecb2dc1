/** A seller of many years: what is asked of now does not cost what has been. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Db } from "#platform/db/query.ts";
import { tx } from "#platform/db/tx.ts";
import type { Pool } from "#platform/db/pool.ts";
import { openTestDb } from "../../../test/db.ts";
import { statementLines } from "./ledger.sql.gen.ts";

const salesCount = 3_000;
const youngCount = 5;
const lookupsMax = 50;
/** Beside the lines themselves: halving, some times over. */
const readsMax = 300;

/** One seller's sales, one a day, the last few of the days just past. Each owes them nine of ten. */
async function writeHistory(pool: Pool, sellerId: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    // No order stands for them: only the books are looked at.
    await client.query("set local session_replication_role = replica");
    await client.query(
      `insert into ledger.entry (entry_id, cause, cause_id, currency, session_id, at) overriding system value
       select n * 3, 'order_placed', 'MO-' || n, 'USD', 'cs_' || n, now() - make_interval(days => case when n > $1 - $2 then $1 - n else $1 - n + 100 end)
       from generate_series(1, $1::int) n`,
      [salesCount, youngCount],
    );
    await client.query(
      `insert into ledger.posting (entry_id, line_no, account, owner_id, order_number, amount_minor)
       select n * 3, l, (array['shopper_funds', 'seller_payable', 'platform_fee'])[l]::ledger.account, case l when 2 then $2 end, 'MO-' || n,
         (array[10, -9, -1])[l]
       from generate_series(1, $1::int) n cross join generate_series(1, 3) l`,
      [salesCount, sellerId],
    );
    await client.query("commit");
    await client.query("analyze ledger.entry, ledger.posting");
  } finally {
    client.release();
  }
}

const { pool } = await openTestDb({ isPatient: true });
await writeHistory(pool, "acc_old");

type Plan = {
  readonly "Index Name"?: string;
  readonly "Relation Name"?: string;
  readonly "Actual Loops": number;
  readonly Plans?: readonly Plan[];
};

/** How often an order's own rows were looked for. */
function lookups(plan: Plan): number {
  const isLookup = plan["Index Name"] === "entry_cause_cause_id_key" || plan["Relation Name"] === "payment";
  return (isLookup ? plan["Actual Loops"] : 0) + (plan.Plans ?? []).reduce((sum, each) => sum + lookups(each), 0);
}

test("where a seller stands is one sum; only what may wait is looked at by itself", async () => {
  const { rows } = await pool.query("select * from ledger.seller_balances_1('acc_old')");
  assert.deepEqual([rows[0].balance_minor, rows[0].held_minor], [BigInt(salesCount * 9), BigInt(youngCount * 9)]);
  const told = await pool.query("explain (analyze, format json) select * from ledger.seller_balances_1('acc_old')");
  const [{ Plan: plan }] = told.rows[0]["QUERY PLAN"];
  const count = lookups(plan);
  assert.ok(count > 0 && count < lookupsMax, `${count} lookups`);
});

const bare = { values: [], rowMode: "array" } as const;

/** Rows of the books that this connection has read so far. */
async function readBy(open: Db): Promise<number> {
  const text = "select sum(idx_tup_fetch)::int from pg_stat_xact_user_tables where schemaname = 'ledger'";
  const { rows } = await open.query({ ...bare, text });
  return Number(rows[0]?.[0]);
}

test("a statement begins and ends with its time's own lines", async () => {
  for (const daysAgo of [0, 1_000, 2_500]) {
    const [fromAt, toAt] = [daysAgo + 30, daysAgo].map((days) => new Date(Date.now() - days * 86_400_000));
    assert.ok(fromAt !== undefined && toAt !== undefined);
    const { lines, read } = await tx(pool, "test.statement", async (open) => {
      await open.query({ ...bare, text: "set local enable_seqscan = off" });
      const before = await readBy(open);
      const wish = { ownerId: "acc_old", accounts: ["seller_payable"], fromAt, toAt, currency: null };
      const found = await statementLines(open, { ...wish, afterEntryId: 0n, afterLineNo: 0, limit: 1_000 });
      return { lines: found.length, read: (await readBy(open)) - before };
    });
    const { rows } = await pool.query("select count(*)::int as count from ledger.entry where at >= $1 and at < $2", [
      fromAt,
      toAt,
    ]);
    assert.equal(lines, rows[0].count);
    assert.ok(read < 2 * lines + readsMax, `${read} read for ${lines}`);
  }
});

test("the last entry from before a time: none up to it is younger, and none behind it much older", async () => {
  const secondsMax = 20 * 86_400;
  const history = fc.array(
    fc.record({ gap: fc.integer({ min: 1, max: 4 }), pause: fc.nat(86_400), began: fc.nat(7_200) }),
    { maxLength: 40 },
  );
  await fc.assert(
    fc.asyncProperty(history, fc.nat(secondsMax), async (entries, asked) => {
      let [id, now] = [0, 0];
      const written = entries.map(({ gap, pause, began }) => {
        id += gap;
        now += pause;
        // Its transaction had begun some time before it was written.
        return { id, at: Math.max(now - began, 0) };
      });
      const low = await lowOf(written, asked);
      for (const each of written) {
        if (each.id <= low) assert.ok(each.at < asked);
        else assert.ok(each.at >= asked - 2 * 86_400);
      }
    }),
    { numRuns: 60 },
  );
});

type Written = { readonly id: number; readonly at: number };

/** What the books answer that hold these alone, in seconds from some moment on. */
async function lowOf(written: readonly Written[], asked: number): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query("set local session_replication_role = replica");
    await client.query("delete from ledger.entry");
    await client.query(
      `insert into ledger.entry (entry_id, cause, cause_id, currency, session_id, at) overriding system value
       select e.id, 'order_placed', 'MO-' || e.id, 'USD', 'cs', timestamptz '2026-01-01' + make_interval(secs => e.at)
       from jsonb_to_recordset($1) as e (id bigint, at bigint)`,
      [JSON.stringify(written)],
    );
    const { rows } = await client.query(
      "select ledger.entry_before_1(timestamptz '2026-01-01' + make_interval(secs => $1)) as low",
      [asked],
    );
    return Number(rows[0].low);
  } finally {
    await client.query("rollback");
    client.release();
  }
}
