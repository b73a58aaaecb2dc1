// Generated from checkout.sql by tools/sqlgen.ts. Do not edit.
import { exec, many, one, opt, type Db } from "#platform/db/query.ts";

export type SessionStartArgs = {
  readonly accountId: string;
  readonly sessionId: string;
  readonly ttlSeconds: number;
  readonly locale: string;
  readonly productIds: readonly string[] | null;
  readonly currency: string | null;
};
export type SessionStartRow = {
  readonly outcome: string;
  readonly problem: unknown;
  readonly session: unknown;
};
const sessionStartText = `select r.outcome as "outcome!", r.problem, r.session
from checkout.session_start_3($1, $2, make_interval(secs => $3), $4, $5, $6) r`;
/**
 * Freezes the account's cart (or what of it is in one currency, or one each of the digital products named) into a session
 * and reserves its stock, or finds the live session of the same. Serial per account by an advisory lock; locks older
 * sessions of the account and stock rows by id.
 */
export function sessionStart(db: Db, args: SessionStartArgs): Promise<SessionStartRow> {
  return one(db, "checkout.sessionStart", sessionStartText, [args.accountId, args.sessionId, args.ttlSeconds, args.locale, args.productIds, args.currency], (row): SessionStartRow => ({
    outcome: row[0],
    problem: row[1],
    session: row[2],
  }));
}

export type SessionReadArgs = {
  readonly sessionId: string;
  readonly accountId: string;
};
export type SessionReadRow = {
  readonly session: unknown;
  readonly paymentStatus: "started" | "requires_action" | "unknown" | "succeeded" | "failed" | "canceled" | null;
  readonly failureCode: string | null;
  readonly clientSecret: string | null;
  readonly actionUrl: string | null;
  readonly declineCode: string | null;
  readonly deposit: unknown;
  readonly refundAccount: unknown;
  readonly orders: unknown;
};
const sessionReadText = `select checkout.session_json_1(s) as "session!", p.status as payment_status, p.failure_code, p.client_secret, p.action_url,
  (select a.decline_code from payment.attempt a where a.payment_id = p.payment_id order by a.number desc limit 1) as decline_code,
  (select jsonb_build_object('bankCode', d.bank_code, 'accountNumber', d.account_number, 'holderName', d.holder_name,
      'dueAt', (extract(epoch from d.due_at) * 1000)::bigint, 'isReverted', d.reverted_at is not null)
    from payment.deposit d where d.payment_id = p.payment_id and (p.status = 'requires_action' or d.reverted_at is not null)) as deposit,
  case when p.provider = 'toss' then payment.refund_account_json_1(p.payment_id) end as refund_account,
  coalesce((
    select jsonb_agg(jsonb_build_object(
      'orderNumber', o.order_number, 'groupKey', o.group_key, 'storeName', o.store_name, 'storeOrderNumber', o.store_order_number, 'status', o.status,
      'paymentStatus', o.payment_status, 'reason', o.reason, 'totalMinor', o.total_minor, 'refundedMinor', o.refunded_minor,
      'placedAt', (extract(epoch from o.placed_at) * 1000)::bigint, 'placement', pl.status,
      'refund', (
        select case when count(*) > 0 then jsonb_build_object('amountMinor', sum(r.amount_minor), 'status', case when bool_and(r.status = 'succeeded') then 'succeeded' when bool_or(r.status = 'failed') then 'failed' else 'pending' end,
          'requestedAt', (extract(epoch from min(r.created_at)) * 1000)::bigint,
          'succeededAt', case when bool_and(r.status = 'succeeded') then (extract(epoch from max(r.succeeded_at)) * 1000)::bigint end) end
        from payment.refund r
        where r.order_number = o.order_number and not (r.status = 'failed' and orders.refund_replaced_1(r)))) order by o.created_at, o.order_number)
    from orders.store_order o left join placement.placement pl using (order_number)
    where o.session_id = s.session_id
  ), '[]') as "orders!"
from checkout.session s
left join payment.payment p on p.session_id = s.session_id
where s.session_id = $1 and s.account_id = $2`;
/**
 * The whole session with its payment and orders, for its owner: one read for the page, the place call and the event
 * stream. Another account's session does not exist (P3).
 */
