import assert from "node:assert/strict";
import { test } from "node:test";

import { launchChromium } from "../../../../test/e2e/chromium.ts";
import { openShops } from "../web/test/open-shops.ts";
import { jane } from "../web/test/visitor.ts";

test("a browser shops as a guest: selects, coupon, the offer in between, four steps, the order number", async () => {
  const shops = await openShops();
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(10_000);
    await page.goto(`${shops.url}/retailers/lumen-home/products/lh-duvet`);
    await page.getByLabel("Size").selectOption("Queen");
    await page.getByLabel("Color").selectOption("Sage");
    await page.getByRole("button", { name: "Add to basket" }).click();
    await page.getByLabel("Coupon code").fill("WELCOME10");
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByRole("link", { name: "Go to checkout" }).click();
    await page.getByRole("button", { name: /No, thank you/ }).click();
    await page.getByLabel("Email address").fill(jane.email);
    await page.getByLabel("Full name").fill(jane.name);
    await page.getByLabel("Street address").fill(jane.address1);
    await page.getByLabel("City").fill(jane.city);
    await page.getByLabel("State").selectOption(jane.state);
    await page.getByLabel("ZIP code").fill(jane.zip);
    await page.getByRole("button", { name: "Continue to delivery" }).click();
    await page.getByLabel(/Express/).check();
    await page.getByRole("button", { name: "Continue to payment" }).click();
    await page.getByLabel(/Invoice/).check();
    await page.getByLabel("Account number").fill("LHT-20417");
    await page.getByLabel("Account PIN").fill("6620");
    await page.getByLabel("PO number").fill("MO-BROWSER-1");
    await page.getByRole("button", { name: "Continue to review" }).click();
    assert.equal((await page.locator("[data-sum=total]").innerText()).trim(), "$197.73");
    await page.getByRole("button", { name: "Place order" }).dblclick();
    const number = await page.locator("#order-number").textContent();

    const orders = await shops.orders("lumen-home");
    assert.deepEqual(
      orders.map(({ key, data }) => [key, data["clientKey"], data["totalCents"]]),
      [[number, "MO-BROWSER-1", 19_773]],
    );
    await page.goBack();
    assert.match(page.url(), /checkout\/done/, "the way back leads to the order");
  } finally {
    await browser.close();
    await shops.close();
  }
});
