import { randomUUID } from "node:crypto";
import type { Behaviour } from "../behaviour.ts";
import { cards, checkOut, pay, sessionPath } from "../visit.ts";

export const impatient: Behaviour = {
  name: "impatient",
  tells: "goes away in the middle of paying, comes back and presses again, with the same key, another or none",
  weight: 5,
  play: async (visit) => {
    const { customer, random } = visit;
    const sessionId = await checkOut(visit, random.pick(cards.good));
    const request = `POST ${sessionPath(sessionId, "/place")}`;
    const key = randomUUID();
    for (let left = random.int(1, 4); left > 0; left -= 1) {
      const wish = { body: {}, key: random.pick([key, key, randomUUID(), null]) };
      await customer.once(request, { ...wish, leavesAfterMs: random.int(5, 400) });
    }
    if (random.chance(0.7)) await pay(visit, sessionId);
  },
};
