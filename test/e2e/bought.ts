/** Orders to look at, bought by the browser's own calls: paying is another test's matter. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { fillCart } from "./shopping.ts";

export type Bought = {
  readonly sessionId: string;
  readonly orders: readonly { readonly museOrderNumber: string; readonly storeName: string; readonly status: string }[];
};

/** Buys one thing of each store as whoever the browser is, and has word sent to the e-mail. */
export async function buy(page: Page, stores: readonly string[], email: string): Promise<Bought> {
  await fillCart(page, stores);
  return await page.evaluate(async (to) => {
    const ask = async (method: string, path: string, body: unknown): Promise<never> => {
      const response = await fetch(`/api/v1/checkout/sessions${path}`, {
        method,
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      const said = (await response.json()) as { data: never };
      if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(said)}`);
      return said.data;
    };
    const { sessionId }: { sessionId: string } = await ask("POST", "", {});
    await ask("PUT", `/${sessionId}/shipping`, {
      name: "Sasha Shopper",
      address1: "350 Fifth Ave",
      city: "New York",
      state: "NY",
      zip: "10118",
      country: "US",
      email: to,
    });
    await ask("PUT", `/${sessionId}/payment`, { paymentMethodId: "pm_card_visa" });
    const placed: { orders: Bought["orders"] } = await ask("POST", `/${sessionId}/place`, {});
    return { sessionId, orders: placed.orders };
  }, email);
}

/** The number of the only order, or of the one from this store. */
export function numberOf({ orders }: Bought, storeName?: string): string {
  const found = orders.find((order) => storeName === undefined || order.storeName === storeName);
  assert.ok(found !== undefined, `an order from ${storeName ?? "somewhere"}`);
  return found.museOrderNumber;
}
