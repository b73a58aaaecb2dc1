/** What our own SQL puts into its jsonb columns. It is written by our statements alone, so it is trusted. */
import type { OrderStatus } from "@muse/contracts/order";
import type { CheckoutReadRow } from "./notify.sql.gen.ts";

export type ItemRecord = {
  readonly lineNo: number;
  readonly title: string;
  readonly size: string | null;
  readonly color: string | null;
  readonly quantity: number;
  readonly lineTotalMinor: number;
};

export type ShipmentRecord = {
  readonly shipmentId: string;
  readonly carrier: string;
  readonly trackingNumber: string;
  /** Unix milliseconds. */
  readonly estimatedDelivery: number | null;
  /** Null: not told, so everything. */
  readonly lineNos: readonly number[] | null;
};

export type OrderRecord = {
  readonly orderNumber: string;
  readonly storeName: string;
  readonly kind: "physical" | "digital";
  readonly status: OrderStatus;
  /** Why it ended, as a code. */
  readonly reason: string | null;
  readonly subtotalMinor: number;
  readonly discountMinor: number;
  readonly shippingMinor: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
  /** Days, as `2026-11-24`. */
  readonly deliveryFrom: string | null;
  readonly deliveryTo: string | null;
  readonly items: readonly ItemRecord[];
  readonly shipments: readonly ShipmentRecord[];
};

export type RefundRecord = {
  readonly refundId: string;
  readonly orderNumber: string | null;
  readonly amountMinor: number;
  readonly status: "created" | "account_needed" | "unknown" | "pending" | "succeeded" | "failed";
  /** Of the account that it goes into, where one was named. */
  readonly lastDigits: string | null;
  readonly succeededAt: number | null;
  /** What an order that ended gave back. */
  readonly isOfEnd: boolean;
};

type AddressRecord = {
  readonly name: string;
  readonly address1: string;
  readonly address2: string | null;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly country: string;
};

/** A checkout with all that a mail may tell of it. */
export type Checkout = Omit<CheckoutReadRow, "orders" | "refunds" | "shippingAddress"> & {
  readonly orders: readonly OrderRecord[];
  readonly refunds: readonly RefundRecord[];
  readonly shippingAddress: AddressRecord | null;
};

export function checkoutOf(row: CheckoutReadRow): Checkout {
  return {
    ...row,
    orders: row.orders as readonly OrderRecord[],
    refunds: row.refunds as readonly RefundRecord[],
    shippingAddress: row.shippingAddress as AddressRecord | null,
  };
}

/** An order in the answer to somebody who asked for theirs. */
export type FoundOrderRecord = Pick<OrderRecord, "orderNumber" | "storeName" | "status">;
