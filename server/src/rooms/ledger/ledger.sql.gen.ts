// Generated from ledger.sql by tools/sqlgen.ts. Do not edit.
import { exec, many, one, opt, type Db } from "#platform/db/query.ts";

export type ReconciliationStartArgs = {
  readonly reconciliationId: string;
  readonly provider: string;
  readonly toAt: Date | null;
  readonly requestedBy: string | null;
};
export type ReconciliationStartRow = {
  readonly reconciliationId: string;
  readonly fromAt: Date;
  readonly toAt: Date;
};
const reconciliationStartText = `select r.reconciliation_id as "reconciliation_id!", r.from_at as "from_at!", r.to_at as "to_at!"
from ledger.reconciliation_start_1($1, ($2::text)::payment.provider, coalesce($3, now() - interval '1 minute'), $4) r`;
/** Begins a reconciliation unless one is running or there is nothing to compare. Locks nothing that shoppers use. */
export function reconciliationStart(db: Db, args: ReconciliationStartArgs): Promise<ReconciliationStartRow | null> {
  return opt(db, "ledger.reconciliationStart", reconciliationStartText, [args.reconciliationId, args.provider, args.toAt, args.requestedBy], (row): ReconciliationStartRow => ({
    reconciliationId: row[0],
    fromAt: row[1],
    toAt: row[2],
  }));
}

export type RecordsKeepArgs = {
  readonly records: string;
  readonly provider: string;
};
export type RecordsKeepRow = {
  readonly kept: bigint;
};
const recordsKeepText = `with given as (
  select g.record_id, g.kind, g.payment_ref, g.object_ref, g.own_id, g.amount_minor, g.fee_minor, g.currency, g.booked_at
  from jsonb_to_recordset(($1::text)::jsonb) as g (record_id text, kind text, payment_ref text, object_ref text, own_id text, amount_minor bigint,
    fee_minor bigint, currency text, booked_at timestamptz)
), kept as (
  insert into ledger.provider_record as p (provider, record_id, kind, payment_ref, object_ref, own_id, amount_minor, fee_minor, currency, booked_at)
  select ($2::text)::payment.provider, g.record_id, g.kind, g.payment_ref, g.object_ref, g.own_id, g.amount_minor, g.fee_minor, g.currency, g.booked_at
  from given g
  on conflict (provider, record_id) do nothing
  returning 1
)
select count(*) as "kept!" from kept`;
/** Keeps a page of the provider's lines. A line is never changed there, so one that is known is left as it is. Locks nothing. */
export function recordsKeep(db: Db, args: RecordsKeepArgs): Promise<RecordsKeepRow> {
  return one(db, "ledger.recordsKeep", recordsKeepText, [args.records, args.provider], (row): RecordsKeepRow => ({
    kept: row[0],
  }));
}

export type ReconciliationCompareArgs = {
  readonly reconciliationId: string;
  readonly fromAt: Date;
  readonly toAt: Date;
};
export type ReconciliationCompareRow = {
  readonly named: number | null;
};
const reconciliationCompareText = `select ledger.reconciliation_compare_1($1, $2, $3) as named`;
/** Names the differences of one slice of time; null when the reconciliation is not running any more. Locks its row. */
export function reconciliationCompare(db: Db, args: ReconciliationCompareArgs): Promise<ReconciliationCompareRow> {
  return one(db, "ledger.reconciliationCompare", reconciliationCompareText, [args.reconciliationId, args.fromAt, args.toAt], (row): ReconciliationCompareRow => ({
    named: row[0],
  }));
}

export type ReconciliationFinishArgs = {
  readonly reconciliationId: string;
};
export type ReconciliationFinishRow = {
  readonly differences: number | null;
};
const reconciliationFinishText = `select ledger.reconciliation_finish_1($1) as differences`;
/** Ends the reconciliation with its sums; null when it was not running any more. Locks its row. */
export function reconciliationFinish(db: Db, args: ReconciliationFinishArgs): Promise<ReconciliationFinishRow> {
  return one(db, "ledger.reconciliationFinish", reconciliationFinishText, [args.reconciliationId], (row): ReconciliationFinishRow => ({
    differences: row[0],
  }));
}

