/** Files that cannot be bought, in both languages: what their shopper reads, and what they can do about it. */
import assert from "node:assert/strict";
import { after, test, type TestContext } from "node:test";
import type { Page } from "playwright-core";
import { errors } from "@muse/contracts/error";
import { openPool } from "../../server/src/platform/db/pool.ts";
import { buyFile } from "../../server/test/digital.ts";
import { assertAccessible } from "./axe.ts";
import { accountOf, addToCart, dollars, first, idOf, publish, won, writeGoodCard, type Published } from "./files.ts";
import { fresh, unique } from "./fresh.ts";
import { sharedSystem } from "./global-setup.ts";
import { chargesOf, inDatabase } from "./outside.ts";
import { says } from "./scenes/says.ts";
import { pay, untilDone, words, type Language } from "./shopping.ts";
import { closeBrowser, narrow, openVisitor, wide, type Visitor } from "./visitor.ts";

const { webUrl, databaseUrl } = sharedSystem();
const pool = openPool({ connectionString: databaseUrl, connectionMax: 2, applicationName: "e2e refused files" });

after(async () => {
  await pool.end();
  await closeBrowser();
});

const readers = [
  { language: "en", locale: "en-US", viewport: wide },
  { language: "ko", locale: "ko-KR", viewport: narrow },
] as const;
type Reader = (typeof readers)[number];

function inBothLanguages(name: string, body: (t: TestContext, reader: Reader) => Promise<void>): void {
  for (const reader of readers) test(`${name} (${reader.language})`, (t) => body(t, reader));
}

async function shopper(t: TestContext, { locale, viewport }: Reader): Promise<Visitor> {
  const visitor = await openVisitor(t, { baseUrl: webUrl, locale, viewport });
  // Each refusal is an answer that the browser notes, too.
  visitor.expect(/409/);
  return visitor;
}

async function sold(t: TestContext, reader: Reader, editionLimit?: number): Promise<Published> {
  const seller = await openVisitor(t, { baseUrl: webUrl });
  const title = `${reader.language === "ko" ? "한강 글꼴" : "Han river"} ${unique()}`;
  return await publish(seller.page.request, webUrl, { title, ...(editionLimit === undefined ? {} : { editionLimit }) });
}

const buyAway = async (productId: string): Promise<unknown> => await buyFile(pool, { productId });

/** What the cart says of its only line; it cannot be checked out, and taking the line out is one click. */
async function assertStopped(page: Page, language: Language, reason: string, title: string): Promise<void> {
  await page.goto("/cart");
  await page
    .getByRole("status")
    .filter({ hasText: says(language, reason) })
    .waitFor();
  await page.getByText(says(language, "cart.blocked")).waitFor();
  assert.equal(await page.getByRole("link", { name: words[language].checkOut, exact: true }).count(), 0);
  await assertAccessible(page, `a cart with what cannot be bought: ${reason}`);
  await page.goto("/checkout");
  await page.getByRole("heading", { level: 1, name: says(language, "checkout.cannotTitle") }).waitFor();
  await page.getByRole("alert").filter({ hasText: title }).waitFor();
}

async function takeOut(page: Page, language: Language): Promise<void> {
  await page.getByRole("button", { name: says(language, "checkout.remove"), exact: true }).click();
  await page.getByRole("heading", { name: says(language, "checkout.emptyTitle") }).waitFor();
}

/** To a form with everything in it but the press. */
async function readyToPay(page: Page, productId: string, language: Language): Promise<void> {
  await page.goto(`/checkout/${productId}`);
  await page.getByLabel(words[language].email, { exact: true }).fill(fresh("bo"));
  await writeGoodCard(page, language);
}

async function sessionsOf(page: Page): Promise<string[]> {
  const rows = await inDatabase<{ session_id: string }>(
    "select session_id from checkout.session where account_id = $1",
    [await accountOf(page)],
  );
  return rows.map(({ session_id: id }) => id);
}

async function assertNothingCharged(page: Page): Promise<void> {
  for (const sessionId of await sessionsOf(page)) assert.deepEqual(await chargesOf(sessionId), []);
}

