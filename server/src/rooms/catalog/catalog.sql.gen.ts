// Generated from catalog.sql by tools/sqlgen.ts. Do not edit.
import { many, opt, type Db } from "#platform/db/query.ts";

export type ProductsImportArgs = {
  readonly products: unknown;
  readonly storeId: string;
};
export type ProductsImportRow = {
  readonly productId: string;
  readonly storeRef: string;
  readonly isNew: boolean;
  readonly isChanged: boolean;
  readonly goneCount: bigint;
};
const productsImportText = `with feed as (
  select f.product_id, f.store_ref, f.kind, f.title, f.description, f.brand, f.category, f.image_url, f.product_url
  from jsonb_to_recordset($1) as f (product_id text, store_ref text, kind catalog.product_kind, title text, description text,
    brand text, category text, image_url text, product_url text)
), put as (
  insert into catalog.product as p (product_id, store_id, store_ref, kind, currency, title, description, brand, category, image_url, product_url)
  select f.product_id, st.store_id, f.store_ref, f.kind, st.currency, f.title, f.description, f.brand, f.category, f.image_url, f.product_url
  from feed f join store.store st on st.store_id = $2
  order by f.store_ref
  on conflict (store_id, store_ref) do update
    set title = excluded.title, description = excluded.description, brand = excluded.brand, category = excluded.category,
        image_url = excluded.image_url, product_url = excluded.product_url, is_active = true, updated_at = now()
    where (p.title, p.description, p.brand, p.category, p.image_url, p.product_url, p.is_active) is distinct from
      (excluded.title, excluded.description, excluded.brand, excluded.category, excluded.image_url, excluded.product_url, true)
  returning p.product_id, p.store_ref, p.xmax = 0 as is_new
), gone as (
  update catalog.product p set is_active = false, updated_at = now()
  where p.store_id = $2 and p.is_active and not exists (select from feed f where f.store_ref = p.store_ref)
  returning p.product_id
)
select coalesce(put.product_id, known.product_id) as "product_id!", f.store_ref as "store_ref!", coalesce(put.is_new, false) as "is_new!",
  put.product_id is not null as "is_changed!", (select count(*) from gone) as "gone_count!"
from feed f
left join put on put.store_ref = f.store_ref
left join catalog.product known on known.store_id = $2 and known.store_ref = f.store_ref`;
/**
 * Writes a feed's products in one statement: new ones are made, known ones brought up to date where something moved,
 * and those that are gone from the feed are no longer sold. Answers the ids of the feed's own. Locks the store's
 * products that change.
 */
export function productsImport(db: Db, args: ProductsImportArgs): Promise<ProductsImportRow[]> {
  return many(db, "catalog.productsImport", productsImportText, [JSON.stringify(args.products), args.storeId], (row): ProductsImportRow => ({
    productId: row[0],
    storeRef: row[1],
    isNew: row[2],
    isChanged: row[3],
    goneCount: row[4],
  }));
}

export type VariantsImportArgs = {
  readonly variants: unknown;
  readonly storeId: string;
};
export type VariantsImportRow = {
  readonly variantId: string;
  readonly productId: string;
  readonly sku: string;
};
const variantsImportText = `with feed as (
  select f.variant_id, f.product_id, f.sku, f.size, f.color, f.price_minor, f.list_price_minor, f.position, f.is_in_stock
  from jsonb_to_recordset($1) as f (variant_id text, product_id text, sku text, size text, color text, price_minor bigint,
    list_price_minor bigint, position smallint, is_in_stock boolean)
), put as (
  insert into catalog.variant as v (variant_id, product_id, sku, size, color, price_minor, list_price_minor, position, is_in_stock)
  select f.variant_id, f.product_id, f.sku, f.size, f.color, f.price_minor, f.list_price_minor, f.position, f.is_in_stock
  from feed f
  order by f.product_id, f.sku
  on conflict (product_id, sku) do update
    set size = excluded.size, color = excluded.color, price_minor = excluded.price_minor, list_price_minor = excluded.list_price_minor,
        position = excluded.position, is_in_stock = excluded.is_in_stock, is_active = true, updated_at = now()
    where (v.size, v.color, v.price_minor, v.list_price_minor, v.position, v.is_in_stock, v.is_active) is distinct from
      (excluded.size, excluded.color, excluded.price_minor, excluded.list_price_minor, excluded.position, excluded.is_in_stock, true)
  returning v.variant_id, v.product_id, v.sku
), gone as (
  update catalog.variant v set is_active = false, updated_at = now()
  from catalog.product p
  where p.product_id = v.product_id and p.store_id = $2 and v.is_active
    and not exists (select from feed f where f.product_id = v.product_id and f.sku = v.sku)
)
select coalesce(put.variant_id, known.variant_id) as "variant_id!", f.product_id as "product_id!", f.sku as "sku!"
from feed f
left join put on put.product_id = f.product_id and put.sku = f.sku
left join catalog.variant known on known.product_id = f.product_id and known.sku = f.sku`;
/**
 * Writes the variants of a store's products, as productsImport does products: those that are gone from their product
 * are no longer sold. Locks the variants that change.
 */
