import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { fresh } from "./fresh.ts";
import { closeBrowser, narrow, openVisitor, wide } from "./visitor.ts";
import { sharedSystem } from "./global-setup.ts";
import { chargesOf, letterTo, underFaults } from "./outside.ts";
import {
  amountIn,
  answerBank,
  cards,
  fillCart,
  pay,
  toPayment,
  untilDone,
  words,
  writeAddress,
  writeCard,
  type Language,
} from "./shopping.ts";

const { webUrl } = sharedSystem();
const threeStores = ["harbor-main", "harbor-outlet", "fernwood"];
after(closeBrowser);

const readers = [
  { how: "on a wide screen", viewport: wide, language: "en" },
  { how: "on a telephone", viewport: narrow, language: "en" },
  { how: "in Korean on a telephone", viewport: narrow, language: "ko" },
] as const satisfies readonly { how: string; viewport: object; language: Language }[];

describe("a guest buys from three stores, the bank asks, and one store has run out", () => {
  for (const { how, viewport, language } of readers) {
    test(how, async (t) => {
      const locale = language === "ko" ? "ko-KR" : "en-US";
      const { page, expect } = await openVisitor(t, { baseUrl: webUrl, viewport, locale });
      const w = words[language];
      const email = fresh("guest");
      expect(/402/);
      await underFaults([{ part: "harbor-outlet", endpoint: "*", kind: "out_of_stock", match: email }], async () => {
        await toPayment(page, threeStores, { email }, language);
        await writeCard(page, cards.challenge, language);
        const toPay = amountIn(await page.getByRole("button", { name: w.pay }).textContent());
        await pay(page, language);
        await answerBank(page, "approve", language);
        await untilDone(page);
        await page.getByRole("heading", { name: w.someStores }).waitFor();
        await page.getByText(w.refunded).first().waitFor();
        assert.equal(amountIn(await page.getByTestId("total").first().textContent()), toPay, "total at Pay and after");
        const letter = await letterTo(email, w.confirmed);
        assert.ok(letter.text.includes(toPay), `the letter names ${toPay}`);
      });
    });
  }
});

test("a declined card is told in words, loses nothing that was typed, and a good one pays", async (t) => {
  const { page, expect } = await openVisitor(t, { baseUrl: webUrl });
  expect(/402/);
  const email = fresh("declined");
  await toPayment(page, ["harbor-main"], { email });
  await writeCard(page, cards.declined);
  await pay(page);
  await page
    .getByRole("alert")
    .filter({ hasText: /declined/ })
    .waitFor();
  assert.equal(new URL(page.url()).pathname, "/checkout");
  assert.equal(await page.getByLabel("E-mail", { exact: true }).inputValue(), email);
  assert.equal(await page.getByLabel("Street and number", { exact: true }).inputValue(), "350 Fifth Ave");
  await writeCard(page, cards.good);
  await pay(page);
  await untilDone(page);
  await page.getByRole("heading", { name: words.en.thanks }).waitFor();
});

test("a bank's question that is refused leads back to the form, nothing charged", async (t) => {
  const { page, expect } = await openVisitor(t, { baseUrl: webUrl });
  expect(/402/);
  await toPayment(page, ["harbor-main"], { email: fresh("refused") });
  await writeCard(page, cards.challenge);
  await pay(page);
  await answerBank(page, "refuse");
  await page
    .getByRole("alert")
    .filter({ hasText: /did not confirm/ })
    .waitFor();
  assert.equal(new URL(page.url()).pathname, "/checkout");
});

test("an answer that ends the payment and leaves the session open leads back to the form, with its words", async (t) => {
  const { page, expect } = await openVisitor(t, { baseUrl: webUrl });
  expect(/400/);
  await toPayment(page, ["harbor-main"], { email: fresh("over") });
  await writeCard(page, cards.good);
  const error = { code: "not_heard_of", message: "It cannot be, for a reason of its own." };
  await page.route("**/checkout/sessions/*/place", (route) =>
    route.fulfill({ status: 400, json: { success: false, error } }),
  );
  await pay(page);
  await page.getByRole("alert").filter({ hasText: error.message }).waitFor();
  assert.equal(new URL(page.url()).pathname, "/checkout");
  await page.unroute("**/checkout/sessions/*/place");
  await writeCard(page, cards.good);
  await pay(page);
  assert.equal((await chargesOf(await untilDone(page))).length, 1);
});

