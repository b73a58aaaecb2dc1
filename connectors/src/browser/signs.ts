import type { Locator, Page } from "playwright-core";

import type { UnavailableReason } from "../port.ts";

/** Something on a page that says that the recipe cannot go on, whatever the step. */
export type Sign = { readonly means: UnavailableReason; readonly shown: (page: Page) => Locator };

/** Something in front of a page that a person would close, and how. */
export type Cover = { readonly shown: (page: Page) => Locator; readonly close: (page: Page) => Locator };

/**
 * What every shop's guards look like. They are recognised and handed to a person; nothing here ever answers one
 * (docs/decisions/0052-a-recipe-never-works-around.md).
 */
export const commonSigns: readonly Sign[] = [
  {
    means: "captcha",
    shown: (page) =>
      page
        .locator(
          'iframe[src*="recaptcha/"], iframe[src*="hcaptcha.com"], iframe[src*="challenges.cloudflare.com"], [data-sitekey]',
        )
        .or(page.getByRole("heading", { name: /are you (a )?(person|human|robot)|checking that you are human/i })),
  },
  {
    means: "queue",
    shown: (page) => page.getByRole("heading", { name: /you are (now )?in (the |a )?(line|queue)|waiting room/i }),
  },
  {
    means: "overloaded",
    shown: (page) => page.getByRole("heading", { name: /too many requests/i }),
  },
];
