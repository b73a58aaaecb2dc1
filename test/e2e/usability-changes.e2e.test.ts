/** What changes while somebody checks out: time, prices, stock, another tab (docs/usability.md 3, 20, 21). */
import assert from "node:assert/strict";
import { after, test, type TestContext } from "node:test";
import type { Page } from "playwright-core";
import { sharedSystem } from "./global-setup.ts";
import { chargesOf, endSession, inDatabase } from "./outside.ts";
import { amountIn, fillCart, pay, sessionOf, toPayment, untilDone, writeCard } from "./shopping.ts";
import { atBothWidths, closeBrowser, openVisitor } from "./visitor.ts";

const { webUrl } = sharedSystem();
after(closeBrowser);

const email = "changes@example.com";

/** A store's shelf is put back as it was, whatever becomes of the test. */
async function onShelf(t: TestContext, variantId: string, change: string): Promise<void> {
  const [before] = await inDatabase<{ price_minor: string; is_in_stock: boolean }>(
    "select price_minor, is_in_stock from catalog.variant where variant_id = $1",
    [variantId],
  );
  t.after(() =>
    inDatabase("update catalog.variant set price_minor = $2, is_in_stock = $3 where variant_id = $1", [
      variantId,
      before?.price_minor,
      before?.is_in_stock,
    ]),
  );
  await inDatabase(`update catalog.variant set ${change} where variant_id = $1`, [variantId]);
}

atBothWidths(
  "20, 21: the time is counted down; when it is over one press refreshes, says what changed, and what was typed stays",
  async (t, viewport) => {
    const { page } = await openVisitor(t, { baseUrl: webUrl, viewport });
    await toPayment(page, ["fernwood", "harbor-main"], { email });
    const { sessionId, cartSnapshot } = await sessionOf(page);
    const line = cartSnapshot.stores[0]?.items[0];
    assert.ok(line !== undefined);
    await endSession(sessionId, 8);
    await page.reload();
    await page.getByText(/Prices and stock held for 0:0\d more/).waitFor();
    await page.getByText("The time for which prices and stock were held is over.").waitFor();
    assert.equal(await page.getByTestId("pay").count(), 0);
    await onShelf(t, line.variantId, "price_minor = price_minor + 700");
    await page.getByRole("button", { name: "Refresh prices and stock" }).click();
    const change = page.getByRole("status").filter({ hasText: "This is different from before" });
    await change.getByText(new RegExp(`${line.title} now costs \\$[\\d.]+ instead of \\$[\\d.]+`)).waitFor();
    await change.getByRole("heading", { name: "Fernwood Outdoor" }).waitFor();
    await change.getByRole("link", { name: "Choose another" }).waitFor();
    await change.getByRole("button", { name: "Keep it" }).click();
    await change.waitFor({ state: "detached" });
    assert.equal(await page.locator('input[name="email"]').inputValue(), email);
    // The address is told to the new session by itself, so its total is final again.
    await page.getByRole("button", { name: /^Pay \$/ }).waitFor();
    await writeCard(page, "4242424242424242");
    await pay(page);
    await untilDone(page);
  },
);

atBothWidths(
  "21: what a store has no more is named with its store; taken out, the other store's goods are bought",
  async (t, viewport) => {
    const { page, expect } = await openVisitor(t, { baseUrl: webUrl, viewport });
    expect(/409/);
    await toPayment(page, ["fernwood", "harbor-main"], { email });
    const { sessionId, cartSnapshot } = await sessionOf(page);
    const line = cartSnapshot.stores[0]?.items[0];
    assert.ok(line !== undefined);
    await endSession(sessionId, 3);
    await page.reload();
    await page.getByText("The time for which prices and stock were held is over.").waitFor();
    await onShelf(t, line.variantId, "is_in_stock = false");
    await page.getByRole("button", { name: "Refresh prices and stock" }).click();
    const notice = page.getByRole("alert").filter({ hasText: line.title });
    await notice.getByText("Fernwood Outdoor").waitFor();
    assert.equal(await page.getByTestId("pay").count(), 0, "nothing can be paid that cannot be had");
    assert.equal(await page.locator('input[name="address1"]').inputValue(), "350 Fifth Ave");
    await notice.getByRole("button", { name: "Remove" }).click();
    await page.getByRole("button", { name: /^Pay \$/ }).waitFor();
    const now = await sessionOf(page);
    assert.deepEqual(
      now.cartSnapshot.stores.map(({ storeId }) => storeId),
      ["harbor-main"],
    );
  },
);

test("20: when nothing has changed, a refresh says so", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl });
  await toPayment(page, ["harbor-main"], { email });
  await endSession((await sessionOf(page)).sessionId, 3);
  await page.reload();
  await page.getByRole("button", { name: "Refresh prices and stock" }).click();
  await page.getByText("Nothing has changed. Prices and stock are held again.").waitFor();
});

test("21: a price that moved since the cart was looked at is called out, and the item can be left", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl });
  await fillCart(page, ["harbor-main", "fernwood"]);
  await page.goto("/cart");
  await page.getByRole("link", { name: "Check out" }).waitFor();
  // What this browser was last shown: the store has become dearer since.
  await page.evaluate(() => {
    const key = "ai_marketplace_cart";
    const items = JSON.parse(localStorage.getItem(key) ?? "[]") as { price: number; priceDisplay: string }[];
    const [first, ...rest] = items;
    if (first === undefined) throw new Error("the cart is kept in this browser");
    localStorage.setItem(key, JSON.stringify([{ ...first, price: 100, priceDisplay: "$1.00" }, ...rest]));
  });
  await page.getByRole("link", { name: "Check out" }).click();
  await page.getByText(/now costs \$[\d.]+ instead of \$1\.00/).waitFor();
  await page.getByRole("button", { name: "Remove it" }).click();
  await page.getByText(/instead of \$1\.00/).waitFor({ state: "detached" });
  assert.equal((await sessionOf(page)).cartSnapshot.stores.length, 1);
  assert.equal(await page.getByText("This is different from before").count(), 0, "one's own doing is no news");
});

