/** What a person does in the shop, by what they see: labels and buttons, in their language. */
import assert from "node:assert/strict";
import type { FrameLocator, Locator, Page } from "playwright-core";

export type Language = "en" | "ko";

/** The words on the page that a test presses or reads, as the person sees them. */
export const words = {
  en: {
    add: "Add to cart",
    checkOut: "Check out",
    email: "E-mail",
    name: "Full name",
    street: "Street and number",
    zip: "ZIP code",
    city: "City",
    state: "State",
    pay: /^Pay \$/,
    cards: "Secure payment input frame",
    cardNumber: "Card number",
    expiry: "Expiration date",
    code: "Security code",
    approve: "Complete",
    refuse: "Fail",
    thanks: /^Thank you/,
    someStores: /2 of 3 stores/,
    refunded: /refunded|being refunded/,
    allOrNothing: "All or nothing",
    confirmed: /^Your order from .* and /,
  },
  ko: {
    add: "장바구니에 담기",
    checkOut: "결제하기",
    email: "이메일",
    name: "이름",
    street: "도로명과 번지",
    zip: "우편번호(ZIP)",
    city: "도시",
    state: "주",
    pay: /\$[\d.,]+ 결제하기$/,
    cards: "안전한 결제 입력 프레임",
    cardNumber: "카드 번호",
    expiry: "만료일",
    code: "보안 코드",
    approve: "승인",
    refuse: "거절",
    thanks: /^감사합니다/,
    someStores: /3곳 중 2곳/,
    refunded: /환불/,
    allOrNothing: "전부 아니면 취소",
    confirmed: /접수되었습니다/,
  },
} as const;

export const cards = {
  good: "4242424242424242",
  declined: "4000000000000002",
  insufficient: "4000000000009995",
  challenge: "4000002500003155",
} as const;

/** Puts one thing of each store into the cart, through the browser's own calls, as its pages make them. */
export async function fillCart(page: Page, stores: readonly string[]): Promise<void> {
  if (page.url() === "about:blank") await page.goto("/");
  const statuses = await page.evaluate(async (storeIds) => {
    const read = async (path: string) => (await (await fetch(path)).json()) as { data: never };
    const put = async (storeId: string): Promise<number> => {
      const list: { products: { productId: string }[] } = (
        await read(`/api/v1/catalog/products?store=${storeId}&limit=20`)
      ).data;
      for (const { productId } of list.products) {
        const product: { variants: { variantId: string; availability: string }[] } = (
          await read(`/api/v1/catalog/products/${productId}`)
        ).data;
        const variant = product.variants.find(({ availability }) => availability === "in_stock");
        if (variant === undefined) continue;
        const response = await fetch("/api/v1/cart/items", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ productId, variantId: variant.variantId, quantity: 1 }),
        });
        return response.status;
      }
      return 0;
    };
    const done: number[] = [];
    for (const storeId of storeIds) done.push(await put(storeId));
    return done;
  }, stores);
  assert.deepEqual(
    statuses.map((status) => status === 200 || status === 201),
    stores.map(() => true),
    `the cart took ${statuses.join(", ")}`,
  );
}

export type Person = { readonly email: string; readonly name?: string };

/** Writes who and where; city and state come from the ZIP code. */
export async function writeAddress(page: Page, { email, name = "Sasha Shopper" }: Person, language: Language = "en") {
  const w = words[language];
  const field = (label: string) => page.getByLabel(label, { exact: true });
  await field(w.email).fill(email);
  await field(w.name).fill(name);
  await field(w.street).fill("350 Fifth Ave");
  await field(w.zip).fill("10118");
  await untilWritten(page.locator('input[name="city"]'));
  await field(w.street).focus();
  // The delivery's dates are there once the address has been taken.
  await page.locator('input[type="radio"][name^="delivery-"]').first().waitFor();
}

async function untilWritten(field: Locator): Promise<void> {
  for (let tries = 0; (await field.inputValue()) === ""; tries += 1) {
    assert.ok(tries < 100, "the ZIP code filled in no city");
    await field.page().waitForTimeout(100);
  }
}

export function cardFrame(page: Page, language: Language = "en"): FrameLocator {
  return page.frameLocator(`iframe[title="${words[language].cards}"]`);
}

export async function writeCard(page: Page, number: string, language: Language = "en"): Promise<void> {
  const w = words[language];
  const frame = cardFrame(page, language);
  await frame.getByLabel(w.cardNumber).fill(number);
  await frame.getByLabel(w.expiry).fill("12/34");
  await frame.getByLabel(w.code).fill("123");
}

export async function pay(page: Page, language: Language = "en"): Promise<void> {
  await page.getByRole("button", { name: words[language].pay }).click();
}

/** Answers the bank, whose page stands wherever the provider put it: over the shop's, or in its place. */
export async function answerBank(page: Page, how: "approve" | "refuse", language: Language = "en"): Promise<void> {
  const name = words[language][how];
  for (let tries = 0; tries < 200; tries += 1) {
    for (const frame of page.frames()) {
      const button = frame.getByRole("button", { name, exact: true });
      if (await button.isVisible().catch(() => false)) return await button.click();
    }
    await page.waitForTimeout(100);
  }
  throw new Error(`the bank asked nothing at ${page.url()}`);
}

/** What a page raises its voice for; the framework's own announcer of titles is none of it. */
export function alerts(page: Page): Locator {
  return page.locator("[role=alert]:not(#__next-route-announcer__)").filter({ hasText: /\w/ });
}

/** To the checkout with a cart of these stores, everything filled in but the card. */
export async function toPayment(page: Page, stores: readonly string[], who: Person, language: Language = "en") {
  await fillCart(page, stores);
  await page.goto("/checkout");
  await writeAddress(page, who, language);
}

/** The one session of the cart as it is, as the page itself asks for it. */
export async function sessionOf(page: Page): Promise<OpenSession> {
  return await page.evaluate(async () => {
    const headers = { "content-type": "application/json" };
    const answer = await fetch("/api/v1/checkout/sessions", { method: "POST", headers, body: "{}" });
    return ((await answer.json()) as { data: never }).data;
  });
}

export type OpenSession = {
  readonly sessionId: string;
  readonly cartSnapshot: {
    readonly summary: { readonly totalCents: number; readonly totalDisplay: string };
    readonly stores: readonly {
      readonly storeId: string;
      readonly storeName: string;
      readonly returnPolicy: string;
      readonly shippingOptions: readonly { readonly optionId: string }[];
      readonly items: readonly { readonly itemId: string; readonly variantId: string; readonly title: string }[];
    }[];
  };
};

export async function untilDone(page: Page): Promise<string> {
  await page.waitForURL(/\/checkout\/success\/session\//, { timeout: 60_000 });
  return page.url().split("/").at(-1) ?? "";
}

/** The amount that a button, a summary or a letter names. */
export function amountIn(text: string | null): string {
  return /\$[\d,]+\.\d\d/.exec(text ?? "")?.[0] ?? "no amount";
}
