import type { PlaceLine, StoreAccess } from "../port.ts";
import { idAt } from "../untrusted.ts";
import { unavailable } from "./stop.ts";

export type Goods = PlaceLine;

/** The order's lines as a cart holds them: two lines of one sku are one. */
export function goodsOf(lines: readonly PlaceLine[]): readonly Goods[] {
  const goods = new Map<string, Goods>();
  for (const line of lines) {
    const before = goods.get(line.sku)?.quantity ?? 0;
    goods.set(line.sku, { ...line, quantity: before + line.quantity });
  }
  return [...goods.values()];
}

type Held = { readonly sku: string; readonly quantity: number };

/** Whether a cart, or an order, holds exactly these: each sku once, in this quantity, and nothing else. */
export function isSameGoods(held: readonly Held[], wanted: readonly Held[]): boolean {
  const text = (all: readonly Held[]): string =>
    JSON.stringify(all.map(({ sku, quantity }) => `${sku} ${quantity}`).sort());
  return text(held) === text(wanted);
}

/**
 * The product's page with its variant chosen: `<page>?sku=<sku>`. Only an address of the shop itself is gone to.
 *
 * @throws Stop
 */
export function productAddress(access: StoreAccess, { productUrl, sku }: Goods): string {
  const base = new URL(`${access.baseUrl}/`);
  if (productUrl === null || !URL.canParse(productUrl, base.href))
    throw unavailable("store_error", "product: no address");
  const url = new URL(productUrl, base);
  if (url.origin !== base.origin || !url.pathname.startsWith(base.pathname))
    throw unavailable("store_error", "product: an address of another shop");
  url.searchParams.set("sku", sku);
  return url.href;
}

/** An order's number as a page shows it, when it looks like one. */
export function idOf(text: string): string | null {
  return idAt({ id: text.trim() }, "id");
}
