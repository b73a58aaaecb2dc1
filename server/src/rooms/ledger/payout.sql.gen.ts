// Generated from payout.sql by tools/sqlgen.ts. Do not edit.
import { many, one, type Db } from "#platform/db/query.ts";

export type PayoutPrepareArgs = {
  readonly payoutId: string;
  readonly sellerId: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly preparedBy: string;
};
export type PayoutPrepareRow = {
  readonly outcome: string;
  readonly payoutId: string | null;
  readonly availableMinor: bigint;
};
const payoutPrepareText = `select r.outcome as "outcome!", r.payout_id, r.available_minor as "available_minor!"
from ledger.payout_prepare_1($1, $2, $3, $4, $5) r`;
/** Takes an amount from what is owed to a seller; see ledger.payout_prepare_1. Locks the seller's row. */
export function payoutPrepare(db: Db, args: PayoutPrepareArgs): Promise<PayoutPrepareRow> {
  return one(db, "ledger.payoutPrepare", payoutPrepareText, [args.payoutId, args.sellerId, args.currency, args.amountMinor, args.preparedBy], (row): PayoutPrepareRow => ({
    outcome: row[0],
    payoutId: row[1],
    availableMinor: row[2],
  }));
}

export type PayoutApproveArgs = {
  readonly payoutId: string;
  readonly approvedBy: string;
};
export type PayoutApproveRow = {
  readonly outcome: string;
};
const payoutApproveText = `select ledger.payout_approve_1($1, $2) as "outcome!"`;
/** A second person agrees; see ledger.payout_approve_1. Locks the payout. */
export function payoutApprove(db: Db, args: PayoutApproveArgs): Promise<PayoutApproveRow> {
  return one(db, "ledger.payoutApprove", payoutApproveText, [args.payoutId, args.approvedBy], (row): PayoutApproveRow => ({
    outcome: row[0],
  }));
}

export type PayoutPaidArgs = {
  readonly payoutId: string;
  readonly reference: string;
  readonly paidBy: string;
};
export type PayoutPaidRow = {
  readonly outcome: string;
};
const payoutPaidText = `select ledger.payout_paid_1($1, $2, $3) as "outcome!"`;
/** The transfer has been made; see ledger.payout_paid_1. Locks the payout. */
export function payoutPaid(db: Db, args: PayoutPaidArgs): Promise<PayoutPaidRow> {
  return one(db, "ledger.payoutPaid", payoutPaidText, [args.payoutId, args.reference, args.paidBy], (row): PayoutPaidRow => ({
    outcome: row[0],
  }));
}

export type PayoutFailedArgs = {
  readonly payoutId: string;
  readonly failure: string;
  readonly failedBy: string;
};
export type PayoutFailedRow = {
  readonly outcome: string;
};
const payoutFailedText = `select ledger.payout_failed_1($1, $2, $3) as "outcome!"`;
/** The transfer came to nothing; see ledger.payout_failed_1. Locks the payout. */
export function payoutFailed(db: Db, args: PayoutFailedArgs): Promise<PayoutFailedRow> {
  return one(db, "ledger.payoutFailed", payoutFailedText, [args.payoutId, args.failure, args.failedBy], (row): PayoutFailedRow => ({
    outcome: row[0],
  }));
}

export type PayoutListArgs = {
  readonly sellerId: string | null;
  readonly payoutId: string | null;
  readonly limit: number;
  readonly offset: number;
};
export type PayoutListRow = {
  readonly payoutId: string;
  readonly sellerId: string;
  readonly sellerName: string | null;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly status: "prepared" | "paid" | "failed";
  readonly needsSecond: boolean;
  readonly preparedBy: string;
  readonly preparedAt: Date;
  readonly approvedBy: string | null;
  readonly approvedAt: Date | null;
  readonly reference: string | null;
  readonly paidAt: Date | null;
  readonly failure: string | null;
  readonly failedAt: Date | null;
  readonly total: bigint;
};
const payoutListText = `select p.payout_id, p.seller_id, (select s.display_name from seller.seller s where s.account_id = p.seller_id and s.erased_at is null) as seller_name, p.currency, p.amount_minor,
  p.status, p.needs_second, p.prepared_by, p.prepared_at, p.approved_by, p.approved_at, p.reference, p.paid_at, p.failure, p.failed_at,
  count(*) over () as "total!"
from ledger.payout p
where ($1::text is null or p.seller_id = $1) and ($2::text is null or p.payout_id = $2)
order by p.status <> 'prepared', p.prepared_at desc, p.payout_id
limit $3::int offset $4::int`;
/** Payouts of one seller or of all, the newest first, those that wait for somebody before them. Reads only. */
export function payoutList(db: Db, args: PayoutListArgs): Promise<PayoutListRow[]> {
  return many(db, "ledger.payoutList", payoutListText, [args.sellerId, args.payoutId, args.limit, args.offset], (row): PayoutListRow => ({
    payoutId: row[0],
    sellerId: row[1],
    sellerName: row[2],
    currency: row[3],
    amountMinor: row[4],
    status: row[5],
    needsSecond: row[6],
    preparedBy: row[7],
    preparedAt: row[8],
    approvedBy: row[9],
    approvedAt: row[10],
    reference: row[11],
    paidAt: row[12],
    failure: row[13],
    failedAt: row[14],
    total: row[15],
  }));
}

