// Generated from order.sql by tools/sqlgen.ts. Do not edit.
import { exec, many, one, opt, type Db } from "#platform/db/query.ts";

export type CheckoutListArgs = {
  readonly status: string | null;
  readonly accountId: string;
  readonly limit: number;
  readonly offset: number;
};
export type CheckoutListRow = {
  readonly sessionId: string;
  readonly createdAt: Date;
  readonly currency: string;
  readonly totalMinor: bigint;
  readonly orders: unknown;
  readonly items: unknown;
  readonly orderCount: bigint;
  readonly checkoutCount: bigint;
};
const checkoutListText = `with mine as (
  select o.session_id, o.order_number, o.store_id, o.store_name, o.kind, o.total_minor, o.refunded_minor, o.currency, o.status, o.payment_status,
    o.tracking_number, o.placed_at, o.delivery_from, o.delivery_to, o.item_count, o.created_at,
    $1::text is null or o.status::text = $1 as is_shown
  from orders.store_order o
  where o.account_id = $2 and (o.payment_status <> 'unpaid' or (o.status = 'pending' and exists (
    select from payment.payment p join payment.deposit d using (payment_id)
    where p.session_id = o.session_id and p.status = 'requires_action')))
), checkouts as (
  select m.session_id, min(m.created_at) as created_at, min(m.currency) as currency, sum(m.total_minor)::bigint as total_minor,
    jsonb_agg(jsonb_build_object('orderNumber', m.order_number, 'storeId', m.store_id, 'storeName', m.store_name, 'kind', m.kind,
      'totalMinor', m.total_minor, 'refundedMinor', m.refunded_minor, 'status', m.status, 'paymentStatus', m.payment_status,
      'trackingNumber', m.tracking_number, 'deliveryFrom', m.delivery_from, 'deliveryTo', m.delivery_to, 'itemCount', m.item_count,
      'placedAt', (extract(epoch from m.placed_at) * 1000)::bigint) order by m.created_at, m.order_number) filter (where m.is_shown) as orders
  from mine m
  group by m.session_id
  having bool_or(m.is_shown)
)
select c.session_id, c.created_at as "created_at!", c.currency as "currency!", c.total_minor as "total_minor!", c.orders as "orders!",
  (select coalesce(jsonb_agg(jsonb_build_object('orderNumber', i.order_number, 'title', i.title, 'imageUrl', i.image_url, 'quantity', i.quantity)
      order by i.order_number, i.line_no), '[]')
    from mine m join orders.order_item i using (order_number) where m.session_id = c.session_id and m.is_shown) as "items!",
  (select count(*) from mine m where m.is_shown) as "order_count!", (select count(*) from checkouts) as "checkout_count!"
from checkouts c
order by c.created_at desc, c.session_id
limit $3::int offset $4::int`;
/**
 * A shopper's orders, grouped by the checkout they were bought in, newest first; a checkout is never split over two pages.
 * What was never paid is an attempt and not an order to a person, but for one whose transfer is on its way. Reads only.
 */
export function checkoutList(db: Db, args: CheckoutListArgs): Promise<CheckoutListRow[]> {
  return many(db, "order.checkoutList", checkoutListText, [args.status, args.accountId, args.limit, args.offset], (row): CheckoutListRow => ({
    sessionId: row[0],
    createdAt: row[1],
    currency: row[2],
    totalMinor: row[3],
    orders: row[4],
    items: row[5],
    orderCount: row[6],
    checkoutCount: row[7],
  }));
}

export type OrderCountArgs = {
  readonly accountId: string;
  readonly status: string | null;
};
export type OrderCountRow = {
  readonly orders: bigint;
  readonly checkouts: bigint;
};
const orderCountText = `select count(*) as "orders!", count(distinct o.session_id) as "checkouts!"
from orders.store_order o
where o.account_id = $1 and ($2::text is null or o.status::text = $2)
  and (o.payment_status <> 'unpaid' or (o.status = 'pending' and exists (
    select from payment.payment p join payment.deposit d using (payment_id)
    where p.session_id = o.session_id and p.status = 'requires_action')))`;
/** How many orders a shopper's list has, for a page beyond the last one. Reads only. */
export function orderCount(db: Db, args: OrderCountArgs): Promise<OrderCountRow> {
  return one(db, "order.orderCount", orderCountText, [args.accountId, args.status], (row): OrderCountRow => ({
    orders: row[0],
    checkouts: row[1],
  }));
}

