import type { PaymentIntent, PaymentMethod } from "./objects.ts";

export type ApiErrorType = "api_error" | "card_error" | "idempotency_error" | "invalid_request_error";

/** What Stripe puts under `error`. */
export type ApiError = {
  readonly type: ApiErrorType;
  readonly message: string;
  readonly code?: string;
  readonly decline_code?: string;
  readonly param?: string;
  readonly charge?: string;
  readonly doc_url?: string;
  readonly payment_intent?: PaymentIntent;
  readonly payment_method?: PaymentMethod;
};

/**
 * A request that Stripe turns down. `hasBegun` says whether the endpoint had begun its work: only then does the
 * idempotency layer keep the answer (https://docs.stripe.com/api/idempotent_requests).
 */
export type Refusal = {
  readonly kind: "refused";
  readonly status: number;
  readonly hasBegun: boolean;
  readonly error: ApiError;
};

/** A parameter that is wrong before anything has begun. */
export function invalidParam(param: string, message: string, code?: string): Refusal {
  const error = {
    type: "invalid_request_error" as const,
    message,
    param,
    ...(code === undefined ? {} : { code, doc_url: docUrl(code) }),
  };
  return { kind: "refused", status: 400, hasBegun: false, error };
}

export function missingParam(param: string): Refusal {
  return invalidParam(param, `Missing required param: ${param}.`, "parameter_missing");
}

export function unknownParam(param: string): Refusal {
  return invalidParam(param, `Received unknown parameter: ${param}`, "parameter_unknown");
}

/** `noun` as Stripe writes it: payment_intent, PaymentMethod, customer, charge … */
export function noSuch(noun: string, id: string, param = "id"): Refusal {
  const code = "resource_missing";
  // An id in the path is not found; an id among the parameters makes the request a bad one.
  const status = param === "id" || param === "intent" ? 404 : 400;
  return {
    kind: "refused",
    status,
    hasBegun: false,
    error: { type: "invalid_request_error", code, doc_url: docUrl(code), message: `No such ${noun}: '${id}'`, param },
  };
}

/** The object is not in a state that allows this. Work had begun: the same key gives the same answer. */
export function wrongState(message: string, code: string, extra: Partial<ApiError> = {}): Refusal {
  return {
    kind: "refused",
    status: 400,
    hasBegun: true,
    error: { type: "invalid_request_error", code, doc_url: docUrl(code), message, ...extra },
  };
}

/** The bank or the card said no: HTTP 402. */
export function cardRefused(error: Omit<ApiError, "type">): Refusal {
  return { kind: "refused", status: 402, hasBegun: true, error: { type: "card_error", ...error } };
}

export function refusal(status: number, error: ApiError): Refusal {
  return { kind: "refused", status, hasBegun: false, error };
}

export function docUrl(code: string): string {
  return `https://docs.stripe.com/error-codes#${code.replaceAll("_", "-")}`;
}
