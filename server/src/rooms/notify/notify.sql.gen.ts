// Generated from notify.sql by tools/sqlgen.ts. Do not edit.
import { exec, many, one, opt, type Db } from "#platform/db/query.ts";

export type NewsReadArgs = {
  readonly countMax: number;
  readonly patienceSeconds: number;
};
export type NewsReadRow = {
  readonly taken: number;
};
const newsReadText = `select notify.read_news_1($1, make_interval(secs => $2)) as "taken!"`;
/**
 * Takes a round of news and writes the mails that follow from it, in one commit. Finds its news by the index news_due; skips
 * what another worker is reading.
 */
export function newsRead(db: Db, args: NewsReadArgs): Promise<NewsReadRow> {
  return one(db, "notify.newsRead", newsReadText, [args.countMax, args.patienceSeconds], (row): NewsReadRow => ({
    taken: row[0],
  }));
}

export type NewsMissedArgs = {
  readonly historyMax: bigint;
  readonly settledSeconds: number;
};
export type NewsMissedRow = {
  readonly found: number;
};
const newsMissedText = `with latest as (
  select h.order_number, h.to_status, h.at from orders.order_status_history h
  where h.history_id > (select coalesce(max(l.history_id), 0) from orders.order_status_history l) - $1::bigint
    and h.at between now() - interval '2 days' and now() - make_interval(secs => $2)
), missed as (
  select distinct o.session_id
  from latest l
  join orders.store_order o using (order_number)
  join checkout.session s using (session_id)
  where o.payment_status <> 'unpaid' and l.to_status = o.status and notify.recipient_1(s.contact_email, s.account_id) is not null
    and s.updated_at < now() - make_interval(secs => $2)
    and not exists (select from notify.news n where n.session_id = o.session_id)
    and (
      (s.status = 'completed' and not exists (select from notify.mail m where m.dedupe_key = 'order_placed:' || s.session_id))
      or (o.status in ('failed', 'cancelled') and not exists (select from notify.mail m where m.dedupe_key = 'order_ended:' || o.order_number))
      or (o.status = 'delivered' and o.kind = 'physical' and not exists (select from notify.mail m where m.dedupe_key = 'delivered:' || o.order_number))
    )
), rung as (
  insert into notify.news (session_id) select m.session_id from missed m returning news_id
)
select count(*)::int as "found!" from rung`;
/**
 * Makes good what a hand, a restored backup or a fault of ours has lost: looks at the latest of what happened to orders, and
 * rings for every checkout among it that lacks a mail nobody is about to write. Bounded by the history's key. Locks nothing.
 */
export function newsMissed(db: Db, args: NewsMissedArgs): Promise<NewsMissedRow> {
  return one(db, "notify.newsMissed", newsMissedText, [args.historyMax, args.settledSeconds], (row): NewsMissedRow => ({
    found: row[0],
  }));
}

export type LinkMailPutArgs = {
  readonly mailId: string;
  readonly kind: "order_placed" | "order_ended" | "shipped" | "delivered" | "refund_done" | "refund_account" | "deposit_reverted" | "late_payment" | "payment_action" | "sign_in_link" | "order_link" | "ops_alerts" | "payout_paid" | "payout_returned";
  readonly recipient: string;
  readonly orderNumber: string | null;
  readonly locale: string;
  readonly usefulSeconds: number;
};
const linkMailPutText = `insert into notify.mail (mail_id, kind, dedupe_key, recipient, order_number, locale, give_up_at)
values ($1, $2, 'link:' || $1, $3, $4, $5, now() + make_interval(secs => $6))`;
/**
 * A mail that somebody has asked for by giving an address. Whether there is anything to tell at that address is found out when
 * it is sent, so that asking takes as long for everybody. Locks nothing.
 */
export function linkMailPut(db: Db, args: LinkMailPutArgs): Promise<number> {
  return exec(db, "notify.linkMailPut", linkMailPutText, [args.mailId, args.kind, args.recipient, args.orderNumber, args.locale, args.usefulSeconds]);
}