export type OrderStatsArgs = {
  readonly accountId: string;
};
export type OrderStatsRow = {
  readonly orderCount: bigint;
  readonly spent: unknown;
  readonly byStatus: unknown;
  readonly stores: unknown;
};
const orderStatsText = `with mine as (
  select o.status, o.currency, o.store_id, o.store_name, o.payment_status <> 'unpaid' as is_paid, o.total_minor - o.refunded_minor as spent_minor
  from orders.store_order o
  where o.account_id = $1 and (o.payment_status <> 'unpaid' or (o.status = 'pending' and exists (
    select from payment.payment p join payment.deposit d using (payment_id)
    where p.session_id = o.session_id and p.status = 'requires_action')))
)
select (select count(*) from mine) as "order_count!",
  coalesce((select jsonb_agg(jsonb_build_object('currency', s.currency, 'spentMinor', s.spent_minor) order by s.currency)
    from (select m.currency, sum(m.spent_minor) as spent_minor from mine m where m.is_paid group by m.currency) s), '[]') as "spent!",
  coalesce((select jsonb_object_agg(s.status, s.count) from (select m.status, count(*) as count from mine m group by m.status) s), '{}') as "by_status!",
  coalesce((select jsonb_agg(jsonb_build_object('storeId', s.store_id, 'storeName', s.store_name, 'orderCount', s.count) order by s.count desc, s.store_id)
    from (select m.store_id, min(m.store_name) as store_name, count(*) as count from mine m group by m.store_id) s), '[]') as "stores!"`;
/**
 * What a shopper has bought so far: the orders that the list has. Money that went back, or is yet to come, is not counted as
 * spent. Reads only.
 */
export function orderStats(db: Db, args: OrderStatsArgs): Promise<OrderStatsRow> {
  return one(db, "order.orderStats", orderStatsText, [args.accountId], (row): OrderStatsRow => ({
    orderCount: row[0],
    spent: row[1],
    byStatus: row[2],
    stores: row[3],
  }));
}

