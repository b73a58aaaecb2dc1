import type { Account } from "./account.ts";
import { invalidParam, noSuch, type Refusal } from "./refusal.ts";
import type { Objects, ObjectType } from "./objects.ts";
import type { Params } from "./params.ts";

/** One request on its way through a handler. */
export type Call = {
  readonly account: Account;
  readonly params: Params;
  /** The `:id` of the path, or "". */
  readonly id: string;
  /** Where the caller sees this sandbox: `http://127.0.0.1:4100`. */
  readonly origin: string;
  readonly endpoint: string;
  /** The publishable key may only act with an intent's client secret. */
  readonly isPublishable: boolean;
  /** The `Stripe-Version` asked for. */
  readonly version: string;
  /** What fault rules with a `match` are searched in. */
  readonly text: () => string;
};

export type Answer = { readonly kind: "ok"; readonly body: object };

/** One endpoint of `/v1`. Handlers are synchronous: each runs as one transaction and nothing can come between. */
export type Route = {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  readonly endpoint: string;
  /** The parameters it knows, besides `expand`. */
  readonly allowed: readonly string[];
  readonly isOpenToPublishable?: boolean;
  /** What it answers, for `expand[]`. */
  readonly answers?: ObjectType;
  readonly isList?: boolean;
  readonly handle: (call: Call) => Answer | Refusal;
};

export function ok(body: object): Answer {
  return { kind: "ok", body };
}

const listParams: readonly string[] = ["limit", "starting_after", "ending_before", "created"];

export type ListSpec<T extends ObjectType> = {
  readonly type: T;
  readonly url: string;
  readonly parent?: string | undefined;
  readonly where?: ((object: Objects[T]) => boolean) | undefined;
};

/** The parameters of a list: the usual four and its own. */
export function listAllows(...own: readonly string[]): readonly string[] {
  return [...listParams, ...own];
}

/** One page of a list, newest first: `limit`, `starting_after` or `ending_before`, `created`. */
export function listPage<T extends ObjectType>(call: Call, spec: ListSpec<T>): Answer | Refusal {
  const { store } = call.account;
  const range = readPageRange(call, (id) => store.seqOf(spec.type, id), spec.type);
  if ("kind" in range) return range;
  const { limit, isCreatedWithin, isForward } = range;
  const where = (object: Objects[T]): boolean => isCreatedWithin(object.created) && (spec.where?.(object) ?? true);
  const found = store.scan(spec.type, {
    parent: spec.parent,
    limit: limit + 1,
    where,
    ...(isForward ? { afterSeq: range.afterSeq } : { beforeSeq: range.beforeSeq }),
  });
  const page = found.slice(0, limit);
  return ok({
    object: "list",
    data: isForward ? page.toReversed() : page,
    has_more: found.length > limit,
    url: spec.url,
  });
}

export type PageRange = {
  readonly limit: number;
  readonly beforeSeq?: number;
  readonly afterSeq?: number;
  readonly isForward: boolean;
  readonly isCreatedWithin: (seconds: number) => boolean;
};

/** Reads the paging parameters; `seqOf` turns a cursor's id into its place. */
export function readPageRange(
  call: Call,
  seqOf: (id: string) => number | undefined,
  noun: string,
): PageRange | Refusal {
  const { params } = call;
  const limit = params.integer("limit", 1) ?? 10;
  const after = params.text("starting_after");
  const before = params.text("ending_before");
  const isCreatedWithin = readCreated(params);
  const problem = params.problem();
  if (problem !== undefined) return problem;
  if (limit > 100)
    return invalidParam("limit", "This value must be less than or equal to 100.", "parameter_invalid_integer");
  if (after !== undefined && before !== undefined) {
    return invalidParam(
      "ending_before",
      "You may only specify one of these parameters: ending_before, starting_after.",
    );
  }
  const cursor = after ?? before;
  if (cursor === undefined) return { limit, isCreatedWithin, isForward: false };
  const seq = seqOf(cursor);
  if (seq === undefined) return noSuch(noun, cursor, after === undefined ? "ending_before" : "starting_after");
  return after === undefined
    ? { limit, isCreatedWithin, isForward: true, afterSeq: seq }
    : { limit, isCreatedWithin, isForward: false, beforeSeq: seq };
}

/** `created=…` or `created[gte]=…`; what is not a number limits nothing. */
function readCreated(params: Params): (seconds: number) => boolean {
  const given = params.tree["created"];
  if (given === undefined) return () => true;
  if (typeof given === "string") return (seconds) => seconds === Number(given);
  const bound = (name: string, otherwise: number): number =>
    typeof given[name] === "string" ? Number(given[name]) : otherwise;
  const [gt, gte, lt, lte] = [bound("gt", -1), bound("gte", 0), bound("lt", Infinity), bound("lte", Infinity)];
  return (seconds) => seconds > gt && seconds >= gte && seconds < lt && seconds <= lte;
}
