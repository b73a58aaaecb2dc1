import { must } from "#core/assert.ts";
import type { World } from "#core/world.ts";
import { openRetailClock, type RetailClock } from "./retail-clock.ts";
import {
  driftedCents,
  isServed,
  sumsOf,
  type AcceptOutcome,
  type Order,
  type OrderLine,
  type OrderRequest,
  type Sums,
} from "./order.ts";
import { openOrderRows } from "./order-rows.ts";
import type { Shipments } from "../carriers/shipments.ts";
import type { Shelf } from "./shelf.ts";
import { findStore, type Store } from "./stores.ts";

export type CancelAnswer =
  | { readonly kind: "cancelled" | "already_cancelled"; readonly order: Order }
  | { readonly kind: "too_late"; readonly order: Order };

export type OrderBook = {
  /**
   * Takes the goods off the shelf, prices them, writes the order and its record: all of it or nothing. Prices never
   * come from the caller.
   */
  accept(request: OrderRequest): AcceptOutcome;
  find(slug: string, number: string): Order | undefined;
  findByReference(slug: string, reference: string): readonly Order[];
  /** What was ordered from one customer account, newest first. */
  findByAccount(slug: string, accountId: string): readonly Order[];
  /** Moves one step on in its life and tells Muse; false when its life is over. */
  advance(order: Order): Promise<boolean>;
  /** Allowed until it has shipped. Puts the goods back and tells Muse. */
  cancel(order: Order, reason: string): Promise<CancelAnswer>;
  /** Orders whose next step is due. */
  due(limit: number): readonly Order[];
  /** Everything that a store was ever asked for and took, oldest first. */
  all(slug: string): readonly Order[];
  /** So many seconds go by for orders, and for nothing else. */
  letPass(seconds: number): void;
  readonly clock: RetailClock;
};

type Priced = { readonly lines: readonly OrderLine[]; readonly subtotalCents: number; readonly sums: Sums };

export function openOrderBook(world: World, shelf: Shelf, shipments: Shipments): OrderBook {
  const rows = openOrderRows(world.db);
  const clock = openRetailClock(world);

  const write = (store: Store, request: OrderRequest): AcceptOutcome => {
    const priced = priceOrder(shelf, store, request);
    if ("kind" in priced) return priced;
    // Two lines may name one sku: the shelf, not the check above, has the last word, and a throw would undo all of it.
    for (const line of priced.lines) {
      if (shelf.take(store.slug, line.sku, line.quantity)) continue;
      for (const taken of priced.lines.slice(0, priced.lines.indexOf(line)))
        shelf.putBack(store.slug, taken.sku, taken.quantity);
      return { kind: "out_of_stock", sku: line.sku };
    }
    const seq = rows.nextSeq();
    const order = newOrder({ store, request, priced, seq, nowMs: world.now() });
    rows.insert(order, seq, order.placedAtMs + clock.stepMs());
    world.records.append(order.slug, "order", order.number, recordOf(order));
    return { kind: "accepted", order };
  };

  return {
    accept(request) {
      const store = must(findStore(request.slug), "an order names a store that is there");
      return world.atomically(() => write(store, request));
    },
    find: (slug, number) => rows.byNumber(slug, number),
    findByReference: (slug, reference) => rows.byReference(slug, reference),
    findByAccount: (slug, accountId) => rows.byAccount(slug, accountId),
    async advance(order) {
      const moved = world.atomically(() => {
        const next = nextInLife(order, { nowMs: world.now(), shipments });
        if (next === undefined) return undefined;
        rows.update(next, clock.nextDueMs(next.status));
        return { next, told: tell(world, next) };
      });
      await moved?.told;
      return moved !== undefined;
    },
    async cancel(order, reason) {
      if (order.status === "cancelled") return { kind: "already_cancelled", order };
      if (order.status === "shipped" || order.status === "delivered") return { kind: "too_late", order };
      const { next, told } = world.atomically(() => {
        const cancelled: Order = { ...order, status: "cancelled", cancelReason: reason, cancelledAtMs: world.now() };
        for (const line of order.lines) shelf.putBack(order.slug, line.sku, line.quantity);
        rows.update(cancelled, null);
        world.records.append(order.slug, "order_cancelled", order.number, recordOf(cancelled));
        return { next: cancelled, told: tell(world, cancelled) };
      });
      await told;
      return { kind: "cancelled", order: next };
    },
    due: (limit) => rows.due(world.now(), limit),
    all: (slug) => rows.all(slug),
    letPass: (seconds) => rows.moveBack(seconds * 1_000),
    clock,
  };
}

