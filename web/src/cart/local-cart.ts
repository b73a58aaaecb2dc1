import type { Cart, CartItem } from "@muse/contracts/cart";

/**
 * The cart as this browser keeps it, under the name that older clients of Muse know. It shows a cart before the first
 * answer has come, and is put back into the account's cart when that one was lost.
 */
const storageKey = "ai_marketplace_cart";

export type LocalItem = {
  readonly id: string;
  readonly title: string;
  /** In the currency's minor unit; the catalogue's own price counts. */
  readonly price: number;
  /** The same as it was shown. */
  readonly priceDisplay: string;
  readonly currency: string;
  readonly seller: { readonly id: string; readonly name: string };
  readonly productId: string;
  readonly variantId: string;
  readonly quantity: number;
};

export function keepLocalCart({ stores }: Cart): void {
  const items = stores.flatMap(({ storeId, storeName, currency, items: lines }) =>
    lines.map((line): LocalItem => ({
      id: line.productId,
      title: line.title,
      price: line.unitPriceCents,
      priceDisplay: line.unitPriceDisplay,
      currency,
      seller: { id: storeId, name: storeName },
      productId: line.productId,
      variantId: line.variantId,
      quantity: line.quantity,
    })),
  );
  keep(items);
}

type ShownPrice = Pick<CartItem, "variantId" | "unitPriceCents" | "unitPriceDisplay">;

/** Somebody has been told that a price moved, and took note: it need not be told again. */
export function seePrice({ variantId, unitPriceCents: price, unitPriceDisplay: priceDisplay }: ShownPrice): void {
  keep(readLocalCart().map((item) => (item.variantId === variantId ? { ...item, price, priceDisplay } : item)));
}

function keep(items: readonly LocalItem[]): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(items));
  } catch {
    // Full or forbidden: the account's cart is the one that counts.
  }
}

/** What was kept here; whatever is not an item of ours is passed over. */
export function readLocalCart(): LocalItem[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isItem).map((item) => ({ ...item, priceDisplay: shown(item) })) : [];
  } catch {
    return [];
  }
}

/** Older clients of Muse keep no words with a price; what cannot be shown is not compared either. */
function shown({ priceDisplay }: Partial<LocalItem>): string {
  return typeof priceDisplay === "string" ? priceDisplay : "";
}

function isItem(value: unknown): value is LocalItem {
  if (typeof value !== "object" || value === null) return false;
  const { productId, variantId, quantity } = value as Partial<Record<keyof LocalItem, unknown>>;
  return typeof productId === "string" && typeof variantId === "string" && Number.isInteger(quantity);
}
