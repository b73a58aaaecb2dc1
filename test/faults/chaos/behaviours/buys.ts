import type { Behaviour } from "../behaviour.ts";
import { cards, checkOut, pay } from "../visit.ts";

export const buys: Behaviour = {
  name: "buys",
  tells: "a good card, pressed once, and gone",
  weight: 8,
  play: async (visit) => {
    const sessionId = await checkOut(visit, visit.random.pick(cards.good));
    await pay(visit, sessionId);
  },
};
