import {
  CartCheckout,
  CartCheckoutBody,
  CreatedPayment,
  CreatePaymentBody,
  type MarketplaceOrder,
} from "@muse/contracts/marketplace";
import type { Language } from "@muse/contracts/error";
import type { z } from "zod";
import { assert, must } from "#kernel/assert.ts";
import { formatMinor, isCurrency, toWire } from "#kernel/money.ts";
import { answer } from "#platform/http/problem.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { customerName as nameCustomer, paymentOf, type PaymentOfRow } from "./checkout.sql.gen.ts";
import { openPayment, type OpenInput } from "./open-payment.ts";
import type { PlaceDeps } from "./place-session.ts";
import { placeCodes, placeProblem, startCodes, startProblem } from "./refusals.ts";

const tags = ["Marketplace"] as const;
const errors = [...startCodes, ...placeCodes] as const;

/** Enough for a shopper who comes back to a product; each may make an intent at the provider. */
const limits = [
  { per: "account", windowS: 60, countMax: 60 },
  { per: "address", windowS: 60, countMax: 600 },
] as const;

/** The marketplace's older way to buy: the same checkout, whose payment the browser confirms. */
export function marketplaceRoutes(http: HttpServer, deps: PlaceDeps): void {
  route(
    http,
    {
      method: "POST",
      url: "/api/payments/create",
      summary: "Buy one digital product",
      description:
        "Answers its order, and the client secret with which the browser confirms the payment. Asking again gives the same. In won there is no secret: TossPayments' window is opened with `paymentId` as its order id, and `POST /api/payments/toss/confirm` pays.",
      tags,
      auth: "creates_account",
      isUnderWay: true,
      body: CreatePaymentBody,
      reply: CreatedPayment,
      statuses: [201],
      errors,
      idempotent: "phased",
      limits,
    },
    async ({ account, body, claimKey, language }) => {
      const productIds = [body.productId];
      const opened = await checkOut(deps, { ...account, ...body, productIds, claimKey, locale: language });
      if (!("payment" in opened)) return opened;
      const shown = presentCheckout(opened, language);
      const order = must(shown.orders[0], "payments/create: one product, one order");
      return answer({ ...shown, orderId: order.orderId, order }, { status: 201 });
    },
  );
  route(
    http,
    {
      method: "POST",
      url: "/api/cart/checkout",
      summary: "Buy digital products together",
      description:
        "One order per product, one payment, which the browser confirms with the client secret. The catalogue's prices count, not those sent. In won `provider` is `toss`: its window is opened with `paymentId` as the order id, and `POST /api/payments/toss/confirm` pays.",
      tags,
      auth: "creates_account",
      isUnderWay: true,
      body: CartCheckoutBody,
      reply: CartCheckout,
      statuses: [201],
      errors,
      idempotent: "phased",
      limits,
    },
    async ({ account, body, claimKey, language }) => {
      const productIds = body.items.map(({ id }) => id);
      const opened = await checkOut(deps, { ...account, ...body, productIds, claimKey, locale: language });
      return "payment" in opened ? answer(presentCheckout(opened, language), { status: 201 }) : opened;
    },
  );
}

type Wish = OpenInput & { readonly customerName?: string | undefined };
type Opened = { readonly sessionId: string; readonly tossOrderId: string | null; readonly payment: PaymentOfRow };

async function checkOut(deps: PlaceDeps, { customerName, ...wish }: Wish) {
  const opened = await openPayment(deps, wish, async (sessionId) => {
    if (customerName !== undefined) await nameCustomer(deps.db, { sessionId, ...wish, customerName });
  });
  switch (opened.kind) {
    case "not_started":
      return startProblem(opened.why);
    case "not_placed":
      return placeProblem(opened.why);
    case "open": {
      const { sessionId, tossOrderId } = opened;
      const payment = must(await paymentOf(deps.db, { sessionId, ...wish }), "an open payment is its shopper's");
      return { sessionId, tossOrderId, payment };
    }
  }
}

function presentCheckout(
  { sessionId, tossOrderId, payment }: Opened,
  language: Language,
): z.output<typeof CartCheckout> {
  const { currency } = payment;
  assert(isCurrency(currency), "a payment is in a currency of ours");
  const orders = payment.orders as readonly OrderOfPayment[];
  return {
    checkoutSessionId: sessionId,
    orders: orders.map(({ totalMinor, sellerId, sellerName, ...order }) => ({
      ...order,
      seller: { id: sellerId, name: sellerName },
      amount: totalMinor,
      amountDisplay: formatMinor(BigInt(totalMinor), currency, language),
      currency,
    })),
    paymentId: tossOrderId ?? must(payment.paymentId, "an intent is a payment's"),
    provider: tossOrderId === null ? "stripe" : "toss",
    clientSecret: tossOrderId === null ? payment.clientSecret : null,
    amount: toWire(payment.amountMinor),
    currency,
  };
}

/** One order as `paymentOf` writes it. */
type OrderOfPayment = Pick<
  z.output<typeof MarketplaceOrder>,
  "orderId" | "productId" | "title" | "status" | "paymentStatus"
> & { readonly sellerId: string | null; readonly sellerName: string; readonly totalMinor: number };
