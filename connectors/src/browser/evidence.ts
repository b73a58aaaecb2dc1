import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext, Locator, Page } from "playwright-core";

import type { PrivateWords } from "./private-words.ts";
import { scrubTrace } from "./scrub-trace.ts";

/** One step as `steps.json` has it. Times are ISO 8601; `path` is the page's, without its query. */
export type EvidenceStep = {
  readonly number: number;
  readonly name: string;
  readonly startedAt: string;
  readonly ms: number;
  readonly result: "done" | "stopped";
  readonly note: string | null;
  readonly path: string;
  /** A file beside `steps.json`; null when no picture could be taken. */
  readonly picture: string | null;
};

/** What a visit leaves for whoever has to find out what happened. Losing some of it never changes an outcome. */
export type Evidence = {
  /** Ends a step: takes its picture, and writes the list anew, so that a crash loses nothing before it. */
  stepEnded(step: {
    readonly name: string;
    readonly startedAtMs: number;
    readonly stopped: string | null;
  }): Promise<void>;
  /** Ends the visit: outline and trace. */
  close(outcome: Readonly<Record<string, unknown>>): Promise<void>;
};

export type EvidenceOptions = {
  /** Where to; null keeps nothing. Made when it is not there. */
  readonly folder: string | null;
  /** Of this machine alone, emptied when the house opens: a trace lies here until it is scrubbed. */
  readonly scratch: string;
  readonly visit: { readonly connector: string; readonly kind: string };
  readonly words: PrivateWords;
  /** More to mask in pictures. */
  readonly personal: readonly Locator[];
  /** Whether what cannot be masked by place (trace, outline) is kept. */
  readonly keepsText: boolean;
};

const pictureMsMax = 3_000;

const nothing: Evidence = { stepEnded: async () => undefined, close: async () => undefined };

export async function openEvidence(
  context: BrowserContext,
  page: Page,
  { folder, scratch, visit, words, personal, keepsText }: EvidenceOptions,
): Promise<Evidence> {
  if (folder === null) return nothing;
  const steps: EvidenceStep[] = [];
  const startedAt = new Date().toISOString();
  const write = (outcome: Readonly<Record<string, unknown>> | null): void => {
    const text = JSON.stringify({ version: 1, ...visit, startedAt, outcome, steps }, null, 1);
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(join(folder, "steps.json"), words.blank(text), { mode: 0o600 });
    } catch {
      // A full disk is no reason to leave an order half-way.
    }
  };
  write(null);
  // No moving pictures: they would show what the still ones hide.
  const isTracing = keepsText && (await quietly(context.tracing.start({ snapshots: true, screenshots: false })));
  return {
    async stepEnded({ name, startedAtMs, stopped }) {
      const number = steps.length + 1;
      const picture = `${String(number).padStart(2, "0")}-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}.png`;
      const ms = Math.round(performance.timeOrigin + performance.now() - startedAtMs);
      const isTaken = await quietly(
        takePicture(page, [...personal, ...words.words.map((word) => page.getByText(word))], join(folder, picture)),
      );
      steps.push({
        number,
        name,
        startedAt: new Date(startedAtMs).toISOString(),
        ms,
        result: stopped === null ? "done" : "stopped",
        note: stopped,
        path: pathOf(page),
        picture: isTaken ? picture : null,
      });
      write(null);
    },
    async close(outcome) {
      if (keepsText) await quietly(writeOutline(page, words, join(folder, "outline.txt")));
      if (isTracing) await quietly(writeTrace(context, { scratch, words, file: join(folder, "trace.zip") }));
      write(outcome);
    },
  };
}

async function takePicture(page: Page, personal: readonly Locator[], path: string): Promise<void> {
  const mask: Locator[] = [
    page.locator("input:not([type=hidden], [type=submit], [type=button], [type=radio], [type=checkbox]), textarea"),
    ...personal,
  ];
  const options = { mask, maskColor: "#555", animations: "disabled", caret: "hide", timeout: pictureMsMax } as const;
  writeFileSync(path, await page.screenshot(options), { mode: 0o600 });
}

/** What a screen reader would find on the last page. */
async function writeOutline(page: Page, words: PrivateWords, path: string): Promise<void> {
  const outline = await page.locator("body").ariaSnapshot({ timeout: pictureMsMax });
  writeFileSync(path, words.blank(outline), { mode: 0o600 });
}

type TraceOptions = { readonly scratch: string; readonly words: PrivateWords; readonly file: string };

async function writeTrace(context: BrowserContext, { scratch, words, file }: TraceOptions): Promise<void> {
  const raw = join(scratch, `${process.pid}-${performance.now()}.zip`);
  try {
    await context.tracing.stop({ path: raw });
    writeFileSync(file, scrubTrace(readFileSync(raw), words), { mode: 0o600 });
  } finally {
    rmSync(raw, { force: true });
  }
}

function pathOf(page: Page): string {
  const url = page.url();
  return URL.canParse(url) ? new URL(url).pathname : "";
}

/** Whether it worked. A browser that died takes no picture, and a full disk keeps none. */
async function quietly(work: Promise<unknown>): Promise<boolean> {
  return await work.then(
    () => true,
    () => false,
  );
}
