// Generated from cart.sql by tools/sqlgen.ts. Do not edit.
import { exec, many, one, opt, type Db } from "#platform/db/query.ts";

export type CartReadArgs = {
  readonly accountId: string;
};
export type CartReadRow = {
  readonly version: bigint;
  readonly itemId: string | null;
  readonly quantity: number;
  readonly seenPriceMinor: bigint;
  readonly variantId: string;
  readonly size: string | null;
  readonly color: string | null;
  readonly priceMinor: bigint;
  readonly listPriceMinor: bigint | null;
  readonly productId: string;
  readonly kind: "physical" | "digital";
  readonly currency: string;
  readonly title: string;
  readonly imageUrl: string | null;
  readonly productUrl: string | null;
  readonly storeId: string;
  readonly storeName: string;
  readonly isAvailable: boolean;
  readonly isSold: boolean;
  readonly isOwn: boolean;
  readonly isOwned: boolean;
  readonly leftInStock: number | null;
  readonly byHandHoursMax: number | null;
};
const cartReadText = `select c.version as "version!", l.item_id, l.quantity as "quantity!", l.seen_price_minor as "seen_price_minor!", l.variant_id as "variant_id!",
  l.size, l.color, l.price_minor as "price_minor!", l.list_price_minor, l.product_id as "product_id!", l.kind as "kind!", l.currency as "currency!",
  l.title as "title!", l.image_url, l.product_url, l.store_id as "store_id!", l.store_name as "store_name!", l.is_available as "is_available!",
  l.is_sold as "is_sold!", l.is_own as "is_own!", l.is_owned as "is_owned!", l.left_in_stock, (select b.hours_max from store.by_hand b where b.store_id = l.store_id) as by_hand_hours_max
from cart.cart c
left join cart.line l on l.account_id = c.account_id
where c.account_id = $1
order by l.added_at, l.item_id`;
/**
 * The whole cart with its version, a row for each line in the order it was added; one row without a line when it is
 * empty, none when there is no cart. Locks nothing.
 */
export function cartRead(db: Db, args: CartReadArgs): Promise<CartReadRow[]> {
  return many(db, "cart.cartRead", cartReadText, [args.accountId], (row): CartReadRow => ({
    version: row[0],
    itemId: row[1],
    quantity: row[2],
    seenPriceMinor: row[3],
    variantId: row[4],
    size: row[5],
    color: row[6],
    priceMinor: row[7],
    listPriceMinor: row[8],
    productId: row[9],
    kind: row[10],
    currency: row[11],
    title: row[12],
    imageUrl: row[13],
    productUrl: row[14],
    storeId: row[15],
    storeName: row[16],
    isAvailable: row[17],
    isSold: row[18],
    isOwn: row[19],
    isOwned: row[20],
    leftInStock: row[21],
    byHandHoursMax: row[22],
  }));
}

export type ItemCheckArgs = {
  readonly productId: string;
  readonly variantId: string | null;
  readonly accountId: string;
};
export type ItemCheckRow = {
  readonly version: bigint | null;
  readonly itemId: string | null;
  readonly quantity: number | null;
};
const itemCheckText = `select c.version, l.item_id, l.quantity
from cart.cart c
left join lateral (
  select (array_agg(i.item_id order by i.added_at, i.item_id))[1] as item_id, sum(i.quantity)::int as quantity
  from cart.item i join catalog.variant v using (variant_id)
  where i.account_id = c.account_id and v.product_id = $1 and ($2::text is null or v.variant_id = $2)
) l on true
where c.account_id = $3`;
/** Whether a product, or one variant of it, is in the cart: for the button on its page. Locks nothing. */
export function itemCheck(db: Db, args: ItemCheckArgs): Promise<ItemCheckRow | null> {
  return opt(db, "cart.itemCheck", itemCheckText, [args.productId, args.variantId, args.accountId], (row): ItemCheckRow => ({
    version: row[0],
    itemId: row[1],
    quantity: row[2],
  }));
}

export type PagesInCartArgs = {
  readonly accountId: string;
};
export type PagesInCartRow = {
  readonly productId: string;
};
const pagesInCartText = `select distinct p.product_id
from cart.item i
join catalog.variant v using (variant_id)
join catalog.product p using (product_id)
where i.account_id = $1 and p.page_read_at is not null`;
/** The products in a cart that were read off their pages. Locks nothing. */
export function pagesInCart(db: Db, args: PagesInCartArgs): Promise<PagesInCartRow[]> {
  return many(db, "cart.pagesInCart", pagesInCartText, [args.accountId], (row): PagesInCartRow => ({
    productId: row[0],
  }));
}

export type ItemAddArgs = {
  readonly accountId: string;
  readonly itemId: string;
  readonly productId: string | null;
  readonly variantId: string | null;
  readonly urls: readonly string[] | null;
  readonly size: string | null;
  readonly color: string | null;
  readonly quantity: number;
  readonly expectedVersion: bigint | null;
};
export type ItemAddRow = {
  readonly outcome: "done" | "version_conflict" | "item_not_found" | "product_not_found" | "product_url_unknown" | "variant_required" | "product_unavailable" | "quantity_limit" | "cart_full";
  readonly version: bigint;
  readonly item: unknown;
  readonly summary: unknown;
  readonly detail: unknown;
};
const itemAddText = `select r.outcome as "outcome!", r.version as "version!", r.item, r.summary, r.detail
from cart.item_add_1($1, $2, $3, $4, $5, $6, $7, $8, $9) r`;
/** Adds units of a product. Locks the cart's row. */
export function itemAdd(db: Db, args: ItemAddArgs): Promise<ItemAddRow> {
  return one(db, "cart.itemAdd", itemAddText, [args.accountId, args.itemId, args.productId, args.variantId, args.urls, args.size, args.color, args.quantity, args.expectedVersion], (row): ItemAddRow => ({
    outcome: row[0],
    version: row[1],
    item: row[2],
    summary: row[3],
    detail: row[4],
  }));
}

