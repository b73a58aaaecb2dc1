// Generated from privacy.sql by tools/sqlgen.ts. Do not edit.
import { exec, one, type Db } from "#platform/db/query.ts";

export type CartsExportArgs = {
  readonly accountIds: readonly string[];
};
export type CartsExportRow = {
  readonly items: unknown;
};
const cartsExportText = `select coalesce(jsonb_agg(jsonb_build_object('productId', p.product_id, 'variantId', i.variant_id, 'title', p.title,
    'quantity', i.quantity, 'addedAt', i.added_at) order by i.added_at, i.item_id), '[]') as "items!"
from cart.item i
join catalog.variant v using (variant_id)
join catalog.product p using (product_id)
where i.account_id = any ($1::text[])`;
/** What is in somebody's cart, for their copy of all that is kept of them. Reads only. */
export function cartsExport(db: Db, args: CartsExportArgs): Promise<CartsExportRow> {
  return one(db, "cart.cartsExport", cartsExportText, [args.accountIds], (row): CartsExportRow => ({
    items: row[0],
  }));
}

export type CartsEraseArgs = {
  readonly accountIds: readonly string[];
};
const cartsEraseText = `with items as (
  delete from cart.item i where i.account_id = any ($1::text[])
)
delete from cart.cart c where c.account_id = any ($1::text[])`;
/** Somebody's cart goes with them. Locks the cart and its items. */
export function cartsErase(db: Db, args: CartsEraseArgs): Promise<number> {
  return exec(db, "cart.cartsErase", cartsEraseText, [args.accountIds]);
}
