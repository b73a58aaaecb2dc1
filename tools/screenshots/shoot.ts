import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import type { Cast } from "../../test/e2e/scenes/cast.ts";
import { openScene, type View } from "../../test/e2e/scenes/open-scene.ts";
import { heightOfPage, untilDrawn } from "../../test/e2e/scenes/in-page.ts";
import type { Scene } from "../../test/e2e/scenes/scene.ts";

export type Shot = { readonly scene: Scene; readonly view: View; readonly file: string };

/** Each page is looked at in all of these. */
export const views: readonly View[] = ([1280, 390] as const).flatMap((width) =>
  (["en", "ko"] as const).flatMap((language) =>
    (["light", "dark"] as const).map((theme): View => ({ width, language, theme })),
  ),
);

/** Takes the picture of the whole page, as high as it is. Answers why there is none, or undefined. */
export async function shoot(
  browser: Browser,
  cast: Cast,
  { scene, view, file }: Shot,
  folder: string,
): Promise<string | undefined> {
  try {
    const { page, close } = await openScene(browser, cast, scene, view);
    try {
      await seeAll(page, view);
      // What blinks and what moves would be different in each picture.
      await page.screenshot({ path: join(folder, file), animations: "disabled", caret: "hide" });
    } finally {
      await close();
    }
    return undefined;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : "";
    return `${error instanceof Error ? error.message : String(error)}${cause}`;
  }
}

/** A window as high as the page: what is below the edge of a window is drawn late, or, in frames, not at all. */
async function seeAll(page: Page, { width }: View): Promise<void> {
  const height = await page.evaluate<number | null>(heightOfPage);
  if (height === null) return;
  await page.setViewportSize({ width, height });
  await page.evaluate(untilDrawn);
}
