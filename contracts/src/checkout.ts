import { z } from "zod";
import { AmountDisplay, Currency, Instant, OrderNumber, PriceCents, SessionId } from "./envelope.ts";
import { RefundAccountView } from "./refund-account.ts";

export const sessionStatuses = ["pending", "processing", "completed", "failed", "expired", "cancelled"] as const;
export const SessionStatus = z.enum(sessionStatuses);
export type SessionStatus = z.infer<typeof SessionStatus>;

export const OnStoreFailure = z.enum(["ship_what_you_can", "all_or_nothing"]);
export type OnStoreFailure = z.infer<typeof OnStoreFailure>;

export const SessionParams = z.strictObject({ sessionId: SessionId });

/**
 * A session freezes the caller's cart, or what of it is in one currency, or one each of the digital products named;
 * whatever else is in the cart stays there. `{}` and no body are the same.
 */
export const StartSessionBody = z
  .strictObject({
    productIds: z.array(z.string().min(1).max(64)).min(1).max(100).optional(),
    currency: z.enum(["USD", "KRW"]).optional(),
  })
  .refine(({ productIds, currency }) => productIds === undefined || currency === undefined, {
    path: ["currency"],
    message: "Send productIds or currency, not both.",
  })
  .nullish();

/** Says nothing beyond the call itself. */
export const EmptyBody = z.strictObject({}).nullish();

/** Where the parcels go. Format and the agreement of ZIP and state are checked; what is wrong is named by field. */
export const ShippingBody = z.strictObject({
  name: z.string().trim().min(1).max(100),
  address1: z.string().trim().min(1).max(120),
  address2: z.string().trim().max(120).nullish(),
  city: z.string().trim().min(1).max(80),
  state: z.string().trim().min(2).max(40),
  zip: z.string().trim().min(3).max(12),
  country: z.string().trim().min(2).max(40),
  phone: z.string().trim().max(30).nullish(),
  email: z.email().max(254).nullish(),
});
export type ShippingBody = z.infer<typeof ShippingBody>;

/** Where mails about this checkout go from now on. */
export const EmailBody = z.strictObject({ email: z.email().max(254) });
export const EmailSet = z.object({ sessionId: SessionId, email: z.string() });

/** What a page needs to know before it can take a card. Nothing in it is secret. */
export const CheckoutConfig = z.object({
  provider: z.enum(["stripe"]),
  /** For the provider's own form, which alone sees the card. */
  publishableKey: z.string(),
  /** For TossPayments' widget: won are paid through it. */
  tossClientKey: z.string(),
  /** `sandbox`: nothing is charged, the provider is simulated; `test`: the provider's own test mode. */
  mode: z.enum(["sandbox", "test", "live"]),
  /** What can be paid in, and the least that is charged. */
  currencies: z.array(z.object({ currency: Currency, amountMinCents: z.int() })),
  sessionMinutes: z.int(),
});
export type CheckoutConfig = z.infer<typeof CheckoutConfig>;

export const ShippingOptionsBody = z.strictObject({
  choices: z
    .array(z.strictObject({ storeId: z.string().min(1).max(64), optionId: z.string().min(1).max(64) }))
    .min(1)
    .max(100)
    .refine((choices) => new Set(choices.map(({ storeId }) => storeId)).size === choices.length, {
      message: "Name each store once.",
    }),
});

/**
 * What was on the button. When the checkout comes to another total by now, nothing is charged: `price_changed`. It
 * never sets a price. `{}` and no body leave it to the session.
 */
export const PlaceBody = z.strictObject({ totalCents: PriceCents.optional() }).nullish();

/** Either or both. `paymentMethodId` is the provider's token; a card number is refused unread. */
export const PaymentBody = z
  .strictObject({
    paymentMethodId: z
      .string()
      .regex(/^[A-Za-z0-9_-]{3,255}$/)
      .optional(),
    onStoreFailure: OnStoreFailure.optional(),
  })
  .refine((body) => body.paymentMethodId !== undefined || body.onStoreFailure !== undefined, {
    message: "Send paymentMethodId, onStoreFailure or both.",
  });

