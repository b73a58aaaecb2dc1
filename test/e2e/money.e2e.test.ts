/** The books at the desk, in a real browser against a real Muse: a bank asks money back, and books are compared. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { assertAccessible } from "./axe.ts";
import { buy, numberOf } from "./bought.ts";
import { openOperator } from "./desk.ts";
import { fresh } from "./fresh.ts";
import { sharedSystem } from "./global-setup.ts";
import { inDatabase } from "./outside.ts";
import { closeBrowser, openVisitor } from "./visitor.ts";

const { webUrl, sandboxUrl } = sharedSystem();

after(closeBrowser);

/** What only a bank does. */
async function bank<Answer>(path: string, body: object): Promise<Answer> {
  const answer = await fetch(new URL(`/stripe-control/${path}`, sandboxUrl), {
    method: "POST",
    body: JSON.stringify(body),
  });
  assert.equal(answer.status, 200);
  return (await answer.json()) as Answer;
}

test("a charge that a bank takes back is at the desk with what we hold, and won it is over", async (t) => {
  const shopper = await openVisitor(t, { baseUrl: webUrl });
  await shopper.page.goto("/");
  const bought = await buy(shopper.page, ["harbor-main"], fresh("dispute"));
  const [payment] = await inDatabase<{ intent: string }>(
    "select provider_ref as intent from payment.payment where session_id = $1",
    [bought.sessionId],
  );
  assert.ok(payment !== undefined);
  const { id } = await bank<{ id: string }>("disputes", {
    payment_intent: payment.intent,
    reason: "product_not_received",
  });

  const { page } = await openOperator(t, "Bea Books");
  await page.keyboard.press("g");
  await page.keyboard.press("m");
  await page.getByRole("heading", { level: 1, name: "Money" }).waitFor();
  await page.getByRole("link", { name: "Disputes" }).click();
  await page.locator(`[data-row="${id}"]`).getByText("Waits for evidence").waitFor();
  await assertAccessible(page, "the disputes");
  await page.locator(`[data-row="${id}"]`).getByRole("link").first().click();
  await page.getByRole("heading", { name: "What we hold" }).waitFor();
  await page.getByRole("link", { name: numberOf(bought) }).waitFor();
  await page.getByText("Did not arrive").waitFor();
  await assertAccessible(page, "a dispute");

  // What we hold is drafted; the operator adds to it, is asked once more, and the bank has it.
  const goods = page.getByLabel("What was sold");
  assert.match(await goods.inputValue(), new RegExp(numberOf(bought)));
  await page.getByLabel("Why nothing is given back").fill("The parcel was handed over at the door.");
  await page.getByRole("button", { name: "Send to the bank" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Send it" }).click();
  // The dispute itself is said to be with the bank a moment earlier.
  const told = page.locator("section", { has: page.getByRole("heading", { name: "What the bank was told" }) });
  await told.getByText("With the bank").waitFor();
  assert.equal(await page.getByRole("button", { name: "Send to the bank" }).count(), 0, "it takes one answer");
  await assertAccessible(page, "an answered dispute");
  const [answer] = await inDatabase<{ status: string; told: string }>(
    "select status, evidence ->> 'refund_refusal_explanation' as told from payment.dispute_answer where dispute_id = $1",
    [id],
  );
  assert.deepEqual(answer, { status: "submitted", told: "The parcel was handed over at the door." });

  await bank(`disputes/${id}/close`, { status: "won" });
  await page.getByText("Won", { exact: true }).waitFor();
});

test("an alert is at the desk and leads to where something can be done; mail about them is each operator's choice", async (t) => {
  const shopper = await openVisitor(t, { baseUrl: webUrl });
  await shopper.page.goto("/");
  const bought = await buy(shopper.page, ["harbor-main"], fresh("alert"));
  const [payment] = await inDatabase<{ intent: string }>(
    "select provider_ref as intent from payment.payment where session_id = $1",
    [bought.sessionId],
  );
  assert.ok(payment !== undefined);
  const { page } = await openOperator(t, "Ada Alerts");
  const { id } = await bank<{ id: string }>("disputes", { payment_intent: payment.intent, reason: "general" });
  await page.keyboard.press("g");
  await page.keyboard.press("l");
  await page.getByRole("heading", { level: 1, name: "Alerts" }).waitFor();
  const row = page.locator(`[data-row]`, { has: page.locator(`a[href$="/ops/money/disputes/${id}"]`) });
  await row.getByText("A payment is disputed").waitFor();
  await assertAccessible(page, "the alerts");
  const mail = page.getByRole("checkbox", { name: /Write to me about them/ });
  assert.ok(await mail.isChecked(), "who works at the desk is written to");
  await mail.uncheck();
  await page.getByText("You are not written to any more.").waitFor();
  await page.reload();
  await mail.waitFor();
  assert.equal(await mail.isChecked(), false);
  await row.getByRole("link").first().click();
  await page.getByRole("heading", { name: "What we hold" }).waitFor();
});

test("balances say what is owed, with a statement; a comparison that is asked for is made", async (t) => {
  const { page } = await openOperator(t, "Colin Counts");
  await page.goto("/ops/money?list=balances");
  await page.getByText("With the provider").first().waitFor();
  await assertAccessible(page, "the balances");
  const statement = page.getByRole("link", { name: /^Statement of / }).first();
  const loading = page.waitForEvent("download");
  await statement.click();
  assert.match((await loading).suggestedFilename(), /-\d{4}-\d{2}\.csv$/);

  await page.goto("/ops/money");
  await page.getByRole("button", { name: "Compare now" }).click();
  const run = page.locator('[data-row^="rec_"]', { hasText: "you" }).first();
  await run.getByText(/^All agree$|differences?$/).waitFor({ timeout: 90_000 });
  await assertAccessible(page, "the comparisons");
  await run.getByRole("link").first().click();
  await page.getByRole("heading", { name: "Differences" }).waitFor();
  await page.getByRole("heading", { name: "The provider’s books" }).waitFor();
  await assertAccessible(page, "a comparison");
});