export function sessionRead(db: Db, args: SessionReadArgs): Promise<SessionReadRow | null> {
  return opt(db, "checkout.sessionRead", sessionReadText, [args.sessionId, args.accountId], (row): SessionReadRow => ({
    session: row[0],
    paymentStatus: row[1],
    failureCode: row[2],
    clientSecret: row[3],
    actionUrl: row[4],
    declineCode: row[5],
    deposit: row[6],
    refundAccount: row[7],
    orders: row[8],
  }));
}

export type SessionQuoteArgs = {
  readonly sessionId: string;
  readonly accountId: string;
  readonly shippingAddress: unknown;
  readonly contactEmail: string | null;
  readonly quote: unknown;
  readonly shippingMinor: bigint;
  readonly taxMinor: bigint;
  readonly discountMinor: bigint;
  readonly version: number;
};
export type SessionQuoteRow = {
  readonly outcome: string;
  readonly session: unknown;
};
const sessionQuoteText = `with target as (
  select s.session_id, s.status, s.version, s.expires_at > now() as is_in_time
  from checkout.session s where s.session_id = $1 and s.account_id = $2
  for update
), changed as (
  update checkout.session s
  set shipping_address = coalesce($3, s.shipping_address), contact_email = coalesce($4, s.contact_email),
      quote = $5, shipping_minor = $6, tax_minor = $7, discount_minor = $8,
      total_minor = s.subtotal_minor - $8 + $6 + $7, version = s.version + 1, updated_at = now()
  from target t
  where s.session_id = t.session_id and t.status = 'pending' and t.is_in_time and t.version = $9
  returning s
)
select
  (case
    when not exists (select from target) then 'not_found'
    when (select t.status from target t) = 'pending' and not (select t.is_in_time from target t) then 'expired'
    when (select t.status from target t) <> 'pending' then (select t.status::text from target t)
    when not exists (select from changed) then 'moved'
    else 'quoted'
  end) as "outcome!",
  (select checkout.session_json_1(c.s) from changed c) as session`;
/**
 * Writes address, quote and totals onto the session they were computed from: another version, or a session that is no
 * longer open, is refused. Locks the session's row.
 */
export function sessionQuote(db: Db, args: SessionQuoteArgs): Promise<SessionQuoteRow> {
  return one(db, "checkout.sessionQuote", sessionQuoteText, [args.sessionId, args.accountId, args.shippingAddress === null ? null : JSON.stringify(args.shippingAddress), args.contactEmail, JSON.stringify(args.quote), args.shippingMinor, args.taxMinor, args.discountMinor, args.version], (row): SessionQuoteRow => ({
    outcome: row[0],
    session: row[1],
  }));
}

export type SessionPayWithArgs = {
  readonly sessionId: string;
  readonly accountId: string;
  readonly paymentMethodId: string | null;
  readonly onStoreFailure: string | null;
};
export type SessionPayWithRow = {
  readonly outcome: string;
  readonly session: unknown;
};
const sessionPayWithText = `with target as (
  select s.session_id, s.status, s.expires_at > now() as is_in_time
  from checkout.session s where s.session_id = $1 and s.account_id = $2
  for update
), changed as (
  update checkout.session s
  set payment_method_id = coalesce($3, s.payment_method_id),
      on_store_failure = coalesce(($4::text)::checkout.on_store_failure, s.on_store_failure),
      version = s.version + 1, updated_at = now()
  from target t
  where s.session_id = t.session_id and t.status = 'pending' and t.is_in_time
  returning s
)
select
  (case
    when not exists (select from target) then 'not_found'
    when (select t.status from target t) = 'pending' and not (select t.is_in_time from target t) then 'expired'
    when (select t.status from target t) <> 'pending' then (select t.status::text from target t)
    else 'noted'
  end) as "outcome!",
  (select checkout.session_json_1(c.s) from changed c) as session`;
