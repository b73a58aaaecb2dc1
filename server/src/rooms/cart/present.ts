import { quantityMax, type Cart, type CartItem, type CartStore, type CartSummary } from "@muse/contracts/cart";
import { deliveryName } from "@muse/contracts/delivery-name";
import type { Language } from "@muse/contracts/error";
import type { ShippingEstimate } from "@muse/contracts/quote";
import { formatMinor, fromWire } from "#kernel/money.ts";
import type { Account } from "#platform/http/account.ts";
import type { Estimate, QuoteGroup } from "#rooms/quote";
import { storePlacement } from "#rooms/store";
import type { CartRecord } from "./read-cart.ts";
import type { CartLine, CartSums } from "./written.ts";

/** The cart as the contract shows it: by store, the stores and their items in the order they came in. */
export function presentCart(
  { version, lines }: CartRecord,
  account: Pick<Account, "kind"> | null,
  language: Language,
): Cart {
  const stores = [...Map.groupBy(lines, ({ storeId }) => storeId).values()];
  return {
    version,
    isGuests: account?.kind !== "person",
    stores: stores.map((items) => presentStore(items, language)),
    summary: presentSummary(sumsOf(lines), language),
  };
}

export function presentItem(line: CartLine, language: Language): CartItem {
  const {
    storeId: _storeId,
    storeName: _storeName,
    kind: _kind,
    currency,
    priceMinor,
    listPriceMinor,
    seenPriceMinor,
    isAvailable: _isAvailable,
    isSold: _isSold,
    isOwn: _isOwn,
    isOwned: _isOwned,
    leftInStock: _leftInStock,
    byHandHoursMax: _byHandHoursMax,
    ...shown
  } = line;
  const lineTotalMinor = priceMinor * line.quantity;
  const originalMinor = listPriceMinor !== null && listPriceMinor > priceMinor ? listPriceMinor : null;
  return {
    ...shown,
    unitPriceCents: priceMinor,
    unitPriceDisplay: display(priceMinor, currency, language),
    originalPriceCents: originalMinor,
    originalPriceDisplay: originalMinor === null ? null : display(originalMinor, currency, language),
    discountCents: savingsOf(line),
    discountDisplay: display(savingsOf(line), currency, language),
    lineTotalCents: lineTotalMinor,
    lineTotalDisplay: display(lineTotalMinor, currency, language),
    ...stockOf(line),
    ...(seenPriceMinor === priceMinor
      ? {}
      : {
          priceChanged: {
            fromCents: seenPriceMinor,
            fromDisplay: display(seenPriceMinor, currency, language),
            toCents: priceMinor,
            toDisplay: display(priceMinor, currency, language),
          },
        }),
  };
}

/** Whether so many can be had, why not, and how many could be. */
function stockOf(line: CartLine) {
  const { isSold, leftInStock, kind } = line;
  const lineMax = kind === "digital" ? 1 : quantityMax;
  const left = isSold ? leftInStock : 0;
  const why = whyNot(line, left);
  return {
    available: why === null,
    unavailableReason: why,
    availableQuantity: left,
    quantityMax: left === null ? lineMax : Math.min(lineMax, left),
  } as const;
}

/** In the order in which a shopper wants to know: what is theirs already is not news for being sold out. */
function whyNot({ isAvailable, isSold, isOwn, isOwned }: CartLine, left: number | null): CartItem["unavailableReason"] {
  if (isOwned) return "already_purchased";
  if (isOwn) return "self_purchase";
  if (isAvailable) return null;
  if (!isSold) return "discontinued";
  return left === 0 ? "sold_out" : "not_enough";
}

export function presentSummary(sums: CartSums, language: Language): CartSummary {
  const totals = sums.totals.map((total) => ({
    currency: total.currency,
    itemCount: total.itemCount,
    subtotalCents: total.subtotalMinor,
    subtotalDisplay: display(total.subtotalMinor, total.currency, language),
    savingsCents: total.savingsMinor,
    savingsDisplay: display(total.savingsMinor, total.currency, language),
  }));
  const [only = noTotal] = totals.length > 1 ? [mixedTotal] : totals;
  return {
    totalItemCount: sums.itemCount,
    lineCount: sums.lineCount,
    storeCount: sums.storeCount,
    currency: only.currency,
    subtotalCents: only.subtotalCents,
    subtotalDisplay: only.subtotalDisplay,
    savingsCents: only.savingsCents,
    savingsDisplay: only.savingsDisplay,
    isMixedCurrency: totals.length > 1,
    totals,
  };
}

