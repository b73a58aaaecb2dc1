import assert from "node:assert/strict";
import type { Journey } from "./journey.ts";
import { readOptions } from "./options.ts";
import { closeLanes, sweepJourney } from "./sweep.ts";
import { openWorld } from "./world.ts";

/** As many of a journey's messages as fit into the seconds on a quiet machine; on a busy one, those that come first. */
const every = 6;
const secondsMax = 12;

/** The kill sweep over some of a journey's messages, others every time, for a test. */
export async function sweepShort(journey: Journey, say: (line: string) => void): Promise<void> {
  const seed = 1 + Math.floor(Math.random() * every);
  const args = ["kill", "--journey", journey.name, "--every", String(every), "--seed", String(seed)];
  const options = readOptions([...args, "--seconds", String(secondsMax)]);
  assert.ok(options !== "help");
  say(`npm run faults -- ${args.join(" ")}`);
  const world = await openWorld();
  try {
    const { breaches, runs } = await sweepJourney(world, journey, options, say);
    say(`${runs} runs`);
    const texts = breaches.flatMap(({ point, mode, breaches: found }) =>
      found.map((text) => `${mode} ${point}: ${text}`),
    );
    assert.deepEqual(texts, []);
  } finally {
    await closeLanes();
    await world.close();
  }
}
