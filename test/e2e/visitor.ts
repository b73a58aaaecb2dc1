import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { launchChromium } from "./chromium.ts";

export const wide = { width: 1280, height: 900 };
export const narrow = { width: 390, height: 844 };

type Viewport = typeof wide;

/** One test for each of the two widths that usability.md is held at. */
export function atBothWidths(name: string, body: (t: TestContext, viewport: Viewport) => Promise<void>): void {
  for (const viewport of [wide, narrow]) test(`${name} (${viewport.width} px)`, (t) => body(t, viewport));
}

export type VisitorOptions = {
  readonly baseUrl: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly locale?: "en-US" | "ko-KR";
  readonly colorScheme?: "light" | "dark";
};

export type Visitor = {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Another tab of the same browser. */
  readonly newTab: () => Promise<Page>;
  /** What the pages complained of so far: errors thrown, errors logged, refusals of the content security policy. */
  readonly complaints: string[];
  /** Takes note that complaints holding these words belong to what is being tried. */
  readonly expect: (words: RegExp) => void;
};

let browser: Promise<Browser> | undefined;

/**
 * A person with a browser of their own (no cookies, nothing stored). At the test's end the pages must have complained
 * of nothing that was not expected.
 */
export async function openVisitor(t: TestContext, options: VisitorOptions): Promise<Visitor> {
  browser ??= launchChromium();
  const context = await (
    await browser
  ).newContext({
    baseURL: options.baseUrl,
    viewport: options.viewport ?? wide,
    locale: options.locale ?? "en-US",
    timezoneId: options.locale === "ko-KR" ? "Asia/Seoul" : "America/New_York",
    colorScheme: options.colorScheme ?? "light",
    hasTouch: options.viewport !== undefined && options.viewport.width < 600,
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  const expected: RegExp[] = [];
  context.on("page", (page) => listenTo(page, complaints));
  const page = await context.newPage();
  t.after(async () => {
    // Node's types have no word for it yet.
    const { passed } = t as TestContext & { readonly passed: boolean };
    if (!passed) for (const open of context.pages()) t.diagnostic(await whatItShows(open));
    await context.close();
    const unexpected = complaints.filter((complaint) => !expected.some((words) => words.test(complaint)));
    assert.deepEqual(unexpected, [], "the pages complained");
  });
  return {
    page,
    context,
    newTab: async () => await context.newPage(),
    complaints,
    expect: (words) => expected.push(words),
  };
}

/** Ends the browser that the visitors of this process shared; for a test file's `after`. */
export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
}

/** For whoever reads of a failure and was not there. */
async function whatItShows(page: Page): Promise<string> {
  const text = await page.innerText("body", { timeout: 2_000 }).catch((error: unknown) => `nothing: ${String(error)}`);
  return `${page.url()} showed:\n${text.replaceAll(/\n{2,}/g, "\n").slice(0, 2_000)}`;
}

function listenTo(page: Page, complaints: string[]): void {
  page.on("pageerror", (error) => complaints.push(`${new URL(page.url()).pathname}: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() !== "error") return;
    const { url } = message.location();
    // The provider's pages have no icon, as the browser finds out by itself.
    if (url.endsWith("/favicon.ico")) return;
    // A machine that is too busy turns callers away, and says when to come back: see below.
    if (message.text().includes("status of 503")) return;
    complaints.push(`${new URL(page.url()).pathname}: ${message.text()} ${url}`);
  });
  page.on("response", (response) => {
    if (response.status() === 503 && response.headers()["retry-after"] === undefined)
      complaints.push(`${response.url()} was answered 503 without a time to come back`);
  });
}
