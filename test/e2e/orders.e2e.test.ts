import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import type { Page } from "playwright-core";
import { openSandbox } from "../faults/sandbox.ts";
import { assertAccessible } from "./axe.ts";
import { buy, numberOf } from "./bought.ts";
import { fresh } from "./fresh.ts";
import { sharedSystem } from "./global-setup.ts";
import { letterTo, underFaults } from "./outside.ts";
import { amountIn } from "./shopping.ts";
import { closeBrowser, narrow, openVisitor, wide } from "./visitor.ts";

const { webUrl, sandboxUrl } = sharedSystem();
/** A store moves and its word travels; the page asks every twenty seconds. */
const movingMs = 90_000;

after(closeBrowser);

describe("an order is followed to the door on an open page", () => {
  for (const { how, viewport, locale, headline, door, happened } of [
    {
      how: "in English on a wide screen",
      viewport: wide,
      locale: "en-US",
      headline: "Your order has arrived",
      door: "Your door",
      happened: "The carrier has it",
    },
    {
      how: "in Korean on a telephone",
      viewport: narrow,
      locale: "ko-KR",
      headline: "도착했습니다",
      door: "받는 곳",
      happened: "배송사가 가져갔습니다",
    },
  ] as const) {
    test(how, async (t) => {
      const { page } = await openVisitor(t, { baseUrl: webUrl, viewport, locale });
      const bought = await buy(page, ["harbor-main"], fresh("follows"));
      await page.goto(`/orders/${numberOf(bought)}`);
      await advanceToEnd(page, "harbor-main", numberOf(bought));
      await page.getByRole("heading", { level: 1, name: headline }).waitFor({ timeout: movingMs });
      await page.getByText(door).first().waitFor();
      await page.getByText(happened).waitFor();
      await assertAccessible(page, "an order that has arrived");
      await assertNoSideways(page);
    });
  }
});

test("the list groups orders by checkout, and the address carries what it shows", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl });
  const bought = await buy(page, ["harbor-main", "fernwood"], fresh("lists"));
  await page.goto("/orders");
  await page.getByRole("heading", { level: 2, name: /^Bought on \w+ \d/ }).waitFor();
  for (const { museOrderNumber } of bought.orders) {
    await page.locator(`[data-order="${museOrderNumber}"]`).waitFor();
  }
  const head = page.getByRole("article").locator("header");
  assert.match((await head.textContent()) ?? "", /2 orders · \$\d/);
  await assertAccessible(page, "the list");
  await page.getByRole("navigation", { name: "Show orders by how they stand" }).getByRole("link").last().click();
  await page.waitForURL(/\/orders\?status=/);
  await page.reload();
  await page.getByRole("heading", { level: 2, name: /^Bought on \w+ \d/ }).waitFor();
  // The sum is of the whole checkout, which a filtered list need not show.
  assert.doesNotMatch((await head.textContent()) ?? "", /\$/);

  await page.goto("/orders?status=failed");
  await page.getByText("None of your orders stands so").waitFor();
  await page.goto("/orders");
  await page.getByRole("link", { name: /^Fernwood/ }).click();
  await page.waitForURL(/\/orders\/MO-/);
  await page.getByRole("heading", { level: 1 }).waitFor();
});

test("what was charged, the receipts and the list say the same amount", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl });
  const email = fresh("charged");
  const bought = await buy(page, ["fernwood"], email);
  const letter = await letterTo(email, /^Your order from/);
  await page.goto(`/orders/${numberOf(bought)}`);
  const total = amountIn(await page.getByTestId("order-total").textContent());
  assert.ok(letter.text.includes(total), `the letter names ${total}`);
  for (const name of ["Receipt for this order", "Receipt for the whole checkout"]) {
    for (const [kind, type] of [
      ["PDF", "application/pdf"],
      ["web page", "text/html"],
    ] as const) {
      const href = await page.getByRole("link", { name: `${name}, ${kind}` }).getAttribute("href");
      const response = await page.request.get(href ?? "");
      assert.equal(response.status(), 200, `${name}, ${kind}`);
      assert.ok(response.headers()["content-type"]?.startsWith(type), `${name}, ${kind}`);
      if (kind === "web page") assert.ok((await response.text()).includes(total), `${name} names ${total}`);
    }
  }
});

