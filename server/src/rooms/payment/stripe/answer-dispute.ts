import Stripe from "stripe";
import { must } from "#kernel/assert.ts";
import { assertNoTransaction } from "#platform/db/tx.ts";
import type { AnswerOutcome, DisputeAnswer, DisputeDesk } from "../dispute-answer.ts";
import type { ProviderDispute } from "../dispute.ts";
import { presentDispute } from "./read-dispute.ts";

/** By which an answer of ours is known at Stripe. */
const answerKey = "muse_answer";

/** https://docs.stripe.com/api/disputes/update: evidence goes to the bank once, with `submit`. */
export function stripeDisputeDesk(stripe: Stripe): DisputeDesk {
  return {
    submit: async ({ answerId, disputeId, evidence, tryNumber }) =>
      await asked(async () => ({
        kind: "submitted",
        dispute: answered(
          await stripe.disputes.update(
            disputeId,
            { evidence: { ...evidence }, metadata: { [answerKey]: answerId }, submit: true },
            { idempotencyKey: `muse:dispute:${answerId}:${tryNumber}` },
          ),
        ),
      })),
    find: async (answer) =>
      await asked(async () => foundIn(await stripe.disputes.retrieve(answer.disputeId), answer), true),
  };
}

/** Another answer than ours may have been sent from Stripe's own pages: then the bank has that one. */
function foundIn(dispute: Stripe.Dispute, { answerId }: DisputeAnswer): AnswerOutcome | { readonly kind: "absent" } {
  const isSent = dispute.evidence_details.submission_count > 0;
  if (isSent && dispute.metadata[answerKey] === answerId) {
    return { kind: "submitted", dispute: answered(dispute) };
  }
  return isSent ? { kind: "refused", code: "answered_elsewhere" } : { kind: "absent" };
}

function answered(dispute: Stripe.Dispute): ProviderDispute {
  return must(presentDispute(dispute), "only disputes of our own charges are answered");
}

/**
 * A refusal by name proves that Stripe has nothing of it; of a read it proves nothing. A wrong key is put right by
 * somebody, so it is tried again like no answer, 409, 429 and any 5xx.
 */
async function asked<Said>(call: () => Promise<Said>, isRead = false): Promise<Said | AnswerOutcome> {
  assertNoTransaction("payment provider");
  try {
    return await call();
  } catch (error) {
    const { errors } = Stripe;
    if (!(error instanceof errors.StripeError)) throw error;
    if (error instanceof errors.StripeInvalidRequestError && error.statusCode !== 409 && !isRead) {
      return { kind: "refused", code: error.code ?? error.param ?? "invalid_request" };
    }
    return { kind: "unknown", detail: `${error.type} ${error.statusCode ?? "without an answer"}` };
  }
}
