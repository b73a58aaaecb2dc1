import type { Behaviour } from "../behaviour.ts";
import { cards, checkOut, pay, readSession } from "../visit.ts";

export const follows: Behaviour = {
  name: "follows",
  tells: "lets the page stand open on the session's events while it is paid and placed; whatever it is told stays true",
  weight: 4,
  play: async (visit) => {
    const { customer, random } = visit;
    const sessionId = await checkOut(visit, random.pick(cards.good));
    const [, told] = await Promise.all([
      pay(visit, sessionId),
      customer.follow(sessionId, ({ status }) => status !== "pending" && status !== "processing", 20_000),
    ]);
    visit.later.push(async (back) => {
      const { payment } = await readSession(back, sessionId);
      const isFree = payment === "unpaid" || payment === "declined";
      return told?.payment === "paid" && isFree ? [`the page was told that it is paid, and it is ${payment}`] : [];
    });
  },
};
