import type { Account } from "./account.ts";
import { addBalanceTransaction } from "./balance.ts";
import type { Charge, PaymentError, PaymentIntent, PaymentMethod } from "./objects.ts";
import { cardRefused, docUrl, type Refusal } from "./refusal.ts";
import { openDisputeSoon } from "./disputes.ts";
import { cardByFingerprint, type Decline, type TestCard } from "./test-cards.ts";
import { moveToCustomer } from "./payment-methods.ts";

export type ChargeOutcome =
  | { readonly kind: "charged"; readonly intent: PaymentIntent }
  | { readonly kind: "declined"; readonly intent: PaymentIntent; readonly refusal: Refusal };

/**
 * Asks the bank for the money, once, and says what became of the intent. This is the only place where a card's money is
 * taken or held; whoever calls it has checked that the intent may be paid.
 * @param injected a decline that a fault rule asked for, before the card has its own say
 */
export function chargeCard(
  account: Account,
  intent: PaymentIntent,
  method: PaymentMethod,
  injected: Decline | undefined,
): ChargeOutcome {
  const card = testCardOf(method);
  const decline = injected ?? card?.decline;
  return decline === undefined ? takeMoney(account, intent, method) : declinePayment(account, intent, method, decline);
}

/** What this card does; undefined for a method that is no card. */
export function testCardOf(method: PaymentMethod): TestCard | undefined {
  return method.card === undefined ? undefined : cardByFingerprint(method.card.fingerprint);
}

/** The bank said yes: the money is there, or held for a manual capture. Also how a bank payment ends well. */
export function takeMoney(account: Account, intent: PaymentIntent, method: PaymentMethod): ChargeOutcome {
  const isHeld = intent.capture_method === "manual" && method.type === "card";
  return {
    kind: "charged",
    intent: isHeld ? holdMoney(account, intent, method) : collectMoney(account, intent, method),
  };
}

function collectMoney(account: Account, intent: PaymentIntent, method: PaymentMethod): PaymentIntent {
  const bare = bareCharge(account, intent, method);
  const balance = addBalanceTransaction(account, "charge", intent.amount, intent.currency, bare.id);
  const charge: Charge = {
    ...bare,
    ...approved,
    captured: true,
    amount_captured: intent.amount,
    balance_transaction: balance.id,
  };
  const paid: PaymentIntent = {
    ...settledWith(intent, method, charge),
    status: "succeeded",
    amount_received: intent.amount,
  };
  account.store.insert(charge, intent.id);
  account.store.update(paid);
  account.emit("charge.succeeded", charge);
  account.emit("payment_intent.succeeded", paid);
  recordCharge(account, paid, charge);
  keepMethod(account, paid, method);
  if (testCardOf(method)?.dispute !== undefined) openDisputeSoon(account, charge);
  return paid;
}

function holdMoney(account: Account, intent: PaymentIntent, method: PaymentMethod): PaymentIntent {
  const charge: Charge = {
    ...bareCharge(account, intent, method),
    ...approved,
    captured: false,
    amount_captured: 0,
    balance_transaction: null,
  };
  const held: PaymentIntent = {
    ...settledWith(intent, method, charge),
    status: "requires_capture",
    amount_capturable: intent.amount,
  };
  account.store.insert(charge, intent.id);
  account.store.update(held);
  account.emit("charge.succeeded", charge);
  account.emit("payment_intent.amount_capturable_updated", held);
  keepMethod(account, held, method);
  return held;
}

function settledWith(intent: PaymentIntent, method: PaymentMethod, charge: Charge): PaymentIntent {
  return {
    ...intent,
    latest_charge: charge.id,
    payment_method: method.id,
    next_action: null,
    last_payment_error: null,
  };
}

/** The one line in the ledger for money that came in. */
export function recordCharge(account: Account, intent: PaymentIntent, charge: Charge): void {
  account.world.records.append("stripe", "charge", charge.id, {
    paymentIntent: intent.id,
    charge: charge.id,
    amount: intent.amount_received,
    currency: intent.currency,
    metadata: intent.metadata,
    status: "succeeded",
  });
}