export function variantsImport(db: Db, args: VariantsImportArgs): Promise<VariantsImportRow[]> {
  return many(db, "catalog.variantsImport", variantsImportText, [JSON.stringify(args.variants), args.storeId], (row): VariantsImportRow => ({
    variantId: row[0],
    productId: row[1],
    sku: row[2],
  }));
}

export type ImportLockArgs = {
  readonly storeId: string;
};
export type ImportLockRow = {
  readonly storeId: string;
  readonly kind: "retailer" | "seller";
  readonly currency: string;
};
const importLockText = `select s.store_id, s.kind, s.currency from store.store s where s.store_id = $1 for no key update`;
/**
 * Two imports of one store take turns: the second would otherwise undo the first one's news. Holds the store's row
 * against other imports, not against those who sell from it.
 */
export function importLock(db: Db, args: ImportLockArgs): Promise<ImportLockRow | null> {
  return opt(db, "catalog.importLock", importLockText, [args.storeId], (row): ImportLockRow => ({
    storeId: row[0],
    kind: row[1],
    currency: row[2],
  }));
}

export type ProductSearchArgs = {
  readonly words: readonly string[];
  readonly storeId: string | null;
  readonly category: string | null;
  readonly onSale: boolean | null;
  readonly priceMinMinor: bigint | null;
  readonly priceMaxMinor: bigint | null;
  readonly sort: string;
  readonly limit: bigint;
  readonly offset: bigint;
};
export type ProductSearchRow = {
  readonly productId: string;
  readonly storeId: string;
  readonly storeName: string;
  readonly kind: "physical" | "digital";
  readonly title: string;
  readonly brand: string | null;
  readonly category: string | null;
  readonly imageUrl: string | null;
  readonly currency: string;
  readonly priceMinor: bigint;
  readonly priceMaxMinor: bigint;
  readonly listPriceMinor: bigint | null;
  readonly variantCount: number;
  readonly onlyVariantId: string | null;
  readonly leftInStock: number;
  readonly isInStock: boolean;
  readonly total: bigint;
};
const productSearchText = `with found as (
  select p.product_id, p.store_id, st.name as store_name, p.kind, p.title, p.brand, p.category, p.image_url, p.currency, p.created_at,
    offer.price_minor, offer.price_max_minor, offer.list_price_minor, offer.variant_count, offer.only_variant_id, offer.left_in_stock, offer.is_in_stock,
    hit.rank
  from catalog.product p
  join store.store st on st.store_id = p.store_id and st.is_active
  cross join lateral (
    select min(v.price_minor) as price_minor, max(v.price_minor) as price_max_minor, count(*)::int as variant_count,
      (array_agg(v.list_price_minor order by v.price_minor, v.position))[1] as list_price_minor,
      case count(*) when 1 then min(v.variant_id) end as only_variant_id,
      max(case when v.is_in_stock then coalesce(s.on_hand - s.reserved, 1000000) else 0 end) as left_in_stock,
      bool_or(v.is_in_stock and coalesce(s.on_hand > s.reserved, true)) as is_in_stock
    from catalog.variant v
    left join inventory.stock s on s.variant_id = v.variant_id
    where v.product_id = p.product_id and v.is_active
  ) offer
  left join catalog.product_search_1($1) hit on hit.product_id = p.product_id
  where p.is_active and offer.variant_count > 0
    and (cardinality($1::text[]) = 0 or hit.product_id is not null)
    and ($2::text is null or p.store_id = $2)
    and ($3::text is null or p.category = $3)
    and ($4::boolean is null or $4 = (offer.list_price_minor is not null and offer.list_price_minor > offer.price_minor))
    and ($5::bigint is null or offer.price_minor >= $5)
    and ($6::bigint is null or offer.price_minor <= $6)
)
select f.product_id as "product_id!", f.store_id as "store_id!", f.store_name as "store_name!", f.kind as "kind!", f.title as "title!", f.brand,
  f.category, f.image_url, f.currency as "currency!", f.price_minor as "price_minor!", f.price_max_minor as "price_max_minor!", f.list_price_minor,
  f.variant_count as "variant_count!", f.only_variant_id, f.left_in_stock as "left_in_stock!", f.is_in_stock as "is_in_stock!",
  count(*) over () as "total!"
from found f
order by
  case when $7::text = 'price_asc' then f.price_minor end,
  case when $7 = 'price_desc' then f.price_minor end desc,
  case when $7 = 'newest' then f.created_at end desc,
  case when $7 = 'discount' then (coalesce(f.list_price_minor, f.price_minor) - f.price_minor) * 10000 / greatest(f.list_price_minor, f.price_minor, 1) end desc,
  f.rank desc nulls last, f.title, f.product_id
limit $8 offset $9`;
/**
 * A page of tiles, with how many there are in all. Words go through the trigram index, the rest are plain conditions;
 * a null leaves a condition out. Locks nothing.
 */
