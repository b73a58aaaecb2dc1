import type { FastifyRequest } from "fastify";

import type { AcceptOutcome, Order, OrderRequest } from "../order.ts";
import { driftPercentOf, isFaulted } from "../retail.ts";
import { sendOrderMail } from "./order-mail.ts";
import type { Quote } from "./quote.ts";
import type { Shop } from "./shop.ts";
import { token, type ShopSession, type Visit } from "./shop-session.ts";

export type PlaceOutcome =
  | { readonly kind: "placed"; readonly order: Order }
  /** The same button, pressed again. */
  | { readonly kind: "placed_before"; readonly number: string }
  /** The page was of a cart that is no more, or a step is missing. */
  | { readonly kind: "stale" }
  | { readonly kind: "sold_out"; readonly sku: string }
  | { readonly kind: "price_changed" | "not_served" };

type Pressed = {
  /** What the review page gave with its button. */
  readonly key: string;
  /** What the review page said that it comes to, in cents. */
  readonly totalCents: number;
};

const placedMax = 10;

/**
 * The moment that an order is made, for all three shops: once per key, at the total that the visitor was shown, or not
 * at all. Whatever happens to the answer afterwards, the order stands.
 */
export function placeOrder(
  shop: Shop,
  request: FastifyRequest,
  session: ShopSession,
  quote: Quote,
  pressed: Pressed,
): PlaceOutcome {
  const visit = session.read();
  const before = visit.placed.find(({ key }) => key === pressed.key);
  if (before !== undefined) return { kind: "placed_before", number: before.number };
  const wanted = wantedOf(shop, visit, quote);
  if (pressed.key !== visit.orderKey || wanted === undefined) return { kind: "stale" };
  if (isFaulted(shop.retail, request, "out_of_stock")) return { kind: "sold_out", sku: visit.cart[0]?.sku ?? "" };
  const driftPercent = driftPercentOf(shop.retail, request);
  if (driftPercent !== 0) session.change({ driftPercent });
  if (driftPercent !== 0 || pressed.totalCents !== quote.totalCents) return { kind: "price_changed" };

  const outcome = shop.retail.world.atomically(() => {
    const accepted = shop.retail.orders.accept(wanted);
    if (accepted.kind === "accepted") forgetCart(session, accepted.order.number);
    return accepted;
  });
  if (outcome.kind === "accepted") sendOrderMail(shop, outcome.order, "received");
  return toPlaced(outcome);
}

/** The whole of what was asked for, or undefined while a step is missing. */
function wantedOf(shop: Shop, visit: Visit, quote: Quote): OrderRequest | undefined {
  const { cart, shipTo, shippingOptionId, payment } = visit;
  if (cart.length === 0 || shipTo === null || shippingOptionId === null || payment === null) return undefined;
  return {
    slug: shop.slug,
    reference: visit.reference,
    checkoutId: visit.orderKey,
    lines: cart,
    shipTo,
    email: visit.email,
    accountId: visit.accountId,
    shippingOptionId,
    expectedTotalCents: quote.totalCents,
    driftPercent: visit.driftPercent,
    discountBp: quote.discountBp,
    taxBp: quote.taxBp,
  };
}

function toPlaced(outcome: AcceptOutcome): PlaceOutcome {
  switch (outcome.kind) {
    case "accepted":
      return { kind: "placed", order: outcome.order };
    case "out_of_stock":
    case "unknown_sku":
      return { kind: "sold_out", sku: outcome.sku };
    case "price_changed":
      return { kind: "price_changed" };
    default:
      return { kind: "not_served" };
  }
}

/** The cart is gone; where its goods went stays known, so that the next visit's form begins filled. */
function forgetCart(session: ShopSession, number: string): void {
  const { orderKey, placed } = session.read();
  session.change({
    cart: [],
    coupon: null,
    reference: "",
    payment: null,
    shippingOptionId: null,
    driftPercent: 0,
    queue: null,
    isPastDoor: false,
    orderKey: token(),
    placed: [{ key: orderKey, number }, ...placed].slice(0, placedMax),
  });
}
