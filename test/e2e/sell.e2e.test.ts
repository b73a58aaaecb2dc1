/** From a seller's disk to a buyer's, in a real browser: signing up, a product, its file, its sale, its download. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import { openPool } from "../../server/src/platform/db/pool.ts";
import { buyFile } from "../../server/test/digital.ts";
import { assertAccessible } from "./axe.ts";
import { unique } from "./fresh.ts";
import { sharedSystem } from "./global-setup.ts";
import { closeBrowser, narrow, openVisitor, wide } from "./visitor.ts";

const { webUrl, databaseUrl } = sharedSystem();
const pool = openPool({ connectionString: databaseUrl, connectionMax: 2, applicationName: "e2e sell" });

after(async () => {
  await pool.end();
  await closeBrowser();
});

/** Makes an account and goes where it was wanted. */
async function signUp(page: Page, name: string, next: string): Promise<string> {
  const email = `${name.toLowerCase()}.${unique()}@example.com`;
  await page.goto(`/sign-up?next=${encodeURIComponent(next)}`);
  await page.locator('input[name="name"]').fill(name);
  await page.locator('input[name="email"]').fill(email);
  await page.locator('input[name="password"]').fill("a password of my own");
  await page.locator('button[type="submit"]').last().click();
  await page.waitForURL(`**${next}`);
  const { rows } = await pool.query<{ id: string }>(`select id from account."user" where email = $1`, [email]);
  return rows[0]?.id ?? "";
}

test("a file is put up for sale, bought, downloaded byte for byte and reviewed; its seller sees what came of it", async (t) => {
  const { page, expect } = await openVisitor(t, { baseUrl: webUrl, viewport: wide });
  // Publishing before there is a file.
  expect(/409/);
  const title = `Han river ${unique()}`;
  const content = Buffer.concat([Buffer.from("504b0304", "hex"), randomBytes(4_500_000)]);
  await openStore(page);
  const productId = await publish(page, title, content);

  const shopper = await openVisitor(t, { baseUrl: webUrl, viewport: narrow });
  const buyerId = await signUp(shopper.page, "Bo", "/library");
  await shopper.page.getByText("Nothing here yet").waitFor();
  await buyFile(pool, { productId }, buyerId);
  await takeHome(shopper.page, title, content);
  await review(shopper.page);

  await page.goto(`/products/${productId}`);
  await page.getByText("A buyer: 4 of 5").waitFor();
  await page.goto("/sell");
  await page.getByText("$11.25", { exact: true }).first().waitFor();
  await assertAccessible(page, "a seller's figures");
  await page.getByRole("link", { name: "Sales", exact: true }).click();
  await page
    .getByRole("row", { name: new RegExp(title) })
    .getByText("$11.25")
    .waitFor();
  await assertAccessible(page, "a seller's sales");
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download CSV" }).click(),
  ]);
  assert.match(await readFile(await saved.path(), "utf8"), /total,1,,,,USD,12\.50,0\.00,,1\.25,11\.25/);
});

/** Signs up to sell, after having been told what is missing. */
async function openStore(page: Page): Promise<void> {
  await signUp(page, "Hana", "/sell");
  await page.getByRole("button", { name: "Start selling" }).click();
  await page.getByText("Read the contract and tick the box.").waitFor();
  await assertAccessible(page, "signing up to sell, with a complaint");
  await page.getByLabel("I have read the seller contract and agree to it.").check();
  await page.getByRole("button", { name: "Start selling" }).click();
  await page.getByText("Nothing has been published yet.").waitFor();
}

async function publish(page: Page, title: string, content: Buffer): Promise<string> {
  await page.getByRole("link", { name: "Make a product" }).click();
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("Price before tax").fill("12.50");
  await page.getByRole("button", { name: "Make the draft" }).click();
  await page.waitForURL(/\/sell\/products\/prd_\w+$/);
  await page.getByRole("button", { name: "Publish" }).click();
  await page.getByRole("alert").filter({ hasText: "Add at least one file" }).waitFor();
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: "han.zip", mimeType: "application/zip", buffer: content });
  await page.getByRole("listitem").filter({ hasText: "han.zip" }).getByText("4.5 MB", { exact: false }).waitFor();
  await assertAccessible(page, "a product that is worked on");
  await page.getByRole("button", { name: "Publish" }).click();
  await page.getByText("It is on sale.").waitFor();
  await page.getByRole("link", { name: "See it in the shop" }).click();
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}

async function takeHome(page: Page, title: string, content: Buffer): Promise<void> {
  await page.reload();
  await page.getByRole("heading", { level: 2, name: title }).waitFor();
  await assertAccessible(page, "a library");
  await page.getByRole("button", { name: "Download han.zip" }).click();
  await page.getByRole("dialog").getByText("my right to withdraw").waitFor();
  await assertAccessible(page, "what is asked before the first download");
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Agree and download" }).click(),
  ]);
  assert.equal(saved.suggestedFilename(), "han.zip");
  assert.ok((await readFile(await saved.path())).equals(content), "byte for byte");
  await page.getByText(/You agreed on/).waitFor();
  await page.getByText("Downloaded once").waitFor();
}

