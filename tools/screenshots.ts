/**
 * Takes a picture of every page of the shop in every state: on a desk and on a telephone, in both languages, light and
 * dark. `index.html` in the folder shows them beside each other.
 *
 *     npm run screenshots                        all of them, into screenshots/ (a quarter of an hour)
 *     npm run screenshots -- --only checkout     those whose name holds the word
 *     npm run screenshots -- --only cart.390.ko  … or of one view alone
 *     npm run screenshots -- --out /tmp/shots
 *
 * It starts a Muse of its own, as the browser's tests do, or looks at the one that MUSE_E2E names (addresses as JSON).
 */
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { launchChromium } from "../test/e2e/chromium.ts";
import { openCast } from "../test/e2e/scenes/cast.ts";
import { scenes } from "../test/e2e/scenes/scenes.ts";
import { startSystem, type System } from "../test/e2e/system.ts";
import { runTool } from "./run-tool.ts";
import { writeContactSheet } from "./screenshots/contact-sheet.ts";
import { shoot, views, type Shot } from "./screenshots/shoot.ts";

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Answers the exit code: 1 when a page could not be reached. */
async function main(): Promise<number> {
  const { out, only } = parseArgs({
    options: { out: { type: "string", default: "screenshots" }, only: { type: "string", default: "" } },
  }).values;
  const folder = resolve(out);
  const wanted: Shot[] = scenes
    .flatMap((scene) => views.map((view) => ({ scene, view, file: fileOf(scene.name, view) })))
    .filter(({ file }) => file.includes(only));
  if (wanted.length === 0) {
    say(`nothing is called ${only}; there are: ${scenes.map(({ name }) => name).join(", ")}`);
    return 1;
  }
  mkdirSync(folder, { recursive: true });
  const { system, stop } = await findSystem();
  const browser = await launchChromium();
  const cast = openCast(system);
  try {
    const failed: string[] = [];
    for (const shot of wanted) {
      const failure = await shoot(browser, cast, shot, folder);
      say(failure === undefined ? shot.file : `${shot.file}: ${failure}`);
      if (failure !== undefined) failed.push(shot.file);
    }
    say(`${wanted.length - failed.length} pictures: ${writeContactSheet(folder)}`);
    return failed.length === 0 ? 0 : 1;
  } finally {
    await cast.close();
    await browser.close();
    await stop();
  }
}

function fileOf(name: string, { width, language, theme }: Shot["view"]): string {
  return `${name}.${width}.${language}.${theme}.png`;
}

async function findSystem(): Promise<{ readonly system: System; readonly stop: () => Promise<void> }> {
  const named = process.env["MUSE_E2E"];
  if (named !== undefined) return { system: JSON.parse(named) as System, stop: async () => undefined };
  say("starting a Muse for the pictures");
  return await startSystem();
}

await runTool(main);
