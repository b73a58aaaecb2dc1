import { loadavg } from "node:os";
import { launchChromium } from "../e2e/chromium.ts";
import { openCast, type Cast } from "../e2e/scenes/cast.ts";
import type { Scene } from "../e2e/scenes/scene.ts";
import { scenes } from "../e2e/scenes/scenes.ts";
import { startSystem, type System } from "../e2e/system.ts";
import type { BenchOptions } from "./options.ts";
import { short, table, type Say } from "./report.ts";
import { loadPage, type Conditions, type PageLoad } from "./web-load.ts";

export type WebFigures = {
  readonly pages: readonly { readonly page: string; readonly loads: readonly MeasuredPage[] }[];
  /** Pages that did not come, with why. */
  readonly failed: readonly string[];
};

type MeasuredPage = { readonly conditions: Conditions; readonly median: PageLoad };

/** What people come by on their way from the first look to the door. */
const measured = [
  "home",
  "browse",
  "product",
  "store",
  "cart",
  "checkout",
  "confirmation",
  "orders",
  "order-delivered",
  "account",
  "sign-in",
  "help",
];

const allConditions: readonly Conditions[] = [
  { width: 1280, slowdown: 1 },
  { width: 390, slowdown: 1 },
  { width: 1280, slowdown: 4 },
  { width: 390, slowdown: 4 },
];

/** Loads the shop's pages in a real Chromium, each load in a browser that has never been there; answers medians. */
export async function benchWeb({ loads }: BenchOptions, say: Say): Promise<WebFigures> {
  say(`${loads} loads of each page in each of four ways; the machine's load was ${short(loadavg()[0] ?? 0)} before`);
  const named = process.env["MUSE_E2E"];
  const { system, stop } =
    named === undefined ? await startSystem() : { system: JSON.parse(named) as System, stop: async () => undefined };
  const browser = await launchChromium();
  const cast = openCast(system);
  try {
    const failed: string[] = [];
    const pages = [];
    for (const scene of scenes.filter(({ name }) => measured.includes(name))) {
      const result = await measure(scene, { browser, cast, loads });
      if (typeof result === "string") failed.push(`${scene.name}: ${result}`);
      else pages.push({ page: scene.name, loads: result });
      say(`${scene.name}: ${typeof result === "string" ? result : "measured"}`);
    }
    sayPages(pages, say);
    return { pages, failed };
  } finally {
    await cast.close();
    await browser.close();
    await stop();
  }
}

type Measuring = {
  readonly browser: Awaited<ReturnType<typeof launchChromium>>;
  readonly cast: Cast;
  readonly loads: number;
};

/** The first load of a page is the server's too: it is not counted. */
async function measure(scene: Scene, { browser, cast, loads }: Measuring): Promise<MeasuredPage[] | string> {
  try {
    await loadPage(browser, cast, scene, { width: 1280, slowdown: 1 });
    const all: MeasuredPage[] = [];
    for (const conditions of allConditions) {
      const each: PageLoad[] = [];
      for (let count = 0; count < loads; count += 1) each.push(await loadPage(browser, cast, scene, conditions));
      all.push({ conditions, median: medianOf(each) });
    }
    return all;
  } catch (error) {
    return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
  }
}

function medianOf(loads: readonly PageLoad[]): PageLoad {
  const middle = (of: (load: PageLoad) => number): number => {
    const sorted = loads.map(of).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? 0;
  };
  return {
    lcpMs: middle(({ lcpMs }) => lcpMs),
    cls: middle(({ cls }) => cls),
    blockedMs: middle(({ blockedMs }) => blockedMs),
    htmlBytes: middle(({ htmlBytes }) => htmlBytes),
    ownScriptBytes: middle(({ ownScriptBytes }) => ownScriptBytes),
    providerScriptBytes: middle(({ providerScriptBytes }) => providerScriptBytes),
    fontBytes: middle(({ fontBytes }) => fontBytes),
    requests: middle(({ requests }) => requests),
  };
}

function sayPages(pages: WebFigures["pages"], say: Say): void {
  const kb = (bytes: number): string => short(Math.round(bytes / 100) / 10);
  const ways = allConditions.map(({ width, slowdown }) => (slowdown === 1 ? `${width}` : `${width} ${slowdown}×`));
  say("\n── Largest paint, ms; what long tasks took beyond 50 ms each; the largest layout shift ──");
  say(
    table([
      ["", ...ways.map((way) => `LCP ${way}`), ...ways.map((way) => `blocked ${way}`), "CLS"],
      ...pages.map(({ page, loads }) => [
        page,
        ...loads.map(({ median }) => Math.round(median.lcpMs)),
        ...loads.map(({ median }) => Math.round(median.blockedMs)),
        Math.max(...loads.map(({ median }) => median.cls)).toFixed(3),
      ]),
    ]),
  );
  say("\n── Sent over the wire to a browser that has never been here, kB compressed, at 1280 px ──");
  say(
    table([
      ["", "HTML", "JavaScript", "provider's", "fonts", "requests"],
      ...pages.map(({ page, loads: [first] }) => [
        page,
        ...[
          first?.median.htmlBytes,
          first?.median.ownScriptBytes,
          first?.median.providerScriptBytes,
          first?.median.fontBytes,
        ].map((bytes) => kb(bytes ?? 0)),
        first?.median.requests ?? 0,
      ]),
    ]),
  );
}
