import type { OutsideRecord } from "../../../tools/invariants/outside.ts";
import type { Query } from "./query.ts";

/** Which of the providers' charges are of a session: Stripe's name it, Toss's name an order of ours. */
export async function chargesOf(query: Query, sessionId: string): Promise<(charge: OutsideRecord) => boolean> {
  const rows = await query<{ orderId: string }>(
    `select order_id as "orderId" from payment.toss_order where session_id = $1`,
    [sessionId],
  );
  const inWon = new Set<unknown>(rows.map(({ orderId }) => orderId));
  return ({ data }) =>
    (data["metadata"] as Record<string, unknown> | undefined)?.["checkout_session_id"] === sessionId ||
    inWon.has(data["orderId"]);
}