export type OrderReadArgs = {
  readonly orderNumber: string;
  readonly accountId: string | null;
};
export type OrderReadRow = {
  readonly orderNumber: string;
  readonly sessionId: string;
  readonly accountId: string;
  readonly storeId: string;
  readonly storeName: string;
  readonly storeOrderNumber: string | null;
  readonly kind: "physical" | "digital";
  readonly status: "pending" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
  readonly paymentStatus: "unpaid" | "paid" | "partially_refunded" | "refunded";
  readonly placementMethod: "api" | "headless" | "manual" | "digital" | null;
  readonly currency: string;
  readonly itemCount: number;
  readonly subtotalMinor: bigint;
  readonly discountMinor: bigint;
  readonly shippingMinor: bigint;
  readonly taxMinor: bigint;
  readonly totalMinor: bigint;
  readonly refundedMinor: bigint;
  readonly refundedShippingMinor: bigint;
  readonly deliveryFrom: string | null;
  readonly deliveryTo: string | null;
  readonly trackingNumber: string | null;
  readonly carrier: string | null;
  readonly reason: string | null;
  readonly cancelRequestedAt: Date | null;
  readonly cancelRefusedAt: Date | null;
  readonly placedAt: Date | null;
  readonly createdAt: Date;
  readonly shippingAddress: unknown;
  readonly contactEmail: string | null;
  readonly customerName: string | null;
  readonly paidAt: Date | null;
  readonly returnPolicy: string;
  readonly storeTexts: unknown;
  readonly shippingOptionName: string | null;
  readonly placementStatus: "waiting" | "running" | "unknown" | "manual" | "placed" | "failed" | "cancelled" | null;
  readonly waiverWording: string | null;
  readonly waivedAt: Date | null;
  readonly items: unknown;
  readonly history: unknown;
  readonly shipments: unknown;
  readonly refunds: unknown;
  readonly depositDueAt: Date | null;
  readonly depositRevertedAt: Date | null;
  readonly refundAccount: unknown;
  readonly refundRequest: unknown;
};
const orderReadText = `select o.order_number, o.session_id, o.account_id, o.store_id, o.store_name, o.store_order_number, o.kind, o.status, o.payment_status,
  o.placement_method, o.currency, o.item_count, o.subtotal_minor, o.discount_minor, o.shipping_minor, o.tax_minor, o.total_minor,
  o.refunded_minor, o.refunded_shipping_minor, o.delivery_from, o.delivery_to, o.tracking_number, o.carrier, o.reason, o.cancel_requested_at,
  o.cancel_refused_at, o.placed_at, o.created_at, s.shipping_address, s.contact_email, s.customer_name, s.paid_at, st.return_policy, st.texts as store_texts,
  (select h.name from quote.shipping_option h where h.store_id = o.store_id and h.option_id = o.shipping_option_id) as shipping_option_name,
  (select p.status from placement.placement p where p.order_number = o.order_number) as placement_status,
  (select w.wording from access.waiver w where w.order_number = o.order_number) as waiver_wording,
  (select w.waived_at from access.waiver w where w.order_number = o.order_number) as waived_at,
  coalesce((select jsonb_agg(jsonb_build_object(
      'lineNo', i.line_no, 'productId', i.product_id, 'variantId', i.variant_id, 'title', i.title, 'size', i.size, 'color', i.color,
      'imageUrl', i.image_url, 'productUrl', i.product_url, 'quantity', i.quantity, 'unitPriceMinor', i.unit_price_minor,
      'originalPriceMinor', i.original_price_minor, 'lineTotalMinor', i.line_total_minor, 'discountMinor', i.discount_minor,
      'taxMinor', i.tax_minor, 'itemStatus', i.item_status, 'refundedQuantity', i.refunded_quantity, 'refundedMinor', i.refunded_minor)
      order by i.line_no)
    from orders.order_item i where i.order_number = o.order_number), '[]') as "items!",
  coalesce((select jsonb_agg(jsonb_build_object('from', h.from_status, 'to', h.to_status, 'at', h.at) order by h.history_id)
    from orders.order_status_history h where h.order_number = o.order_number), '[]') as "history!",
  coalesce((select jsonb_agg(jsonb_build_object('carrier', sh.carrier, 'trackingNumber', sh.tracking_number, 'status', sh.status,
      'lineNos', sh.line_nos, 'estimatedDelivery', sh.estimated_delivery, 'deliveredAt', sh.delivered_at,
      'events', (select coalesce(jsonb_agg(jsonb_build_object('at', e.occurred_at, 'status', e.status, 'description', e.description,
          'location', e.location) order by e.occurred_at), '[]') from shipment.event e where e.shipment_id = sh.shipment_id))
      order by sh.created_at, sh.shipment_id)
    from shipment.shipment sh where sh.order_number = o.order_number), '[]') as "shipments!",
  coalesce((select jsonb_agg(jsonb_build_object('refundId', r.refund_id, 'amountMinor', r.amount_minor, 'reason', r.reason,
      'status', r.status, 'createdAt', r.created_at, 'succeededAt', r.succeeded_at) order by r.created_at, r.refund_id)
    from payment.refund r where r.order_number = o.order_number), '[]') as "refunds!",
  (select d.due_at from payment.deposit d join payment.payment p using (payment_id)
    where p.session_id = o.session_id and p.status = 'requires_action' and o.payment_status = 'unpaid' and o.status = 'pending') as deposit_due_at,
  (select d.reverted_at from payment.deposit d join payment.payment p using (payment_id)
    where p.session_id = o.session_id and p.refunded_minor < p.amount_minor) as deposit_reverted_at,
  (select payment.refund_account_json_1(p.payment_id) from payment.payment p where p.session_id = o.session_id and p.provider = 'toss') as refund_account,
  (select jsonb_build_object('requestId', q.request_id, 'status', q.status, 'reason', q.reason, 'lines', q.lines, 'createdAt', q.created_at)
    from orders.refund_request q where q.order_number = o.order_number order by q.created_at desc limit 1) as refund_request
from orders.store_order o
join checkout.session s on s.session_id = o.session_id
join store.store st on st.store_id = o.store_id
where o.order_number = $1 and ($2::text is null or o.account_id = $2)`;
/**
 * One order with all that belongs to it, in one round trip: items, history, parcels, refunds. Whoever was given its number may
 * read it before it is paid: of a transfer that takes days. The account may be null for operators; another shopper's order
 * does not exist (P3). Reads only.
 */