async function review(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Write a review" }).click();
  await page.getByLabel("How is it?").selectOption("4");
  await page.getByLabel("In your words").fill("Letters one can read.");
  await page.getByRole("button", { name: "Save review" }).click();
  await page.getByText("4 stars").waitFor();
}

test("in Korean and narrow a seller's pages say everything in Korean", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl, viewport: narrow, locale: "ko-KR" });
  await signUp(page, "Min", "/sell");
  await page.getByLabel("판매자 약관을 읽었으며 동의합니다.").check();
  await page.getByRole("button", { name: "판매 시작" }).click();
  await page.getByRole("link", { name: "상품 만들기" }).click();
  await page.getByLabel("제목").fill("한강 글꼴");
  await page.getByLabel("통화").selectOption("KRW");
  await page.getByLabel("세전 가격").fill("12,000");
  await page.getByRole("button", { name: "초안 만들기" }).click();
  await page.getByRole("heading", { level: 1, name: "한강 글꼴" }).waitFor();
  await assertAccessible(page, "a draft in Korean");
  await page.goto("/sell/products");
  await page.getByText("₩12,000").waitFor();
  await page.getByRole("link", { name: "한강 글꼴" }).click();
  await page.getByRole("button", { name: "초안 삭제" }).click();
  await page.getByRole("dialog", { name: "이 초안을 삭제할까요?" }).getByText("한강 글꼴").waitFor();
  await page.getByRole("button", { name: "완전히 삭제" }).click();
  await page.getByText("초안을 삭제했습니다.").waitFor();
  await page.getByText("아직 상품이 없습니다").waitFor();
  await page.goto("/library");
  await page.getByText("아직 비어 있습니다").waitFor();
});

test("a draft is deleted with its files, after a question that the keyboard answers, and the list is read on", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl, viewport: wide });
  await openStore(page);
  await page.getByRole("link", { name: "Make a product" }).click();
  await page.getByLabel("Title").fill("Never mind");
  await page.getByLabel("Price before tax").fill("12.50");
  await page.getByRole("button", { name: "Make the draft" }).click();
  await page.waitForURL(/\/sell\/products\/prd_\w+$/);
  const content = Buffer.from("504b0304", "hex");
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: "a.zip", mimeType: "application/zip", buffer: content });
  await page.getByRole("listitem").filter({ hasText: "a.zip" }).waitFor();

  const opener = page.getByRole("button", { name: "Delete draft" });
  const focused = page.locator(":focus");
  await opener.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Delete this draft?" }).getByText("Never mind").waitFor();
  await assertAccessible(page, "what is asked before a draft is deleted");
  await page.keyboard.press("Escape");
  await opener.and(focused).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Delete for good" }).press("Enter");
  await page.getByText("The draft is deleted.").waitFor();
  await page.waitForURL(/\/sell\/products$/);
  await page.getByText("You have no products yet.").waitFor();
  await page.getByRole("heading", { level: 1, name: "Products" }).and(focused).waitFor();
  await assertAccessible(page, "a seller's products after one is deleted");
});

test("a seller of many products has them by the page, the newest first", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl, viewport: wide });
  const accountId = await signUp(page, "Mina", "/sell");
  await page.getByLabel("I have read the seller contract and agree to it.").check();
  await page.getByRole("button", { name: "Start selling" }).click();
  await page.getByText("Nothing has been published yet.").waitFor();
  await pool.query(
    `insert into seller.product (product_id, account_id, currency, title, price_minor, created_at)
     select 'prd_' || md5($1 || n), $1, 'USD', 'Typeface ' || n, 1000, now() + n * interval '1 second' from generate_series(1, 51) n`,
    [accountId],
  );
  await page.goto("/sell/products");
  await page.getByText("Typeface 51", { exact: true }).waitFor();
  assert.equal(await page.getByText("Typeface 1", { exact: true }).count(), 0);
  await assertAccessible(page, "a seller's many products");
  await page.getByRole("link", { name: "Page 2" }).click();
  await page.getByText("Typeface 1", { exact: true }).waitFor();
  assert.equal(new URL(page.url()).search, "?page=2");
  assert.equal(await page.getByText(/^Typeface/).count(), 1);
});

test("nobody else's product has a page, and nobody's at all asks to sign in first", async (t) => {
  const { page, expect } = await openVisitor(t, { baseUrl: webUrl });
  expect(/404/);
  await page.goto("/sell/products");
  await page.waitForURL(/\/sign-in\?next=/);
  await signUp(page, "Eve", "/sell");
  await page.getByLabel("I have read the seller contract and agree to it.").check();
  await page.getByRole("button", { name: "Start selling" }).click();
  await page.getByText("Nothing has been published yet.").waitFor();
  const response = await page.goto("/sell/products/prd_000000000000000000000000");
  assert.equal(response?.status(), 404);
});
