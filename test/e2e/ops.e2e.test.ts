/** The desk, worked by its keys, in a real browser against a real Muse. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import { assertAccessible } from "./axe.ts";
import {
  buyByHand,
  buyByMachine,
  forgetOutcome,
  letMachinesOrder,
  moveTo,
  openOperator,
  storeByHand,
  untilTask,
} from "./desk.ts";
import { sharedSystem } from "./global-setup.ts";
import { inDatabase } from "./outside.ts";
import { closeBrowser, narrow, openVisitor } from "./visitor.ts";

const { webUrl } = sharedSystem();

after(async () => {
  await letMachinesOrder(false);
  await closeBrowser();
});

test("a day at the desk without a mouse: one is placed, and one cannot be", async (t) => {
  const { page } = await openOperator(t, "Dana Desk");
  const placed = await buyByHand(t);
  const failed = await buyByHand(t);
  // A store gives each number once, and this may be run again.
  const storeNumber = `BY-HAND-${placed.number}`;

  // What comes in appears by itself.
  await page.locator(`[data-row="${failed.number}"]`).waitFor();
  await moveTo(page, placed.number);
  await page.keyboard.press("c");
  await page.getByText(`${placed.number} is yours for fifteen minutes.`).waitFor();
  await page.locator(`[data-row="${placed.number}"]`).getByText("you", { exact: true }).waitFor();
  await assertAccessible(page, "the queue");

  await page.keyboard.press("Enter");
  await seen(page, /^Yours for/);
  await assertAccessible(page, "an order at work");
  await page.keyboard.press("p");
  await page.keyboard.type(storeNumber);
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  assert.equal(await page.getByLabel("Store's order number").inputValue(), storeNumber, "a stray key loses nothing");
  await page.reload();
  await seen(page, /^Yours for/);
  await page.keyboard.press("p");
  assert.equal(await page.getByLabel("Store's order number").inputValue(), storeNumber, "nor does a reload");
  await page.keyboard.press("Tab");
  await page.keyboard.type("11.50");
  await page.keyboard.press("Enter");
  await page.getByText(`${placed.number} is placed as ${storeNumber}.`).waitFor();
  await page.waitForURL(/\/ops$/);

  await moveTo(page, failed.number);
  await page.keyboard.press("Enter");
  await seen(page, /^Claim it before/);
  await page.keyboard.press("c");
  await seen(page, /^Yours for/);
  await page.keyboard.press("n");
  await page.keyboard.type("Out");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Nothing left, <b>said</b> the shop.");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: /^Refund \$/ }).waitFor();
  await assertAccessible(page, "the question before a refund");
  await page.getByRole("button", { name: /^Refund \$/ }).press("Enter");
  await page.getByText(`${failed.number} is given up`).waitFor();
  await untilTask(failed.number, "failed");
});

test("the day goes on: what nobody knows is found out, and what is wanted back is taken back", async (t) => {
  const { page } = await openOperator(t, "Olive Outcome");
  const bought = await buyByHand(t);
  await forgetOutcome(bought.number);
  await page.locator(`[data-row="${bought.number}"]`).getByText("Find out first").waitFor();
  await findOut(page, bought.number);
  await takeBack(page, bought);
});

/** Waits for words that are in sight: what is for another width is in the page, too. */
async function seen(page: Page, words: RegExp | string): Promise<void> {
  await page.getByText(words).filter({ visible: true }).first().waitFor({ timeout: 90_000 });
}

/** Nobody saw whether the store took it; its order history says that it did. */
async function findOut(page: Page, number: string): Promise<void> {
  await page.waitForURL(/\/ops$/);
  await moveTo(page, number);
  await page.keyboard.press("c");
  await page.getByText(`${number} is yours for fifteen minutes.`).waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("Find out before anything is ordered.").waitFor();
  await page.getByText("no answer within 60 s").first().waitFor();
  assert.equal(await page.getByRole("button", { name: "It is placed" }).count(), 0, "nobody places it unasked");
  await assertAccessible(page, "an order whose outcome is not known");
  await page.getByRole("radio", { name: /^The store has it/ }).press("Space");
  await page.keyboard.press("Tab");
  await page.keyboard.type(`FOUND-${number}`);
  await page.keyboard.press("Enter");
  await page.getByText(`${number} is placed as FOUND-${number}.`).waitFor();
}