export type MailsClaimArgs = {
  readonly countMax: number;
  readonly leaseSeconds: number;
  readonly host: string;
};
export type MailsClaimRow = {
  readonly mailId: string;
  readonly kind: "order_placed" | "order_ended" | "shipped" | "delivered" | "refund_done" | "refund_account" | "deposit_reverted" | "late_payment" | "payment_action" | "sign_in_link" | "order_link" | "ops_alerts" | "payout_paid" | "payout_returned";
  readonly attempts: number;
  readonly locale: string;
  readonly sessionId: string | null;
  readonly orderNumber: string | null;
  readonly shipmentId: string | null;
  readonly refundId: string | null;
  readonly payoutId: string | null;
  readonly messageId: string;
  readonly dedupeKey: string;
  readonly isOver: boolean;
  readonly recipient: string | null;
};
const mailsClaimText = `with due as (
  select m.mail_id from notify.mail m where m.try_at <= now() order by m.try_at limit $1::int for update skip locked
)
update notify.mail m
set status = 'sending', attempts = m.attempts + 1, try_at = now() + make_interval(secs => $2), updated_at = now(),
    message_id = coalesce(m.message_id, '<' || m.mail_id || '@' || $3 || '>')
from due
where m.mail_id = due.mail_id
returning m.mail_id, m.kind, m.attempts, m.locale, m.session_id, m.order_number, m.shipment_id, m.refund_id, m.payout_id, m.message_id as "message_id!",
  m.dedupe_key,
  m.give_up_at <= now() as "is_over!",
  coalesce(m.recipient,
    case when m.payout_id is not null then notify.recipient_1(null, m.account_id) end,
    (select u.email from notify.alert_reader r join account."user" u on u.id = r.account_id where r.account_id = m.account_id),
    (select notify.recipient_1(s.contact_email, s.account_id) from checkout.session s where s.session_id = m.session_id)) as recipient`;
/**
 * The first beat: a round of mails that are due becomes ours for a while, each with the Message-ID it keeps. One that was being
 * sent by a worker that died is due again when its time is up. Skips what another worker is taking.
 */
export function mailsClaim(db: Db, args: MailsClaimArgs): Promise<MailsClaimRow[]> {
  return many(db, "notify.mailsClaim", mailsClaimText, [args.countMax, args.leaseSeconds, args.host], (row): MailsClaimRow => ({
    mailId: row[0],
    kind: row[1],
    attempts: row[2],
    locale: row[3],
    sessionId: row[4],
    orderNumber: row[5],
    shipmentId: row[6],
    refundId: row[7],
    payoutId: row[8],
    messageId: row[9],
    dedupeKey: row[10],
    isOver: row[11],
    recipient: row[12],
  }));
}

export type MailSettleArgs = {
  readonly status: "queued" | "sending" | "unknown" | "sent" | "failed" | "dropped";
  readonly error: string | null;
  readonly tryAfterSeconds: number | null;
  readonly mailId: string;
  readonly attempt: number;
};
const mailSettleText = `update notify.mail m
set status = $1, updated_at = now(), error = $2,
    try_at = case when $3::float8 is not null then now() + make_interval(secs => $3::float8) end,
    recipient = case when $3::float8 is not null then m.recipient end,
    sent_at = case when $1 = 'sent'::notify.mail_status then now() end
where m.mail_id = $4 and m.try_at is not null and (m.attempts = $5 or $1 = 'sent'::notify.mail_status)`;
/** The third beat. That it was sent counts from whoever says so; anything else only from the newest attempt. Locks the mail's row. */
export function mailSettle(db: Db, args: MailSettleArgs): Promise<number> {
  return exec(db, "notify.mailSettle", mailSettleText, [args.status, args.error, args.tryAfterSeconds, args.mailId, args.attempt]);
}

