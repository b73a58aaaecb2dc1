import type { Pool } from "#platform/db/pool.ts";
import type { Db } from "#platform/db/query.ts";
import type { Sweep } from "#platform/jobs/sweep.ts";
import type { Log } from "#platform/log/log.ts";
import { disputeNote, disputesDueTake, disputesMissing } from "./payment.sql.gen.ts";

/** A dispute as the provider has it at this moment. */
export type ProviderDispute = {
  readonly disputeId: string;
  /** The intent that was charged. */
  readonly providerRef: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly reason: string;
  readonly status: "inquiry" | "inquiry_closed" | "needs_response" | "under_review" | "won" | "lost";
  /** What it has taken of us for it, less what it gave back; minor units. */
  readonly withdrawnMinor: bigint;
  /** Of how many movements that is the sum. */
  readonly movementCount: number;
  readonly evidenceDueAt: Date | null;
  readonly openedAt: Date;
  /** Open again by an appeal: no money moves for that, so nothing else tells it from an older reading. */
  readonly isAppeal: boolean;
};

/**
 * Records what the provider says of a dispute, and the ledger with it, in one commit. A reading that is older than what
 * is known changes nothing (W1). `unknown_payment`: no payment of ours was charged by that intent.
 */
export async function noteDispute(
  db: Db,
  provider: "stripe" | "toss",
  dispute: ProviderDispute,
): Promise<"noted" | "known" | "unknown_payment"> {
  const { outcome } = await disputeNote(db, { provider, ...dispute });
  return outcome as "noted" | "known" | "unknown_payment";
}

export type DisputeBooks = {
  /** How a dispute stands at the provider now. */
  readonly read: (disputeId: string) => Promise<ProviderDispute>;
  /** All that there are about what was charged by an intent. */
  readonly find: (providerRef: string) => Promise<readonly ProviderDispute[]>;
};

export type DisputeSweepsDeps = DisputeBooks & { readonly db: Pool; readonly log: Log };

/** Asked about in one round: bounds how long it takes. */
const looksMax = 20;

/** Disputes of whose end, or of whose beginning, no event has told. */
export function disputeSweeps(deps: DisputeSweepsDeps): Sweep[] {
  const { db, read, find } = deps;
  return [
    {
      name: "payment.look_at_disputes",
      everyMs: 60_000,
      run: async () => {
        const due = await disputesDueTake(db, { countMax: looksMax });
        return await eachNoted(deps, due, async ({ disputeId }) => [await read(disputeId)]);
      },
    },
    {
      name: "payment.missing_disputes",
      everyMs: 60_000,
      run: async () => {
        const missing = await disputesMissing(db, { countMax: looksMax });
        const round = await eachNoted(deps, missing, async ({ providerRef }) => await find(providerRef));
        // Those that the provider knows nothing of stay: the next minute is soon enough.
        return { ...round, hasMore: false };
      },
    },
  ];
}

async function eachNoted<Row extends object>(
  { db, log }: DisputeSweepsDeps,
  rows: readonly Row[],
  ask: (row: Row) => Promise<readonly ProviderDispute[]>,
) {
  const round = { found: rows.length, mended: 0, failed: 0, hasMore: rows.length === looksMax };
  for (const row of rows) {
    try {
      for (const dispute of await ask(row))
        if ((await noteDispute(db, "stripe", dispute)) === "noted") round.mended += 1;
    } catch (error) {
      round.failed += 1;
      log.warn("dispute.unread", { ...row }, error);
    }
  }
  return round;
}
