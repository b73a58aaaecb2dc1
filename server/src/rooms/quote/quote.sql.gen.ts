// Generated from quote.sql by tools/sqlgen.ts. Do not edit.
import { exec, one, opt, type Db } from "#platform/db/query.ts";

export type BasisReadArgs = {
  readonly storeIds: readonly string[];
  readonly state: string;
};
export type BasisReadRow = {
  readonly options: unknown;
  readonly taxRatePpm: number | null;
};
const basisReadText = `select
  (select coalesce(jsonb_agg(jsonb_build_object('storeId', o.store_id, 'optionId', o.option_id, 'name', o.name, 'kind', o.kind,
      'amountMinor', o.amount_minor, 'perItemMinor', o.per_item_minor, 'freeAboveMinor', o.free_above_minor,
      'daysMin', o.days_min, 'daysMax', o.days_max) order by o.store_id, o.position, o.option_id), '[]')
    from quote.shipping_option o where o.store_id = any ($1::text[])) as "options!",
  (select t.rate_ppm from quote.tax_rate t where t.state = $2) as tax_rate_ppm`;
/**
 * All that a quote needs of the database, in one look: how these stores deliver, and the state's rate of tax. Locks
 * nothing.
 */
export function basisRead(db: Db, args: BasisReadArgs): Promise<BasisReadRow> {
  return one(db, "quote.basisRead", basisReadText, [args.storeIds, args.state], (row): BasisReadRow => ({
    options: row[0],
    taxRatePpm: row[1],
  }));
}

export type OfferReadArgs = {
  readonly variantId: string | null;
  readonly productId: string;
};
export type OfferReadRow = {
  readonly storeId: string;
  readonly storeName: string;
  readonly kind: "physical" | "digital";
  readonly currency: string;
  readonly priceMinor: bigint;
  readonly options: unknown;
};
const offerReadText = `select p.store_id, st.name as store_name, p.kind, p.currency, offer.price_minor as "price_minor!",
  (select coalesce(jsonb_agg(jsonb_build_object('storeId', o.store_id, 'optionId', o.option_id, 'name', o.name, 'kind', o.kind,
      'amountMinor', o.amount_minor, 'perItemMinor', o.per_item_minor, 'freeAboveMinor', o.free_above_minor,
      'daysMin', o.days_min, 'daysMax', o.days_max) order by o.position, o.option_id), '[]')
    from quote.shipping_option o where o.store_id = p.store_id) as "options!"
from catalog.product p
join store.store st on st.store_id = p.store_id and st.is_active
cross join lateral (
  select min(v.price_minor) as price_minor from catalog.variant v
  where v.product_id = p.product_id and v.is_active and ($1::text is null or v.variant_id = $1)
) offer
where p.product_id = $2 and p.is_active and offer.price_minor is not null`;
/**
 * What a product costs, or one of its variants, and how its store delivers: for its page. No row: it is not sold. Locks
 * nothing.
 */
export function offerRead(db: Db, args: OfferReadArgs): Promise<OfferReadRow | null> {
  return opt(db, "quote.offerRead", offerReadText, [args.variantId, args.productId], (row): OfferReadRow => ({
    storeId: row[0],
    storeName: row[1],
    kind: row[2],
    currency: row[3],
    priceMinor: row[4],
    options: row[5],
  }));
}

export type ShippingOptionsPutArgs = {
  readonly options: unknown;
  readonly storeId: string;
};
const shippingOptionsPutText = `with given as (
  select g.option_id, g.name, g.kind, g.amount_minor, g.per_item_minor, g.free_above_minor, g.days_min, g.days_max, g.position
  from jsonb_to_recordset($1) as g (option_id text, name text, kind quote.shipping_kind, amount_minor bigint, per_item_minor bigint,
    free_above_minor bigint, days_min smallint, days_max smallint, position smallint)
), gone as (
  delete from quote.shipping_option o
  where o.store_id = $2 and not exists (select from given g where g.option_id = o.option_id)
)
insert into quote.shipping_option as o (store_id, option_id, name, kind, amount_minor, per_item_minor, free_above_minor, days_min, days_max, position)
select $2, g.option_id, g.name, g.kind, g.amount_minor, g.per_item_minor, g.free_above_minor, g.days_min, g.days_max, g.position
from given g
on conflict (store_id, option_id) do update
  set name = excluded.name, kind = excluded.kind, amount_minor = excluded.amount_minor, per_item_minor = excluded.per_item_minor,
      free_above_minor = excluded.free_above_minor, days_min = excluded.days_min, days_max = excluded.days_max, position = excluded.position`;
/**
 * Replaces how a store delivers; sessions that are quoted already keep what they were promised. Locks the store's
 * options.
 */
export function shippingOptionsPut(db: Db, args: ShippingOptionsPutArgs): Promise<number> {
  return exec(db, "quote.shippingOptionsPut", shippingOptionsPutText, [JSON.stringify(args.options), args.storeId]);
}