export type CheckoutReadArgs = {
  readonly sessionId: string;
};
export type CheckoutReadRow = {
  readonly sessionId: string;
  readonly currency: string;
  readonly subtotalMinor: bigint;
  readonly discountMinor: bigint;
  readonly shippingMinor: bigint;
  readonly taxMinor: bigint;
  readonly totalMinor: bigint;
  readonly status: "pending" | "processing" | "completed" | "failed" | "expired" | "cancelled";
  readonly shippingAddress: unknown;
  readonly expiresAt: Date;
  readonly paidAt: Date | null;
  readonly paymentStatus: "started" | "requires_action" | "unknown" | "succeeded" | "failed" | "canceled" | null;
  readonly chargedMinor: bigint | null;
  readonly provider: "stripe" | "toss" | null;
  readonly isDepositReverted: boolean;
  readonly orders: unknown;
  readonly refunds: unknown;
};
const checkoutReadText = `select s.session_id as "session_id!", s.currency as "currency!", s.subtotal_minor as "subtotal_minor!", s.discount_minor as "discount_minor!",
  s.shipping_minor as "shipping_minor!", s.tax_minor as "tax_minor!", s.total_minor as "total_minor!", s.status as "status!", s.shipping_address, s.expires_at as "expires_at!", s.paid_at, p.status as payment_status, p.amount_minor as charged_minor,
  p.provider as provider,
  exists (select from payment.deposit d where d.payment_id = p.payment_id and d.reverted_at is not null) as "is_deposit_reverted!",
  (select coalesce(jsonb_agg(jsonb_build_object(
      'orderNumber', o.order_number, 'storeName', o.store_name, 'kind', o.kind, 'status', o.status,
      'reason', o.reason, 'subtotalMinor', o.subtotal_minor, 'discountMinor', o.discount_minor, 'shippingMinor', o.shipping_minor,
      'taxMinor', o.tax_minor, 'totalMinor', o.total_minor, 'deliveryFrom', o.delivery_from, 'deliveryTo', o.delivery_to,
      'items', (select jsonb_agg(jsonb_build_object('lineNo', i.line_no, 'title', i.title, 'size', i.size, 'color', i.color, 'quantity', i.quantity,
          'lineTotalMinor', i.line_total_minor) order by i.line_no)
        from orders.order_item i where i.order_number = o.order_number),
      'shipments', (select coalesce(jsonb_agg(jsonb_build_object('shipmentId', x.shipment_id, 'carrier', x.carrier,
          'trackingNumber', x.tracking_number, 'estimatedDelivery', (extract(epoch from x.estimated_delivery) * 1000)::bigint,
          'lineNos', to_jsonb(x.line_nos)) order by x.created_at, x.shipment_id), '[]')
        from shipment.shipment x where x.order_number = o.order_number)
    ) order by o.created_at, o.order_number), '[]')
   from orders.store_order o where o.session_id = s.session_id) as "orders!",
  (select coalesce(jsonb_agg(jsonb_build_object('refundId', r.refund_id, 'orderNumber', r.order_number, 'amountMinor', r.amount_minor,
      'status', r.status, 'succeededAt', (extract(epoch from r.succeeded_at) * 1000)::bigint,
      'lastDigits', (select a.last_digits from payment.refund_account a where a.refund_id = r.refund_id),
      'isOfEnd', r.cause = 'order:' || r.order_number || ':ended') order by r.created_at, r.refund_id), '[]')
   from payment.refund r where r.payment_id = p.payment_id) as "refunds!"
from checkout.session s
left join payment.payment p using (session_id)
where s.session_id = $1`;
/** Everything a mail about a checkout may tell, as it is at this moment. Locks nothing. */
export function checkoutRead(db: Db, args: CheckoutReadArgs): Promise<CheckoutReadRow | null> {
  return opt(db, "notify.checkoutRead", checkoutReadText, [args.sessionId], (row): CheckoutReadRow => ({
    sessionId: row[0],
    currency: row[1],
    subtotalMinor: row[2],
    discountMinor: row[3],
    shippingMinor: row[4],
    taxMinor: row[5],
    totalMinor: row[6],
    status: row[7],
    shippingAddress: row[8],
    expiresAt: row[9],
    paidAt: row[10],
    paymentStatus: row[11],
    chargedMinor: row[12],
    provider: row[13],
    isDepositReverted: row[14],
    orders: row[15],
    refunds: row[16],
  }));
}

export type LookUpReadArgs = {
  readonly email: string;
  readonly orderNumber: string | null;
  readonly countMax: number;
};
export type LookUpReadRow = {
  readonly sessionId: string;
  readonly currency: string;
  readonly totalMinor: bigint;
  readonly paidAt: Date;
  readonly guestAccountId: string | null;
  readonly orders: unknown;
};
const lookUpReadText = `with named as (
  select s.session_id from checkout.session s where lower(s.contact_email) = lower($1) and s.paid_at is not null
  union
  select s.session_id from account."user" u join checkout.session s on s.account_id = u.id
  where u.email = lower($1) and not u.is_anonymous and s.paid_at is not null and s.contact_email is null
)
select s.session_id as "session_id!", s.currency as "currency!", s.total_minor as "total_minor!", s.paid_at as "paid_at!",
  case when u.is_anonymous
      and not exists (select from account.merge g where g.from_account_id = u.id)
      and not exists (select from checkout.session x where x.account_id = u.id and lower(x.contact_email) <> lower($1))
    then u.id end as guest_account_id,
  (select coalesce(jsonb_agg(jsonb_build_object('orderNumber', o.order_number, 'storeName', o.store_name, 'status', o.status)
      order by o.created_at, o.order_number), '[]')
   from orders.store_order o where o.session_id = s.session_id) as "orders!"
from named
join checkout.session s using (session_id)
join account."user" u on u.id = s.account_id
where $2::text is null
  or exists (select from orders.store_order o where o.session_id = s.session_id and o.order_number = $2)
order by s.paid_at desc
limit $3::int`;
/**
 * The newest paid checkouts that were made with an e-mail address, or by the person who has it. `guest_account_id` is there
 * where a link may let its reader in: nothing of that visitor's belongs to anybody with another address. Uses the index
 * session_contact. Locks nothing.
 */
