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
  readonly limits?: readonly unknown[];
};

/** What Fastify validates a route's requests with, and what the reference says of it. */
export function documented(spec: Documented) {
  const body = spec.body ?? (spec.method === "GET" || spec.rawBody === true ? undefined : nothing);
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
  if (spec.reply !== undefined) return { 200: success(spec.reply).describe("It worked.") };
  const content = (spec.produces ?? []).map((type) => [type, { schema: z.string() }] as const);
  return { 200: { description: "It worked.", content: Object.fromEntries(content) } };
}

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
  const hasInput = spec.body !== undefined || spec.query !== undefined;
  return [
    ...(hasInput ? (["request_invalid", "unknown_field"] as const) : []),
    ...(spec.body === undefined ? [] : (["body_too_large", "unsupported_media_type", "card_number_refused"] as const)),
    ...(isOpen(spec.auth) ? [] : (["not_signed_in"] as const)),
    ...(isOpen(spec.auth) || spec.auth === "shopper" || spec.auth === "signed_in"
      ? []
      : (["role_missing", "two_factor_required"] as const)),
    ...(spec.idempotent === undefined
      ? []
      : (["idempotency_key_invalid", "idempotency_key_reused", "idempotency_in_progress"] as const)),
    ...(isLimited(spec) ? (["rate_limited"] as const) : []),
    "internal",
    "overloaded",
  ];
}

/** Event streams are, each caller's by number. */
function isLimited({ auth, limits, produces }: Documented): boolean {
  return auth === "creates_account" || limits !== undefined || produces?.includes("text/event-stream") === true;
}

function isOpen(auth: Auth): boolean {
  return auth === "none" || auth === "anonymous_ok" || auth === "creates_account";
}
