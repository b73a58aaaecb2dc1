import type { ErrorCode, Language } from "@muse/contracts/error";
import { errors } from "@muse/contracts/error";
import { must } from "#kernel/assert.ts";
import { problem, type Details, type Problem } from "#platform/http/problem.ts";
import type { BatchItemResult, BatchWritten } from "./add-batch.ts";
import type { CartRefusal, CartRefusalKind } from "./written.ts";

/** Each refusal's code on the wire. */
const codes = {
  version_conflict: "precondition_failed",
  item_not_found: "cart_item_not_found",
  product_not_found: "product_not_found",
  product_url_unknown: "product_url_unknown",
  variant_required: "variant_required",
  product_unavailable: "product_unavailable",
  quantity_limit: "quantity_limit",
  cart_full: "cart_full",
} as const satisfies Record<CartRefusalKind, ErrorCode>;

export type CartErrorCode = (typeof codes)[CartRefusalKind];

/** For a route's `errors`: what any change of a cart may be refused with. */
export const changeErrors = [
  "precondition_failed",
  "cart_item_not_found",
  "product_not_found",
  "product_unavailable",
  "quantity_limit",
] as const;
export const addErrors = [
  "precondition_failed",
  "product_not_found",
  "product_url_unknown",
  "variant_required",
  "product_unavailable",
  "quantity_limit",
  "cart_full",
] as const;

/**
 * A refused change, with the cart's version where that is the point, and with what the caller can choose instead.
 *
 * @param named the route's `errors`: what the command refuses with is one of them
 */
export function refusalProblem<const Code extends CartErrorCode>(
  { kind, version, detail }: CartRefusal,
  named: readonly Code[],
): Problem<Code> {
  const details = kind === "version_conflict" ? { version } : (detail as Details | null);
  return problem(namedCode(kind, named), details === null ? {} : { details });
}

function namedCode<Code extends CartErrorCode>(kind: CartRefusalKind, named: readonly Code[]): Code {
  return must(
    named.find((code) => code === codes[kind]),
    `${kind} is a refusal that the route names`,
  );
}

/** A batch of which nothing was added: the first refusal's code, and all of them in the details. */
export function batchProblem(
  refused: Exclude<BatchWritten, { kind: "done" }>,
  language: Language,
): Problem<(typeof addErrors)[number]> {
  if (refused.kind === "version_conflict") return refusalProblem(refused, addErrors);
  const first = refused.results.findIndex(({ outcome }) => outcome !== "done");
  const items = refused.results.flatMap((result, index) => {
    const error = itemError(result, language);
    return error === null
      ? []
      : [
          {
            index,
            code: error.code,
            message: error.message,
            ...(error.details === null ? {} : { details: error.details }),
          },
        ];
  });
  return problem(namedCode(refused.kind, addErrors), { field: `items[${first}]`, details: { items } });
}

export type ItemError = { readonly code: CartErrorCode; readonly message: string; readonly details: Details | null };

/** How one item of a batch was refused; null when it was not. */
export function itemError({ outcome, detail }: BatchItemResult, language: Language): ItemError | null {
  if (outcome === "done") return null;
  const code = codes[outcome];
  return { code, message: errors[code].message[language], details: detail as Details | null };
}
