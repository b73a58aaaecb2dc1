import type { Session } from "@muse/contracts/checkout";

/** What a shopper must know before they pay for a session that is not the one they were looking at. */
export type Change =
  | { readonly kind: "gone"; readonly title: string }
  | { readonly kind: "added"; readonly title: string }
  | { readonly kind: "quantity"; readonly title: string; readonly from: number; readonly to: number }
  | { readonly kind: "price"; readonly title: string; readonly fromCents: number; readonly toCents: number };

/** The difference between two freezes of a cart, in the cart's order; what was taken out comes last. */
export function changesBetween(before: Session, after: Session): Change[] {
  const old = linesOf(before);
  const now = linesOf(after);
  const changes: Change[] = [];
  for (const [variantId, line] of now) {
    const known = old.get(variantId);
    if (known === undefined) {
      changes.push({ kind: "added", title: line.title });
      continue;
    }
    if (known.unitPriceCents !== line.unitPriceCents) {
      changes.push({ kind: "price", title: line.title, fromCents: known.unitPriceCents, toCents: line.unitPriceCents });
    }
    if (known.quantity !== line.quantity) {
      changes.push({ kind: "quantity", title: line.title, from: known.quantity, to: line.quantity });
    }
  }
  const gone = [...old].filter(([variantId]) => !now.has(variantId));
  return [...changes, ...gone.map(([, { title }]) => ({ kind: "gone" as const, title }))];
}

type Line = Session["cartSnapshot"]["stores"][number]["items"][number];

function linesOf({ cartSnapshot }: Session): Map<string, Line> {
  return new Map(cartSnapshot.stores.flatMap(({ items }) => items.map((item) => [item.variantId, item])));
}
