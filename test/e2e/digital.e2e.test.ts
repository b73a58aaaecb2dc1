/** One file, bought beside the cart in a real browser: there at once, and only for whoever bought it. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, test, type TestContext } from "node:test";
import type { Page } from "playwright-core";
import { assertAccessible } from "./axe.ts";
import { addToCart, dollars, download, first, publish, writeGoodCard, type Published } from "./files.ts";
import { fresh, unique } from "./fresh.ts";
import { sharedSystem } from "./global-setup.ts";
import { chargesOf, inDatabase } from "./outside.ts";
import { says } from "./scenes/says.ts";
import { cards, pay, untilDone, words } from "./shopping.ts";
import { closeBrowser, narrow, openVisitor } from "./visitor.ts";

const { webUrl } = sharedSystem();

after(closeBrowser);

const thanks = says("en", "checkout.done.filesTitle");

async function sold(t: TestContext, content: Buffer): Promise<Published> {
  const seller = await openVisitor(t, { baseUrl: webUrl });
  return await publish(seller.page.request, webUrl, { title: `Han river ${unique()}`, content });
}

const zipFile = (sizeBytes: number): Buffer => Buffer.concat([Buffer.from("504b0304", "hex"), randomBytes(sizeBytes)]);

async function fillIn(page: Page, card: string): Promise<void> {
  await page.getByLabel(words.en.email, { exact: true }).fill(fresh("bo"));
  await writeGoodCard(page, "en", card);
}

test("a guest buys one file without an address, has it byte for byte, and is not sold it again", async (t) => {
  const content = zipFile(60_000);
  const { productId, title } = await sold(t, content);
  const { page, expect } = await openVisitor(t, { baseUrl: webUrl });
  await addToCart(page, first(dollars).title, "en");
  await page.goto(`/products/${productId}`);
  await page.getByRole("link", { name: "Buy now" }).click();
  await page.getByLabel(words.en.email, { exact: true }).waitFor();
  assert.equal(await page.getByLabel(words.en.street, { exact: true }).count(), 0, "nobody asks where it goes");
  await fillIn(page, cards.good);
  await pay(page);
  const sessionId = await untilDone(page);
  await page.getByRole("heading", { name: thanks }).waitFor();
  assert.ok((await download(page, title, "en")).content.equals(content), "byte for byte");
  await assertAccessible(page, "files that were bought");

  // Back leads to no form that could be sent again.
  expect(/409/);
  await page.goBack();
  await page.getByRole("heading", { name: says("en", "checkout.refused.ownedTitle") }).waitFor();
  assert.equal((await chargesOf(sessionId)).length, 1);
  await page.goto("/cart");
  await page.getByRole("link", { name: first(dollars).title, exact: true }).waitFor();
});

test("a declined card leads back to the one product, not to the cart; another card pays once", async (t) => {
  const { productId, title } = await sold(t, zipFile(10));
  const { page, expect } = await openVisitor(t, { baseUrl: webUrl, viewport: narrow });
  expect(/402/);
  await addToCart(page, first(dollars).title, "en");
  await page.goto(`/checkout/${productId}`);
  await fillIn(page, cards.declined);
  await pay(page);
  await page
    .getByRole("alert")
    .filter({ hasText: /declined/i })
    .waitFor();
  assert.equal(new URL(page.url()).pathname, `/checkout/${productId}`);
  await writeGoodCard(page, "en");
  await pay(page);
  // A reload while it is being paid pays nothing again.
  await page.waitForURL(/\/checkout\/(placing|success)\//);
  await page.reload();
  const sessionId = await untilDone(page);
  await page.getByRole("heading", { level: 3, name: title }).waitFor();
  assert.equal((await chargesOf(sessionId)).length, 1);
});

test("two tabs with the same file make one payment, and both end where it is", async (t) => {
  const { productId, title } = await sold(t, zipFile(10));
  const { page, newTab, expect } = await openVisitor(t, { baseUrl: webUrl });
  expect(/409/);
  const other = await newTab();
  for (const tab of [page, other]) {
    await tab.goto(`/checkout/${productId}`);
    const told = tab.waitForResponse((answer) => answer.url().endsWith("/email") && answer.ok());
    await fillIn(tab, cards.good);
    await told;
  }
  await pay(page);
  // The other tab wrote where it goes to last.
  await page.getByText("The e-mail address was changed in another tab.").waitFor();
  await pay(page);
  const sessionId = await untilDone(page);
  // Looked at again, the tab sees that it was paid; pressed before that, its press leads to the same.
  await pay(other).catch(() => undefined);
  const shown = other
    .getByRole("heading", { name: says("en", "checkout.refused.ownedTitle") })
    .or(other.getByRole("heading", { level: 3, name: title }));
  await shown.waitFor();
  assert.equal((await chargesOf(sessionId)).length, 1);
});

test("a download is its buyer's alone, and a link that has run out leads to a new one", async (t) => {
  const { productId, title } = await sold(t, zipFile(10));
  const { page, expect } = await openVisitor(t, { baseUrl: webUrl, locale: "ko-KR" });
  expect(/410/);
  await page.goto(`/checkout/${productId}`);
  await page.getByLabel(words.ko.email, { exact: true }).fill(fresh("bo"));
  await writeGoodCard(page, "ko");
  await pay(page, "ko");
  const sessionId = await untilDone(page);
  await page.getByRole("heading", { level: 3, name: title }).waitFor();
  const answer = await page.request.get(`/api/products/${productId}/download`);
  const link = new URL(((await answer.json()) as { data: { url: string } }).data.url, webUrl);
  const orderId = link.searchParams.get("order") ?? "";

  const eve = await openVisitor(t, { baseUrl: webUrl });
  eve.expect(/4\d\d/);
  await addToCart(eve.page, first(dollars).title, "en");
  for (const path of [`/checkout/success/${orderId}`, `/orders/${orderId}`, `/checkout/success/session/${sessionId}`]) {
    await eve.page.goto(path);
    await eve.page.getByRole("heading", { level: 1 }).waitFor();
    assert.equal(await eve.page.getByText(title).count(), 0, `${path} shows nothing of it`);
  }
  // It may be their own, bought elsewhere: there is a way to it by mail.
  await eve.page.getByRole("heading", { level: 1, name: says("en", "checkout.done.elsewhereTitle") }).waitFor();
  await eve.page.getByRole("link", { name: says("en", "checkout.done.elsewhereWay") }).click();
  await eve.page.getByText(says("en", "orders.lookUp.elsewhere")).waitFor();
  assert.equal((await eve.page.request.get(`/api/products/${productId}/download`)).status(), 403);

  link.searchParams.set("expires", "1700000000");
  const response = await page.goto(link.href);
  assert.equal(response?.status(), 410);
  await page.getByText("만료된 링크입니다.").waitFor();
  await page.getByRole("link", { name: "보관함으로" }).click();
  await page.getByRole("heading", { level: 2, name: title }).waitFor();
});

/** Whoever asks for this is told no, until they are let. */
async function withheld(page: Page, address: RegExp): Promise<() => Promise<void>> {
  const error = { code: "forbidden", message: "Not just now." };
  await page.route(address, (route) => route.fulfill({ status: 403, json: { success: false, error } }));
  return async () => await page.unroute(address);
}

