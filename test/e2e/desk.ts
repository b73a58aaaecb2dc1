/** Operators, and work for them: who sits at the desk, and orders that no machine may place. */
import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import type { Page } from "playwright-core";
import { codeOf } from "./authenticator.ts";
import { buy, numberOf } from "./bought.ts";
import { sharedSystem } from "./global-setup.ts";
import { inDatabase } from "./outside.ts";
import { openVisitor, type Visitor, type VisitorOptions } from "./visitor.ts";

const { webUrl } = sharedSystem();

/** A store that a browser orders at, as long as its first tier is on. */
export const storeByHand = "kite-co";

let operators = 0;

export type Operator = Visitor & { readonly name: string };

/** Somebody new with the role, who has shown a second factor and stands before the queue. */
export async function openOperator(
  t: TestContext,
  name: string,
  options: Partial<VisitorOptions> = {},
): Promise<Operator> {
  const visitor = await openVisitor(t, { baseUrl: webUrl, ...options });
  const { page } = visitor;
  operators += 1;
  const email = `op${operators}.${Date.now().toString(36)}${process.pid}@example.com`;
  await page.goto("/");
  const key = await signUpWithFactor(page, { email, name, password });
  await inDatabase(`update account."user" set role = 'ops' where email = $1`, [email]);

  await page.goto("/sign-in?next=/ops");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("heading", { name: "Your second factor" }).waitFor();
  // The code that set it up is used; the next one is good already.
  await page.getByLabel("Code").fill(codeOf(key, Date.now() + 30_000));
  await page.getByRole("button", { name: "Go on" }).click();
  await page.waitForURL(/\/ops$/);
  await page.getByRole("heading", { level: 1, name: "Queue" }).waitFor();
  return { ...visitor, name };
}

const password = "a password of my own";

type Applicant = { readonly email: string; readonly name: string; readonly password: string };

/** By the account's own calls, as its pages make them; setting a factor up by hand is another test's matter. */
async function signUpWithFactor(page: Page, applicant: Applicant): Promise<string> {
  const uri = await page.evaluate(async ({ email, name, password: secret }) => {
    const post = async (path: string, body: object): Promise<{ data: { totpURI: string } }> => {
      const headers = { "content-type": "application/json" };
      const answer = await fetch(`/api/auth${path}`, { method: "POST", headers, body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as { data: { totpURI: string } };
    };
    await post("/sign-up/email", { email, name, password: secret });
    return (await post("/two-factor/enable", { password: secret })).data.totpURI;
  }, applicant);
  const key = new URL(uri).searchParams.get("secret") ?? "";
  await page.evaluate(
    async (code) => {
      const headers = { "content-type": "application/json" };
      const answer = await fetch("/api/auth/two-factor/verify-totp", {
        method: "POST",
        headers,
        body: JSON.stringify({ code }),
      });
      if (!answer.ok) throw new Error(await answer.text());
      await fetch("/api/auth/sign-out", { method: "POST", headers, body: "{}" });
    },
    codeOf(key, Date.now()),
  );
  return key;
}

/** Whether a machine may place the store's orders. */
export async function letMachinesOrder(isAllowed: boolean): Promise<void> {
  const sql = "update store.tier set is_enabled = $2 where store_id = $1 and method <> 'manual'";
  await inDatabase(sql, [storeByHand, isAllowed]);
}

export type Bought = { readonly number: string; readonly page: Page };

/** Somebody else buys something that a person has to place; its number, and the shopper's page. */
export async function buyByHand(t: TestContext): Promise<Bought> {
  await letMachinesOrder(false);
  const { page } = await openVisitor(t, { baseUrl: webUrl });
  const email = `hand.${Date.now().toString(36)}${process.pid}@example.com`;
  const number = numberOf(await buy(page, [storeByHand], email));
  await untilTask(number, "open");
  return { number, page };
}

/** Somebody else buys something that a browser orders in the store's shop; waits until it has. */
export async function buyByMachine(t: TestContext): Promise<Bought> {
  await letMachinesOrder(true);
  const { page } = await openVisitor(t, { baseUrl: webUrl });
  const email = `machine.${Date.now().toString(36)}${process.pid}@example.com`;
  const number = numberOf(await buy(page, [storeByHand], email));
  const sql = "select status::text from placement.placement where order_number = $1";
  for (let tries = 0; tries < 160; tries += 1) {
    const [row] = await inDatabase<{ status: string }>(sql, [number]);
    if (row?.status === "placed") return { number, page };
    await new Promise((settle) => setTimeout(settle, 500));
  }
  return assert.fail(`no browser has ordered ${number}`);
}

/** Waits until the order's task stands so. */
export async function untilTask(number: string, status: string): Promise<void> {
  let seen = "none";
  for (let tries = 0; tries < 150; tries += 1) {
    const sql =
      "select status::text from placement.manual_task where order_number = $1 order by opened_at desc limit 1";
    const [row] = await inDatabase<{ status: string }>(sql, [number]);
    seen = row?.status ?? "none";
    if (seen === status) return;
    await new Promise((settle) => setTimeout(settle, 200));
  }
  assert.equal(seen, status, `the task of ${number}`);
}

/** Nobody saw how the order's last try ended. */
export async function forgetOutcome(number: string): Promise<void> {
  const sql = "select placement.to_manual_1($1, 'outcome_unknown', 'no answer within 60 s', true)";
  await inDatabase(sql, [number]);
}

/** Goes to the order's row by j, and by k where the list was left below it. */
export async function moveTo(page: Page, number: string): Promise<void> {
  await page.locator(`[data-row="${number}"]`).waitFor();
  const current = page.locator("[data-current]");
  for (const key of ["j", "k"]) {
    for (let tries = 0; tries < 60; tries += 1) {
      const at = (await current.count()) === 0 ? null : await current.getAttribute("data-row");
      if (at === number) return;
      await page.keyboard.press(key);
    }
  }
  assert.fail(`no key led to ${number}`);
}
