/** From a sale to a seller's bank, in a real browser: a level is noted, a payout prepared, agreed to and paid. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import { sellerContractVersion } from "@muse/contracts/seller-contract";
import { newId } from "../../server/src/kernel/ids.ts";
import { openPool } from "../../server/src/platform/db/pool.ts";
import { buyFile } from "../../server/test/digital.ts";
import { endHolding, makeSold } from "../../server/test/sellers.ts";
import { assertAccessible } from "./axe.ts";
import { openOperator } from "./desk.ts";
import { fresh, unique } from "./fresh.ts";
import { sharedSystem } from "./global-setup.ts";
import { closeBrowser, narrow, openVisitor, wide } from "./visitor.ts";

const { webUrl, databaseUrl } = sharedSystem();
const pool = openPool({ connectionString: databaseUrl, connectionMax: 2, applicationName: "e2e payouts" });

after(async () => {
  await pool.end();
  await closeBrowser();
});

type Seller = { readonly sellerId: string; readonly productId: string };

/** Signs up to sell, by the calls that the page makes, and has sold one thing of 300 dollars: 270 are theirs. */
async function becomeSeller(page: Page, displayName: string): Promise<Seller> {
  await page.goto("/");
  const email = fresh("payee");
  const sellerId = await page.evaluate(
    async ({ address, name, contractVersion }) => {
      const post = async (path: string, body: object): Promise<unknown> => {
        const headers = { "content-type": "application/json" };
        const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
        if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
        return await answer.json();
      };
      await post("/api/auth/sign-up/email", { email: address, name, password: "a password of my own" });
      const opened = await post("/api/v1/seller", { displayName: name, about: "Letters.", contractVersion });
      return (opened as { data: { sellerId: string } }).data.sellerId;
    },
    { address: email, name: displayName, contractVersion: sellerContractVersion },
  );
  const { productId } = await makeSold(pool, sellerId, { priceMinor: 30_000 });
  await buyFile(pool, { productId });
  return { sellerId, productId };
}

test("what is owed is paid out to a seller whose identity somebody has seen, and above the limit two people agree", async (t) => {
  const shop = await openVisitor(t, { baseUrl: webUrl, viewport: narrow });
  const name = `Payne ${unique()}`;
  // As it is where nobody changed it; another run of this test may have.
  await pool.query("update ledger.payout_rule set hold_days = 14");
  const { sellerId } = await becomeSeller(shop.page, name);
  await shop.page.goto("/sell/payouts");
  await shop.page.getByText("Payouts begin once your identity has been seen.").waitFor();
  await shop.page.getByText(/^More on /).waitFor();
  await assertAccessible(shop.page, "what is owed, and waits");
  await endHolding(pool);

  const ada = await openOperator(t, "Ada Pays");
  await ada.page.keyboard.press("g");
  await ada.page.keyboard.press("v");
  await ada.page.getByRole("heading", { level: 1, name: "Sellers" }).waitFor();
  await ada.page.getByLabel("Name or id").fill(name);
  await ada.page.getByRole("button", { name: "Find", exact: true }).click();
  await ada.page.locator(`[data-row="${sellerId}"]`).getByText("1 sale, $270.00").waitFor();
  await assertAccessible(ada.page, "the sellers");
  await ada.page.locator(`[data-row="${sellerId}"]`).getByRole("link").first().click();
  await ada.page.getByRole("heading", { level: 1, name }).waitFor();
  await ada.page.getByText("Payouts go only to sellers whose identity has been seen.").waitFor();
  await assertAccessible(ada.page, "a seller at the desk");
  await ada.page.getByLabel("What you saw").fill("Passport in a video call.");
  await ada.page.getByRole("button", { name: "Note the level" }).click();
  await ada.page.getByText("Noted: Identity verified.").waitFor();
  await ada.page.getByRole("button", { name: "Prepare", exact: true }).click();
  // Beside the amount on a telephone, in a column of its own here.
  await ada.page.getByText("Needs a second person").locator("visible=true").waitFor();
  await ada.page.getByText("Somebody else has to agree.").waitFor();

  const bea = await openOperator(t, "Bea Agrees");
  await agreeAndPay(bea.page, name);
  await seePaid(shop.page);
});

