/** What people do with sellers' files: put them up, find them, buy them, download them, keep the receipt. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import type { APIRequestContext, APIResponse, Locator, Page } from "playwright-core";
import { sellerContractVersion } from "@muse/contracts/seller-contract";
import { demoSellers } from "../../server/src/seed/demo-goods.ts";
import { fresh } from "./fresh.ts";
import { inDatabase } from "./outside.ts";
import { pdfWords } from "./pdf-words.ts";
import { says } from "./scenes/says.ts";
import { cardFrame, cards, words, writeCard, type Language } from "./shopping.ts";

const goods = demoSellers.flatMap(({ products }) => products);
export type Good = (typeof goods)[number];

/** What the sandbox's sellers sell, by currency. */
export const won = goods.filter(({ currency }) => currency === "KRW");
export const dollars = goods.filter(({ currency }) => currency === "USD");

/** One that there surely is. */
export function first(list: readonly Good[]): Good {
  return list[0] ?? assert.fail("nobody sells anything");
}

export async function idOf(title: string): Promise<string> {
  const rows = await inDatabase<{ product_id: string }>(
    "select product_id from catalog.product where title = $1 and kind = 'digital' and is_active order by created_at limit 1",
    [title],
  );
  return rows[0]?.product_id ?? assert.fail(`nobody sells ${title}`);
}

/** By its page's button, as a person does it. */
export async function addToCart(page: Page, title: string, language: Language): Promise<void> {
  await page.goto(`/products/${await idOf(title)}`);
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
  const added = page.getByText(says(language, "cart.added").replace("{title}", title)).first();
  // A press that comes before the page's scripts have, on a busy machine, is nobody's.
  for (let presses = 1; ; presses += 1) {
    await page.getByRole("button", { name: words[language].add }).click();
    const isSaid = await added.waitFor({ timeout: 5_000 }).then(
      () => true,
      () => false,
    );
    if (isSaid) return;
    assert.ok(presses < 4, `${title} was not added`);
  }
}

/** A good card, and the ZIP code where its frame asks for one: it does in the States, and not in Korea. */
export async function writeGoodCard(page: Page, language: Language, number: string = cards.good): Promise<void> {
  await writeCard(page, number, language);
  const zip = cardFrame(page, language).locator('input[name="postalCode"]');
  if (await zip.isVisible()) await zip.fill("10001");
}

/** One of the files on the page after paying. */
export function goodOf(page: Page, title: string): Locator {
  return page.locator("li[data-product]").filter({ has: page.getByRole("heading", { name: title }) });
}

/** Presses Download, agrees to what is asked the first time, and answers what came. */
export async function download(page: Page, title: string, language: Language, isFirst = true) {
  const name = says(language, "library.downloadAll").replace("{name}", title);
  const button = page.getByRole("button", { name, exact: true });
  const saving = page.waitForEvent("download");
  await button.click();
  if (isFirst) await page.getByRole("dialog").getByRole("button", { name: agree[language] }).click();
  const saved = await saving;
  return { name: saved.suggestedFilename(), content: await readFile(await saved.path()) };
}

const agree = { en: says("en", "library.waiver.agree"), ko: says("ko", "library.waiver.agree") } as const;

/** What comes is what its seller put up, byte for byte. */
export async function downloadAll(page: Page, bought: readonly Good[], language: Language): Promise<void> {
  for (const { title, file } of bought) {
    const { name, content } = await download(page, title, language);
    assert.equal(name, file.name);
    assert.ok(content.equals(await file.make()), `${file.name}, byte for byte`);
  }
}

/** Saves the PDF that a link leads to, as a click does it, and reads its words. */
export async function receiptOf(page: Page, link: Locator): Promise<string> {
  const [saved] = await Promise.all([page.waitForEvent("download"), link.click()]);
  return pdfWords(await readFile(await saved.path()));
}

/** Nothing is in it, neither on its page nor in what this browser keeps. */
export async function assertCartEmpty(page: Page, language: Language): Promise<void> {
  await assertNothingKept(page);
  await page.goto("/cart");
  await page.getByText(says(language, "cart.emptyTitle")).waitFor();
}

/** Right after paying, before any other page is looked at. */
export async function assertNothingKept(page: Page): Promise<void> {
  const kept = await page.evaluate(() => localStorage.getItem("ai_marketplace_cart"));
  assert.equal(kept ?? "[]", "[]", "this browser keeps nothing of what was bought");
}

/** Who this browser is to the API. */
export async function accountOf(page: Page): Promise<string> {
  const answer = await untilServed(() => page.request.get("/api/v1/account"));
  return ((await answer.json()) as { data: { accountId: string } }).data.accountId;
}

const triesMax = 20;

/** A machine that is too busy turns callers away and says when to come back; nothing was done then. */
async function untilServed(send: () => Promise<APIResponse>): Promise<APIResponse> {
  for (let tries = 1; ; tries += 1) {
    const answer = await send();
    if (answer.status() !== 503 || tries === triesMax) return answer;
    await setTimeout(1_000 * Number(answer.headers()["retry-after"] ?? 1));
  }
}

export type Wish = {
  readonly title: string;
  readonly currency?: "USD" | "KRW";
  readonly priceCents?: number;
  readonly editionLimit?: number;
  readonly content?: Buffer;
};

export type Published = { readonly productId: string; readonly title: string; readonly withdraw: () => Promise<void> };

/** Makes whoever these cookies are a seller who has put a file up for sale, over the API. */
export async function publish(api: APIRequestContext, origin: string, wish: Wish): Promise<Published> {
  const headers = { origin };
  const person = { name: "Selin", email: fresh("selin"), password: "a password of my own" };
  const signedUp = await untilServed(() => api.post("/api/auth/sign-up/email", { data: person, headers }));
  assert.ok(signedUp.ok(), await signedUp.text());
  const post = async (path: string, data: object): Promise<Record<string, string>> => {
    const answer = await untilServed(() => api.post(`/api/v1/seller${path}`, { data, headers }));
    assert.ok(answer.ok(), `${path}: ${await answer.text()}`);
    return ((await answer.json()) as { data: Record<string, string> }).data;
  };
  await post("", { displayName: "Selin", contractVersion: sellerContractVersion });
  const { title, currency = "USD", priceCents = currency === "USD" ? 1_250 : 4_000, editionLimit = null } = wish;
  const { content = Buffer.from("504b0304", "hex") } = wish;
  const { productId = "" } = await post("/products", { title, currency, priceCents, editionLimit });
  const { uploadId } = await post(`/products/${productId}/uploads`, { name: "han.zip", sizeBytes: content.length });
  const piece = await untilServed(() =>
    api.put(`/api/v1/seller/uploads/${uploadId}/pieces/0`, {
      data: content,
      headers: { ...headers, "content-type": "application/octet-stream" },
    }),
  );
  assert.ok(piece.ok(), await piece.text());
  await post(`/uploads/${uploadId}/finish`, {});
  await post(`/products/${productId}/publish`, {});
  return { productId, title, withdraw: async () => void (await post(`/products/${productId}/withdraw`, {})) };
}
