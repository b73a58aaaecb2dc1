/**
 * What our own SQL puts into its jsonb columns. It is written by our migrations and statements alone, so it is
 * trusted.
 */
import type { Order, OrderStatus, PaymentStatus } from "@muse/contracts/order";
import type { ShipmentView } from "@muse/contracts/shipment";

export type CheckoutOrderRecord = {
  readonly orderNumber: string;
  readonly storeId: string;
  readonly storeName: string;
  readonly kind: Order["kind"];
  readonly totalMinor: number;
  readonly refundedMinor: number;
  readonly status: OrderStatus;
  readonly paymentStatus: PaymentStatus;
  readonly trackingNumber: string | null;
  /** Unix milliseconds. */
  readonly placedAt: number | null;
  readonly deliveryFrom: string | null;
  readonly deliveryTo: string | null;
  readonly itemCount: number;
};

/** A line as a list shows it. */
export type CheckoutItemRecord = {
  readonly orderNumber: string;
  readonly title: string;
  readonly imageUrl: string | null;
  readonly quantity: number;
};

export type ItemRecord = {
  readonly lineNo: number;
  readonly productId: string;
  readonly variantId: string;
  readonly title: string;
  readonly size: string | null;
  readonly color: string | null;
  readonly imageUrl: string | null;
  readonly productUrl: string | null;
  readonly quantity: number;
  readonly unitPriceMinor: number;
  readonly originalPriceMinor: number | null;
  readonly lineTotalMinor: number;
  readonly discountMinor: number;
  readonly taxMinor: number;
  readonly itemStatus: Order["items"][number]["itemStatus"];
  readonly refundedQuantity: number;
  readonly refundedMinor: number;
};

export type RefundRecord = {
  readonly refundId: string;
  readonly amountMinor: number;
  readonly reason: string;
  readonly status: Order["refunds"][number]["status"];
  readonly createdAt: string;
  readonly succeededAt: string | null;
};

type HistoryRecord = { readonly from: OrderStatus | null; readonly to: OrderStatus; readonly at: string };
type RefundRequestRecord = {
  readonly requestId: string;
  readonly status: "open" | "approved" | "declined";
  readonly reason: string;
  readonly lines: { lineNo: number; quantity: number }[] | null;
  readonly createdAt: string;
};

export function checkoutOrdersOf(json: unknown): readonly CheckoutOrderRecord[] {
  return json as readonly CheckoutOrderRecord[];
}

export function checkoutItemsOf(json: unknown): readonly CheckoutItemRecord[] {
  return json as readonly CheckoutItemRecord[];
}

export function itemsOf(json: unknown): readonly ItemRecord[] {
  return json as readonly ItemRecord[];
}

export function historyOf(json: unknown): readonly HistoryRecord[] {
  return json as readonly HistoryRecord[];
}

export function shipmentsOf(json: unknown): readonly ShipmentView[] {
  return json as readonly ShipmentView[];
}

export function refundsOf(json: unknown): readonly RefundRecord[] {
  return json as readonly RefundRecord[];
}

export function refundRequestOf(json: unknown): RefundRequestRecord | null {
  return json as RefundRequestRecord | null;
}

export function addressOf(json: unknown): Order["shippingAddress"] {
  return json as Order["shippingAddress"];
}
