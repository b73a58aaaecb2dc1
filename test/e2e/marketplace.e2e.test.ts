/** What the sandbox's sellers sell, bought in a real browser: several files at once, beside things that are sent. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import { waiverWords } from "@muse/contracts/withdrawal-waiver";
import { assertAccessible } from "./axe.ts";
import {
  addToCart,
  assertCartEmpty,
  assertNothingKept,
  dollars,
  download,
  downloadAll,
  goodOf,
  idOf,
  receiptOf,
  won,
  writeGoodCard,
  type Good,
} from "./files.ts";
import { fresh } from "./fresh.ts";
import { sharedSystem } from "./global-setup.ts";
import { chargesOf, inDatabase, letterTo } from "./outside.ts";
import { says } from "./scenes/says.ts";
import {
  amountIn,
  cards,
  fillCart,
  pay,
  untilDone,
  words,
  writeAddress,
  writeCard,
  type Language,
} from "./shopping.ts";
import { atBothWidths, closeBrowser, narrow, openVisitor } from "./visitor.ts";

const { webUrl, sandboxUrl } = sharedSystem();

after(closeBrowser);

async function wonChargesOf(email: string): Promise<number[]> {
  const rows = await inDatabase<{ order_id: string }>(
    "select t.order_id from payment.toss_order t join checkout.session s using (session_id) where s.contact_email = $1",
    [email],
  );
  const ours = new Set(rows.map((row) => row.order_id));
  const answer = await fetch(new URL("/records?part=toss&kind=charge&limit=1000", sandboxUrl));
  const { records } = (await answer.json()) as { records: { data: { orderId: string; amount: number } }[] };
  return records.filter(({ data }) => ours.has(data.orderId)).map(({ data }) => data.amount);
}

/** Each receipt names its own file alone; the whole checkout's names them all, and what was agreed to. */
async function assertReceipts(page: Page, bought: readonly Good[], language: Language): Promise<void> {
  const titlesIn = (text: string): string[] => bought.map(({ title }) => title).filter((title) => text.includes(title));
  for (const { title } of bought) {
    const link = goodOf(page, title).getByRole("link", { name: says(language, "checkout.digital.receipt") });
    assert.deepEqual(titlesIn(await receiptOf(page, link)), [title], "a receipt of one");
  }
  const link = page.getByRole("link", { name: says(language, "checkout.done.receipt"), exact: true }).last();
  const whole = await receiptOf(page, link);
  assert.deepEqual(
    titlesIn(whole),
    bought.map(({ title }) => title),
    "the receipt of all",
  );
  assert.equal(whole.replaceAll("\n", " ").split(waiverWords[language].slice(0, 20)).length, bought.length + 1);
}

/** Each product's own page says that it is there, and hands it out; what is agreed to once is not asked again. */
async function assertOwnPages(page: Page, bought: readonly Good[], language: Language): Promise<void> {
  const links = await page.locator("li[data-product] a[download]").all();
  const paths = await Promise.all(links.map(async (link) => (await link.getAttribute("href")) ?? ""));
  const orderIds = paths.map((path) => /MO-\w+/.exec(path)?.[0] ?? assert.fail(path));
  assert.equal(orderIds.length, bought.length);
  for (const orderId of orderIds) {
    await page.goto(`/checkout/success/${orderId}`);
    await page.getByRole("heading", { level: 1, name: says(language, "checkout.digital.title") }).waitFor();
    const { title, file } = await shownOf(page, bought);
    const { content } = await download(page, title, language, false);
    assert.ok(content.equals(await file.make()), `${file.name}, again`);
  }
  await assertAccessible(page, "one file that was bought");
}

async function shownOf(page: Page, bought: readonly Good[]): Promise<Good> {
  const shown = (await page.locator("li[data-product] h3").first().textContent()) ?? "";
  return bought.find(({ title }) => title === shown) ?? assert.fail(`bought no ${shown}`);
}