export const Address = z.object({
  name: z.string(),
  address1: z.string(),
  address2: z.string().nullable(),
  city: z.string(),
  state: z.string(),
  zip: z.string(),
  country: z.string(),
  phone: z.string().nullable(),
});
export type Address = z.infer<typeof Address>;

export const SnapshotItem = z.object({
  itemId: z.string(),
  productId: z.string(),
  variantId: z.string(),
  title: z.string(),
  size: z.string().nullable(),
  color: z.string().nullable(),
  quantity: z.int(),
  unitPriceCents: PriceCents,
  unitPriceDisplay: AmountDisplay,
  originalPriceCents: PriceCents.nullable(),
  discountCents: PriceCents,
  lineTotalCents: PriceCents,
  lineTotalDisplay: AmountDisplay,
  imageUrl: z.string().nullable(),
  productUrl: z.string().nullable(),
  /** As in the cart. What is frozen is reserved, so it is always to be had. */
  available: z.literal(true),
});

export const ShippingOption = z.object({
  optionId: z.string(),
  /** In the reader's language, where it is one that many stores have. */
  name: z.string(),
  shippingCents: PriceCents,
  shippingDisplay: AmountDisplay,
  /** Dates, not "3–5 business days". */
  deliveryFrom: z.iso.date(),
  deliveryTo: z.iso.date(),
});

/** A store's part of the session. Shipping and tax are null until they can be known. */
export const SnapshotStore = z.object({
  storeId: z.string(),
  storeName: z.string(),
  kind: z.enum(["physical", "digital"]),
  currency: Currency,
  itemCount: z.int(),
  subtotalCents: PriceCents,
  subtotalDisplay: AmountDisplay,
  shippingOptionId: z.string().nullable(),
  shippingOptions: z.array(ShippingOption),
  shippingCents: PriceCents.nullable(),
  shippingDisplay: AmountDisplay.nullable(),
  taxCents: PriceCents.nullable(),
  taxDisplay: AmountDisplay.nullable(),
  discountCents: PriceCents,
  totalCents: PriceCents.nullable(),
  totalDisplay: AmountDisplay.nullable(),
  /** As it was when the cart was frozen: the one that holds for this purchase. */
  returnPolicy: z.string(),
  items: z.array(SnapshotItem),
});

export const SnapshotSummary = z.object({
  subtotalCents: PriceCents,
  subtotalDisplay: AmountDisplay,
  shippingCents: PriceCents,
  shippingDisplay: AmountDisplay,
  taxCents: PriceCents,
  taxDisplay: AmountDisplay,
  discountCents: PriceCents,
  discountDisplay: AmountDisplay,
  totalCents: PriceCents,
  totalDisplay: AmountDisplay,
  totalItemCount: z.int(),
  /** False until shipping and tax are in the total. */
  isFinal: z.boolean(),
});

/** What of an order's money goes back, in all, and how far it has got. */
const OrderRefund = z.object({
  amountCents: PriceCents,
  amountDisplay: AmountDisplay,
  /** `succeeded` once the provider has sent all of it; `failed`: a person sees to it. */
  status: z.enum(["pending", "succeeded", "failed"]),
  requestedAt: Instant,
  succeededAt: Instant.nullable(),
});

const OrderStep = z.enum([
  "waiting_for_payment",
  "waiting",
  "placing",
  "checking",
  "by_hand",
  "placed",
  "confirmed",
  "shipped",
  "delivered",
  "failed",
  "cancelled",
]);