export type ReconciliationFailArgs = {
  readonly reconciliationId: string;
};
const reconciliationFailText = `update ledger.reconciliation r set status = 'failed', finished_at = now()
where r.reconciliation_id = $1 and r.status = 'running'`;
/** The provider could not be asked to the end: nothing is known of this time. Locks its row. */
export function reconciliationFail(db: Db, args: ReconciliationFailArgs): Promise<number> {
  return exec(db, "ledger.reconciliationFail", reconciliationFailText, [args.reconciliationId]);
}

export type ReconciliationDueArgs = {
  readonly provider: string;
};
export type ReconciliationDueRow = {
  readonly toAt: Date;
  readonly isDue: boolean;
};
const reconciliationDueText = `select date_trunc('day', now(), 'UTC') as "to_at!",
  now() >= date_trunc('day', now(), 'UTC') + interval '15 minutes'
  and not exists (
    select from ledger.reconciliation r
    where r.provider = ($1::text)::payment.provider
      and ((r.status = 'finished' and r.to_at >= date_trunc('day', now(), 'UTC')) or (r.status <> 'finished' and r.started_at > now() - interval '15 minutes'))
  ) as "is_due!"`;
/**
 * Whether the night's reconciliation is still to be made: none has ended that reaches the last midnight (UTC), and it is a
 * quarter of an hour past, so that what was on its way has arrived; after one that failed it waits as long. Reads only.
 */
export function reconciliationDue(db: Db, args: ReconciliationDueArgs): Promise<ReconciliationDueRow> {
  return one(db, "ledger.reconciliationDue", reconciliationDueText, [args.provider], (row): ReconciliationDueRow => ({
    toAt: row[0],
    isDue: row[1],
  }));
}

export type ReconciliationAskArgs = {
  readonly provider: string;
  readonly requestedBy: string;
};
export type ReconciliationAskRow = {
  readonly jobId: string;
};
const reconciliationAskText = `select (graphile_worker.add_job('ledger.reconcile', json_build_object('provider', $1::text, 'requestedBy', $2::text),
  job_key => 'ledger.reconcile:' || $1::text)).id::text as "job_id!"`;
/** Somebody at the desk wants the books compared up to now. A job does it. Locks nothing. */
export function reconciliationAsk(db: Db, args: ReconciliationAskArgs): Promise<ReconciliationAskRow> {
  return one(db, "ledger.reconciliationAsk", reconciliationAskText, [args.provider, args.requestedBy], (row): ReconciliationAskRow => ({
    jobId: row[0],
  }));
}

export type ReconciliationListArgs = {
  readonly limit: number;
  readonly offset: number;
};
export type ReconciliationListRow = {
  readonly reconciliationId: string;
  readonly provider: "stripe" | "toss";
  readonly fromAt: Date;
  readonly toAt: Date;
  readonly status: "running" | "finished" | "failed";
  readonly requestedBy: string | null;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly recordCount: number;
  readonly differenceCount: number;
  readonly total: bigint;
};
const reconciliationListText = `select r.reconciliation_id, r.provider, r.from_at, r.to_at, r.status, r.requested_by, r.started_at, r.finished_at, r.record_count, r.difference_count,
  count(*) over () as "total!"
from ledger.reconciliation r
order by r.started_at desc, r.reconciliation_id
limit $1::int offset $2::int`;
/** The latest reconciliations, newest first. Reads only. */
export function reconciliationList(db: Db, args: ReconciliationListArgs): Promise<ReconciliationListRow[]> {
  return many(db, "ledger.reconciliationList", reconciliationListText, [args.limit, args.offset], (row): ReconciliationListRow => ({
    reconciliationId: row[0],
    provider: row[1],
    fromAt: row[2],
    toAt: row[3],
    status: row[4],
    requestedBy: row[5],
    startedAt: row[6],
    finishedAt: row[7],
    recordCount: row[8],
    differenceCount: row[9],
    total: row[10],
  }));
}

