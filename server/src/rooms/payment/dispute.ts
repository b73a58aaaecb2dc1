import type { Db } from "#platform/db/query.ts";
import { disputeNote } from "./payment.sql.gen.ts";

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
