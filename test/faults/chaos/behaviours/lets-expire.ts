import type { Behaviour } from "../behaviour.ts";
import { StoryError } from "../customer.ts";
import { cards, checkOut, closedCodes, endTime, pay, press } from "../visit.ts";

export const letsExpire: Behaviour = {
  name: "lets-expire",
  tells: "the half hour is over before the button, or while it is pressed",
  weight: 3,
  play: async (visit) => {
    const { random } = visit;
    const sessionId = await checkOut(visit, random.pick(cards.good));
    if (random.chance(0.5)) {
      await Promise.all([endTime(visit, sessionId), pay(visit, sessionId)]);
      return;
    }
    await endTime(visit, sessionId);
    const said = await press(visit, sessionId);
    if (said.code === null || !closedCodes.includes(said.code))
      throw new StoryError(`an expired session was placed: ${said.code ?? "paid"}`);
  },
};