/** The shopper wants it back, and a person asks the store. */
async function takeBack(page: Page, bought: { readonly number: string; readonly page: Page }): Promise<void> {
  const { number } = bought;
  await bought.page.evaluate(async (orderNumber) => {
    const answer = await fetch(`/api/v1/orders/${orderNumber}/cancel`, { method: "POST" });
    if (!answer.ok) throw new Error(await answer.text());
  }, number);
  // A machine asks the store first, where it can; then it is a person's.
  await inDatabase("select placement.cancel_by_hand_1($1, 'unsupported', null)", [number]);
  await page.waitForURL(/\/ops$/);
  await page.locator(`[data-row="${number}"]`).getByText("Take back").waitFor();
  await moveTo(page, number);
  await page.keyboard.press("Enter");
  await seen(page, /^Claim it before/);
  await page.keyboard.press("c");
  await page.getByRole("radio", { name: /^It has taken the order back/ }).press("Space");
  await assertAccessible(page, "an order to be taken back");
  await page.getByRole("button", { name: "Note the answer" }).press("Enter");
  await page.getByRole("button", { name: "Yes, it is taken back" }).press("Enter");
  await page.getByText(`${number} is cancelled, and the money goes back.`).waitFor();
}

test("an order is found by its number, some money goes back, and the trail says so", async (t) => {
  const { page, expect } = await openOperator(t, "Robin Rest");
  // More than there is to give back is refused.
  expect(/40[09]/);
  const { number } = await buyByHand(t);
  await placeByCall(page, number);

  await page.keyboard.press("/");
  await page.keyboard.type(number.toLowerCase());
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/ops\/orders\?q=/);
  await page.locator(`[data-row="${number}"]`).waitFor();
  await page.keyboard.press("Escape");
  await assertAccessible(page, "orders that were found");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.waitForURL(new RegExp(`/ops/orders/${number}$`));

  await page.getByRole("radio", { name: "An amount" }).check();
  await page.getByLabel("How much").fill("9000");
  await page.getByLabel("Reason").fill("A scratch");
  await assertAccessible(page, "the whole order");
  const refund = async (): Promise<void> => {
    await page.getByRole("button", { name: "Refund", exact: true }).click();
    await page.getByRole("button", { name: "Yes, refund" }).click();
  };
  await refund();
  await page.locator('main [role="alert"]').filter({ hasText: /\S/ }).waitFor();
  await page.getByLabel("How much").fill("1.25");
  await refund();
  await page.getByText("$1.25 goes back to the shopper.").waitFor();

  await page.goto(`/ops/audit?subject=${number}`);
  await page.getByText("Placed the order by hand").waitFor();
  await page.getByText("Refunded", { exact: true }).waitFor();
  await assertAccessible(page, "the trail");
});

test("a store's switch, a replay and the figures, and the trail of them", async (t) => {
  await letMachinesOrder(false);
  const { page } = await openOperator(t, "Sue Switch");
  await page.keyboard.press("g");
  await page.keyboard.press("s");
  await page.waitForURL(/\/ops\/stores$/);
  await page.locator(`[data-row="${storeByHand}"]`).waitFor();
  await assertAccessible(page, "the stores");
  await page.getByLabel("Whose stores").selectOption("Retailers");
  await page.waitForURL(/\/ops\/stores\?kind=retailer$/);
  await page.getByRole("searchbox", { name: "Name or id" }).fill(storeByHand);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/ops\/stores\?query=[a-z-]+&kind=retailer$/);
  await page.locator("[data-row]").nth(1).waitFor({ state: "detached" });
  await moveTo(page, storeByHand);
  await page.keyboard.press("Enter");
  const browser = page.getByRole("switch", { name: "Use 1. Browser" });
  await browser.waitFor();
  await assertAccessible(page, "a store");
  await browser.press("Space");
  await page.getByText("Tier 1 is used again.").waitFor();
  await browser.press("Space");
  await page.getByText("Tier 1 is out of use").waitFor();

  await page.keyboard.press("g");
  await page.keyboard.press("e");
  await page.waitForURL(/\/ops\/events$/);
  await page
    .getByRole("button", { name: /^Replay payment_intent/ })
    .first()
    .press("Enter");
  await page.getByText(/ is being worked again\.$/).waitFor();
  await assertAccessible(page, "events");

  await page.goto("/ops/audit?action=webhook_event");
  await page.getByText("Worked an event again").first().waitFor();
  await page.goto("/ops/audit?action=store");
  await page.getByText("Took a tier out of use").first().waitFor();
  await page.goto("/ops/figures");
  await page.getByRole("figure").first().waitFor();
  await page.getByText("As a table").first().click();
  await assertAccessible(page, "the figures");
});