/** Notes the provider's payment method, and what the shopper wants when a store fails. Locks the session's row. */
export function sessionPayWith(db: Db, args: SessionPayWithArgs): Promise<SessionPayWithRow> {
  return one(db, "checkout.sessionPayWith", sessionPayWithText, [args.sessionId, args.accountId, args.paymentMethodId, args.onStoreFailure], (row): SessionPayWithRow => ({
    outcome: row[0],
    session: row[1],
  }));
}

export type CustomerNameArgs = {
  readonly customerName: string;
  readonly sessionId: string;
  readonly accountId: string;
};
const customerNameText = `update checkout.session s set customer_name = $1, updated_at = now()
where s.session_id = $2 and s.account_id = $3 and s.status = 'pending'`;
/** Notes whom the receipt is for, where no address says it. Locks the session's row. */
export function customerName(db: Db, args: CustomerNameArgs): Promise<number> {
  return exec(db, "checkout.customerName", customerNameText, [args.customerName, args.sessionId, args.accountId]);
}

export type PaymentOfArgs = {
  readonly sessionId: string;
  readonly accountId: string;
};
export type PaymentOfRow = {
  readonly paymentId: string | null;
  readonly clientSecret: string | null;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly orders: unknown;
};
const paymentOfText = `select p.payment_id, p.client_secret, coalesce(p.amount_minor, s.total_minor) as "amount_minor!", s.currency as "currency!",
  (select jsonb_agg(jsonb_build_object('orderId', o.order_number, 'productId', i.product_id, 'title', i.title, 'sellerId', c.seller_id,
      'sellerName', o.store_name, 'totalMinor', o.total_minor, 'status', o.status, 'paymentStatus', o.payment_status) order by i.line_no, o.order_number)
    from orders.store_order o join orders.order_item i using (order_number) join catalog.product c using (product_id)
    where o.session_id = s.session_id) as "orders!"
from checkout.session s left join payment.payment p using (session_id)
where s.session_id = $1 and s.account_id = $2`;
/**
 * What a browser needs to confirm a session's payment itself, with the orders that it pays for, for their owner. In won there
 * is no payment before its payer has said yes. Reads only.
 */
export function paymentOf(db: Db, args: PaymentOfArgs): Promise<PaymentOfRow | null> {
  return opt(db, "checkout.paymentOf", paymentOfText, [args.sessionId, args.accountId], (row): PaymentOfRow => ({
    paymentId: row[0],
    clientSecret: row[1],
    amountMinor: row[2],
    currency: row[3],
    orders: row[4],
  }));
}

export type OrdersOpenArgs = {
  readonly sessionId: string;
  readonly accountId: string;
};
export type OrdersOpenRow = {
  readonly outcome: string;
  readonly amountMinor: bigint | null;
};
const ordersOpenText = `select r.outcome as "outcome!", r.amount_minor from checkout.orders_open_1($1, $2) r`;
/**
 * Makes the orders of digital goods in won before Toss's window opens, or says why they cannot be bought now. Locks the
 * session, its orders, editions by id.
 */
export function ordersOpen(db: Db, args: OrdersOpenArgs): Promise<OrdersOpenRow> {
  return one(db, "checkout.ordersOpen", ordersOpenText, [args.sessionId, args.accountId], (row): OrdersOpenRow => ({
    outcome: row[0],
    amountMinor: row[1],
  }));
}

export type SessionOfOrderArgs = {
  readonly orderNumber: string;
};
export type SessionOfOrderRow = {
  readonly sessionId: string;
};
const sessionOfOrderText = `select o.session_id from orders.store_order o where o.order_number = $1`;
/** The checkout that an order was made in: what an event of the older way names. Reads only. */
export function sessionOfOrder(db: Db, args: SessionOfOrderArgs): Promise<SessionOfOrderRow | null> {
  return opt(db, "checkout.sessionOfOrder", sessionOfOrderText, [args.orderNumber], (row): SessionOfOrderRow => ({
    sessionId: row[0],
  }));
}