export function orderRead(db: Db, args: OrderReadArgs): Promise<OrderReadRow | null> {
  return opt(db, "order.orderRead", orderReadText, [args.orderNumber, args.accountId], (row): OrderReadRow => ({
    orderNumber: row[0],
    sessionId: row[1],
    accountId: row[2],
    storeId: row[3],
    storeName: row[4],
    storeOrderNumber: row[5],
    kind: row[6],
    status: row[7],
    paymentStatus: row[8],
    placementMethod: row[9],
    currency: row[10],
    itemCount: row[11],
    subtotalMinor: row[12],
    discountMinor: row[13],
    shippingMinor: row[14],
    taxMinor: row[15],
    totalMinor: row[16],
    refundedMinor: row[17],
    refundedShippingMinor: row[18],
    deliveryFrom: row[19],
    deliveryTo: row[20],
    trackingNumber: row[21],
    carrier: row[22],
    reason: row[23],
    cancelRequestedAt: row[24],
    cancelRefusedAt: row[25],
    placedAt: row[26],
    createdAt: row[27],
    shippingAddress: row[28],
    contactEmail: row[29],
    customerName: row[30],
    paidAt: row[31],
    returnPolicy: row[32],
    storeTexts: row[33],
    shippingOptionName: row[34],
    placementStatus: row[35],
    waiverWording: row[36],
    waivedAt: row[37],
    items: row[38],
    history: row[39],
    shipments: row[40],
    refunds: row[41],
    depositDueAt: row[42],
    depositRevertedAt: row[43],
    refundAccount: row[44],
    refundRequest: row[45],
  }));
}

export type SessionOrdersArgs = {
  readonly accountId: string;
  readonly sessionId: string;
};
export type SessionOrdersRow = {
  readonly orderNumber: string | null;
};
const sessionOrdersText = `select o.order_number
from checkout.session s left join orders.store_order o on o.session_id = s.session_id and o.account_id = $1
where s.session_id = $2 and (s.account_id = $1 or o.account_id = $1)
order by o.created_at, o.order_number`;
/**
 * The orders of one checkout, paid or not, for its owner: one row without an order where there is none yet, and no row where
 * there is no such checkout of theirs (P3). Reads only.
 */
export function sessionOrders(db: Db, args: SessionOrdersArgs): Promise<SessionOrdersRow[]> {
  return many(db, "order.sessionOrders", sessionOrdersText, [args.accountId, args.sessionId], (row): SessionOrdersRow => ({
    orderNumber: row[0],
  }));
}

export type RefundRequestOpenArgs = {
  readonly requestId: string;
  readonly orderNumber: string;
  readonly accountId: string;
  readonly lines: unknown;
  readonly reason: string;
  readonly isValid: boolean;
};
export type RefundRequestOpenRow = {
  readonly outcome: string;
  readonly requestId: string | null;
};
const refundRequestOpenText = `select r.outcome as "outcome!", r.request_id
from orders.refund_request_open_1($1, $2, $3, $4, $5, $6) r`;
/** Opens a shopper's request for a refund, or finds the one that is open. Locks the order. */
export function refundRequestOpen(db: Db, args: RefundRequestOpenArgs): Promise<RefundRequestOpenRow> {
  return one(db, "order.refundRequestOpen", refundRequestOpenText, [args.requestId, args.orderNumber, args.accountId, args.lines === null ? null : JSON.stringify(args.lines), args.reason, args.isValid], (row): RefundRequestOpenRow => ({
    outcome: row[0],
    requestId: row[1],
  }));
}

export type RefundRequestAnswerArgs = {
  readonly status: string;
  readonly answeredBy: string;
  readonly requestId: string;
};
export type RefundRequestAnswerRow = {
  readonly requestId: string;
  readonly orderNumber: string;
};
const refundRequestAnswerText = `update orders.refund_request q
set status = ($1::text)::orders.refund_request_status, answered_by = $2, answered_at = now()
where q.request_id = $3 and q.status = 'open'
returning q.request_id, q.order_number`;
/** An operator's answer to a request. Locks the request's row; one that was answered before stays as it was. */
export function refundRequestAnswer(db: Db, args: RefundRequestAnswerArgs): Promise<RefundRequestAnswerRow | null> {
  return opt(db, "order.refundRequestAnswer", refundRequestAnswerText, [args.status, args.answeredBy, args.requestId], (row): RefundRequestAnswerRow => ({
    requestId: row[0],
    orderNumber: row[1],
  }));
}

export type RefundRequestListArgs = {
  readonly limit: number;
  readonly offset: number;
};
export type RefundRequestListRow = {
  readonly requestId: string;
  readonly orderNumber: string;
  readonly lines: unknown;
  readonly reason: string;
  readonly status: "open" | "approved" | "declined";
  readonly createdAt: Date;
  readonly storeName: string;
  readonly currency: string;
  readonly totalMinor: bigint;
  readonly refundedMinor: bigint;
};
const refundRequestListText = `select q.request_id, q.order_number, q.lines, q.reason, q.status, q.created_at, o.store_name, o.currency, o.total_minor, o.refunded_minor
from orders.refund_request q join orders.store_order o using (order_number)
where q.status = 'open'
order by q.created_at, q.request_id limit $1::int offset $2::int`;
/** Requests that wait for an operator, oldest first. Reads only. */
export function refundRequestList(db: Db, args: RefundRequestListArgs): Promise<RefundRequestListRow[]> {
  return many(db, "order.refundRequestList", refundRequestListText, [args.limit, args.offset], (row): RefundRequestListRow => ({
    requestId: row[0],
    orderNumber: row[1],
    lines: row[2],
    reason: row[3],
    status: row[4],
    createdAt: row[5],
    storeName: row[6],
    currency: row[7],
    totalMinor: row[8],
    refundedMinor: row[9],
  }));
}

