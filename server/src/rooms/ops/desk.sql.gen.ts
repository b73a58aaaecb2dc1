// Generated from desk.sql by tools/sqlgen.ts. Do not edit.
import { one, type Db } from "#platform/db/query.ts";

export type DeskNowRow = {
  readonly open: bigint;
  readonly claimed: bigint;
  readonly overdue: bigint;
  readonly nextDeadlineAt: Date | null;
  readonly refundApprovals: bigint;
  readonly refundRequests: bigint;
  readonly storesSick: bigint;
  readonly lastEventId: bigint;
};
const deskNowText = `with live as (
  select t.status = 'claimed' and t.claimed_until > now() as is_claimed, t.deadline_at from placement.manual_task t where t.status in ('open', 'claimed')
)
select (select count(*) from live l where not l.is_claimed) as "open!", (select count(*) from live l where l.is_claimed) as "claimed!",
  (select count(*) from live l where l.deadline_at <= now()) as "overdue!", (select min(l.deadline_at) from live l) as next_deadline_at,
  (select count(*) from ops.refund_approval a where a.status = 'waiting') as "refund_approvals!",
  (select count(*) from orders.refund_request q where q.status = 'open') as "refund_requests!",
  (select count(*) from store.tier_gate g join store.tier t using (store_id, position)
    where t.is_enabled and g.state in ('sick', 'paused') and (g.until is null or g.until > now())) as "stores_sick!",
  coalesce((select max(e.event_id) from store.health_event e), 0)::bigint as "last_event_id!"`;
/** How the desk stands: the queue, what waits for a word, and how far the stores' news go. Reads only. */
export function deskNow(db: Db): Promise<DeskNowRow> {
  return one(db, "ops.deskNow", deskNowText, [], (row): DeskNowRow => ({
    open: row[0],
    claimed: row[1],
    overdue: row[2],
    nextDeadlineAt: row[3],
    refundApprovals: row[4],
    refundRequests: row[5],
    storesSick: row[6],
    lastEventId: row[7],
  }));
}
