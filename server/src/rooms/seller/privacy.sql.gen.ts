// Generated from privacy.sql by tools/sqlgen.ts. Do not edit.
import { exec, many, one, type Db } from "#platform/db/query.ts";

export type SellersLockArgs = {
  readonly accountIds: readonly string[];
};
export type SellersLockRow = {
  readonly accountId: string;
};
const sellersLockText = `select s.account_id as "account_id!" from seller.seller s where s.account_id = any ($1::text[]) and s.erased_at is null
order by s.account_id for update`;
/**
 * Locks the rows of those who sell, so that nothing is published or paid out meanwhile; what is open is asked afterwards, as a
 * statement sees what was there when it began.
 */
export function sellersLock(db: Db, args: SellersLockArgs): Promise<SellersLockRow[]> {
  return many(db, "seller.sellersLock", sellersLockText, [args.accountIds], (row): SellersLockRow => ({
    accountId: row[0],
  }));
}

export type SellersOpenArgs = {
  readonly accountIds: readonly string[];
};
export type SellersOpenRow = {
  readonly published: bigint;
  readonly owed: bigint;
};
const sellersOpenText = `with mine as (
  select s.account_id from seller.seller s where s.account_id = any ($1::text[]) and s.erased_at is null
)
select (select count(*) from seller.product p join mine using (account_id) where p.status = 'published') as "published!",
  (select count(*) from mine cross join lateral ledger.seller_balances_1(mine.account_id) b where b.balance_minor <> 0 or b.on_its_way_minor <> 0)
  + (select count(*) from mine
    join seller.product p using (account_id)
    join orders.order_item i on i.product_id = p.product_id
    join orders.store_order o using (order_number)
    join payment.payment y using (session_id)
    where y.status not in ('succeeded', 'failed', 'canceled')) as "owed!"`;
/**
 * What keeps somebody from being erased as a seller: products on sale, money that is owed either way or on its way to them, and
 * sales of theirs that are being paid. Reads only.
 */
export function sellersOpen(db: Db, args: SellersOpenArgs): Promise<SellersOpenRow> {
  return one(db, "seller.sellersOpen", sellersOpenText, [args.accountIds], (row): SellersOpenRow => ({
    published: row[0],
    owed: row[1],
  }));
}

export type SellersEraseArgs = {
  readonly accountIds: readonly string[];
};
const sellersEraseText = `select seller.forget_1(s.account_id) from seller.seller s where s.account_id = any ($1::text[]) and s.erased_at is null`;
/**
 * Takes out whoever sold: what they called themselves and wrote, in their stores and on the shelf too, and drafts. Under what
 * name something was sold stays on its buyers' receipts. Locks the rows.
 */
export function sellersErase(db: Db, args: SellersEraseArgs): Promise<number> {
  return exec(db, "seller.sellersErase", sellersEraseText, [args.accountIds]);
}

export type SellersExportArgs = {
  readonly accountIds: readonly string[];
};
export type SellersExportRow = {
  readonly sellers: unknown;
};
const sellersExportText = `select coalesce(jsonb_agg(jsonb_build_object('displayName', s.display_name, 'about', s.about, 'language', s.locale, 'verificationLevel', s.verification,
    'contractVersion', s.contract_version, 'contractAcceptedAt', s.contract_accepted_at, 'suspendedAt', s.suspended_at, 'suspendedReason', s.suspended_reason,
    'payouts', (select coalesce(jsonb_agg(jsonb_build_object('amountCents', o.amount_minor, 'currency', o.currency, 'status', o.status,
      'reference', o.reference, 'preparedAt', o.prepared_at, 'paidAt', o.paid_at) order by o.prepared_at), '[]')
      from ledger.payout o where o.seller_id = s.account_id),
    'products', (select coalesce(jsonb_agg(jsonb_build_object('productId', p.product_id, 'title', p.title, 'description', p.description,
      'status', p.status) order by p.created_at), '[]') from seller.product p where p.account_id = s.account_id))), '[]') as "sellers!"
from seller.seller s where s.account_id = any ($1::text[])`;
/** What is kept of somebody as a seller, for their copy of it. Reads only. */
export function sellersExport(db: Db, args: SellersExportArgs): Promise<SellersExportRow> {
  return one(db, "seller.sellersExport", sellersExportText, [args.accountIds], (row): SellersExportRow => ({
    sellers: row[0],
  }));
}
