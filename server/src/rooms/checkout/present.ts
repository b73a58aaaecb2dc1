import type { PlaceResult, Session, SessionEvent, SessionOrder, SnapshotStore } from "@muse/contracts/checkout";
import { deliveryName } from "@muse/contracts/delivery-name";
import type { Language } from "@muse/contracts/error";
import type { z } from "zod";
import { must } from "#kernel/assert.ts";
import { formatMinor } from "#kernel/money.ts";
import type { SessionReadRow } from "./checkout.sql.gen.ts";
import { presentRefundAccount } from "#rooms/payment";
import { textsIn } from "#rooms/store";
import { orderMessage } from "./messages.ts";
import {
  depositRecord,
  orderRecords,
  sessionRecord,
  type OrderRecord,
  type QuotedGroup,
  type SessionRecord,
  type SnapshotGroup,
  type SnapshotLine,
} from "./record.ts";
import { presentDeposit } from "./present-deposit.ts";
import { paymentState, stepOf, type PaymentFacts } from "./rules.ts";

/** A session with what belongs to it, as the server holds it. */
export type SessionState = {
  readonly session: SessionRecord;
  readonly orders: readonly OrderRecord[];
  readonly payment: PaymentFacts;
  /** What the payment room wrote of an account that money waits for. */
  readonly refundAccount: unknown;
};

export function stateOf(row: SessionReadRow): SessionState {
  const session = sessionRecord(row.session);
  const places = new Map(session.snapshot.groups.map(({ key }, place) => [key, place]));
  const placeOf = ({ groupKey }: OrderRecord): number => places.get(groupKey) ?? 0;
  return {
    session,
    // In the cart's order, as everything else of the session.
    orders: orderRecords(row.orders).toSorted((a, b) => placeOf(a) - placeOf(b)),
    payment: {
      status: row.paymentStatus,
      isPaid: session.paidAt !== null,
      latePayment: session.latePayment,
      deposit: depositRecord(row.deposit),
    },
    refundAccount: row.refundAccount,
  };
}

/** A session that a command has just written: nothing was charged for it, nothing ordered. */
export function freshState(json: unknown): SessionState {
  return {
    session: sessionRecord(json),
    orders: [],
    payment: { status: null, isPaid: false, latePayment: null, deposit: null },
    refundAccount: null,
  };
}

/** The session as the contract shows it. One that is overdue reads as expired even before the sweep has ended it. */
export function presentSession(state: SessionState, language: Language): Session {
  const { session, payment, refundAccount } = state;
  const isOverdue = session.status === "pending" && session.secondsLeft === 0;
  return {
    sessionId: session.sessionId,
    status: isOverdue ? "expired" : session.status,
    currency: session.currency,
    cartSnapshot: { stores: presentStores(session, language), summary: presentSummary(session, language) },
    shippingAddress: session.shippingAddress,
    email: session.contactEmail,
    needsShipping: session.needsShipping,
    paymentMethodId: session.paymentMethodId,
    onStoreFailure: session.onStoreFailure,
    payment: paymentState(payment),
    deposit: payment.deposit === null ? null : presentDeposit(payment.deposit, language),
    refundAccount: presentRefundAccount(refundAccount, session.currency, language),
    latePayment: session.latePayment,
    orders: paidOrders(state).map((order) => presentOrder(order, session, language)),
    expiresAt: new Date(session.expiresAt).toISOString(),
    secondsLeft: session.secondsLeft,
  };
}

/** What the place call answers: each store's result, and how many of them went well so far. */
export function presentPlacing(state: SessionState, language: Language): PlaceResult {
  const { session, orders, payment } = state;
  const placed = new Set(["placed", "confirmed", "shipped", "delivered"]);
  return {
    checkoutSessionId: session.sessionId,
    payment: paymentState(payment),
    deposit: payment.deposit === null ? null : presentDeposit(payment.deposit, language),
    orders: orders.map((order) => presentOrder(order, session, language)),
    summary: {
      totalOrders: orders.length,
      successfulOrders: orders.filter(({ status }) => placed.has(status)).length,
      pendingOrders: orders.filter(({ status }) => status === "pending").length,
      failedOrders: orders.filter(({ status }) => status === "failed" || status === "cancelled").length,
    },
  };
}

export function presentEvent(state: SessionState, language: Language): SessionEvent {
  const { session, payment } = state;
  return {
    sessionId: session.sessionId,
    status: session.status,
    payment: paymentState(payment),
    orders: paidOrders(state).map((order) => presentOrder(order, session, language)),
  };
}

/** Orders made for a payment that never came are ours to know, not the shopper's. */
function paidOrders({ orders, payment }: SessionState): readonly OrderRecord[] {
  return payment.isPaid ? orders : orders.filter(({ paymentStatus }) => paymentStatus !== "unpaid");
}

function presentOrder(order: OrderRecord, session: SessionRecord, language: Language): SessionOrder {
  const group = session.snapshot.groups.find(({ key }) => key === order.groupKey);
  return {
    orderId: order.orderNumber,
    museOrderNumber: order.orderNumber,
    storeId: must(group, "an order comes from a group of its session").storeId,
    storeName: order.storeName,
    storeOrderNumber: order.storeOrderNumber,
    status: order.status,
    step: stepOf(order),
    placedAt: order.placedAt === null ? null : new Date(order.placedAt).toISOString(),
    message: orderMessage(order, session.currency, language),
    refund: presentRefund(order, session, language),
  };
}

