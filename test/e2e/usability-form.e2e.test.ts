/** The checkout form, point by point of docs/usability.md, on a wide screen and on a telephone. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { sharedSystem } from "./global-setup.ts";
import { cardFrame, fillCart, sessionOf, toPayment, words, writeAddress, writeCard } from "./shopping.ts";
import { atBothWidths, closeBrowser, narrow, openVisitor } from "./visitor.ts";

const { webUrl } = sharedSystem();
after(closeBrowser);

const email = "form@example.com";
const box = (page: Page, name: string) => page.locator(`[name="${name}"]`);

atBothWidths(
  "1, 2: the cart tells shipping, tax and total by a ZIP code alone, and leads to a form without a password",
  async (t, viewport) => {
    const { page } = await openVisitor(t, { baseUrl: webUrl, viewport });
    await fillCart(page, ["harbor-main", "fernwood"]);
    await page.goto("/cart");
    const asked = page.locator('main input:not([name="zip"])').filter({ visible: true });
    assert.deepEqual(await asked.evaluateAll((all) => all.map(String)), [], "nothing personal");
    await page.getByLabel("ZIP code").fill("10118");
    await page.getByRole("button", { name: "Estimate" }).click();
    await page.getByText("Estimated total").waitFor();
    const sums = page.getByRole("region", { name: "What it comes to" });
    assert.match((await sums.textContent()) ?? "", /Shipping(\$[\d.]+|Free).*Tax\$[\d.]+.*Estimated total\$[\d.]+/);
    await sums.getByRole("link", { name: words.en.checkOut }).click();
    await box(page, "email").waitFor();
    assert.equal(await page.locator('input[type="password"]').count(), 0);
    const [pay, signIn] = [page.getByTestId("pay"), page.getByRole("link", { name: "Sign in" })];
    await signIn.waitFor();
    const [big, small] = [await pay.boundingBox(), await signIn.boundingBox()];
    assert.ok((big?.width ?? 0) > 4 * (small?.width ?? 0), "going on as a guest is the larger way");
  },
);

atBothWidths(
  "4, 9, 10, 11: seven fields, each marked, each with its token; the phone says what it is for",
  async (t, viewport) => {
    const { page } = await openVisitor(t, { baseUrl: webUrl, viewport });
    await fillCart(page, ["harbor-main"]);
    await page.goto("/checkout");
    await box(page, "email").waitFor();
    const controls = page.locator("form :is(input, select):visible:not([type=radio]):not([type=checkbox])");
    const tokens = await attributesOf(controls, "autocomplete");
    const wanted = ["email", "name", "address-line1", "postal-code", "address-level2", "address-level1", "tel"];
    assert.deepEqual(tokens, wanted);
    const needed = await attributesOf(controls, "aria-required");
    const marks = await page
      .locator("form span")
      .filter({ hasText: /^(required|optional)$/ })
      .allTextContents();
    assert.deepEqual(
      marks,
      needed.map((isNeeded) => (isNeeded === "true" ? "required" : "optional")),
      "required and optional are both written, each where it is so",
    );
    await page.getByText("For the carrier only").waitFor();
    assert.equal(await box(page, "zip").getAttribute("inputmode"), "numeric");
    assert.equal(await page.getByRole("checkbox", { name: /billing address/ }).isChecked(), true);
    assert.equal(await box(page, "address2").count(), 0, "line 2 is folded");
    const card = cardFrame(page);
    await card.getByLabel("Card number").pressSequentially("4242 42424242 4242");
    assert.equal(await card.getByLabel("Card number").inputValue(), "4242 4242 4242 4242");
    await card.getByLabel("Expiration date").pressSequentially("1234");
    assert.match(await card.getByLabel("Expiration date").inputValue(), /^12 ?\/ ?34$/);
    assert.equal(await card.getByLabel("Card number").getAttribute("autocomplete"), "cc-number");
    assert.equal(await card.getByLabel("Card number").getAttribute("inputmode"), "numeric");
  },
);

atBothWidths("5: the steps are the page's own headings, in order, each once", async (t, viewport) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl, viewport });
  await toPayment(page, ["harbor-main"], { email });
  const steps = await page
    .getByRole("navigation", { name: "Progress" })
    .locator("li > span:last-child")
    .allTextContents();
  const headings = await page.locator("form section > div > h2").allTextContents();
  assert.deepEqual(steps, headings);
  assert.deepEqual(headings, ["Where to", "Delivery", "Payment"]);
});

atBothWidths("7: judged when left and not while typing; forgiven at once; ticked when right", async (t, viewport) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl, viewport });
  await fillCart(page, ["harbor-main"]);
  await page.goto("/checkout");
  const field = box(page, "email");
  await field.click();
  await field.pressSequentially("nobody@");
  assert.equal(await field.getAttribute("aria-invalid"), null, "not while typing");
  await field.blur();
  await page.getByText("This is no e-mail address").waitFor();
  await field.focus();
  await field.press("End");
  await field.pressSequentially("example.com");
  await page.getByText("This is no e-mail address").waitFor({ state: "detached" });
  await field.blur();
  await page.getByRole("img", { name: "Looks right" }).waitFor();
});

atBothWidths(
  "8: what is wrong says what to do, under its field, and the first one has the focus",
  async (t, viewport) => {
    const { page, expect } = await openVisitor(t, { baseUrl: webUrl, viewport });
    expect(/400/);
    await fillCart(page, ["harbor-main"]);
    await page.goto("/checkout");
    await page.getByTestId("pay").click();
    assert.equal(await focused(page), "email");
    const lineId = await box(page, "email").getAttribute("aria-describedby");
    const line = page.locator(`[id="${lineId}"]`);
    assert.equal(await line.textContent(), "Write your e-mail address, so that the receipt reaches you.");
    const [field, under] = [await box(page, "email").boundingBox(), await line.boundingBox()];
    assert.ok((under?.y ?? 0) >= (field?.y ?? 0) + (field?.height ?? 0), "it stands under its field");
    await writeAddress(page, { email });
    await box(page, "zip").fill("90210");
    await page.locator('select[name="state"]').and(page.locator(":has(option[value=CA]:checked)")).waitFor();
    await box(page, "state").selectOption("NY");
    await page.getByTestId("pay").click();
    await page.getByText("This ZIP code is in another state. Check both.").waitFor();
    assert.equal(await focused(page), "zip");
    await box(page, "zip").fill("10118");
    await page.getByTestId("pay").click();
    const card = cardFrame(page);
    await card.getByText("Your card number is incomplete.").waitFor();
    await writeCard(page, "4242424242424242");
    await card.getByLabel("Expiration date").fill("12/20");
    await page.getByTestId("pay").click();
    await card.getByText("Your card's expiration year is in the past.").waitFor();
  },
);

atBothWidths(
  "12, 13: a ZIP code fills in its place; another spelling is offered beside what was typed, never taken unasked",
  async (t, viewport) => {
    const { page } = await openVisitor(t, { baseUrl: webUrl, viewport });
    await toPayment(page, ["harbor-main"], { email });
    assert.deepEqual([await box(page, "city").inputValue(), await box(page, "state").inputValue()], ["New York", "NY"]);
    await box(page, "address1").fill("350 fifth avenue");
    await box(page, "address1").blur();
    await page.getByText("As the post writes it").waitFor();
    assert.equal(await box(page, "address1").inputValue(), "350 fifth avenue");
    await page.getByRole("button", { name: "Keep mine" }).click();
    assert.equal(await box(page, "address1").inputValue(), "350 fifth avenue");
    await box(page, "address1").fill("350 fifth avenu");
    await box(page, "address1").fill("351 fifth avenue");
    await box(page, "address1").blur();
    await page.getByRole("button", { name: "Take this one" }).click();
    assert.notEqual(await box(page, "address1").inputValue(), "351 fifth avenue");
  },
);

atBothWidths(
  "14, 15, 19, 22: each store with its goods, its dates, its subtotal, its terms and who sells; Pay names the amount",
  async (t, viewport) => {
    const { page } = await openVisitor(t, { baseUrl: webUrl, viewport });
    await toPayment(page, ["harbor-main", "fernwood"], { email });
    const { cartSnapshot } = await sessionOf(page);
    if (viewport === narrow) await page.getByText("Show what I am buying").click();
    for (const { storeName, returnPolicy } of cartSnapshot.stores) {
      const group = page.getByRole("region", { name: storeName, exact: true }).filter({ visible: true });
      const text = (await group.textContent()) ?? "";
      assert.ok(text.includes(returnPolicy), `${storeName}: ${returnPolicy}`);
      assert.match(text, /Sold by Muse/);
      assert.match(text, /Arrives \w{3}, \w{3} \d+/);
      assert.match(text, /\$\d/);
      const choices = page.getByRole("group", { name: new RegExp(storeName) });
      assert.match((await choices.textContent()) ?? "", /Arrives \w{3}, \w{3} \d+/);
    }
    await page.getByRole("group", { name: "If a store cannot deliver" }).waitFor();
    assert.equal(await page.getByTestId("pay").textContent(), `Pay ${cartSnapshot.summary.totalDisplay}`);
    await page.getByText(/Prices and stock held until \d+:\d\d/).waitFor();
    const primary = page.locator("main :is(button, a).bg-accent:visible");
    assert.equal(await primary.count(), 1, "one primary button");
  },
);

test("6, 26: reading on in the other language keeps what was typed, the card's fields too", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl });
  await toPayment(page, ["harbor-main"], { email });
  await writeCard(page, "4242424242424242");
  await page.getByRole("button", { name: "한국어" }).click();
  await page.getByRole("button", { name: words.ko.pay }).waitFor();
  assert.equal(await box(page, "address1").inputValue(), "350 Fifth Ave");
  assert.equal(await cardFrame(page).getByLabel(words.ko.cardNumber).inputValue(), "4242 4242 4242 4242");
  await page.getByText("일반 배송").filter({ visible: true }).first().waitFor();
});

test("19: the first press makes Pay busy, and it stays so until the page has gone", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl });
  await toPayment(page, ["harbor-main"], { email });
  await writeCard(page, "4242424242424242");
  await page.route("**/checkout/sessions/*/payment", async (route) => {
    await page.waitForTimeout(1_000);
    await route.continue();
  });
  await page.getByTestId("pay").click();
  assert.equal(await page.getByTestId("pay").getAttribute("aria-busy"), "true");
  await page.waitForURL(/\/checkout\/(placing|success)\//);
});

async function focused(page: Page): Promise<string | null> {
  const one = page.locator(":is(input, select):focus");
  await one.waitFor();
  return await one.getAttribute("name");
}

async function attributesOf(all: Locator, name: string): Promise<(string | null)[]> {
  return await Promise.all((await all.all()).map((one) => one.getAttribute(name)));
}
