import type { DatabaseSync, SQLOutputValue } from "node:sqlite";

import type { Order, OrderLine, OrderStatus, ShipTo } from "./order.ts";
import type { StoreSlug } from "./stores.ts";

export type OrderRows = {
  nextSeq(): number;
  insert(order: Order, seq: number, dueAtMs: number): void;
  /** Writes what changes in an order's life; `dueAtMs` is when its next step is due, null when its life is over. */
  update(order: Order, dueAtMs: number | null): void;
  byNumber(slug: string, number: string): Order | undefined;
  /** Oldest first, at most 50. */
  byReference(slug: string, reference: string): readonly Order[];
  /** Newest first, at most 50. */
  byAccount(slug: string, accountId: string): readonly Order[];
  due(nowMs: number, limit: number): readonly Order[];
  /** Oldest first. */
  all(slug: string): readonly Order[];
  /** Moves all that was written down into the past. */
  moveBack(ms: number): void;
};

const firstDayMs = Date.UTC(2026, 0, 1);

const columns = `number, slug, reference, checkout_id, status, lines, ship_to, shipping_option_id, subtotal_cents, shipping_cents, total_cents,
  carrier, tracking_number, estimated_delivery, cancel_reason, placed_at_ms, confirmed_at_ms, shipped_at_ms, delivered_at_ms,
  cancelled_at_ms, discount_cents, tax_cents, email, account_id`;

const times = ["placed_at_ms", "confirmed_at_ms", "shipped_at_ms", "delivered_at_ms", "cancelled_at_ms", "due_at_ms"];