test("in Korean three files for won are found, paid with one payment, downloaded whole, and owned", async (t) => {
  const { page, expect } = await openVisitor(t, { baseUrl: webUrl, viewport: narrow, locale: "ko-KR" });
  const email = fresh("han");
  await page.goto("/browse?q=원고지");
  await page.getByText("Mina Maker · 다운로드 파일").waitFor();
  for (const { title } of won) await addToCart(page, title, "ko");
  await page.goto("/cart");
  await assertAccessible(page, "a cart of files for won");
  await page.getByRole("link", { name: words.ko.checkOut }).first().click();
  await page.getByLabel(words.ko.email, { exact: true }).fill(email);
  await page.frameLocator('iframe[title="TossPayments 결제수단"]').getByText("신용·체크카드").waitFor();
  const toPay = /₩([\d,]+)/.exec((await page.getByTestId("pay").textContent()) ?? "")?.[1] ?? "";
  await page.getByTestId("pay").click();
  await page.waitForURL(/\/toss-window\/tviva/);
  await page.getByRole("button", { name: "결제하기" }).click();
  const sessionId = await untilDone(page);
  await page.getByRole("heading", { level: 1, name: says("ko", "checkout.done.filesTitle") }).waitFor();
  assert.deepEqual(await wonChargesOf(email), [Number(toPay.replaceAll(",", ""))], "one payment for all");
  await downloadAll(page, won, "ko");
  await assertReceipts(page, won, "ko");
  await assertAccessible(page, "three files that were bought");
  await assertOwnPages(page, won, "ko");
  await page.goto(`/checkout/success/session/${sessionId}`);
  await page.getByRole("heading", { level: 1, name: says("ko", "checkout.done.filesTitle") }).waitFor();
  await assertCartEmpty(page, "ko");
  assert.ok((await letterTo(email, /./)).text.includes(won[0]?.title ?? "nothing"), "a letter tells of it");

  expect(/409/);
  await page.goto(`/checkout/${await idOf(won[0]?.title ?? "")}`);
  await page.getByRole("heading", { name: says("ko", "checkout.refused.ownedTitle") }).waitFor();
  await page.getByRole("link", { name: says("ko", "checkout.refused.ownedWay") }).click();
  await page.waitForURL("**/library");
  for (const { title } of won) await page.getByRole("heading", { level: 2, name: title }).waitFor();
});

atBothWidths("a guest pays for three files in dollars by one card, and has them whole", async (t, viewport) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl, viewport });
  const bought = dollars.slice(0, 3);
  for (const { title } of bought) await addToCart(page, title, "en");
  await page.goto("/cart");
  await page.getByRole("link", { name: words.en.checkOut, exact: true }).click();
  await page.getByLabel(words.en.email, { exact: true }).fill(fresh("dora"));
  assert.equal(await page.getByLabel(words.en.street, { exact: true }).count(), 0, "nobody asks where it goes");
  await writeGoodCard(page, "en");
  const toPay = amountIn(await page.getByTestId("pay").textContent());
  await pay(page);
  const sessionId = await untilDone(page);
  await page.getByRole("heading", { level: 1, name: says("en", "checkout.done.filesTitle") }).waitFor();
  assert.deepEqual(await chargesOf(sessionId), [Math.round(Number(toPay.replace(/[$,]/g, "")) * 100)]);
  await downloadAll(page, bought, "en");
  await assertNothingKept(page);
  await assertReceipts(page, bought, "en");
  await assertOwnPages(page, bought, "en");
  await assertCartEmpty(page, "en");
});

test("things of two stores and files of two sellers are paid by card at once", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl });
  const files = [dollars[0], dollars.at(-1)].filter((good) => good !== undefined);
  await fillCart(page, ["harbor-main", "fernwood"]);
  for (const { title } of files) await addToCart(page, title, "en");
  await page.goto("/checkout");
  await writeAddress(page, { email: fresh("both") });
  await writeCard(page, cards.good);
  const toPay = amountIn(await page.getByRole("button", { name: words.en.pay }).textContent());
  await pay(page);
  const sessionId = await untilDone(page);
  await page.getByRole("heading", { name: says("en", "checkout.done.title") }).waitFor();
  assert.deepEqual(await chargesOf(sessionId), [Math.round(Number(toPay.replace(/[$,]/g, "")) * 100)]);
  for (const store of ["Harbor", "Fernwood"]) {
    await page.getByRole("listitem").filter({ hasText: store }).first().waitFor();
  }
  await downloadAll(page, files, "en");
  await assertReceipts(page, files, "en");
  await assertAccessible(page, "files and things that were bought");
  await assertCartEmpty(page, "en");
});

for (const { language, locale, sign } of [
  { language: "en", locale: "en-US", sign: "$" },
  { language: "ko", locale: "ko-KR", sign: "₩" },
] as const) {
  test(`by price the reader's own currency comes first, and the page says so (${language})`, async (t) => {
    const { page } = await openVisitor(t, { baseUrl: webUrl, locale });
    await page.goto("/browse?sort=price_asc");
    await page.getByText(says(language, "catalog.browse.eachCurrency")).waitFor();
    await page.getByRole("article").first().getByText(sign).waitFor();
    await page.goto("/browse?sort=price_asc&max=20");
    await page.getByRole("article").first().getByText("$").waitFor();
    assert.equal(await page.getByText(says(language, "catalog.browse.eachCurrency")).count(), 0, "a limit leaves one");
  });
}
