/** Every page in every state on a wide screen; and its language, changed on the spot. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { sharedSystem } from "./global-setup.ts";
import { holdEveryPage } from "./scenes/every-page.ts";
import { closeBrowser, openVisitor } from "./visitor.ts";

after(closeBrowser);

holdEveryPage({ width: 1280, language: "en", theme: "light" });

test("changing the language keeps the address, and what is being asked", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: sharedSystem().webUrl });
  await page.goto("/browse?q=lamp&sort=price_asc");
  const before = page.url();
  await page.getByRole("button", { name: "한국어" }).first().click();
  await page.locator("html[lang=ko]").waitFor();
  assert.equal(page.url(), before);
  assert.equal(await page.getByRole("searchbox").first().inputValue(), "lamp");
});
