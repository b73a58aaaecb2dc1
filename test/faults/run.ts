import { setTimeout as delay } from "node:timers/promises";
import { checkInvariants } from "../../tools/invariants/check-invariants.ts";
import { readBooks } from "./books.ts";
import type { Journey } from "./journey.ts";
import type { Lane } from "./lane.ts";
import { newWatch, type Cut, type Sent } from "./messages.ts";
import { unfinished } from "./quiet.ts";
import { openSandbox } from "./sandbox.ts";
import { newShopper } from "./shopper.ts";
import { WaitError } from "./wait-for.ts";

export type RunResult = {
  readonly isCut: boolean;
  /** Everything that was not as it must be, each in words. */
  readonly breaches: readonly string[];
  readonly sent: readonly Sent[];
  readonly ms: number;
  /** How much time went by for the database beyond what went by here. */
  readonly passedS: number;
  /** What the programs said, where something was wrong. */
  readonly said: readonly string[];
};

/** As much as passes at once: longer than any wait of a moment, far shorter than a session lives. */
const stepS = 15;

/** Whoever does nothing for so long is waiting for a time to come. */
const idleMs = 300;

/** What is not quiet by then is stuck: real seconds, of which each idle half brings many more for the database. */
const quietMsMax = 45_000;

/**
 * What earlier runs on this lane made a store suffer is forgotten: after five orders in five minutes whose answers
 * never came the sixth goes to a person, as it should, and not the way that its journey tells of.
 */
const storesWellText = "delete from store.told; delete from store.health_minute; delete from store.tier_gate";

/**
 * Plays a journey once on a lane, with or without a cut, and holds what came of it against everything that must be
 * true.
 */
export async function runJourney(lane: Lane, journey: Journey, cut: Cut | null): Promise<RunResult> {
  const startedMs = performance.now();
  const sandbox = openSandbox(lane.sandboxUrl);
  await sandbox.setFaults([]);
  await lane.database.query(storesWellText);
  await journey.prepare?.(lane);
  const watch = newWatch(cut);
  lane.setWatch(watch);
  const shopper = newShopper(lane.apiUrl);
  const time = startTime(lane, () => shopper.waitsFor() !== null);
  const breaches: string[] = [];
  let sessionId: string | null = null;
  try {
    sessionId = await journey.play({ lane, shopper, sandbox });
  } catch (error) {
    breaches.push(`the journey came to no end: ${error instanceof Error ? error.message : String(error)}`);
  }
  let passedS = 0;
  try {
    const left = await untilQuiet(lane, sandbox.pendingWebhooks);
    if (left.length > 0) breaches.push(`not quiet after ${quietMsMax / 1000} s: ${left.join(", ")}`);
    if (watch.isCut()) await lane.untilUp();
  } catch (error) {
    if (!(error instanceof WaitError)) throw error;
    breaches.push(error.message);
  } finally {
    passedS = await time.stop();
  }
  breaches.push(...(await brokenInvariants(lane)));
  if (sessionId !== null) breaches.push(...journey.complaints(await readBooks(lane, sessionId)));
  const said = breaches.length === 0 ? [] : [...lane.program("api").said(), ...lane.program("worker").said()];
  return { isCut: watch.isCut(), breaches, sent: watch.sent(), ms: performance.now() - startedMs, passedS, said };
}

/** Lets time pass whenever nobody does anything and something waits for it, until stopped. */
function startTime(lane: Lane, isSomebodyWaiting: () => boolean): { readonly stop: () => Promise<number> } {
  let isOver = false;
  let passedS = 0;
  // Somebody who comes back every moment keeps the API at work, though nothing moves.
  const isWorking = (): boolean => !isSomebodyWaiting() && performance.now() - lane.watch().busyAtMs() < idleMs;
  const loop = async (): Promise<void> => {
    while (!isOver) {
      await delay(100);
      if (isOver || isWorking() || lane.isOutsideBusy()) continue;
      if (!isSomebodyWaiting() && (await unfinished(lane.database)).length === 0) continue;
      if (await lane.clock.pass(stepS, { workerPids: [lane.program("worker").pid()] })) passedS += stepS;
      await delay(idleMs);
    }
  };
  const looping = loop();
  return {
    stop: async () => {
      isOver = true;
      await looping;
      return passedS;
    },
  };
}

/** @returns what is still on its way when patience is over */
async function untilQuiet(lane: Lane, pendingWebhooks: () => Promise<number>): Promise<readonly string[]> {
  const deadlineMs = performance.now() + quietMsMax;
  let quietLooks = 0;
  for (;;) {
    const left = await unfinished(lane.database);
    const undelivered = await pendingWebhooks();
    if (undelivered > 0) left.push(`${undelivered} webhooks not taken`);
    if (lane.isOutsideBusy()) left.push("calls to the outside");
    // Twice in a row: between two looks whatever ended one thing has begun the next.
    quietLooks = left.length === 0 ? quietLooks + 1 : 0;
    if (quietLooks === 2 || performance.now() > deadlineMs) return left;
    await delay(40);
  }
}

async function brokenInvariants({ databaseUrl, sandboxUrl }: Lane): Promise<string[]> {
  const { results } = await checkInvariants({ databaseUrl, sandboxUrl, settledForSeconds: 0 });
  return results
    .filter(({ outcome }) => outcome === "broken" || outcome === "failed")
    .map(
      ({ id, name, count, breaches: [first], note }) =>
        `${id} ${name}: ${count}; ${first === undefined ? note : `${first.subject}: ${first.detail}`}`,
    );
}
