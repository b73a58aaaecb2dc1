/** After Pay, point by point of docs/usability.md: 3, 23, 24, 25, and the parcels' way to the door. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openSandbox } from "../faults/sandbox.ts";
import { fresh } from "./fresh.ts";
import { sharedSystem } from "./global-setup.ts";
import { chargesOf, inDatabase, letterTo, underFaults } from "./outside.ts";
import {
  alerts,
  amountIn,
  answerBank,
  cards,
  pay,
  sessionOf,
  toPayment,
  untilDone,
  words,
  writeCard,
} from "./shopping.ts";
import { atBothWidths, closeBrowser, openVisitor } from "./visitor.ts";

const { webUrl, sandboxUrl } = sharedSystem();
after(closeBrowser);

atBothWidths(
  "3, 23, 25: a store that failed says why, what goes back, since when and where to; e-mail, account, help and the sum are right",
  async (t, viewport) => {
    const { page, context } = await openVisitor(t, { baseUrl: webUrl, viewport });
    const email = fresh("after");
    await underFaults([{ part: "harbor-outlet", endpoint: "*", kind: "out_of_stock", match: email }], async () => {
      await toPayment(page, ["harbor-main", "harbor-outlet", "fernwood"], { email });
      await writeCard(page, cards.good);
      const toPay = amountIn(await page.getByTestId("pay").textContent());
      await pay(page);
      const sessionId = await untilDone(page);
      await page.getByRole("heading", { name: words.en.someStores }).waitFor();
      const failed = page.locator('li[data-step="failed"]');
      await failed.getByText(/The store has run out of it. \$[\d.]+ (is being|has been) refunded/).waitFor();
      await failed.getByText(/the way you paid.* \w+ \d+, \d{4}/).waitFor();
      await page.getByText("Most banks show a refund within 5 to 10 days.").waitFor();
      assert.match((await failed.textContent()) ?? "", /Order MO-/);
      assert.equal(amountIn(await page.getByTestId("total").first().textContent()), toPay);
      assert.deepEqual(await chargesOf(sessionId), [Number(toPay.replaceAll(/[$,.]/g, ""))]);
      assert.ok((await letterTo(email, words.en.confirmed)).text.includes(toPay));
      assert.match(
        (await page.locator("main").textContent()) ?? "",
        /^(?!.*(null|undefined|out_of_stock|tier|HTTP)).*$/s,
      );

      const corrected = fresh("corrected");
      await page.getByRole("button", { name: "Change" }).click();
      await page.getByLabel("E-mail", { exact: true }).fill(corrected);
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByText(corrected).first().waitFor();
      assert.equal(await page.getByRole("link", { name: "We help" }).getAttribute("href"), "/help");

      assert.equal(await page.locator('input[type="password"]').count(), 1);
      await page.getByLabel("Password").fill("a good long one");
      await page.getByRole("button", { name: "Make my account" }).click();
      await page.getByText(`Next time sign in as ${corrected}`).waitFor();
      const receipt = await page.getByRole("link", { name: "Receipt (PDF)" }).getAttribute("href");
      const file = await context.request.get(receipt ?? "");
      assert.deepEqual([file.status(), file.headers()["content-type"]], [200, "application/pdf"]);
    });
  },
);

atBothWidths(
  "24: while nobody knows whether it is paid there is no error and no Pay button; then it is paid once",
  async (t, viewport) => {
    const { page, expect } = await openVisitor(t, { baseUrl: webUrl, viewport });
    // While the first call's outcome is not known, its repeats are told so.
    expect(/409/);
    await toPayment(page, ["harbor-main"], { email: fresh("doubt") });
    await writeCard(page, cards.good);
    const { sessionId } = await sessionOf(page);
    await underFaults(
      [{ part: "stripe", endpoint: "payment_intents.create", kind: "error", status: 500, match: sessionId }],
      async () => {
        await pay(page);
        await page.getByText("We are checking your payment. Do not pay again.").waitFor();
        await page.reload();
        await page.getByText("We are checking your payment. Do not pay again.").waitFor();
        assert.equal(await page.getByRole("button", { name: /pay/i }).count(), 0);
        assert.equal(await alerts(page).count(), 0);
        await page.goto("/checkout");
        await page.getByText("We are checking your payment. Do not pay again.").waitFor();
      },
    );
    await untilPaidOrAsked(page);
    const charges = await chargesOf(sessionId);
    assert.ok(charges.length <= 1, `${charges.length} charges`);
  },
);

test("24: a card that is refused only after nobody knew leads back to the form, which says so", async (t) => {
  const { page, expect } = await openVisitor(t, { baseUrl: webUrl });
  expect(/409/);
  await toPayment(page, ["harbor-main"], { email: fresh("late-no") });
  await writeCard(page, cards.declined);
  const { sessionId } = await sessionOf(page);
  await underFaults(
    [{ part: "stripe", endpoint: "payment_intents.create", kind: "error", status: 500, match: sessionId }],
    async () => {
      // Longer than a call that pays waits: it is answered without an outcome.
      const answered = page.waitForResponse((answer) => answer.url().endsWith("/place") && answer.status() === 200);
      await pay(page);
      await answered;
      await page.getByText("We are checking your payment. Do not pay again.").waitFor();
    },
  );
  await page
    .getByRole("alert")
    .filter({ hasText: "The payment was declined, and nothing was charged." })
    .waitFor({ timeout: 60_000 });
  await writeCard(page, cards.good);
  await pay(page);
  assert.equal((await chargesOf(await untilDone(page))).length, 1);
});

test("a card that its bank has refused pays when its owner tries it again and agrees", async (t) => {
  const { page, expect } = await openVisitor(t, { baseUrl: webUrl });
  expect(/402/);
  await toPayment(page, ["harbor-main"], { email: fresh("again") });
  await writeCard(page, cards.challenge);
  await pay(page);
  await answerBank(page, "refuse");
  await page
    .getByRole("alert")
    .filter({ hasText: /did not confirm/ })
    .waitFor();
  await writeCard(page, cards.challenge);
  await pay(page);
  await answerBank(page, "approve");
  const sessionId = await untilDone(page);
  assert.equal((await chargesOf(sessionId)).length, 1);
});

test("a bank's question can be left for another card, and only that one pays", async (t) => {
  const { page, expect } = await openVisitor(t, { baseUrl: webUrl });
  expect(/402/);
  await toPayment(page, ["harbor-main"], { email: fresh("otherwise") });
  await writeCard(page, cards.challenge);
  await pay(page);
  const bank = page.frameLocator('iframe[title="3D Secure authentication"]');
  await bank.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Pay another way" }).or(page.getByTestId("pay")).first().click();
  await page.waitForURL(/\/checkout$/);
  await writeCard(page, cards.good);
  await pay(page);
  const sessionId = await untilDone(page);
  assert.equal((await chargesOf(sessionId)).length, 1);
});

test("the confirmation stays right by itself until the parcels have arrived, and each step is written of", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl });
  const email = fresh("tracked");
  await toPayment(page, ["harbor-main", "fernwood"], { email });
  await writeCard(page, cards.good);
  await pay(page);
  const sessionId = await untilDone(page);
  await page.locator('li[data-step="placed"], li[data-step="confirmed"]').nth(1).waitFor();
  const orders = await inDatabase<{ store_id: string; store_order_number: string }>(
    "select store_id, store_order_number from orders.store_order where session_id = $1",
    [sessionId],
  );
  const sandbox = openSandbox(sandboxUrl);
  const bring = async (status: string): Promise<void> => {
    for (const { store_id: storeId, store_order_number: number } of orders) {
      while ((await sandbox.advance(storeId, number)) !== status);
    }
    await page.locator(`li[data-step="${status}"]`).nth(1).waitFor({ timeout: 40_000 });
  };
  const stores = ["Harbor & Main", "Fernwood Outdoor"];
  await bring("shipped");
  for (const store of stores) await letterTo(email, new RegExp(`${store} is on its way`));
  await bring("delivered");
  for (const store of stores) await letterTo(email, new RegExp(`${store} has arrived`));
});

/** Whatever the end is, it is one: paid, or asked to press Pay again because nothing was charged. */
async function untilPaidOrAsked(page: Parameters<typeof untilDone>[0]): Promise<void> {
  await page
    .getByRole("heading", { name: /^Thank you|Something|over/ })
    .or(page.getByTestId("pay"))
    .first()
    .waitFor({ timeout: 100_000 });
}
