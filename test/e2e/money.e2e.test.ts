/** The books at the desk, in a real browser against a real Muse: a bank asks money back, and books are compared. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { assertAccessible } from "./axe.ts";
import { buy, numberOf } from "./bought.ts";
import { openOperator } from "./desk.ts";
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
  const bought = await buy(shopper.page, ["harbor-main"], `dispute.${Date.now()}@example.com`);
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

  await bank(`disputes/${id}/close`, { status: "won" });
  await page.getByText("Won").waitFor();
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
