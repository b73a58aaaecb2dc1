import { z } from "zod";
import { CatalogId, StorePlacement } from "./catalog.ts";
import { AmountDisplay, Currency, PriceCents } from "./envelope.ts";
import { ShippingEstimate, StoreDelivery } from "./quote.ts";

/** Units of one line. More is a wholesale order, which no store of ours fulfils through its shop. */
export const quantityMax = 99;

/** Different variants in one cart: every read and every checkout handles all of them at once. */
export const linesMax = 100;

/** Items of one batch: as many as a cart holds. */
export const batchItemsMax = 100;

/** Opaque: an id that was never given out is answered like one of somebody else, as not found. */
const ItemId = CatalogId;
const Quantity = z.int().min(1).max(quantityMax);
const Option = z.string().trim().min(1).max(60);

/**
 * A product by its id, or by its page at the store as a shopper copies it: one that the catalogue does not know is read
 * there, unless it is part of a batch. `variantId` (or `size` and `color`) is needed only where the product has
 * several; the refusal names the product and its choices. Price, title and picture are never taken from the caller.
 */
export const AddItemBody = z
  .strictObject({
    productId: CatalogId.optional(),
    variantId: CatalogId.optional(),
    url: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .optional(),
    size: Option.optional(),
    color: Option.optional(),
    quantity: Quantity.default(1),
  })
  .refine((item) => (item.productId === undefined) !== (item.url === undefined), {
    path: ["productId"],
    message: "Send productId or url, not both.",
  })
  .refine((item) => item.variantId === undefined || item.productId !== undefined, {
    path: ["variantId"],
    message: "variantId goes with productId; with url send size and color.",
  })
  .refine((item) => (item.size === undefined && item.color === undefined) || item.url !== undefined, {
    path: ["size"],
    message: "size and color go with url; with productId send variantId.",
  });
export type AddItemBody = z.output<typeof AddItemBody>;

export const AddBatchBody = z.strictObject({
  items: z.array(AddItemBody).min(1).max(batchItemsMax),
  /** Add what can be added, and say of each item how it went. Otherwise it is all of them or none. */
  partial: z.boolean().default(false),
  /**
   * The items are a guest's local cart, merged at sign-in: the same content merged again within a day changes nothing,
   * whatever happened to the cart in between. Without it only a batch sent twice in a row changes nothing.
   */
  merge: z.boolean().default(false),
});
export type AddBatchBody = z.output<typeof AddBatchBody>;

export const ItemParams = z.strictObject({ itemId: ItemId });

/** At least one of the two. The variant is another one of the same product. */
export const ChangeItemBody = z
  .strictObject({ variantId: CatalogId.optional(), quantity: Quantity.optional() })
  .refine((body) => body.variantId !== undefined || body.quantity !== undefined, {
    message: "Send variantId, quantity or both.",
  });

/** 0 removes the item. */
export const SetQuantityBody = z.strictObject({ quantity: z.int().min(0).max(quantityMax) });

export const CheckQuery = z.strictObject({ productId: CatalogId, variantId: CatalogId.optional() });

/** Of a product without `variantId`: all its variants together, and the item that was added first. */
export const CheckReply = z.object({
  inCart: z.boolean(),
  itemId: z.string().optional(),
  quantity: z.int().optional(),
  version: z.int(),
});

export const SummaryQuery = z.strictObject({
  zip: z
    .string()
    .trim()
    .regex(/^\d{5}(-\d{4})?$/)
    .optional(),
  /** Whether to say how each store delivers; with `zip` it always is. */
  delivery: z
    .enum(["true", "false"])
    .transform((value) => value === "true")
    .default(false),
});