function presentRefund({ refund }: OrderRecord, session: SessionRecord, language: Language): SessionOrder["refund"] {
  if (refund === null) return null;
  return {
    amountCents: refund.amountMinor,
    amountDisplay: display(refund.amountMinor, session, language),
    status: refund.status,
    requestedAt: new Date(refund.requestedAt).toISOString(),
    succeededAt: refund.succeededAt === null ? null : new Date(refund.succeededAt).toISOString(),
  };
}

/** Grouped by store as in the cart: a seller's digital products are an order each, but one store to the reader. */
function presentStores(session: SessionRecord, language: Language): z.output<typeof SnapshotStore>[] {
  const byStore = new Map<string, SnapshotGroup[]>();
  for (const group of session.snapshot.groups) {
    const known = byStore.get(group.storeId);
    if (known === undefined) byStore.set(group.storeId, [group]);
    else known.push(group);
  }
  return [...byStore.values()].map((groups) => presentStore(session, groups, language));
}

function presentStore(
  session: SessionRecord,
  groups: readonly SnapshotGroup[],
  language: Language,
): z.output<typeof SnapshotStore> {
  const [first] = groups as readonly [SnapshotGroup, ...SnapshotGroup[]];
  const quoted = groups.flatMap(({ key }) => session.quote?.groups[key] ?? []);
  const isQuoted = quoted.length === groups.length;
  const subtotalMinor = groups.reduce((total, group) => total + group.subtotalMinor, 0);
  const shipped = quoted.find(({ shippingOptionId }) => shippingOptionId !== null);
  return {
    storeId: first.storeId,
    storeName: first.storeName,
    kind: first.kind,
    currency: session.currency,
    itemCount: groups.reduce((count, group) => count + group.itemCount, 0),
    subtotalCents: subtotalMinor,
    subtotalDisplay: display(subtotalMinor, session, language),
    shippingOptionId: shipped?.shippingOptionId ?? null,
    shippingOptions: (shipped?.options ?? []).map((option) => ({
      optionId: option.optionId,
      name: deliveryName(option.name, language),
      shippingCents: option.amountMinor,
      shippingDisplay: display(option.amountMinor, session, language),
      deliveryFrom: option.deliveryFrom,
      deliveryTo: option.deliveryTo,
    })),
    ...presentAmounts(session, isQuoted ? quoted : null, language),
    returnPolicy: textsIn(first.storeTexts, language).returnPolicy ?? first.returnPolicy,
    items: groups.flatMap(({ items }) => items.map((line) => presentItem(line, session, language))),
  };
}

type Amounts = "shipping" | "tax" | "total";

/** What the parts of a store come to together; null until that can be known. */
function presentAmounts(
  session: SessionRecord,
  quoted: readonly QuotedGroup[] | null,
  language: Language,
): Pick<z.output<typeof SnapshotStore>, `${Amounts}Cents` | `${Amounts}Display` | "discountCents"> {
  const sum = (of: (group: QuotedGroup) => number): number | null =>
    quoted === null ? null : quoted.reduce((total, group) => total + of(group), 0);
  const shown = (minor: number | null): string | null => (minor === null ? null : display(minor, session, language));
  const shippingCents = sum((group) => group.shippingMinor);
  const taxCents = sum((group) => group.taxMinor);
  const totalCents = sum((group) => group.totalMinor);
  return {
    shippingCents,
    shippingDisplay: shown(shippingCents),
    taxCents,
    taxDisplay: shown(taxCents),
    discountCents: sum((group) => group.discountMinor) ?? 0,
    totalCents,
    totalDisplay: shown(totalCents),
  };
}

function presentItem(
  line: SnapshotLine,
  session: SessionRecord,
  language: Language,
): z.output<typeof SnapshotStore>["items"][number] {
  const { lineNo: _lineNo, sku: _sku, unitPriceMinor, originalPriceMinor, lineTotalMinor, ...shown } = line;
  return {
    ...shown,
    unitPriceCents: unitPriceMinor,
    unitPriceDisplay: display(unitPriceMinor, session, language),
    originalPriceCents: originalPriceMinor,
    discountCents: Math.max(0, (originalPriceMinor ?? unitPriceMinor) - unitPriceMinor) * line.quantity,
    lineTotalCents: lineTotalMinor,
    lineTotalDisplay: display(lineTotalMinor, session, language),
    available: true,
  };
}

function presentSummary(session: SessionRecord, language: Language): Session["cartSnapshot"]["summary"] {
  const shown = (minor: number): string => display(minor, session, language);
  return {
    subtotalCents: session.subtotalMinor,
    subtotalDisplay: shown(session.subtotalMinor),
    shippingCents: session.shippingMinor,
    shippingDisplay: shown(session.shippingMinor),
    taxCents: session.taxMinor,
    taxDisplay: shown(session.taxMinor),
    discountCents: session.discountMinor,
    discountDisplay: shown(session.discountMinor),
    totalCents: session.totalMinor,
    totalDisplay: shown(session.totalMinor),
    totalItemCount: session.itemCount,
    isFinal: session.quote !== null || !session.needsShipping,
  };
}

function display(minor: number, { currency }: SessionRecord, language: Language): string {
  return formatMinor(BigInt(minor), currency, language);
}