test("3: a total that another tab changed is not charged before it has stood on the button", async (t) => {
  const { page, newTab } = await openVisitor(t, { baseUrl: webUrl });
  await toPayment(page, ["harbor-main"], { email });
  await writeCard(page, "4242424242424242");
  const { sessionId, cartSnapshot } = await sessionOf(page);
  const [store] = cartSnapshot.stores;
  const other = await newTab();
  await other.goto("/checkout");
  // A page that is just reading shows the choice once that reading is called off, a moment after the click.
  await other.locator(`input[name="delivery-${store?.storeId}"]`).last().click();
  await other.getByTestId("pay").filter({ hasNotText: cartSnapshot.summary.totalDisplay }).waitFor();
  await page.bringToFront();
  await page.getByTestId("pay").click();
  await page.getByText("Nothing was charged; look at it and press Pay again.").waitFor();
  assert.deepEqual(await chargesOf(sessionId), []);
  const now = await sessionOf(page);
  assert.notEqual(now.cartSnapshot.summary.totalCents, cartSnapshot.summary.totalCents);
  assert.equal(await page.getByTestId("pay").textContent(), `Pay ${now.cartSnapshot.summary.totalDisplay}`);
  await page.getByTestId("pay").click();
  await untilDone(page);
  assert.deepEqual(await chargesOf(sessionId), [now.cartSnapshot.summary.totalCents]);
});

test("6: an address that another tab changed is not delivered to before it stands on the page that pays", async (t) => {
  const { page, newTab } = await openVisitor(t, { baseUrl: webUrl });
  await toPayment(page, ["harbor-main"], { email });
  await writeCard(page, "4242424242424242");
  const { sessionId } = await sessionOf(page);
  const typed = await page.locator('[name="address1"]').inputValue();
  const other = await newTab();
  await other.goto("/checkout");
  const street = other.locator('[name="address1"]');
  await street.fill("20 West 34th Street");
  const saved = other.waitForResponse((answer) => answer.url().endsWith("/shipping") && answer.ok());
  await street.blur();
  await saved;
  await page.bringToFront();
  await page.getByTestId("pay").click();
  await page.getByText("The address was changed in another tab.").waitFor();
  assert.deepEqual(await chargesOf(sessionId), []);
  await page.getByTestId("pay").click();
  await untilDone(page);
  const address = "select shipping_address ->> 'address1' as address1 from checkout.session where session_id = $1";
  assert.deepEqual(await inDatabase(address, [sessionId]), [{ address1: typed }]);
});

/** Telling Muse where it goes takes longer than a press does. */
async function slowAddress(page: Page): Promise<void> {
  await page.route("**/checkout/sessions/*/shipping", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await route.continue();
  });
}

atBothWidths("3: a press of Pay right after the last field pays, and to what was just written", async (t, viewport) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl, viewport });
  await toPayment(page, ["harbor-main"], { email });
  await writeCard(page, "4242424242424242");
  const total = (await sessionOf(page)).cartSnapshot.summary.totalCents;
  await slowAddress(page);
  await page.locator('input[name="name"]').fill("Robin Reader");
  await page.getByTestId("pay").click();
  const sessionId = await untilDone(page);
  assert.deepEqual(await chargesOf(sessionId), [total]);
  await page.getByText("Robin Reader").first().waitFor();
});

test("6: written over and put back while it is being told, an address is delivered to as it stands on the page", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl });
  await toPayment(page, ["harbor-main"], { email });
  await writeCard(page, "4242424242424242");
  await slowAddress(page);
  const name = page.locator('input[name="name"]');
  const meant = await name.inputValue();
  const isTelling = page.waitForRequest((asked) => asked.url().endsWith("/shipping"));
  await name.fill("Somebody Else");
  await name.blur();
  await isTelling;
  await name.fill(meant);
  await page.getByTestId("pay").click();
  const sessionId = await untilDone(page);
  const deliveredTo = "select shipping_address ->> 'name' as name from checkout.session where session_id = $1";
  assert.deepEqual(await inDatabase(deliveredTo, [sessionId]), [{ name: meant }]);
});

test("3: a total that the last field changed is not charged before it has stood on the button", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl });
  await toPayment(page, ["harbor-main"], { email });
  await writeCard(page, "4242424242424242");
  const { sessionId, cartSnapshot } = await sessionOf(page);
  await slowAddress(page);
  await page.locator('input[name="zip"]').fill("97201");
  await page.locator('input[name="city"][value="Portland"]').waitFor();
  await page.getByTestId("pay").click();
  await page.getByText("Nothing was charged; look at it and press Pay again.").waitFor();
  assert.deepEqual(await chargesOf(sessionId), []);
  const now = await sessionOf(page);
  assert.notEqual(now.cartSnapshot.summary.totalCents, cartSnapshot.summary.totalCents);
  const pressed = page.getByTestId("pay");
  assert.equal(amountIn(await pressed.textContent()), now.cartSnapshot.summary.totalDisplay);
  await pressed.click();
  await untilDone(page);
  assert.deepEqual(await chargesOf(sessionId), [now.cartSnapshot.summary.totalCents]);
});
