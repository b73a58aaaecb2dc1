import type { Cart, CartItem } from "@muse/contracts/cart";

/**
 * The cart as this browser keeps it, under the name that older clients of Muse know. A visitor's is put back when their
 * account was lost; the prices in it are those that this browser has shown.
 */
const storageKey = "ai_marketplace_cart";

/** Beside it where it is a person's: their account keeps it, and putting it back as well would double it. */
const personsKey = "muse_cart_of_person";

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
  /** Null where its product has one variant alone, or an older client kept it. */
  readonly variantId: string | null;
  readonly quantity: number;
};

export function keepLocalCart({ version, isGuests, stores }: Cart): void {
  // Nothing was ever in this one. What was kept of another may still be put back.
  if (version === 0) return;
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
  try {
    if (isGuests) localStorage.removeItem(personsKey);
    else localStorage.setItem(personsKey, "1");
  } catch {
    // As below.
  }
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

/** What of a visitor's cart was kept here, to be put back. A person's is forgotten: it waits in their account. */
export function takeLostCart(): LocalItem[] {
  try {
    if (localStorage.getItem(personsKey) !== null) {
      localStorage.removeItem(personsKey);
      localStorage.removeItem(storageKey);
    }
  } catch {
    return [];
  }
  return readLocalCart();
}

/** What was kept here; whatever is not an item of ours is passed over. */
export function readLocalCart(): LocalItem[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? "[]");
    return Array.isArray(kept) ? kept.flatMap(itemOf) : [];
  } catch {
    return [];
  }
}

/** Older clients of Muse keep no words with a price; what cannot be shown is not compared either. */
function shown({ priceDisplay }: Partial<LocalItem>): string {
  return typeof priceDisplay === "string" ? priceDisplay : "";
}

/** Older clients name a product by `id` alone, and mean one of it. */
function itemOf(value: unknown): LocalItem[] {
  if (typeof value !== "object" || value === null) return [];
  const item = value as LocalItem;
  const { id, productId = id, variantId = null, quantity = 1 } = value as Partial<Record<keyof LocalItem, unknown>>;
  if (typeof productId !== "string" || !Number.isInteger(quantity)) return [];
  if (variantId !== null && typeof variantId !== "string") return [];
  return [{ ...item, productId, variantId, quantity: Number(quantity), priceDisplay: shown(item) }];
}
