// Generated from desk.sql by tools/sqlgen.ts. Do not edit.
import { many, one, opt, type Db } from "#platform/db/query.ts";

export type SellerVerifyArgs = {
  readonly verification: "unverified" | "email" | "identity";
  readonly accountId: string;
};
export type SellerVerifyRow = {
  readonly accountId: string;
};
const sellerVerifyText = `update seller.seller s set verification = $1, updated_at = now() where s.account_id = $2 and s.erased_at is null returning s.account_id`;
/** Notes how well Muse knows a seller. Locks their row. */
export function sellerVerify(db: Db, args: SellerVerifyArgs): Promise<SellerVerifyRow | null> {
  return opt(db, "seller.sellerVerify", sellerVerifyText, [args.verification, args.accountId], (row): SellerVerifyRow => ({
    accountId: row[0],
  }));
}

export type SellerSuspendArgs = {
  readonly accountId: string;
  readonly reason: string;
};
export type SellerSuspendRow = {
  readonly outcome: string;
};
const sellerSuspendText = `select seller.suspend_1($1, $2) as "outcome!"`;
/** Stops a seller's sales and payouts; see seller.suspend_1. Locks their row and stores. */
export function sellerSuspend(db: Db, args: SellerSuspendArgs): Promise<SellerSuspendRow> {
  return one(db, "seller.sellerSuspend", sellerSuspendText, [args.accountId, args.reason], (row): SellerSuspendRow => ({
    outcome: row[0],
  }));
}

export type SellerResumeArgs = {
  readonly accountId: string;
};
export type SellerResumeRow = {
  readonly outcome: string;
};
const sellerResumeText = `select seller.resume_1($1) as "outcome!"`;
/** Lets them sell again; see seller.resume_1. Locks their row and stores. */
export function sellerResume(db: Db, args: SellerResumeArgs): Promise<SellerResumeRow> {
  return one(db, "seller.sellerResume", sellerResumeText, [args.accountId], (row): SellerResumeRow => ({
    outcome: row[0],
  }));
}

export type SellerListArgs = {
  readonly sellerId: string | null;
  readonly query: string | null;
  readonly level: string | null;
  readonly isSuspended: boolean | null;
  readonly limit: number;
  readonly offset: number;
};
export type SellerListRow = {
  readonly accountId: string;
  readonly displayName: string;
  readonly about: string;
  readonly level: "unverified" | "email" | "identity";
  readonly suspendedAt: Date | null;
  readonly suspendedReason: string | null;
  readonly contractVersion: string;
  readonly contractAcceptedAt: Date;
  readonly products: bigint;
  readonly published: bigint;
  readonly sales: unknown;
  readonly total: bigint;
};
const sellerListText = `with page as (
  select s.account_id, s.display_name, s.about, seller.level_1(s) as level, s.suspended_at, s.suspended_reason, s.contract_version, s.contract_accepted_at,
    s.created_at, count(*) over () as total
  from seller.seller s
  where s.erased_at is null and ($1::text is null or s.account_id = $1)
    and ($2::text is null or s.account_id = $2 or position(lower($2) in lower(s.display_name)) > 0)
    and ($3::text is null or seller.level_1(s)::text = $3)
    and ($4::boolean is null or (s.suspended_at is not null) = $4)
  order by s.created_at desc, s.account_id
  limit $5::int offset $6::int
)
select p.account_id as "account_id!", p.display_name as "display_name!", p.about as "about!", p.level as "level!", p.suspended_at, p.suspended_reason,
  p.contract_version as "contract_version!", p.contract_accepted_at as "contract_accepted_at!",
  (select count(*) from seller.product x where x.account_id = p.account_id) as "products!",
  (select count(*) from seller.product x where x.account_id = p.account_id and x.status = 'published') as "published!",
  coalesce((select jsonb_agg(jsonb_build_object('currency', b.currency, 'count', b.count, 'netMinor', b.net_minor) order by b.currency) from (
    select s.currency, count(*) as count, sum(s.net_minor)::bigint as net_minor from seller.sale s where s.account_id = p.account_id group by s.currency) b),
    '[]') as "sales!", p.total as "total!"
from page p
order by p.created_at desc, p.account_id`;
/** A page of sellers, the newest first, or one of them, with what they have and sold. Reads only. */
export function sellerList(db: Db, args: SellerListArgs): Promise<SellerListRow[]> {
  return many(db, "seller.sellerList", sellerListText, [args.sellerId, args.query, args.level, args.isSuspended, args.limit, args.offset], (row): SellerListRow => ({
    accountId: row[0],
    displayName: row[1],
    about: row[2],
    level: row[3],
    suspendedAt: row[4],
    suspendedReason: row[5],
    contractVersion: row[6],
    contractAcceptedAt: row[7],
    products: row[8],
    published: row[9],
    sales: row[10],
    total: row[11],
  }));
}

export type SellerCatalogueArgs = {
  readonly accountId: string;
  readonly limit: number;
};
export type SellerCatalogueRow = {
  readonly productId: string;
  readonly title: string;
  readonly status: "draft" | "published" | "withdrawn";
  readonly currency: string;
  readonly priceMinor: bigint;
};
const sellerCatalogueText = `select p.product_id, p.title, p.status, p.currency, p.price_minor
from seller.product p where p.account_id = $1
order by p.created_at desc, p.product_id desc
limit $2::int`;
/** What a seller works on and sells, the newest first. Reads only. */
export function sellerCatalogue(db: Db, args: SellerCatalogueArgs): Promise<SellerCatalogueRow[]> {
  return many(db, "seller.sellerCatalogue", sellerCatalogueText, [args.accountId, args.limit], (row): SellerCatalogueRow => ({
    productId: row[0],
    title: row[1],
    status: row[2],
    currency: row[3],
    priceMinor: row[4],
  }));
}
