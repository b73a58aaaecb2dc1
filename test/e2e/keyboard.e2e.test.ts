/** A whole purchase without a mouse, through the provider's frames and the bank's page (docs/usability.md 26). */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Frame, Page } from "playwright-core";
import { dollars, first, idOf } from "./files.ts";
import { sharedSystem } from "./global-setup.ts";
import { cardFrame, cards, fillCart, untilDone, words } from "./shopping.ts";
import { closeBrowser, narrow, openVisitor } from "./visitor.ts";

const { webUrl } = sharedSystem();
after(closeBrowser);

test("by keyboard alone: from the cart to the confirmation, and one always sees where one is", async (t) => {
  const { page, expect } = await openVisitor(t, { baseUrl: webUrl });
  expect(/402/);
  await fillCart(page, ["harbor-main", "fernwood"]);
  await page.goto("/cart");
  await page.getByRole("link", { name: words.en.checkOut, exact: true }).waitFor();
  await tabTo(page, /^Check out$/);
  await page.keyboard.press("Enter");
  await page.locator('input[name="email"]').waitFor();

  await tabTo(page, /^E-mail/);
  await page.keyboard.type("keys@example.com", pace);
  for (const [label, text] of [
    [/^Full name/, "Sasha Shopper"],
    [/^Street and number/, "350 Fifth Ave"],
    [/^ZIP code/, "10118"],
    [/^City/, ""],
    [/^State/, ""],
    [/^Phone/, ""],
  ] as const) {
    await tabTo(page, label, 3);
    await page.keyboard.type(text, pace);
    // City and state come from the ZIP code.
    if (label.source.includes("ZIP"))
      await page.locator('select[name="state"]:has(option[value=NY]:checked)').waitFor();
  }
  await page.locator('input[name^="delivery-"]').first().waitFor();
  await tabTo(page, /^Arrives/, 4);
  await page.keyboard.press("ArrowDown");
  await cardFrame(page).getByLabel(words.en.cardNumber).waitFor();
  await tabTo(page, /^Card number/, 8);
  await page.keyboard.type(cards.challenge, pace);
  await tabTo(page, /^Expiration date/, 3);
  await page.keyboard.type("1234", pace);
  await tabTo(page, /^Security code/, 3);
  await page.keyboard.type("123", pace);
  await tabTo(page, /^The card's billing address/, 4);
  await tabTo(page, /^Send what can be had/, 3);
  await tabTo(page, /^Pay \$/, 3);
  await page.keyboard.press("Enter");

  await page.locator('iframe[title="3D Secure authentication"]').waitFor();
  await tabTo(page, /^Complete$/);
  await page.keyboard.press("Enter");
  await untilDone(page);
  await tabTo(page, /^Follow my orders$/);
});

test("by keyboard alone: a file from its page to its download and a review of it", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl, viewport: narrow });
  const { title } = first(dollars);
  await page.goto(`/products/${await idOf(title)}`);
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
  await tabTo(page, /^Buy now$/);
  await page.keyboard.press("Enter");
  await page.locator('input[name="email"]').waitFor();
  await tabTo(page, /^E-mail/);
  await page.keyboard.type("keys@example.com", pace);
  await cardFrame(page).getByLabel(words.en.cardNumber).waitFor();
  await tabTo(page, /^Card number/, 8);
  await page.keyboard.type(cards.good, pace);
  await tabTo(page, /^Expiration date/, 3);
  await page.keyboard.type("1234", pace);
  await tabTo(page, /^Security code/, 3);
  await page.keyboard.type("123", pace);
  await tabTo(page, /^(ZIP|Postal)/, 4);
  await page.keyboard.type("10001", pace);
  await tabTo(page, /^Pay \$/, 4);
  await page.keyboard.press("Enter");
  await untilDone(page);
  await page
    .getByRole("button", { name: `Download ${title}` })
    .and(page.locator(":enabled"))
    .waitFor();
  await tabTo(page, /^Download/);
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await tabTo(page, /^Agree and download$/, 4);
  const saving = page.waitForEvent("download");
  await page.keyboard.press("Enter");
  await saving;
  await tabTo(page, /^Write a review$/, 8);
  await page.keyboard.press("Enter");
  await tabTo(page, /^How is it\?/, 4);
  await page.keyboard.type("4");
  await tabTo(page, /^Save review$/, 4);
  await page.keyboard.press("Enter");
  await page.getByText("4 stars", { exact: true }).waitFor();
});

/** Nobody types everything at once; a quick typist leaves so long between two keys. */
const pace = { delay: 15 };

type Focus = { readonly name: string; readonly isSeen: boolean };

/** Presses Tab until the focus is on what is called so; what it stands on in between must be seen as well. */
async function tabTo(page: Page, name: RegExp, pressesMax = 40): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses <= pressesMax; presses += 1) {
    const focus = await focusOf(page);
    if (focus !== null) {
      passed.push(focus.name);
      assert.ok(focus.isSeen, `the focus is seen on "${focus.name}"`);
      if (name.test(focus.name)) return;
    }
    await page.keyboard.press("Tab");
  }
  assert.fail(`no Tab leads to ${name.source}; there were: ${passed.join(" | ")}`);
}

/** What has the focus, in whichever frame it is, as it is called to whoever cannot see it. */
async function focusOf(page: Page): Promise<Focus | null> {
  for (let looks = 0; ; looks += 1) {
    const { frame, isInner } = await focusedFrame(page);
    const focus = await frame.evaluate<Focus | null>(readFocus);
    // Another process' frame hears of its focus a moment later than the page does.
    if (focus !== null || !isInner || looks === 20) return focus;
    await page.waitForTimeout(25);
  }
}

async function focusedFrame(page: Page): Promise<{ readonly frame: Frame; readonly isInner: boolean }> {
  let frame = page.mainFrame();
  for (;;) {
    const inner = await (await frame.evaluateHandle("document.activeElement")).asElement()?.contentFrame();
    if (inner === null || inner === undefined) return { frame, isInner: frame !== page.mainFrame() };
    frame = inner;
  }
}

/** Runs inside the page. The mark may stand on the control, on its label, or on the box that both are in. */
const readFocus = `(() => {
  const one = document.activeElement;
  // What a script led the focus to (a heading) takes no keys and needs no mark; a frame on its way has no inside.
  if (one === null || one === document.body || one.tabIndex < 0 || one.tagName === "IFRAME") return null;
  const labels = [...(one.labels ?? [])];
  const label = labels.map(({ textContent }) => textContent).join(" ");
  const name = one.getAttribute("aria-label") ?? (label === "" ? one.textContent : label);
  const isSeen = [one, ...labels, one.closest("label"), one.parentElement].some((marked) => {
    if (marked === null) return false;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(marked);
    return (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none";
  });
  return { name: name.trim(), isSeen };
})()`;
