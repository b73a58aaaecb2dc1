import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import { codeOf } from "./authenticator.ts";
import { assertAccessible } from "./axe.ts";
import { buy, numberOf } from "./bought.ts";
import { fresh } from "./fresh.ts";
import { sharedSystem } from "./global-setup.ts";
import { letterTo } from "./outside.ts";
import { fillCart } from "./shopping.ts";
import { closeBrowser, narrow, openVisitor, wide } from "./visitor.ts";

const { webUrl } = sharedSystem();
const password = "a password of my own";

after(closeBrowser);

test("a guest makes an account, and the cart and the orders come along", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl, viewport: narrow });
  const email = fresh("new");
  const number = numberOf(await buy(page, ["harbor-main"], email));
  await fillCart(page, ["fernwood"]);
  await page.goto("/sign-up?next=/orders");
  await page.getByRole("button", { name: "Make my account" }).click();
  await page.getByText("Write what we may call you.").waitFor();
  await assertAccessible(page, "signing up, with complaints");
  await writeSignUp(page, email);
  await page.waitForURL(/\/orders$/);
  await page.locator(`[data-order="${number}"]`).waitFor();
  await page.getByRole("link", { name: "Cart, 1 item" }).waitFor();
  assert.equal(await page.getByText("Bought on another device").count(), 0, "who has an account needs no look-up");
});

test("a wrong password is told in words, and the right one leads back to where one was", async (t) => {
  const { page, expect } = await openVisitor(t, { baseUrl: webUrl });
  expect(/401/);
  const email = fresh("returns");
  await signUp(page, email);
  await signOut(page);
  await page.goto("/sign-in?next=/orders%3Fstatus%3Dshipped");
  await writeSignIn(page, email, "not my password");
  await page.getByRole("alert").filter({ hasText: "do not fit together" }).waitFor();
  await assertAccessible(page, "a wrong password");
  await writeSignIn(page, email, password);
  await page.waitForURL(/\/orders\?status=shipped$/);
  await page.goto("/sign-in");
  await page.waitForURL(/\/account$/);
});

test("signing in leads nowhere but to the shop", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl });
  await page.goto(`/sign-up?next=${encodeURIComponent("//elsewhere.test/")}`);
  await writeSignUp(page, fresh("lured"));
  await page.waitForURL(`${webUrl}/account`);
});

test("an e-mail that has an account is told at its field", async (t) => {
  const { page, expect } = await openVisitor(t, { baseUrl: webUrl });
  expect(/409/);
  await page.goto("/sign-up");
  await writeSignUp(page, "shopper@muse.test");
  await page.getByText("There is already an account for this e-mail address.").waitFor();
  assert.equal(await page.getByLabel("E-mail").getAttribute("aria-invalid"), "true");
});

test("after too many wrong passwords it says for how long to wait", async (t) => {
  const { page, expect } = await openVisitor(t, { baseUrl: webUrl, locale: "ko-KR", viewport: narrow });
  expect(/401|429/);
  const email = fresh("guessed");
  await page.goto("/sign-in");
  await page.getByLabel("이메일").fill(email);
  await page.getByLabel("비밀번호").fill("wrong");
  const said = page.getByRole("alert").filter({ hasText: "너무 여러 번" });
  for (let tries = 0; tries < 14 && (await said.count()) === 0; tries += 1) {
    await page.getByRole("button", { name: "로그인", exact: true }).click();
    await page.locator('button[aria-busy="true"]').waitFor({ state: "detached" });
  }
  assert.match((await said.textContent()) ?? "", /\d분 뒤에/);
});

test("a mailed link signs in once", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl });
  const email = fresh("linked");
  await signUp(page, email);
  await signOut(page);
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Send me a sign-in link instead" }).click();
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Send me the link" }).click();
  await page.getByText(`If ${email} has an account`).waitFor();
  await assertAccessible(page, "a link that is on its way");
  const { text } = await letterTo(email, /^Your sign-in link/);
  const link = /https?:\/\/\S+\/api\/auth\/magic-link\/verify\?\S+/.exec(text)?.[0] ?? "";
  await page.goto(link);
  await page.waitForURL(/\/orders$/);
  await page.getByText("No orders yet").waitFor();

  const other = await openVisitor(t, { baseUrl: webUrl, viewport: narrow });
  await other.page.goto(link);
  await other.page.waitForURL(/\/sign-in\?/);
  await other.page.getByText("This sign-in link is over").waitFor();
  await assertAccessible(other.page, "a sign-in link that is over");
});