export type ReconciliationReadArgs = {
  readonly reconciliationId: string;
};
export type ReconciliationReadRow = {
  readonly reconciliationId: string;
  readonly provider: "stripe" | "toss";
  readonly fromAt: Date;
  readonly toAt: Date;
  readonly status: "running" | "finished" | "failed";
  readonly requestedBy: string | null;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly recordCount: number;
  readonly differenceCount: number;
  readonly sums: unknown;
};
const reconciliationReadText = `select r.reconciliation_id, r.provider, r.from_at, r.to_at, r.status, r.requested_by, r.started_at, r.finished_at, r.record_count, r.difference_count, r.sums
from ledger.reconciliation r where r.reconciliation_id = $1`;
/** One reconciliation with its sums. Reads only. */
export function reconciliationRead(db: Db, args: ReconciliationReadArgs): Promise<ReconciliationReadRow | null> {
  return opt(db, "ledger.reconciliationRead", reconciliationReadText, [args.reconciliationId], (row): ReconciliationReadRow => ({
    reconciliationId: row[0],
    provider: row[1],
    fromAt: row[2],
    toAt: row[3],
    status: row[4],
    requestedBy: row[5],
    startedAt: row[6],
    finishedAt: row[7],
    recordCount: row[8],
    differenceCount: row[9],
    sums: row[10],
  }));
}

export type DifferenceListArgs = {
  readonly reconciliationId: string;
  readonly limit: number;
};
export type DifferenceListRow = {
  readonly number: number;
  readonly kind: string;
  readonly subject: string;
  readonly paymentId: string | null;
  readonly providerRef: string | null;
  readonly currency: string | null;
  readonly oursMinor: bigint | null;
  readonly theirsMinor: bigint | null;
  readonly orderNumbers: unknown;
};
const differenceListText = `select d.number, d.kind, d.subject, d.payment_id, d.provider_ref, d.currency, d.ours_minor, d.theirs_minor,
  coalesce((select jsonb_agg(o.order_number order by o.order_number)
    from payment.payment p join orders.store_order o using (session_id) where p.payment_id = d.payment_id), '[]') as "order_numbers!"
from ledger.difference d where d.reconciliation_id = $1
order by d.kind, d.subject, d.number
limit $2::int`;
/** What one reconciliation found, with the orders it is about. Reads only. */
export function differenceList(db: Db, args: DifferenceListArgs): Promise<DifferenceListRow[]> {
  return many(db, "ledger.differenceList", differenceListText, [args.reconciliationId, args.limit], (row): DifferenceListRow => ({
    number: row[0],
    kind: row[1],
    subject: row[2],
    paymentId: row[3],
    providerRef: row[4],
    currency: row[5],
    oursMinor: row[6],
    theirsMinor: row[7],
    orderNumbers: row[8],
  }));
}

export type BalanceListRow = {
  readonly account: "provider_clearing" | "shopper_funds" | "store_payable" | "seller_payable" | "platform_fee" | "shipping" | "tax" | "refunds" | "disputes" | "dispute_losses" | "payouts" | "bank";
  readonly ownerId: string | null;
  readonly currency: string;
  readonly postings: bigint;
  readonly balanceMinor: bigint;
  readonly ownerName: string | null;
};
const balanceListText = `select p.account, p.owner_id, e.currency, count(*) as "postings!",
  (sum(p.amount_minor) * case when p.account in ('provider_clearing', 'disputes', 'dispute_losses', 'bank') then 1 else -1 end)::bigint as "balance_minor!",
  case when p.account in ('store_payable', 'shipping') then (select s.name from store.store s where s.store_id = p.owner_id)
    when p.account = 'seller_payable' then (select s.display_name from seller.seller s where s.account_id = p.owner_id) end as owner_name
from ledger.posting p join ledger.entry e using (entry_id)
group by p.account, p.owner_id, e.currency
order by p.account, p.owner_id nulls first, e.currency`;
/**
 * What each account stands at, in each currency, as it is told: what we hold and have lost as it is, what we owe above zero.
 * Reads the postings whole.
 */
