// Generated from quote.sql by tools/sqlgen.ts. Do not edit.
import { exec, one, type Db } from "#platform/db/query.ts";

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
