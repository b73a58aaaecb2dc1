import type { Behaviour } from "../behaviour.ts";
import { StoryError } from "../customer.ts";
import { cards, fillCart, giveAddress, pay, payWith, startSession, wishes } from "../visit.ts";

export const twoTabs: Behaviour = {
  name: "two-tabs",
  tells: "checks out the same cart in two tabs, with two cards, at once",
  weight: 3,
  play: async (visit) => {
    const { customer, random } = visit;
    await fillCart(visit, wishes(visit));
    const [one, other] = await Promise.all([startSession(visit), startSession(visit)]);
    if (one.sessionId !== other.sessionId) throw new StoryError("one cart, two live sessions");
    await giveAddress(visit, one.sessionId);
    const tab = async (card: string): Promise<unknown> => {
      if (!(await payWith(customer, one.sessionId, { paymentMethodId: card }))) return null;
      return await pay(visit, one.sessionId);
    };
    await Promise.all([
      tab(random.pick(cards.good)),
      tab(random.pick([...cards.good, ...cards.bad, ...cards.challenged])),
    ]);
  },
};
