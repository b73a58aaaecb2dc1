import { z } from "zod";
import { ZipPlace } from "./address.ts";
import { CatalogId } from "./catalog.ts";
import { AmountDisplay, Currency, PriceCents } from "./envelope.ts";

/** What one store's delivery would cost with its cheapest option, and between which dates it would come. */
export const StoreEstimate = z.object({
  storeId: z.string(),
  shippingOptionId: z.string().nullable(),
  shippingOptionName: z.string().nullable(),
  shippingCents: PriceCents,
  shippingDisplay: AmountDisplay,
  taxCents: PriceCents,
  taxDisplay: AmountDisplay,
  deliveryFrom: z.iso.date().nullable(),
  deliveryTo: z.iso.date().nullable(),
});

/**
 * Shipping and tax for a ZIP code, before any address is known. An estimate: it takes each store's cheapest delivery
 * and the state's base rate of tax. The checkout's own numbers are the ones that are charged.
 */
export const ShippingEstimate = z.object({
  isEstimate: z.literal(true),
  zip: z.string(),
  state: z.string(),
  currency: Currency,
  shippingCents: PriceCents,
  shippingDisplay: AmountDisplay,
  taxCents: PriceCents,
  taxDisplay: AmountDisplay,
  totalCents: PriceCents,
  totalDisplay: AmountDisplay,
  stores: z.array(StoreEstimate),
});
export type ShippingEstimate = z.infer<typeof ShippingEstimate>;

/** A way to have goods delivered, if they were ordered today. */
export const DeliveryOffer = z.object({
  optionId: z.string(),
  name: z.string(),
  shippingCents: PriceCents,
  shippingDisplay: AmountDisplay,
  deliveryFrom: z.iso.date(),
  deliveryTo: z.iso.date(),
});

/** From which sum on a store delivers for nothing, and what of that is missing; the nearest such offer. */
export const FreeShipping = z.object({
  optionId: z.string(),
  optionName: z.string(),
  aboveCents: PriceCents,
  aboveDisplay: AmountDisplay,
  /** 0 once it is reached. */
  missingCents: PriceCents,
  missingDisplay: AmountDisplay,
  isReached: z.boolean(),
});

/** How one store of a cart delivers. `freeShipping` is null where it never does so for nothing. */
export const StoreDelivery = z.object({
  storeId: z.string(),
  storeName: z.string(),
  currency: Currency,
  options: z.array(DeliveryOffer),
  freeShipping: FreeShipping.nullable(),
});
export type StoreDelivery = z.infer<typeof StoreDelivery>;

export const ProductDeliveryQuery = z.strictObject({
  /** Without it the product's cheapest. */
  variantId: CatalogId.optional(),
  quantity: z.coerce.number().int().min(1).max(99).default(1),
  zip: z
    .string()
    .trim()
    .regex(/^\d{5}(-\d{4})?$/)
    .optional(),
});

/** When a product would be there, and what that costs if nothing else is bought. */
export const ProductDelivery = z.object({
  productId: z.string(),
  storeId: z.string(),
  storeName: z.string(),
  currency: Currency,
  /** A digital good: there at once, for nothing, and sent nowhere. */
  isInstant: z.boolean(),
  /** Where the ZIP code lies; null without one. */
  place: ZipPlace.nullable(),
  /** False for a place that is not served; then there are no options. */
  isDelivered: z.boolean(),
  options: z.array(DeliveryOffer),
  freeShipping: FreeShipping.nullable(),
});
export type ProductDelivery = z.infer<typeof ProductDelivery>;
