import type { Session } from "@muse/contracts/checkout";
import type { ShippingEstimate } from "@muse/contracts/quote";
import type { LineItem, ShippingRate } from "@stripe/stripe-js";

/** What the wallet's sheet says beside its total. Amounts are the API's; none is made here. */
export type Sheet = { readonly shippingRates?: ShippingRate[]; readonly lineItems: LineItem[] };

export type SheetWords = {
  readonly items: string;
  readonly discount: string;
  readonly shipping: string;
  readonly tax: string;
  /** Of the one way to deliver; dates are null until an address is known. */
  readonly delivery: (from: string | null, to: string | null) => string;
};

/** What there is to say before an address is known, or where none is needed. */
export function sheetOf({ cartSnapshot, needsShipping }: Session, words: SheetWords): Sheet {
  const { subtotalCents, discountCents } = cartSnapshot.summary;
  return {
    lineItems: goods(subtotalCents, discountCents, words),
    ...(needsShipping ? { shippingRates: [{ id: rateId, amount: 0, displayName: words.delivery(null, null) }] } : {}),
  };
}

/** With what shipping and tax come to at the address that the wallet names. */
export function sheetFor(session: Session, estimate: ShippingEstimate, words: SheetWords): Sheet {
  const { subtotalCents, discountCents } = session.cartSnapshot.summary;
  const dates = estimate.stores.flatMap(({ deliveryFrom, deliveryTo }) => [deliveryFrom, deliveryTo]);
  const days = dates.filter((day) => day !== null).toSorted();
  return {
    shippingRates: [
      {
        id: rateId,
        amount: estimate.shippingCents,
        displayName: words.delivery(days[0] ?? null, days.at(-1) ?? null),
      },
    ],
    lineItems: [
      ...goods(subtotalCents, discountCents, words),
      { name: words.shipping, amount: estimate.shippingCents },
      { name: words.tax, amount: estimate.taxCents },
    ],
  };
}

/** What the sheet's one way to deliver stands for: each store's cheapest. */
export function choicesOf({ stores }: ShippingEstimate): { storeId: string; optionId: string }[] {
  return stores.flatMap(({ storeId, shippingOptionId }) =>
    shippingOptionId === null ? [] : [{ storeId, optionId: shippingOptionId }],
  );
}

const rateId = "all-stores";

function goods(subtotalCents: number, discountCents: number, words: SheetWords): LineItem[] {
  return [
    { name: words.items, amount: subtotalCents },
    ...(discountCents > 0 ? [{ name: words.discount, amount: -discountCents }] : []),
  ];
}
