import type { Browser, BrowserContext, Page, Response } from "playwright-core";
import { narrow, wide } from "../visitor.ts";
import type { Language } from "../shopping.ts";
import type { Cast } from "./cast.ts";
import { countShifts, readShifts, standIns, untilDrawn } from "./in-page.ts";
import type { Scene } from "./scene.ts";

export type View = { readonly width: 1280 | 390; readonly language: Language; readonly theme: "light" | "dark" };

export type Opened = {
  readonly page: Page;
  /** What the server answered the page with. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The page as it was sent, before a script touched it. */
  readonly html: string;
  /** What the browser said of errors and refusals that do not belong to the state. */
  readonly complaints: readonly string[];
  /** How far things moved while the page came, before anything was done there: the browser's own cumulative score. */
  readonly layoutShift: number;
  readonly close: () => Promise<void>;
};

const viewports = { 1280: wide, 390: narrow } as const;

const patienceMs = 20_000;

/** A browser's window of its own, brought into the scene and come to rest. */
export async function openScene(browser: Browser, cast: Cast, scene: Scene, view: View): Promise<Opened> {
  const { path, who } = await scene.at(cast);
  const context = await newWindow(browser, cast, view);
  if (who !== undefined) await context.addCookies(await who.cookies());
  const page = await context.newPage();
  const complaints = listenTo(page, scene.complaints);
  try {
    await scene.prepare?.(page);
    const sent = await readSent(await page.goto(path, { waitUntil: "load" }));
    await settle(page, scene.showsSkeletons);
    const layoutShift = await page.evaluate<number>(readShifts);
    if (scene.act !== undefined) {
      await scene.act(page, view.language);
      await settle(page, scene.showsSkeletons);
    }
    return { ...sent, page, complaints, layoutShift, close: async () => await context.close() };
  } catch (error) {
    await context.close();
    throw new Error(`${scene.name} was not reached at ${path}`, { cause: error });
  }
}

async function newWindow(browser: Browser, cast: Cast, { width, language, theme }: View): Promise<BrowserContext> {
  const isKorean = language === "ko";
  const context = await browser.newContext({
    baseURL: cast.system.webUrl,
    viewport: viewports[width],
    locale: isKorean ? "ko-KR" : "en-US",
    timezoneId: isKorean ? "Asia/Seoul" : "America/New_York",
    colorScheme: theme,
    hasTouch: width === 390,
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(patienceMs);
  await context.addInitScript({ content: countShifts });
  return context;
}

/** Read at once: a page that is left takes its answer with it. */
async function readSent(response: Response | null): Promise<Pick<Opened, "status" | "headers" | "html">> {
  if (response === null) throw new Error("there was no answer");
  return { status: response.status(), headers: await response.allHeaders(), html: await response.text() };
}

function listenTo(page: Page, expected: RegExp | undefined): readonly string[] {
  const complaints: string[] = [];
  const take = (text: string): void => {
    if (expected?.test(text) !== true) complaints.push(text);
  };
  page.on("pageerror", (error) => take(error.message));
  page.on("console", (message) => {
    const { url } = message.location();
    // The provider's pages have no icon, as the browser finds out by itself.
    if (message.type() === "error" && !url.endsWith("/favicon.ico")) take(`${message.text()} ${url}`);
  });
  return complaints;
}

/** Nothing is still on its way: what stands in for it is gone, fonts and the pictures in sight are there. */
export async function settle(page: Page, isWholeAtOnce = false): Promise<void> {
  await page.locator("h1, [role=alert]").first().waitFor();
  if (!isWholeAtOnce) await page.locator(standIns).first().waitFor({ state: "detached" });
  await page.evaluate(untilDrawn);
}
