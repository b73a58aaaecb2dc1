import type { Account } from "./account.ts";
import { addBalanceTransaction } from "./balance.ts";
import { mergeEvidence, submissionProblem } from "./dispute-evidence.ts";
import type { Charge, Dispute, DisputeStatus } from "./objects.ts";
import { noSuch, wrongState, type Refusal } from "./refusal.ts";
import { listAllows, listPage, ok, type Answer, type Call, type Route } from "./route.ts";

export const disputeRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/v1/disputes",
    endpoint: "disputes.list",
    answers: "dispute",
    isList: true,
    allowed: listAllows("charge", "payment_intent"),
    handle: list,
  },
  {
    method: "GET",
    path: "/v1/disputes/:id",
    endpoint: "disputes.retrieve",
    answers: "dispute",
    allowed: [],
    handle: retrieve,
  },
  {
    method: "POST",
    path: "/v1/disputes/:id",
    endpoint: "disputes.update",
    answers: "dispute",
    allowed: ["evidence", "submit", "metadata"],
    handle: update,
  },
  {
    method: "POST",
    path: "/v1/disputes/:id/close",
    endpoint: "disputes.close",
    answers: "dispute",
    allowed: [],
    handle: accept,
  },
];

const secondsToRespond = 7 * 86_400;
const closedStatuses: readonly DisputeStatus[] = ["won", "lost", "warning_closed"];

export type NewDispute = { readonly amount: number; readonly reason: string; readonly isInquiry: boolean };

/** The shopper complains to their bank: at once the disputed amount is gone (an inquiry only asks). */
export function openDispute(account: Account, charge: Charge, facts: NewDispute): Dispute {
  const id = account.newId("du");
  const withdrawn = facts.isInquiry
    ? []
    : [addBalanceTransaction(account, "adjustment", -facts.amount, charge.currency, id)];
  const dispute: Dispute = {
    id,
    object: "dispute",
    amount: facts.amount,
    balance_transactions: withdrawn,
    charge: charge.id,
    created: account.seconds(),
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: {},
    evidence_details: {
      due_by: account.seconds() + secondsToRespond,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: "not_submitted",
    },
    intended_submission_method: null,
    is_charge_refundable: facts.isInquiry,
    livemode: false,
    metadata: {},
    network_reason_code: "10.4",
    payment_intent: charge.payment_intent,
    payment_method_details: {
      card: { brand: "visa", case_type: "chargeback", network_reason_code: "10.4" },
      type: "card",
    },
    reason: facts.reason,
    status: facts.isInquiry ? "warning_needs_response" : "needs_response",
  };
  account.store.insert(dispute, charge.payment_intent);
  account.store.update({ ...charge, disputed: true });
  account.emit("charge.dispute.created", dispute);
  if (!facts.isInquiry) account.emit("charge.dispute.funds_withdrawn", dispute);
  recordDispute(account, "dispute", dispute);
  return dispute;
}

/** For the test cards that are disputed by themselves a little later. */
export function openDisputeSoon(account: Account, charge: Charge): void {
  account.timers.schedule("open_dispute", charge.id);
}

/** The bank has decided. Winning brings the money back. */
export function closeDispute(account: Account, dispute: Dispute, outcome: "won" | "lost"): Dispute | undefined {
  if (closedStatuses.includes(dispute.status)) return undefined;
  const isInquiry = dispute.status.startsWith("warning");
  const returned =
    outcome === "won" && !isInquiry
      ? [addBalanceTransaction(account, "adjustment", dispute.amount, dispute.currency, dispute.id)]
      : [];
  const closed: Dispute = {
    ...dispute,
    status: isInquiry ? "warning_closed" : outcome,
    is_charge_refundable: isInquiry || outcome === "won",
    balance_transactions: [...dispute.balance_transactions, ...returned],
  };
  account.store.update(closed);
  account.emit("charge.dispute.closed", closed, { status: dispute.status });
  if (returned.length > 0) account.emit("charge.dispute.funds_reinstated", closed);
  recordDispute(account, "dispute_closed", closed);
  return closed;
}

