// Generated from seller.sql by tools/sqlgen.ts. Do not edit.
import { exec, many, one, opt, type Db } from "#platform/db/query.ts";

export type PersonOfArgs = {
  readonly accountId: string;
};
export type PersonOfRow = {
  readonly role: "shopper" | "seller" | "ops" | "admin";
  readonly emailVerified: boolean;
};
const personOfText = `select u.role, u.email_verified from account."user" u where u.id = $1 and not u.is_anonymous`;
/**
 * Who somebody is who wants to sell: the role that is theirs whatever this sign-in lets them do, and whether mail reaches
 * them. Reads only.
 */
export function personOf(db: Db, args: PersonOfArgs): Promise<PersonOfRow | null> {
  return opt(db, "seller.personOf", personOfText, [args.accountId], (row): PersonOfRow => ({
    role: row[0],
    emailVerified: row[1],
  }));
}

export type SellerOpenArgs = {
  readonly accountId: string;
  readonly displayName: string;
  readonly about: string;
  readonly verification: "unverified" | "email" | "identity";
  readonly contractVersion: string;
  readonly locale: string;
};
export type SellerOpenRow = {
  readonly outcome: string;
};
const sellerOpenText = `select seller.open_1($1, $2, $3, $4, $5, $6) as "outcome!"`;
/** Signs a person up; see seller.open_1. */
export function sellerOpen(db: Db, args: SellerOpenArgs): Promise<SellerOpenRow> {
  return one(db, "seller.sellerOpen", sellerOpenText, [args.accountId, args.displayName, args.about, args.verification, args.contractVersion, args.locale], (row): SellerOpenRow => ({
    outcome: row[0],
  }));
}

export type SellerFindArgs = {
  readonly accountId: string;
};
export type SellerFindRow = {
  readonly accountId: string;
  readonly displayName: string;
  readonly about: string;
  readonly level: "unverified" | "email" | "identity";
  readonly contractVersion: string;
  readonly contractAcceptedAt: Date;
  readonly suspendedAt: Date | null;
  readonly suspendedReason: string | null;
  readonly feeBp: number;
  readonly publishedMax: number | null;
};
const sellerFindText = `select s.account_id, s.display_name, s.about, seller.level_1(s) as "level!", s.contract_version, s.contract_accepted_at, s.suspended_at, s.suspended_reason,
  ledger.platform_fee_bp_1() as "fee_bp!", case when seller.level_1(s) = 'unverified' then seller.unverified_products_1() end as published_max
from seller.seller s where s.account_id = $1 and s.erased_at is null`;
/** A seller, with what Muse keeps of a sale of today. Reads only. */
export function sellerFind(db: Db, args: SellerFindArgs): Promise<SellerFindRow | null> {
  return opt(db, "seller.sellerFind", sellerFindText, [args.accountId], (row): SellerFindRow => ({
    accountId: row[0],
    displayName: row[1],
    about: row[2],
    level: row[3],
    contractVersion: row[4],
    contractAcceptedAt: row[5],
    suspendedAt: row[6],
    suspendedReason: row[7],
    feeBp: row[8],
    publishedMax: row[9],
  }));
}

export type SellerUpdateArgs = {
  readonly displayName: string;
  readonly about: string;
  readonly locale: string;
  readonly accountId: string;
};
export type SellerUpdateRow = {
  readonly accountId: string;
  readonly products: number;
  readonly stores: bigint;
};
const sellerUpdateText = `with changed as (
  update seller.seller s set display_name = $1, about = $2, locale = $3, updated_at = now() where s.account_id = $4 returning s.account_id
)
select c.account_id as "account_id!", catalog.digital_called_1(c.account_id, $1) as "products!",
  (select count(*) filter (where store.seller_put_1(sh.store_id, sh.account_id, $1, $2, sh.currency))
   from seller.shop sh where sh.account_id = c.account_id) as "stores!"
from changed c`;
/**
 * Changes how a seller calls and describes themselves, in their stores and on the shelf as well; mail to them is in the language in
 * which they do. Locks their row, stores and products.
 */