/** The bank said no: the intent waits for another payment method and can be used again. */
export function declinePayment(
  account: Account,
  intent: PaymentIntent,
  method: PaymentMethod,
  decline: Decline,
): ChargeOutcome & { kind: "declined" } {
  const charge: Charge = {
    ...bareCharge(account, intent, method),
    paid: false,
    status: "failed",
    captured: false,
    amount_captured: 0,
    balance_transaction: null,
    failure_code: decline.code,
    failure_message: decline.message,
    outcome: declinedOutcome(decline),
  };
  const error: PaymentError = {
    type: "card_error",
    charge: charge.id,
    code: decline.code,
    doc_url: docUrl(decline.code),
    message: decline.message,
    ...(decline.declineCode === undefined ? {} : { decline_code: decline.declineCode }),
    payment_method: method,
  };
  const open: PaymentIntent = {
    ...intent,
    latest_charge: charge.id,
    payment_method: null,
    next_action: null,
    last_payment_error: error,
    status: "requires_payment_method",
  };
  account.store.insert(charge, intent.id);
  account.store.update(open);
  account.emit("charge.failed", charge);
  account.emit("payment_intent.payment_failed", open);
  const { type: _type, ...shown } = error;
  return { kind: "declined", intent: open, refusal: cardRefused({ ...shown, payment_intent: open }) };
}

/** A method that paid is kept with the customer if that was asked; without one it is used up. */
function keepMethod(account: Account, intent: PaymentIntent, method: PaymentMethod): void {
  if (intent.customer === null) account.store.setMark(method.id, "used");
  else if (intent.setup_future_usage !== null && method.customer === null)
    moveToCustomer(account, method, intent.customer);
}

const approved = {
  paid: true,
  status: "succeeded" as const,
  outcome: {
    advice_code: null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: "approved_by_network",
    reason: null,
    risk_level: "normal",
    risk_score: 20,
    seller_message: "Payment complete.",
    type: "authorized",
  },
};

function declinedOutcome(decline: Decline): object {
  const isBlocked = decline.declineCode === "fraudulent";
  return {
    advice_code: "try_again_later",
    network_advice_code: null,
    network_decline_code: "01",
    network_status: isBlocked ? "not_sent_to_network" : "declined_by_network",
    reason: decline.declineCode ?? decline.code,
    risk_level: isBlocked ? "highest" : "normal",
    risk_score: isBlocked ? 90 : 20,
    seller_message: isBlocked ? "Stripe blocked this payment as too risky." : "The bank returned a decline code.",
    type: isBlocked ? "blocked" : "issuer_declined",
  };
}

type BareCharge = Omit<Charge, "paid" | "status" | "captured" | "amount_captured" | "balance_transaction" | "outcome">;

function bareCharge(account: Account, intent: PaymentIntent, method: PaymentMethod): BareCharge {
  return {
    id: account.newId(method.type === "card" ? "ch" : "py"),
    object: "charge",
    amount: intent.amount,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: "MUSE",
    created: account.seconds(),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: methodDetails(intent, method),
    radar_options: {},
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: intent.shipping,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    transfer_data: null,
    transfer_group: intent.transfer_group,
  };
}

function methodDetails(intent: PaymentIntent, method: PaymentMethod): object {
  if (method.card === undefined)
    return { type: method.type, us_bank_account: { ...method.us_bank_account, payment_reference: null } };
  const { brand, checks, country, exp_month, exp_year, fingerprint, funding, last4 } = method.card;
  return {
    type: "card",
    card: {
      amount_authorized: intent.amount,
      authorization_code: "123456",
      brand,
      checks,
      country,
      exp_month,
      exp_year,
      extended_authorization: { status: "disabled" },
      fingerprint,
      funding,
      incremental_authorization: { status: "unavailable" },
      installments: null,
      last4,
      mandate: null,
      multicapture: { status: "unavailable" },
      network: brand,
      network_token: { used: false },
      network_transaction_id: "100000000000000",
      overcapture: { maximum_amount_capturable: intent.amount, status: "unavailable" },
      regulated_status: "unregulated",
      three_d_secure: threeDSecureOf(intent),
      wallet: null,
    },
  };
}

function threeDSecureOf(intent: PaymentIntent): object | null {
  if (intent.status !== "requires_action") return null;
  return {
    authentication_flow: "challenge",
    electronic_commerce_indicator: "05",
    exemption_indicator: null,
    result: "authenticated",
    result_reason: null,
    transaction_id: "3ds_sandbox",
    version: "2.2.0",
  };
}