/** Prices are the shelf's; whatever the caller believes, only the most it will pay is heard. */
function priceOrder(
  shelf: Shelf,
  store: Store,
  request: OrderRequest,
): Priced | Exclude<AcceptOutcome, { kind: "accepted" }> {
  const option = store.shippingOptions.find((candidate) => candidate.id === request.shippingOptionId);
  if (option === undefined) return { kind: "unknown_shipping_option" };
  if (!isServed(request.shipTo)) return { kind: "address_not_served" };
  const lines: OrderLine[] = [];
  let subtotalCents = 0;
  let units = 0;
  for (const { sku, quantity } of request.lines) {
    const item = shelf.look(store.slug, sku);
    if (item === undefined) return { kind: "unknown_sku", sku };
    if (item.stock < quantity) return { kind: "out_of_stock", sku };
    const priceCents = driftedCents(item.priceCents, request.driftPercent);
    lines.push({ sku, title: shelf.findVariant(store.slug, sku)?.product.title ?? sku, quantity, priceCents });
    subtotalCents += priceCents * quantity;
    units += quantity;
  }
  const { discountBp = 0, taxBp = 0, expectedTotalCents } = request;
  const sums = sumsOf({ option, subtotalCents, units, discountBp, taxBp });
  if (expectedTotalCents !== null && sums.totalCents > expectedTotalCents)
    return { kind: "price_changed", totalCents: sums.totalCents };
  return { lines, subtotalCents, sums };
}

type NewOrder = {
  readonly store: Store;
  readonly request: OrderRequest;
  readonly priced: Priced;
  readonly seq: number;
  readonly nowMs: number;
};

function newOrder({ store, request, priced, seq, nowMs }: NewOrder): Order {
  const option = store.shippingOptions.find((candidate) => candidate.id === request.shippingOptionId);
  const daysMax = must(option, "a priced order has a shipping option").daysMax;
  return {
    number: `${store.orderPrefix}-${seq}`,
    slug: store.slug,
    reference: request.reference,
    checkoutId: request.checkoutId,
    status: "placed",
    lines: priced.lines,
    shipTo: request.shipTo,
    shippingOptionId: request.shippingOptionId,
    subtotalCents: priced.subtotalCents,
    ...priced.sums,
    email: request.email,
    accountId: request.accountId ?? null,
    carrier: null,
    trackingNumber: null,
    estimatedDelivery: new Date(nowMs + daysMax * 86_400_000).toISOString().slice(0, 10),
    cancelReason: null,
    placedAtMs: nowMs,
    confirmedAtMs: null,
    shippedAtMs: null,
    deliveredAtMs: null,
    cancelledAtMs: null,
  };
}

function nextInLife(order: Order, at: { readonly nowMs: number; readonly shipments: Shipments }): Order | undefined {
  switch (order.status) {
    case "placed":
      return { ...order, status: "confirmed", confirmedAtMs: at.nowMs };
    case "confirmed": {
      const { carrier, trackingNumber } = at.shipments.send(order);
      return { ...order, status: "shipped", shippedAtMs: at.nowMs, carrier, trackingNumber };
    }
    case "shipped":
      at.shipments.deliver(must(order.trackingNumber, "a shipped order has a tracking number"));
      return { ...order, status: "delivered", deliveredAtMs: at.nowMs };
    default:
      return undefined;
  }
}

/** One event per order and status, with an id that says so: a repeat of the life of orders never makes a second one. */
function tell(world: World, order: Order): Promise<void> {
  const id = `evt_${order.number.toLowerCase().replace("-", "")}_${order.status}`;
  const type = `order.${order.status}`;
  const data = {
    orderNumber: order.number,
    ...(order.reference === "" ? {} : { reference: order.reference }),
    ...(order.carrier === null ? {} : { carrier: order.carrier, trackingNumber: order.trackingNumber }),
    ...(order.estimatedDelivery === null ? {} : { estimatedDelivery: order.estimatedDelivery }),
    ...(order.cancelReason === null ? {} : { reason: order.cancelReason }),
  };
  const body = JSON.stringify({ id, type, createdAt: new Date(world.now()).toISOString(), data });
  return world.webhooks.publish({ source: order.slug, id, type, body });
}

function recordOf(order: Order): Readonly<Record<string, unknown>> {
  return {
    orderNumber: order.number,
    clientKey: order.reference,
    totalCents: order.totalCents,
    currency: "usd",
    lines: order.lines,
    status: order.status,
  };
}