export function sellerUpdate(db: Db, args: SellerUpdateArgs): Promise<SellerUpdateRow | null> {
  return opt(db, "seller.sellerUpdate", sellerUpdateText, [args.displayName, args.about, args.locale, args.accountId], (row): SellerUpdateRow => ({
    accountId: row[0],
    products: row[1],
    stores: row[2],
  }));
}

export type ProductAddArgs = {
  readonly accountId: string;
  readonly productId: string;
  readonly currency: string;
  readonly title: string;
  readonly description: string;
  readonly category: string | null;
  readonly priceMinor: bigint;
  readonly editionLimit: number | null;
};
export type ProductAddRow = {
  readonly outcome: string;
};
const productAddText = `select seller.product_add_1(
  $1, $2, $3, $4, $5, $6, $7, $8
) as "outcome!"`;
/** A new draft; see seller.product_add_1. */
export function productAdd(db: Db, args: ProductAddArgs): Promise<ProductAddRow> {
  return one(db, "seller.productAdd", productAddText, [args.accountId, args.productId, args.currency, args.title, args.description, args.category, args.priceMinor, args.editionLimit], (row): ProductAddRow => ({
    outcome: row[0],
  }));
}

export type ProductChangeArgs = {
  readonly currency: string;
  readonly editionLimit: number | null;
  readonly productId: string;
  readonly accountId: string;
  readonly title: string;
  readonly description: string;
  readonly category: string | null;
  readonly priceMinor: bigint;
};
export type ProductChangeRow = {
  readonly outcome: string;
};
const productChangeText = `with known as (
  select p.product_id, p.first_published_at is not null and (p.currency, p.edition_limit) is distinct from ($1::text, $2::int) as is_fixed
  from seller.product p where p.product_id = $3 and p.account_id = $4 for update
), changed as (
  update seller.product p
  set currency = $1, title = $5, description = $6, category = $7, price_minor = $8, edition_limit = $2,
      updated_at = clock_timestamp()
  from known k where p.product_id = k.product_id and not k.is_fixed
  returning p.product_id
)
select case when not exists (select from known) then 'not_found' when exists (select from changed) then 'changed' else 'fixed' end as "outcome!"`;
/**
 * Changes a draft, or what stands behind a published product; shoppers see it when it is published. What people bought by
 * stays. Locks the row.
 */
export function productChange(db: Db, args: ProductChangeArgs): Promise<ProductChangeRow> {
  return one(db, "seller.productChange", productChangeText, [args.currency, args.editionLimit, args.productId, args.accountId, args.title, args.description, args.category, args.priceMinor], (row): ProductChangeRow => ({
    outcome: row[0],
  }));
}

export type ProductListArgs = {
  readonly accountId: string;
  readonly productId: string | null;
  readonly limit: bigint;
  readonly offset: bigint;
};
export type ProductListRow = {
  readonly productId: string;
  readonly currency: string;
  readonly title: string;
  readonly description: string;
  readonly category: string | null;
  readonly priceMinor: bigint;
  readonly editionLimit: number | null;
  readonly status: "draft" | "published" | "withdrawn";
  readonly firstPublishedAt: Date | null;
  readonly publishedAt: Date | null;
  readonly updatedAt: Date;
  readonly copies: bigint;
  readonly total: bigint;
};
const productListText = `with page as (
  select p.product_id, p.created_at, count(*) over () as total
  from seller.product p
  where p.account_id = $1 and ($2::text is null or p.product_id = $2)
  order by p.created_at desc, p.product_id desc
  limit $3 offset $4
)
select p.product_id, p.currency, p.title, p.description, p.category, p.price_minor, p.edition_limit, p.status, p.first_published_at, p.published_at,
  p.updated_at, (select count(*) from access.holding h where h.product_id = p.product_id and h.revoked_at is null) as "copies!", page.total as "total!"
from page
join seller.product p using (product_id)
order by page.created_at desc, p.product_id desc`;
/**
 * A page of what a seller works on and sells, or one of it, newest first, with how many there are in all. Copies are counted
 * from who holds one, for the page alone. Reads only.
 */
