import type { CartClearRow } from "./cart.sql.gen.ts";

/** A line as it is sold at this moment. Amounts in minor units, as JSON carries them. */
export type CartLine = {
  readonly itemId: string;
  readonly storeId: string;
  readonly storeName: string;
  readonly kind: "physical" | "digital";
  readonly currency: "USD" | "KRW";
  readonly productId: string;
  readonly variantId: string;
  readonly title: string;
  readonly size: string | null;
  readonly color: string | null;
  readonly quantity: number;
  readonly priceMinor: number;
  readonly listPriceMinor: number | null;
  /** What the shopper saw when they last chose it. */
  readonly seenPriceMinor: number;
  readonly imageUrl: string | null;
  readonly productUrl: string | null;
  readonly isAvailable: boolean;
  /** Whether the store still has it on its shelves, in stock or not. */
  readonly isSold: boolean;
  /** The shopper sells it themselves. */
  readonly isOwn: boolean;
  /** A file that the shopper has already. */
  readonly isOwned: boolean;
  /** Null: more than anybody needs to know. */
  readonly leftInStock: number | null;
  /**
   * Where people place the store's orders at this moment, how long that may take; null where machines do. Of a cart
   * that was read alone.
   */
  readonly byHandHoursMax?: number | null;
};

export type CartSums = {
  readonly lineCount: number;
  readonly itemCount: number;
  readonly storeCount: number;
  readonly totals: readonly {
    readonly currency: "USD" | "KRW";
    readonly itemCount: number;
    readonly subtotalMinor: number;
    readonly savingsMinor: number;
  }[];
};

export type CartRefusalKind = Exclude<CartClearRow["outcome"], "done">;

/** Why a cart stayed as it was, with the version it has. */
export type CartRefusal = { readonly kind: CartRefusalKind; readonly version: number; readonly detail: unknown };

/** A cart after a change, and the line it was about where there is one. */
export type CartDone = {
  readonly kind: "done";
  readonly version: number;
  readonly line: CartLine | null;
  readonly sums: CartSums;
};

export type CartWritten = CartDone | CartRefusal;

/** Every write answers in the same shape (`cart.written`); its JSON is written by our own functions. */
export function writtenOf(row: CartClearRow): CartWritten {
  const version = Number(row.version);
  if (row.outcome !== "done") return { kind: row.outcome, version, detail: row.detail };
  return { kind: "done", version, line: row.item as CartLine | null, sums: row.summary as CartSums };
}
