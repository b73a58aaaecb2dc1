import type { Product, Variant } from "../goods.ts";
import { driftedCents } from "../order.ts";
import type { Shop } from "./shop.ts";
import { variantName } from "./words.ts";

/** A variant as a page shows it now. */
export type Offer = {
  readonly variant: Variant;
  readonly priceCents: number;
  readonly listPriceCents: number | null;
  readonly stock: number;
};

/** Where a page's words and pictures are, as whoever asks sees this program. */
export type Place<S extends Front = Shop> = { readonly origin: string; readonly shop: S };
/** What of a shop its pages' data needs: one without baskets has it, too. */
export type Front = Pick<Shop, "slug" | "store" | "base" | "retail">;

/** Every variant at the price and stock of this moment. */
export function offersOf(shop: Front, product: Product, driftPercent: number, isSoldOut: boolean): readonly Offer[] {
  return product.variants.map((variant) => {
    const { priceCents, listPriceCents, stock } = shop.retail.shelf.look(shop.slug, variant.sku) ?? variant;
    return {
      variant,
      priceCents: driftedCents(priceCents, driftPercent),
      listPriceCents,
      stock: isSoldOut ? 0 : stock,
    };
  });
}

export function productUrl({ origin, shop }: Place<Front>, product: Product): string {
  return `${origin}${shop.base}/products/${product.id}`;
}

export const viewCount = 3;

export function pictureUrls(
  { origin, shop }: Place<Front>,
  product: Product,
  color?: string | null,
): readonly string[] {
  const tint = color === null || color === undefined ? [] : [`color=${encodeURIComponent(color)}`];
  return Array.from({ length: viewCount }, (_, view) => {
    const query = [...tint, ...(view === 0 ? [] : [`view=${view + 1}`])].join("&");
    return `${origin}/images/${shop.slug}/${product.id}.svg${query === "" ? "" : `?${query}`}`;
  });
}

/** A schema.org Offer: what it costs, what it cost before, whether it is there. */
export function offerData(place: Place<Front>, product: Product, offer: Offer): Readonly<Record<string, unknown>> {
  const price = decimal(offer.priceCents);
  return {
    "@type": "Offer",
    sku: offer.variant.sku,
    url: `${productUrl(place, product)}?sku=${encodeURIComponent(offer.variant.sku)}`,
    priceCurrency: "USD",
    price,
    ...(offer.listPriceCents === null
      ? {}
      : {
          priceSpecification: [
            { "@type": "UnitPriceSpecification", price, priceCurrency: "USD" },
            {
              "@type": "UnitPriceSpecification",
              priceType: "https://schema.org/StrikethroughPrice",
              price: decimal(offer.listPriceCents),
              priceCurrency: "USD",
            },
          ],
        }),
    availability: availabilityOf(offer.stock),
    itemCondition: "https://schema.org/NewCondition",
    seller: { "@type": "Organization", name: place.shop.store.name },
  };
}

/** A variant as a schema.org Product of its own, for `hasVariant`. */
export function variantData(place: Place<Front>, product: Product, offer: Offer): Readonly<Record<string, unknown>> {
  const { variant } = offer;
  const name = variantName(variant);
  return {
    "@type": "Product",
    sku: variant.sku,
    name: name === "" ? product.title : `${product.title} – ${name}`,
    image: pictureUrls(place, product, variant.color)[0],
    ...(variant.color === null ? {} : { color: variant.color }),
    ...(variant.size === null ? {} : { size: variant.size }),
    offers: offerData(place, product, offer),
  };
}

export function availabilityOf(stock: number): string {
  if (stock <= 0) return "https://schema.org/OutOfStock";
  return stock <= 3 ? "https://schema.org/LimitedAvailability" : "https://schema.org/InStock";
}

export function decimal(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;
}
