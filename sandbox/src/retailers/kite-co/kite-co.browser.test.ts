import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import type { Browser, Page } from "playwright-core";

import { launchChromium } from "../../../../test/e2e/chromium.ts";
import { openShops, type Shops } from "../web/test/open-shops.ts";

const shop = "kite-co";
let shops: Shops;
let browser: Browser;
before(async () => {
  shops = await openShops();
  browser = await launchChromium();
});
beforeEach(async () => {
  await shops.clearFaults();
});
after(async () => {
  await browser.close();
  await shops.close();
});

test("a browser buys: past the covers, by chips, through the sign-in, to the order number", async () => {
  const page = await enter();
  await page.goto(address("/products/kc-delta"));
  await page.getByRole("dialog", { name: "Windy-day post!" }).getByRole("button", { name: "Maybe later" }).click();
  await page.getByRole("button", { name: "Only the needed ones" }).click();
  await page.getByRole("button", { name: "Teal" }).click();
  await page.getByRole("button", { name: "One more", exact: true }).click();
  await page.getByRole("button", { name: "Add to wagon" }).click();
  await page.getByRole("link", { name: "Look in the wagon" }).click();
  await page.getByRole("button", { name: "Check out" }).click();
  await signIn(page);
  await choose(page);
  await page.getByRole("button", { name: "Review order" }).click();
  await page.getByRole("button", { name: "Buy now" }).click();
  const number = await page.locator(".order-no").textContent();
  const [order] = await shops.orders(shop);
  assert.equal(number, order?.key);
  // 68.00, 14.95, 7.25 % of the goods.
  assert.equal(order?.data["totalCents"], 6800 + 1495 + 493);
  await page.getByRole("link", { name: "See my orders" }).click();
  await page.locator(`[data-order="${number}"]`).waitFor();
  await page.context().close();
});

test("a session that ends on the way leads to the sign-in and back, with the wagon still full", async () => {
  const page = await atReview("kc-loom");
  await shops.setFaults(shop, { endpoint: "checkout.review", kind: "login_lost", times: 1 });
  await page.reload();
  await page.getByText("You have been signed out").first().waitFor();
  await signIn(page);
  await page.getByRole("button", { name: "Buy now" }).waitFor();
  await page.context().close();
});

test("an answer that never comes is said to be unknown, and pressing again is not offered", async () => {
  const page = await atReview("kc-memory");
  // Chromium itself sends a call again, on each connection that it has kept, when one breaks before any answer: one
  // cut line is not enough. The key of the review makes one order of all of them.
  await shops.setFaults(shop, { endpoint: "order.submit", kind: "drop_after" });
  const before = (await shops.orders(shop)).length;
  await page.getByRole("button", { name: "Buy now" }).click();
  await page.getByText("may have gone through").waitFor();
  assert.equal(await page.getByRole("button", { name: "Sending your order" }).isDisabled(), true);
  assert.equal((await shops.orders(shop)).length, before + 1);
  await page.context().close();
});

test("every trouble of the shop can be seen on its page", async () => {
  const page = await atReview("kc-bunt");
  await page.goto(address("/products/kc-bunt"));
  const cases = [
    ["product.view", "captcha", undefined, () => page.getByRole("dialog", { name: /are you a person/ })],
    ["product.view", "popup", undefined, () => page.getByRole("dialog", { name: "Windy-day post!" })],
    ["product.view", "changed_page", undefined, () => page.getByRole("button", { name: "I want this one" })],
    ["product.view", "out_of_stock", undefined, () => page.getByRole("button", { name: "All gone" })],
    ["product.view", "price_drift", 10, () => page.locator(".toy-price").getByText("$25.30")],
    ["cart.view", "error_page", undefined, () => page.getByRole("heading", { name: "The string snapped" })],
    ["cart.view", "rate_limited", undefined, () => page.getByText("Easy! Wait a moment.").first()],
    ["page.view", "rate_limited", undefined, () => page.getByRole("heading", { name: "Whoa, not so fast!" })],
    ["checkout.view", "queue", 1, () => page.getByText("families before you")],
    ["checkout.review", "changed_page", undefined, () => page.getByRole("button", { name: "Let it fly" })],
    ["checkout.review", "out_of_stock", undefined, () => page.getByText("has just sold out")],
  ] as const;
  for (const [endpoint, kind, value, seen] of cases) {
    await shops.setFaults(shop, { endpoint, kind, times: 1, ...(value === undefined ? {} : { value }) });
    await page.goto(address(pathOf[endpoint]));
    await seen().waitFor();
    if (kind === "captcha") await solve(page);
  }
  await page.context().close();
});

const pathOf = {
  "product.view": "/products/kc-bunt",
  "cart.view": "/cart",
  "page.view": "/cart",
  "checkout.view": "/checkout",
  "checkout.review": "/checkout/review",
} as const;

function address(path: string): string {
  return `${shops.url}/retailers/${shop}${path}`;
}

async function enter(): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
  page.setDefaultTimeout(10_000);
  return page;
}

/** A customer who has been here before: no covers, signed in, one thing in the wagon, all chosen. */
async function atReview(product: string): Promise<Page> {
  const page = await enter();
  await page.addInitScript(() => {
    localStorage.setItem("kite.cookies", "all");
    localStorage.setItem("kite.letter", "closed");
  });
  await page.goto(address(`/products/${product}`));
  const chips = page.locator(".chip");
  await page.getByRole("button", { name: "Add to wagon" }).waitFor();
  if ((await chips.count()) > 0) await chips.first().click();
  await page.getByRole("button", { name: "Add to wagon" }).click();
  await page.getByRole("link", { name: "Look in the wagon" }).click();
  await page.getByRole("button", { name: "Check out" }).click();
  await signIn(page);
  await choose(page);
  await page.getByRole("button", { name: "Review order" }).click();
  await page.getByRole("button", { name: "Buy now" }).waitFor();
  return page;
}

async function signIn(page: Page): Promise<void> {
  await page.getByLabel("Email").fill("orders@muse.example");
  await page.getByLabel("Password").fill("kite-sandbox-2041");
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function choose(page: Page): Promise<void> {
  await page.getByRole("heading", { name: "Where to?" }).waitFor();
  const known = page.getByLabel(/501 Market St/).first();
  if ((await known.count()) > 0) await known.check();
  else {
    for (const [label, value] of [
      ["Full name", "Jane Doe"],
      ["Street", "501 Market St"],
      ["City", "San Francisco"],
      ["ZIP", "94105"],
    ] as const)
      await page.getByLabel(label).fill(value);
    await page.getByLabel("State").selectOption("CA");
    await page.getByRole("button", { name: "Save address" }).click();
  }
  await page.getByLabel(/Express/).check();
  await page.getByLabel(/Visa ending/).check();
}

/** Reads the letters from the drawing's source: a test may, a connector must not. */
async function solve(page: Page): Promise<void> {
  const picture = await page.evaluate(async (url) => await (await fetch(url)).text(), address("/api/captcha.svg"));
  const letters = [...picture.matchAll(/>([A-Z])<\/text>/g)].map(([, letter]) => letter).join("");
  await page.getByLabel("Type the letters").fill(letters);
  await page.getByRole("button", { name: /what it says/ }).click();
  await page.getByRole("button", { name: "Add to wagon" }).waitFor();
}
