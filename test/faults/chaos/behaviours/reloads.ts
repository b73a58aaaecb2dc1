import type { Behaviour } from "../behaviour.ts";
import { cards, checkOut, isOver, pay, watchSession } from "../visit.ts";

export const reloads: Behaviour = {
  name: "reloads",
  tells: "reloads the page all the time, before, while and after it is paid",
  weight: 4,
  play: async (visit) => {
    const { customer, random } = visit;
    const sessionId = await checkOut(visit, random.pick(cards.good));
    await Promise.all([pay(visit, sessionId), watchSession(visit, sessionId, isOver, 10_000)]);
    await customer.get("GET /api/v1/orders");
    await customer.get("GET /api/v1/orders/stats");
  },
};
