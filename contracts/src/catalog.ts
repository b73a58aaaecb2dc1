import { z } from "zod";
import { AmountDisplay, Currency, PageQuery, PriceCents } from "./envelope.ts";

/** Ids are opaque; the pattern only keeps out what no id of ours holds. */
export const CatalogId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);

/** `low_stock`: five or fewer are left of what Muse tracks itself. */
export const Availability = z.enum(["in_stock", "low_stock", "out_of_stock"]);
export type Availability = z.infer<typeof Availability>;

export const productSorts = ["relevance", "price_asc", "price_desc", "newest", "discount"] as const;

export const ProductListQuery = z.strictObject({
  query: z.string().max(200).optional(),
  store: CatalogId.optional(),
  category: z.string().min(1).max(100).optional(),
  onSale: z
    .enum(["true", "false"])
    .transform((value) => value === "true")
    .optional(),
  minPriceCents: z.coerce.number().int().min(0).max(1e12).optional(),
  maxPriceCents: z.coerce.number().int().min(0).max(1e12).optional(),
  /** Without words to be relevant to, `relevance` is the order of the titles. */
  sort: z.enum(productSorts).default("relevance"),
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

export const ProductList = z.object({
  products: z.array(ProductTile),
  total: z.int(),
  limit: z.int(),
  offset: z.int(),
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
  imageUrl: z.string().nullable(),
  productUrl: z.string().nullable(),
  currency: Currency,
  variants: z.array(VariantView),
});
export type ProductView = z.infer<typeof ProductView>;

/** A way a store delivers, as its page tells it; a checkout's own options carry dates and the final amount. */
export const DeliveryTerms = z.object({
  optionId: z.string(),
  name: z.string(),
  amountCents: PriceCents,
  perItemCents: PriceCents,
  freeAboveCents: PriceCents.nullable(),
  daysMin: z.int(),
  daysMax: z.int(),
});

export const StoreView = z.object({
  storeId: z.string(),
  name: z.string(),
  description: z.string(),
  kind: z.enum(["retailer", "seller"]),
  currency: Currency,
  homepage: z.string().nullable(),
  returnPolicy: z.string(),
  productCount: z.int(),
  categories: z.array(z.string()).readonly(),
  delivery: z.array(DeliveryTerms),
});
export type StoreView = z.infer<typeof StoreView>;

export const StoreList = z.object({ stores: z.array(StoreView) });
