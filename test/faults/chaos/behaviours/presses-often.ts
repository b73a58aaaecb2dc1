import { randomUUID } from "node:crypto";
import type { Behaviour } from "../behaviour.ts";
import { StoryError } from "../customer.ts";
import { cards, checkOut, meetChallenge, pay, placeWord, sessionPath, type PlaceSeen } from "../visit.ts";

export const pressesOften: Behaviour = {
  name: "presses-often",
  tells: "two to five presses at once, with one key, with several, with none, at all APIs",
  weight: 5,
  play: async (visit) => {
    const { customer, random } = visit;
    const card = random.chance(0.8) ? random.pick(cards.good) : random.pick([...cards.bad, ...cards.challenged]);
    const sessionId = await checkOut(visit, card);
    const shared = randomUUID();
    const keys = Array.from({ length: random.int(2, 5) }, () => random.pick([shared, shared, randomUUID(), null]));
    const request = `POST ${sessionPath(sessionId, "/place")}`;
    const words = await Promise.all(keys.map(async (key) => placeWord(await customer.ask(request, { body: {}, key }))));
    // Whoever is told of orders is told of the same ones.
    const told = words.filter(({ code }) => code === null).map(({ data }) => numbersOf(data as PlaceSeen));
    if (new Set(told.filter((numbers) => numbers !== "")).size > 1)
      throw new StoryError(`one session, told of ${told.join(" and of ")}`);
    const challenge = words.find(({ code }) => code === "payment_action_required");
    if (challenge !== undefined) await meetChallenge(visit, challenge);
    if (random.chance(0.5)) await pay(visit, sessionId);
  },
};

function numbersOf({ orders }: PlaceSeen): string {
  return orders
    .map(({ museOrderNumber }) => museOrderNumber)
    .sort()
    .join(", ");
}