export function lookUpRead(db: Db, args: LookUpReadArgs): Promise<LookUpReadRow[]> {
  return many(db, "notify.lookUpRead", lookUpReadText, [args.email, args.orderNumber, args.countMax], (row): LookUpReadRow => ({
    sessionId: row[0],
    currency: row[1],
    totalMinor: row[2],
    paidAt: row[3],
    guestAccountId: row[4],
    orders: row[5],
  }));
}

export type PayoutReadArgs = {
  readonly payoutId: string;
};
export type PayoutReadRow = {
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly reference: string;
  readonly paidAt: Date;
  readonly failure: string | null;
};
const payoutReadText = `select p.currency, p.amount_minor, p.reference as "reference!", p.paid_at as "paid_at!", p.failure
from ledger.payout p where p.payout_id = $1 and p.paid_at is not null`;
/** A transfer to a seller, as it is at this moment. Locks nothing. */
export function payoutRead(db: Db, args: PayoutReadArgs): Promise<PayoutReadRow | null> {
  return opt(db, "notify.payoutRead", payoutReadText, [args.payoutId], (row): PayoutReadRow => ({
    currency: row[0],
    amountMinor: row[1],
    reference: row[2],
    paidAt: row[3],
    failure: row[4],
  }));
}

export type OrderLinkPutArgs = {
  readonly tokenHash: Uint8Array;
  readonly mailId: string;
  readonly accountId: string;
  readonly usefulSeconds: number;
};
const orderLinkPutText = `insert into notify.order_link (token_hash, mail_id, account_id, expires_at)
values ($1, $2, $3, now() + make_interval(secs => $4))`;
/** The digest of a link's token, before the token leaves. Locks nothing. */
export function orderLinkPut(db: Db, args: OrderLinkPutArgs): Promise<number> {
  return exec(db, "notify.orderLinkPut", orderLinkPutText, [args.tokenHash, args.mailId, args.accountId, args.usefulSeconds]);
}

export type OrderLinkUseArgs = {
  readonly tokenHash: Uint8Array;
};
export type OrderLinkUseRow = {
  readonly accountId: string;
};
const orderLinkUseText = `update notify.order_link l set used_at = now()
where l.token_hash = $1 and l.used_at is null and l.expires_at > now()
returning l.account_id`;
/** Whose a link is, once. No row for one that never was, is used, or is over: these cannot be told apart. Locks its row. */
export function orderLinkUse(db: Db, args: OrderLinkUseArgs): Promise<OrderLinkUseRow | null> {
  return opt(db, "notify.orderLinkUse", orderLinkUseText, [args.tokenHash], (row): OrderLinkUseRow => ({
    accountId: row[0],
  }));
}

export type QueueReadRow = {
  readonly waiting: number;
  readonly oldestSeconds: number;
  readonly failed: number;
};
const queueReadText = `select
  (select count(*) from notify.mail m where m.try_at is not null)::int as "waiting!",
  (select coalesce(extract(epoch from now() - min(m.created_at)), 0) from notify.mail m where m.try_at is not null)::float8 as "oldest_seconds!",
  (select count(*) from notify.mail m where m.try_at is null and m.status = 'failed' and m.updated_at > now() - interval '1 day')::int as "failed!"`;
/** What waits, for the metrics. Both by small partial indexes. Locks nothing. */
export function queueRead(db: Db): Promise<QueueReadRow> {
  return one(db, "notify.queueRead", queueReadText, [], (row): QueueReadRow => ({
    waiting: row[0],
    oldestSeconds: row[1],
    failed: row[2],
  }));
}