test("addresses are added, put first, changed, removed and taken back, and a checkout begins with the first", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl });
  await signUp(page, fresh("moves"));
  await addAddress(page, { name: "Home Harbor", street: "350 Fifth Ave", zip: "10118" });
  await addAddress(page, { name: "Work Wharf", street: "1 Main St", zip: "02129" });
  await assertAccessible(page, "the account");
  await page.getByRole("button", { name: /^Make it the first Work Wharf/ }).click();
  const first = page.getByRole("listitem").filter({ hasText: "First choice" });
  await first.filter({ hasText: "Work Wharf" }).waitFor();

  await page.getByRole("button", { name: /^Change Home Harbor/ }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByLabel("Full name").fill("Harbor, Home");
  await sheet.getByRole("button", { name: "Save address" }).click();
  await page.getByText("Harbor, Home", { exact: true }).waitFor();

  await page.getByRole("button", { name: /^Remove Harbor, Home/ }).click();
  await page.getByText("Harbor, Home", { exact: true }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("Harbor, Home", { exact: true }).waitFor();

  await fillCart(page, ["harbor-main"]);
  await page.goto("/checkout");
  await untilValue(page, "Street and number", "1 Main St");
  await page.locator('input[type="radio"][name^="delivery-"]').first().waitFor();
});

test("a second factor is set up, asked for, and replaced by a code that was put away", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl, viewport: narrow });
  const email = fresh("factor");
  await signUp(page, email);
  await page.getByRole("button", { name: "Set up" }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByLabel("Password now").fill(password);
  await sheet.getByRole("button", { name: "Go on" }).click();
  await sheet.getByRole("heading", { name: "1. Tell your app" }).waitFor();
  const key = (await sheet.locator("p code").textContent()) ?? "";
  const [backup = ""] = await sheet.locator("li code").allTextContents();
  await assertAccessible(page, "setting a second factor up");
  await sheet.getByLabel("Code").fill(codeOf(key, Date.now()));
  await sheet.getByRole("button", { name: "Go on" }).click();
  await page.getByRole("button", { name: "Turn off" }).waitFor();

  await signOut(page);
  await page.goto("/sign-in?next=/orders");
  await writeSignIn(page, email, password);
  await page.getByRole("heading", { name: "Your second factor" }).waitFor();
  await page.getByLabel("Code").fill("12");
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByText("The code has six digits.").waitFor();
  await assertAccessible(page, "the second factor");
  await page.getByRole("button", { name: "Use a backup code" }).click();
  await page.getByLabel("Backup code").fill(backup);
  await page.getByRole("button", { name: "Go on" }).click();
  await page.waitForURL(/\/orders$/);
});

test("another device is signed out from this one, and a new password ends all others", async (t) => {
  const email = fresh("devices");
  const { page } = await openVisitor(t, { baseUrl: webUrl });
  await signUp(page, email);
  const other = await openVisitor(t, { baseUrl: webUrl, viewport: narrow });
  await other.page.goto("/sign-in");
  await writeSignIn(other.page, email, password);
  await other.page.waitForURL(/\/account$/);

  await page.reload();
  await page.getByRole("button", { name: /^Sign out Chrome/ }).click();
  await page.getByRole("button", { name: /^Sign out Chrome/ }).waitFor({ state: "detached" });
  await untilSignedOut(other.page);

  await writeSignIn(other.page, email, password);
  await other.page.waitForURL(/\/account$/);
  await page.getByRole("button", { name: "Change password" }).click();
  await page.getByLabel("Password now").fill(password);
  await page.getByLabel("New password").fill("another password");
  await page.getByRole("button", { name: "Save new password" }).click();
  await page.getByText("The new password holds.").waitFor();
  await untilSignedOut(other.page);
});

test("somebody takes a copy of their data, and then ends it", async (t) => {
  const { page, expect } = await openVisitor(t, { baseUrl: webUrl, viewport: narrow });
  expect(/401/);
  const email = fresh("leaves");
  await signUp(page, email);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download my data" }).click(),
  ]);
  assert.ok((await readFile(await download.path(), "utf8")).includes(email));

  await page.getByRole("button", { name: "Delete my account" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Your password").fill("not mine");
  await dialog.getByRole("button", { name: "Delete for good" }).click();
  await dialog.getByText("This is not your password.").waitFor();
  await assertAccessible(page, "the question before deleting");
  await dialog.getByLabel("Your password").fill(password);
  await dialog.getByRole("button", { name: "Delete for good" }).click();
  await page.getByRole("heading", { name: "Your data is deleted." }).waitFor();
  await page.getByRole("link", { name: "To the shop" }).click();
  await page.waitForURL(`${webUrl}/`);
  await toAccount(page);
  await page.waitForURL(/\/sign-in$/);
  await writeSignIn(page, email, password);
  await page.getByRole("alert").filter({ hasText: "do not fit together" }).waitFor();
});

test("a guest sees what is kept of them, and ends it without a password", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl, viewport: narrow, locale: "ko-KR" });
  await fillCart(page, ["harbor-main"]);
  await page.goto("/account");
  await page.getByRole("heading", { level: 1, name: "비회원으로 이용 중입니다" }).waitFor();
  await assertAccessible(page, "a guest's account");
  await page.getByRole("button", { name: "내 데이터 삭제" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "완전히 삭제" }).click();
  await page.getByRole("link", { name: "쇼핑하러 가기" }).click();
  await page.waitForURL(`${webUrl}/`);
  await page.getByRole("link", { name: "장바구니, 비어 있음" }).waitFor();
});

