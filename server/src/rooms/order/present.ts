import type { Language } from "@muse/contracts/error";
import type { Order, OrderAccess, OrderList, OrderStats } from "@muse/contracts/order";
import { orderStatuses } from "@muse/contracts/order";
import { orderReason } from "@muse/contracts/order-reason";
import { deliveryName } from "@muse/contracts/delivery-name";
import { presentRefundAccount } from "#rooms/payment";
import { textsIn } from "#rooms/store";
import type { CheckoutListRow, OrderReadRow, OrderStatsRow } from "./order.sql.gen.ts";
import { formatMinor, isCurrency, toWire } from "#kernel/money.ts";
import { assert } from "#kernel/assert.ts";
import {
  addressOf,
  checkoutItemsOf,
  checkoutOrdersOf,
  historyOf,
  itemsOf,
  refundRequestOf,
  refundsOf,
  shipmentsOf,
  type CheckoutOrderRecord,
  type ItemRecord,
  type RefundRecord,
} from "./record.ts";
import { isCancellable, noCancelReason, noRefundReason } from "./rules.ts";
import { cancelling, orderMessage, refundRequesting } from "./words.ts";

/** One page of a shopper's checkouts, in the contract's words. */
export function presentList(rows: readonly CheckoutListRow[], totals: ListTotals, language: Language): OrderList {
  return {
    checkoutSessions: rows.map((row) => ({
      checkoutSessionId: row.sessionId,
      checkoutDate: row.createdAt.toISOString(),
      currency: row.currency,
      totalCents: toWire(row.totalMinor),
      totalDisplay: displayMinor(row.totalMinor, row.currency, language),
      orders: checkoutOrdersOf(row.orders).map((order) => presentSummary(order, row, language)),
    })),
    totalOrders: toWire(totals.orders),
    totalCheckoutSessions: toWire(totals.checkouts),
  };
}

/** Enough to tell one order from another, at a glance. */
const itemsShownMax = 4;

