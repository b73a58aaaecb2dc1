/** Wallets before the form (docs/usability.md 18), as the sandbox plays them. */
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import type { FrameLocator, Page } from "playwright-core";
import { sharedSystem } from "./global-setup.ts";
import { chargesOf } from "./outside.ts";
import { countShifts, readShifts } from "./scenes/in-page.ts";
import { amountIn, answerBank, fillCart, untilDone, writeAddress, type Language } from "./shopping.ts";
import { closeBrowser, narrow, openVisitor, wide } from "./visitor.ts";

const { webUrl } = sharedSystem();
after(closeBrowser);

const buttonsTitle = { en: "Secure express checkout frame", ko: "안전한 빠른 결제 프레임" } as const;

const readers = [
  { how: "on a wide screen", viewport: wide, language: "en" },
  { how: "in Korean on a telephone", viewport: narrow, language: "ko" },
] as const satisfies readonly { how: string; viewport: object; language: Language }[];

describe("a wallet buys from three stores without a field being typed, for the total on its sheet", () => {
  for (const { how, viewport, language } of readers) {
    test(how, async (t) => {
      const locale = language === "ko" ? "ko-KR" : "en-US";
      const { page } = await openVisitor(t, { baseUrl: webUrl, viewport, locale });
      await fillCart(page, ["harbor-main", "harbor-outlet", "fernwood"]);
      await page.goto("/checkout");
      const sheet = await openSheet(page, "Link", language);
      // What it comes to in California, shipping and tax and all, is asked of the API while the sheet is open.
      await sheet.locator("dl dt").nth(2).waitFor();
      const [agreed = ""] = /\$[\d,.]+/.exec((await sheet.locator("#pay").textContent()) ?? "") ?? [];
      await sheet.locator("#pay:not([disabled])").click();
      const sessionId = await untilDone(page);
      assert.equal(amountIn(await page.getByTestId("total").first().textContent()), agreed);
      assert.deepEqual(
        (await chargesOf(sessionId)).map((cents) => (cents / 100).toFixed(2)),
        [agreed.replaceAll(/[$,]/g, "")],
      );
      await page.getByText("601 Van Ness Ave").waitFor();
      await page.getByText("jamie.rivera@example.com").first().waitFor();
    });
  }
});

test("a wallet's card that its bank asks about goes through the bank, and a declined one leads back with the address filled in", async (t) => {
  const { page, expect } = await openVisitor(t, { baseUrl: webUrl });
  expect(/402/);
  await fillCart(page, ["harbor-main"]);
  await page.goto("/checkout");
  await payBySheet(await openSheet(page, "G Pay"), { card: 2 });
  await page
    .getByRole("alert")
    .filter({ hasText: /declined/ })
    .waitFor();
  assert.equal(await page.locator('input[name="address1"]').inputValue(), "601 Van Ness Ave");
  await payBySheet(await openSheet(page, "G Pay"), { card: 1, address: 1 });
  await answerBank(page, "approve");
  await untilDone(page);
  await page.getByText("209 Joralemon St").waitFor();
});

test("a sheet that is closed changes nothing", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl });
  await fillCart(page, ["harbor-main"]);
  await page.goto("/checkout");
  const sheet = await openSheet(page, "Link");
  await sheet.getByRole("button", { name: "Cancel" }).click();
  await page.locator('iframe[title="Link"]').waitFor({ state: "detached" });
  assert.equal(await page.locator('input[name="email"]').inputValue(), "");
  assert.equal(await page.getByRole("alert").filter({ hasText: /\w/ }).count(), 0);
});

test("express is the first thing on the page, and nothing moves when it comes", async (t) => {
  for (const viewport of [wide, narrow]) {
    const { page } = await openVisitor(t, { baseUrl: webUrl, viewport });
    await page.addInitScript(countShifts);
    await fillCart(page, ["harbor-main"]);
    await page.goto("/checkout");
    const wallets = page.getByRole("region", { name: "Pay with a wallet" });
    await wallets.waitFor();
    const email = page.locator('input[name="email"]');
    const [express, form] = [await wallets.boundingBox(), await email.boundingBox()];
    assert.ok(
      express !== null && form !== null && express.y + express.height <= form.y,
      "wallets stand above the form",
    );
    await writeAddress(page, { email: "nobody@example.com" });
    const shift = await page.evaluate(readShifts);
    assert.ok(typeof shift === "number" && shift <= 0.1, `layout shift ${String(shift)} at ${viewport.width} px`);
  }
});

test("without a wallet there is neither a heading nor a gap for one, and the form comes all the same", async (t) => {
  const { page, expect } = await openVisitor(t, { baseUrl: webUrl });
  expect(/express|ERR_FAILED|Failed to load/);
  await page.route("**/stripe-js/frames/express?*", (route) => route.abort());
  await page.addInitScript(countShifts);
  await fillCart(page, ["harbor-main"]);
  await page.goto("/checkout");
  await page.locator('input[name="email"]').waitFor();
  assert.equal(await page.getByText("Pay with a wallet").count(), 0);
  const shift = await page.evaluate(readShifts);
  assert.ok(typeof shift === "number" && shift <= 0.1, `layout shift ${String(shift)}`);
});

async function openSheet(page: Page, wallet: "Link" | "G Pay", language: Language = "en"): Promise<FrameLocator> {
  const buttons = page.frameLocator(`iframe[title="${buttonsTitle[language]}"]`);
  await buttons.getByRole("button", { name: wallet }).click();
  return page.frameLocator(`iframe[title="${wallet === "Link" ? "Link" : "Google Pay"}"]`);
}

async function payBySheet(sheet: FrameLocator, { card, address = 0 }: { card: number; address?: number }) {
  await sheet.getByLabel("Ship to").selectOption({ index: address });
  await sheet.getByLabel("Card", { exact: true }).selectOption({ index: card });
  await sheet.locator("#pay:not([disabled])").click();
}
