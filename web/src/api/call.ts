import { ApiError, type ApiFailure } from "./error.ts";

type Answer<Data> = {
  readonly data?: { readonly success: boolean; readonly data: Data } | undefined;
  readonly error?: unknown;
  readonly response: Response;
};

/**
 * The data of an answer, out of its envelope.
 *
 *     const cart = await call(api.GET("/api/v1/cart"));
 *
 * @throws ApiError for everything that is no success, no answer at all included
 */
export async function call<Data>(request: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await request.catch((cause: unknown) => {
    if (cause instanceof Error && cause.name === "AbortError") throw cause;
    throw unanswered(cause);
  });
  if (data !== undefined && response.ok && "data" in data) return data.data;
  throw failureOf(error, response);
}

function unanswered(cause: unknown): ApiError {
  const isOffline = typeof navigator !== "undefined" && navigator.onLine === false;
  return new ApiError({ ...nothingSaid, code: isOffline ? "offline" : "unreachable" }, { cause });
}

function failureOf(body: unknown, response: Response): ApiError {
  const retryAfter = Number(response.headers.get("retry-after") ?? Number.NaN);
  const retryAfterS = Number.isFinite(retryAfter) ? retryAfter : undefined;
  const said = isEnvelope(body) ? body.error : undefined;
  // A proxy's own page about an API that is gone.
  if (said === undefined) return new ApiError({ ...nothingSaid, code: "unreachable", retryAfterS });
  return new ApiError({ ...nothingSaid, ...said, status: response.status, retryAfterS });
}

const nothingSaid = {
  message: "",
  status: 0,
  field: undefined,
  details: undefined,
  requestId: undefined,
  retryAfterS: undefined,
} as const;

type Envelope = { readonly error: Pick<ApiFailure, "code" | "message"> & Partial<ApiFailure> };

function isEnvelope(body: unknown): body is Envelope {
  return typeof body === "object" && body !== null && "error" in body && hasCode(body.error);
}

function hasCode(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && "message" in error;
}
