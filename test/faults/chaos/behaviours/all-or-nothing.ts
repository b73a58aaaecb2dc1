import type { Behaviour } from "../behaviour.ts";
import { cards, checkOut, isOver, pay, payWith, watchSession, wishes } from "../visit.ts";

export const allOrNothing: Behaviour = {
  name: "all-or-nothing",
  tells: "wants everything or nothing: when one store fails, the others are called back",
  weight: 4,
  play: async (visit) => {
    const { customer, random } = visit;
    const wanted = wishes(visit);
    const sessionId = await checkOut(visit, random.pick(cards.good), [...wanted, ...wishes(visit)].slice(0, 3));
    await payWith(customer, sessionId, { onStoreFailure: "all_or_nothing" });
    await pay(visit, sessionId);
    await watchSession(visit, sessionId, isOver, visit.shop.patienceMs);
  },
};