test("an order that no store has yet is cancelled, and its refund is named", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl, viewport: narrow });
  // A store whose orders people place: nobody does, here.
  const bought = await buy(page, ["lumen-home"], fresh("cancels"));
  await page.goto(`/orders/${numberOf(bought)}`);
  const total = amountIn(await page.getByTestId("order-total").textContent());
  await page.getByRole("button", { name: "Cancel this order" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(total).waitFor();
  await assertAccessible(page, "the question before cancelling");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  // The focus is where it was.
  await page.getByRole("button", { name: "Cancel this order" }).and(page.locator(":focus")).waitFor();
  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Cancel the order" }).click();
  await page.getByRole("heading", { level: 1, name: "This order was cancelled" }).waitFor();
  await page.getByRole("heading", { level: 2, name: "Refunds" }).waitFor();
  assert.equal(amountIn(await page.locator("[data-refund]").textContent()), total);
  await page.locator('[data-refund="succeeded"]').waitFor({ timeout: movingMs });
  assert.equal(await page.getByRole("button", { name: "Cancel this order" }).count(), 0);
  await assertAccessible(page, "a cancelled order");
});

test("a store that has run out is told with its reason and what goes back", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl });
  const email = fresh("fails");
  const fault = { part: "fernwood", endpoint: "*", kind: "out_of_stock", match: email };
  const bought = await underFaults([fault], async () => await buy(page, ["harbor-main", "fernwood"], email));
  await page.goto(`/orders/${numberOf(bought, "Fernwood Outdoor")}`);
  await page.getByRole("heading", { level: 1, name: "This order could not be had" }).waitFor({ timeout: movingMs });
  await page.getByText("The store has run out of it.").first().waitFor();
  await page.locator("[data-refund]").waitFor();
});

test("a refund is asked for by item and quantity, once", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl });
  const bought = await buy(page, ["harbor-main"], fresh("refunds"));
  const number = numberOf(bought);
  await page.goto(`/orders/${number}`);
  await page.getByRole("button", { name: "Ask for a refund" }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByRole("button", { name: "Ask for the refund" }).click();
  await sheet.getByText("Choose what is the matter.").waitFor();
  await assertAccessible(page, "asking for a refund");
  await sheet.getByLabel(/^What is the matter/).selectOption("damaged");
  await sheet.getByLabel(/^What else/).fill("The seam is open.");
  await sheet.getByRole("button", { name: "Ask for the refund" }).click();
  await page.getByText("You have asked for a refund.").waitFor();
  assert.equal(await page.getByRole("button", { name: "Ask for a refund" }).count(), 0);
  const { refundRequest } = await orderOf(page, number);
  assert.equal(refundRequest?.reason, "It arrived damaged: The seam is open.");
  assert.deepEqual(refundRequest?.items, [{ lineNo: 1, quantity: 1 }]);
});

test("correcting where word goes keeps the keyboard's place", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl });
  const { sessionId } = await buy(page, ["fernwood"], fresh("corrects"));
  await page.goto(`/checkout/success/session/${sessionId}`);
  const focused = page.locator(":focus");
  const opener = page.getByRole("button", { name: "Change" });
  await opener.press("Enter");
  await page.getByLabel("E-mail", { exact: true }).and(focused).waitFor();
  await page.getByRole("button", { name: "Cancel", exact: true }).press("Enter");
  await opener.and(focused).waitFor();
  await page.keyboard.press("Enter");
  const corrected = fresh("corrected");
  await page.getByLabel("E-mail", { exact: true }).fill(corrected);
  await page.keyboard.press("Enter");
  await opener.and(focused).waitFor();
  await page.locator("strong", { hasText: corrected }).waitFor();
});

test("buying again fills the cart", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl });
  const bought = await buy(page, ["harbor-main"], fresh("again"));
  await page.goto(`/orders/${numberOf(bought)}`);
  await page.getByRole("button", { name: "Buy again" }).click();
  await page.getByRole("button", { name: "View cart" }).click();
  await page.waitForURL(/\/cart$/);
  await page.getByRole("link", { name: "Check out" }).waitFor();
});

