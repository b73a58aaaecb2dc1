/** The cart's page under somebody's hands: quick presses, two tabs, keys alone, and answers that do not come. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Page, Route } from "playwright-core";
import { first, idOf, won } from "./files.ts";
import { sharedSystem } from "./global-setup.ts";
import { inDatabase } from "./outside.ts";
import { fillCart } from "./shopping.ts";
import { closeBrowser, openVisitor } from "./visitor.ts";

const { webUrl } = sharedSystem();
after(closeBrowser);

const changes = "**/api/v1/cart/items/*/quantity";
const refusal = { error: { code: "rate_limited", message: "Not just now." } };

test("a quantity is written when it was changed, and the last press counts however quick they were", async (t) => {
  const { page, newTab } = await openVisitor(t, { baseUrl: webUrl });
  await fillCart(page, ["harbor-main"]);
  await page.goto("/cart");
  const quantity = page.getByRole("textbox", { name: /^Quantity of/ });
  await quantity.waitFor();
  const other = await newTab();
  await other.goto("/cart");
  await other.getByRole("textbox", { name: /^Quantity of/ }).fill("5");
  await other.keyboard.press("Enter");
  await untilHeld(page, [5]);
  const written: unknown[] = [];
  await page.route(changes, async (route) => {
    written.push(route.request().postDataJSON());
    await new Promise((resolve) => setTimeout(resolve, 300));
    await route.continue();
  });
  await quantity.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.deepEqual([written, await held(page)], [[], [5]]);

  const seen = watchValue(page);
  for (let press = 0; press < 3; press += 1) await page.getByRole("button", { name: "One more" }).click();
  await untilHeld(page, [4]);
  await page.getByRole("link", { name: "Cart, 4 items" }).waitFor();
  assert.deepEqual(await seen(), ["2", "3", "4"]);
  assert.deepEqual(written, [{ quantity: 2 }, { quantity: 3 }, { quantity: 4 }]);
});

test("a line is said to be gone once it is, comes back with Undo, and leaves the focus in the cart", async (t) => {
  const { page, expect } = await openVisitor(t, { baseUrl: webUrl });
  expect(/429/);
  await fillCart(page, ["harbor-main", "fernwood"]);
  await page.goto("/cart");
  const removals = page.getByRole("button", { name: /^Remove / });
  await removals.nth(1).waitFor();
  const fail = (route: Route): Promise<void> => route.fulfill({ status: 429, json: refusal });
  await page.route(changes, fail);
  await removals.last().press("Enter");
  await page.getByText(/stays as it was/).waitFor();
  await removals.nth(1).waitFor();
  assert.equal(await removals.count(), 2);
  assert.equal(await page.getByRole("button", { name: "Undo" }).count(), 0);
  await page.unroute(changes, fail);

  const [, second] = await removals.allTextContents();
  await removals.first().press("Enter");
  assert.equal(await focused(page), second);
  await page.keyboard.press("Enter");
  assert.equal(await focused(page), "Cart");
  await page.getByRole("heading", { name: "Your cart is empty" }).waitFor();
  await page.getByText(`${second?.replace("Remove ", "") ?? ""} was removed.`).waitFor();
  await page.getByRole("button", { name: "Undo" }).last().click();
  await removals.first().waitFor();
  assert.deepEqual([await removals.allTextContents(), await held(page)], [[second], [1]]);
});

test("variants are gone along by keys until one is taken; what is picked is taken at once", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl });
  const variants = await inDatabase<{ variant_id: string; product_id: string; words: string }>(
    `select variant_id, product_id, concat_ws(' · ', size, color) as words from catalog.variant
     join catalog.product using (product_id) where title = 'Cotton Gabardine Trench'`,
    [],
  );
  await page.goto("/");
  await put(page, variants[0]?.product_id, variants[0]?.variant_id);
  await page.goto("/cart");
  const taken: unknown[] = [];
  page.on("request", (request) => {
    if (request.method() === "PUT") taken.push((request.postDataJSON() as { variantId: string }).variantId);
  });
  const button = page.getByRole("button", { name: /^Change Cotton Gabardine Trench/ });
  const list = page.getByRole("combobox", { name: /^Change Cotton Gabardine Trench/ });
  const before = await button.textContent();

  await button.press("Enter");
  await list.press("ArrowDown");
  await page.keyboard.press("Escape");
  assert.equal(await focused(page), before);
  assert.deepEqual(taken, []);

  await button.press("Enter");
  await list.waitFor();
  const free = await list.locator("option:not([disabled])").all();
  const options = await Promise.all(free.map((option) => option.getAttribute("value")));
  const at = options.indexOf(await list.inputValue());
  const [key, wanted] = at + 2 < options.length ? ["ArrowDown", options[at + 2]] : ["ArrowUp", options[at - 2]];
  await page.keyboard.press(key ?? "");
  await page.keyboard.press(key ?? "");
  assert.equal(await list.inputValue(), wanted);
  assert.deepEqual(taken, []);
  await page.keyboard.press("Enter");
  const words = variants.find(({ variant_id: id }) => id === wanted)?.words ?? assert.fail();
  await button.filter({ hasText: words }).waitFor();
  assert.match(await focused(page), new RegExp(`${words}$`));

  await button.click();
  await list.selectOption(options[at] ?? "");
  await button.filter({ hasText: before?.split(": ").at(-1) ?? "" }).waitFor();
  assert.deepEqual(taken, [wanted, options[at]]);
});

test("nothing is estimated for two currencies, and a failed estimate can be asked for again", async (t) => {
  const { page, expect } = await openVisitor(t, { baseUrl: webUrl });
  expect(/429/);
  await fillCart(page, ["harbor-main"]);
  const asked = /\/(?:summary|delivery)\?.*zip=10001/;
  await page.evaluate(() => localStorage.setItem("muse_zip", "10001"));
  const failOnce = () => page.route(asked, (route) => route.fulfill({ status: 429, json: refusal }), { times: 1 });
  await failOnce();
  await page.goto("/cart");
  await page.getByText("Not just now.").waitFor();
  await page.getByRole("button", { name: "Estimate" }).click();
  await page.getByText("Estimated total").waitFor();

  const href = await page.locator('main a[href^="/products/"]').last().getAttribute("href");
  await failOnce();
  await page.goto(href ?? "");
  const delivery = page.getByRole("region", { name: "Delivery" });
  await delivery.getByText("Not just now.").waitFor();
  await delivery.getByRole("button", { name: "Check" }).click();
  await delivery.getByText("For New York, NY.").waitFor();

  await put(page, await idOf(first(won).title));
  const answered = page.waitForResponse(asked);
  await page.goto("/cart");
  await answered;
  await page.getByText("All items must be in the same currency.").waitFor();
  assert.equal(await page.getByText(/We do not deliver there/).count(), 0);
  assert.equal(await page.getByLabel("ZIP code").count(), 0);
});

async function put(page: Page, productId: string | undefined, variantId?: string): Promise<void> {
  const status = await page.evaluate(
    async (body) => {
      const headers = { "content-type": "application/json" };
      return (await fetch("/api/v1/cart/items", { method: "POST", headers, body: JSON.stringify(body) })).status;
    },
    { productId, variantId, quantity: 1 },
  );
  assert.ok(status === 200 || status === 201, `the cart took it: ${status}`);
}

/** The quantities of its lines, as the API holds them. */
async function held(page: Page): Promise<number[]> {
  return await page.evaluate(async () => {
    const answer = await fetch("/api/v1/cart");
    const cart = (await answer.json()) as { data: { stores: { items: { quantity: number }[] }[] } };
    return cart.data.stores.flatMap(({ items }) => items.map(({ quantity }) => quantity));
  });
}

async function untilHeld(page: Page, quantities: readonly number[]): Promise<void> {
  for (let tries = 0; String(await held(page)) !== String(quantities); tries += 1) {
    assert.ok(tries < 100, `the cart holds ${String(await held(page))}`);
    await page.waitForTimeout(50);
  }
}

/** Everything that stands in the one quantity's field from now on, in turn; before, it is 1. */
function watchValue(page: Page): () => Promise<string[]> {
  const started = page.evaluate(watching);
  return async () => {
    await started;
    return await page.evaluate<string[]>("seenValues");
  };
}

const watching = `{
  const field = document.querySelector('main [role="group"] input');
  window.seenValues = [];
  const look = () => {
    if (field.value !== (seenValues.at(-1) ?? "1")) seenValues.push(field.value);
    requestAnimationFrame(look);
  };
  look();
}`;

async function focused(page: Page): Promise<string> {
  return await page.evaluate<string>("document.activeElement.textContent");
}
