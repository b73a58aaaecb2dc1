/** What a scene is, and what several of them do. */
import type { Page } from "playwright-core";
import { words, type Language } from "../shopping.ts";
import type { Cast } from "./cast.ts";
import type { Person } from "./person.ts";

export type Scene = {
  readonly name: string;
  /** Where it is, and whose browser it is; without `who` somebody who has never been here. */
  readonly at: (cast: Cast) => Promise<Place>;
  /** Before the page is asked for. */
  readonly prepare?: (page: Page) => Promise<void>;
  /** What brings the page into its state. */
  readonly act?: (page: Page, language: Language) => Promise<void>;
  /** Search engines may find it. */
  readonly isPublic?: true;
  /** What it answers with, where that is not 200: a page that is there before its content has said 200 already. */
  readonly status?: number;
  /** What the browser complains of here, as it belongs to the state. */
  readonly complaints?: RegExp;
  /** It shows what stands in for things that are on their way, and nothing is. */
  readonly showsSkeletons?: true;
};

/** The path, or the whole address where it is another shop's than the cast's. */
export type Place = { readonly path: string; readonly who?: Person };

export const path = (text: string) => async (): Promise<Place> => ({ path: text });

export const press = async (page: Page, name: string | RegExp): Promise<void> =>
  await page.getByRole("button", { name }).first().click();

export async function untilCards(page: Page, language: Language): Promise<void> {
  const frame = page.frameLocator(`iframe[title="${words[language].cards}"]`);
  await frame.getByLabel(words[language].cardNumber).waitFor();
}