export type OrderHoldArgs = {
  readonly orderNumber: string;
};
export type OrderHoldRow = {
  readonly orderNumber: string;
  readonly status: "pending" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
  readonly paymentStatus: "unpaid" | "paid" | "partially_refunded" | "refunded";
  readonly currency: string;
  readonly totalMinor: bigint;
  readonly refundedMinor: bigint;
  readonly refundedShippingMinor: bigint;
};
const orderHoldText = `select o.order_number, o.status, o.payment_status, o.currency, o.total_minor, o.refunded_minor, o.refunded_shipping_minor
from orders.store_order o where o.order_number = $1
for update`;
/** One order with what of it has gone back, its row held for the rest of the transaction: two refunds racing are serial. */
export function orderHold(db: Db, args: OrderHoldArgs): Promise<OrderHoldRow | null> {
  return opt(db, "order.orderHold", orderHoldText, [args.orderNumber], (row): OrderHoldRow => ({
    orderNumber: row[0],
    status: row[1],
    paymentStatus: row[2],
    currency: row[3],
    totalMinor: row[4],
    refundedMinor: row[5],
    refundedShippingMinor: row[6],
  }));
}

export type RefundOfCauseArgs = {
  readonly cause: string;
};
export type RefundOfCauseRow = {
  readonly refundId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
};
const refundOfCauseText = `select r.refund_id, r.amount_minor, r.currency from payment.refund r where r.cause = $1`;
/** The refund that this cause has led to before. Read under `orderHold`. */
export function refundOfCause(db: Db, args: RefundOfCauseArgs): Promise<RefundOfCauseRow | null> {
  return opt(db, "order.refundOfCause", refundOfCauseText, [args.cause], (row): RefundOfCauseRow => ({
    refundId: row[0],
    amountMinor: row[1],
    currency: row[2],
  }));
}

export type ItemSharesArgs = {
  readonly orderNumber: string;
};
export type ItemSharesRow = {
  readonly lineNo: number;
  readonly quantity: number;
  readonly refundedQuantity: number;
  readonly paidMinor: bigint;
  readonly refundedMinor: bigint;
};
const itemSharesText = `select i.line_no, i.quantity, i.refunded_quantity, i.line_total_minor - i.discount_minor + i.tax_minor as "paid_minor!", i.refunded_minor
from orders.order_item i where i.order_number = $1
order by i.line_no`;
/** What was paid for each line, discount and tax included, and what of it has gone back. Read under `orderHold`. */
export function itemShares(db: Db, args: ItemSharesArgs): Promise<ItemSharesRow[]> {
  return many(db, "order.itemShares", itemSharesText, [args.orderNumber], (row): ItemSharesRow => ({
    lineNo: row[0],
    quantity: row[1],
    refundedQuantity: row[2],
    paidMinor: row[3],
    refundedMinor: row[4],
  }));
}

export type RefundOpenArgs = {
  readonly orderNumber: string;
  readonly cause: string;
  readonly amountMinor: bigint;
  readonly reason: string;
  readonly requestedBy: string | null;
  readonly lines: unknown;
};
export type RefundOpenRow = {
  readonly outcome: string;
  readonly refundId: string | null;
};
const refundOpenText = `select r.outcome as "outcome!", r.refund_id
from orders.refund_open_1($1, $2, $3, $4, $5, $6) r`;
/** Writes the intent to refund, the shares of the lines and the job, in one commit. Locks the order, then the payment. */
export function refundOpen(db: Db, args: RefundOpenArgs): Promise<RefundOpenRow> {
  return one(db, "order.refundOpen", refundOpenText, [args.orderNumber, args.cause, args.amountMinor, args.reason, args.requestedBy, JSON.stringify(args.lines)], (row): RefundOpenRow => ({
    outcome: row[0],
    refundId: row[1],
  }));
}

