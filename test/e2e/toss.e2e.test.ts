import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import { fresh } from "./fresh.ts";
import { sharedSystem } from "./global-setup.ts";
import { assertAccessible } from "./axe.ts";
import { inDatabase, letterTo } from "./outside.ts";
import { untilDone, words, writeAddress } from "./shopping.ts";
import { closeBrowser, narrow, openVisitor, wide } from "./visitor.ts";

const { webUrl, sandboxUrl } = sharedSystem();
const storeId = "sto_won_paper";
const variantId = "var_won_paper";
const productId = "prd_won_paper";

after(closeBrowser);

/** A store that sells in won and is ordered from by hand. */
async function openPaperShop(): Promise<void> {
  await inDatabase(
    `insert into store.store (store_id, name, kind, currency, price_margin_bp) values ($1, '한지 상점', 'retailer', 'KRW', 300) on conflict do nothing`,
    [storeId],
  );
  await inDatabase(
    "insert into store.tier (store_id, position, method, timeout_ms) values ($1, 1, 'manual', 2000) on conflict do nothing",
    [storeId],
  );
  await inDatabase(
    `insert into quote.shipping_option (store_id, option_id, name, kind, amount_minor, per_item_minor, days_min, days_max, position)
     values ($1, 'standard', 'Standard', 'flat', 3000, 0, 3, 5, 0) on conflict do nothing`,
    [storeId],
  );
  await inDatabase(
    `insert into catalog.product (product_id, store_id, store_ref, kind, currency, title) values ($1, $2, $1, 'physical', 'KRW', '한지 공책') on conflict do nothing`,
    [productId, storeId],
  );
  await inDatabase(
    "insert into catalog.variant (variant_id, product_id, sku, price_minor) values ($1, $2, 'HANJI', 24000) on conflict do nothing",
    [variantId, productId],
  );
}

async function toPayment(page: Page, email: string): Promise<void> {
  await openPaperShop();
  await page.goto("/");
  const status = await page.evaluate(
    async (body) =>
      (
        await fetch("/api/v1/cart/items", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(body),
        })
      ).status,
    { productId, variantId, quantity: 1 },
  );
  assert.ok(status === 200 || status === 201, `the cart took it: ${status}`);
  await page.goto("/checkout");
  await writeAddress(page, { email }, "ko");
  await page.frameLocator('iframe[title="TossPayments 결제수단"]').getByText("신용·체크카드").waitFor();
}

/** Presses Pay, and answers the path of Toss's window, which has taken the page's place. */
async function pressPay(page: Page): Promise<string> {
  const button = page.getByTestId("pay");
  await button.click();
  await page.waitForURL(/\/toss-window\/tviva/);
  return new URL(page.url()).pathname;
}

async function chargesOf(email: string): Promise<number[]> {
  const rows = await inDatabase<{ order_id: string }>(
    "select t.order_id from payment.toss_order t join checkout.session s using (session_id) where s.contact_email = $1",
    [email],
  );
  const ours = new Set(rows.map((row) => row.order_id));
  const answer = await fetch(new URL("/records?part=toss&kind=charge&limit=1000", sandboxUrl));
  const { records } = (await answer.json()) as { records: { data: { orderId: string; amount: number } }[] };
  return records.filter(({ data }) => ours.has(data.orderId)).map(({ data }) => data.amount);
}

for (const { how, viewport } of [
  { how: "on a wide screen", viewport: wide },
  { how: "on a telephone", viewport: narrow },
]) {
  test(`somebody in Korea pays in won, once, ${how}`, async (t) => {
    const { page } = await openVisitor(t, { baseUrl: webUrl, viewport, locale: "ko-KR" });
    const email = fresh(`won.${viewport.width}`);
    await toPayment(page, email);
    const onButton = /₩([\d,]+)/.exec((await page.getByTestId("pay").textContent()) ?? "")?.[1] ?? "";
    await pressPay(page);
    await page.getByText(`${onButton}원`).waitFor();
    assert.deepEqual(await chargesOf(email), [], "nothing is charged in the window");
    const returned = page.waitForRequest((request) => request.url().includes("paymentKey="));
    await page.getByRole("button", { name: "결제하기" }).click();
    const back = (await returned).url();
    await untilDone(page);
    await page.getByRole("heading", { name: words.ko.thanks }).waitFor();
    assert.deepEqual(await chargesOf(email), [Number(onButton.replaceAll(",", ""))]);

    await page.goto(back);
    await untilDone(page);
    assert.equal((await chargesOf(email)).length, 1, "coming back again charges nothing");
  });
}

test("an amount that was changed on the way back charges nothing, and the page says so", async (t) => {
  const { page, expect } = await openVisitor(t, { baseUrl: webUrl, locale: "ko-KR" });
  expect(/409/);
  const email = fresh("tampered");
  await toPayment(page, email);
  const path = await pressPay(page);
  const { headers } = await fetch(new URL(`${path}/approve`, sandboxUrl), { method: "POST", redirect: "manual" });
  const back = new URL(headers.get("location") ?? "");
  back.searchParams.set("amount", "100");
  await page.goto(back.toString());
  await page.getByRole("alert").filter({ hasText: "금액이 달라" }).waitFor();
  assert.deepEqual(await chargesOf(email), []);
});

