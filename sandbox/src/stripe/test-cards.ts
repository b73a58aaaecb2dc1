import { createHash } from "node:crypto";

/** When a card asks for 3-D Secure. `unless_set_up` and `on_session` are about payments without the shopper present. */
export type Authentication = "never" | "always" | "unless_set_up" | "on_session";

export type Decline = { readonly code: string; readonly declineCode?: string; readonly message: string };

/** A card as https://docs.stripe.com/testing describes it: a number, its `pm_card_…` tokens, and what it does. */
export type TestCard = {
  readonly number: string;
  readonly tokens: readonly string[];
  readonly brand: string;
  readonly funding: "credit" | "debit" | "prepaid";
  readonly country: string;
  readonly authentication: Authentication;
  readonly decline?: Decline;
  /** Pending at first, or succeeded at first and failed later. */
  readonly refund?: "pending" | "fails_later";
  readonly dispute?: { readonly reason: string; readonly isInquiry: boolean };
  readonly isCvcWrong?: boolean;
};

/** A bank account: nothing is sure until days (here: seconds) later. */
export type TestBank = {
  readonly token: string;
  readonly last4: string;
  readonly settles: "succeeded" | "failed" | "never";
};

const declineMessages: Readonly<Record<string, string>> = {
  expired_card: "Your card has expired.",
  incorrect_cvc: "Your card's security code is incorrect.",
  incorrect_number: "Your card number is incorrect.",
  insufficient_funds: "Your card has insufficient funds.",
  processing_error: "An error occurred while processing your card. Try again in a little bit.",
  authentication_required: "Your card was declined. This transaction requires authentication.",
  card_velocity_exceeded:
    "Your card was declined for making repeated attempts too frequently or exceeding its amount limit.",
};
/** Decline codes that are error codes of their own; every other one comes under `card_declined`. */
const ownCodes: readonly string[] = [
  "expired_card",
  "incorrect_cvc",
  "incorrect_number",
  "processing_error",
  "authentication_required",
];

/** The error that a bank's decline code turns into. */
export function declineOf(declineCode: string): Decline {
  const message = declineMessages[declineCode] ?? "Your card was declined.";
  return { code: ownCodes.includes(declineCode) ? declineCode : "card_declined", declineCode, message };
}

export function cardByNumber(number: string): TestCard | undefined {
  return byNumber.get(number);
}

/** `pm_card_visa`, or its older sibling `tok_visa`. */
export function cardByToken(token: string): TestCard | undefined {
  return byToken.get(token.replace(/^pm_card_|^tok_/, ""));
}

export function cardByFingerprint(fingerprint: string): TestCard | undefined {
  return byFingerprint.get(fingerprint);
}

export function bankByToken(token: string): TestBank | undefined {
  return banks.find((bank) => bank.token === token);
}

export function bankByLast4(last4: string): TestBank | undefined {
  return banks.find((bank) => bank.last4 === last4);
}

/** The same for the same number everywhere, and no way back to it. */
export function fingerprintOf(number: string): string {
  return createHash("sha256").update(`sandbox:${number}`).digest("base64url").replaceAll(/[-_]/g, "x").slice(0, 16);
}

const banks: readonly TestBank[] = [
  { token: "pm_usBankAccount_success", last4: "6789", settles: "succeeded" },
  { token: "pm_usBankAccount_processing", last4: "6790", settles: "never" },
  { token: "pm_usBankAccount_insufficientFunds", last4: "2227", settles: "failed" },
  { token: "pm_usBankAccount_accountClosed", last4: "1113", settles: "failed" },
];

type Traits = Omit<TestCard, "number" | "tokens" | "brand" | "funding" | "country" | "authentication"> & {
  readonly brand?: string;
  readonly funding?: TestCard["funding"];
  readonly country?: string;
  readonly authentication?: Authentication;
};

function card(number: string, tokens: string, traits: Traits = {}): TestCard {
  return {
    brand: "visa",
    funding: "credit",
    country: "US",
    authentication: "never",
    ...traits,
    number,
    tokens: tokens.split(" "),
  };
}