/** An empty cart comes to nothing, in no currency; one of two currencies to nothing that could be said. */
const noTotal = { currency: null, subtotalCents: 0, subtotalDisplay: null, savingsCents: 0, savingsDisplay: null };
const mixedTotal = { ...noTotal, subtotalCents: null, savingsCents: null };

/** The sums of a cart that was read whole, as the database's own functions make them for writes. */
export function sumsOf(lines: readonly CartLine[]): CartSums {
  const byCurrency = Map.groupBy(lines, ({ currency }) => currency);
  return {
    lineCount: lines.length,
    itemCount: unitsOf(lines),
    storeCount: new Set(lines.map(({ storeId }) => storeId)).size,
    totals: [...byCurrency]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([currency, own]) => ({
        currency,
        itemCount: unitsOf(own),
        subtotalMinor: subtotalOf(own),
        savingsMinor: own.reduce((sum, line) => sum + savingsOf(line), 0),
      })),
  };
}

/** A cart's lines as a quote wants them: what would be one parcel or one download is one group. */
export function quotableGroups(lines: readonly CartLine[]): QuoteGroup[] {
  const numbered = lines.map((line, lineNo) => ({ ...line, lineNo, lineTotalMinor: line.priceMinor * line.quantity }));
  return [...Map.groupBy(numbered, ({ storeId, kind }) => `${storeId} ${kind}`)].flatMap(([key, items]) => {
    const [first] = items;
    return first === undefined ? [] : [{ key, storeId: first.storeId, kind: first.kind, items }];
  });
}

export function presentEstimate(
  estimated: Extract<Estimate, { kind: "estimated" }>,
  {
    zip,
    currency,
    language,
  }: { readonly zip: string; readonly currency: CartLine["currency"]; readonly language: Language },
): ShippingEstimate {
  const { quote, state, stores } = estimated;
  const shown = (minor: number): string => display(minor, currency, language);
  return {
    isEstimate: true,
    zip,
    state,
    currency,
    shippingCents: quote.shippingMinor,
    shippingDisplay: shown(quote.shippingMinor),
    taxCents: quote.taxMinor,
    taxDisplay: shown(quote.taxMinor),
    totalCents: quote.totalMinor,
    totalDisplay: shown(quote.totalMinor),
    stores: stores.map((store) => ({
      storeId: store.storeId,
      shippingOptionId: store.shippingOptionId,
      shippingOptionName: optionName(store, language),
      shippingCents: store.shippingMinor,
      shippingDisplay: shown(store.shippingMinor),
      taxCents: store.taxMinor,
      taxDisplay: shown(store.taxMinor),
      deliveryFrom: store.deliveryFrom,
      deliveryTo: store.deliveryTo,
    })),
  };
}

function optionName({ options, shippingOptionId }: Estimated, language: Language): string | null {
  const option = options.find(({ optionId }) => optionId === shippingOptionId);
  return option === undefined ? null : deliveryName(option.name, language);
}

type Estimated = Extract<Estimate, { kind: "estimated" }>["stores"][number];

function presentStore(lines: readonly CartLine[], language: Language): CartStore {
  const [first] = lines as readonly [CartLine, ...CartLine[]];
  const subtotalMinor = subtotalOf(lines);
  return {
    storeId: first.storeId,
    storeName: first.storeName,
    kind: first.kind,
    currency: first.currency,
    itemCount: unitsOf(lines),
    subtotalCents: subtotalMinor,
    subtotalDisplay: display(subtotalMinor, first.currency, language),
    placement: storePlacement(first.byHandHoursMax ?? null),
    items: lines.map((line) => presentItem(line, language)),
  };
}

function unitsOf(lines: readonly CartLine[]): number {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0);
}

function subtotalOf(lines: readonly CartLine[]): number {
  return lines.reduce((sum, { priceMinor, quantity }) => sum + priceMinor * quantity, 0);
}

function savingsOf({ listPriceMinor, priceMinor, quantity }: CartLine): number {
  return Math.max(0, (listPriceMinor ?? 0) - priceMinor) * quantity;
}

/**
 * Writing an amount takes 2 µs, and a cart of four lines shows a dozen of them, mostly the same few prices for
 * everybody: remembered, a cart is presented in half the time. Emptied when full: that bounds it to about a megabyte.
 */
const displays = new Map<string, string>();
const displaysMax = 10_000;

function display(minor: number, currency: CartLine["currency"], language: Language): string {
  const key = `${language}${currency}${minor}`;
  const known = displays.get(key);
  if (known !== undefined) return known;
  if (displays.size >= displaysMax) displays.clear();
  const made = formatMinor(fromWire(minor), currency, language);
  displays.set(key, made);
  return made;
}
