import { backoffMs, type Backoff } from "#kernel/backoff.ts";
import type { Pool } from "#platform/db/pool.ts";
import { oneByOne, type Sweep, type SweepRound } from "#platform/jobs/sweep.ts";
import type { Log } from "#platform/log/log.ts";
import { noteDispute } from "./dispute.ts";
import type { AnswerOutcome, DisputeAnswer, DisputeDesk, DisputeEvidence } from "./dispute-answer.ts";
import { disputeAnswerClaim, disputeAnswerSettle } from "./payment.sql.gen.ts";

/** Longer than the calls of one try take together; whoever died with an answer leaves it for so long. */
const leaseS = 120;

/** Disputes are few; one round bounds what a worker that stops has to wait for. */
const roundMax = 5;

/** A bank gives days. */
const betweenTries: Backoff = { baseMs: 2_000, maxMs: 1_800_000 };

export type AnsweringDeps = { readonly db: Pool; readonly log: Log; readonly desk: DisputeDesk };

/** Sends what operators have answered disputes with, and finds out what became of what nobody knows. */
export function answerSweeps(deps: AnsweringDeps): Sweep[] {
  return [{ name: "payment.answer_disputes", everyMs: 1_000, run: async () => await sendAnswers(deps) }];
}

/**
 * One round: each answer is claimed (committed), the provider is called with nothing open, the outcome is committed.
 * The next is claimed after that, so that none waits for its turn while its claim runs out.
 */
export async function sendAnswers(deps: AnsweringDeps): Promise<SweepRound> {
  let found = 0;
  let open = 0;
  for (; found < roundMax; found += 1) {
    const claimed = await disputeAnswerClaim(deps.db, { leaseSeconds: leaseS });
    if (claimed === null) break;
    const { answerId, disputeId, evidence, tries } = claimed;
    const answer = { answerId, disputeId, evidence: evidence as DisputeEvidence, tryNumber: tries };
    const outcome = await outcomeOf(deps.desk, answer);
    await settle(deps, answer, outcome);
    if (outcome.kind === "unknown") open += 1;
  }
  return oneByOne(found, open);
}

/**
 * What was tried before is looked for first: a bank takes one answer, and it may have this one. So does a refusal that
 * may mean just that: another try was still on its way when it was looked for, or came first.
 */
async function outcomeOf(desk: DisputeDesk, answer: DisputeAnswer): Promise<AnswerOutcome> {
  if (answer.tryNumber > 1) {
    const found = await desk.find(answer);
    if (found.kind !== "absent") return found;
  }
  const outcome = await desk.submit(answer);
  if (outcome.kind !== "refused") return outcome;
  const again = await desk.find(answer);
  return again.kind === "absent" ? outcome : again;
}

async function settle(
  { db, log }: AnsweringDeps,
  { answerId, disputeId, tryNumber }: DisputeAnswer,
  outcome: AnswerOutcome,
): Promise<void> {
  const error = outcome.kind === "submitted" ? null : outcome.kind === "refused" ? outcome.code : outcome.detail;
  const tryAfterSeconds = backoffMs(tryNumber, betweenTries) / 1000 + 1;
  await disputeAnswerSettle(db, { answerId, try: tryNumber, status: outcome.kind, error, tryAfterSeconds });
  const fields = { attemptId: answerId, disputeId, attempt: tryNumber, outcome: outcome.kind };
  if (outcome.kind === "submitted") {
    // Its event brings the same; whoever looks at the page need not wait for it.
    await noteDispute(db, "stripe", outcome.dispute);
    log.info("dispute.answer", fields);
  } else if (outcome.kind === "refused") log.error("dispute.refused", { ...fields, reason: outcome.code });
  else log.warn("dispute.answer", { ...fields, reason: outcome.detail });
}