export type ContactChangeArgs = {
  readonly sessionId: string;
  readonly accountId: string;
  readonly email: string;
  readonly changesMax: number;
};
export type ContactChangeRow = {
  readonly outcome: string;
};
const contactChangeText = `select checkout.contact_change_1($1, $2, $3, $4) as "outcome!"`;
/** Says where mails about this checkout go from now on, and keeps where they went before. Locks the session's row. */
export function contactChange(db: Db, args: ContactChangeArgs): Promise<ContactChangeRow> {
  return one(db, "checkout.contactChange", contactChangeText, [args.sessionId, args.accountId, args.email, args.changesMax], (row): ContactChangeRow => ({
    outcome: row[0],
  }));
}

export type SessionCancelArgs = {
  readonly sessionId: string;
  readonly accountId: string;
};
export type SessionCancelRow = {
  readonly outcome: string;
};
const sessionCancelText = `select checkout.session_cancel_1($1, $2) as "outcome!"`;
/** Gives everything back that the session holds; refused while a payment is in the air or done. Locks the session's row. */
export function sessionCancel(db: Db, args: SessionCancelArgs): Promise<SessionCancelRow> {
  return one(db, "checkout.sessionCancel", sessionCancelText, [args.sessionId, args.accountId], (row): SessionCancelRow => ({
    outcome: row[0],
  }));
}

export type SessionsExpireArgs = {
  readonly countMax: number;
};
export type SessionsExpireRow = {
  readonly expired: number;
};
const sessionsExpireText = `select checkout.sessions_expire_1($1) as "expired!"`;
/** Ends sessions whose thirty minutes are over and releases their stock. Skips rows that somebody holds. */
export function sessionsExpire(db: Db, args: SessionsExpireArgs): Promise<SessionsExpireRow> {
  return one(db, "checkout.sessionsExpire", sessionsExpireText, [args.countMax], (row): SessionsExpireRow => ({
    expired: row[0],
  }));
}

export type PlaceStartArgs = {
  readonly sessionId: string;
  readonly accountId: string;
  readonly paymentId: string;
  readonly attemptId: string;
  readonly checkAfterSeconds: number;
  readonly deadRef: string | null;
  readonly press: Uint8Array | null;
  readonly totalMinor: bigint | null;
};
export type PlaceStartRow = {
  readonly outcome: string;
  readonly paymentId: string | null;
  readonly attemptId: string | null;
  readonly attemptNumber: number | null;
  readonly generation: number | null;
  readonly providerRef: string | null;
  readonly replaceIntent: boolean | null;
  readonly amountMinor: bigint | null;
  readonly currency: string | null;
  readonly methodRef: string | null;
};
const placeStartText = `select r.outcome as "outcome!", r.payment_id, r.attempt_id, r.attempt_number, r.generation, r.provider_ref, r.replace_intent,
  r.amount_minor, r.currency, r.method_ref
from checkout.place_start_1($1, $2, $3, $4, make_interval(secs => $5), $6,
  $7, $8) r`;
/**
 * Writes the intent to charge: orders and payment attempt, one commit; or says which intent has to be called off first.
 * Locks the session, its orders and its payment.
 */
export function placeStart(db: Db, args: PlaceStartArgs): Promise<PlaceStartRow> {
  return one(db, "checkout.placeStart", placeStartText, [args.sessionId, args.accountId, args.paymentId, args.attemptId, args.checkAfterSeconds, args.deadRef, args.press, args.totalMinor], (row): PlaceStartRow => ({
    outcome: row[0],
    paymentId: row[1],
    attemptId: row[2],
    attemptNumber: row[3],
    generation: row[4],
    providerRef: row[5],
    replaceIntent: row[6],
    amountMinor: row[7],
    currency: row[8],
    methodRef: row[9],
  }));
}

