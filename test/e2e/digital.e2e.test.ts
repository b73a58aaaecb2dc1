/** Files that are bought in a real browser: one beside the cart, without an address, and there at once. */
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import type { APIRequestContext } from "playwright-core";
import { sellerContractVersion } from "@muse/contracts/seller-contract";
import { assertAccessible } from "./axe.ts";
import { sharedSystem } from "./global-setup.ts";
import { cardFrame, cards, pay, untilDone, writeCard } from "./shopping.ts";
import { closeBrowser, openVisitor } from "./visitor.ts";

const { webUrl } = sharedSystem();

after(closeBrowser);

const unique = (): string => `${Date.now().toString(36)}${process.pid}`;

async function dataOf(answer: { json: () => Promise<unknown>; ok: () => boolean; text: () => Promise<string> }) {
  assert.ok(answer.ok(), await answer.text());
  return ((await answer.json()) as { data: Record<string, string> }).data;
}

/** A seller who has put a file up for sale, over the API. */
async function publish(api: APIRequestContext, title: string, content: Buffer): Promise<string> {
  const headers = { origin: webUrl };
  const person = { name: "Selin", email: `selin.${unique()}@example.com`, password: "a password of my own" };
  const signedUp = await api.post("/api/auth/sign-up/email", { data: person, headers });
  assert.ok(signedUp.ok(), await signedUp.text());
  const seller = { displayName: "Selin", contractVersion: sellerContractVersion };
  await dataOf(await api.post("/api/v1/seller", { data: seller, headers }));
  const wish = { title, currency: "USD", priceCents: 1_250 };
  const { productId } = await dataOf(await api.post("/api/v1/seller/products", { data: wish, headers }));
  const file = { name: "han-river.zip", sizeBytes: content.length };
  const upload = await dataOf(await api.post(`/api/v1/seller/products/${productId}/uploads`, { data: file, headers }));
  const piece = { ...headers, "content-type": "application/octet-stream" };
  const url = `/api/v1/seller/uploads/${upload["uploadId"]}`;
  await dataOf(await api.put(`${url}/pieces/0`, { data: content, headers: piece }));
  await dataOf(await api.post(`${url}/finish`, { data: {}, headers }));
  await dataOf(await api.post(`/api/v1/seller/products/${productId}/publish`, { data: {}, headers }));
  return productId ?? "";
}

test("a guest buys one file without an address, has it byte for byte, and is not sold it again", async (t) => {
  const seller = await openVisitor(t, { baseUrl: webUrl });
  const title = `Han river ${unique()}`;
  const content = Buffer.concat([Buffer.from("504b0304", "hex"), randomBytes(60_000)]);
  const productId = await publish(seller.page.request, title, content);

  const { page, expect } = await openVisitor(t, { baseUrl: webUrl });
  await page.goto(`/products/${productId}`);
  await page.getByRole("link", { name: "Buy now" }).click();
  await page.getByLabel("E-mail", { exact: true }).fill(`bo.${unique()}@example.com`);
  assert.equal(await page.getByLabel("Street and number", { exact: true }).count(), 0, "nobody asks where it goes");
  await writeCard(page, cards.good);
  const zip = cardFrame(page).getByLabel(/^(ZIP|Postal)/);
  if ((await zip.count()) > 0) await zip.fill("10001");
  await pay(page);
  await untilDone(page);
  await page.getByRole("heading", { name: "Thank you. Everything is yours." }).waitFor();
  const download = page.getByRole("button", { name: `Download ${title}` });
  await page.getByRole("checkbox").check();
  const [saved] = await Promise.all([page.waitForEvent("download"), download.click()]);
  const hash = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");
  assert.equal(hash(await readFile(await saved.path())), hash(content));
  await assertAccessible(page, "files that were bought");

  expect(/409/);
  await page.goto(`/checkout/${productId}`);
  await page.getByRole("heading", { name: "You own it already" }).waitFor();
});