inBothLanguages("a cart of two currencies is bought one after the other, and loses nothing", async (t, reader) => {
  const { language } = reader;
  const { page } = await shopper(t, reader);
  for (const { title } of [first(dollars), first(won)]) await addToCart(page, title, language);
  await page.goto("/checkout");
  await page.getByText(errors.mixed_currency.message[language]).waitFor();
  assert.equal(await page.getByTestId("pay").count(), 0, "nothing can be paid");
  await assertAccessible(page, "a checkout of two currencies");
  for (const [currency, goods] of [
    ["USD", dollars],
    ["KRW", won],
  ] as const) {
    await page.getByRole("link", { name: says(language, `checkout.only.${currency}`) }).click();
    await page.getByTestId("pay").waitFor();
    await page.waitForURL(`**/checkout?currency=${currency}`);
    const parts = goods === won ? [won, dollars] : [dollars, won];
    const [its = 0, others = 0] = await Promise.all(
      parts.map((part) => page.getByText(first(part).title, { exact: true }).count()),
    );
    assert.ok(its > 0 && others === 0, `a form for ${currency} alone`);
    await page.goBack();
    await page.getByText(errors.mixed_currency.message[language]).waitFor();
    assert.equal(await page.getByTestId("pay").count(), 0, "and of both there is none");
  }

  await page.goto("/cart");
  const alert = page.getByRole("alert").filter({ hasText: says(language, "cart.mixedCurrency") });
  await alert.waitFor();
  assert.ok(errors.mixed_currency.message[language].startsWith(says(language, "cart.mixedCurrency")), "the same words");
  await assertAccessible(page, "a cart of two currencies");
  const [now, later] = language === "ko" ? (["KRW", "USD"] as const) : (["USD", "KRW"] as const);
  await page.getByRole("link", { name: says(language, `cart.checkoutIn.${now}`) }).click();
  await page.waitForURL(`**/checkout?currency=${now}`);
  await page.getByLabel(words[language].email, { exact: true }).fill(fresh("two"));
  if (now === "KRW") {
    await page.frameLocator('iframe[title="TossPayments 결제수단"]').getByText("신용·체크카드").waitFor();
    await page.getByTestId("pay").click();
    await page.waitForURL(/\/toss-window\/tviva/);
    // Thinking again leads back to the same part of the cart.
    await page.getByRole("button", { name: "취소" }).click();
    await page.waitForURL(`**/checkout?currency=${now}`);
    await page.frameLocator('iframe[title="TossPayments 결제수단"]').getByText("신용·체크카드").waitFor();
    await page.getByTestId("pay").click();
    await page.waitForURL(/\/toss-window\/tviva/);
    await page.getByRole("button", { name: "결제하기" }).click();
  } else {
    await writeGoodCard(page, language);
    await pay(page, language);
  }
  await untilDone(page);
  await page.getByRole("heading", { level: 1, name: says(language, "checkout.done.filesTitle") }).waitFor();
  await page.goto("/cart");
  const left = first(later === "KRW" ? won : dollars).title;
  await page.getByRole("link", { name: left, exact: true }).waitFor();
  assert.equal(await page.getByRole("alert").filter({ hasText: /\w/ }).count(), 0, "nothing is wrong any more");
  await page.getByRole("link", { name: words[language].checkOut, exact: true }).click();
  await page.getByTestId("pay").waitFor();
});

inBothLanguages("what is owned is told of in the cart, at the checkout and for one product", async (t, reader) => {
  const { language } = reader;
  const { page } = await shopper(t, reader);
  const { title } = first(dollars);
  await addToCart(page, title, language);
  const productId = await idOf(title);
  await buyFile(pool, { productId }, await accountOf(page));
  // Its page offers it no more; an older tab's, or another program, still does.
  const again = await page.request.post("/api/v1/cart/items", { data: { productId }, headers: { origin: webUrl } });
  assert.ok(again.ok(), await again.text());
  await assertStopped(page, language, "cart.unavailable.already_purchased", title);
  await page.getByText(errors.already_purchased.message[language]).waitFor();
  await page.getByRole("link", { name: says(language, "checkout.digital.toLibrary") }).waitFor();
  await takeOut(page, language);
  await page.goto(`/products/${await idOf(title)}`);
  await page.getByText(says(language, "catalog.product.owned")).waitFor();
  assert.equal(await page.getByRole("button", { name: words[language].add }).count(), 0, "there is nothing to buy");
  await page.getByRole("link", { name: says(language, "catalog.product.toLibrary") }).waitFor();
  await assertAccessible(page, "the page of a file that is owned already");
  await page.goto(`/checkout/${await idOf(title)}`);
  await page.getByRole("heading", { name: says(language, "checkout.refused.ownedTitle") }).waitFor();
  await assertAccessible(page, "a file that is owned already");
  await page.getByRole("link", { name: says(language, "checkout.refused.ownedWay") }).click();
  await page.getByRole("heading", { level: 2, name: title }).waitFor();
});

