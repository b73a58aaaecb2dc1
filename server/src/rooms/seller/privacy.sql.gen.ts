// Generated from privacy.sql by tools/sqlgen.ts. Do not edit.
import { exec, one, type Db } from "#platform/db/query.ts";

export type SellersEraseArgs = {
  readonly accountIds: readonly string[];
};
const sellersEraseText = `with drafts as (
  delete from seller.product p where p.account_id = any ($1::text[])
), fees as (
  delete from seller.fee f where f.account_id = any ($1::text[])
)
delete from seller.seller s where s.account_id = any ($1::text[]) and not exists (select from seller.shop sh where sh.account_id = s.account_id)`;
/**
 * Takes out somebody who signed up to sell and published nothing; who owns a store is not erased before that is settled
 * (account room). Locks the rows.
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
const sellersExportText = `select coalesce(jsonb_agg(jsonb_build_object('displayName', s.display_name, 'about', s.about, 'verificationLevel', s.verification,
    'contractVersion', s.contract_version, 'contractAcceptedAt', s.contract_accepted_at,
    'products', (select coalesce(jsonb_agg(jsonb_build_object('productId', p.product_id, 'title', p.title, 'description', p.description,
      'status', p.status) order by p.created_at), '[]') from seller.product p where p.account_id = s.account_id))), '[]') as "sellers!"
from seller.seller s where s.account_id = any ($1::text[])`;
/** What is kept of somebody as a seller, for their copy of it. Reads only. */
export function sellersExport(db: Db, args: SellersExportArgs): Promise<SellersExportRow> {
  return one(db, "seller.sellersExport", sellersExportText, [args.accountIds], (row): SellersExportRow => ({
    sellers: row[0],
  }));
}