export type NewestCheckoutArgs = {
  readonly accountId: string;
};
export type NewestCheckoutRow = {
  readonly sessionId: string;
};
const newestCheckoutText = `select s.session_id from checkout.session s
where s.account_id = $1 and s.paid_at is not null
order by s.created_at desc
limit 1`;
/** What somebody who comes by a link wants to see. Uses the index session_account. Locks nothing. */
export function newestCheckout(db: Db, args: NewestCheckoutArgs): Promise<NewestCheckoutRow | null> {
  return opt(db, "notify.newestCheckout", newestCheckoutText, [args.accountId], (row): NewestCheckoutRow => ({
    sessionId: row[0],
  }));
}

export type AlertsFindDueRow = {
  readonly found: number;
};
const alertsFindDueText = `select notify.find_due_alerts_1() as "found!"`;
/**
 * What comes due by time alone becomes an alert: work at the desk past half its deadline, evidence that nobody has sent. By
 * the small partial indexes of what is open. Locks nothing.
 */
export function alertsFindDue(db: Db): Promise<AlertsFindDueRow> {
  return one(db, "notify.alertsFindDue", alertsFindDueText, [], (row): AlertsFindDueRow => ({
    found: row[0],
  }));
}

export type AlertMailsWriteArgs = {
  readonly gatherSeconds: number;
  readonly everySeconds: number;
};
export type AlertMailsWriteRow = {
  readonly written: number;
};
const alertMailsWriteText = `select notify.write_alert_mails_1(make_interval(secs => $1), make_interval(secs => $2)) as "written!"`;
/** Writes each reader a mail with all that they have not been told of, one in so many minutes. One worker at a time. */
export function alertMailsWrite(db: Db, args: AlertMailsWriteArgs): Promise<AlertMailsWriteRow> {
  return one(db, "notify.alertMailsWrite", alertMailsWriteText, [args.gatherSeconds, args.everySeconds], (row): AlertMailsWriteRow => ({
    written: row[0],
  }));
}

export type AlertsOfMailArgs = {
  readonly mailId: string;
  readonly countMax: number;
};
export type AlertsOfMailRow = {
  readonly alertId: bigint;
  readonly kind: "tier_sick" | "tier_well" | "page_changed" | "task_late" | "find_out" | "books_differ" | "dispute_opened" | "evidence_due" | "payment_unmatched";
  readonly at: Date;
  readonly storeId: string | null;
  readonly storeName: string | null;
  readonly method: "api" | "headless" | "manual" | "digital" | null;
  readonly orderNumber: string | null;
  readonly disputeId: string | null;
  readonly reconciliationId: string | null;
  readonly paymentId: string | null;
  readonly provider: string | null;
  readonly reason: string | null;
  readonly step: string | null;
  readonly detail: string | null;
  readonly bad: number | null;
  readonly total: number | null;
  readonly dueAt: Date | null;
  readonly amountMinor: bigint | null;
  readonly currency: string | null;
  readonly all: bigint;
};
const alertsOfMailText = `select a.alert_id as "alert_id!", a.kind as "kind!", a.at as "at!", a.store_id, s.name as store_name, a.method, a.order_number, a.dispute_id, a.reconciliation_id, a.payment_id,
  a.provider, a.reason, a.step, a.detail, a.bad, a.total, a.due_at, a.amount_minor, a.currency, count(*) over () as "all!"
from notify.alert_told t
join notify.alert a using (alert_id)
left join store.store s using (store_id)
where t.mail_id = $1
order by a.alert_id
limit $2::int`;
/** What one mail tells, the oldest first; one more than are shown. Locks nothing. */
export function alertsOfMail(db: Db, args: AlertsOfMailArgs): Promise<AlertsOfMailRow[]> {
  return many(db, "notify.alertsOfMail", alertsOfMailText, [args.mailId, args.countMax], (row): AlertsOfMailRow => ({
    alertId: row[0],
    kind: row[1],
    at: row[2],
    storeId: row[3],
    storeName: row[4],
    method: row[5],
    orderNumber: row[6],
    disputeId: row[7],
    reconciliationId: row[8],
    paymentId: row[9],
    provider: row[10],
    reason: row[11],
    step: row[12],
    detail: row[13],
    bad: row[14],
    total: row[15],
    dueAt: row[16],
    amountMinor: row[17],
    currency: row[18],
    all: row[19],
  }));
}

