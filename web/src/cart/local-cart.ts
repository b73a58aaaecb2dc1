import type { Cart } from "@muse/contracts/cart";

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
      currency,
      seller: { id: storeId, name: storeName },
      productId: line.productId,
      variantId: line.variantId,
      quantity: line.quantity,
    })),
  );
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
    return Array.isArray(kept) ? kept.filter(isItem) : [];
  } catch {
    return [];
  }
}

function isItem(value: unknown): value is LocalItem {
  if (typeof value !== "object" || value === null) return false;
  const { productId, variantId, quantity } = value as Partial<Record<keyof LocalItem, unknown>>;
  return typeof productId === "string" && typeof variantId === "string" && Number.isInteger(quantity);
}
