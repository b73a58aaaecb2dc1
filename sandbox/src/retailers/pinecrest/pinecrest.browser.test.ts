import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";

import { launchChromium } from "../../../../test/e2e/chromium.ts";
import { openShops } from "../web/test/open-shops.ts";
import { jane } from "../web/test/visitor.ts";

test("a browser picks from hand-made lists, waits in line, and orders as a guest", async () => {
  const shops = await openShops();
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(10_000);
    await page.goto(`${shops.url}/retailers/pinecrest/products/pb-note`);
    const reviews = page.frameLocator('iframe[title="What readers say"]');
    await reviews.getByText("Rosa M.").waitFor();
    await pick(page, "Edition", "Ruled / Forest");
    await pick(page, "Copies", "2");
    await page.getByRole("button", { name: "Put in my bag" }).click();
    await shops.setFaults("pinecrest", { endpoint: "checkout.view", kind: "queue", times: 1, value: 2 });
    await page.getByRole("button", { name: "Proceed to the till" }).click();
    await page.getByRole("heading", { name: "You are in the queue" }).waitFor();
    await page.getByRole("link", { name: "Go on as a guest" }).click();
    await page.getByLabel("Email").fill(jane.email);
    await page.getByLabel("First name").fill(jane.first_name);
    await page.getByLabel("Last name").fill(jane.last_name);
    await page.getByLabel("Address", { exact: true }).fill(jane.address1);
    await page.getByLabel("City").fill(jane.city);
    await pick(page, "State", "California");
    await page.getByLabel("ZIP").fill(jane.zip);
    await pick(page, "Postage", /Priority/);
    // By keys alone, as somebody without a mouse would.
    await page.getByRole("button", { name: /^Payment/ }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await page.getByLabel("Institution account number").fill("PC-INST-3381");
    await page.getByLabel(/Your reference/).fill("MO-BROWSER-2");
    await page.getByRole("button", { name: "Add it up" }).click();
    assert.equal(await page.locator("#to-pay").textContent(), "$47.60");
    await page.getByRole("button", { name: "Confirm and order" }).click();
    const number = await page.locator(".order-number").textContent();
    const orders = await shops.orders("pinecrest");
    assert.deepEqual(
      orders.map(({ key, data }) => [key, data["clientKey"], data["totalCents"]]),
      [[number, "MO-BROWSER-2", 4760]],
    );
  } finally {
    await browser.close();
    await shops.close();
  }
});

async function pick(page: Page, label: string, option: string | RegExp): Promise<void> {
  await page.getByRole("button", { name: new RegExp(`^${label}`) }).click();
  await page.getByRole("listbox", { name: label }).getByRole("option", { name: option, exact: true }).click();
}