inBothLanguages("a seller is told that a product is their own, before and at the checkout", async (t, reader) => {
  const { language } = reader;
  const { page } = await shopper(t, reader);
  const title = `Mine ${unique()}`;
  const { productId } = await publish(page.request, webUrl, { title });
  await addToCart(page, title, language);
  await assertStopped(page, language, "cart.unavailable.self_purchase", title);
  await page.getByText(errors.self_purchase.message[language]).waitFor();
  await takeOut(page, language);
  await page.goto(`/products/${productId}`);
  await page.getByRole("link", { name: says(language, "catalog.product.buyNow") }).click();
  await page.getByRole("heading", { name: says(language, "checkout.refused.ownTitle") }).waitFor();
  await page.getByRole("link", { name: says(language, "checkout.refused.ownWay") }).click();
  await page.waitForURL("**/sell/products");
});

inBothLanguages("what has become the shopper's own is told of at the press, and not charged", async (t, reader) => {
  const { language } = reader;
  const { page } = await shopper(t, reader);
  await publish(page.request, webUrl, { title: `Mine ${unique()}` });
  const { productId } = await sold(t, reader);
  await readyToPay(page, productId, language);
  const change = "update catalog.product set seller_id = $1 where product_id = $2";
  await inDatabase(change, [await accountOf(page), productId]);
  await pay(page, language);
  await page.getByRole("heading", { name: says(language, "checkout.refused.ownTitle") }).waitFor();
  await assertNothingCharged(page);
});

inBothLanguages(
  "what its seller has withdrawn is told of in the cart, and not charged at the press",
  async (t, reader) => {
    const { language } = reader;
    const { page } = await shopper(t, reader);
    const inCart = await sold(t, reader);
    await addToCart(page, inCart.title, language);
    await inCart.withdraw();
    await assertStopped(page, language, "cart.unavailable.discontinued_digital", inCart.title);
    await page.getByText(errors.product_unavailable.message[language]).waitFor();
    await takeOut(page, language);

    const inHand = await sold(t, reader);
    await readyToPay(page, inHand.productId, language);
    await inHand.withdraw();
    await pay(page, language);
    await page.getByRole("heading", { name: says(language, "checkout.refused.goneTitle") }).waitFor();
    await page.getByText(says(language, "checkout.refused.goneBody")).waitFor();
    await assertNothingCharged(page);
  },
);

inBothLanguages("an edition that is sold out is so on its page, in the cart and at the press", async (t, reader) => {
  const { language } = reader;
  const visitor = await shopper(t, reader);
  const { page } = visitor;
  const edition = await sold(t, reader, 2);
  await addToCart(page, edition.title, language);
  await page.getByText(editionWords(language, 2)).waitFor();
  await buyAway(edition.productId);
  await buyAway(edition.productId);
  await assertStopped(page, language, "cart.unavailable.sold_out_digital", edition.title);
  await page.getByText(errors.out_of_stock.message[language]).waitFor();
  await takeOut(page, language);

  await page.goto(`/products/${edition.productId}`);
  await page.getByText(editionWords(language, 0)).waitFor();
  assert.ok(await page.getByRole("button", { name: says(language, "cart.soldOut"), exact: true }).isDisabled());
  assert.equal(await page.getByRole("link", { name: says(language, "catalog.product.buyNow") }).count(), 0);
  await assertAccessible(page, "an edition that is sold out");
  await page.goto(`/browse?q=${encodeURIComponent(edition.title)}`);
  await page
    .getByRole("article")
    .filter({ hasText: edition.title })
    .getByText(says(language, "catalog.tile.outOfStock"))
    .waitFor();

  const last = await sold(t, reader, 1);
  await readyToPay(page, last.productId, language);
  await buyAway(last.productId);
  await pay(page, language);
  await page.getByRole("heading", { name: says(language, "checkout.refused.soldOutTitle") }).waitFor();
  await page.getByText(says(language, "checkout.refused.soldOutBody")).waitFor();
  await assertAccessible(page, "an edition that went at the press");
  await assertNothingCharged(page);
});

function editionWords(language: Language, left: number): string {
  return language === "ko" ? `한정판: 2개 중 ${left}개 남음` : `Limited edition: ${left} copies of 2 left`;
}