export type ItemsAddArgs = {
  readonly accountId: string;
  readonly items: unknown;
  readonly isPartial: boolean;
  readonly isOnce: boolean;
  readonly contentHash: Uint8Array;
  readonly expectedVersion: bigint | null;
};
export type ItemsAddRow = {
  readonly outcome: "done" | "version_conflict" | "item_not_found" | "product_not_found" | "product_url_unknown" | "variant_required" | "product_unavailable" | "quantity_limit" | "cart_full";
  readonly version: bigint;
  readonly item: unknown;
  readonly summary: unknown;
  readonly detail: unknown;
};
const itemsAddText = `select r.outcome as "outcome!", r.version as "version!", r.item, r.summary, r.detail
from cart.items_add_1($1, $2, $3, $4, $5, $6) r`;
/** Adds many items, all or none or each that can be. Locks the cart's row. */
export function itemsAdd(db: Db, args: ItemsAddArgs): Promise<ItemsAddRow> {
  return one(db, "cart.itemsAdd", itemsAddText, [args.accountId, JSON.stringify(args.items), args.isPartial, args.isOnce, args.contentHash, args.expectedVersion], (row): ItemsAddRow => ({
    outcome: row[0],
    version: row[1],
    item: row[2],
    summary: row[3],
    detail: row[4],
  }));
}

export type ItemChangeArgs = {
  readonly accountId: string;
  readonly itemId: string;
  readonly variantId: string | null;
  readonly quantity: number | null;
  readonly expectedVersion: bigint | null;
};
export type ItemChangeRow = {
  readonly outcome: "done" | "version_conflict" | "item_not_found" | "product_not_found" | "product_url_unknown" | "variant_required" | "product_unavailable" | "quantity_limit" | "cart_full";
  readonly version: bigint;
  readonly item: unknown;
  readonly summary: unknown;
  readonly detail: unknown;
};
const itemChangeText = `select r.outcome as "outcome!", r.version as "version!", r.item, r.summary, r.detail
from cart.item_change_1($1, $2, $3, $4, $5) r`;
/** Sets an item's variant, its quantity or both; 0 takes it out. Locks the cart's row. */
export function itemChange(db: Db, args: ItemChangeArgs): Promise<ItemChangeRow> {
  return one(db, "cart.itemChange", itemChangeText, [args.accountId, args.itemId, args.variantId, args.quantity, args.expectedVersion], (row): ItemChangeRow => ({
    outcome: row[0],
    version: row[1],
    item: row[2],
    summary: row[3],
    detail: row[4],
  }));
}

export type PricesSeeArgs = {
  readonly accountId: string;
};
const pricesSeeText = `select cart.see_prices_1($1)`;
/** The shopper has seen the prices of this moment: what moved before is no news any more. Locks the lines that change. */
export function pricesSee(db: Db, args: PricesSeeArgs): Promise<number> {
  return exec(db, "cart.pricesSee", pricesSeeText, [args.accountId]);
}

export type CartClearArgs = {
  readonly accountId: string;
  readonly expectedVersion: bigint | null;
};
export type CartClearRow = {
  readonly outcome: "done" | "version_conflict" | "item_not_found" | "product_not_found" | "product_url_unknown" | "variant_required" | "product_unavailable" | "quantity_limit" | "cart_full";
  readonly version: bigint;
  readonly item: unknown;
  readonly summary: unknown;
  readonly detail: unknown;
};
const cartClearText = `select r.outcome as "outcome!", r.version as "version!", r.item, r.summary, r.detail
from cart.clear_1($1, $2) r`;
/** Takes everything out. Locks the cart's row. */
export function cartClear(db: Db, args: CartClearArgs): Promise<CartClearRow> {
  return one(db, "cart.cartClear", cartClearText, [args.accountId, args.expectedVersion], (row): CartClearRow => ({
    outcome: row[0],
    version: row[1],
    item: row[2],
    summary: row[3],
    detail: row[4],
  }));
}

export type CartsMergeArgs = {
  readonly fromAccountId: string;
  readonly toAccountId: string;
};
export type CartsMergeRow = {
  readonly moved: number;
  readonly dropped: number;
  readonly version: bigint;
};
const cartsMergeText = `select r.moved as "moved!", r.dropped as "dropped!", r.version as "version!"
from cart.carts_merge_1($1, $2) r`;
/** Moves a visitor's lines to the account the visitor turned out to be. Locks both carts' rows in the order of their ids. */
export function cartsMerge(db: Db, args: CartsMergeArgs): Promise<CartsMergeRow> {
  return one(db, "cart.cartsMerge", cartsMergeText, [args.fromAccountId, args.toAccountId], (row): CartsMergeRow => ({
    moved: row[0],
    dropped: row[1],
    version: row[2],
  }));
}
