/** Runs random sequences of steps against a small model and the real thing, and tells the seed that repeats them. */
import { randomInt } from "node:crypto";
import type { TestContext } from "node:test";
import fc from "fast-check";

/** The real thing beside its model. A step that goes otherwise than the model says throws. */
export type World<Step> = {
  readonly play: (step: Step) => Promise<void>;
  /** After the last step: leave it alone, and look at it as a whole. */
  readonly end?: () => Promise<void>;
};

export type ModelRun<Step> = {
  readonly steps: fc.Arbitrary<Step>;
  readonly stepsMax: number;
  readonly runs: number;
  /** A world of its own for every run: sequences must not see each other. */
  readonly begin: () => Promise<World<Step>>;
};

/** A busy machine plays fewer sequences instead of taking longer. */
const playMsMax = 20_000;

/**
 * Plays `runs` sequences of a fresh seed, or of `MODEL_SEED`. A failure is made short before it is told, with the steps
 * that lead to it.
 */
export async function playModel<Step>(t: TestContext, run: ModelRun<Step>): Promise<void> {
  const given = process.env["MODEL_SEED"];
  const seed = given === undefined ? randomInt(2 ** 31) : Number(given);
  t.diagnostic(`MODEL_SEED=${seed}`);
  let played = 0;
  const startedMs = performance.now();
  const property = fc.asyncProperty(fc.array(run.steps, { maxLength: run.stepsMax, size: "max" }), async (steps) => {
    // What was found by then is known; making it shorter ends here, too.
    if (performance.now() - startedMs > playMsMax) return;
    played += 1;
    const world = await run.begin();
    for (const step of steps) await world.play(step);
    await world.end?.();
  });
  await fc.assert(property, { seed, numRuns: run.runs });
  t.diagnostic(`${played} sequences`);
}
