import { z } from "zod";
import { departmentIds } from "./category.ts";
import { AmountDisplay, Currency, Instant, PageQuery, PriceCents } from "./envelope.ts";

/** Ids are opaque; the pattern only keeps out what no id of ours holds. */
export const CatalogId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);

/** `low_stock`: five or fewer are left of what Muse tracks itself. */
export const Availability = z.enum(["in_stock", "low_stock", "out_of_stock"]);
export type Availability = z.infer<typeof Availability>;

export const productSorts = ["relevance", "price_asc", "price_desc", "newest", "discount"] as const;

const Flag = z.enum(["true", "false"]).transform((value) => value === "true");

/** `?store=a&store=b`: any of them. */
function anyOf(Item: z.ZodString) {
  return z.union([Item, z.array(Item).min(1).max(50)]).transform((value) => [value].flat());
}

export const Department = z.enum(departmentIds);

export const ProductListQuery = z.strictObject({
  query: z.string().max(200).optional(),
  store: anyOf(CatalogId).optional(),
  /** As the stores name them; `categoryLabel` is for reading. */
  category: anyOf(z.string().min(1).max(100)).optional(),
  /** All its categories; those named beside it are more exact, and count instead. */
  department: Department.optional(),
  onSale: Flag.optional(),
  minPriceCents: z.coerce.number().int().min(0).max(1e12).optional(),
  maxPriceCents: z.coerce.number().int().min(0).max(1e12).optional(),
  /** Without words to be relevant to, `relevance` is the order of the titles. */
  sort: z.enum(productSorts).default("relevance"),
  /** Whether to count what each filter would leave. */
  facets: Flag.default(false),
  ...PageQuery,
});
export type ProductListQuery = z.output<typeof ProductListQuery>;

/** A product as a tile shows it: its cheapest variant's price. */
export const ProductTile = z.object({
  productId: z.string(),
  storeId: z.string(),
  storeName: z.string(),
  kind: z.enum(["physical", "digital"]),
  title: z.string(),
  brand: z.string().nullable(),
  category: z.string().nullable(),
  categoryLabel: z.string().nullable(),
  imageUrl: z.string().nullable(),
  currency: Currency,
  priceCents: PriceCents,
  priceDisplay: AmountDisplay,
  /** The dearest variant's, where variants differ: "from …". */
  priceMaxCents: PriceCents,
  /** What the cheapest variant cost before; null when it is not reduced. */
  originalPriceCents: PriceCents.nullable(),
  originalPriceDisplay: AmountDisplay.nullable(),
  onSale: z.boolean(),
  variantCount: z.int(),
  /** Where a product has one variant it can be put into the cart as it is. */
  onlyVariantId: z.string().nullable(),
  availability: Availability,
});
export type ProductTile = z.infer<typeof ProductTile>;

/**
 * What the filters beside a search would find. Each one's counts are of what all the others let through, so that a
 * second store can be added to the first. Categories and departments are one filter. Of stores, and of categories that
 * belong to no department, the fifty with the most are told, and those that were chosen.
 */
export const ProductFacets = z.object({
  stores: z.array(z.object({ storeId: z.string(), storeName: z.string(), currency: Currency, count: z.int() })),
  departments: z.array(z.object({ department: Department, label: z.string(), count: z.int() })),
  categories: z.array(
    z.object({ category: z.string(), label: z.string(), department: Department.nullable(), count: z.int() }),
  ),
  onSaleCount: z.int(),
  /** From the cheapest to the dearest, by currency. */
  prices: z.array(
    z.object({
      currency: Currency,
      minCents: PriceCents,
      minDisplay: AmountDisplay,
      maxCents: PriceCents,
      maxDisplay: AmountDisplay,
    }),
  ),
});
export type ProductFacets = z.infer<typeof ProductFacets>;

export const ProductList = z.object({
  products: z.array(ProductTile),
  total: z.int(),
  limit: z.int(),
  offset: z.int(),
  /** What was looked for instead, where nothing is sold under the words as they were typed. */
  correctedQuery: z.string().nullable(),
  /** Null where they were not asked for. */
  facets: ProductFacets.nullable(),
});

