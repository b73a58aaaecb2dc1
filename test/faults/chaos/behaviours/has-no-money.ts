import type { Behaviour } from "../behaviour.ts";
import { StoryError } from "../customer.ts";
import { checkOut, press, refused, sessionPath } from "../visit.ts";

export const hasNoMoney: Behaviour = {
  name: "has-no-money",
  tells: "insufficient funds; gives the session up, or leaves it lying",
  weight: 2,
  play: async (visit) => {
    const { customer, random } = visit;
    const sessionId = await checkOut(visit, "pm_card_visa_chargeDeclinedInsufficientFunds");
    const said = await press(visit, sessionId);
    if (said.code === null && (said.data as { payment: string }).payment === "paid")
      throw new StoryError("a card without money paid");
    if (!random.chance(0.5)) return;
    const cancelled = await customer.ask(`POST ${sessionPath(sessionId, "/cancel")}`, { body: {} });
    if (cancelled.code !== null && !["session_processing", "session_expired"].includes(cancelled.code))
      throw refused("giving up", cancelled);
  },
};