export type RefundReadArgs = {
  readonly refundId: string;
};
export type RefundReadRow = {
  readonly refundId: string;
  readonly orderNumber: string | null;
  readonly amountMinor: bigint;
  readonly status: "created" | "account_needed" | "unknown" | "pending" | "succeeded" | "failed";
  readonly refundRef: string | null;
  readonly round: number;
  readonly tries: number;
  readonly ageMs: bigint;
  readonly provider: "stripe" | "toss";
  readonly providerRef: string | null;
  readonly wrappedKey: Buffer | null;
  readonly sealed: Buffer | null;
  readonly masterKeyId: string | null;
};
const refundReadText = `select r.refund_id as "refund_id!", r.order_number, r.amount_minor as "amount_minor!", r.status as "status!", r.provider_ref as refund_ref, r.round as "round!",
  r.tries as "tries!",
  (extract(epoch from now() - r.ask_from) * 1000)::bigint as "age_ms!", p.provider as "provider!", p.provider_ref,
  a.wrapped_key, a.sealed, a.master_key_id
from payment.refund r join payment.payment p using (payment_id) left join payment.refund_account a using (refund_id)
where r.refund_id = $1`;
/** A refund with what the provider has to be told. Reads only: the row itself is the intent, and its id the provider's key. */
export function refundRead(db: Db, args: RefundReadArgs): Promise<RefundReadRow | null> {
  return opt(db, "order.refundRead", refundReadText, [args.refundId], (row): RefundReadRow => ({
    refundId: row[0],
    orderNumber: row[1],
    amountMinor: row[2],
    status: row[3],
    refundRef: row[4],
    round: row[5],
    tries: row[6],
    ageMs: row[7],
    provider: row[8],
    providerRef: row[9],
    wrappedKey: row[10],
    sealed: row[11],
    masterKeyId: row[12],
  }));
}

export type RefundSettleArgs = {
  readonly refundId: string;
  readonly status: string;
  readonly providerRef: string | null;
  readonly failureCode: string | null;
  readonly tryAfterSeconds: number | null;
};
export type RefundSettleRow = {
  readonly changed: boolean;
};
const refundSettleText = `select orders.refund_settled_1($1, ($2::text)::payment.refund_status, $3, $4,
  now() + make_interval(secs => $5)) as "changed!"`;
/** What the provider said of a refund, with all that follows for the order. Locks the order, the payment, the refund. */
export function refundSettle(db: Db, args: RefundSettleArgs): Promise<RefundSettleRow> {
  return one(db, "order.refundSettle", refundSettleText, [args.refundId, args.status, args.providerRef, args.failureCode, args.tryAfterSeconds], (row): RefundSettleRow => ({
    changed: row[0],
  }));
}

export type RefundsRingArgs = {
  readonly patienceSeconds: number;
  readonly countMax: number;
};
export type RefundsRingRow = {
  readonly rung: bigint;
};
const refundsRingText = `select count(*) as "rung!" from (
  select graphile_worker.add_job('order.refund', json_build_object('refundId', due.refund_id), job_key => 'order.refund:' || due.refund_id,
    job_key_mode => 'preserve_run_at')
  from (
    select r.refund_id from payment.refund r
    where r.status in ('created', 'unknown', 'pending') and r.try_at <= now() - make_interval(secs => $1)
    order by r.try_at limit $2::int
  ) due
) rung`;
/** Rings again for refunds whose time has come and whose job may be lost. A job that waits already keeps its place. */
export function refundsRing(db: Db, args: RefundsRingArgs): Promise<RefundsRingRow> {
  return one(db, "order.refundsRing", refundsRingText, [args.patienceSeconds, args.countMax], (row): RefundsRingRow => ({
    rung: row[0],
  }));
}

export type PaymentOfRefArgs = {
  readonly provider: string;
  readonly providerRef: string;
};
export type PaymentOfRefRow = {
  readonly paymentId: string;
  readonly sessionId: string;
  readonly currency: string;
};
const paymentOfRefText = `select p.payment_id, p.session_id, p.currency from payment.payment p
where p.provider = ($1::text)::payment.provider and p.provider_ref = $2 and p.status = 'succeeded'`;
/** Whose payment the provider means, once it has succeeded. Reads only. */
export function paymentOfRef(db: Db, args: PaymentOfRefArgs): Promise<PaymentOfRefRow | null> {
  return opt(db, "order.paymentOfRef", paymentOfRefText, [args.provider, args.providerRef], (row): PaymentOfRefRow => ({
    paymentId: row[0],
    sessionId: row[1],
    currency: row[2],
  }));
}

