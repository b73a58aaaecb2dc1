import type { Db } from "#platform/db/query.ts";
import type { Account } from "#platform/http/account.ts";
import type { Details } from "#platform/http/problem.ts";
import { auditAdd } from "./ops.sql.gen.ts";

/** One line of the trail: ids, codes, amounts. What shoppers are called or wrote to us stays where it is (P1). */
export type AuditEntry = {
  readonly accountId: string;
  readonly role: string;
  /** `<what>.<done>`, such as "order.refund". */
  readonly action: string;
  /** What it was done to: an order number, a store's id, an event's. */
  readonly subject: string;
  readonly detail: Details;
};

/**
 * Writes one line into the trail, for good: nothing changes or deletes it. Call it in the transaction of what it tells
 * of, so that neither is there without the other. Lower rooms are handed it by the composition root.
 */
export async function recordAudit(db: Db, entry: AuditEntry): Promise<void> {
  await auditAdd(db, entry);
}

/** The same by an account that called a route. */
export async function recordBy(
  db: Db,
  { accountId, role }: Account,
  done: Pick<AuditEntry, "action" | "subject" | "detail">,
): Promise<void> {
  await recordAudit(db, { accountId, role, ...done });
}
