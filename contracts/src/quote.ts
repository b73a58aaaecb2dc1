import { z } from "zod";
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
