import type { Account } from "./account.ts";
import { addBalanceTransaction } from "./balance.ts";
import { testCardOf } from "./charge-card.ts";
import { openDisputeOf } from "./disputes.ts";
import { randomText } from "./ids.ts";
import type { Charge, PaymentIntent, Refund } from "./objects.ts";
import { invalidParam, noSuch, wrongState, type Refusal } from "./refusal.ts";
import { listAllows, listPage, ok, type Answer, type Call, type Route } from "./route.ts";

export const refundRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/v1/refunds",
    endpoint: "refunds.create",
    answers: "refund",
    handle: create,
    allowed: [
      "charge",
      "payment_intent",
      "amount",
      "reason",
      "metadata",
      "currency",
      "customer",
      "origin",
      "instructions_email",
      "refund_application_fee",
      "reverse_transfer",
    ],
  },
  {
    method: "GET",
    path: "/v1/refunds",
    endpoint: "refunds.list",
    answers: "refund",
    isList: true,
    allowed: listAllows("charge", "payment_intent"),
    handle: list,
  },
  {
    method: "GET",
    path: "/v1/refunds/:id",
    endpoint: "refunds.retrieve",
    answers: "refund",
    allowed: [],
    handle: retrieve,
  },
  {
    method: "POST",
    path: "/v1/refunds/:id",
    endpoint: "refunds.update",
    answers: "refund",
    allowed: ["metadata"],
    handle: update,
  },
  {
    method: "POST",
    path: "/v1/refunds/:id/cancel",
    endpoint: "refunds.cancel",
    answers: "refund",
    allowed: [],
    handle: cancel,
  },
];

/** A refund that was `pending` has reached the card. */
export function settleRefund(account: Account, refundId: string): void {
  const refund = account.store.get("refund", refundId);
  if (refund?.status !== "pending") return;
  const { pending_reason: _settled, ...rest } = refund;
  const settled: Refund = { ...rest, status: "succeeded" };
  account.store.update(settled);
  account.emit("refund.updated", settled, { status: "pending" });
  account.emit("charge.refund.updated", settled, { status: "pending" });
  recordRefund(account, "refund", settled);
}

/** The bank sends a refund back: the money is ours again, and the charge is refundable by as much. */
export function failRefund(account: Account, refundId: string): void {
  const refund = account.store.get("refund", refundId);
  const charge = refund && account.store.get("charge", refund.charge);
  if (refund === undefined || charge === undefined || (refund.status !== "succeeded" && refund.status !== "pending"))
    return;
  const balance = addBalanceTransaction(account, "refund_failure", refund.amount, refund.currency, refund.id);
  const { pending_reason: _settled, ...rest } = refund;
  const failed: Refund = {
    ...rest,
    status: "failed",
    failure_reason: "expired_or_canceled_card",
    failure_balance_transaction: balance.id,
  };
  account.store.update(failed);
  account.store.update({ ...charge, amount_refunded: charge.amount_refunded - refund.amount, refunded: false });
  const previous = { status: refund.status };
  account.emit("refund.updated", failed, previous);
  account.emit("charge.refund.updated", failed, previous);
  account.emit("refund.failed", failed);
  if (refund.status === "succeeded") recordRefund(account, "refund_failed", failed);
}

function create(call: Call): Answer | Refusal {
  const { account, params } = call;
  const amountGiven = params.integer("amount", 1);
  const reason = params.choice("reason", ["duplicate", "fraudulent", "requested_by_customer"]) ?? null;
  const metadata = params.metadata({});
  const problem = params.problem();
  if (problem !== undefined) return problem;
  const charge = chargeToRefund(call);
  if ("kind" in charge) return charge;

  const left = charge.amount_captured - charge.amount_refunded;
  const amount = amountGiven ?? left;
  const refused = refundProblem(account, charge, amount, left);
  if (refused !== undefined) return refused;

  const card = cardOf(account, charge);
  const refund = makeRefund(account, charge, { amount, reason, metadata, isPending: card?.refund === "pending" });
  const refunded: Charge = { ...charge, amount_refunded: charge.amount_refunded + amount, refunded: amount === left };
  account.store.insert(refund, charge.payment_intent);
  account.store.update(refunded);
  account.emit("refund.created", refund);
  account.emit("charge.refunded", refunded, { amount_refunded: charge.amount_refunded, refunded: false });
  if (refund.status === "succeeded") recordRefund(account, "refund", refund);
  else account.timers.schedule("settle_refund", refund.id);
  if (card?.refund === "fails_later") account.timers.schedule("fail_refund", refund.id);
  return ok(refund);
}

type RefundFacts = Pick<Refund, "amount" | "reason" | "metadata"> & { readonly isPending: boolean };

