import type { Pool } from "#platform/db/pool.ts";
import type { Db } from "#platform/db/query.ts";
import type { Sweep } from "#platform/jobs/sweep.ts";
import type { Log } from "#platform/log/log.ts";
import { disputeNote, disputesDueTake } from "./payment.sql.gen.ts";

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

export type DisputeSweepsDeps = {
  readonly db: Pool;
  readonly log: Log;
  /** How a dispute stands at the provider now. */
  readonly read: (disputeId: string) => Promise<ProviderDispute>;
};

/** Asked about in one round: bounds how long it takes. */
const looksMax = 20;

/** Disputes of whose end no event has told. */
export function disputeSweeps({ db, log, read }: DisputeSweepsDeps): Sweep[] {
  return [
    {
      name: "payment.look_at_disputes",
      everyMs: 60_000,
      run: async () => {
        const due = await disputesDueTake(db, { countMax: looksMax });
        const round = { found: due.length, mended: 0, failed: 0, hasMore: due.length === looksMax };
        for (const { disputeId } of due) {
          try {
            const noted = await noteDispute(db, "stripe", await read(disputeId));
            if (noted === "noted") round.mended += 1;
          } catch (error) {
            round.failed += 1;
            log.warn("dispute.unread", { disputeId }, error);
          }
        }
        return round;
      },
    },
  ];
}
