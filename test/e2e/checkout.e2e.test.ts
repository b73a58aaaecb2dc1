import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { closeBrowser, narrow, openVisitor, wide } from "./visitor.ts";
import { sharedSystem } from "./global-setup.ts";
import { letterTo, underFaults } from "./outside.ts";
import { amountIn, answerBank, cards, pay, toPayment, untilDone, words, writeCard, type Language } from "./shopping.ts";

const { webUrl } = sharedSystem();
const threeStores = ["harbor-main", "harbor-outlet", "fernwood"];
const fresh = (name: string): string => `${name}.${Date.now().toString(36)}@example.com`;

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
  const charges = await chargesOf(sessionId);
  assert.equal(charges, 1);
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

async function chargesOf(sessionId: string): Promise<number> {
  const { sandboxUrl } = sharedSystem();
  const { records } = (await (await fetch(new URL("/records", sandboxUrl))).json()) as { records: unknown[] };
  return records.filter((record) => {
    const text = JSON.stringify(record);
    return text.includes(sessionId) && text.includes('"charge"');
  }).length;
}
