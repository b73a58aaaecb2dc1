import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { failpoints, type Failpoint } from "@muse/connectors/failpoint";
import type { Journey } from "./journey.ts";
import { openLane, type Lane } from "./lane.ts";
import type { KillOptions } from "./options.ts";
import { runJourney, type RunResult } from "./run.ts";
import type { Breach, JourneySummary, Say } from "./sweep.ts";
import { openWorld } from "./world.ts";

/** `npm run faults -- points` */
export function listPoints(say: Say): void {
  for (const [name, where] of Object.entries(failpoints)) say(`${name.padEnd(28)} ${where}`);
}

/** Plays a journey undisturbed, then once for each of its points, at which the program that comes to it dies. */
export async function sweepPoints(journey: Journey, options: KillOptions, say: Say): Promise<JourneySummary> {
  const startedMs = performance.now();
  say(`\n${journey.name}: ${journey.tells}`);
  const points = (journey.points ?? []).filter((point) => options.point === null || options.point === point);
  const nothing = { journey: journey.name, messages: points.length, runs: 0, unreached: [], breaches: [], seconds: 0 };
  if (options.isList) {
    for (const point of points) say(`  ${point}`);
    return nothing;
  }
  const world = await openWorld({ browsersMax: 1 });
  try {
    const unreached: string[] = [];
    const breaches: Breach[] = [];
    const lane = await openLane(world, 0);
    try {
      for (const [number, point] of [null, ...points].entries()) {
        const { isReached, result } = await runPoint({ lane, folder: world.failpointsFolder }, journey, point);
        const name = point ?? "undisturbed";
        const mark = result.breaches.length > 0 ? "✘" : isReached ? "✔" : "·";
        say(`  ${mark} ${name} (${(result.ms / 1000).toFixed(1)} s, ${result.passedS} s let pass)`);
        if (!isReached) unreached.push(name);
        if (result.breaches.length > 0) breaches.push(tell(say, { journey, number, point: name }, result));
      }
    } finally {
      await lane.close();
    }
    return {
      ...nothing,
      runs: points.length + 1,
      unreached,
      breaches,
      seconds: (performance.now() - startedMs) / 1000,
    };
  } finally {
    await world.close();
  }
}

type Place = { readonly lane: Lane; readonly folder: string };

async function runPoint({ lane, folder }: Place, journey: Journey, point: Failpoint | null) {
  const marker = point === null ? null : arm(folder, point);
  const result = await runJourney(lane, journey, null);
  const isReached = marker === null || !existsSync(marker);
  if (marker !== null) rmSync(marker, { force: true });
  // The next one is for a worker that is back.
  await lane.untilUp();
  return { isReached, result };
}

const wordsShown = 12;

type Where = { readonly journey: Journey; readonly number: number; readonly point: string };

function tell(say: Say, { journey, number, point }: Where, { breaches, said }: RunResult): Breach {
  for (const line of [...breaches, ...said.slice(-wordsShown)]) say(`      ${line.slice(0, 400)}`);
  return { journey: journey.name, number, point, mode: "undisturbed", breaches, said };
}

/** @returns the file that is gone once a program has died there */
function arm(folder: string, point: Failpoint): string {
  const marker = join(folder, point);
  writeFileSync(marker, "");
  return marker;
}
