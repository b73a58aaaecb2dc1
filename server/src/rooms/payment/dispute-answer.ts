import type { Db } from "#platform/db/query.ts";
import type { ProviderDispute } from "./dispute.ts";
import { disputeAnswerPut } from "./payment.sql.gen.ts";

/** What a bank is answered with, in the provider's own fields. */
export type DisputeEvidence = Readonly<Record<string, string>>;

export type DisputeAnswer = {
  /** Our own row's, which the provider keeps beside it. */
  readonly answerId: string;
  readonly disputeId: string;
  readonly evidence: DisputeEvidence;
  /** From 1. Each is a key of its own, since a provider answers a repeated key with a stored failure for a day. */
  readonly tryNumber: number;
};

/** What came of sending an answer, or of looking for one that may have been sent. */
export type AnswerOutcome =
  | { readonly kind: "submitted"; readonly dispute: ProviderDispute }
  /** The provider said no by name; it has nothing of it. */
  | { readonly kind: "refused"; readonly code: string }
  /** It may have it, or not. */
  | { readonly kind: "unknown"; readonly detail: string };

/** How a provider takes answers. Neither call repeats anything by itself. */
export type DisputeDesk = {
  readonly submit: (answer: DisputeAnswer) => Promise<AnswerOutcome>;
  /** Whether the provider has this answer already; `absent` is proof that it has not. */
  readonly find: (answer: DisputeAnswer) => Promise<AnswerOutcome | { readonly kind: "absent" }>;
};

export type AnswerPut = "started" | "not_found" | "closed" | "answered";

/**
 * Writes down what a dispute is to be answered with; a worker sends it. Call it in the transaction of the audit row.
 * `closed`: it is decided, or its time is over. `answered`: there is an answer already, or its outcome is not known
 * yet.
 */
export async function putDisputeAnswer(
  db: Db,
  answer: Omit<DisputeAnswer, "tryNumber"> & { readonly askedBy: string },
): Promise<AnswerPut> {
  return (await disputeAnswerPut(db, answer)).outcome as AnswerPut;
}
