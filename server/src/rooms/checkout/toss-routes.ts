import { PlaceResult, SessionParams, EmptyBody, TossConfirmBody, TossOrder } from "@muse/contracts/checkout";
import { unreachable } from "#kernel/assert.ts";
import { formatMinor, fromWire, toWire } from "#kernel/money.ts";
import { problem } from "#platform/http/problem.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { confirmTossOrder } from "./confirm-toss-order.ts";
import { declineLimits } from "./limit-declines.ts";
import { openTossOrder } from "./open-toss-order.ts";
import { placeCodes, placeProblem } from "./refusals.ts";
import type { PlaceDeps } from "./place-session.ts";
import { presentPlacing } from "./present.ts";

const tags = ["Checkout"] as const;

/** Payments in won: what is on the button is kept, then its payer says yes in Toss's window, then Muse charges. */
export function tossRoutes(http: HttpServer, deps: PlaceDeps): void {
  openRoute(http);
  confirmRoute(http, deps);
}

function openRoute(http: HttpServer): void {
  route(
    http,
    {
      method: "POST",
      url: "/api/v1/checkout/sessions/:sessionId/toss",
      summary: "Begin a payment in won",
      description:
        "Keeps what is on the button and answers what TossPayments' window is opened with. Nothing is charged; each press may have an order of its own.",
      tags,
      auth: "shopper",
      isUnderWay: true,
      params: SessionParams,
      body: EmptyBody,
      reply: TossOrder,
      errors: [
        "session_not_found",
        "session_expired",
        "session_cancelled",
        "session_processing",
        "session_closed",
        "shipping_address_required",
        "currency_not_supported",
        "amount_too_small",
      ],
      idempotent: true,
      limits: [{ per: "account", windowS: 60, countMax: 60 }],
    },
    async ({ db, account, params, language }) => {
      const opened = await openTossOrder(db, { ...params, ...account, language });
      switch (opened.kind) {
        case "opened": {
          const { orderId, amountMinor, orderName } = opened;
          return {
            orderId,
            amountCents: toWire(amountMinor),
            amountDisplay: formatMinor(amountMinor, "KRW", language),
            currency: "KRW" as const,
            orderName,
          };
        }
        case "session_not_found":
        case "session_expired":
        case "session_cancelled":
        case "session_processing":
        case "session_closed":
        case "shipping_address_required":
        case "currency_not_supported":
        case "amount_too_small":
          return problem(opened.kind);
        default:
          return unreachable(opened);
      }
    },
  );
}

function confirmRoute(http: HttpServer, deps: PlaceDeps): void {
  const declines = declineLimits(deps.db, http.limiter.factor);
  route(
    http,
    {
      method: "POST",
      url: "/api/payments/toss/confirm",
      summary: "Charge a payment that its payer has agreed to at TossPayments",
      description:
        "Takes what Toss's redirect says. The amount kept when the window was opened decides; another one is refused before Toss is called. Repeating it never charges twice and tells the same outcome.",
      tags,
      auth: "shopper",
      isUnderWay: true,
      body: TossConfirmBody,
      reply: PlaceResult,
      errors: [...placeCodes, "payment_amount_mismatch"],
      idempotent: "phased",
      limits: [
        { per: "account", windowS: 60, countMax: 300 },
        { per: "address", windowS: 60, countMax: 3_000 },
      ],
    },
    async ({ account, body, claimKey, language, request }) => {
      const payer = { accountId: account.accountId, ip: request.ip };
      const retryAfterS = declines.waitS(payer);
      if (retryAfterS > 0) return problem("rate_limited", { retryAfterS });
      const { orderId, paymentKey, amount } = body;
      const placed = await confirmTossOrder(deps, {
        accountId: account.accountId,
        orderId,
        paymentKey,
        amountMinor: fromWire(amount),
        claimKey,
      });
      if (placed.kind === "declined") await declines.declined(payer);
      if (placed.kind === "amount_mismatch") return problem("payment_amount_mismatch");
      return placed.kind === "placing" ? presentPlacing(placed.state, language) : placeProblem(placed);
    },
  );
}
