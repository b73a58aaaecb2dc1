import type { ErrorCode } from "@muse/contracts/error";

/** What the browser or this server says when no answer of the API came: nobody was reached, or somebody else spoke. */
export type Unanswered = "offline" | "unreachable";

export type ApiFailure = {
  /** The closed list of contracts/, or why there was no answer. */
  readonly code: ErrorCode | Unanswered;
  /** For people, in the language the request asked for; empty where there was no answer. */
  readonly message: string;
  /** 0 where there was no answer. */
  readonly status: number;
  /** The body's field that is wrong. */
  readonly field: string | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;
  /** To be told to whoever looks into it. */
  readonly requestId: string | undefined;
  readonly retryAfterS: number | undefined;
};

/** The API refused, or could not be asked. Thrown by `call`; caught by a query, a mutation, or a page's error state. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly failure: ApiFailure;

  constructor(failure: ApiFailure, options?: ErrorOptions) {
    super(failure.message === "" ? failure.code : failure.message, options);
    this.failure = failure;
  }

  get code(): ApiFailure["code"] {
    return this.failure.code;
  }

  get status(): number {
    return this.failure.status;
  }
}

export function isApiError(error: unknown, ...codes: readonly ApiFailure["code"][]): error is ApiError {
  return error instanceof ApiError && (codes.length === 0 || codes.includes(error.code));
}

/** Whether asking the same again may help: nobody answered, or the API says that it has too much to do. */
export function isWorthRetrying(error: unknown): boolean {
  return !(error instanceof ApiError) || error.status === 0 || error.status >= 500;
}
