import type { Thing } from "./thing.ts";

/**
 * A page's Open Graph tags as schema.org would say it, so that one reading does for all; null where they describe no
 * product. What is reduced carries its new price as `product:sale_price`, or its old one as `product:original_price`.
 *
 * @see https://ogp.me and the product namespace that shops fill for catalogues
 */
export function readOpenGraph(meta: ReadonlyMap<string, string>): Thing | null {
  const first = (...names: readonly string[]): string | undefined =>
    names.map((name) => meta.get(name)).find((value) => value !== undefined);
  const amount = first("product:price:amount", "og:price:amount");
  const type = meta.get("og:type")?.toLowerCase();
  if (amount === undefined && type !== "product" && type !== "og:product" && type !== "product.item") return null;
  const sale = meta.get("product:sale_price:amount");
  const former = sale === undefined ? first("product:original_price:amount", "og:price:standard_amount") : amount;
  return {
    "@type": "Product",
    name: first("og:title", "twitter:title"),
    description: first("og:description", "description"),
    url: meta.get("og:url"),
    image: first("og:image:secure_url", "og:image", "og:image:url"),
    brand: first("product:brand", "og:brand"),
    category: meta.get("product:category"),
    sku: first("product:retailer_item_id", "product:retailer_part_no", "product:mfr_part_no", "product:isbn"),
    size: meta.get("product:size"),
    color: meta.get("product:color"),
    offers: {
      "@type": "Offer",
      price: sale ?? amount,
      priceCurrency: first("product:sale_price:currency", "product:price:currency", "og:price:currency"),
      availability: first("product:availability", "og:availability"),
      ...(former === undefined ? {} : { priceSpecification: { priceType: "StrikethroughPrice", price: former } }),
    },
  };
}
