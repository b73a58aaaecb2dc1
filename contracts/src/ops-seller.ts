import { z } from "zod";
import { CatalogId } from "./catalog.ts";
import { AmountCents, AmountDisplay, Instant, PageQuery, PriceCents } from "./envelope.ts";
import { OpsPayout, SellerStanding } from "./payout.ts";
import { SellerCurrency, VerificationLevel } from "./seller.ts";

export const sellerStates = ["selling", "suspended"] as const;

export const OpsSellersQuery = z.strictObject({
  ...PageQuery,
  /** Part of the name, or the whole id. */
  query: z.string().trim().min(1).max(100).optional(),
  level: VerificationLevel.optional(),
  state: z.enum(sellerStates).optional(),
});

const seller = {
  sellerId: z.string(),
  displayName: z.string(),
  verificationLevel: VerificationLevel,
  /** Null: they may sell. */
  suspendedAt: Instant.nullable(),
  contractVersion: z.string(),
  contractAcceptedAt: Instant,
  productsPublished: z.int(),
  products: z.int(),
  /** In each currency they sell in; what is theirs after the fee and refunds. */
  sales: z.array(
    z.object({ currency: SellerCurrency, count: z.int(), netCents: AmountCents, netDisplay: AmountDisplay }),
  ),
};
export const OpsSellers = z.object({ sellers: z.array(z.object(seller)), total: z.int() });

export const OpsSeller = z.object({
  ...seller,
  about: z.string(),
  /** As the seller reads it. */
  suspendedReason: z.string().nullable(),
  standing: z.array(SellerStanding),
  /** The latest twenty. */
  payouts: z.array(OpsPayout),
  /** What they work on and sell, the newest hundred. */
  catalogue: z.array(
    z.object({
      productId: z.string(),
      title: z.string(),
      status: z.enum(["draft", "published", "withdrawn"]),
      currency: SellerCurrency,
      priceCents: PriceCents,
      priceDisplay: AmountDisplay,
    }),
  ),
});

export const OpsSellerParams = z.strictObject({ sellerId: CatalogId });

/** What somebody of the house saw that says who the seller is, or why that counts no more; kept in the trail. */
const Reason = z.string().trim().min(1).max(500);
export const VerifySellerBody = z.strictObject({ verificationLevel: VerificationLevel, reason: Reason });

/** The reason of a suspension is shown to the seller. */
export const SuspendSellerBody = z.strictObject({ isSuspended: z.boolean(), reason: Reason });
