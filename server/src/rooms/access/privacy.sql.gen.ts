// Generated from privacy.sql by tools/sqlgen.ts. Do not edit.
import { exec, one, type Db } from "#platform/db/query.ts";

export type HoldingsEraseArgs = {
  readonly accountIds: readonly string[];
};
const holdingsEraseText = `with places as (
  update access.download d set network = null
  from access.holding h
  where h.order_number = d.order_number and h.account_id = any ($1::text[]) and d.network is not null
)
delete from access.review r where r.account_id = any ($1::text[])`;
/**
 * Takes out what somebody wrote. That they owned something and what they agreed to stays, under an id that names nobody any
 * more: it proves the sale; from where they fetched it is forgotten. An upload that was left is swept away within a day. Locks
 * the rows.
 */
export function holdingsErase(db: Db, args: HoldingsEraseArgs): Promise<number> {
  return exec(db, "access.holdingsErase", holdingsEraseText, [args.accountIds]);
}

export type HoldingsExportArgs = {
  readonly accountIds: readonly string[];
};
export type HoldingsExportRow = {
  readonly holdings: unknown;
};
const holdingsExportText = `select coalesce(jsonb_agg(jsonb_build_object('museOrderNumber', h.order_number, 'productId', h.product_id, 'grantedAt', h.granted_at,
    'revokedAt', h.revoked_at, 'downloadCount', h.download_count, 'downloadedAt', h.downloaded_at, 'waiver', w.wording, 'waivedAt', w.waived_at,
    'downloads', (select coalesce(jsonb_agg(jsonb_build_object('at', d.at, 'network', d.network) order by d.at), '[]')
      from access.download d where d.order_number = h.order_number),
    'review', (select jsonb_build_object('rating', r.rating, 'body', r.body, 'author', r.author) from access.review r
      where r.product_id = h.product_id and r.account_id = h.account_id)) order by h.granted_at, h.order_number), '[]') as "holdings!"
from access.holding h
left join access.waiver w using (order_number)
where h.account_id = any ($1::text[])`;
/** What somebody owns, agreed to and wrote, for their copy of all that is kept of them. Reads only. */
export function holdingsExport(db: Db, args: HoldingsExportArgs): Promise<HoldingsExportRow> {
  return one(db, "access.holdingsExport", holdingsExportText, [args.accountIds], (row): HoldingsExportRow => ({
    holdings: row[0],
  }));
}

export type DownloadsDeleteOldArgs = {
  readonly countMax: number;
};
const downloadsDeleteOldText = `delete from access.download d
using (
  select o.download_id from access.download o
  where o.at < now() - interval '180 days'
  order by o.at
  limit $1::int
  for update skip locked
) old
where d.download_id = old.download_id`;
/**
 * When and from where files were fetched half a year ago, a bounded number at once: by then no bank takes the charge back any
 * more. How often stays with the holding. Locks the rows, skips those in use.
 */
export function downloadsDeleteOld(db: Db, args: DownloadsDeleteOldArgs): Promise<number> {
  return exec(db, "access.downloadsDeleteOld", downloadsDeleteOldText, [args.countMax]);
}