export const CartItem = z.object({
  itemId: z.string(),
  productId: z.string(),
  variantId: z.string(),
  title: z.string(),
  size: z.string().nullable(),
  color: z.string().nullable(),
  quantity: z.int(),
  unitPriceCents: PriceCents,
  unitPriceDisplay: AmountDisplay,
  /** What one cost before it was reduced; null when it is not. */
  originalPriceCents: PriceCents.nullable(),
  originalPriceDisplay: AmountDisplay.nullable(),
  /** What the line saves against its original price. The line's total has it taken off already. */
  discountCents: PriceCents,
  discountDisplay: AmountDisplay,
  lineTotalCents: PriceCents,
  lineTotalDisplay: AmountDisplay,
  imageUrl: z.string().nullable(),
  productUrl: z.string().nullable(),
  /** Whether this many can be ordered at this moment. */
  available: z.boolean(),
  /**
   * `discontinued`: the store does not sell it any more. `not_enough`: fewer are left than are wanted.
   * `already_purchased`: a file that the shopper owns; `self_purchase`: what they sell themselves.
   */
  unavailableReason: z
    .enum(["discontinued", "sold_out", "not_enough", "already_purchased", "self_purchase"])
    .nullable(),
  /** How many can be had; null where that is more than anybody needs to know. */
  availableQuantity: z.int().nullable(),
  /** As far as the quantity can be set. */
  quantityMax: z.int(),
  /**
   * Only where the price moved since the shopper last chose it; the new one is what counts. Gone once the item was
   * changed, the prices were said to be seen, or a checkout began.
   */
  priceChanged: z
    .object({ fromCents: PriceCents, fromDisplay: AmountDisplay, toCents: PriceCents, toDisplay: AmountDisplay })
    .optional(),
});
export type CartItem = z.infer<typeof CartItem>;

export const CartStore = z.object({
  storeId: z.string(),
  storeName: z.string(),
  kind: z.enum(["physical", "digital"]),
  currency: Currency,
  itemCount: z.int(),
  subtotalCents: PriceCents,
  subtotalDisplay: AmountDisplay,
  placement: StorePlacement,
  items: z.array(CartItem),
});
export type CartStore = z.infer<typeof CartStore>;

const CurrencyTotal = z.object({
  currency: Currency,
  itemCount: z.int(),
  subtotalCents: PriceCents,
  subtotalDisplay: AmountDisplay,
  savingsCents: PriceCents,
  savingsDisplay: AmountDisplay,
});

/** Counts and sums. Amounts at the top are null in a cart of two currencies, which cannot be checked out as it is. */
export const CartSummary = z.object({
  totalItemCount: z.int(),
  lineCount: z.int(),
  storeCount: z.int(),
  currency: Currency.nullable(),
  subtotalCents: PriceCents.nullable(),
  subtotalDisplay: AmountDisplay.nullable(),
  savingsCents: PriceCents.nullable(),
  savingsDisplay: AmountDisplay.nullable(),
  isMixedCurrency: z.boolean(),
  totals: z.array(CurrencyTotal),
});
export type CartSummary = z.infer<typeof CartSummary>;

export const Cart = z.object({
  version: z.int(),
  /** Of somebody who has not signed in: a client may keep it and put it back; a person's is kept by their account. */
  isGuests: z.boolean(),
  stores: z.array(CartStore),
  summary: CartSummary,
});
export type Cart = z.infer<typeof Cart>;

/**
 * `delivery` has every store that sends parcels, null where it was not asked for. `estimate` is null without a `zip`,
 * for a cart of two currencies, and for an empty one.
 */
export const SummaryReply = z.object({
  version: z.int(),
  summary: CartSummary,
  delivery: z.array(StoreDelivery).nullable(),
  estimate: ShippingEstimate.nullable(),
});

/** What every change answers: the cart's new version and sums, so that a page needs no second request. */
export const CartChanged = z.object({ version: z.int(), summary: CartSummary });

/** A change of one item. `item` is null when it was removed. */
export const ItemChanged = z.object({ version: z.int(), item: CartItem.nullable(), summary: CartSummary });

export const ItemAdded = z.object({ version: z.int(), item: CartItem, summary: CartSummary });

/** How one item of a batch went: the item it is on, or the code of the refusal. */
export const BatchResult = z.object({
  index: z.int(),
  added: z.boolean(),
  itemId: z.string().nullable(),
  error: z
    .object({
      code: z.string(),
      message: z.string(),
      details: z.record(z.string(), z.unknown()).nullable(),
    })
    .nullable(),
});

/** `unchanged`: this batch was in the cart already. */
export const BatchAdded = z.object({
  version: z.int(),
  unchanged: z.boolean(),
  results: z.array(BatchResult),
  summary: CartSummary,
});