export type AlertListArgs = {
  readonly beforeId: bigint | null;
  readonly kind: "tier_sick" | "tier_well" | "page_changed" | "task_late" | "find_out" | "books_differ" | "dispute_opened" | "evidence_due" | "payment_unmatched" | null;
  readonly limit: number;
};
export type AlertListRow = {
  readonly alertId: bigint;
  readonly kind: "tier_sick" | "tier_well" | "page_changed" | "task_late" | "find_out" | "books_differ" | "dispute_opened" | "evidence_due" | "payment_unmatched";
  readonly at: Date;
  readonly storeId: string | null;
  readonly storeName: string | null;
  readonly method: "api" | "headless" | "manual" | "digital" | null;
  readonly orderNumber: string | null;
  readonly disputeId: string | null;
  readonly reconciliationId: string | null;
  readonly paymentId: string | null;
  readonly provider: string | null;
  readonly reason: string | null;
  readonly step: string | null;
  readonly detail: string | null;
  readonly bad: number | null;
  readonly total: number | null;
  readonly dueAt: Date | null;
  readonly amountMinor: bigint | null;
  readonly currency: string | null;
  readonly sessionId: string | null;
};
const alertListText = `select a.alert_id as "alert_id!", a.kind as "kind!", a.at as "at!", a.store_id, s.name as store_name, a.method, a.order_number, a.dispute_id, a.reconciliation_id, a.payment_id,
  a.provider, a.reason, a.step, a.detail, a.bad, a.total, a.due_at, a.amount_minor, a.currency,
  (select p.session_id from payment.payment p where p.payment_id = a.payment_id) as session_id
from notify.alert a
left join store.store s using (store_id)
where ($1::bigint is null or a.alert_id < $1) and ($2::notify.alert_kind is null or a.kind = $2)
order by a.alert_id desc
limit $3::int`;
/** What the people of the house are told of, newest first; one kind of it where it is chosen. Reads by the key. */
export function alertList(db: Db, args: AlertListArgs): Promise<AlertListRow[]> {
  return many(db, "notify.alertList", alertListText, [args.beforeId, args.kind, args.limit], (row): AlertListRow => ({
    alertId: row[0],
    kind: row[1],
    at: row[2],
    storeId: row[3],
    storeName: row[4],
    method: row[5],
    orderNumber: row[6],
    disputeId: row[7],
    reconciliationId: row[8],
    paymentId: row[9],
    provider: row[10],
    reason: row[11],
    step: row[12],
    detail: row[13],
    bad: row[14],
    total: row[15],
    dueAt: row[16],
    amountMinor: row[17],
    currency: row[18],
    sessionId: row[19],
  }));
}

export type AlertWishReadArgs = {
  readonly accountId: string;
};
export type AlertWishReadRow = {
  readonly byMail: boolean;
  readonly locale: string;
  readonly everySeconds: number;
};
const alertWishReadText = `select coalesce(w.by_mail, u.role = 'ops') as "by_mail!", coalesce(w.locale, 'en') as "locale!",
  extract(epoch from notify.alert_mail_every_1())::int as "every_seconds!"
from account."user" u left join notify.alert_wish w on w.account_id = u.id
where u.id = $1`;
/** Whether somebody of the house is written to, and in which language. Locks nothing. */
export function alertWishRead(db: Db, args: AlertWishReadArgs): Promise<AlertWishReadRow> {
  return one(db, "notify.alertWishRead", alertWishReadText, [args.accountId], (row): AlertWishReadRow => ({
    byMail: row[0],
    locale: row[1],
    everySeconds: row[2],
  }));
}

export type AlertWishPutArgs = {
  readonly accountId: string;
  readonly byMail: boolean;
  readonly locale: string;
};
export type AlertWishPutRow = {
  readonly byMail: boolean;
  readonly locale: string;
  readonly everySeconds: number;
};
const alertWishPutText = `insert into notify.alert_wish as w (account_id, by_mail, locale, since)
select $1, $2, $3, case when u.role = 'ops' then '-infinity'::timestamptz else now() end
from account."user" u where u.id = $1
on conflict (account_id) do update
  set by_mail = excluded.by_mail, locale = excluded.locale, since = case when w.by_mail then w.since else now() end
returning w.by_mail, w.locale, extract(epoch from notify.alert_mail_every_1())::int as "every_seconds!"`;
/**
 * What somebody wishes from now on. Who was not written to is not told of what was before; who works at the desk was, unasked.
 * Locks their row.
 */
export function alertWishPut(db: Db, args: AlertWishPutArgs): Promise<AlertWishPutRow> {
  return one(db, "notify.alertWishPut", alertWishPutText, [args.accountId, args.byMail, args.locale], (row): AlertWishPutRow => ({
    byMail: row[0],
    locale: row[1],
    everySeconds: row[2],
  }));
}
