import { shippingCents, type ShippingOption, type StoreSlug } from "./stores.ts";

export type ShipTo = {
  readonly name: string;
  readonly address1: string;
  readonly address2: string | null;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly country: string;
  readonly phone: string | null;
};

export type OrderLine = {
  readonly sku: string;
  readonly title: string;
  readonly quantity: number;
  readonly priceCents: number;
};

export type OrderStatus = "placed" | "confirmed" | "shipped" | "delivered" | "cancelled";

/** An order that a store accepted. Times are milliseconds since 1970; `reference` is the buyer's own number. */
export type Order = {
  readonly number: string;
  readonly slug: StoreSlug;
  readonly reference: string;
  /** The checkout session it came from, where the store has such a thing. */
  readonly checkoutId: string | null;
  readonly status: OrderStatus;
  readonly lines: readonly OrderLine[];
  readonly shipTo: ShipTo;
  readonly shippingOptionId: string;
  readonly subtotalCents: number;
  readonly discountCents: number;
  readonly shippingCents: number;
  readonly taxCents: number;
  /** Goods − discount + shipping + tax. */
  readonly totalCents: number;
  readonly email: string;
  /** The customer account it was ordered from, where the store has accounts and one was signed in. */
  readonly accountId: string | null;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly estimatedDelivery: string | null;
  readonly cancelReason: string | null;
  readonly placedAtMs: number;
  readonly confirmedAtMs: number | null;
  readonly shippedAtMs: number | null;
  readonly deliveredAtMs: number | null;
  readonly cancelledAtMs: number | null;
};

export type OrderRequest = {
  readonly slug: StoreSlug;
  readonly reference: string;
  readonly checkoutId: string | null;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  readonly shipTo: ShipTo;
  readonly email: string;
  readonly shippingOptionId: string;
  /**
   * The most that the buyer agreed to pay in all; null where a store does not ask. A lower total is nobody's
   * complaint.
   */
  readonly expectedTotalCents: number | null;
  /** What the cart earned, in basis points of the goods; 0 where there is none. */
  readonly discountBp?: number;
  /** Sales tax in basis points of the discounted goods; the partner APIs sell to a reseller, and so without it. */
  readonly taxBp?: number;
  readonly accountId?: string | null;
  /** What the order is rung up at: percent on top of the shelf's prices, 0 unless a fault says so. */
  readonly driftPercent: number;
};

export type AcceptOutcome =
  | { readonly kind: "accepted"; readonly order: Order }
  | { readonly kind: "unknown_sku" | "out_of_stock"; readonly sku: string }
  | { readonly kind: "unknown_shipping_option" | "address_not_served" }
  | { readonly kind: "price_changed"; readonly totalCents: number };

export type Sums = {
  readonly discountCents: number;
  readonly shippingCents: number;
  readonly taxCents: number;
  readonly totalCents: number;
};

type Goods = {
  readonly option: ShippingOption;
  readonly subtotalCents: number;
  readonly units: number;
  readonly discountBp: number;
  readonly taxBp: number;
};

/** The one sum of all stores: a cart, a review page and the book that takes the order add up alike. */
export function sumsOf({ option, subtotalCents, units, discountBp, taxBp }: Goods): Sums {
  const discountCents = Math.round((subtotalCents * discountBp) / 10_000);
  const goodsCents = subtotalCents - discountCents;
  const shipping = shippingCents(option, subtotalCents, units);
  const taxCents = Math.round((goodsCents * taxBp) / 10_000);
  return { discountCents, shippingCents: shipping, taxCents, totalCents: goodsCents + shipping + taxCents };
}

/** Everybody ships within the fifty states and DC; not to territories or military mail. */
export function isServed(shipTo: { readonly country: string; readonly state: string }): boolean {
  return shipTo.country === "US" && !unservedStates.includes(shipTo.state);
}

const unservedStates: readonly string[] = ["AA", "AE", "AP", "AS", "GU", "MP", "PR", "VI"];

export function driftedCents(cents: number, percent: number): number {
  return Math.round(cents * (1 + percent / 100));
}
