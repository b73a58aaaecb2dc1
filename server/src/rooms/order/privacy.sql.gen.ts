// Generated from privacy.sql by tools/sqlgen.ts. Do not edit.
import { exec, one, type Db } from "#platform/db/query.ts";

export type OrdersOpenArgs = {
  readonly accountIds: readonly string[];
};
export type OrdersOpenRow = {
  readonly waiting: bigint;
  readonly cancelling: bigint;
};
const ordersOpenText = `select count(*) filter (where o.status = 'pending') as "waiting!",
  count(*) filter (where o.status in ('placed', 'confirmed', 'shipped') and o.cancel_requested_at is not null and o.cancel_refused_at is null) as "cancelling!"
from orders.store_order o
where o.account_id = any ($1::text[]) and o.payment_status <> 'unpaid'`;
/**
 * What still needs to know whose it is: orders on their way to their stores, and cancellations that stores are asked for.
 * Reads only.
 */
export function ordersOpen(db: Db, args: OrdersOpenArgs): Promise<OrdersOpenRow> {
  return one(db, "order.ordersOpen", ordersOpenText, [args.accountIds], (row): OrdersOpenRow => ({
    waiting: row[0],
    cancelling: row[1],
  }));
}

export type OrdersEraseArgs = {
  readonly accountIds: readonly string[];
};
const ordersEraseText = `update orders.refund_request q set reason = 'erased'
where q.account_id = any ($1::text[])`;
/**
 * Takes out what a shopper wrote; what they bought stays for the books, under an account id that leads to nobody. Locks
 * the requests.
 */
export function ordersErase(db: Db, args: OrdersEraseArgs): Promise<number> {
  return exec(db, "order.ordersErase", ordersEraseText, [args.accountIds]);
}

export type OrdersExportArgs = {
  readonly accountIds: readonly string[];
};
export type OrdersExportRow = {
  readonly orders: unknown;
};
const ordersExportText = `select coalesce(jsonb_agg(jsonb_build_object('museOrderNumber', o.order_number, 'checkoutSessionId', o.session_id,
    'storeName', o.store_name, 'storeOrderNumber', o.store_order_number, 'status', o.status, 'paymentStatus', o.payment_status,
    'currency', o.currency, 'totalCents', o.total_minor, 'refundedCents', o.refunded_minor, 'carrier', o.carrier,
    'trackingNumber', o.tracking_number, 'createdAt', o.created_at, 'placedAt', o.placed_at,
    'items', (select jsonb_agg(jsonb_build_object('title', i.title, 'size', i.size, 'color', i.color, 'quantity', i.quantity,
        'unitPriceCents', i.unit_price_minor) order by i.line_no) from orders.order_item i where i.order_number = o.order_number),
    'history', (select jsonb_agg(jsonb_build_object('to', h.to_status, 'at', h.at) order by h.history_id)
      from orders.order_status_history h where h.order_number = o.order_number),
    'refundRequests', (select jsonb_agg(jsonb_build_object('reason', q.reason, 'status', q.status, 'createdAt', q.created_at)
        order by q.created_at) from orders.refund_request q where q.order_number = o.order_number))
    order by o.created_at, o.order_number), '[]') as "orders!"
from orders.store_order o
where o.account_id = any ($1::text[])`;
/** Somebody's orders, for their copy of all that is kept of them. Reads only. */
export function ordersExport(db: Db, args: OrdersExportArgs): Promise<OrdersExportRow> {
  return one(db, "order.ordersExport", ordersExportText, [args.accountIds], (row): OrdersExportRow => ({
    orders: row[0],
  }));
}