export type SellerBalancesArgs = {
  readonly sellerId: string;
};
export type SellerBalancesRow = {
  readonly currency: string;
  readonly balanceMinor: bigint;
  readonly heldMinor: bigint;
  readonly availableMinor: bigint;
  readonly onItsWayMinor: bigint;
  readonly nextAt: Date | null;
};
const sellerBalancesText = `select b.currency as "currency!", b.balance_minor as "balance_minor!", b.held_minor as "held_minor!", b.available_minor as "available_minor!",
  b.on_its_way_minor as "on_its_way_minor!", b.next_at
from ledger.seller_balances_1($1) b order by b.currency`;
/** Where a seller stands in each currency; see ledger.seller_balances_1. Reads only. */
export function sellerBalances(db: Db, args: SellerBalancesArgs): Promise<SellerBalancesRow[]> {
  return many(db, "ledger.sellerBalances", sellerBalancesText, [args.sellerId], (row): SellerBalancesRow => ({
    currency: row[0],
    balanceMinor: row[1],
    heldMinor: row[2],
    availableMinor: row[3],
    onItsWayMinor: row[4],
    nextAt: row[5],
  }));
}

export type PayoutRulesRow = {
  readonly currency: string;
  readonly holdDays: number;
};
const payoutRulesText = `select r.currency, r.hold_days from ledger.payout_rule r order by r.currency`;
/** How long a sale's share waits. Reads only. */
export function payoutRules(db: Db): Promise<PayoutRulesRow[]> {
  return many(db, "ledger.payoutRules", payoutRulesText, [], (row): PayoutRulesRow => ({
    currency: row[0],
    holdDays: row[1],
  }));
}

export type PayableListArgs = {
  readonly limit: number;
};
export type PayableListRow = {
  readonly sellerId: string;
  readonly sellerName: string;
  readonly verification: "unverified" | "email" | "identity";
  readonly isSuspended: boolean;
  readonly currency: string;
  readonly balanceMinor: bigint;
  readonly heldMinor: bigint;
  readonly availableMinor: bigint;
  readonly onItsWayMinor: bigint;
  readonly nextAt: Date | null;
};
const payableListText = `select s.account_id as "seller_id!", s.display_name as "seller_name!", s.verification as "verification!", s.suspended_at is not null as "is_suspended!",
  b.currency as "currency!", b.balance_minor as "balance_minor!", b.held_minor as "held_minor!", b.available_minor as "available_minor!",
  b.on_its_way_minor as "on_its_way_minor!", b.next_at
from seller.seller s
cross join lateral ledger.seller_balances_1(s.account_id) b
where s.account_id in (select p.owner_id from ledger.posting p where p.account = 'seller_payable') and (b.balance_minor <> 0 or b.on_its_way_minor <> 0)
order by b.available_minor desc, b.balance_minor desc, s.account_id, b.currency
limit $1::int`;
/** Every seller to whom something is owed, or who owes, with what of it can be paid out; the most first. Reads the postings whole. */
export function payableList(db: Db, args: PayableListArgs): Promise<PayableListRow[]> {
  return many(db, "ledger.payableList", payableListText, [args.limit], (row): PayableListRow => ({
    sellerId: row[0],
    sellerName: row[1],
    verification: row[2],
    isSuspended: row[3],
    currency: row[4],
    balanceMinor: row[5],
    heldMinor: row[6],
    availableMinor: row[7],
    onItsWayMinor: row[8],
    nextAt: row[9],
  }));
}
