import { OutboundError, type Http, type HttpRequest, type HttpResponse, type PlaceOutcome } from "./port.ts";
import { parseObject, type Json } from "./untrusted.ts";

/** What came of one exchange: the store's answer as JSON, or none. */
export type Exchange =
  | { readonly kind: "answered"; readonly status: number; readonly json: Json; readonly retryAfterMs: number | null }
  /** `submitted` is false only when the request cannot have reached the store. */
  | { readonly kind: "no_answer"; readonly submitted: boolean };

export type Unavailable = Extract<PlaceOutcome, { kind: "unavailable" }>;

/** Looking things up may take this long … */
export const readTimeoutMs = 10_000;
/**
 * … and accepting an order this long: stores that reserve stock and charge accounts are slow, and giving up costs a
 * look-up.
 */
export const submitTimeoutMs = 30_000;
const retryAfterMsMax = 3_600_000;

/** Sends JSON, reads JSON. An answer that is not a JSON object counts as an empty one: its status is all it says. */
export async function exchange(http: Http, request: HttpRequest): Promise<Exchange> {
  let response: HttpResponse;
  try {
    response = await http(request);
  } catch (cause) {
    if (cause instanceof OutboundError) return { kind: "no_answer", submitted: cause.submitted };
    throw cause;
  }
  const { status, headers, body } = response;
  return {
    kind: "answered",
    status,
    json: parseObject(body) ?? {},
    retryAfterMs: retryAfterOf(headers["retry-after"]),
  };
}

/** How a request that orders nothing failed: whatever it was, nothing has been submitted. */
export function unavailableBefore(step: string, result: Exchange): Unavailable {
  if (result.kind === "no_answer") {
    return { kind: "unavailable", reason: "unreachable", detail: `${step}: no answer`, retryAfterMs: null };
  }
  const { status, retryAfterMs } = result;
  const detail = `${step}: HTTP ${status}`;
  if (status === 429 || status === 503) return { kind: "unavailable", reason: "overloaded", detail, retryAfterMs };
  if (status === 401 || status === 403) return { kind: "unavailable", reason: "credentials", detail, retryAfterMs };
  return { kind: "unavailable", reason: "store_error", detail, retryAfterMs };
}

/** Worth the same to look-ups, cancellations and tracking, which have only one kind of "try again". */
export function unavailableDetail(
  step: string,
  result: Exchange,
): { readonly kind: "unavailable"; readonly detail: string } {
  return { kind: "unavailable", detail: unavailableBefore(step, result).detail };
}

/**
 * What is left of an answer to the submitting request once the connector has recognised all that it can prove. Without
 * a connection nothing was submitted; everything else may have been.
 */
export function unprovenSubmit(step: string, result: Exchange): PlaceOutcome {
  if (result.kind === "no_answer" && !result.submitted) return unavailableBefore(step, result);
  const said = result.kind === "no_answer" ? "no answer" : `HTTP ${result.status}`;
  return { kind: "unknown", detail: `${step}: ${said}` };
}

export type Answered = Extract<Exchange, { kind: "answered" }>;
/** The status is narrowed so that "no success" still means "answered otherwise, or not at all". */
export type Success = Answered & { readonly status: 200 | 201 | 202 | 204 };

export function isSuccess(result: Exchange): result is Success {
  return result.kind === "answered" && result.status >= 200 && result.status < 300;
}

function retryAfterOf(header: string | undefined): number | null {
  if (header === undefined || !/^\d{1,6}$/.test(header)) return null;
  return Math.min(Number(header) * 1000, retryAfterMsMax);
}
