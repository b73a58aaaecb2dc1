/** A connection that goes, stores that are slow, a stream that breaks off: nothing lost, nothing paid twice. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { fresh } from "./fresh.ts";
import { sharedSystem } from "./global-setup.ts";
import { chargesOf, underFaults } from "./outside.ts";
import { alerts, fillCart, pay, sessionOf, toPayment, untilDone, writeCard } from "./shopping.ts";
import { closeBrowser, narrow, openVisitor } from "./visitor.ts";

const { webUrl } = sharedSystem();
after(closeBrowser);

const banner = "You are offline.";

test("what is written without a connection is kept, said to be, and sent by itself when it is back", async (t) => {
  const { page, context, expect } = await openVisitor(t, { baseUrl: webUrl, viewport: narrow });
  expect(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK/);
  await fillCart(page, ["harbor-main"]);
  await page.goto("/checkout");
  await page.locator('input[name="email"]').fill(fresh("offline"));
  await context.setOffline(true);
  await page.getByText(banner).waitFor();
  const typed = { name: "Sasha Shopper", address1: "350 Fifth Ave", zip: "10118", city: "New York" };
  for (const [name, value] of Object.entries(typed)) await page.locator(`input[name="${name}"]`).fill(value);
  const state = page.locator('select[name="state"]');
  await state.focus();
  await state.selectOption("NY");
  await state.blur();
  await context.setOffline(false);
  await page.getByText(banner).waitFor({ state: "detached" });
  await page.getByRole("button", { name: /^Pay \$/ }).waitFor();
  for (const [name, value] of Object.entries(typed))
    assert.equal(await page.locator(`input[name="${name}"]`).inputValue(), value);
});

test("a press of Pay without a connection says so and can be repeated", async (t) => {
  const { page, context, expect } = await openVisitor(t, { baseUrl: webUrl });
  expect(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK/);
  await toPayment(page, ["harbor-main"], { email: fresh("pressed") });
  await writeCard(page, "4242424242424242");
  await context.setOffline(true);
  await page.getByTestId("pay").click();
  await page
    .getByRole("alert")
    .filter({ hasText: /connection/ })
    .waitFor();
  await context.setOffline(false);
  await pay(page);
  const sessionId = await untilDone(page);
  assert.equal((await chargesOf(sessionId)).length, 1);
});

test("the connection goes while it is paid: no error, no second payment, and it goes on by itself", async (t) => {
  const { page, context, expect } = await openVisitor(t, { baseUrl: webUrl });
  // 409: the first call is still at work when the page asks again.
  expect(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK|409/);
  await toPayment(page, ["harbor-main"], { email: fresh("cut") });
  await writeCard(page, "4242424242424242");
  const { sessionId: match } = await sessionOf(page);
  // The provider takes its time, so that the connection is gone before there is an answer.
  const slow = {
    part: "stripe",
    endpoint: "payment_intents.create",
    kind: "latency",
    latencyMs: 5_000,
    match,
  } as const;
  await underFaults([slow], async () => {
    await page.route(
      "**/checkout/sessions/*/place",
      async (route) => {
        // The request leaves, its answer never comes.
        void route.fetch().catch(() => undefined);
        await context.setOffline(true);
        await route.abort("internetdisconnected");
      },
      { times: 1 },
    );
    await pay(page);
    await page.getByText(banner).waitFor();
    await page.getByText("Do not pay again").waitFor();
    assert.equal(await page.getByRole("button", { name: /^Pay / }).count(), 0);
    assert.equal(await alerts(page).count(), 0, "no error is shown");
    await context.setOffline(false);
    const sessionId = await untilDone(page);
    assert.equal((await chargesOf(sessionId)).length, 1);
  });
});

test("the connection goes when all is placed: the page stays, and leads on when it is back", async (t) => {
  const { page, context, expect } = await openVisitor(t, { baseUrl: webUrl });
  expect(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK/);
  await toPayment(page, ["harbor-main"], { email: fresh("late-cut") });
  await writeCard(page, "4242424242424242");
  await page.route(
    "**/checkout/sessions/*/place",
    async (route) => {
      const answer = await route.fetch();
      // Told by the stream, which comes beside the answer.
      await page.locator('[data-step="placed"], [data-step="confirmed"]').waitFor();
      await context.setOffline(true);
      await route.fulfill({ response: answer });
    },
    { times: 1 },
  );
  await pay(page);
  await page.getByText(banner).waitFor();
  // Longer than an outcome stands there before the confirmation takes its place.
  await page.waitForTimeout(3_000);
  assert.match(page.url(), /\/checkout\/placing\//);
  await page.locator('[data-step="placed"], [data-step="confirmed"]').waitFor();
  await context.setOffline(false);
  const sessionId = await untilDone(page);
  assert.equal((await chargesOf(sessionId)).length, 1);
});

test("without an event stream the page asks, and shows the same", async (t) => {
  const { page, expect } = await openVisitor(t, { baseUrl: webUrl });
  expect(/events|ERR_FAILED/);
  await page.route("**/checkout/sessions/*/events", (route) => route.abort());
  const email = fresh("deaf");
  await underFaults(
    [{ part: "fernwood", endpoint: "*", kind: "latency", latencyMs: 4_000, times: 1, match: email }],
    async () => {
      await toPayment(page, ["harbor-main", "fernwood"], { email });
      await writeCard(page, "4242424242424242");
      await pay(page);
      await page.locator('[data-step="placed"], [data-step="confirmed"]').first().waitFor();
      await untilDone(page);
    },
  );
});

test("an event stream that was refused for a moment is asked for again", async (t) => {
  const { page, expect } = await openVisitor(t, { baseUrl: webUrl });
  expect(/503/);
  await toPayment(page, ["harbor-main"], { email: fresh("refused-stream") });
  await writeCard(page, "4242424242424242");
  await pay(page);
  await untilDone(page);
  await page.route("**/checkout/sessions/*/events", (route) => route.fulfill({ status: 503 }), { times: 1 });
  const isStream = (url: string): boolean => url.endsWith("/events");
  const refused = page.waitForResponse((answer) => isStream(answer.url()) && answer.status() === 503);
  const heard = page.waitForResponse((answer) => isStream(answer.url()) && answer.ok());
  await page.reload();
  await Promise.all([refused, heard]);
});

test("a store that takes long holds up no other, and nobody is told of a failure", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl });
  const email = fresh("slow");
  await underFaults([{ part: "fernwood", endpoint: "*", kind: "hang", times: 1, match: email }], async () => {
    await toPayment(page, ["harbor-main", "fernwood"], { email });
    await writeCard(page, "4242424242424242");
    await pay(page);
    const step = (store: string) => page.locator("li[data-step]").filter({ hasText: store });
    await step("Harbor & Main").and(page.locator('[data-step="placed"], [data-step="confirmed"]')).waitFor();
    const slow = await step("Fernwood").getAttribute("data-step");
    assert.match(slow ?? "", /^(waiting|placing|checking|placed|confirmed|by_hand)$/);
    assert.equal(await alerts(page).count(), 0);
    await page.waitForURL(/success/, { timeout: 100_000 });
  });
});
