import type { Behaviour } from "../behaviour.ts";
import { StoryError } from "../customer.ts";
import { cards, checkOut, pay, sessionPath } from "../visit.ts";

export const looksAtOthers: Behaviour = {
  name: "looks-at-others",
  tells: "asks for somebody else's session and order as well: for this shopper they do not exist",
  weight: 2,
  play: async (visit) => {
    const { customer, random, shop } = visit;
    const sessionId = await checkOut(visit, random.pick(cards.good));
    const [other] = await shop.query<{ sessionId: string; orderNumber: string | null }>(
      `select s.session_id as "sessionId", o.order_number as "orderNumber"
       from checkout.session s left join orders.store_order o using (session_id)
       where s.account_id <> (select account_id from checkout.session where session_id = $1)
       order by s.created_at desc limit 1`,
      [sessionId],
    );
    if (other !== undefined) {
      const paths = [
        `GET ${sessionPath(other.sessionId)}`,
        `POST ${sessionPath(other.sessionId, "/place")}`,
        `POST ${sessionPath(other.sessionId, "/cancel")}`,
        ...(other.orderNumber === null ? [] : [`POST /api/v1/orders/${other.orderNumber}/cancel`]),
      ];
      for (const request of paths) {
        const { status } = await customer.ask(request, request.startsWith("GET") ? {} : { body: {} });
        if (status !== 404) throw new StoryError(`P3 ${request} of somebody else was answered with ${status}`);
      }
    }
    await pay(visit, sessionId);
  },
};
