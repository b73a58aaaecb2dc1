import { assert } from "#kernel/assert.ts";
import type { Address, OnStoreFailure, SessionOrder, SessionStatus } from "@muse/contracts/checkout";

/** The session as `checkout.session_json_1` writes it: amounts in minor units, times in Unix milliseconds. */
export type SessionRecord = {
  readonly sessionId: string;
  readonly accountId: string;
  readonly status: SessionStatus;
  readonly currency: "USD" | "KRW";
  readonly snapshot: { readonly groups: readonly SnapshotGroup[] };
  readonly quote: Quote | null;
  readonly needsShipping: boolean;
  readonly itemCount: number;
  readonly subtotalMinor: number;
  readonly discountMinor: number;
  readonly shippingMinor: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
  readonly shippingAddress: Address | null;
  readonly contactEmail: string | null;
  readonly paymentMethodId: string | null;
  readonly onStoreFailure: OnStoreFailure;
  readonly version: number;
  readonly latePayment: "honoured" | "refunded" | null;
  readonly expiresAt: number;
  /** By the database's clock, which alone decides deadlines. */
  readonly secondsLeft: number;
  readonly createdAt: number;
  readonly paidAt: number | null;
};

/** One future order: a retailer's goods, or one digital product. */
export type SnapshotGroup = {
  readonly key: string;
  readonly storeId: string;
  readonly storeName: string;
  readonly kind: "physical" | "digital";
  /** In the store's own words, and in others' (`textsIn`). */
  readonly returnPolicy: string;
  readonly storeTexts: unknown;
  readonly itemCount: number;
  readonly subtotalMinor: number;
  readonly items: readonly SnapshotLine[];
};

export type SnapshotLine = {
  readonly lineNo: number;
  readonly itemId: string;
  readonly productId: string;
  readonly variantId: string;
  readonly sku: string;
  readonly title: string;
  readonly size: string | null;
  readonly color: string | null;
  readonly imageUrl: string | null;
  readonly productUrl: string | null;
  readonly quantity: number;
  readonly unitPriceMinor: number;
  readonly originalPriceMinor: number | null;
  readonly lineTotalMinor: number;
};

export type Quote = { readonly groups: Readonly<Record<string, QuotedGroup>> };

export type QuotedGroup = {
  readonly shippingOptionId: string | null;
  readonly options: readonly QuotedOption[];
  readonly shippingMinor: number;
  readonly discountMinor: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
  readonly deliveryFrom: string | null;
  readonly deliveryTo: string | null;
};

export type QuotedOption = {
  readonly optionId: string;
  readonly name: string;
  readonly amountMinor: number;
  readonly deliveryFrom: string;
  readonly deliveryTo: string;
};

/** An account the payer was given; `dueAt` in Unix milliseconds. */
export type DepositRecord = {
  readonly bankCode: string;
  readonly accountNumber: string;
  readonly holderName: string;
  readonly dueAt: number;
  /** It was paid into, and the bank has taken that back. */
  readonly isReverted: boolean;
};

/** One order of a session as `sessionRead` writes it. */
export type OrderRecord = {
  readonly orderNumber: string;
  /** Which group of the snapshot it came from. */
  readonly groupKey: string;
  readonly storeName: string;
  readonly storeOrderNumber: string | null;
  readonly status: "pending" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
  readonly paymentStatus: "unpaid" | "paid" | "partially_refunded" | "refunded";
  readonly reason: string | null;
  readonly totalMinor: number;
  readonly refundedMinor: number;
  readonly placedAt: number | null;
  /** All that goes back of this order, together; times in Unix milliseconds. */
  readonly refund: {
    readonly amountMinor: number;
    readonly status: NonNullable<SessionOrder["refund"]>["status"];
    readonly requestedAt: number;
    readonly succeededAt: number | null;
  } | null;
  readonly placement: "waiting" | "running" | "unknown" | "manual" | "placed" | "failed" | "cancelled" | null;
};

/** What our own functions wrote as JSON, with a look at the one field that tells it from anything else. */
export function sessionRecord(json: unknown): SessionRecord {
  assert(
    typeof json === "object" && json !== null && "sessionId" in json,
    "a session is read as the database wrote it",
  );
  return json as SessionRecord;
}

export function depositRecord(json: unknown): DepositRecord | null {
  assert(json === null || (typeof json === "object" && "accountNumber" in json), "a deposit is read as it was written");
  return json as DepositRecord | null;
}

export function orderRecords(json: unknown): readonly OrderRecord[] {
  assert(Array.isArray(json), "orders of a session are a list");
  return json as readonly OrderRecord[];
}