test("files that could not be looked up are asked for again, and are over only once that is known", async (t) => {
  const { productId, title } = await sold(t, zipFile(10));
  const { page, expect } = await openVisitor(t, { baseUrl: webUrl });
  expect(/403/);
  await page.goto(`/checkout/${productId}`);
  await fillIn(page, cards.good);
  const letOrders = await withheld(page, /\/api\/orders\?/);
  const letLibrary = await withheld(page, /\/api\/v1\/library\?/);
  await pay(page);
  await untilDone(page);
  const alert = page.getByRole("alert").filter({ hasText: "Not just now." });
  const retry = alert.getByRole("button", { name: says("en", "ui.retry") });
  await alert.waitFor();
  await assertAccessible(page, "bought files that could not be looked up");
  await letOrders();
  await retry.click();
  await page.getByRole("heading", { level: 3, name: title }).waitFor();
  // The library, now: in its place beside the receipt.
  const refused = page.waitForResponse((answer) => /\/library\?/.test(answer.url()) && answer.status() === 403);
  await retry.click();
  await refused;
  await page.locator("li[data-product]").filter({ has: alert }).waitFor();
  await letLibrary();
  await retry.click();
  await page
    .getByRole("button", { name: `Download ${title}` })
    .and(page.locator(":enabled"))
    .waitFor();

  const [bought] = await inDatabase<{ order_number: string }>(
    "update access.holding set frozen_at = now() where product_id = $1 returning order_number",
    [productId],
  );
  const over = says("en", "orders.detail.accessOver");
  const address = `/orders/${bought?.order_number}`;
  const drawn = await (await page.request.get(address)).text();
  assert.ok(
    drawn.includes(`aria-label="Download ${title}"`) && !drawn.includes(`>${over}<`),
    "the server does not know, and says nothing",
  );
  const letAgain = await withheld(page, /\/api\/v1\/library\?/);
  await page.goto(address);
  await alert.waitFor();
  assert.equal(await page.getByText(over).count(), 0);
  await letAgain();
  await retry.click();
  await page.getByText(says("en", "library.frozen")).waitFor();
  await inDatabase(
    "update access.holding set frozen_at = null, revoked_at = now(), revoke_reason = 'refund' where product_id = $1",
    [productId],
  );
  await page.reload();
  await page.getByText(over).waitFor();
});