test("signing out leaves nothing of a person in the browser, and signing in again doubles nothing", async (t) => {
  const { page } = await openVisitor(t, { baseUrl: webUrl, viewport: wide });
  const email = fresh("shared");
  await signUp(page, email);
  await fillCart(page, ["harbor-main"]);
  await page.goto("/cart");
  await page.getByRole("link", { name: "Check out" }).waitFor();
  await page.goto("/account");
  await signOut(page);
  await page.getByRole("link", { name: "Cart, empty" }).waitFor();
  await page.goto("/sign-in?next=/cart");
  await writeSignIn(page, email, password);
  await page.waitForURL(/\/cart$/);
  await page.getByRole("link", { name: "Cart, 1 item" }).waitFor();
});

test("a session that ends by itself leaves the cart to its account, and signing in again doubles nothing", async (t) => {
  const { page, context } = await openVisitor(t, { baseUrl: webUrl });
  const email = fresh("ended");
  await signUp(page, email);
  await fillCart(page, ["harbor-main"]);
  await page.goto("/cart");
  await page.getByRole("link", { name: "Check out" }).waitFor();
  await context.clearCookies();
  const asked = page.waitForResponse((answer) => answer.url().endsWith("/cart/summary"));
  await page.goto("/help");
  await asked;
  await page.getByRole("link", { name: "Cart, empty" }).waitFor();
  await page.goto("/sign-in?next=/cart");
  await writeSignIn(page, email, password);
  await page.waitForURL(/\/cart$/);
  await page.getByRole("link", { name: "Cart, 1 item" }).waitFor();
});

test("a visitor's cart comes back when the browser has lost who they were, as an older client kept it, too", async (t) => {
  const { page, context } = await openVisitor(t, { baseUrl: webUrl });
  await fillCart(page, ["harbor-main"]);
  await page.goto("/cart");
  await page.getByRole("link", { name: "Check out" }).waitFor();
  await context.clearCookies();
  await page.reload();
  await page.getByRole("link", { name: "Cart, 1 item" }).waitFor();
  await page.evaluate(() => {
    const items = JSON.parse(localStorage.getItem("ai_marketplace_cart") ?? "[]") as {
      id: string;
      variantId: string;
    }[];
    const older = items.map(({ id, variantId }) => ({ id, variantId }));
    localStorage.setItem("ai_marketplace_cart", JSON.stringify(older));
  });
  await context.clearCookies();
  await page.goto("/help");
  await page.getByRole("link", { name: "Cart, 1 item" }).waitFor();
});

async function signUp(page: Page, email: string): Promise<void> {
  await page.goto("/sign-up");
  await writeSignUp(page, email);
  await page.waitForURL(/\/account$/);
  await page.getByRole("heading", { level: 1, name: "Sasha, this is your account" }).waitFor();
}

async function writeSignUp(page: Page, email: string): Promise<void> {
  await page.getByLabel("Name", { exact: true }).fill("Sasha");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Make my account" }).click();
}

async function writeSignIn(page: Page, email: string, secret: string): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(secret);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Sign out", exact: true }).first().click();
  await page.waitForURL(`${webUrl}/`);
}

type Place = { readonly name: string; readonly street: string; readonly zip: string };

/** City and state come from the ZIP code. */
async function addAddress(page: Page, { name, street, zip }: Place): Promise<void> {
  await page.getByRole("button", { name: "Add an address" }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByLabel("Full name").fill(name);
  await sheet.getByLabel("Street and number").fill(street);
  await sheet.getByLabel("ZIP code").fill(zip);
  await sheet.locator('input[name="city"]:not([value=""])').waitFor();
  await sheet.getByRole("button", { name: "Save address" }).click();
  await sheet.waitFor({ state: "hidden" });
  await page.getByText(name, { exact: true }).waitFor();
}

async function untilValue(page: Page, label: string, value: string): Promise<void> {
  const field = page.getByLabel(label, { exact: true });
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await field.inputValue()) === value) return;
    await page.waitForTimeout(100);
  }
  assert.equal(await field.inputValue(), value);
}

/** It sends who is not signed in on to the door, which may be before it has come itself. */
async function toAccount(page: Page): Promise<void> {
  await page.goto("/account", { waitUntil: "commit" });
}

/** Other processes hear of an ended session within seconds. */
async function untilSignedOut(page: Page): Promise<void> {
  for (let tries = 0; tries < 20; tries += 1) {
    await toAccount(page);
    await page.getByRole("heading", { level: 1, name: /^Sign in|this is your account/ }).waitFor();
    if (new URL(page.url()).pathname === "/sign-in") return;
    await page.waitForTimeout(500);
  }
  assert.fail("the other device is still signed in");
}
