import type { Currency } from "#kernel/money.ts";
import { readPrice } from "./price.ts";
import { isOfType, lastWord, thingsOf, valuesOf, wordOf, type Thing } from "./thing.ts";

/** One variant as a page sells it. Texts are as the page has them, not yet bounded. */
export type PageVariant = {
  readonly sku: string | null;
  readonly name: string | null;
  readonly size: string | null;
  readonly color: string | null;
  readonly image: string | null;
  readonly url: string | null;
  readonly priceMinor: number;
  readonly listPriceMinor: number | null;
  readonly isInStock: boolean;
};

export type PageOffers =
  | { readonly kind: "variants"; readonly variants: readonly PageVariant[] }
  | { readonly kind: "no_price" | "other_currency" };

/** What a product is sold for: its variants with their offers, or its own offers where those are the variants. */
export function readOffers(product: Thing, variants: readonly Thing[], currency: Currency): PageOffers {
  const pairs =
    variants.length > 0
      ? variants.flatMap((variant) =>
          offersOf(variant)
            .slice(0, 1)
            .map((offer) => ({ variant, offer })),
        )
      : offersOf(product).map((offer) => ({ variant: offeredBy(offer) ?? product, offer }));
  const priced = pairs.flatMap(({ variant, offer }) => pricedVariant(variant, offer, currency));
  const ours = priced.filter((each) => each !== "other_currency");
  if (ours.length === 0) return { kind: priced.length > 0 ? "other_currency" : "no_price" };
  return variants.length > 0 ? { kind: "variants", variants: ours } : apart(ours);
}

/** Offers of one product are its variants where something tells them apart, and one variant where nothing needs to. */
function apart(offers: readonly PageVariant[]): PageOffers {
  const [first] = offers;
  if (first === undefined || offers.length === 1) return { kind: "variants", variants: offers };
  const marks = new Set(offers.map(({ sku, size, color, name }) => JSON.stringify([sku, size, color, name])));
  const isTold = marks.size === offers.length && offers.every(({ sku }) => sku !== null);
  if (isTold) return { kind: "variants", variants: offers };
  if (offers.some(({ priceMinor }) => priceMinor !== first.priceMinor)) return { kind: "no_price" };
  return { kind: "variants", variants: [{ ...first, isInStock: offers.some(({ isInStock }) => isInStock) }] };
}

/** The offers of a product; those that an AggregateOffer sums up, or itself where it names one price. */
function offersOf(product: Thing): readonly Thing[] {
  return thingsOf(product, "offers").flatMap((offer) => {
    const parts = thingsOf(offer, "offers");
    if (parts.length === 0) return [offer];
    const rest = { priceCurrency: offer["priceCurrency"], availability: offer["availability"] };
    return parts.map((part) => ({ ...rest, ...part, offers: undefined }));
  });
}

function offeredBy(offer: Thing): Thing | undefined {
  return thingsOf(offer, "itemOffered")[0];
}

function pricedVariant(variant: Thing, offer: Thing, currency: Currency): readonly (PageVariant | "other_currency")[] {
  const now = priceOf(offer);
  if (now === null) return [];
  const priceCurrency = now.currency ?? wordOf(offer, "priceCurrency");
  if (priceCurrency === null) return [];
  if (priceCurrency.toUpperCase() !== currency) return ["other_currency"];
  const priceMinor = readPrice(now.price, currency);
  if (priceMinor === null) return [];
  return [
    {
      sku: wordOf(offer, "sku") ?? wordOf(variant, "sku", "productID", "mpn", "gtin13", "gtin"),
      name: wordOf(offer, "name") ?? wordOf(variant, "name"),
      size: traitOf(variant, "size") ?? traitOf(offer, "size"),
      color: traitOf(variant, "color") ?? traitOf(offer, "color"),
      image: pictureOf(variant) ?? pictureOf(offer),
      url: wordOf(offer, "url") ?? wordOf(variant, "url"),
      priceMinor,
      listPriceMinor: listPriceOf(offer, currency, priceMinor),
      isInStock: isThere(wordOf(offer, "availability")),
    },
  ];
}

type Price = { readonly price: unknown; readonly currency: string | null };

/** What it costs now: of the offer itself, else of a specification that is of no other kind of price. */
function priceOf(offer: Thing): Price | null {
  const [own] = valuesOf(offer, "price");
  if (own !== undefined && own !== "") return { price: own, currency: null };
  const now = thingsOf(offer, "priceSpecification").find((each) => !isFormerPrice(each) && each["price"] !== undefined);
  if (now !== undefined) return { price: valuesOf(now, "price")[0], currency: wordOf(now, "priceCurrency") };
  const low = wordOf(offer, "lowPrice");
  const high = wordOf(offer, "highPrice") ?? (wordOf(offer, "offerCount") === "1" ? low : null);
  return isOfType(offer, "AggregateOffer") && low !== null && low === high ? { price: low, currency: null } : null;
}

function isFormerPrice(specification: Thing): boolean {
  const type = lastWord(wordOf(specification, "priceType") ?? "");
  return /^(StrikethroughPrice|ListPrice|SRP|MSRP|RegularPrice)$/i.test(type);
}

function listPriceOf(offer: Thing, currency: Currency, priceMinor: number): number | null {
  const former = thingsOf(offer, "priceSpecification").find(isFormerPrice);
  const minor = former === undefined ? null : readPrice(valuesOf(former, "price")[0], currency);
  return minor !== null && minor > priceMinor ? minor : null;
}

/** Only what can be sent now: what is on its way or made to order is not there. Who says nothing has it. */
export function isThere(availability: string | null): boolean {
  if (availability === null) return true;
  const word = lastWord(availability)
    .replaceAll(/[\s_-]/g, "")
    .toLowerCase();
  return ["instock", "limitedavailability", "onlineonly", "available", "availablefororder"].includes(word);
}

/** Size or colour, of the thing itself or among its additional properties. */
function traitOf(thing: Thing, trait: "size" | "color"): string | null {
  const own = wordOf(thing, trait);
  if (own !== null) return own;
  const more = thingsOf(thing, "additionalProperty").find((each) => wordOf(each, "name")?.toLowerCase() === trait);
  return more === undefined ? null : wordOf(more, "value");
}

export function pictureOf(thing: Thing): string | null {
  return picturesOf(thing)[0] ?? null;
}

export function picturesOf(thing: Thing): readonly string[] {
  return valuesOf(thing, "image").flatMap((image) => {
    if (typeof image === "string") return [image];
    const url = typeof image === "object" && image !== null ? wordOf(image as Thing, "url", "contentUrl", "@id") : null;
    return url === null ? [] : [url];
  });
}
