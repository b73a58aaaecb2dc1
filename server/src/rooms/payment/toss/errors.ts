/**
 * What a refusal by Toss proves. `declined`: the payer's means said no, and this payment is over. `configuration`: our
 * keys are wrong, nobody was charged, and a person has to see to it. `expired`: the payment's time to be confirmed is
 * over. `unknown`: anything else, and every code we do not know: the payment is read before anything is believed.
 */
export type TossErrorKind = "declined" | "configuration" | "expired" | "unknown";

export type TossError = {
  readonly kind: TossErrorKind;
  /** Null: no answer came. */
  readonly status: number | null;
  readonly code: string;
};

/** @see https://docs.tosspayments.com/reference/error-codes */
export function tossError(status: number | null, code: string): TossError {
  return { kind: kindOf(status, code), status, code };
}

function kindOf(status: number | null, code: string): TossErrorKind {
  // A server that failed may have acted first, whatever it calls its failure.
  if (status === null || status >= 500 || status === 409 || status === 429) return "unknown";
  if (configurationCodes.has(code)) return "configuration";
  if (code === "NOT_FOUND_PAYMENT_SESSION") return "expired";
  return declinedCode.test(code) ? "declined" : "unknown";
}

const configurationCodes: ReadonlySet<string> = new Set([
  "UNAUTHORIZED_KEY",
  "INVALID_API_KEY",
  "INVALID_IDEMPOTENCY_KEY",
  "INCORRECT_BASIC_AUTH_FORMAT",
]);

const declinedCode = /^(REJECT_\w+|INVALID_\w*CARD\w*|EXCEED_\w+|FDS_ERROR|BELOW_MINIMUM_AMOUNT)$/;