test("offline, an order stays readable and says why nothing can be done", async (t) => {
  const { page, context, expect } = await openVisitor(t, { baseUrl: webUrl });
  const bought = await buy(page, ["harbor-main"], fresh("offline"));
  await page.goto(`/orders/${numberOf(bought)}`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  expect(/ERR_INTERNET_DISCONNECTED/);
  await context.setOffline(true);
  await page.getByText("You are offline.").first().waitFor();
  await page.getByRole("button", { name: "Cancel this order" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel the order" }).click();
  await context.setOffline(false);
  await page.getByRole("button", { name: "Cancel this order" }).waitFor({ state: "detached", timeout: movingMs });
});

describe("a guest on another device finds the order by mail", () => {
  test("the number in a mail leads to a form, its link to the order, and it works once", async (t) => {
    const { page } = await openVisitor(t, { baseUrl: webUrl });
    const email = fresh("elsewhere");
    const bought = await buy(page, ["harbor-main"], email);
    const number = numberOf(bought);

    const other = await openVisitor(t, { baseUrl: webUrl, viewport: narrow });
    await other.page.goto(`/orders/${number}`);
    await other.page.getByRole("heading", { name: "This order is not shown here" }).waitFor();
    await assertAccessible(other.page, "an order that is elsewhere");
    await askForLink(other.page, email);

    const link = await linkOf(email);
    await other.page.goto(link);
    await other.page.waitForURL(new RegExp(`/orders/${number}$`));
    await other.page.getByText(email).waitFor();
    assert.equal(await other.page.goBack().then(() => other.page.url().includes("token=")), false, "Back is no way in");

    const third = await openVisitor(t, { baseUrl: webUrl });
    third.expect(/404/);
    await third.page.goto(link);
    await third.page.getByRole("heading", { name: "This link is over" }).waitFor();
    await assertAccessible(third.page, "a link that is over");
  });

  test("an address without orders is answered the same", async (t) => {
    const { page } = await openVisitor(t, { baseUrl: webUrl });
    await page.goto("/orders");
    await page.getByRole("heading", { level: 1, name: "Find your orders" }).waitFor();
    await assertAccessible(page, "the look-up");
    await page.getByRole("button", { name: "Send me the link" }).click();
    await page.getByText("Write your e-mail address").waitFor();
    await askForLink(page, fresh("nobody"));
  });
});

test("an address that is no order's is not found", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl });
  await page.goto("/orders/not-an-order");
  await page.getByRole("heading", { name: "There is nothing here" }).waitFor();
});

async function askForLink(page: Page, email: string): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Send me the link" }).click();
  await page.getByText(`If there are orders for ${email}`).waitFor();
}

async function linkOf(email: string): Promise<string> {
  const { text } = await letterTo(email, /^Your orders at Muse/);
  const link = /https?:\/\/\S+\/orders\/link\?\S+/.exec(text)?.[0];
  assert.ok(link !== undefined, "the letter has a link");
  return link;
}

type Read = {
  readonly status: string;
  readonly storeOrderNumber: string | null;
  readonly refundRequest: { readonly reason: string; readonly items: unknown } | null;
};

async function orderOf(page: Page, orderNumber: string): Promise<Read> {
  const response = await page.request.get(`/api/v1/orders/${orderNumber}`);
  return ((await response.json()) as { data: Read }).data;
}

/** The store sends it, and once Muse has heard so it is handed over. */
async function advanceToEnd(page: Page, storeId: string, orderNumber: string): Promise<void> {
  const sandbox = openSandbox(sandboxUrl);
  const { storeOrderNumber } = await orderOf(page, orderNumber);
  assert.ok(storeOrderNumber !== null, "the store has it");
  for (let tries = 0; tries < 200; tries += 1) {
    const step = await sandbox.advance(storeId, storeOrderNumber);
    if (step === "delivered") return;
    while (step === "shipped" && (await orderOf(page, orderNumber)).status !== "shipped") {
      await page.waitForTimeout(200);
      assert.ok((tries += 1) < 200, "Muse hears that it was sent");
    }
  }
}

async function assertNoSideways(page: Page): Promise<void> {
  const beyond = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
  assert.ok(beyond <= 0, `the page is ${beyond} px wider than the window`);
}