function makeRefund(account: Account, charge: Charge, facts: RefundFacts): Refund {
  const { isPending, ...given } = facts;
  const id = account.newId("re");
  const balance = addBalanceTransaction(account, "refund", -facts.amount, charge.currency, id);
  return {
    id,
    object: "refund",
    ...given,
    balance_transaction: balance.id,
    charge: charge.id,
    created: account.seconds(),
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: {
      card: {
        reference: randomText(15),
        reference_status: "available",
        reference_type: "acquirer_reference_number",
        type: "refund",
      },
      type: "card",
    },
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    receipt_number: null,
    source_transfer_reversal: null,
    ...(isPending ? { pending_reason: "processing" as const } : {}),
    status: isPending ? "pending" : "succeeded",
    transfer_reversal: null,
  };
}

/** The charge that is named, or the paid one of the intent that is named. */
function chargeToRefund(call: Call): Charge | Refusal {
  const { account, params } = call;
  const chargeId = params.text("charge");
  const intentId = params.text("payment_intent");
  if (chargeId !== undefined) return account.store.get("charge", chargeId) ?? noSuch("charge", chargeId, "charge");
  if (intentId === undefined)
    return invalidParam(
      "charge",
      "One of the following params should be provided for this request: payment_intent or charge.",
      "parameter_missing",
    );
  const intent = account.store.get("payment_intent", intentId);
  if (intent === undefined) return noSuch("payment_intent", intentId, "payment_intent");
  return (
    paidChargeOf(account, intent) ??
    wrongState(
      `This PaymentIntent (${intentId}) does not have a successful charge to refund.`,
      "payment_intent_unexpected_state",
      { param: "payment_intent" },
    )
  );
}

function paidChargeOf(account: Account, intent: PaymentIntent): Charge | undefined {
  const charge = intent.latest_charge === null ? undefined : account.store.get("charge", intent.latest_charge);
  return charge?.paid === true && charge.captured ? charge : undefined;
}

/** Money must never leave twice, nor more of it than came in. */
function refundProblem(account: Account, charge: Charge, amount: number, left: number): Refusal | undefined {
  if (!charge.paid || !charge.captured)
    return wrongState(`Charge ${charge.id} has not been captured; it cannot be refunded.`, "charge_not_refundable");
  const dispute = openDisputeOf(account, charge);
  if (dispute !== undefined && !dispute.is_charge_refundable) {
    return wrongState(`Charge ${charge.id} has been charged back; cannot issue a refund.`, "charge_disputed");
  }
  if (left <= 0) return wrongState(`Charge ${charge.id} has already been refunded.`, "charge_already_refunded");
  if (amount <= left) return undefined;
  return wrongState(
    `Refund amount (${amount} ${charge.currency}) is greater than unrefunded amount on charge (${left} ${charge.currency})`,
    "amount_too_large",
    { param: "amount" },
  );
}

function recordRefund(account: Account, kind: "refund" | "refund_failed", refund: Refund): void {
  account.world.records.append("stripe", kind, refund.id, {
    refund: refund.id,
    paymentIntent: refund.payment_intent,
    amount: refund.amount,
    currency: refund.currency,
    metadata: refund.metadata,
  });
}

function cardOf(account: Account, charge: Charge) {
  const method = account.store.get("payment_method", charge.payment_method);
  return method === undefined ? undefined : testCardOf(method);
}

function retrieve(call: Call): Answer | Refusal {
  const refund = call.account.store.get("refund", call.id);
  return refund === undefined ? noSuch("refund", call.id) : ok(refund);
}

function update(call: Call): Answer | Refusal {
  const refund = call.account.store.get("refund", call.id);
  if (refund === undefined) return noSuch("refund", call.id);
  const metadata = call.params.metadata(refund.metadata);
  const problem = call.params.problem();
  if (problem !== undefined) return problem;
  const next = { ...refund, metadata };
  call.account.store.update(next);
  call.account.emit("refund.updated", next, { metadata: refund.metadata });
  return ok(next);
}

/** Only a refund that waits for the shopper can be called off, and cards never wait. */
function cancel(call: Call): Answer | Refusal {
  const refund = call.account.store.get("refund", call.id);
  if (refund === undefined) return noSuch("refund", call.id);
  return wrongState(
    `Refund ${refund.id} has a status of ${refund.status} and cannot be canceled. Only refunds with a status of requires_action may be canceled.`,
    "refund_unexpected_state",
  );
}

function list(call: Call): Answer | Refusal {
  const { params, account } = call;
  const chargeId = params.text("charge");
  const intentId =
    params.text("payment_intent") ??
    (chargeId === undefined ? undefined : account.store.get("charge", chargeId)?.payment_intent);
  if (chargeId !== undefined && intentId === undefined) return noSuch("charge", chargeId, "charge");
  return listPage(call, {
    type: "refund",
    url: "/v1/refunds",
    parent: intentId,
    where: (refund) => chargeId === undefined || refund.charge === chargeId,
  });
}
