/** Every link that the shop's pages show leads somewhere. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { launchChromium } from "./chromium.ts";
import { sharedSystem } from "./global-setup.ts";
import { openCast } from "./scenes/cast.ts";
import { linksOfPage } from "./scenes/in-page.ts";
import { openScene } from "./scenes/open-scene.ts";
import { newPerson, type Person } from "./scenes/person.ts";
import type { Scene } from "./scenes/scene.ts";
import { scenes } from "./scenes/scenes.ts";

/** Of links that are alike (products, pages of a search), this many are followed. */
const alikeMax = 8;

const { webUrl } = sharedSystem();
const browser = await launchChromium();
const cast = openCast(sharedSystem());

after(async () => {
  await cast.close();
  await browser.close();
});

/** These come with all their links as they are sent; the others are put together in the browser. */
const isSentWhole = ({ isPublic, act }: Scene): boolean => isPublic === true && act === undefined;

test("links of the pages that everybody may see, and of the sitemap", { timeout: 90_000 }, async () => {
  const visitor = await newPerson(webUrl);
  const found = new Map<string, string>();
  for (const scene of scenes.filter(isSentWhole)) {
    const { path } = await scene.at(cast);
    const { text } = await visitor.get(path);
    for (const link of linksIn(text)) found.set(link, path);
  }
  const { text: sitemap } = await visitor.get("/sitemap.xml");
  const listed = [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url = ""]) => new URL(url));
  assert.ok(listed.length > 50, `the sitemap lists ${listed.length} pages`);
  assert.deepEqual([...new Set(listed.map(({ origin }) => origin))], [new URL(webUrl).origin]);
  for (const { pathname } of listed) found.set(pathname, "/sitemap.xml");
  assert.deepEqual(await dead(visitor, found), []);
  await visitor.close();
});

const withLinks = ["cart", "checkout", "confirmation-some", "orders", "order-delivered", "order-failed", "account"];

for (const scene of scenes.filter(({ name }) => withLinks.includes(name))) {
  test(`links of ${scene.name}`, async () => {
    const { who } = await scene.at(cast);
    const { page, close } = await openScene(browser, cast, scene, { width: 1280, language: "en", theme: "light" });
    const { links, lost } = await page.evaluate<{ links: string[]; lost: string[] }>(linksOfPage);
    await close();
    assert.deepEqual(lost, [], "links to places that are not in the page");
    assert.ok(links.length > 0);
    const visitor = who ?? (await newPerson(webUrl));
    assert.deepEqual(await dead(visitor, new Map(links.map((link) => [link, scene.name]))), []);
  });
}

function linksIn(html: string): string[] {
  const hrefs = [...html.matchAll(/<a\b[^>]*?\shref="([^"]+)"/g)].map(([, href = ""]) => href.replaceAll("&amp;", "&"));
  return hrefs.filter((href) => href.startsWith("/"));
}

/** Asks for each of them, a few of those that are alike. Answers those that lead nowhere, and where they stand. */
async function dead(visitor: Person, links: ReadonlyMap<string, string>): Promise<string[]> {
  const kinds = new Map<string, number>();
  const gone: string[] = [];
  for (const [link, on] of links) {
    const kind = kindOf(link);
    const count = (kinds.get(kind) ?? 0) + 1;
    kinds.set(kind, count);
    if (count > alikeMax) continue;
    const { status } = await visitor.get(link);
    if (status !== 200) gone.push(`${link} on ${on} answers ${status}`);
  }
  return gone;
}

function kindOf(link: string): string {
  const { pathname, searchParams } = new URL(link, webUrl);
  return `${pathname.replace(/^\/(products|orders)\/[^/]+/, "/$1/:id")}?${[...searchParams.keys()].sort().join("&")}`;
}
