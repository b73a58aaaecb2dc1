/** A shopper comes with the address of a product's page at one of the stores. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import { assertAccessible } from "./axe.ts";
import { sharedSystem } from "./global-setup.ts";
import { atBothWidths, closeBrowser, openVisitor } from "./visitor.ts";

const { webUrl, sandboxUrl } = sharedSystem();
after(closeBrowser);

/** Where a store's pages are; some of them are of things that its feed does not have. */
function shopAt(storeId: string): string {
  return `${sandboxUrl}/retailers/${storeId}/`;
}

const field = (page: Page) => page.getByLabel("Link to a product");
const press = (page: Page) => page.getByRole("button", { name: "Add by link" }).click();

atBothWidths("a link in the cart is refused with a reason, then read, chosen from, and added", async (t, viewport) => {
  const { page, expect } = await openVisitor(t, { baseUrl: webUrl, viewport });
  expect(/40[049]/);
  await page.goto("/cart");
  await field(page).fill("a coat");
  await press(page);
  await page.getByText("This is no web address.").waitFor();
  await field(page).fill("https://nobody.example/coat");
  await press(page);
  await page.getByText("This address is not of a store that Muse orders from.").waitFor();
  assert.equal(await field(page).getAttribute("aria-invalid"), "true");

  await field(page).fill(`${shopAt("kite-co")}products/kc-maker`);
  await press(page);
  await page.getByLabel("Which one?").selectOption({ label: "Large · Rust · $48.00" });
  await assertAccessible(page, "the cart with a link's variants");
  await page.getByRole("button", { name: "Add to cart" }).click();
  await page.getByRole("heading", { name: /Kite & Co\./ }).waitFor();
  await page.getByText("Large · Rust").waitFor();
  assert.equal(await field(page).inputValue(), "");
});

test("a link in the search box comes to a page that offers to add it, and adds nothing by itself", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl });
  const link = `${shopAt("fernwood")}products/fw-repair`;
  await page.goto("/");
  await page.getByRole("searchbox").fill(link);
  await page.getByRole("searchbox").press("Enter");
  await page.getByRole("heading", { level: 1, name: "Add from a link" }).waitFor();
  assert.equal(await field(page).inputValue(), link);
  const before = await (await page.request.get("/api/v1/cart/summary")).text();
  assert.match(before, /"totalItemCount":0/);
  await press(page);
  await page.getByText("Field Repair Kit is in your cart.").waitFor();
  await page.getByRole("button", { name: "View cart" }).click();
  await page.getByText("Field Repair Kit").first().waitFor();
});

test("in Korean, and while it takes its time the page says what it does", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl, locale: "ko-KR" });
  await page.route("**/api/v1/cart/items", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 800));
    await route.continue();
  });
  await page.goto("/cart");
  await page.getByLabel("상품 링크").fill(`${shopAt("fernwood")}products/fw-repair`);
  await page.getByRole("button", { name: "링크로 담기" }).click();
  await page.getByText("스토어 페이지를 읽고 있습니다…").first().waitFor();
  await page.getByText("Field Repair Kit 상품을 담았습니다.").waitFor();
});

test("a product and a store that there are not answer 404, those that there are 200", async () => {
  const status = async (path: string): Promise<number> => (await fetch(`${webUrl}${path}`)).status;
  assert.deepEqual(
    [await status("/products/nothing"), await status("/stores/nothing"), await status("/stores/kite-co")],
    [404, 404, 200],
  );
});