export function openOrderRows(db: DatabaseSync): OrderRows {
  createTable(db);
  const insert = db.prepare(`insert into retail_order (${columns}, due_at_ms, seq)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const update =
    db.prepare(`update retail_order set status = ?, carrier = ?, tracking_number = ?, estimated_delivery = ?,
    cancel_reason = ?, confirmed_at_ms = ?, shipped_at_ms = ?, delivered_at_ms = ?, cancelled_at_ms = ?, due_at_ms = ? where number = ?`);
  const byNumber = db.prepare(`select ${columns} from retail_order where number = ? and slug = ?`);
  const byReference = db.prepare(
    `select ${columns} from retail_order where reference = ? and slug = ? order by seq limit 50`,
  );
  const byAccount = db.prepare(
    `select ${columns} from retail_order where account_id = ? and slug = ? order by seq desc limit 50`,
  );
  const due = db.prepare(`select ${columns} from retail_order where due_at_ms <= ? order by due_at_ms limit ?`);
  const all = db.prepare(`select ${columns} from retail_order where slug = ? order by seq`);
  const moveBack = db.prepare(`update retail_order set ${times.map((time) => `${time} = ${time} - ?1`).join(", ")}`);
  // Numbers go on from the clock, not from 1: a buyer who kept its books over a reset of this world meets no number
  // twice.
  const last = Number(db.prepare("select coalesce(max(seq), 0) as seq from retail_order").get()?.["seq"] ?? 0);
  let lastSeq = Math.max(last, Math.floor((Date.now() - firstDayMs) / 10));

  return {
    nextSeq: () => (lastSeq += 1),
    insert: (order, seq, dueAtMs) => void insert.run(...valuesOf(order), dueAtMs, seq),
    update: (order, dueAtMs) =>
      void update.run(
        order.status,
        order.carrier,
        order.trackingNumber,
        order.estimatedDelivery,
        order.cancelReason,
        order.confirmedAtMs,
        order.shippedAtMs,
        order.deliveredAtMs,
        order.cancelledAtMs,
        dueAtMs,
        order.number,
      ),
    byNumber(slug, number) {
      const row = byNumber.get(number, slug);
      return row === undefined ? undefined : toOrder(row);
    },
    byReference: (slug, reference) => byReference.all(reference, slug).map(toOrder),
    byAccount: (slug, accountId) => byAccount.all(accountId, slug).map(toOrder),
    due: (nowMs, limit) => due.all(nowMs, limit).map(toOrder),
    all: (slug) => all.all(slug).map(toOrder),
    moveBack: (ms) => void moveBack.run(ms),
  };
}

/** In the order of `columns`. */
function valuesOf(order: Order): readonly (string | number | null)[] {
  return [
    order.number,
    order.slug,
    order.reference,
    order.checkoutId,
    order.status,
    JSON.stringify(order.lines),
    JSON.stringify(order.shipTo),
    order.shippingOptionId,
    order.subtotalCents,
    order.shippingCents,
    order.totalCents,
    order.carrier,
    order.trackingNumber,
    order.estimatedDelivery,
    order.cancelReason,
    order.placedAtMs,
    order.confirmedAtMs,
    order.shippedAtMs,
    order.deliveredAtMs,
    order.cancelledAtMs,
    order.discountCents,
    order.taxCents,
    order.email,
    order.accountId,
  ];
}

function createTable(db: DatabaseSync): void {
  db.exec(`
    create table if not exists retail_order (
      seq integer primary key, number text not null, slug text not null, reference text not null, checkout_id text, status text not null,
      lines text not null, ship_to text not null, shipping_option_id text not null, subtotal_cents integer not null,
      shipping_cents integer not null, total_cents integer not null, carrier text, tracking_number text,
      estimated_delivery text, cancel_reason text, placed_at_ms integer not null, confirmed_at_ms integer,
      shipped_at_ms integer, delivered_at_ms integer, cancelled_at_ms integer, due_at_ms integer);
  `);
  addLaterColumns(db);
  db.exec(`
    create index if not exists retail_order_account on retail_order (account_id, slug) where account_id is not null;
    create unique index if not exists retail_order_number on retail_order (number);
    create index if not exists retail_order_reference on retail_order (reference, slug);
    create index if not exists retail_order_due on retail_order (due_at_ms) where due_at_ms is not null;
  `);
}

/** A state file of an earlier day is kept and grown. */
function addLaterColumns(db: DatabaseSync): void {
  const there = new Set(
    db
      .prepare("pragma table_info(retail_order)")
      .all()
      .map((column) => String(column["name"])),
  );
  if (there.has("account_id")) return;
  db.exec(`
    alter table retail_order add column discount_cents integer not null default 0;
    alter table retail_order add column tax_cents integer not null default 0;
    alter table retail_order add column email text not null default '';
    alter table retail_order add column account_id text;
  `);
}

function toOrder(row: Record<string, SQLOutputValue>): Order {
  return {
    number: String(row["number"]),
    slug: String(row["slug"]) as StoreSlug,
    reference: String(row["reference"]),
    checkoutId: textOrNull(row["checkout_id"]),
    status: String(row["status"]) as OrderStatus,
    lines: JSON.parse(String(row["lines"])) as readonly OrderLine[],
    shipTo: JSON.parse(String(row["ship_to"])) as ShipTo,
    shippingOptionId: String(row["shipping_option_id"]),
    subtotalCents: Number(row["subtotal_cents"]),
    shippingCents: Number(row["shipping_cents"]),
    totalCents: Number(row["total_cents"]),
    carrier: textOrNull(row["carrier"]),
    trackingNumber: textOrNull(row["tracking_number"]),
    estimatedDelivery: textOrNull(row["estimated_delivery"]),
    cancelReason: textOrNull(row["cancel_reason"]),
    placedAtMs: Number(row["placed_at_ms"]),
    confirmedAtMs: numberOrNull(row["confirmed_at_ms"]),
    shippedAtMs: numberOrNull(row["shipped_at_ms"]),
    deliveredAtMs: numberOrNull(row["delivered_at_ms"]),
    cancelledAtMs: numberOrNull(row["cancelled_at_ms"]),
    discountCents: Number(row["discount_cents"]),
    taxCents: Number(row["tax_cents"]),
    email: String(row["email"]),
    accountId: textOrNull(row["account_id"]),
  };
}

function textOrNull(value: SQLOutputValue | undefined): string | null {
  return typeof value === "string" ? value : null;
}

function numberOrNull(value: SQLOutputValue | undefined): number | null {
  return typeof value === "number" ? value : null;
}
