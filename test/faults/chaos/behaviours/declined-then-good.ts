import type { Behaviour } from "../behaviour.ts";
import { cards, checkOut, pay } from "../visit.ts";

export const declinedThenGood: Behaviour = {
  name: "declined-then-good",
  tells: "the first card is declined, the next one pays",
  weight: 4,
  play: async (visit) => {
    const sessionId = await checkOut(visit, visit.random.pick(cards.bad));
    await pay(visit, sessionId);
  },
};
