import { errors, type ErrorCode } from "@muse/contracts/error";
import { failureOf, success } from "@muse/contracts/envelope";
import { z } from "zod";
import type { Auth } from "./account.ts";

type Documented = {
  readonly method: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly auth: Auth;
  readonly params?: z.ZodType | undefined;
  readonly query?: z.ZodType | undefined;
  readonly body?: z.ZodType | undefined;
  readonly reply?: z.ZodType;
  readonly produces?: readonly string[];
  readonly errors: readonly ErrorCode[];
  readonly idempotent?: unknown;
  readonly rawBody?: boolean;
  readonly shownBody?: z.ZodType;
  readonly limits?: readonly unknown[];
  readonly statuses?: readonly number[];
  readonly publicForS?: number;
};

/** What Fastify validates a route's requests with, and what the reference says of it. */
export function documented(spec: Documented) {
  const isUnread = spec.method === "GET" || spec.rawBody === true || spec.shownBody !== undefined;
  const body = spec.body ?? (isUnread ? undefined : nothing);
  return {
    summary: spec.summary,
    ...(spec.description === undefined ? {} : { description: spec.description }),
    tags: [...spec.tags],
    // Who may call it, for readers and for the test that walks every route as everybody.
    "x-auth": spec.auth,
    ...(spec.params === undefined ? {} : { params: spec.params }),
    ...(spec.query === undefined ? {} : { querystring: spec.query }),
    ...(body === undefined ? {} : { body }),
    ...(spec.auth === "none" ? {} : { security: spec.auth === "anonymous_ok" ? [{}, ...signedIn] : signedIn }),
    response: { ...successOf(spec), ...failuresOf(spec) },
  };
}

/** A route that takes no body refuses one with fields in it, as every unknown field is refused. */
export const nothing = z.strictObject({}).nullish();

const signedIn = [{ cookie: [] }, { bearer: [] }];

function successOf(spec: Documented): Record<string, unknown> {
  const statuses = [...(spec.statuses ?? [200]), ...(spec.publicForS === undefined ? [] : [304])];
  return Object.fromEntries(statuses.map((status) => [status, answerOf(spec, status)] as const));
}

function answerOf({ reply, produces }: Documented, status: number): unknown {
  const description = worked[status] ?? "It worked.";
  if (empty.has(status)) return z.null().describe(description);
  if (reply !== undefined) return success(reply).describe(description);
  const content = (produces ?? []).map((type) => [type, { schema: z.string() }] as const);
  return { description, content: Object.fromEntries(content) };
}

const worked: { readonly [status: number]: string } = {
  201: "It worked: this is new.",
  202: "It is taken, and goes on.",
  204: "There is nothing more to tell.",
  206: "The part of it that was asked for.",
  302: "It worked: the way goes on at `Location`.",
  304: "It is still what the caller has.",
  416: "There is no such part of it.",
};

const empty: ReadonlySet<number> = new Set([204, 302, 304, 416]);

function failuresOf(spec: Documented): Record<string, unknown> {
  const byStatus = new Map<number, Set<ErrorCode>>();
  for (const code of [...spec.errors, ...inherent(spec)]) {
    const { status } = errors[code];
    byStatus.set(status, (byStatus.get(status) ?? new Set()).add(code));
  }
  const statuses = [...byStatus].map(([status, codes]) => {
    const says = [...codes].map((code) => `\`${code}\`: ${errors[code].message.en}`).join("\n\n");
    return [status, failureOf([...codes]).describe(says)] as const;
  });
  return Object.fromEntries(statuses);
}

/** What the HTTP layer itself may answer on such a route. */
function inherent(spec: Documented): ErrorCode[] {
  return [
    ...ofInput(spec),
    ...ofCaller(spec),
    ...(spec.idempotent === undefined
      ? []
      : (["idempotency_key_invalid", "idempotency_key_reused", "idempotency_in_progress"] as const)),
    ...(isLimited(spec) ? (["rate_limited"] as const) : []),
    "internal",
    "overloaded",
  ];
}

function ofInput({ method, rawBody, query, params }: Documented): ErrorCode[] {
  const isWrite = method !== "GET";
  // Where no body is wanted, one with fields in it is refused as well.
  const looksInside = isWrite && rawBody !== true;
  return [
    // Of any request, its path and its query are looked at for what cannot be kept and what must not be.
    ...(["request_invalid", "card_number_refused"] as const),
    ...(looksInside || query !== undefined ? (["unknown_field"] as const) : []),
    ...(isWrite ? (["body_too_large"] as const) : []),
    ...(looksInside ? (["unsupported_media_type"] as const) : []),
    // An id that is longer than any of ours does not come as far as the route.
    ...(params === undefined ? [] : (["not_found"] as const)),
  ];
}

function ofCaller({ method, auth }: Documented): ErrorCode[] {
  const needsRole = !isOpen(auth) && auth !== "shopper" && auth !== "signed_in";
  return [
    ...(method !== "GET" && auth !== "none" ? (["cross_site_refused"] as const) : []),
    ...(isOpen(auth) ? [] : (["not_signed_in"] as const)),
    ...(needsRole ? (["role_missing", "two_factor_required"] as const) : []),
  ];
}

/** Event streams are, each caller's by number. */
function isLimited({ auth, limits, produces }: Documented): boolean {
  return auth === "creates_account" || limits !== undefined || produces?.includes("text/event-stream") === true;
}

function isOpen(auth: Auth): boolean {
  return auth === "none" || auth === "anonymous_ok" || auth === "creates_account";
}