const cards: readonly TestCard[] = [
  card("4242424242424242", "visa us"),
  card("4000056655665556", "visa_debit", { funding: "debit" }),
  card("5555555555554444", "mastercard", { brand: "mastercard" }),
  card("2223003122003222", "mastercard_2series", { brand: "mastercard" }),
  card("5200828282828210", "mastercard_debit", { brand: "mastercard", funding: "debit" }),
  card("5105105105105100", "mastercard_prepaid", { brand: "mastercard", funding: "prepaid" }),
  card("378282246310005", "amex amex_threeDSecureNotSupported", { brand: "amex" }),
  card("371449635398431", "amex_second", { brand: "amex" }),
  card("6011111111111117", "discover", { brand: "discover" }),
  card("6011000990139424", "discover_second", { brand: "discover" }),
  card("3056930009020004", "diners", { brand: "diners" }),
  card("36227206271667", "diners_14digits", { brand: "diners" }),
  card("3566002020360505", "jcb", { brand: "jcb" }),
  card("6200000000000005", "unionpay", { brand: "unionpay" }),
  card("4000004100000005", "kr", { country: "KR" }),
  card("4000003920000003", "jp", { country: "JP" }),
  card("4000008260000000", "gb", { country: "GB" }),
  card("4000002760000016", "de", { country: "DE" }),
  card("4000000000000077", "bypassPending"),
  card("4000003720000278", "bypassPendingInternational", { country: "IE" }),

  card("4000000000000002", "visa_chargeDeclined chargeDeclined", { decline: declineOf("generic_decline") }),
  card("4000000000009995", "visa_chargeDeclinedInsufficientFunds chargeDeclinedInsufficientFunds", {
    decline: declineOf("insufficient_funds"),
  }),
  card("4000000000009987", "visa_chargeDeclinedLostCard chargeDeclinedLostCard", { decline: declineOf("lost_card") }),
  card("4000000000009979", "visa_chargeDeclinedStolenCard chargeDeclinedStolenCard", {
    decline: declineOf("stolen_card"),
  }),
  card("4000000000000069", "chargeDeclinedExpiredCard visa_chargeDeclinedExpiredCard", {
    decline: declineOf("expired_card"),
  }),
  card("4000000000000127", "chargeDeclinedIncorrectCvc visa_chargeDeclinedIncorrectCvc", {
    decline: declineOf("incorrect_cvc"),
    isCvcWrong: true,
  }),
  card("4000000000000119", "chargeDeclinedProcessingError visa_chargeDeclinedProcessingError", {
    decline: declineOf("processing_error"),
  }),
  card("4000000000006975", "visa_chargeDeclinedVelocityLimitExceeded chargeDeclinedVelocityLimitExceeded", {
    decline: declineOf("card_velocity_exceeded"),
  }),
  card("4000000000000341", "chargeCustomerFail", { decline: declineOf("generic_decline") }),
  card("4100000000000019", "radarBlock chargeDeclinedFraudulent", { decline: declineOf("fraudulent") }),
  card("4000000000004954", "riskLevelHighest"),
  card("4000000000009235", "riskLevelElevated"),
  card("4000000000000101", "cvcCheckFail", { isCvcWrong: true }),

  card("4000000000000259", "createDispute", { dispute: { reason: "fraudulent", isInquiry: false } }),
  card("4000000000002685", "createDisputeProductNotReceived", {
    dispute: { reason: "product_not_received", isInquiry: false },
  }),
  card("4000000000001976", "createDisputeInquiry", { dispute: { reason: "fraudulent", isInquiry: true } }),
  card("4000000000007726", "pendingRefund", { refund: "pending" }),
  card("4000000000005126", "refundFail", { refund: "fails_later" }),

  card("4000002500003155", "authenticationRequiredOnSetup", { authentication: "unless_set_up" }),
  card("4000002760003184", "authenticationRequired", { authentication: "always" }),
  card("4000003800000446", "authenticationRequiredSetupForOffSession", { authentication: "on_session" }),
  card("4000008260003178", "authenticationRequiredChargeDeclinedInsufficientFunds", {
    authentication: "always",
    decline: declineOf("insufficient_funds"),
  }),
  card("4000000000003220", "threeDSecure2Required threeDSecureRequired", { authentication: "always" }),
  card("4000000000003063", "threeDSecureRequired_v1", { authentication: "always" }),
  card("4000008400001629", "threeDSecureRequiredChargeDeclined", {
    authentication: "always",
    decline: declineOf("generic_decline"),
  }),
  card("4000008400001280", "threeDSecureRequiredProcessingError", { decline: declineOf("generic_decline") }),
  card("4000000000003055", "threeDSecureOptional"),
  card("4000000000003097", "threeDSecureOptionalProcessingError"),
];

const byNumber = new Map(cards.map((entry) => [entry.number, entry]));
const byToken = new Map(cards.flatMap((entry) => entry.tokens.map((token) => [token, entry] as const)));
const byFingerprint = new Map(cards.map((entry) => [fingerprintOf(entry.number), entry]));