export type SessionOrdersHoldArgs = {
  readonly sessionId: string;
};
export type SessionOrdersHoldRow = {
  readonly orderNumber: string;
  readonly status: "pending" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
  readonly paymentStatus: "unpaid" | "paid" | "partially_refunded" | "refunded";
  readonly totalMinor: bigint;
  readonly refundedMinor: bigint;
  readonly refundedShippingMinor: bigint;
  readonly isCancelling: boolean;
};
const sessionOrdersHoldText = `select o.order_number, o.status, o.payment_status, o.total_minor, o.refunded_minor, o.refunded_shipping_minor,
  o.cancel_requested_at is not null as "is_cancelling!"
from orders.store_order o where o.session_id = $1
order by o.order_number for update`;
/**
 * A checkout's orders with what of each has gone back, their rows held for the rest of the transaction, in the order in which
 * everybody locks.
 */
export function sessionOrdersHold(db: Db, args: SessionOrdersHoldArgs): Promise<SessionOrdersHoldRow[]> {
  return many(db, "order.sessionOrdersHold", sessionOrdersHoldText, [args.sessionId], (row): SessionOrdersHoldRow => ({
    orderNumber: row[0],
    status: row[1],
    paymentStatus: row[2],
    totalMinor: row[3],
    refundedMinor: row[4],
    refundedShippingMinor: row[5],
    isCancelling: row[6],
  }));
}

export type PaymentHoldArgs = {
  readonly paymentId: string;
};
export type PaymentHoldRow = {
  readonly leftMinor: bigint;
};
const paymentHoldText = `select p.amount_minor - p.refunded_minor as "left_minor!" from payment.payment p where p.payment_id = $1 for update`;
/** What is left of a payment, its row held for the rest of the transaction. */
export function paymentHold(db: Db, args: PaymentHoldArgs): Promise<PaymentHoldRow> {
  return one(db, "order.paymentHold", paymentHoldText, [args.paymentId], (row): PaymentHoldRow => ({
    leftMinor: row[0],
  }));
}

export type RefundsOfRefArgs = {
  readonly paymentId: string;
  readonly providerRef: string;
  readonly ownId: string | null;
};
export type RefundsOfRefRow = {
  readonly refundId: string;
  readonly status: "created" | "account_needed" | "unknown" | "pending" | "succeeded" | "failed";
  readonly source: string;
};
const refundsOfRefText = `select r.refund_id, r.status, r.source as "source!" from payment.refund r
where r.payment_id = $1 and (r.provider_ref = $2 or r.refund_id = $3)
order by r.refund_id`;
/** What we know of a refund at the provider: by its name there, or as ours by what it says itself. Read under `paymentHold`. */
export function refundsOfRef(db: Db, args: RefundsOfRefArgs): Promise<RefundsOfRefRow[]> {
  return many(db, "order.refundsOfRef", refundsOfRefText, [args.paymentId, args.providerRef, args.ownId], (row): RefundsOfRefRow => ({
    refundId: row[0],
    status: row[1],
    source: row[2],
  }));
}

export type RefundsAskingArgs = {
  readonly paymentId: string;
};
export type RefundsAskingRow = {
  readonly refundId: string;
  readonly orderNumber: string | null;
  readonly amountMinor: bigint;
  readonly isUnanswered: boolean;
};
const refundsAskingText = `select r.refund_id, r.order_number, r.amount_minor, r.status <> 'account_needed' as "is_unanswered!" from payment.refund r
where r.payment_id = $1 and (r.status = 'account_needed'
  or (r.status in ('created', 'unknown') and r.provider_ref is null and r.ask_from <= now() - interval '20 hours'))
order by r.created_at, r.refund_id`;
/**
 * Refunds of a payment that wait for an account, or that no machine asks for any more without having had an answer, the oldest
 * first. Read under `paymentHold`.
 */
export function refundsAsking(db: Db, args: RefundsAskingArgs): Promise<RefundsAskingRow[]> {
  return many(db, "order.refundsAsking", refundsAskingText, [args.paymentId], (row): RefundsAskingRow => ({
    refundId: row[0],
    orderNumber: row[1],
    amountMinor: row[2],
    isUnanswered: row[3],
  }));
}

export type RefundsOwedArgs = {
  readonly paymentId: string;
  readonly amountMinor: bigint;
};
export type RefundsOwedRow = {
  readonly orderNumber: string | null;
  readonly amountMinor: bigint;
  readonly lines: unknown;
};
const refundsOwedText = `select r.order_number, r.amount_minor, r.lines from payment.refund r
where r.payment_id = $1 and r.status = 'failed' and r.source = 'muse' and r.amount_minor = $2
  and not orders.refund_replaced_1(r)
order by r.created_at, r.refund_id`;
/** Refunds of ours of just this amount that failed and that nothing has replaced, the oldest first. Read under `paymentHold`. */
export function refundsOwed(db: Db, args: RefundsOwedArgs): Promise<RefundsOwedRow[]> {
  return many(db, "order.refundsOwed", refundsOwedText, [args.paymentId, args.amountMinor], (row): RefundsOwedRow => ({
    orderNumber: row[0],
    amountMinor: row[1],
    lines: row[2],
  }));
}