export function productSearch(db: Db, args: ProductSearchArgs): Promise<ProductSearchRow[]> {
  return many(db, "catalog.productSearch", productSearchText, [args.words, args.storeId, args.category, args.onSale, args.priceMinMinor, args.priceMaxMinor, args.sort, args.limit, args.offset], (row): ProductSearchRow => ({
    productId: row[0],
    storeId: row[1],
    storeName: row[2],
    kind: row[3],
    title: row[4],
    brand: row[5],
    category: row[6],
    imageUrl: row[7],
    currency: row[8],
    priceMinor: row[9],
    priceMaxMinor: row[10],
    listPriceMinor: row[11],
    variantCount: row[12],
    onlyVariantId: row[13],
    leftInStock: row[14],
    isInStock: row[15],
    total: row[16],
  }));
}

export type ProductReadArgs = {
  readonly productId: string;
};
export type ProductReadRow = {
  readonly productId: string;
  readonly storeId: string;
  readonly storeName: string;
  readonly returnPolicy: string;
  readonly kind: "physical" | "digital";
  readonly title: string;
  readonly description: string;
  readonly brand: string | null;
  readonly category: string | null;
  readonly imageUrl: string | null;
  readonly productUrl: string | null;
  readonly currency: string;
  readonly variantId: string;
  readonly size: string | null;
  readonly color: string | null;
  readonly priceMinor: bigint;
  readonly listPriceMinor: bigint | null;
  readonly isInStock: boolean;
  readonly leftInStock: number | null;
};
const productReadText = `select p.product_id as "product_id!", p.store_id as "store_id!", st.name as "store_name!", st.return_policy as "return_policy!", p.kind as "kind!",
  p.title as "title!", p.description as "description!", p.brand, p.category, p.image_url, p.product_url, p.currency as "currency!",
  v.variant_id as "variant_id!", v.size, v.color, v.price_minor as "price_minor!", v.list_price_minor, v.is_in_stock as "is_in_stock!",
  s.on_hand - s.reserved as left_in_stock
from catalog.product p
join store.store st on st.store_id = p.store_id and st.is_active
join catalog.variant v on v.product_id = p.product_id and v.is_active
left join inventory.stock s on s.variant_id = v.variant_id
where p.product_id = $1 and p.is_active
order by v.position, v.variant_id`;
/** One product with its variants, a row each, as its page shows it. Locks nothing. */
export function productRead(db: Db, args: ProductReadArgs): Promise<ProductReadRow[]> {
  return many(db, "catalog.productRead", productReadText, [args.productId], (row): ProductReadRow => ({
    productId: row[0],
    storeId: row[1],
    storeName: row[2],
    returnPolicy: row[3],
    kind: row[4],
    title: row[5],
    description: row[6],
    brand: row[7],
    category: row[8],
    imageUrl: row[9],
    productUrl: row[10],
    currency: row[11],
    variantId: row[12],
    size: row[13],
    color: row[14],
    priceMinor: row[15],
    listPriceMinor: row[16],
    isInStock: row[17],
    leftInStock: row[18],
  }));
}

export type StorefrontListArgs = {
  readonly storeId: string | null;
};
export type StorefrontListRow = {
  readonly storeId: string;
  readonly name: string;
  readonly description: string;
  readonly kind: "retailer" | "seller";
  readonly currency: string;
  readonly homepage: string | null;
  readonly returnPolicy: string;
  readonly productCount: bigint;
  readonly categories: readonly string[];
  readonly delivery: unknown;
};
const storefrontListText = `select st.store_id, st.name, st.description, st.kind, st.currency, st.homepage, st.return_policy,
  (select count(*) from catalog.product p where p.store_id = st.store_id and p.is_active) as "product_count!",
  array(select distinct p.category from catalog.product p where p.store_id = st.store_id and p.is_active and p.category is not null
    order by p.category) as "categories!",
  (select coalesce(jsonb_agg(jsonb_build_object('optionId', o.option_id, 'name', o.name, 'amountCents', o.amount_minor,
      'perItemCents', o.per_item_minor, 'freeAboveCents', o.free_above_minor, 'daysMin', o.days_min, 'daysMax', o.days_max)
      order by o.position, o.option_id), '[]')
    from quote.shipping_option o where o.store_id = st.store_id) as "delivery!"
from store.store st
where st.is_active and ($1::text is null or st.store_id = $1)
order by st.name, st.store_id`;
/** The stores a shopper can browse, or one of them, with how they deliver. Locks nothing. */
export function storefrontList(db: Db, args: StorefrontListArgs): Promise<StorefrontListRow[]> {
  return many(db, "catalog.storefrontList", storefrontListText, [args.storeId], (row): StorefrontListRow => ({
    storeId: row[0],
    name: row[1],
    description: row[2],
    kind: row[3],
    currency: row[4],
    homepage: row[5],
    returnPolicy: row[6],
    productCount: row[7],
    categories: row[8],
    delivery: row[9],
  }));
}
