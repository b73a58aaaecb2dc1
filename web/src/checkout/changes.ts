import type { Session } from "@muse/contracts/checkout";

/** What a shopper must know before they pay for something that is not what they were looking at. */
export type Change = {
  readonly what: "gone" | "added" | "quantity" | "price";
  readonly storeId: string;
  readonly storeName: string;
  readonly itemId: string;
  readonly productId: string;
  readonly variantId: string;
  readonly title: string;
  /** As a reader is shown them: amounts, or numbers of pieces; empty where a line came or went. */
  readonly from: string;
  readonly to: string;
};

/** The difference between two freezes of a cart, in the cart's order; what was taken out comes last. */
export function changesBetween(before: Session, after: Session): Change[] {
  const old = new Map(linesOf(before).map((line) => [line.variantId, line]));
  const now = new Set(linesOf(after).map(({ variantId }) => variantId));
  const changes = linesOf(after).flatMap((line): Change[] => {
    const known = old.get(line.variantId);
    if (known === undefined) return [changeOf(line, "added")];
    return [
      ...(known.unitPriceCents === line.unitPriceCents
        ? []
        : [changeOf(line, "price", known.unitPriceDisplay, line.unitPriceDisplay)]),
      ...(known.quantity === line.quantity
        ? []
        : [changeOf(line, "quantity", String(known.quantity), String(line.quantity))]),
    ];
  });
  const gone = [...old.values()].filter(({ variantId }) => !now.has(variantId));
  return [...changes, ...gone.map((line) => changeOf(line, "gone"))];
}

/** A price as this browser last showed it, outside the checkout. */
export type SeenPrice = { readonly variantId: string | null; readonly price: number; readonly priceDisplay: string };

/** What moved between the last look at the cart and the moment it was frozen. */
export function changesSince(seen: readonly SeenPrice[], session: Session): Change[] {
  const prices = new Map(seen.map((price) => [price.variantId, price]));
  return linesOf(session).flatMap((line) => {
    const known = prices.get(line.variantId);
    if (known === undefined || known.priceDisplay === "" || known.price === line.unitPriceCents) return [];
    return [changeOf(line, "price", known.priceDisplay, line.unitPriceDisplay)];
  });
}

/** What was not answered yet and still stands, and what is new beside it: one word for each line and kind. */
export function mergeChanges(known: readonly Change[], found: readonly Change[], session: Session): Change[] {
  const lines = new Set(linesOf(session).map(({ variantId }) => variantId));
  const isNew = (change: Change): boolean => !found.some((other) => keyOf(other) === keyOf(change));
  return [...known.filter((change) => isNew(change) && lines.has(change.variantId)), ...found];
}

export function keyOf({ what, variantId }: Change): string {
  return `${what} ${variantId}`;
}

type Line = Session["cartSnapshot"]["stores"][number]["items"][number] & {
  readonly storeId: string;
  readonly storeName: string;
};

function linesOf({ cartSnapshot }: Session): Line[] {
  return cartSnapshot.stores.flatMap(({ storeId, storeName, items }) =>
    items.map((item) => ({ ...item, storeId, storeName })),
  );
}

function changeOf(line: Line, what: Change["what"], from = "", to = ""): Change {
  const { storeId, storeName, itemId, productId, variantId, title } = line;
  return { what, storeId, storeName, itemId, productId, variantId, title, from, to };
}
