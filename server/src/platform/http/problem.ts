import { errors, type ErrorCode } from "@muse/contracts/error";

/** What a failure may tell beside its code: plain JSON, of ids, counts and amounts of ours. */
export type Details = { readonly [key: string]: Json };
type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export type ProblemOptions = {
  /** The field of the request that is wrong: `items[2].quantity`. */
  readonly field?: string;
  readonly details?: Details;
  /** Instead of the code's own sentence, where a more exact one helps. Never holds what was sent. */
  readonly message?: { readonly en: string; readonly ko: string };
  /** For 429, 409 and 503; one second where it is not given. */
  readonly retryAfterS?: number;
};

/** A refusal that the contract names. A handler returns it; the route turns it into the error envelope. */
export class Problem<Code extends ErrorCode = ErrorCode> {
  readonly code: Code;
  readonly options: ProblemOptions;
  constructor(code: Code, options: ProblemOptions) {
    this.code = code;
    this.options = options;
  }
  get status(): number {
    return errors[this.code].status;
  }
}

/** `return problem("cart_empty")`. The route must list the code in its `errors`, or it does not compile. */
export function problem<const Code extends ErrorCode>(code: Code, options: ProblemOptions = {}): Problem<Code> {
  return new Problem(code, options);
}

/** A handler's data with something beside it: another status, a sentence for people, headers. */
export class Answer<Data, Status extends SuccessStatus = SuccessStatus> {
  readonly data: Data;
  readonly options: AnswerOptions<Status>;
  constructor(data: Data, options: AnswerOptions<Status>) {
    this.data = data;
    this.options = options;
  }
}

/** How JSON may say that it worked. */
export type SuccessStatus = 200 | 201 | 202;

export type AnswerOptions<Status extends SuccessStatus = SuccessStatus> = {
  /** 200 where none is given. The route must list it in its `statuses`, or it does not compile. */
  readonly status?: Status;
  readonly message?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** `return answer(cart, { headers: { etag: … } })`; plain data does where nothing is beside it. */
export function answer<Data, const Status extends SuccessStatus = 200>(
  data: Data,
  options: AnswerOptions<Status>,
): Answer<Data, Status> {
  return new Answer(data, options);
}

/** For what cannot return: hooks, parsers and callbacks deep inside Fastify. Handlers return `problem(…)` instead. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly problem: Problem;
  constructor(refused: Problem, options?: ErrorOptions) {
    super(refused.code, options);
    this.problem = refused;
  }
}