export type PaymentSucceededArgs = {
  readonly paymentId: string;
  readonly providerRef: string;
  readonly amountMinor: bigint;
  readonly currency: string;
};
export type PaymentSucceededRow = {
  readonly outcome: string;
  readonly sessionId: string | null;
};
const paymentSucceededText = `select r.outcome as "outcome!", r.session_id
from checkout.payment_succeeded_1($1, $2, $3, $4) r`;
/**
 * The money moved: orders paid, stock sold, cart cleared, files given, placements queued, all or nothing and once. Locks the
 * session, its orders, the payment, stock by id, the cart, editions by id.
 */
export function paymentSucceeded(db: Db, args: PaymentSucceededArgs): Promise<PaymentSucceededRow> {
  return one(db, "checkout.paymentSucceeded", paymentSucceededText, [args.paymentId, args.providerRef, args.amountMinor, args.currency], (row): PaymentSucceededRow => ({
    outcome: row[0],
    sessionId: row[1],
  }));
}

export type PaymentSettledArgs = {
  readonly attemptId: string;
  readonly status: string;
  readonly providerRef: string | null;
  readonly clientSecret: string | null;
  readonly actionUrl: string | null;
  readonly failureCode: string | null;
  readonly declineCode: string | null;
  readonly checkAfterSeconds: number | null;
};
export type PaymentSettledRow = {
  readonly sessionId: string | null;
};
const paymentSettledText = `select checkout.payment_settled_1($1, ($2::text)::payment.attempt_status, $3, $4, $5,
  $6, $7, make_interval(secs => $8)) as session_id`;
/**
 * What the provider said short of success, on one attempt; answers the session where that was news. Locks the session and
 * the payment.
 */
export function paymentSettled(db: Db, args: PaymentSettledArgs): Promise<PaymentSettledRow> {
  return one(db, "checkout.paymentSettled", paymentSettledText, [args.attemptId, args.status, args.providerRef, args.clientSecret, args.actionUrl, args.failureCode, args.declineCode, args.checkAfterSeconds], (row): PaymentSettledRow => ({
    sessionId: row[0],
  }));
}

export type PaymentAwaitsDepositArgs = {
  readonly attemptId: string;
  readonly providerRef: string;
  readonly bankCode: string;
  readonly accountNumber: string;
  readonly holderName: string;
  readonly dueAt: Date;
  readonly secret: string;
  readonly checkAfterSeconds: number;
};
export type PaymentAwaitsDepositRow = {
  readonly sessionId: string | null;
};
const paymentAwaitsDepositText = `select checkout.payment_awaits_deposit_1($1, $2, $3, $4, $5, $6, $7,
  make_interval(secs => $8)) as session_id`;
/**
 * The payer was given an account to pay into; answers the session where that was news. Locks the session, the payment, and
 * what the session holds of the stock.
 */
export function paymentAwaitsDeposit(db: Db, args: PaymentAwaitsDepositArgs): Promise<PaymentAwaitsDepositRow> {
  return one(db, "checkout.paymentAwaitsDeposit", paymentAwaitsDepositText, [args.attemptId, args.providerRef, args.bankCode, args.accountNumber, args.holderName, args.dueAt, args.secret, args.checkAfterSeconds], (row): PaymentAwaitsDepositRow => ({
    sessionId: row[0],
  }));
}

export type TossOrderReadArgs = {
  readonly orderId: string;
  readonly accountId: string;
};
export type TossOrderReadRow = {
  readonly sessionId: string;
  readonly amountMinor: bigint;
};
const tossOrderReadText = `select t.session_id, t.amount_minor
from payment.toss_order t
join checkout.session s using (session_id)
where t.order_id = $1 and s.account_id = $2`;
/** What was on the button when Toss's window was opened, for the session's owner alone (P3). Reads only. */
export function tossOrderRead(db: Db, args: TossOrderReadArgs): Promise<TossOrderReadRow | null> {
  return opt(db, "checkout.tossOrderRead", tossOrderReadText, [args.orderId, args.accountId], (row): TossOrderReadRow => ({
    sessionId: row[0],
    amountMinor: row[1],
  }));
}

