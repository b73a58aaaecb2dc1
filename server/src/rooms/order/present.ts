import type { Language } from "@muse/contracts/error";
import type { Order, OrderAccess, OrderList, OrderStats } from "@muse/contracts/order";
import { orderStatuses } from "@muse/contracts/order";
import type { CheckoutListRow, OrderReadRow, OrderStatsRow } from "./order.sql.gen.ts";
import { formatMinor, isCurrency, toWire } from "#kernel/money.ts";
import { assert } from "#kernel/assert.ts";
import {
  addressOf,
  checkoutOrdersOf,
  historyOf,
  itemsOf,
  refundRequestOf,
  refundsOf,
  shipmentsOf,
  type ItemRecord,
  type RefundRecord,
} from "./record.ts";
import { isCancellable } from "./rules.ts";

/** One page of a shopper's checkouts, in the contract's words. */
export function presentList(rows: readonly CheckoutListRow[], totals: ListTotals, language: Language): OrderList {
  return {
    checkoutSessions: rows.map((row) => ({
      checkoutSessionId: row.sessionId,
      checkoutDate: row.createdAt.toISOString(),
      currency: row.currency,
      totalCents: toWire(row.totalMinor),
      totalDisplay: displayMinor(row.totalMinor, row.currency, language),
      orders: checkoutOrdersOf(row.orders).map((order) => ({
        museOrderNumber: order.orderNumber,
        storeName: order.storeName,
        totalCents: order.totalMinor,
        totalDisplay: displayMinor(BigInt(order.totalMinor), row.currency, language),
        status: order.status,
        paymentStatus: order.paymentStatus,
        trackingNumber: order.trackingNumber,
        placedAt: order.placedAt === null ? null : new Date(order.placedAt).toISOString(),
      })),
    })),
    totalOrders: toWire(totals.orders),
    totalCheckoutSessions: toWire(totals.checkouts),
  };
}

export type ListTotals = { readonly orders: bigint; readonly checkouts: bigint };

export function presentStats(row: OrderStatsRow, language: Language): OrderStats {
  const spent = row.spent as readonly { readonly currency: string; readonly spentMinor: number }[];
  const byStatus = row.byStatus as Readonly<Record<string, number>>;
  return {
    totalOrders: toWire(row.orderCount),
    totalSpent: spent.map(({ currency, spentMinor }) => ({
      currency,
      totalSpentCents: spentMinor,
      totalSpentDisplay: displayMinor(BigInt(spentMinor), currency, language),
    })),
    byStatus: Object.fromEntries(
      orderStatuses.map((status) => [status, byStatus[status] ?? 0]),
    ) as OrderStats["byStatus"],
    stores: [...(row.stores as OrderStats["stores"])],
  };
}

/** One order with everything that belongs to it. */
export function presentOrder(row: OrderReadRow, access: readonly OrderAccess[], language: Language): Order {
  return {
    ...presentHead(row, language),
    shippingAddress: addressOf(row.shippingAddress),
    items: itemsOf(row.items).map(presentItem),
    statusHistory: historyOf(row.history).map(({ from, to, at }) => ({ from, to, at: instant(at) })),
    shipments: shipmentsOf(row.shipments).map((shipment) => ({
      ...shipment,
      estimatedDelivery: instantOrNull(shipment.estimatedDelivery),
      deliveredAt: instantOrNull(shipment.deliveredAt),
      events: shipment.events.map((event) => ({ ...event, at: instant(event.at) })),
    })),
    refunds: refundsOf(row.refunds).map((refund) => presentRefund(refund, row.currency, language)),
    refundRequest: presentRequest(row),
    cancellation:
      row.cancelRequestedAt === null
        ? null
        : { requestedAt: row.cancelRequestedAt.toISOString(), refusedAt: row.cancelRefusedAt?.toISOString() ?? null },
    isCancellable: isCancellable(row.status, row.cancelRefusedAt),
    access: [...access],
  };
}

export function displayMinor(minor: bigint, currency: string, language: Language): string {
  assert(isCurrency(currency), "displayMinor: an order is in a currency of ours");
  return formatMinor(minor, currency, language);
}

function presentHead(row: OrderReadRow, language: Language) {
  return {
    orderId: row.orderNumber,
    museOrderNumber: row.orderNumber,
    checkoutSessionId: row.sessionId,
    storeId: row.storeId,
    storeName: row.storeName,
    storeOrderNumber: row.storeOrderNumber,
    kind: row.kind,
    status: row.status,
    paymentStatus: row.paymentStatus,
    placementMethod: row.placementMethod,
    reason: row.reason,
    currency: row.currency,
    subtotalCents: toWire(row.subtotalMinor),
    discountCents: toWire(row.discountMinor),
    shippingCents: toWire(row.shippingMinor),
    taxCents: toWire(row.taxMinor),
    totalCents: toWire(row.totalMinor),
    totalDisplay: displayMinor(row.totalMinor, row.currency, language),
    refundedCents: toWire(row.refundedMinor),
    deliveryFrom: row.deliveryFrom,
    deliveryTo: row.deliveryTo,
    trackingNumber: row.trackingNumber,
    carrier: row.carrier,
    orderedAt: (row.paidAt ?? row.createdAt).toISOString(),
    placedAt: row.placedAt?.toISOString() ?? null,
  };
}

function presentItem(item: ItemRecord): Order["items"][number] {
  const { unitPriceMinor, originalPriceMinor, lineTotalMinor, discountMinor, taxMinor, refundedMinor, ...shown } = item;
  return {
    ...shown,
    unitPriceCents: unitPriceMinor,
    originalPriceCents: originalPriceMinor,
    lineTotalCents: lineTotalMinor,
    discountCents: discountMinor,
    taxCents: taxMinor,
    refundedCents: refundedMinor,
  };
}

function presentRefund(refund: RefundRecord, currency: string, language: Language): Order["refunds"][number] {
  return {
    refundId: refund.refundId,
    amountCents: refund.amountMinor,
    amountDisplay: displayMinor(BigInt(refund.amountMinor), currency, language),
    reason: refund.reason,
    status: refund.status,
    createdAt: instant(refund.createdAt),
    succeededAt: instantOrNull(refund.succeededAt),
  };
}

function presentRequest(row: OrderReadRow): Order["refundRequest"] {
  const request = refundRequestOf(row.refundRequest);
  if (request === null) return null;
  const { lines, createdAt, ...shown } = request;
  return { ...shown, items: lines, createdAt: instant(createdAt) };
}

function instant(text: string): string {
  return new Date(text).toISOString();
}

function instantOrNull(text: string | null): string | null {
  return text === null ? null : instant(text);
}
