import { z } from "zod";
import { AmountCents, AmountDisplay, Instant, PageQuery, prefixedId, PriceCents } from "./envelope.ts";
import { SellerCurrency, VerificationLevel } from "./seller.ts";

const PayoutId = prefixedId("po");

/** `called_off`: never made. `refused`: the bank did not take it. `returned`: paid, and sent back by the bank. */
const PayoutFailure = z.enum(["called_off", "refused", "returned"]);

/** The transfer's, as the bank's statement names it; nobody's name. */
const PayoutReference = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{2,39}$/);

/** Where a seller stands in one currency. */
const standing = {
  currency: SellerCurrency,
  /** What is owed to them; below zero where more went back than was still owed. */
  balanceCents: AmountCents,
  balanceDisplay: AmountDisplay,
  /** Of it: sales that are too young, or disputed at a bank. */
  heldCents: PriceCents,
  heldDisplay: AmountDisplay,
  /** Of it: what can be paid out now. */
  availableCents: PriceCents,
  availableDisplay: AmountDisplay,
  /** Beside it: prepared and not yet paid. */
  onItsWayCents: PriceCents,
  onItsWayDisplay: AmountDisplay,
  /** When the next sale has waited long enough; null: none waits for its time. */
  nextAt: Instant.nullable(),
};
export const SellerStanding = z.object(standing);
export type SellerStanding = z.infer<typeof SellerStanding>;

const payout = {
  payoutId: PayoutId,
  currency: SellerCurrency,
  amountCents: PriceCents,
  amountDisplay: AmountDisplay,
  status: z.enum(["prepared", "paid", "failed"]),
  preparedAt: Instant,
  reference: PayoutReference.nullable(),
  paidAt: Instant.nullable(),
  failure: PayoutFailure.nullable(),
  failedAt: Instant.nullable(),
};
export const SellerPayout = z.object(payout);
export type SellerPayout = z.infer<typeof SellerPayout>;

export const SellerPayoutsQuery = z.strictObject(PageQuery);
export const SellerPayouts = z.object({
  standing: z.array(SellerStanding),
  /** Those that are on their way first, then the newest. */
  payouts: z.array(SellerPayout),
  total: z.int(),
  /** How long a sale waits before its share can be paid out, by currency. */
  holding: z.array(z.object({ currency: SellerCurrency, days: z.int() })),
});
export type SellerPayouts = z.infer<typeof SellerPayouts>;

/** As the house sees it. */
export const OpsPayout = z.object({
  ...payout,
  sellerId: z.string(),
  /** Null where the seller's account is gone. */
  sellerName: z.string().nullable(),
  /** More than one person may move alone: it is paid once a second one has agreed. */
  needsSecond: z.boolean(),
  preparedBy: z.string(),
  approvedBy: z.string().nullable(),
  approvedAt: Instant.nullable(),
  /** Whether the caller prepared it, and so cannot be the second person. */
  isOwn: z.boolean(),
});
export type OpsPayout = z.infer<typeof OpsPayout>;

export const OpsPayoutsQuery = z.strictObject(PageQuery);
export const OpsPayouts = z.object({
  payouts: z.array(OpsPayout),
  total: z.int(),
  /** To whom something is owed, the most that can be paid out first; a hundred of them. */
  owed: z.array(
    z.object({
      sellerId: z.string(),
      sellerName: z.string(),
      verificationLevel: VerificationLevel,
      isSuspended: z.boolean(),
      ...standing,
    }),
  ),
});

/** What is taken from what is owed, to be paid at the bank. */
export const PreparePayoutBody = z.strictObject({ currency: SellerCurrency, amountCents: PriceCents.min(1) });
export const PayoutParams = z.strictObject({ payoutId: PayoutId });
export const PayPayoutBody = z.strictObject({ reference: PayoutReference });
export const FailPayoutBody = z.strictObject({ failure: PayoutFailure });