export type PaymentCanceledArgs = {
  readonly paymentId: string;
  readonly generation: number;
};
export type PaymentCanceledRow = {
  readonly changed: boolean;
};
const paymentCanceledText = `select checkout.payment_canceled_1($1, $2) as "changed!"`;
/** The intent of an ended session is dead at the provider. Locks the session and the payment. */
export function paymentCanceled(db: Db, args: PaymentCanceledArgs): Promise<PaymentCanceledRow> {
  return one(db, "checkout.paymentCanceled", paymentCanceledText, [args.paymentId, args.generation], (row): PaymentCanceledRow => ({
    changed: row[0],
  }));
}

export type UnwindOrdersArgs = {
  readonly sessionId: string;
};
export type UnwindOrdersRow = {
  readonly orderNumber: string;
};
const unwindOrdersText = `select o.order_number from orders.store_order o
where o.session_id = $1 and o.status in ('pending', 'placed', 'confirmed') and o.cancel_refused_at is null
order by o.order_number`;
/** The orders that all-or-nothing has to call back because a sister failed. Reads only. */
export function unwindOrders(db: Db, args: UnwindOrdersArgs): Promise<UnwindOrdersRow[]> {
  return many(db, "checkout.unwindOrders", unwindOrdersText, [args.sessionId], (row): UnwindOrdersRow => ({
    orderNumber: row[0],
  }));
}

export type PaymentsToCancelArgs = {
  readonly countMax: bigint;
};
export type PaymentsToCancelRow = {
  readonly sessionId: string;
};
const paymentsToCancelText = `select p.session_id from payment.payment p
join checkout.session s on s.session_id = p.session_id
where p.status in ('started', 'requires_action', 'unknown', 'failed') and p.updated_at < now() - interval '1 minute'
  and s.status in ('expired', 'cancelled') and s.finished_at < now() - interval '1 minute'
order by random() limit $1`;
/**
 * Ended sessions whose payment may still succeed at the provider, a minute after their job should have called it off. In any
 * order, so that those which the provider will not have called off keep no other waiting. Reads only, by the open payments,
 * which are few.
 */
export function paymentsToCancel(db: Db, args: PaymentsToCancelArgs): Promise<PaymentsToCancelRow[]> {
  return many(db, "checkout.paymentsToCancel", paymentsToCancelText, [args.countMax], (row): PaymentsToCancelRow => ({
    sessionId: row[0],
  }));
}

export type SessionsToUnwindArgs = {
  readonly countMax: bigint;
};
export type SessionsToUnwindRow = {
  readonly sessionId: string;
};
const sessionsToUnwindText = `select s.session_id from checkout.session s
where s.status = 'processing' and s.on_store_failure = 'all_or_nothing' and s.paid_at < now() - interval '1 minute'
  and exists (select from orders.store_order o where o.session_id = s.session_id and o.status = 'failed')
  and exists (select from orders.store_order o where o.session_id = s.session_id and o.status in ('pending', 'placed', 'confirmed')
    and o.cancel_refused_at is null and o.cancel_requested_at is null)
order by s.paid_at limit $1`;
/**
 * Sessions where one failure has to call the others back, a minute after their job should have. Reads only, by the
 * sessions still at work.
 */
export function sessionsToUnwind(db: Db, args: SessionsToUnwindArgs): Promise<SessionsToUnwindRow[]> {
  return many(db, "checkout.sessionsToUnwind", sessionsToUnwindText, [args.countMax], (row): SessionsToUnwindRow => ({
    sessionId: row[0],
  }));
}

export type SessionsAdoptArgs = {
  readonly fromAccountId: string;
  readonly toAccountId: string;
};
const sessionsAdoptText = `select checkout.adopt_1($1, $2)`;
/**
 * A visitor turned out to be somebody: their sessions are that person's. Where both have one of the same cart, the one
 * whose payment is not in the air gives way. Locks the visitor's paid orders, then the sessions of both.
 */
export function sessionsAdopt(db: Db, args: SessionsAdoptArgs): Promise<number> {
  return exec(db, "checkout.sessionsAdopt", sessionsAdoptText, [args.fromAccountId, args.toAccountId]);
}
