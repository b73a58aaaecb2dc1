import { AxeBuilder } from "@axe-core/playwright";
import assert from "node:assert/strict";
import type { Page } from "playwright-core";

/** What WCAG 2.2 A and AA ask for, and what axe's authors hold to be good practice. */
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What on the page, as it stands, keeps somebody out, as far as a machine can tell: rule, place and reason of each. */
export async function barriers(page: Page): Promise<string[]> {
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

/** Nothing on the page keeps anybody out, in either theme. */
export async function assertAccessible(page: Page, where: string): Promise<void> {
  // Between two pages there is a moment without a title; one that never comes is waited for in vain.
  await page.waitForFunction("document.title !== ''");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    // Colours on their way from one theme to the other are nobody's.
    await page.evaluate("Promise.allSettled(document.getAnimations().map(({ finished }) => finished))");
    assert.deepEqual(await barriers(page), [], `${where}, ${colorScheme}`);
  }
}