async function placeByCall(page: Page, number: string): Promise<void> {
  await page.evaluate(async (orderNumber) => {
    for (const [verb, body] of [
      ["claim", {}],
      ["place", { storeOrderNumber: `KC-${orderNumber}` }],
    ] as const) {
      const answer = await fetch(`/api/v1/admin/manual-orders/${orderNumber}/${verb}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        ...(verb === "claim" ? {} : { body: JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`${verb}: ${await answer.text()}`);
    }
  }, number);
}

test("a refund above the limit waits until a second person approves it", async (t) => {
  const asking = await openOperator(t, "Ann Asks");
  const { number } = await buyByHand(t);
  await placeByCall(asking.page, number);
  const limit = "update ops.refund_limit set amount_minor = $1 where currency = 'USD' returning amount_minor";
  await inDatabase(limit, [100]);
  try {
    await asking.page.goto(`/ops/orders/${number}`);
    await asking.page.getByLabel("Reason").fill("It came broken");
    await asking.page.getByRole("button", { name: "Refund", exact: true }).click();
    await asking.page.getByRole("button", { name: "Yes, refund" }).click();
    await asking.page.getByText("A colleague has to approve it.").waitFor();
    await asking.page.goto("/ops/refunds?list=approvals");
    await asking.page.getByText("You asked for it, so a colleague has to approve it.").first().waitFor();

    const approving = await openOperator(t, "Abe Approves");
    await approving.page.goto("/ops/refunds?list=approvals");
    const line = approving.page.getByRole("listitem").filter({ hasText: number });
    await line.getByText("Ann Asks").waitFor();
    await assertAccessible(approving.page, "refunds that wait for a second person");
    await line.getByRole("button", { name: "Approve" }).click();
    await approving.page.getByRole("button", { name: "Yes, refund" }).click();
    await approving.page.getByText(`${number}: the money goes back.`).waitFor();
    await approving.page.goto(`/ops/orders/${number}`);
    await approving.page.getByText("It came broken").first().waitFor();
  } finally {
    await inDatabase(limit, [20_000]);
  }
});

test("what a browser saw of the store can be looked at, picture by picture", async (t) => {
  const { number } = await buyByMachine(t);
  const { page } = await openOperator(t, "Eve Evidence");
  await page.goto(`/ops/orders/${number}`);
  await page.getByText("What the browser saw: place").click();
  await page.getByRole("button", { name: "Show the picture of step 1", exact: true }).click();
  const viewer = page.getByRole("dialog");
  await viewer.getByRole("heading", { name: /^Step 1:/ }).waitFor();
  await assertAccessible(page, "a picture of a step");
  await page.keyboard.press("ArrowRight");
  await viewer.getByRole("heading", { name: /^Step 2:/ }).waitFor();
  const src = await viewer.getByRole("img").getAttribute("src");
  const picture = await page.request.get(src ?? "");
  assert.equal(picture.headers()["content-type"], "image/png");
  await page.keyboard.press("Escape");
  await viewer.waitFor({ state: "hidden" });
  assert.match(page.url(), new RegExp(`/ops/orders/${number}$`), "Escape closes the picture alone");
  const trace = await page.getByRole("link", { name: "Trace (trace.zip)" }).getAttribute("href");
  const file = await page.request.get(trace ?? "");
  assert.equal(file.headers()["content-type"], "application/zip");
});

test("two race for one order: one holds it, and the other is told who", async (t) => {
  const first = await openOperator(t, "Fay First");
  const second = await openOperator(t, "Sam Second");
  for (const { expect } of [first, second]) expect(/409/);
  const { number } = await buyByHand(t);
  await Promise.all([moveTo(first.page, number), moveTo(second.page, number)]);
  await Promise.all([first.page.keyboard.press("c"), second.page.keyboard.press("c")]);
  await untilTask(number, "claimed");

  const told = (page: Page, name: string) => page.getByText(`${number} is held by ${name}.`).waitFor();
  const mine = (page: Page) => page.getByText(`${number} is yours for fifteen minutes.`).waitFor();
  const firstWon = Promise.all([mine(first.page), told(second.page, "Fay First")]).then(() => "first");
  const secondWon = Promise.all([mine(second.page), told(first.page, "Sam Second")]).then(() => "second");
  const winner = await Promise.any([firstWon, secondWon]);
  const [holder, other] = winner === "first" ? [first, second] : [second, first];
  const [row] = await inDatabase<{ name: string }>(
    `select u.name from placement.manual_task t join account."user" u on u.id = t.claimed_by where t.order_number = $1`,
    [number],
  );
  assert.equal(row?.name, holder.name);

  await other.page.keyboard.press("Enter");
  await seen(other.page, `${holder.name} is working on this order. Do not place it.`);
  assert.equal(await other.page.getByRole("button", { name: "It is placed" }).count(), 0);
});

test("a claim that is lost and a session that ends lose nothing that was typed", async (t) => {
  const { page, context, expect } = await openOperator(t, "Lee Late");
  expect(/401|409/);
  const { number } = await buyByHand(t);
  await page.goto(`/ops/queue/${number}`);
  await seen(page, /^Claim it before/);
  await page.keyboard.press("c");
  await seen(page, /^Yours for/);
  await page.getByLabel("Store's order number").fill("KC-KEPT");

  const [colleague] = await inDatabase<{ id: string }>(
    `select id from account."user" where email = 'ops@muse.test'`,
    [],
  );
  await inDatabase(
    "update placement.manual_task set claimed_by = $2, claimed_until = now() + interval '15 minutes' where order_number = $1",
    [number, colleague?.id],
  );
  await seen(page, "Ola Operations holds it now");
  assert.equal(await page.getByLabel("Store's order number").inputValue(), "KC-KEPT");
  assert.ok(await page.getByRole("button", { name: "It is placed" }).isDisabled());
  await assertAccessible(page, "a claim that was lost");

  await context.clearCookies();
  await page.reload();
  await page.waitForURL(/\/sign-in\?next=/);
  assert.match(decodeURIComponent(page.url()), new RegExp(`/ops/queue/${number}`));
});

test("a session that ends while a page is open is told over it, and nothing that was typed is lost", async (t) => {
  const { page, context, expect } = await openOperator(t, "Ed Ended", { viewport: narrow });
  expect(/401/);
  const { number } = await buyByHand(t);
  await page.goto(`/ops/queue/${number}`);
  await page.getByRole("button", { name: "Claim this order" }).click();
  await page.getByLabel("Store's order number").fill("KC-KEPT");
  await context.clearCookies();
  const told = page.getByRole("heading", { name: "You have been signed out" });
  // The page asks by itself, too, and may be told first; then nothing behind the words can be pressed.
  const pressed = page.getByRole("button", { name: "It is placed" }).click();
  await Promise.race([pressed.catch(() => undefined), told.waitFor()]);
  await told.waitFor();
  await assertAccessible(page, "a session that has ended");
  assert.equal(await page.locator('[name="storeOrderNumber"]').inputValue(), "KC-KEPT");
  await page.getByRole("button", { name: "Sign in again" }).click();
  await page.waitForURL(/\/sign-in\?next=/);
  assert.ok(decodeURIComponent(page.url()).endsWith(`/ops/queue/${number}`));
});

test("what others wrote is text: no title, note or answer does anything at the desk", async (t) => {
  const { page } = await openOperator(t, "Xen Xss");
  const { number } = await buyByHand(t);
  const payload = `"><img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;
  await inDatabase("update orders.order_item set title = $2 where order_number = $1", [number, payload]);
  await inDatabase("update placement.manual_task set detail = $2, why = $2, note = $2 where order_number = $1", [
    number,
    payload,
  ]);
  await inDatabase("update orders.order_item set product_url = $2 where order_number = $1", [
    number,
    "javascript:alert(1)",
  ]);
  page.on("dialog", () => assert.fail("a script ran"));

  await page.goto("/ops");
  await seen(page, "<img src=x");
  await page.goto(`/ops/queue/${number}`);
  await seen(page, "<script>");
  await page.goto(`/ops/orders/${number}`);
  await seen(page, "<script>");
  assert.notEqual(await page.title(), "owned");
  assert.equal(await page.locator('main img[src="x"], main script').count(), 0);
  assert.equal(await page.locator('a[href^="javascript"]').count(), 0);
});

test("to whoever is no operator the desk is not there, and who is nobody signs in first", async (t) => {
  const { page, expect } = await openVisitor(t, { baseUrl: webUrl });
  expect(/404|403/);
  const paths = ["/ops", "/ops/orders", "/ops/stores/kite-co", "/ops/figures", "/ops/audit"];
  for (const path of paths) {
    await page.goto(path);
    await page.waitForURL(/\/sign-in\?next=/);
  }
  await page.getByLabel("E-mail").fill("shopper@muse.test");
  await page.getByLabel("Password").fill("muse-demo");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("heading", { name: "There is nothing here" }).waitFor();
  for (const path of paths) {
    const response = await page.goto(path);
    assert.equal(response?.status(), 404, path);
    await page.getByRole("heading", { name: "There is nothing here" }).waitFor();
  }
});
