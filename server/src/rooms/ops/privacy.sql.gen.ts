// Generated from privacy.sql by tools/sqlgen.ts. Do not edit.
import { exec, type Db } from "#platform/db/query.ts";

export type AuditEraseArgs = {
  readonly accountIds: readonly string[];
};
const auditEraseText = `update ops.audit a set detail = a.detail - 'note'
from orders.store_order o
where a.subject = o.order_number and o.account_id = any ($1::text[]) and a.detail ? 'note'`;
/** Strikes out what people of the house wrote about somebody's orders; that they did what they did stays. Locks the rows. */
export function auditErase(db: Db, args: AuditEraseArgs): Promise<number> {
  return exec(db, "ops.auditErase", auditEraseText, [args.accountIds]);
}

export type SellerNotesEraseArgs = {
  readonly accountIds: readonly string[];
};
const sellerNotesEraseText = `update ops.audit a set detail = a.detail - 'note' where a.subject = any ($1::text[]) and a.detail ? 'note'`;
/** The same for what people of the house wrote about somebody as a seller. Locks the rows. */
export function sellerNotesErase(db: Db, args: SellerNotesEraseArgs): Promise<number> {
  return exec(db, "ops.sellerNotesErase", sellerNotesEraseText, [args.accountIds]);
}

export type ApprovalsEraseArgs = {
  readonly accountIds: readonly string[];
};
const approvalsEraseText = `update ops.refund_approval a set reason = 'erased'
from orders.store_order o
where a.order_number = o.order_number and o.account_id = any ($1::text[])`;
/** The same for what people of the house wrote when they asked for somebody's refund. Locks the rows. */
export function approvalsErase(db: Db, args: ApprovalsEraseArgs): Promise<number> {
  return exec(db, "ops.approvalsErase", approvalsEraseText, [args.accountIds]);
}