export const SessionOrder = z.object({
  orderId: OrderNumber,
  museOrderNumber: OrderNumber,
  /** As in the session's `cartSnapshot.stores`. */
  storeId: z.string(),
  storeName: z.string(),
  storeOrderNumber: z.string().nullable(),
  status: z.enum(["pending", "placed", "confirmed", "shipped", "delivered", "failed", "cancelled"]),
  /** What is happening to it now, where `status` says only that it is pending. */
  step: OrderStep,
  placedAt: Instant.nullable(),
  /** For people: what happened, and what of their money comes back. */
  message: z.string().nullable(),
  refund: OrderRefund.nullable(),
});
export type SessionOrder = z.infer<typeof SessionOrder>;

/** The payment as the shopper needs to know it. `checking`: do not pay again. */
export const PaymentState = z.enum([
  "unpaid",
  "checking",
  "action_required",
  /** The payer was given an account and has some days to pay into it; see `deposit`. */
  "awaiting_deposit",
  "declined",
  "paid",
  "refunded",
]);
export type PaymentState = z.infer<typeof PaymentState>;

/** Where the payer sends the money, by themselves, and until when. */
export const Deposit = z.object({
  bankCode: z.string(),
  bankName: z.string().nullable(),
  accountNumber: z.string(),
  holderName: z.string(),
  dueAt: Instant,
  /** It was paid into, and the bank has taken that back: what was bought waits until the money is there again. */
  isReverted: z.boolean(),
});
export type Deposit = z.infer<typeof Deposit>;

export const Session = z.object({
  sessionId: SessionId,
  status: SessionStatus,
  currency: Currency,
  cartSnapshot: z.object({ stores: z.array(SnapshotStore), summary: SnapshotSummary }),
  shippingAddress: Address.nullable(),
  email: z.string().nullable(),
  needsShipping: z.boolean(),
  paymentMethodId: z.string().nullable(),
  onStoreFailure: OnStoreFailure,
  payment: PaymentState,
  /** While a deposit is waited for, or waited for again. */
  deposit: Deposit.nullable(),
  /** Money of this checkout that waits for an account to go back into. */
  refundAccount: RefundAccountView.nullable(),
  /** A payment that came after the session's end: honoured, or refunded in full. */
  latePayment: z.enum(["honoured", "refunded"]).nullable(),
  orders: z.array(SessionOrder),
  expiresAt: Instant,
  secondsLeft: z.int(),
});
export type Session = z.infer<typeof Session>;

/** The session after the address was taken, and what we would write instead; the shopper decides. */
export const ShippingSet = z.object({ session: Session, correctedAddress: Address.nullable() });

export const PlaceResult = z.object({
  checkoutSessionId: SessionId,
  payment: PaymentState,
  /** While a deposit is waited for. */
  deposit: Deposit.nullable(),
  orders: z.array(SessionOrder),
  summary: z.object({
    totalOrders: z.int(),
    successfulOrders: z.int(),
    pendingOrders: z.int(),
    failedOrders: z.int(),
  }),
});
export type PlaceResult = z.infer<typeof PlaceResult>;

/** One message of the event stream: the state after what just happened. */
export const SessionEvent = z.object({
  sessionId: SessionId,
  status: SessionStatus,
  payment: PaymentState,
  orders: z.array(SessionOrder),
});
export type SessionEvent = z.infer<typeof SessionEvent>;

/** What TossPayments' window is opened with. `orderId` is good for this press. */
export const TossOrder = z.object({
  orderId: z.string(),
  amountCents: PriceCents,
  amountDisplay: AmountDisplay,
  currency: z.literal("KRW"),
  orderName: z.string(),
});
export type TossOrder = z.infer<typeof TossOrder>;

/** What TossPayments' redirect says. None of it is believed: it must be what was kept when the window was opened. */
export const TossConfirmBody = z.strictObject({
  paymentKey: z.string().regex(/^[A-Za-z0-9_-]{1,200}$/),
  orderId: z.string().regex(/^[A-Za-z0-9_-]{6,64}$/),
  amount: PriceCents,
});
