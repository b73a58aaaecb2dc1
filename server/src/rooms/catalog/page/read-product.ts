import { hash } from "node:crypto";
import type { Currency } from "#kernel/money.ts";
import { FeedProduct } from "../feed.ts";
import { normaliseProductUrl } from "../product-url.ts";
import { findProduct } from "./find-product.ts";
import { readJsonLd } from "./json-ld.ts";
import { picturesOf, readOffers, type PageVariant } from "./offers.ts";
import { readOpenGraph } from "./open-graph.ts";
import { plainText, readHtml, type PageParts } from "./read-html.ts";
import { wordOf, type Thing } from "./thing.ts";

/** A page's product as a feed would bring it; `chosenSku` is the variant that the page's own address names. */
export type PageProduct = { readonly product: FeedProduct; readonly chosenSku: string | null };

export type PageReading = { readonly kind: "product"; readonly read: PageProduct } | { readonly kind: PageTrouble };

/** Why no product could be read, the nearest miss last. */
export type PageTrouble = "not_product" | "several_products" | "no_price" | "other_currency";

export type PageToRead = {
  readonly html: string;
  /** Where the page was found. */
  readonly url: string;
  /** What its store sells in. */
  readonly currency: Currency;
  /** Whether an address is one of the same store's. */
  readonly isOfStore: (url: string) => boolean;
};

/**
 * The product that a page is about, from its JSON-LD, else its microdata, else its Open Graph tags. It is a stranger's
 * text: everything is bounded, tags are taken out, and only web addresses are kept.
 */
export function readProductPage(page: PageToRead): PageReading {
  const parts = readHtml(page.html);
  const jsonLd = readJsonLd(parts.jsonLd);
  const address = addressOf(page, parts, jsonLd);
  const openGraph = readOpenGraph(parts.meta);
  const sources = [jsonLd, parts.microdata, openGraph === null ? [] : [openGraph]];
  let trouble: PageTrouble = "not_product";
  for (const things of sources) {
    const reading = readThings(things, { ...page, address, parts });
    if (reading.kind === "product") return reading;
    if (troubles.indexOf(reading.kind) > troubles.indexOf(trouble)) trouble = reading.kind;
  }
  return { kind: trouble };
}

const troubles: readonly PageTrouble[] = ["not_product", "several_products", "no_price", "other_currency"];

type Context = PageToRead & { readonly address: string; readonly parts: PageParts };

function readThings(things: readonly Thing[], context: Context): PageReading {
  const isThisPage = (url: string): boolean =>
    [context.address, context.url].includes(absolute(url, context.url) ?? "");
  const found = findProduct(things, isThisPage);
  if (found.kind !== "product") return { kind: found.kind === "none" ? "not_product" : "several_products" };
  const offers = readOffers(found.product, found.variants, context.currency);
  if (offers.kind !== "variants") return { kind: offers.kind };
  const product = FeedProduct.safeParse(productOf(found.product, offers.variants, context));
  if (!product.success) return { kind: "not_product" };
  const asked = new URL(context.url).searchParams;
  const chosen = offers.variants.find(
    ({ url }) => url !== null && absolute(url, context.url) === normaliseProductUrl(context.url),
  );
  const sku = product.data.variants.find((each) => each.sku === (asked.get("sku") ?? chosen?.sku))?.sku;
  return { kind: "product", read: { product: product.data, chosenSku: sku ?? null } };
}

function productOf(thing: Thing, offers: readonly PageVariant[], context: Context) {
  const { address, parts, url } = context;
  const title = clean(wordOf(thing, "name") ?? parts.meta.get("og:title") ?? "", 300);
  const pictures = [...picturesOf(thing), ...offers.flatMap(({ image }) => image ?? [])]
    .flatMap((picture) => absolute(picture, url) ?? [])
    .filter((picture, index, all) => all.indexOf(picture) === index);
  const [imageUrl = null, ...moreImageUrls] = pictures;
  return {
    // The address is what a page is known by: its own ids may be another page's too.
    id: pageRef(address),
    title,
    description: clean(wordOf(thing, "description") ?? "", 5_000),
    brand: cleanOrNull(wordOf(thing, "brand", "manufacturer"), 100),
    category: cleanOrNull(wordOf(thing, "category"), 100),
    imageUrl,
    moreImageUrls: moreImageUrls.slice(0, 8),
    url: address,
    variants: variantsOf(offers, context, title),
  };
}

/** Sizes and colours; where neither tells variants apart, what their names say beyond the product's. */
function variantsOf(offers: readonly PageVariant[], context: Context, title: string) {
  const isTold = new Set(offers.map(({ size, color }) => `${size} ${color}`)).size === offers.length;
  const skus = new Set<string>();
  return offers.slice(0, 200).flatMap((offer, index) => {
    const sku = clean(offer.sku ?? (offers.length === 1 ? "page" : `page-${index + 1}`), 100);
    if (sku === "" || skus.has(sku)) return [];
    skus.add(sku);
    const rest =
      offer.name === null
        ? null
        : clean(offer.name, 300)
            .replace(title, "")
            .replace(/^[\s,:/|–—-]+/, "");
    return [
      {
        sku,
        size: cleanOrNull(isTold ? offer.size : rest || sku, 60),
        color: cleanOrNull(isTold ? offer.color : null, 60),
        imageUrl: offer.image === null ? null : absolute(offer.image, context.url),
        priceCents: offer.priceMinor,
        listPriceCents: offer.listPriceMinor,
        stock: offer.isInStock ? 1 : 0,
        allocation: null,
      },
    ];
  });
}

/**
 * The address that the page is known by. One that differs only in what stands behind `?` is believed where the page
 * names it; another path only where two of its marks agree, because a shop's template can be wrong in one.
 */
function addressOf({ url, isOfStore }: PageToRead, { canonical, meta }: PageParts, jsonLd: readonly Thing[]): string {
  const own = normaliseProductUrl(url) ?? url;
  const ownPath = new URL(own).pathname;
  const named = [canonical, meta.get("og:url") ?? null, urlOf(jsonLd)]
    .flatMap((each) => (each === null ? [] : (absolute(each, url) ?? [])))
    .filter((each) => isOfStore(each) && new URL(each).pathname.length > 1);
  return (
    named.find((each) => new URL(each).pathname === ownPath) ??
    named.find((each, index) => named.indexOf(each) !== index) ??
    own
  );
}

function urlOf(things: readonly Thing[]): string | null {
  const found = findProduct(things, () => false);
  return found.kind === "product" ? wordOf(found.product, "url") : null;
}

/** What a page's product is called in its store's part of the catalogue. No feed's id begins so. */
export function pageRef(address: string): string {
  return `page:${hash("sha256", address).slice(0, 40)}`;
}

function absolute(url: string, base: string): string | null {
  const parsed = URL.parse(url.trim(), base);
  return parsed === null || parsed.href.length > 2000 ? null : normaliseProductUrl(parsed.href);
}

/** One line of plain text, whole characters, no longer than that. */
function clean(text: string, max: number): string {
  const plain = plainText(text.slice(0, max * 20))
    .toWellFormed()
    .replaceAll(/[\p{Cc}\s]+/gu, " ")
    .trim();
  return plain.slice(0, max).toWellFormed().trim();
}

function cleanOrNull(text: string | null, max: number): string | null {
  const cleaned = text === null ? "" : clean(text, max);
  return cleaned === "" ? null : cleaned;
}
