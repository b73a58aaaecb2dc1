/** What the sandbox's sellers sell, bought in a real browser: several files at once, beside things that are sent. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import { errors } from "@muse/contracts/error";
import { demoSellers } from "../../server/src/seed/demo-goods.ts";
import { assertAccessible } from "./axe.ts";
import { sharedSystem } from "./global-setup.ts";
import { chargesOf, inDatabase } from "./outside.ts";
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
import { closeBrowser, narrow, openVisitor } from "./visitor.ts";

const { webUrl, sandboxUrl } = sharedSystem();
const goods = demoSellers.flatMap(({ products }) => products);
const won = goods.filter(({ currency }) => currency === "KRW");
const dollars = goods.filter(({ currency }) => currency === "USD");

after(closeBrowser);

const unique = (): string => `${Date.now().toString(36)}${process.pid}`;

async function idOf(title: string): Promise<string> {
  const rows = await inDatabase<{ product_id: string }>(
    "select product_id from catalog.product where title = $1 and kind = 'digital' and is_active order by created_at limit 1",
    [title],
  );
  return rows[0]?.product_id ?? assert.fail(`nobody sells ${title}`);
}

/** By its page's button, as a person does it. */
async function addToCart(page: Page, title: string, language: Language): Promise<void> {
  await page.goto(`/products/${await idOf(title)}`);
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
  await page.getByRole("button", { name: words[language].add }).click();
  await page.getByText(says(language, "cart.added").replace("{title}", title)).first().waitFor();
}

/** Agrees and downloads; what comes is what its seller put up. */
async function downloadAll(page: Page, bought: typeof goods, language: Language): Promise<void> {
  for (const { title, file } of bought) {
    const good = page.locator("li[data-product]").filter({ has: page.getByRole("heading", { name: title }) });
    await good.getByRole("checkbox").check();
    const name = says(language, "checkout.digital.downloadOf").replace("{title}", title);
    const [saved] = await Promise.all([page.waitForEvent("download"), good.getByRole("button", { name }).click()]);
    assert.equal(saved.suggestedFilename(), file.name);
    assert.ok((await readFile(await saved.path())).equals(await file.make()), `${file.name}, byte for byte`);
  }
}

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

test("in Korean three files for won are found, paid with one payment, downloaded whole, and owned", async (t) => {
  const { page, expect } = await openVisitor(t, { baseUrl: webUrl, viewport: narrow, locale: "ko-KR" });
  const email = `han.${unique()}@example.com`;
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
  await untilDone(page);
  await page.getByRole("heading", { level: 1, name: says("ko", "checkout.done.filesTitle") }).waitFor();
  assert.deepEqual(await wonChargesOf(email), [Number(toPay.replaceAll(",", ""))], "one payment for all");
  await downloadAll(page, won, "ko");
  await assertAccessible(page, "three files that were bought");

  await page.goto("/cart");
  await page.getByText(says("ko", "cart.emptyTitle")).waitFor();
  expect(/409/);
  const [owned] = won;
  await page.goto(`/checkout/${await idOf(owned?.title ?? "")}`);
  await page.getByRole("heading", { name: says("ko", "checkout.digital.ownedTitle") }).waitFor();
  await page.getByText(errors.already_purchased.message.ko).waitFor();
});

test("things of two stores and files of two sellers are paid by card at once", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl });
  const [notebook, palettes] = [dollars[0], dollars.at(-1)].filter((good) => good !== undefined);
  assert.ok(notebook !== undefined && palettes !== undefined);
  await fillCart(page, ["harbor-main", "fernwood"]);
  for (const { title } of [notebook, palettes]) await addToCart(page, title, "en");
  await page.goto("/checkout");
  await writeAddress(page, { email: `both.${unique()}@example.com` });
  await writeCard(page, cards.good);
  const toPay = amountIn(await page.getByRole("button", { name: words.en.pay }).textContent());
  await pay(page);
  const sessionId = await untilDone(page);
  await page.getByRole("heading", { name: says("en", "checkout.done.title") }).waitFor();
  assert.deepEqual(await chargesOf(sessionId), [Math.round(Number(toPay.replace(/[$,]/g, "")) * 100)]);
  for (const store of ["Harbor", "Fernwood"]) {
    await page.getByRole("listitem").filter({ hasText: store }).first().waitFor();
  }
  await downloadAll(page, [notebook, palettes], "en");
  await assertAccessible(page, "files and things that were bought");
});

for (const { language, locale } of [
  { language: "en", locale: "en-US" },
  { language: "ko", locale: "ko-KR" },
] as const) {
  test(`a cart of two currencies is told of, and is not checked out (${language})`, async (t) => {
    const { page, expect } = await openVisitor(t, { baseUrl: webUrl, locale });
    expect(/409/);
    for (const { title } of [dollars[0], won[0]].filter((good) => good !== undefined))
      await addToCart(page, title, language);
    await page.goto("/cart");
    await page
      .getByRole("alert")
      .filter({ hasText: says(language, "cart.mixedCurrency") })
      .waitFor();
    await assertAccessible(page, "a cart of two currencies");
    await page.goto("/checkout");
    await page.getByText(errors.mixed_currency.message[language]).waitFor();
    assert.equal(await page.getByTestId("pay").count(), 0, "nothing can be paid");
  });
}

test("a seller is told that a product is their own", async (t) => {
  const { page, expect } = await openVisitor(t, { baseUrl: webUrl });
  expect(/409/);
  await page.goto("/sign-in?next=%2Fsell");
  await page.locator('input[name="email"]').fill("seller@muse.test");
  await page.locator('input[name="password"]').fill("muse-demo");
  await page.locator('button[type="submit"]').last().click();
  await page.waitForURL("**/sell");
  await page.goto(`/products/${await idOf(dollars[0]?.title ?? "")}`);
  await page.getByRole("link", { name: says("en", "catalog.product.buyNow") }).click();
  await page.getByRole("heading", { name: says("en", "checkout.digital.cannotTitle") }).waitFor();
  await page.getByText(errors.self_purchase.message.en).waitFor();
});
