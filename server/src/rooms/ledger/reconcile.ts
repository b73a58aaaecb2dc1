import { z } from "zod";
import { must } from "#kernel/assert.ts";
import { newId } from "#kernel/ids.ts";
import { toWire } from "#kernel/money.ts";
import type { Pool } from "#platform/db/pool.ts";
import { assertNoTransaction } from "#platform/db/tx.ts";
import type { Job } from "#platform/jobs/job.ts";
import type { Sweep } from "#platform/jobs/sweep.ts";
import type { Log } from "#platform/log/log.ts";
import {
  reconciliationCompare,
  reconciliationDue,
  reconciliationFail,
  reconciliationFinish,
  reconciliationStart,
  recordsKeep,
} from "./ledger.sql.gen.ts";
import type { ProviderBooks, ProviderRecord } from "./provider-records.ts";

export type ReconcileDeps = {
  readonly db: Pool;
  readonly log: Log;
  readonly books: readonly ProviderBooks[];
};

export type ReconcileResult =
  | { readonly kind: "finished"; readonly reconciliationId: string; readonly differences: number }
  /** Another one is running, or there was never a payment. */
  | { readonly kind: "nothing_to_do" };

/** The provider's clock is not ours, so it is asked for a little more than is compared. */
const marginMs = 3_600_000;

/**
 * Fetches the provider's own lines since the last time, holds them against our payments, refunds, disputes and the
 * ledger, and names every difference. Changes no money: people read the report and see to each.
 *
 * @param toAt what was booked before it is compared; null: a minute ago, as what was on its way has arrived by then
 * @throws when the provider could not be asked to the end; the run is then marked as failed
 */
export async function reconcile(
  { db, log }: Pick<ReconcileDeps, "db" | "log">,
  books: ProviderBooks,
  { toAt, requestedBy }: { readonly toAt: Date | null; readonly requestedBy: string | null },
): Promise<ReconcileResult> {
  const { provider } = books;
  const run = await reconciliationStart(db, { reconciliationId: newId("rec"), provider, toAt, requestedBy });
  if (run === null) return { kind: "nothing_to_do" };
  const { reconciliationId } = run;
  try {
    assertNoTransaction("reconciliation");
    const span = {
      fromAt: new Date(run.fromAt.getTime() - marginMs),
      toAt: new Date(run.toAt.getTime() + marginMs),
    };
    for await (const page of books.recordsOf(span)) {
      await recordsKeep(db, { provider, records: JSON.stringify(page.map(rowOf)) });
    }
    await compareBySlices(db, run);
  } catch (error) {
    await reconciliationFail(db, { reconciliationId });
    throw error;
  }
  const { differences } = await reconciliationFinish(db, { reconciliationId });
  const found = must(differences, "reconcile: a run that began is finished once");
  if (found > 0) log.error("reconciliation.differences", { state: provider, count: found });
  else log.info("reconciliation", { state: provider, count: 0 });
  return { kind: "finished", reconciliationId, differences: found };
}

/** So short that a statement stays far from the pool's limit, however much was sold; a night has some four hundred. */
const sliceMs = 600_000;

async function compareBySlices(
  db: Pool,
  { reconciliationId, fromAt, toAt }: { readonly reconciliationId: string; readonly fromAt: Date; readonly toAt: Date },
): Promise<void> {
  for (let ms = fromAt.getTime(); ms < toAt.getTime(); ms += sliceMs) {
    const slice = { fromAt: new Date(ms), toAt: new Date(Math.min(ms + sliceMs, toAt.getTime())) };
    const { named } = await reconciliationCompare(db, { reconciliationId, ...slice });
    must(named, "reconcile: nobody else ends a run that goes on");
  }
}

/** As `jsonb_to_recordset` reads them. */
function rowOf(record: ProviderRecord) {
  return {
    record_id: record.recordId,
    kind: record.kind,
    payment_ref: record.paymentRef,
    object_ref: record.objectRef,
    own_id: record.ownId,
    amount_minor: toWire(record.amountMinor),
    fee_minor: toWire(record.feeMinor),
    currency: record.currency,
    booked_at: record.bookedAt.toISOString(),
  };
}

/** The one that somebody at the desk asks for. */
export function reconcileJobs(deps: ReconcileDeps): Job[] {
  const payload = z.object({ provider: z.string(), requestedBy: z.string() });
  return [
    {
      name: "ledger.reconcile",
      run: async (raw) => {
        const { provider, requestedBy } = payload.parse(raw);
        const books = must(
          deps.books.find((each) => each.provider === provider),
          "reconcile: only those are asked for whose books can be fetched",
        );
        await reconcile(deps, books, { toAt: null, requestedBy });
      },
    },
  ];
}

/** The one of every night, a quarter of an hour after midnight (UTC). */
export function reconcileSweeps(deps: ReconcileDeps): Sweep[] {
  return [
    {
      name: "ledger.reconcile_nightly",
      everyMs: 300_000,
      run: async () => {
        for (const books of deps.books) {
          const { isDue, toAt } = await reconciliationDue(deps.db, { provider: books.provider });
          if (isDue) await reconcile(deps, books, { toAt, requestedBy: null });
        }
        // Looked at again after its rest: there is one a night.
        return 0;
      },
    },
  ];
}