function presentSummary(order: CheckoutOrderRecord, row: CheckoutListRow, language: Language) {
  const { orderNumber, totalMinor, refundedMinor, placedAt, ...shown } = order;
  return {
    ...shown,
    museOrderNumber: orderNumber,
    totalCents: totalMinor,
    totalDisplay: displayMinor(BigInt(totalMinor), row.currency, language),
    refundedCents: refundedMinor,
    refundedDisplay: displayMinor(BigInt(refundedMinor), row.currency, language),
    placedAt: placedAt === null ? null : new Date(placedAt).toISOString(),
    items: checkoutItemsOf(row.items)
      .filter((item) => item.orderNumber === orderNumber)
      .slice(0, itemsShownMax)
      .map(({ title, imageUrl, quantity }) => ({ title, imageUrl, quantity })),
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
  const noRefund = noRefundReason(row, {
    leftMinor: row.totalMinor - row.refundedMinor,
    hasOpenRequest: refundRequestOf(row.refundRequest)?.status === "open",
  });
  const noCancel = noCancelReason(row, {
    requestedAt: row.cancelRequestedAt,
    refusedAt: row.cancelRefusedAt,
  });
  return {
    ...presentHead(row, language),
    shippingAddress: addressOf(row.shippingAddress),
    items: itemsOf(row.items).map((item) => presentItem(item, row.currency, noRefund === null, language)),
    statusHistory: stepsOf(row).map(({ from, to, at }) => ({ from, to, at: instant(at) })),
    shipments: shipmentsOf(row.shipments).map((shipment) => ({
      ...shipment,
      estimatedDelivery: instantOrNull(shipment.estimatedDelivery),
      deliveredAt: instantOrNull(shipment.deliveredAt),
      events: shipment.events.map((event) => ({ ...event, at: instant(event.at) })),
    })),
    refunds: refundsOf(row.refunds).map((refund) => presentRefund(refund, row.currency, language)),
    depositDueAt: row.depositDueAt?.toISOString() ?? null,
    depositRevertedAt: row.depositRevertedAt?.toISOString() ?? null,
    refundAccount: presentRefundAccount(row.refundAccount, row.currency, language),
    refundRequest: presentRequest(row),
    cancellation:
      row.cancelRequestedAt === null
        ? null
        : { requestedAt: row.cancelRequestedAt.toISOString(), refusedAt: row.cancelRefusedAt?.toISOString() ?? null },
    isCancellable: isCancellable(row, row.cancelRefusedAt),
    cancelling: cancelling(noCancel, language),
    refundRequesting: refundRequesting(noRefund, language),
    receipts: receiptPaths(row),
    access: [...access],
  };
}

/** A file is not sent: of its life, which is every order's, the step in between is nothing to a reader. */
function stepsOf({ kind, history }: OrderReadRow): ReturnType<typeof historyOf> {
  const steps = historyOf(history);
  if (kind === "physical") return steps;
  return steps
    .filter(({ to }) => to !== "shipped")
    .map((step) => (step.from === "shipped" ? { ...step, from: "placed" as const } : step));
}

export function displayMinor(minor: bigint, currency: string, language: Language): string {
  assert(isCurrency(currency), "displayMinor: an order is in a currency of ours");
  return formatMinor(minor, currency, language);
}

function receiptPaths({ orderNumber, sessionId, paymentStatus }: OrderReadRow): Order["receipts"] {
  if (paymentStatus === "unpaid") return null;
  const path = `/api/v1/orders/${orderNumber}/receipt`;
  return {
    pdf: `${path}?format=pdf`,
    html: `${path}?format=html`,
    checkoutPdf: `${path}?format=pdf&session=${sessionId}`,
    checkoutHtml: `${path}?format=html&session=${sessionId}`,
  };
}

function presentHead(row: OrderReadRow, language: Language) {
  const shown = (minor: bigint): string => displayMinor(minor, row.currency, language);
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
    message: orderMessage(row.status, row, language),
    currency: row.currency,
    subtotalCents: toWire(row.subtotalMinor),
    subtotalDisplay: shown(row.subtotalMinor),
    discountCents: toWire(row.discountMinor),
    discountDisplay: shown(row.discountMinor),
    shippingCents: toWire(row.shippingMinor),
    shippingDisplay: shown(row.shippingMinor),
    taxCents: toWire(row.taxMinor),
    taxDisplay: shown(row.taxMinor),
    totalCents: toWire(row.totalMinor),
    totalDisplay: shown(row.totalMinor),
    refundedCents: toWire(row.refundedMinor),
    refundedDisplay: shown(row.refundedMinor),
    shippingOptionName: row.shippingOptionName === null ? null : deliveryName(row.shippingOptionName, language),
    returnPolicy: textsIn(row.storeTexts, language).returnPolicy ?? row.returnPolicy,
    email: row.contactEmail,
    deliveryFrom: row.deliveryFrom,
    deliveryTo: row.deliveryTo,
    trackingNumber: row.trackingNumber,
    carrier: row.carrier,
    orderedAt: (row.paidAt ?? row.createdAt).toISOString(),
    placedAt: row.placedAt?.toISOString() ?? null,
  };
}

function presentItem(
  item: ItemRecord,
  currency: string,
  isRefundable: boolean,
  language: Language,
): Order["items"][number] {
  const display = (minor: number): string => displayMinor(BigInt(minor), currency, language);
  const { unitPriceMinor, originalPriceMinor, lineTotalMinor, discountMinor, taxMinor, refundedMinor, ...shown } = item;
  return {
    ...shown,
    unitPriceCents: unitPriceMinor,
    unitPriceDisplay: display(unitPriceMinor),
    originalPriceCents: originalPriceMinor,
    originalPriceDisplay: originalPriceMinor === null ? null : display(originalPriceMinor),
    lineTotalCents: lineTotalMinor,
    lineTotalDisplay: display(lineTotalMinor),
    discountCents: discountMinor,
    taxCents: taxMinor,
    refundedCents: refundedMinor,
    refundedDisplay: display(refundedMinor),
    refundableQuantity: isRefundable ? item.quantity - item.refundedQuantity : 0,
  };
}

function presentRefund(refund: RefundRecord, currency: string, language: Language): Order["refunds"][number] {
  return {
    refundId: refund.refundId,
    amountCents: refund.amountMinor,
    amountDisplay: displayMinor(BigInt(refund.amountMinor), currency, language),
    reason: refund.reason,
    message: orderReason(refund.reason, language),
    method: "original_payment_method",
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
