/**
 * What every page owes whoever opens it, whatever it shows, and that nothing on it keeps anybody out. Held once wide,
 * light and in English, and once narrow, dark and in Korean.
 */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import { barriers } from "../axe.ts";
import { launchChromium } from "../chromium.ts";
import { sharedSystem } from "../global-setup.ts";
import { narrow, wide } from "../visitor.ts";
import { openCast } from "./cast.ts";
import { readPage } from "./in-page.ts";
import { openScene, type Opened, type View } from "./open-scene.ts";
import { ownEnglish, untranslated } from "./own-words.ts";
import type { Scene } from "./scene.ts";
import { scenes } from "./scenes.ts";

/** What `readPage` finds. */
type Read = {
  readonly lang: string;
  readonly title: string;
  readonly description: string;
  readonly robots: string;
  readonly headings: number;
  readonly mains: readonly string[];
  /** What a person reads or hears: text, labels, placeholders; without what is marked as another language. */
  readonly words: readonly string[];
  readonly jsonLd: readonly string[];
};

/**
 * What anybody may come upon first moves least. In Korean more is let pass: the machine that tests may have no Hangul
 * at all, and what stands for it until ours has come is narrower than any letter, so that lines break elsewhere.
 */
const shiftMax = { en: { ofPublic: 0.05, ofOthers: 0.1 }, ko: { ofPublic: 0.2, ofOthers: 0.2 } } as const;

const isOwnEnglish = ownEnglish();

/** Opens every scene in this view; a file has one view, so that none takes longer than a file may. */
export function holdEveryPage(view: View): void {
  const cast = openCast(sharedSystem());
  const browser = launchChromium();
  after(async () => {
    await cast.close();
    await (await browser).close();
  });
  for (const scene of scenes) {
    test(`${scene.name} is sound (${view.width} px, ${view.language}, ${view.theme})`, async () => {
      const opened = await openScene(await browser, cast, scene, view);
      try {
        const found = await faults(opened, scene, view);
        assert.deepEqual([...found, ...(await barriers(opened.page))], []);
      } finally {
        await opened.close();
      }
    });
  }
}

async function faults(opened: Opened, scene: Scene, view: View): Promise<string[]> {
  const { page, status, complaints, layoutShift } = opened;
  const read = await page.evaluate<Read>(readPage);
  return [
    ...told(status === (scene.status ?? 200), `it answered ${status}`),
    ...complaints.map((complaint) => `the browser complains: ${complaint}`),
    ...told(
      layoutShift <= shiftMax[view.language][scene.isPublic === true ? "ofPublic" : "ofOthers"],
      `things moved by ${layoutShift.toFixed(3)}`,
    ),
    ...headFaults(read, scene, view),
    ...told(read.headings === 1, `${read.headings} headings of the first level`),
    ...told(read.mains.join() === "content", `main landmarks: ${read.mains.join(", ")}`),
    ...read.words.filter((words) => untranslated.test(words)).map((words) => `no words for ${words}`),
    ...(view.language === "ko" ? read.words.filter(isOwnEnglish).map((words) => `not in Korean: ${words}`) : []),
    ...jsonLdFaults(read.jsonLd, scene),
    ...sentFaults(opened),
    ...(await overflows(page, view)),
  ];
}

const told = (isSo: boolean, otherwise: string): string[] => (isSo ? [] : [otherwise]);

function headFaults({ lang, title, description, robots }: Read, scene: Scene, view: View): string[] {
  const isFound = scene.isPublic === true;
  return [
    ...told(lang === view.language, `lang is ${lang}`),
    ...told(/\S.* — Muse$|^Muse — /.test(title), `its title is "${title}"`),
    ...told(!isFound || description.length > 20, `its description is "${description}"`),
    ...told(isFound !== /noindex/.test(robots), isFound ? "search engines may not list it" : "search engines list it"),
  ];
}

function jsonLdFaults(texts: readonly string[], scene: Scene): string[] {
  const parsed = texts.map((text) => JSON.parse(text) as { "@context"?: string; "@type"?: string });
  const isProduct = scene.isPublic === true && scene.name.startsWith("product");
  return [
    ...parsed.filter((each) => each["@context"] !== "https://schema.org").map(() => "JSON-LD of another vocabulary"),
    ...told(
      !isProduct || parsed.some((each) => /^Product(Group)?$/.test(each["@type"] ?? "")),
      "no Product for search engines",
    ),
  ];
}

const headersAsked: Readonly<Record<string, RegExp>> = {
  "content-security-policy":
    /script-src 'self' 'nonce-[\w+/=]+' 'strict-dynamic'.*object-src 'none'.*frame-ancestors 'none'/,
  "x-content-type-options": /^nosniff$/,
  "x-frame-options": /^DENY$/,
  "referrer-policy": /^(same-origin|no-referrer)$/,
  "permissions-policy": /camera=\(\)/,
  "cross-origin-opener-policy": /^same-origin/,
};

/** As it was sent: headers, and no script that the policy would not know. */
function sentFaults({ headers, html }: Opened): string[] {
  const nonce = /'nonce-([^']+)'/.exec(headers["content-security-policy"] ?? "")?.[1] ?? "none";
  const inline = [...html.matchAll(/<script\b[^>]*>/g)]
    .map(([tag]) => tag)
    .filter((tag) => !tag.includes("application/ld+json") && !tag.includes(`nonce="${nonce}"`));
  return [
    ...Object.entries(headersAsked).flatMap(([name, value]) =>
      told(value.test(headers[name] ?? ""), `${name} is ${headers[name]}`),
    ),
    ...told(!/'unsafe-(inline|eval)'/.test(scriptRule(headers)), "scripts may be written into the page"),
    ...inline.map((tag) => `a script without the nonce: ${tag}`),
    ...told(headers["x-powered-by"] === undefined, "it tells what it is made with"),
  ];
}

function scriptRule(headers: Readonly<Record<string, string>>): string {
  return /script-src[^;]*/.exec(headers["content-security-policy"] ?? "")?.[0] ?? "";
}

/** Nothing reaches over the edge: in the window as it is, and in the other one. */
async function overflows(page: Page, view: View): Promise<string[]> {
  const found: string[] = [];
  for (const size of view.width === 1280 ? [wide, narrow] : [narrow, wide]) {
    await page.setViewportSize(size);
    const over = await page.evaluate<number>(
      `document.documentElement.scrollWidth - document.documentElement.clientWidth`,
    );
    if (over > 0) found.push(`at ${size.width} px it reaches ${over} px over the edge`);
  }
  await page.setViewportSize(view.width === 1280 ? wide : narrow);
  return found;
}
