import type { Browser, CDPSession, Page, Request } from "playwright-core";
import type { Cast } from "../e2e/scenes/cast.ts";
import { settle } from "../e2e/scenes/open-scene.ts";
import type { Scene } from "../e2e/scenes/scene.ts";
import { narrow, wide } from "../e2e/visitor.ts";

export type Conditions = {
  readonly width: 1280 | 390;
  /** How many times slower than this machine the page's processor is. */
  readonly slowdown: 1 | 4;
};

/** One load of one page in a browser that has never been there. Bytes are those that were sent, compressed. */
export type PageLoad = {
  readonly lcpMs: number;
  readonly cls: number;
  /** What long tasks took beyond 50 ms each: for so long the page did not answer. */
  readonly blockedMs: number;
  readonly htmlBytes: number;
  readonly ownScriptBytes: number;
  readonly providerScriptBytes: number;
  readonly fontBytes: number;
  readonly requests: number;
};

/** After the page has come to rest: what it still fetches by itself, such as what stands behind its links. */
const restMs = 700;

const viewports = { 1280: wide, 390: narrow } as const;

/** @throws Error when the page does not come, or is not what was asked for */
export async function loadPage(browser: Browser, cast: Cast, scene: Scene, conditions: Conditions): Promise<PageLoad> {
  const { path, who } = await scene.at(cast);
  const context = await browser.newContext({
    baseURL: cast.system.webUrl,
    viewport: viewports[conditions.width],
    locale: "en-US",
    reducedMotion: "reduce",
  });
  try {
    if (who !== undefined) await context.addCookies(await who.cookies());
    await context.addInitScript({ content: watch });
    const page = await context.newPage();
    await slowDown(await context.newCDPSession(page), conditions);
    const finished = collect(page);
    const response = await page.goto(path, { waitUntil: "load" });
    if (response?.status() !== 200) throw new Error(`${path} was answered with ${response?.status()}`);
    await settle(page, scene.showsSkeletons);
    await page.waitForTimeout(restMs);
    const seen = await page.evaluate<Pick<PageLoad, "lcpMs" | "cls" | "blockedMs">>(`globalThis.seen`);
    return { ...seen, ...(await weigh(finished, new URL(cast.system.webUrl).origin)) };
  } finally {
    await context.close();
  }
}

async function slowDown(session: CDPSession, { slowdown }: Conditions): Promise<void> {
  if (slowdown > 1) await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
}

/** Runs in the page, before its own scripts; as text, because this program's types know of no document. */
const watch = `
  globalThis.seen = { lcpMs: 0, cls: 0, blockedMs: 0 };
  const watch = (type, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  watch("largest-contentful-paint", ({ startTime }) => { seen.lcpMs = startTime; });
  watch("layout-shift", ({ value, hadRecentInput }) => { if (!hadRecentInput) seen.cls += value; });
  watch("longtask", ({ duration }) => { seen.blockedMs += Math.max(0, duration - 50); });`;

function collect(page: Page): Request[] {
  const finished: Request[] = [];
  page.on("requestfinished", (request) => finished.push(request));
  return finished;
}

async function weigh(requests: readonly Request[], own: string) {
  const weights = await Promise.all(
    requests.map(async (request) => ({
      type: request.resourceType(),
      isOwn: new URL(request.url()).origin === own,
      // Which is gone when its page is: then it was not the page's.
      bytes: await request.sizes().then(
        ({ responseBodySize }) => responseBodySize,
        () => 0,
      ),
    })),
  );
  const sum = (is: (weight: (typeof weights)[number]) => boolean): number =>
    weights.filter(is).reduce((total, { bytes }) => total + bytes, 0);
  return {
    htmlBytes: sum(({ type, isOwn }) => type === "document" && isOwn),
    ownScriptBytes: sum(({ type, isOwn }) => type === "script" && isOwn),
    providerScriptBytes: sum(({ type, isOwn }) => type === "script" && !isOwn),
    fontBytes: sum(({ type }) => type === "font"),
    requests: requests.length,
  };
}
