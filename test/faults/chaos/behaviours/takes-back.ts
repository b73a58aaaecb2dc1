import { setTimeout as delay } from "node:timers/promises";
import type { Behaviour } from "../behaviour.ts";
import { GoneError, StoryError } from "../customer.ts";
import { cards, checkOut, pay, press, readSession, refused, sessionPath, watchSession } from "../visit.ts";

export const givesUp: Behaviour = {
  name: "gives-up",
  tells: "cancels the session before pressing, or in the same moment: one of the two wins",
  weight: 3,
  play: async (visit) => {
    const { customer, random } = visit;
    const sessionId = await checkOut(visit, random.pick([...cards.good, ...cards.challenged]));
    const cancel = async (): Promise<string> => {
      const said = await customer.ask(`POST ${sessionPath(sessionId, "/cancel")}`, { body: {} });
      if (said.code === null) return "cancelled";
      if (["session_processing", "session_closed", "session_expired"].includes(said.code)) return said.code;
      throw refused("cancelling", said);
    };
    if (random.chance(0.4)) {
      if ((await cancel()) !== "cancelled") throw new StoryError("a session nobody paid for could not be cancelled");
      return;
    }
    const [, said] = await Promise.all([delay(random.int(0, 40)).then(cancel), press(visit, sessionId)]);
    const { status, payment } = await readSession(customer, sessionId);
    // Cancelled for good, though a late yes of the provider may still be on its way back.
    if (said.code === null && status === "cancelled" && payment === "paid")
      throw new StoryError("cancelled, and paid for good");
  },
};

export const takesOrderBack: Behaviour = {
  name: "takes-order-back",
  tells: "pays, then cancels one of the orders, whatever has become of it meanwhile",
  weight: 4,
  play: async (visit) => {
    const { customer, random } = visit;
    const sessionId = await checkOut(visit, random.pick(cards.good));
    const isAtOnce = random.chance(0.4);
    await Promise.all([
      pay(visit, sessionId),
      isAtOnce ? watchSession(visit, sessionId, ({ orders }) => orders.length > 0) : null,
    ]);
    const { orders } = await readSession(customer, sessionId);
    if (orders.length === 0) throw new GoneError("nothing was bought");
    const { museOrderNumber } = random.pick(orders);
    const asked = random.chance(0.5) ? 1 : 2;
    await Promise.all(
      Array.from({ length: asked }, async () => {
        const said = await customer.ask(`POST /api/v1/orders/${museOrderNumber}/cancel`, { body: {} });
        if (said.code !== null && said.code !== "order_not_cancellable") throw refused("taking an order back", said);
      }),
    );
  },
};
