import { toWire } from "#kernel/money.ts";
import { problem } from "#platform/http/problem.ts";
import type { Placed } from "./place-session.ts";

/** Why nothing was charged, or not yet, as the contract says it. */
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
  currency_not_supported: "currency_not_supported",
  amount_too_small: "amount_too_small",
} as const;