export function productList(db: Db, args: ProductListArgs): Promise<ProductListRow[]> {
  return many(db, "seller.productList", productListText, [args.accountId, args.productId, args.limit, args.offset], (row): ProductListRow => ({
    productId: row[0],
    currency: row[1],
    title: row[2],
    description: row[3],
    category: row[4],
    priceMinor: row[5],
    editionLimit: row[6],
    status: row[7],
    firstPublishedAt: row[8],
    publishedAt: row[9],
    updatedAt: row[10],
    copies: row[11],
    total: row[12],
  }));
}

export type ProductCalledArgs = {
  readonly accountId: string;
  readonly title: string;
};
export type ProductCalledRow = {
  readonly productId: string;
  readonly firstPublishedAt: Date | null;
};
const productCalledText = `select p.product_id, p.first_published_at from seller.product p
where p.account_id = $1 and p.title = $2
order by p.created_at desc, p.product_id desc
limit 1`;
/** The newest product of a seller's under a title. Reads only. */
export function productCalled(db: Db, args: ProductCalledArgs): Promise<ProductCalledRow | null> {
  return opt(db, "seller.productCalled", productCalledText, [args.accountId, args.title], (row): ProductCalledRow => ({
    productId: row[0],
    firstPublishedAt: row[1],
  }));
}

export type ProductPublishArgs = {
  readonly accountId: string;
  readonly productId: string;
  readonly storeId: string;
  readonly variantId: string;
};
export type ProductPublishRow = {
  readonly outcome: string;
};
const productPublishText = `select seller.publish_1($1, $2, $3, $4) as "outcome!"`;
/** Puts a product before shoppers; see seller.publish_1. The ids are used where there is none yet. */
export function productPublish(db: Db, args: ProductPublishArgs): Promise<ProductPublishRow> {
  return one(db, "seller.productPublish", productPublishText, [args.accountId, args.productId, args.storeId, args.variantId], (row): ProductPublishRow => ({
    outcome: row[0],
  }));
}

export type ProductDeleteArgs = {
  readonly accountId: string;
  readonly productId: string;
};
export type ProductDeleteRow = {
  readonly outcome: string;
};
const productDeleteText = `select seller.product_delete_1($1, $2) as "outcome!"`;
/** Deletes a draft, files and all; see seller.product_delete_1. */
export function productDelete(db: Db, args: ProductDeleteArgs): Promise<ProductDeleteRow> {
  return one(db, "seller.productDelete", productDeleteText, [args.accountId, args.productId], (row): ProductDeleteRow => ({
    outcome: row[0],
  }));
}

export type ProductWithdrawArgs = {
  readonly accountId: string;
  readonly productId: string;
};
export type ProductWithdrawRow = {
  readonly outcome: string;
};
const productWithdrawText = `select seller.withdraw_1($1, $2) as "outcome!"`;
/** Takes a product off the shelf; see seller.withdraw_1. */
export function productWithdraw(db: Db, args: ProductWithdrawArgs): Promise<ProductWithdrawRow> {
  return one(db, "seller.productWithdraw", productWithdrawText, [args.accountId, args.productId], (row): ProductWithdrawRow => ({
    outcome: row[0],
  }));
}

export type FileWithdrawArgs = {
  readonly accountId: string;
  readonly productId: string;
  readonly fileId: string;
};
export type FileWithdrawRow = {
  readonly outcome: string;
};
const fileWithdrawText = `select seller.file_withdraw_1($1, $2, $3) as "outcome!"`;
/** Sells a file no more; see seller.file_withdraw_1. */
export function fileWithdraw(db: Db, args: FileWithdrawArgs): Promise<FileWithdrawRow> {
  return one(db, "seller.fileWithdraw", fileWithdrawText, [args.accountId, args.productId, args.fileId], (row): FileWithdrawRow => ({
    outcome: row[0],
  }));
}

