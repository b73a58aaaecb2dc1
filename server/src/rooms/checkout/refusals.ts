import { toWire } from "#kernel/money.ts";
import { problem, type Details } from "#platform/http/problem.ts";
import type { Placed } from "./place-session.ts";
import type { StartedSession } from "./session-commands.ts";

/** Why no session is begun. */
export const startCodes = [
  "cart_empty",
  "mixed_currency",
  "product_not_found",
  "product_unavailable",
  "out_of_stock",
  "already_purchased",
  "self_purchase",
  "payment_in_progress",
  "shipping_address_required",
] as const;

/** Why nothing is charged, or not yet. */
export const placeCodes = [
  "session_not_found",
  "session_expired",
  "session_cancelled",
  "shipping_address_required",
  "price_changed",
  "payment_method_required",
  "payment_method_invalid",
  "already_purchased",
  "product_unavailable",
  "out_of_stock",
  "payment_in_progress",
  "currency_not_supported",
  "amount_too_small",
  "self_purchase",
  "payment_declined",
  "payment_action_required",
  "payment_provider_unavailable",
  "rate_limited",
] as const;

/** What stands in the way is named, item by item. */
export function startProblem({ kind, items }: Exclude<StartedSession, { kind: "started" | "existing" }>) {
  return problem(kind, items === null ? {} : { details: { items: items as Details[string] } });
}

export function placeProblem(placed: Exclude<Placed, { kind: "placing" }>) {
  switch (placed.kind) {
    case "action_required":
      return problem("payment_action_required", {
        details: { clientSecret: placed.clientSecret, actionUrl: placed.actionUrl },
      });
    case "declined":
      return problem("payment_declined", { details: { declineCode: placed.declineCode, providerCode: placed.code } });
    case "price_changed":
      return problem("price_changed", { details: { totalCents: toWire(placed.totalMinor) } });
    case "payment_provider_unavailable":
      return problem("payment_provider_unavailable", { retryAfterS: 2 });
    default:
      return problem(codeOfRefusal[placed.kind]);
  }
}

const codeOfRefusal = {
  not_found: "session_not_found",
  expired: "session_expired",
  cancelled: "session_cancelled",
  shipping_address_required: "shipping_address_required",
  payment_method_required: "payment_method_required",
  payment_method_invalid: "payment_method_invalid",
  already_purchased: "already_purchased",
  product_unavailable: "product_unavailable",
  out_of_stock: "out_of_stock",
  payment_in_progress: "payment_in_progress",
  currency_not_supported: "currency_not_supported",
  amount_too_small: "amount_too_small",
  self_purchase: "self_purchase",
} as const;
