import { encodeForm, type FormFields } from "./form.ts";
import { errorWords, type Language } from "./words.ts";

/** An error as Stripe.js hands it to a page. */
export type ApiError = {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly decline_code?: string;
  readonly param?: string;
  readonly payment_intent?: IntentSeen;
};

/** What a browser sees of a payment intent. */
export type IntentSeen = {
  readonly id: string;
  readonly object: "payment_intent";
  readonly client_secret: string;
  readonly status: string;
  readonly amount: number;
  readonly currency: string;
  readonly last_payment_error: ApiError | null;
  readonly next_action: {
    readonly type: string;
    readonly redirect_to_url?: { readonly url: string; readonly return_url: string };
    readonly use_stripe_sdk?: { readonly stripe_js: string };
  } | null;
};

export type ApiAnswer<T> = { readonly body: T } | { readonly error: ApiError };

export type ApiCall = {
  /** Where the API is; "" for the frame's own origin. */
  readonly origin: string;
  readonly key: string;
  readonly language: Language;
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly params: FormFields;
};

/** Calls Stripe's API with the publishable key. Never rejects: a lost connection is an `api_connection_error`. */
export async function callApi<T>(call: ApiCall): Promise<ApiAnswer<T>> {
  const form = encodeForm(call.params);
  const isGet = call.method === "GET";
  try {
    const response = await fetch(`${call.origin}${call.path}${isGet && form !== "" ? `?${form}` : ""}`, {
      method: call.method,
      credentials: "omit",
      headers: { authorization: `Bearer ${call.key}`, "content-type": "application/x-www-form-urlencoded" },
      ...(isGet ? {} : { body: form }),
    });
    const body = (await response.json()) as T | { readonly error: ApiError };
    return isRefused(body) ? { error: inWordsOf(call.language, body.error) } : { body };
  } catch {
    return { error: connectionError(call.language) };
  }
}

export function connectionError(language: Language): ApiError {
  return { type: "api_connection_error", message: errorWords(language, "api_connection_error") ?? "" };
}

/** The API speaks English; what a shopper may read is said in the page's language. */
export function inWordsOf(language: Language, error: ApiError): ApiError {
  const message = errorWords(language, error.decline_code) ?? errorWords(language, error.code) ?? error.message;
  return { ...error, message };
}

function isRefused(body: unknown): body is { readonly error: ApiError } {
  return typeof body === "object" && body !== null && "error" in body && typeof body.error === "object";
}
