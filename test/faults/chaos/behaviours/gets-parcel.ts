import type { Behaviour } from "../behaviour.ts";
import { GoneError } from "../customer.ts";
import { byHandPrefix } from "../shop-orders.ts";
import { cards, checkOut, isOver, pay, readSession, refused, watchSession } from "../visit.ts";

const placed = ["placed", "confirmed", "shipped", "delivered"];

export const getsParcel: Behaviour = {
  name: "gets-parcel",
  tells: "the store confirms, ships and delivers; now and then the shopper wants the money back",
  weight: 4,
  play: async (visit) => {
    const { customer, random, shop } = visit;
    const sessionId = await checkOut(visit, random.pick(cards.good));
    await pay(visit, sessionId);
    await watchSession(visit, sessionId, isOver, shop.patienceMs);
    const rows = await shop.query<{ orderNumber: string; storeId: string; storeOrderNumber: string }>(
      `select o.order_number as "orderNumber", o.store_id as "storeId", o.store_order_number as "storeOrderNumber"
       from orders.store_order o where o.session_id = $1 and o.store_order_number not like $3 and o.status::text = any ($2)`,
      [sessionId, placed, `${byHandPrefix}%`],
    );
    for (const { storeId, storeOrderNumber } of rows) {
      for (let steps = random.int(1, 3); steps > 0; steps -= 1) await shop.sandbox.advance(storeId, storeOrderNumber);
    }
    if (!random.chance(0.6)) return;
    const { orders } = await readSession(customer, sessionId);
    if (orders.length === 0) throw new GoneError("nothing was bought");
    const { museOrderNumber } = random.pick(orders);
    const said = await customer.ask(`POST /api/v1/orders/${museOrderNumber}/refund-request`, {
      body: { reason: "the colour is not mine" },
    });
    if (said.code !== null && said.code !== "refund_not_possible") throw refused("asking for a refund", said);
  },
};