export type RefundOpenWholeArgs = {
  readonly paymentId: string;
  readonly cause: string;
  readonly amountMinor: bigint;
  readonly reason: string;
};
export type RefundOpenWholeRow = {
  readonly outcome: string;
  readonly refundId: string | null;
};
const refundOpenWholeText = `select r.outcome as "outcome!", r.refund_id
from payment.refund_open_1('re_' || replace(gen_random_uuid()::text, '-', ''), $1, null, $2, $3, $4, null, null) r`;
/** Writes the intent to refund a payment that no order stands for. Locks the payment. */
export function refundOpenWhole(db: Db, args: RefundOpenWholeArgs): Promise<RefundOpenWholeRow> {
  return one(db, "order.refundOpenWhole", refundOpenWholeText, [args.paymentId, args.cause, args.amountMinor, args.reason], (row): RefundOpenWholeRow => ({
    outcome: row[0],
    refundId: row[1],
  }));
}

export type RefundByProviderArgs = {
  readonly refundId: string;
  readonly providerRef: string;
};
const refundByProviderText = `select payment.refund_by_provider_1($1, $2)`;
/** It was made at the provider, past Muse. Locks the refund's row, under its payment's. */
export function refundByProvider(db: Db, args: RefundByProviderArgs): Promise<number> {
  return exec(db, "order.refundByProvider", refundByProviderText, [args.refundId, args.providerRef]);
}

export type RefundRepeatRow = {
  readonly repeated: number;
};
const refundRepeatText = `select orders.refund_repeat_1() as "repeated!"`;
/** Asks again for a refund that a bank's dispute was in the way of, once that was won. Locks the order, then the payment. */
export function refundRepeat(db: Db): Promise<RefundRepeatRow> {
  return one(db, "order.refundRepeat", refundRepeatText, [], (row): RefundRepeatRow => ({
    repeated: row[0],
  }));
}

export type RefundsStuckArgs = {
  readonly limit: number;
};
export type RefundsStuckRow = {
  readonly refundId: string;
  readonly orderNumber: string | null;
  readonly sessionId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly status: "created" | "account_needed" | "unknown" | "pending" | "succeeded" | "failed";
  readonly reason: string;
  readonly failureCode: string | null;
  readonly tries: number;
  readonly createdAt: Date;
};
const refundsStuckText = `select r.refund_id, r.order_number, p.session_id, r.amount_minor, r.currency, r.status, r.reason, r.failure_code, r.tries, r.created_at
from payment.refund r join payment.payment p using (payment_id)
where (r.status = 'failed' and not payment.refund_at_bank_1(r) and not orders.refund_replaced_1(r))
  or (r.status in ('created', 'unknown') and r.ask_from <= now() - interval '20 hours')
  or r.status = 'account_needed'
order by r.created_at limit $1::int`;
/**
 * Refunds that no machine will bring to an end: refused by the provider, or without an answer for too long. For operators.
 * Reads only.
 */
export function refundsStuck(db: Db, args: RefundsStuckArgs): Promise<RefundsStuckRow[]> {
  return many(db, "order.refundsStuck", refundsStuckText, [args.limit], (row): RefundsStuckRow => ({
    refundId: row[0],
    orderNumber: row[1],
    sessionId: row[2],
    amountMinor: row[3],
    currency: row[4],
    status: row[5],
    reason: row[6],
    failureCode: row[7],
    tries: row[8],
    createdAt: row[9],
  }));
}

export type OrdersAdoptArgs = {
  readonly toAccountId: string;
  readonly fromAccountId: string;
};
const ordersAdoptText = `with adopted as (
  update orders.store_order o set account_id = $1 where o.account_id = $2 returning o.order_number
)
update orders.refund_request q set account_id = $1 where q.account_id = $2`;
/** A visitor turned out to be somebody: what they bought is that person's from now on. Locks the visitor's orders. */
export function ordersAdopt(db: Db, args: OrdersAdoptArgs): Promise<number> {
  return exec(db, "order.ordersAdopt", ordersAdoptText, [args.toAccountId, args.fromAccountId]);
}