export type ProductTouchArgs = {
  readonly productId: string;
  readonly accountId: string;
};
const productTouchText = `update seller.product p set updated_at = case when p.status = 'published' then p.updated_at else clock_timestamp() end
where p.product_id = $1 and p.account_id = $2`;
/** A file came or went: what shoppers get has changed, which its seller sees by the date. */
export function productTouch(db: Db, args: ProductTouchArgs): Promise<number> {
  return exec(db, "seller.productTouch", productTouchText, [args.productId, args.accountId]);
}

export type SaleListArgs = {
  readonly accountId: string;
  readonly currency: string | null;
  readonly limit: bigint;
  readonly offset: bigint;
};
export type SaleListRow = {
  readonly orderNumber: string;
  readonly productId: string;
  readonly title: string;
  readonly soldAt: Date;
  readonly currency: string;
  readonly paymentStatus: "unpaid" | "paid" | "partially_refunded" | "refunded";
  readonly grossMinor: bigint;
  readonly refundedMinor: bigint;
  readonly feeMinor: bigint;
  readonly netMinor: bigint;
  readonly total: bigint;
};
const saleListText = `select s.order_number as "order_number!", s.product_id as "product_id!", s.title as "title!", s.sold_at as "sold_at!", s.currency as "currency!",
  s.payment_status as "payment_status!", s.gross_minor as "gross_minor!", s.refunded_minor as "refunded_minor!", s.fee_minor as "fee_minor!",
  s.net_minor as "net_minor!", count(*) over () as "total!"
from seller.sale s
where s.account_id = $1 and ($2::text is null or s.currency = $2)
order by s.sold_at desc, s.order_number
limit $3 offset $4`;
/** A page of a seller's sales, newest first, each with what was kept of it. Nothing of the buyer. Reads only. */
export function saleList(db: Db, args: SaleListArgs): Promise<SaleListRow[]> {
  return many(db, "seller.saleList", saleListText, [args.accountId, args.currency, args.limit, args.offset], (row): SaleListRow => ({
    orderNumber: row[0],
    productId: row[1],
    title: row[2],
    soldAt: row[3],
    currency: row[4],
    paymentStatus: row[5],
    grossMinor: row[6],
    refundedMinor: row[7],
    feeMinor: row[8],
    netMinor: row[9],
    total: row[10],
  }));
}

export type SaleBucketsArgs = {
  readonly bucketDays: number;
  readonly bucketCount: number;
  readonly accountId: string;
};
export type SaleBucketsRow = {
  readonly currency: string;
  readonly at: Date;
  readonly sales: bigint;
  readonly grossMinor: bigint;
  readonly feeMinor: bigint;
  readonly netMinor: bigint;
  readonly refundedMinor: bigint;
};
const saleBucketsText = `select sh.currency as "currency!", b.at as "at!", count(s.order_number) as "sales!", coalesce(sum(s.gross_minor), 0)::bigint as "gross_minor!",
  coalesce(sum(s.fee_minor), 0)::bigint as "fee_minor!", coalesce(sum(s.net_minor), 0)::bigint as "net_minor!",
  coalesce(sum(s.refunded_minor), 0)::bigint as "refunded_minor!"
from seller.shop sh
cross join lateral (
  select date_trunc('day', now() at time zone 'UTC') at time zone 'UTC' - make_interval(days => n * $1::int) as at
  from generate_series(0, $2::int - 1) n
) b
left join seller.sale s on s.account_id = sh.account_id and s.currency = sh.currency
  and s.sold_at >= b.at and s.sold_at < b.at + make_interval(days => $1::int)
where sh.account_id = $3
group by sh.currency, b.at
order by sh.currency, b.at`;
/** Sales over time, summed by spans of days that end now, empty ones too, for each currency the seller sells in. Reads only. */
export function saleBuckets(db: Db, args: SaleBucketsArgs): Promise<SaleBucketsRow[]> {
  return many(db, "seller.saleBuckets", saleBucketsText, [args.bucketDays, args.bucketCount, args.accountId], (row): SaleBucketsRow => ({
    currency: row[0],
    at: row[1],
    sales: row[2],
    grossMinor: row[3],
    feeMinor: row[4],
    netMinor: row[5],
    refundedMinor: row[6],
  }));
}