/** The second person agrees to what somebody else prepared, pays at the bank, and notes the transfer. */
async function agreeAndPay(page: Page, name: string): Promise<void> {
  await page.goto("/ops/money?list=payouts");
  const row = page.getByRole("row").filter({ hasText: name }).filter({ hasText: "Needs a second person" });
  await row.getByRole("button", { name: "Agree" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Agree" }).click();
  const approved = page.getByRole("row").filter({ hasText: name }).filter({ hasText: "Approved" });
  await approved.getByRole("button", { name: "Note as paid" }).click();
  await page.getByLabel("Reference of the transfer").fill("=1");
  await page.getByRole("button", { name: "Note it" }).click();
  await page.getByText("3 to 40 letters, digits, dots, dashes or slashes.").waitFor();
  await assertAccessible(page, "a transfer's reference, with a complaint");
  await page.getByLabel("Reference of the transfer").fill(`TR-${unique()}`);
  await page.getByRole("button", { name: "Note it" }).click();
  await page.getByRole("row").filter({ hasText: name }).filter({ hasText: "Paid" }).waitFor();
  await assertAccessible(page, "the payouts");
}

async function seePaid(page: Page): Promise<void> {
  await page.reload();
  const row = page.getByRole("row").filter({ hasText: "$270.00" });
  await row.getByText("Paid").waitFor();
  await assertAccessible(page, "what was paid out");
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download CSV" }).click(),
  ]);
  const lines = (await readFile(await saved.path(), "utf8")).trim().split("\r\n");
  assert.match(lines.at(1) ?? "", /opening_balance.*,0\.00$/);
  assert.match(lines.at(-2) ?? "", /payout_prepared,,TR-.*,-270\.00,USD,0\.00$/);
  assert.match(lines.at(-1) ?? "", /closing_balance.*,0\.00$/);
}

test("a transfer that had been made when its payout was called off is noted all the same", async (t) => {
  const shop = await openVisitor(t, { baseUrl: webUrl, viewport: wide });
  const name = `Late ${unique()}`;
  const { sellerId } = await becomeSeller(shop.page, name);
  await endHolding(pool);
  await pool.query("update seller.seller set verification = 'identity' where account_id = $1", [sellerId]);
  const prepare = "select outcome from ledger.payout_prepare_1($1, $2, 'USD', 5000, 'acc_away')";
  assert.equal((await pool.query(prepare, [newId("po"), sellerId])).rows[0].outcome, "prepared");
  const { page } = await openOperator(t, "Tia Calls Off");
  await page.goto(`/ops/sellers/${sellerId}`);
  await page.getByRole("button", { name: "Came to nothing" }).click();
  await page.getByRole("button", { name: "Note it" }).click();
  await page.getByRole("button", { name: "Transferred after all" }).click();
  await page.getByText("Only when it stands on the bank's statement.", { exact: false }).waitFor();
  await page.getByLabel("Reference of the transfer").fill(`TR-${unique()}`);
  await assertAccessible(page, "a transfer after all");
  await page.getByRole("button", { name: "Note it" }).click();
  await page.getByText("Paid", { exact: true }).locator("visible=true").waitFor();
  const { rows } = await pool.query("select balance_minor from ledger.seller_balances_1($1)", [sellerId]);
  assert.equal(Number(rows[0].balance_minor), 22_000);
});

test("a suspended seller is told why, and their product leaves the shop; then it is back", async (t) => {
  const shop = await openVisitor(t, { baseUrl: webUrl, viewport: wide });
  shop.expect(/404/);
  const name = `Copy ${unique()}`;
  const { sellerId, productId } = await becomeSeller(shop.page, name);
  const { page } = await openOperator(t, "Sue Stops");
  await page.goto(`/ops/sellers/${sellerId}`);
  await page.getByRole("button", { name: "Suspend the seller" }).click();
  await page.getByText("Write down why.").waitFor();
  await page.getByLabel("Why").fill("Fonts of somebody else.");
  await page.getByRole("button", { name: "Suspend the seller" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Suspend", exact: true }).click();
  await page.getByRole("button", { name: "Let them sell again" }).waitFor();
  await assertAccessible(page, "a suspended seller");

  await shop.page.goto("/sell");
  await shop.page.getByText("Fonts of somebody else.").waitFor();
  assert.equal((await shop.page.goto(`/products/${productId}`))?.status(), 404);
  await page.getByLabel("Why").fill("They hold the rights.");
  await page.getByRole("button", { name: "Let them sell again" }).click();
  await page.getByText("They may sell again.").waitFor();
  assert.equal((await shop.page.goto(`/products/${productId}`))?.status(), 200);
});

test("in Korean and narrow, a seller changes the name they sell by", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl, viewport: narrow, locale: "ko-KR" });
  const { productId } = await becomeSeller(page, `한강 ${unique()}`);
  await page.goto("/sell/profile");
  await page.getByText("상품을 동시에 3개까지 공개할 수 있습니다.", { exact: false }).waitFor();
  const renamed = `새 이름 ${unique()}`;
  await page.getByLabel("스토어 이름").fill(renamed);
  await page.getByRole("button", { name: "저장" }).click();
  await page.getByText("저장했습니다.").waitFor();
  await page.getByText(renamed, { exact: true }).first().waitFor();
  await assertAccessible(page, "a seller's name, in Korean");
  await page.goto("/sell/payouts");
  await page.getByText("본인 인증을 마치면 정산이 시작됩니다.", { exact: false }).waitFor();
  await assertAccessible(page, "what is owed, in Korean");
  await page.goto(`/products/${productId}`);
  await page.getByText(renamed).first().waitFor();
});
