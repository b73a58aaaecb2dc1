import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
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
    // With its story, as far as one reads it: where a test runs, nothing may be left of its files.
    if (texts.length > 0) assert.fail([...texts, `seed ${seed}, ${story}`, storyIn(story)].join("\n"));
  } finally {
    await home.close();
  }
}

const storyCharactersMax = 3_000;

function storyIn(file: string): string {
  try {
    return readFileSync(file, "utf8").slice(0, storyCharactersMax);
  } catch {
    return "it has no story";
  }
}
