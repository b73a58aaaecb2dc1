import { setTimeout as delay } from "node:timers/promises";
import type { BrowserProcess } from "../browser-processes.ts";
import type { Random } from "../random.ts";
import type { FaultKind, Scene } from "../scene.ts";
import { kill } from "../kill.ts";
import { webShops } from "../shop.ts";

export const killBrowser: FaultKind = {
  name: "kill-browser",
  tells: "SIGKILL of a browser, in the middle of whatever it is ordering",
  weight: 8,
  needsBrowsers: true,
  strike: async (scene, random) => {
    const browser = await oneAtWork(scene, random);
    if (browser !== null) signal(scene, browser.pid, "SIGKILL", "a browser");
  },
};

export const killPage: FaultKind = {
  name: "kill-page",
  tells: "SIGKILL of the process that draws a browser's page",
  weight: 5,
  needsBrowsers: true,
  strike: async (scene, random) => {
    const browser = await oneAtWork(scene, random);
    if (browser === null || browser.pagePids.length === 0) return;
    for (const pid of browser.pagePids) signal(scene, pid, "SIGKILL", "a browser's page");
  },
};

export const freezeBrowser: FaultKind = {
  name: "freeze-browser",
  tells: "a browser stands still for up to twenty seconds",
  weight: 6,
  needsBrowsers: true,
  strike: async (scene, random) => {
    const ms = random.int(1_000, 20_000);
    const browser = await oneAtWork(scene, random);
    if (browser === null) return;
    signal(scene, browser.pid, "SIGSTOP", `for ${ms} ms, a browser`);
    await delay(ms);
    if (scene.system.browsers().some(({ pid }) => pid === browser.pid))
      signal(scene, browser.pid, "SIGCONT", "a browser");
  },
};

export const killAtConfirmation: FaultKind = {
  name: "kill-at-confirmation",
  tells:
    "a web shop has taken an order and is slow to say so: the browser dies, or the worker that drives it, or a cut falls",
  weight: 16,
  needsBrowsers: true,
  strike: async (scene, random) => {
    const slow = { endpoint: "order.submit", kind: "slow_confirmation", value: random.int(3_000, 9_000) } as const;
    const way = random.pick(["browser", "browser", "worker", "line"] as const);
    const rules = webShops.map((part) => ({ part, ...slow }));
    const isOver = new AbortController();
    await Promise.all([
      scene.trouble(rules, confirmationMs).then(() => isOver.abort()),
      nextOrder(scene, isOver.signal).then(async (number) => {
        if (number !== null) await hit(scene, number, way);
      }),
    ]);
  },
};

/** A button is pressed every half minute or so. */
const confirmationMs = 40_000;

async function hit(scene: Scene, number: string, way: "browser" | "worker" | "line"): Promise<void> {
  const { system, note } = scene;
  if (way === "browser") {
    for (const { pid } of system.browsers()) signal(scene, pid, "SIGKILL", `${number} is taken: a browser`);
  } else if (way === "worker") {
    await Promise.all(system.workers.map(async (unit) => await kill(scene, unit)));
  } else {
    note(`${number} is taken: lines to the outside are cut`);
    for (const { drop } of system.outsideLines) drop();
  }
}

/** Waits until a web shop has taken an order. @returns its number there, or null when nobody ordered in time */
async function nextOrder({ shop: { sandbox } }: Scene, signal: AbortSignal): Promise<string | null> {
  const read = async (): Promise<string[]> =>
    (await Promise.all(webShops.map(sandbox.orderBook))).flat().map(({ number }) => number);
  const known = new Set(await read());
  while (!signal.aborted) {
    const fresh = (await read()).find((number) => !known.has(number));
    if (fresh !== undefined) return fresh;
    await delay(200, undefined, { signal }).catch(() => undefined);
  }
  return null;
}

const patienceMs = 20_000;

/** A browser in the middle of something; there is not one at every moment. */
async function oneAtWork({ system, note }: Scene, random: Random): Promise<BrowserProcess | null> {
  const deadlineMs = performance.now() + patienceMs;
  for (;;) {
    const browsers = system.browsers();
    if (browsers.length > 0) {
      // Not always at the same step.
      await delay(random.int(0, 6_000));
      const alive = system.browsers().filter(({ pid }) => browsers.some((seen) => seen.pid === pid));
      if (alive.length > 0) return random.pick(alive);
    }
    if (performance.now() > deadlineMs) {
      note("there was no browser to hit");
      return null;
    }
    await delay(250);
  }
}

function signal({ note }: Scene, pid: number, name: "SIGKILL" | "SIGSTOP" | "SIGCONT", whom: string): void {
  try {
    process.kill(pid, name);
    note(`${name} ${whom} (${pid})`);
  } catch {
    note(`${whom} (${pid}) had gone by itself`);
  }
}