export type SaleProductsArgs = {
  readonly accountId: string;
  readonly days: number;
};
export type SaleProductsRow = {
  readonly productId: string;
  readonly title: string;
  readonly currency: string;
  readonly sales: bigint;
  readonly netMinor: bigint;
  readonly downloads: bigint;
};
const saleProductsText = `select s.product_id as "product_id!", max(s.title) as "title!", s.currency as "currency!", count(*) as "sales!", sum(s.net_minor)::bigint as "net_minor!",
  (select coalesce(sum(h.download_count), 0) from access.holding h where h.product_id = s.product_id)::bigint as "downloads!"
from seller.sale s
where s.account_id = $1 and s.sold_at >= now() - make_interval(days => $2::int)
group by s.product_id, s.currency
order by sum(s.net_minor) desc, s.product_id
limit 20`;
/** Which products brought how much since a moment, the best first. Reads only. */
export function saleProducts(db: Db, args: SaleProductsArgs): Promise<SaleProductsRow[]> {
  return many(db, "seller.saleProducts", saleProductsText, [args.accountId, args.days], (row): SaleProductsRow => ({
    productId: row[0],
    title: row[1],
    currency: row[2],
    sales: row[3],
    netMinor: row[4],
    downloads: row[5],
  }));
}

export type StatementLinesArgs = {
  readonly accountId: string;
  readonly currency: string;
  readonly month: string;
  readonly after: string | null;
  readonly limit: bigint;
};
export type StatementLinesRow = {
  readonly orderNumber: string;
  readonly productId: string;
  readonly title: string;
  readonly soldAt: Date;
  readonly paymentStatus: "unpaid" | "paid" | "partially_refunded" | "refunded";
  readonly grossMinor: bigint;
  readonly refundedMinor: bigint;
  readonly feeBp: number;
  readonly feeMinor: bigint;
  readonly netMinor: bigint;
};
const statementLinesText = `select s.order_number as "order_number!", s.product_id as "product_id!", s.title as "title!", s.sold_at as "sold_at!", s.payment_status as "payment_status!",
  s.gross_minor as "gross_minor!", s.refunded_minor as "refunded_minor!", ledger.platform_fee_bp_1() as "fee_bp!", s.fee_minor as "fee_minor!", s.net_minor as "net_minor!"
from seller.sale s
where s.account_id = $1 and s.currency = $2
  and s.sold_at < (($3 || '-01')::timestamp + interval '1 month') at time zone 'UTC'
  and s.sold_at >= coalesce(
    (select a.created_at from orders.store_order a where a.order_number = $4), ($3 || '-01')::timestamp at time zone 'UTC')
  and ($4::text is null
    or (s.sold_at, s.order_number) > (select a.created_at, a.order_number from orders.store_order a where a.order_number = $4))
order by s.sold_at, s.order_number
limit $5`;
/**
 * A bounded number of one currency's sales of a month of UTC in the order they were made, after one of them where it is
 * named, for the statement. The order it went on to is asked for its time: a clock's text is coarser than the database. Reads
 * only.
 */
export function statementLines(db: Db, args: StatementLinesArgs): Promise<StatementLinesRow[]> {
  return many(db, "seller.statementLines", statementLinesText, [args.accountId, args.currency, args.month, args.after, args.limit], (row): StatementLinesRow => ({
    orderNumber: row[0],
    productId: row[1],
    title: row[2],
    soldAt: row[3],
    paymentStatus: row[4],
    grossMinor: row[5],
    refundedMinor: row[6],
    feeBp: row[7],
    feeMinor: row[8],
    netMinor: row[9],
  }));
}
