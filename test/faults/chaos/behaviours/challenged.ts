import { setTimeout as delay } from "node:timers/promises";
import type { Behaviour, Visit } from "../behaviour.ts";
import { cards, checkOut, endTime, intentOf, isOver, meetChallenge, pay, press, watchSession } from "../visit.ts";
import type { Said } from "../customer.ts";

async function untilChallenged(visit: Visit): Promise<{ readonly sessionId: string; readonly said: Said }> {
  const sessionId = await checkOut(visit, visit.random.pick(cards.challenged));
  return { sessionId, said: await press(visit, sessionId) };
}

export const challengeMet: Behaviour = {
  name: "challenge-met",
  tells: "the bank asks, the owner says yes, and the same call goes on",
  weight: 4,
  play: async (visit) => {
    const { sessionId, said } = await untilChallenged(visit);
    if (said.code !== "payment_action_required") return;
    await meetChallenge(visit, said);
    await pay(visit, sessionId);
  },
};

export const challengeMetAndGone: Behaviour = {
  name: "challenge-met-and-gone",
  tells: "the owner says yes and never comes back: only the event and the reconciler know",
  weight: 3,
  play: async (visit) => {
    const { said } = await untilChallenged(visit);
    if (said.code === "payment_action_required") await meetChallenge(visit, said);
  },
};

export const challengeFailed: Behaviour = {
  name: "challenge-failed",
  tells: "the owner says no; perhaps another card does it",
  weight: 2,
  play: async (visit) => {
    const { sessionId, said } = await untilChallenged(visit);
    if (said.code !== "payment_action_required") return;
    visit.acts.push(Date.now());
    await visit.shop.sandbox.failChallenge(intentOf(said));
    if (visit.random.chance(0.6)) await pay(visit, sessionId);
  },
};

export const challengeAbandoned: Behaviour = {
  name: "challenge-abandoned",
  tells: "the bank asks and nobody answers; now and then the half hour ends with it, or the yes comes right then",
  weight: 3,
  play: async (visit) => {
    const { random } = visit;
    const { sessionId, said } = await untilChallenged(visit);
    if (said.code !== "payment_action_required" || random.chance(0.3)) return;
    const isLate = random.chance(0.4);
    await Promise.all([endTime(visit, sessionId), isLate ? meetChallenge(visit, said) : delay(0)]);
    if (isLate || random.chance(0.5)) await watchSession(visit, sessionId, isOver, 5_000);
  },
};