export function balanceList(db: Db): Promise<BalanceListRow[]> {
  return many(db, "ledger.balanceList", balanceListText, [], (row): BalanceListRow => ({
    account: row[0],
    ownerId: row[1],
    currency: row[2],
    postings: row[3],
    balanceMinor: row[4],
    ownerName: row[5],
  }));
}

export type StatementLinesArgs = {
  readonly ownerId: string;
  readonly accounts: readonly string[];
  readonly fromAt: Date;
  readonly toAt: Date;
  readonly currency: string | null;
  readonly afterEntryId: bigint;
  readonly afterLineNo: number;
  readonly limit: number;
};
export type StatementLinesRow = {
  readonly entryId: bigint;
  readonly lineNo: number;
  readonly at: Date;
  readonly cause: "payment_captured" | "order_placed" | "refund_opened" | "refund_paid" | "refund_returned" | "refund_withdrawn" | "dispute_withdrawn" | "dispute_reinstated" | "dispute_lost" | "payout_prepared" | "payout_paid" | "payout_failed";
  readonly orderNumber: string | null;
  readonly payout: string | null;
  readonly account: "provider_clearing" | "shopper_funds" | "store_payable" | "seller_payable" | "platform_fee" | "shipping" | "tax" | "refunds" | "disputes" | "dispute_losses" | "payouts" | "bank";
  readonly currency: string;
  readonly amountMinor: bigint;
};
const statementLinesText = `select e.entry_id, p.line_no, e.at, e.cause, p.order_number,
  (select coalesce(o.reference, o.payout_id) from ledger.payout o where e.session_id is null and o.payout_id = split_part(e.cause_id, ':', 1)) as payout, p.account, e.currency, -p.amount_minor as "amount_minor!"
from ledger.posting p join ledger.entry e using (entry_id)
where p.owner_id = $1 and p.account::text = any ($2::text[]) and e.at >= $3 and e.at < $4
  and ($5::text is null or e.currency = $5)
  and p.entry_id > ledger.entry_before_1($3::timestamptz) and p.entry_id <= ledger.entry_before_1($4::timestamptz + interval '2 days')
  and (p.entry_id, p.line_no) > ($6::bigint, $7::smallint)
order by p.entry_id, p.line_no
limit $8::int`;
/**
 * What was booked to one owner (a store, a seller) in a time, oldest first, a page at a time: what is owed to them stands
 * above zero. A payout is named by the bank's reference, once there is one. Begins and ends near the time's own entries, however
 * much came before it and after. Reads only.
 */
export function statementLines(db: Db, args: StatementLinesArgs): Promise<StatementLinesRow[]> {
  return many(db, "ledger.statementLines", statementLinesText, [args.ownerId, args.accounts, args.fromAt, args.toAt, args.currency, args.afterEntryId, args.afterLineNo, args.limit], (row): StatementLinesRow => ({
    entryId: row[0],
    lineNo: row[1],
    at: row[2],
    cause: row[3],
    orderNumber: row[4],
    payout: row[5],
    account: row[6],
    currency: row[7],
    amountMinor: row[8],
  }));
}

export type StatementOpeningArgs = {
  readonly ownerId: string;
  readonly accounts: readonly string[];
  readonly fromAt: Date;
  readonly currency: string | null;
};
export type StatementOpeningRow = {
  readonly currency: string;
  readonly balanceMinor: bigint;
};
const statementOpeningText = `select e.currency, -sum(p.amount_minor)::bigint as "balance_minor!"
from ledger.posting p join ledger.entry e using (entry_id)
where p.owner_id = $1 and p.account::text = any ($2::text[]) and e.at < $3
  and ($4::text is null or e.currency = $4)
group by e.currency order by e.currency`;
/** What stood to an owner's account before a time, by currency. Reads only. */
export function statementOpening(db: Db, args: StatementOpeningArgs): Promise<StatementOpeningRow[]> {
  return many(db, "ledger.statementOpening", statementOpeningText, [args.ownerId, args.accounts, args.fromAt, args.currency], (row): StatementOpeningRow => ({
    currency: row[0],
    balanceMinor: row[1],
  }));
}
