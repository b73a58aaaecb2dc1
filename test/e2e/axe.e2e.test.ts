/** Nothing on any page keeps anybody out, as far as a machine can tell, in either theme, wide or narrow. */
import { AxeBuilder } from "@axe-core/playwright";
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { launchChromium } from "./chromium.ts";
import { sharedSystem } from "./global-setup.ts";
import { openCast } from "./scenes/cast.ts";
import { openScene, settle } from "./scenes/open-scene.ts";
import { scenes } from "./scenes/scenes.ts";
import { narrow } from "./visitor.ts";

/** What WCAG 2.2 A and AA ask for, and what axe's authors hold to be good practice. */
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const browser = await launchChromium();
const cast = openCast(sharedSystem());

after(async () => {
  await cast.close();
  await browser.close();
});

describe("axe finds nothing", () => {
  for (const scene of scenes) {
    test(scene.name, async () => {
      const { page, close } = await openScene(browser, cast, scene, { width: 1280, language: "en", theme: "light" });
      try {
        const wide = await findings(page);
        // Where a page stands and what it is made of does not change with the theme: one look at both is enough.
        await page.emulateMedia({ colorScheme: "dark" });
        await page.setViewportSize(narrow);
        await settle(page, scene.showsSkeletons);
        assert.deepEqual({ wide, narrow: await findings(page) }, { wide: [], narrow: [] });
      } finally {
        await close();
      }
    });
  }
});

async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes
      // The provider's frames are transparent: behind them axe assumes white, and what is there is the shop's.
      .filter(({ target }) => !(id === "color-contrast" && target.length > 1))
      .map(({ target, html, failureSummary }) =>
        [id, target.join(" › "), html.slice(0, 160), failureSummary?.split("\n").slice(1).join(" ").trim()].join(" | "),
      ),
  );
}