/** The dispute that decides whether this charge may be refunded: its latest one. */
export function openDisputeOf(account: Account, charge: Charge): Dispute | undefined {
  if (!charge.disputed) return undefined;
  return account.store.scan("dispute", {
    parent: charge.payment_intent,
    limit: 1,
    where: (dispute) => dispute.charge === charge.id,
  })[0];
}

function recordDispute(
  account: Account,
  kind: "dispute" | "dispute_evidence" | "dispute_closed",
  dispute: Dispute,
): void {
  account.world.records.append("stripe", kind, dispute.id, {
    dispute: dispute.id,
    charge: dispute.charge,
    paymentIntent: dispute.payment_intent,
    amount: dispute.amount,
    currency: dispute.currency,
    status: dispute.status,
    reason: dispute.reason,
  });
}

function retrieve(call: Call): Answer | Refusal {
  const dispute = call.account.store.get("dispute", call.id);
  return dispute === undefined ? noSuch("dispute", call.id) : ok(dispute);
}

/** Stripe's test mode decides by the evidence's text. */
const verdicts: Readonly<Record<string, "won" | "lost">> = { winning_evidence: "won", losing_evidence: "lost" };

function update(call: Call): Answer | Refusal {
  const { account, params } = call;
  const dispute = account.store.get("dispute", call.id);
  if (dispute === undefined) return noSuch("dispute", call.id);
  const evidence = mergeEvidence(dispute, params.child("evidence"));
  const metadata = params.metadata(dispute.metadata);
  const isSubmission = (params.flag("submit") ?? true) && params.has("evidence");
  const problem = params.problem();
  if (problem !== undefined) return problem;
  if (isRefusal(evidence)) return evidence;
  if (closedStatuses.includes(dispute.status)) return alreadyClosed();
  const late = isSubmission ? submissionProblem(dispute, account.seconds()) : undefined;
  if (late !== undefined) return late;
  const next = withEvidence({ ...dispute, metadata }, evidence, isSubmission);
  account.store.update(next);
  account.emit("charge.dispute.updated", next, { evidence: dispute.evidence });
  if (!isSubmission) return ok(next);
  recordDispute(account, "dispute_evidence", next);
  return ok(judgedByWord(account, next));
}

function judgedByWord(account: Account, dispute: Dispute): Dispute {
  const verdict = verdicts[dispute.evidence["uncategorized_text"] ?? ""];
  return (verdict && closeDispute(account, dispute, verdict)) ?? dispute;
}

function withEvidence(dispute: Dispute, evidence: Dispute["evidence"], isSubmission: boolean): Dispute {
  const hasEvidence = Object.values(evidence).some((text) => text !== null);
  const details = { ...dispute.evidence_details, has_evidence: hasEvidence };
  if (!isSubmission) return { ...dispute, evidence, evidence_details: details };
  const submitted = { ...details, submission_count: 1, submission_method: "manual" as const };
  return { ...dispute, evidence, status: underReview(dispute), evidence_details: submitted };
}

function isRefusal(read: Dispute["evidence"] | Refusal): read is Refusal {
  return read["kind"] === "refused";
}

function underReview(dispute: Dispute): DisputeStatus {
  return dispute.status.startsWith("warning") ? "warning_under_review" : "under_review";
}

/** Giving in: the dispute is lost. */
function accept(call: Call): Answer | Refusal {
  const dispute = call.account.store.get("dispute", call.id);
  if (dispute === undefined) return noSuch("dispute", call.id);
  const closed = closeDispute(call.account, dispute, "lost");
  return closed === undefined ? alreadyClosed() : ok(closed);
}

function alreadyClosed(): Refusal {
  return wrongState("This dispute is already closed.", "dispute_already_closed");
}

function list(call: Call): Answer | Refusal {
  const chargeId = call.params.text("charge");
  return listPage(call, {
    type: "dispute",
    url: "/v1/disputes",
    parent: call.params.text("payment_intent"),
    where: (dispute) => chargeId === undefined || dispute.charge === chargeId,
  });
}
