import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { commandOf, plansOf, playAndTell } from "./command.ts";
import { openHome } from "./home.ts";
import { readChaosArguments } from "./options.ts";

/** So many that most kinds of shoppers come, and that it is over within a minute on a quiet machine. */
const checkouts = 28;

/** On a busy machine fewer come: a test has two minutes. */
const inviteSecondsMax = 20;

/** One seed, played for a test. Says the seed whatever comes of it, and leaves a story where something was broken. */
export async function playShort(seed: number, say: (line: string) => void): Promise<void> {
  const options = readChaosArguments(["--seed", String(seed), "--checkouts", String(checkouts)]);
  assert.ok(options !== "help");
  const [plan] = await plansOf(options);
  assert.ok(plan !== undefined);
  const home = await openHome();
  try {
    const dir = join(home.artefactDir, `test-seed-${seed}`);
    mkdirSync(dir, { recursive: true });
    say(`again: ${commandOf(plan, options)}`);
    const story = join(dir, "story.txt");
    const running = { ...options, inviteSecondsMax, say, logFile: join(dir, "programs.log") };
    const { breaches } = await playAndTell(home, plan, running, story);
    const texts = breaches.map(({ sessionId, text }) => `${sessionId ?? ""} ${text}`);
    assert.deepEqual(texts, [], `seed ${seed} broke something; its story: ${story}`);
  } finally {
    await home.close();
  }
}