test("leaving the window charges nothing and loses nothing; a refusal is told; a transfer is waited for", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl, locale: "ko-KR" });
  const email = fresh("transfer");
  await toPayment(page, email);
  await pressPay(page);
  await page.getByRole("button", { name: "취소" }).click();
  await page.waitForURL(/\/checkout$/);
  assert.equal(await page.getByLabel(words.ko.email, { exact: true }).inputValue(), email);
  await page.frameLocator('iframe[title="TossPayments 결제수단"]').getByText("신용·체크카드").waitFor();
  await pressPay(page);
  await page.getByRole("button", { name: "카드사 거절" }).click();
  await page.getByRole("alert").filter({ hasText: "청구된 금액은 없습니다" }).waitFor();
  assert.deepEqual(await chargesOf(email), []);

  await page.frameLocator('iframe[title="TossPayments 결제수단"]').getByText("가상계좌").click();
  const path = await pressPay(page);
  await page.getByRole("button", { name: "결제하기" }).click();
  await page.getByRole("heading", { name: "입금을 기다리고 있습니다" }).waitFor();
  await page.getByText(/^X\d{13}$/).waitFor();
  assert.deepEqual(await chargesOf(email), []);

  // Days may pass: the order is there all the time, and leads back to the account.
  await page.goto("/orders");
  await page.getByText("결제 대기").waitFor();
  await page.getByRole("link", { name: /한지 상점/ }).click();
  await page.getByRole("heading", { name: "결제를 기다리고 있습니다" }).waitFor();
  assert.equal(
    await page.getByRole("link", { name: /영수증/ }).count(),
    0,
    "nothing is received for what was not paid",
  );
  assert.equal(await page.getByText("주문 중", { exact: true }).count(), 0, "nothing is being placed");
  await assertAccessible(page, "an order whose transfer is waited for");
  await page.getByRole("link", { name: "입금 계좌 보기" }).click();
  await page.getByText(/^X\d{13}$/).waitFor();

  const paymentKey = path.split("/").at(-1) ?? "";
  await fetch(new URL(`/toss-control/payments/${paymentKey}/deposit`, sandboxUrl), { method: "POST" });
  await untilDone(page);
  await page.getByRole("heading", { name: words.ko.thanks }).waitFor();
  assert.equal((await chargesOf(email)).length, 1);
});

test("somebody who was given an account thinks again, and nothing is charged", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl, viewport: narrow, locale: "ko-KR" });
  const email = fresh("again");
  await toPayment(page, email);
  await page.frameLocator('iframe[title="TossPayments 결제수단"]').getByText("가상계좌").click();
  await pressPay(page);
  await page.getByRole("button", { name: "결제하기" }).click();
  await page.getByText("우리은행").waitFor();
  await page.getByRole("button", { name: "입금하지 않고 취소" }).click();
  await page.getByRole("heading", { name: "더 이상 진행할 수 없는 결제입니다" }).waitFor();
  assert.deepEqual(await chargesOf(email), []);
});

test("a transfer goes back into the account that its payer names, and one that its bank refuses is asked for again", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl, viewport: narrow, locale: "ko-KR" });
  const email = fresh("goes.back");
  await toPayment(page, email);
  await page.frameLocator('iframe[title="TossPayments 결제수단"]').getByText("가상계좌").click();
  const paymentKey = (await pressPay(page)).split("/").at(-1) ?? "";
  await page.getByRole("button", { name: "결제하기" }).click();
  await page.getByText(/^X\d{13}$/).waitFor();
  await fetch(new URL(`/toss-control/payments/${paymentKey}/deposit`, sandboxUrl), { method: "POST" });
  await untilDone(page);
  const [order] = await inDatabase<{ number: string }>(
    "select o.order_number as number from orders.store_order o join checkout.session s using (session_id) where s.contact_email = $1",
    [email],
  );
  await page.goto(`/orders/${order?.number}`);
  await page.getByRole("button", { name: "주문 취소", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "주문 취소하기" }).click();
  const form = page.getByTestId("refund-account");
  await form.getByRole("button", { name: "이 계좌로 환불받기" }).click();
  await form.getByText("은행을 선택해 주세요.").waitFor();
  await assertAccessible(page, "the question where a transfer goes back to");
  const name = async (number: string): Promise<void> => {
    await form.getByLabel("은행").selectOption({ label: "신한은행" });
    await form.getByLabel("계좌번호").fill(number);
    await form.getByLabel("예금주").fill("김하나");
    await form.getByRole("button", { name: "이 계좌로 환불받기" }).click();
  };
  await name("9999-123456");
  await form.getByText("계좌번호와 예금주명이 일치하지 않습니다").waitFor({ timeout: 60_000 });
  await name("110-123-456789");
  await page.locator('[data-refund="succeeded"]').waitFor({ timeout: 60_000 });
  assert.equal(await form.count(), 0);
  assert.equal((await page.content()).includes("110123456789"), false, "it is not told again");
  const { links } = await letterTo(email, /환불받으실 계좌를 알려 주세요/);
  assert.ok(links.some((link) => link.endsWith(`/orders/${order?.number}`)));
});
