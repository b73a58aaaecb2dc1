import { z } from "zod";
import { normaliseProductUrl } from "./product-url.ts";

/** Far above any store's real list, and low enough that a feed gone wrong cannot fill the database. */
const productsMax = 20_000;
const variantsMax = 200;
/** A cart's sum of a hundred full lines still fits a JSON integer. */
const priceCentsMax = 10_000_000_000;

/** Text for people's eyes: no control characters, and nothing that PostgreSQL's JSON cannot hold. */
function text(max: number) {
  return z
    .string()
    .trim()
    .max(max)
    .refine((value) => value.isWellFormed() && !/\p{Cc}/u.test(value.replaceAll(/[\n\t]/g, "")));
}

const Price = z.int().min(0).max(priceCentsMax);
const WebUrl = text(2000).transform((value, context) => {
  const url = normaliseProductUrl(value);
  if (url !== null) return url;
  context.addIssue({ code: "custom", message: "not a web address" });
  return z.NEVER;
});

const FeedVariant = z.object({
  sku: text(100).min(1),
  size: text(60).min(1).nullable(),
  color: text(60).min(1).nullable(),
  imageUrl: WebUrl.nullable().default(null),
  priceCents: Price,
  listPriceCents: Price.nullable(),
  /** The store's own count; it sells them elsewhere too. */
  stock: z.int().min(0),
  /** Units held for Muse, null where none are. */
  allocation: z.int().min(0).max(1_000_000_000).nullable(),
});

export const FeedProduct = z.object({
  id: text(100).min(1),
  title: text(300).min(1),
  description: text(10_000),
  brand: text(100).nullable(),
  category: text(100).nullable(),
  imageUrl: WebUrl.nullable(),
  /** Pictures beside the first one. */
  moreImageUrls: z.array(WebUrl).max(12).default([]),
  url: WebUrl.nullable(),
  variants: z.array(FeedVariant).min(1).max(variantsMax),
});
export type FeedProduct = z.output<typeof FeedProduct>;

/**
 * What a store sends us. It is a stranger's data: whatever does not fit is refused whole, so that half a catalogue
 * never goes on sale. Fields we do not know are ignored, because feeds grow. An empty feed is refused: a store that
 * really sells nothing any more is switched off, and an accident must not empty it.
 */
export const Feed = z
  .object({ products: z.array(FeedProduct).min(1).max(productsMax) })
  .superRefine(({ products }, context) => {
    refuseTwins(products, ({ id }) => id, ["products"], context);
    for (const [index, { variants }] of products.entries())
      refuseTwins(variants, ({ sku }) => sku, ["products", index, "variants"], context);
  });
export type Feed = z.output<typeof Feed>;

function refuseTwins<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  path: (string | number)[],
  context: z.RefinementCtx,
): void {
  const seen = new Set<string>();
  for (const [index, item] of items.entries()) {
    if (seen.has(keyOf(item))) context.addIssue({ code: "custom", message: "is there twice", path: [...path, index] });
    seen.add(keyOf(item));
  }
}