test("a second press, a second tab, Reload and Back pay nothing twice", async (t) => {
  const { page, newTab, expect } = await openVisitor(t, { baseUrl: webUrl });
  expect(/402|409/);
  await toPayment(page, ["harbor-main", "fernwood"], { email: fresh("twice") });
  const other = await newTab();
  await other.goto("/checkout");
  await other.getByTestId("pay").waitFor();
  await writeCard(page, cards.good);
  await page.getByTestId("pay").dblclick();
  await page.waitForURL(/\/checkout\/(placing|success)\//);
  await page.reload();
  const sessionId = await untilDone(page);
  await page.goBack();
  await page.waitForLoadState();
  assert.doesNotMatch(page.url(), /placing/, "Back does not lead to a payment");
  // The other tab learns of it as soon as it is looked at.
  await other.bringToFront();
  await other.reload();
  await other.getByRole("heading", { name: /Your cart is empty|Thank you/ }).waitFor();
  assert.equal((await chargesOf(sessionId)).length, 1);
});

test("what is typed survives a reload, and only the card is asked again", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl });
  const email = fresh("reload");
  await toPayment(page, ["harbor-main"], { email });
  await writeCard(page, cards.good);
  await page.reload();
  await page.getByTestId("pay").waitFor();
  assert.equal(await page.getByLabel("E-mail", { exact: true }).inputValue(), email);
  assert.equal(await page.getByLabel("City", { exact: true }).inputValue(), "New York");
  await writeCard(page, cards.good);
  await pay(page);
  await untilDone(page);
});

test("a person who looks around puts three stores' things into the cart and buys them", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl, viewport: narrow });
  for (const [count, storeId] of threeStores.entries()) {
    await page.goto(`/browse?store=${storeId}`);
    await page.locator('main a[href^="/products/"]').first().click();
    await page.waitForURL(/\/products\//);
    await page.getByRole("button", { name: words.en.add }).waitFor();
    for (const option of ["color", "size"]) {
      const first = page.locator(`input[name="${option}"]`).first();
      if ((await first.count()) > 0) await first.check({ force: true });
    }
    await page.getByRole("button", { name: words.en.add }).click();
    await page.getByRole("link", { name: `Cart, ${count + 1} item${count === 0 ? "" : "s"}` }).waitFor();
  }
  await page.getByRole("link", { name: "Cart, 3 items" }).click();
  await page.getByRole("link", { name: words.en.checkOut, exact: true }).click();
  await writeAddress(page, { email: fresh("around") });
  await writeCard(page, cards.good);
  await pay(page);
  await untilDone(page);
  await page.getByRole("heading", { name: words.en.thanks }).waitFor();
});

test("6: Reload and Back at every step lose nothing and pay nothing twice", async (t) => {
  const { page, expect } = await openVisitor(t, { baseUrl: webUrl });
  expect(/402|409/);
  const email = fresh("steps");
  const street = page.locator('input[name="address1"]');
  await fillCart(page, ["harbor-main"]);
  await page.goto("/cart");
  await page.reload();
  await page.getByRole("link", { name: words.en.checkOut, exact: true }).click();
  // Half a form, not sent to anybody yet.
  await page.locator('input[name="email"]').fill(email);
  await street.fill("350 Fifth Ave");
  await page.reload();
  await street.waitFor();
  assert.equal(await street.inputValue(), "350 Fifth Ave");
  await page.goBack();
  await page.waitForURL(/\/cart$/);
  await page.goForward();
  await street.waitFor();
  assert.equal(await street.inputValue(), "350 Fifth Ave");
  await writeAddress(page, { email });
  await page.reload();
  await writeCard(page, cards.challenge);
  await pay(page);
  await page.locator('iframe[title="3D Secure authentication"]').waitFor();
  // The bank's question is taken up again where it was left.
  await page.reload();
  await answerBank(page, "approve");
  const sessionId = await untilDone(page);
  await page.reload();
  await page.getByRole("heading", { name: words.en.thanks }).waitFor();
  await page.goBack();
  await page.waitForLoadState();
  assert.equal(await page.getByTestId("pay").count(), 0);
  assert.equal((await chargesOf(sessionId)).length, 1);
});
