import { recordCharge } from "./charge-card.ts";
import { addBalanceTransaction } from "./balance.ts";
import { unexpectedState } from "./confirm-intent.ts";
import { openDisputeSoon } from "./disputes.ts";
import type { Charge, PaymentIntent } from "./objects.ts";
import { invalidParam, type Refusal } from "./refusal.ts";
import { ok, type Answer, type Call } from "./route.ts";
import { cardByFingerprint } from "./test-cards.ts";

const cancelable: readonly PaymentIntent["status"][] = [
  "requires_payment_method",
  "requires_capture",
  "requires_confirmation",
  "requires_action",
  "processing",
];
const cancellationReasons = ["abandoned", "duplicate", "fraudulent", "requested_by_customer"] as const;

/**
 * Takes the money that was held, all of it or a part; the rest goes back to the card and there is no second capture.
 */
export function captureIntent(call: Call, intent: PaymentIntent): Answer | Refusal {
  const { account, params } = call;
  const amount = params.integer("amount_to_capture", 1) ?? intent.amount_capturable;
  const metadata = params.metadata(intent.metadata);
  const problem = params.problem();
  if (problem !== undefined) return problem;
  const charge = intent.latest_charge === null ? undefined : account.store.get("charge", intent.latest_charge);
  if (intent.status !== "requires_capture" || charge === undefined) {
    return unexpectedState(
      intent,
      `This PaymentIntent could not be captured because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.`,
    );
  }
  if (amount > intent.amount_capturable) {
    return invalidParam(
      "amount_to_capture",
      `The requested capture amount is greater than the authorized amount of ${intent.amount_capturable}.`,
      "amount_too_large",
    );
  }
  const balance = addBalanceTransaction(account, "charge", amount, intent.currency, charge.id);
  const captured: Charge = {
    ...charge,
    captured: true,
    amount_captured: amount,
    balance_transaction: balance.id,
    metadata,
  };
  const paid: PaymentIntent = {
    ...intent,
    status: "succeeded",
    amount_capturable: 0,
    amount_received: amount,
    metadata,
  };
  account.store.update(captured);
  account.store.update(paid);
  account.store.reindexMetadata(intent, paid);
  account.emit("charge.captured", captured);
  account.emit("payment_intent.succeeded", paid);
  recordCharge(account, paid, captured);
  const dispute = disputeOf(call, paid);
  if (dispute !== undefined) openDisputeSoon(account, captured);
  return ok(paid);
}

/** Ends an intent that has not been paid; money that was only held goes back. */
export function cancelIntent(call: Call, intent: PaymentIntent): Answer | Refusal {
  const { account, params } = call;
  const reason = params.choice("cancellation_reason", cancellationReasons);
  const problem = params.problem();
  if (problem !== undefined) return problem;
  if (!cancelable.includes(intent.status)) {
    return unexpectedState(
      intent,
      `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be canceled: ${cancelable.join(", ")}.`,
    );
  }
  const canceled: PaymentIntent = {
    ...intent,
    status: "canceled",
    amount_capturable: 0,
    canceled_at: account.seconds(),
    cancellation_reason: reason ?? null,
    next_action: null,
  };
  account.store.update(canceled);
  if (intent.status === "requires_capture") releaseHold(call, intent);
  account.emit("payment_intent.canceled", canceled);
  return ok(canceled);
}

function releaseHold(call: Call, intent: PaymentIntent): void {
  const { account } = call;
  const charge = intent.latest_charge === null ? undefined : account.store.get("charge", intent.latest_charge);
  if (charge === undefined) return;
  const released: Charge = { ...charge, amount_refunded: charge.amount, refunded: true };
  account.store.update(released);
  account.emit("charge.refunded", released, { amount_refunded: 0, refunded: false });
}

function disputeOf(call: Call, intent: PaymentIntent): object | undefined {
  const method =
    intent.payment_method === null ? undefined : call.account.store.get("payment_method", intent.payment_method);
  return method?.card === undefined ? undefined : cardByFingerprint(method.card.fingerprint)?.dispute;
}