export const RelatedQuery = z.strictObject({ limit: z.coerce.number().int().min(1).max(24).default(8) });
export const RelatedProducts = z.object({ products: z.array(ProductTile) });

/** Everything that has a page, for those who list all pages: first the stores, then the products, by `cursor`. */
export const SitemapQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(5_000).default(1_000),
  cursor: z
    .string()
    .regex(/^(store|product):[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)
    .optional(),
});
export type SitemapQuery = z.output<typeof SitemapQuery>;
export const Sitemap = z.object({
  stores: z.array(z.object({ storeId: z.string() })),
  products: z.array(z.object({ productId: z.string(), updatedAt: Instant })),
  nextCursor: z.string().nullable(),
});

export const ProductParams = z.strictObject({ productId: CatalogId });
export const StoreParams = z.strictObject({ storeId: CatalogId });

export const VariantView = z.object({
  variantId: z.string(),
  size: z.string().nullable(),
  color: z.string().nullable(),
  priceCents: PriceCents,
  priceDisplay: AmountDisplay,
  originalPriceCents: PriceCents.nullable(),
  originalPriceDisplay: AmountDisplay.nullable(),
  /** Of this very variant; the product's first picture where it has none of its own. */
  imageUrl: z.string().nullable(),
  availability: Availability,
  /** How many can be had; null where only the store knows. */
  availableQuantity: z.int().nullable(),
});
export type VariantView = z.infer<typeof VariantView>;

export const ProductView = z.object({
  productId: z.string(),
  storeId: z.string(),
  storeName: z.string(),
  returnPolicy: z.string(),
  kind: z.enum(["physical", "digital"]),
  title: z.string(),
  description: z.string(),
  brand: z.string().nullable(),
  category: z.string().nullable(),
  categoryLabel: z.string().nullable(),
  department: Department.nullable(),
  imageUrl: z.string().nullable(),
  /** All of them, the first one first; `color` where one shows that colour alone. */
  images: z.array(z.object({ url: z.string(), color: z.string().nullable() })),
  productUrl: z.string().nullable(),
  currency: Currency,
  /** So many copies of it are sold, ever; null where there is no end to them. `availableQuantity` says what is left. */
  editionLimit: z.int().nullable(),
  updatedAt: Instant,
  variants: z.array(VariantView),
});
export type ProductView = z.infer<typeof ProductView>;

/** A way a store delivers, as its page tells it; a checkout's own options carry dates and the final amount. */
export const DeliveryTerms = z.object({
  optionId: z.string(),
  name: z.string(),
  amountCents: PriceCents,
  amountDisplay: AmountDisplay,
  /** For each unit, on top. */
  perItemCents: PriceCents,
  perItemDisplay: AmountDisplay,
  freeAboveCents: PriceCents.nullable(),
  freeAboveDisplay: AmountDisplay.nullable(),
  daysMin: z.int(),
  daysMax: z.int(),
});

/** How a store's orders are placed at this moment. `by_hand`: by people of ours, within so many hours. */
export const StorePlacement = z.object({ method: z.enum(["automatic", "by_hand"]), hoursMax: z.int().nullable() });

export const StoreKind = z.enum(["retailer", "seller"]);

export const StoreListQuery = z.strictObject({ kind: StoreKind.optional(), ...PageQuery });
export type StoreListQuery = z.output<typeof StoreListQuery>;

export const StoreView = z.object({
  storeId: z.string(),
  name: z.string(),
  description: z.string(),
  kind: StoreKind,
  currency: Currency,
  homepage: z.string().nullable(),
  returnPolicy: z.string(),
  productCount: z.int(),
  categories: z.array(z.object({ category: z.string(), label: z.string(), department: Department.nullable() })),
  placement: StorePlacement,
  delivery: z.array(DeliveryTerms),
});
export type StoreView = z.infer<typeof StoreView>;

/** Stores that have something on sale, retailers before sellers, each kind by name. */
export const StoreList = z.object({
  stores: z.array(StoreView),
  total: z.int(),
  limit: z.int(),
  offset: z.int(),
});
