import { z } from "zod";
import { Address } from "./checkout.ts";
import {
  AmountDisplay,
  Currency,
  Instant,
  OrderNumber,
  PageQuery,
  PriceCents,
  RefundId,
  SessionId,
} from "./envelope.ts";
import { RefundAccountView } from "./refund-account.ts";
import { ShipmentView } from "./shipment.ts";

export const orderStatuses = ["pending", "placed", "confirmed", "shipped", "delivered", "failed", "cancelled"] as const;
export const OrderStatus = z.enum(orderStatuses);
export type OrderStatus = z.infer<typeof OrderStatus>;

export const paymentStatuses = ["unpaid", "paid", "partially_refunded", "refunded"] as const;
export const PaymentStatus = z.enum(paymentStatuses);
export type PaymentStatus = z.infer<typeof PaymentStatus>;

export const itemStatuses = ["pending", "placed", "shipped", "delivered", "failed", "cancelled"] as const;
export const ItemStatus = z.enum(itemStatuses);
export type ItemStatus = z.infer<typeof ItemStatus>;

export const PlacementMethod = z.enum(["api", "headless", "manual", "digital"]);

export const OrderParams = z.strictObject({ orderNumber: OrderNumber });
/** The marketplace's older name of the same. */
export const OrderIdParams = z.strictObject({ orderId: OrderNumber });
export const OrderListQuery = z.strictObject({ ...PageQuery, status: OrderStatus.optional() });

export const OrderSummary = z.object({
  museOrderNumber: OrderNumber,
  storeId: z.string(),
  storeName: z.string(),
  kind: z.enum(["physical", "digital"]),
  totalCents: PriceCents,
  totalDisplay: AmountDisplay,
  status: OrderStatus,
  paymentStatus: PaymentStatus,
  trackingNumber: z.string().nullable(),
  placedAt: Instant.nullable(),
  deliveryFrom: z.iso.date().nullable(),
  deliveryTo: z.iso.date().nullable(),
  /** Asked for, not all of it arrived. */
  refundedCents: PriceCents,
  refundedDisplay: AmountDisplay,
  /** Units. */
  itemCount: z.int(),
  /** The first four lines, to tell orders apart by. */
  items: z.array(z.object({ title: z.string(), imageUrl: z.string().nullable(), quantity: z.int() })),
});

/** Orders by the checkout they were bought in, newest first. `limit` and `offset` count checkouts: none is split. */
export const OrderList = z.object({
  checkoutSessions: z.array(
    z.object({
      checkoutSessionId: SessionId,
      checkoutDate: Instant,
      currency: Currency,
      /** Of the whole checkout, whatever part of it the list shows. */
      totalCents: PriceCents,
      totalDisplay: AmountDisplay,
      orders: z.array(OrderSummary),
    }),
  ),
  totalOrders: z.int(),
  totalCheckoutSessions: z.int(),
});
export type OrderList = z.infer<typeof OrderList>;

/** What has gone back, or is on its way back, is not counted as spent. */
export const OrderStats = z.object({
  totalOrders: z.int(),
  totalSpent: z.array(z.object({ currency: Currency, totalSpentCents: PriceCents, totalSpentDisplay: AmountDisplay })),
  byStatus: z.record(OrderStatus, z.int()),
  stores: z.array(z.object({ storeId: z.string(), storeName: z.string(), orderCount: z.int() })),
});
export type OrderStats = z.infer<typeof OrderStats>;

export const OrderItem = z.object({
  lineNo: z.int(),
  productId: z.string(),
  variantId: z.string(),
  title: z.string(),
  size: z.string().nullable(),
  color: z.string().nullable(),
  imageUrl: z.string().nullable(),
  productUrl: z.string().nullable(),
  quantity: z.int(),
  unitPriceCents: PriceCents,
  unitPriceDisplay: AmountDisplay,
  originalPriceCents: PriceCents.nullable(),
  originalPriceDisplay: AmountDisplay.nullable(),
  lineTotalCents: PriceCents,
  lineTotalDisplay: AmountDisplay,
  discountCents: PriceCents,
  taxCents: PriceCents,
  itemStatus: ItemStatus,
  refundedQuantity: z.int(),
  refundedCents: PriceCents,
  refundedDisplay: AmountDisplay,
  /** How many units a refund can still be asked for; 0 while it cannot be for the order at all. */
  refundableQuantity: z.int(),
});

/**
 * `created` and `unknown`: asked for, and no word of the provider yet. `account_needed`: it waits for the shopper to
 * say into which account. Only `succeeded` means that money has gone.
 */
export const RefundStatus = z.enum(["created", "account_needed", "unknown", "pending", "succeeded", "failed"]);

export const RefundView = z.object({
  refundId: RefundId,
  amountCents: PriceCents,
  amountDisplay: AmountDisplay,
  reason: z.string(),
  /** The reason in the reader's words; null where it is no code of ours. */
  message: z.string().nullable(),
  /** Money goes back the way it came. */
  method: z.literal("original_payment_method"),
  status: RefundStatus,
  createdAt: Instant,
  succeededAt: Instant.nullable(),
});

/** Some units of a line of the order. */
export const RefundLine = z.strictObject({
  lineNo: z.int().min(1).max(10_000),
  quantity: z.int().min(1).max(10_000).optional(),
});

export const RefundRequestBody = z.strictObject({
  /** Without it: everything. Without a quantity: all units of the line. */
  items: z.array(RefundLine).min(1).max(100).optional(),
  reason: z.string().trim().min(1).max(500),
});

export const RefundRequestView = z.object({
  requestId: z.string(),
  status: z.enum(["open", "approved", "declined"]),
  reason: z.string(),
  items: z.array(z.object({ lineNo: z.int(), quantity: z.int() })).nullable(),
  createdAt: Instant,
});

/** A digital good that the order unlocked. */
export const OrderAccess = z.object({
  productId: z.string(),
  isActive: z.boolean(),
  downloadUrl: z.string(),
  grantedAt: Instant,
});
export type OrderAccess = z.infer<typeof OrderAccess>;

/** Why an order cannot be cancelled, or what keeps a refund from being asked for. */
export const NoCancelReason = z.enum(["not_paid", "shipped", "delivered", "ended", "requested", "refused_by_store"]);
export const NoRefundReason = z.enum(["not_paid", "not_placed", "ended", "nothing_left", "requested"]);

/** Something that can be done with an order, or why not: as a code, and in the reader's words. */
function possibility<Why extends z.ZodType>(why: Why) {
  return z.object({ isPossible: z.boolean(), why: why.nullable(), message: z.string().nullable() });
}

export const Order = z.object({
  orderId: OrderNumber,
  museOrderNumber: OrderNumber,
  checkoutSessionId: SessionId,
  storeId: z.string(),
  storeName: z.string(),
  storeOrderNumber: z.string().nullable(),
  kind: z.enum(["physical", "digital"]),
  status: OrderStatus,
  paymentStatus: PaymentStatus,
  placementMethod: PlacementMethod.nullable(),
  /** Why it failed or was cancelled, as a code. */
  reason: z.string().nullable(),
  /** What there is to tell of it beyond its status, in the reader's words: why it ended, or what it waits for. */
  message: z.string().nullable(),
  currency: Currency,
  subtotalCents: PriceCents,
  subtotalDisplay: AmountDisplay,
  discountCents: PriceCents,
  discountDisplay: AmountDisplay,
  shippingCents: PriceCents,
  shippingDisplay: AmountDisplay,
  taxCents: PriceCents,
  taxDisplay: AmountDisplay,
  totalCents: PriceCents,
  totalDisplay: AmountDisplay,
  /** Asked for, not all of it arrived: the refunds say which. */
  refundedCents: PriceCents,
  refundedDisplay: AmountDisplay,
  shippingOptionName: z.string().nullable(),
  returnPolicy: z.string(),
  /** Where the receipt and the news went. */
  email: z.string().nullable(),
  deliveryFrom: z.iso.date().nullable(),
  deliveryTo: z.iso.date().nullable(),
  trackingNumber: z.string().nullable(),
  carrier: z.string().nullable(),
  orderedAt: Instant,
  placedAt: Instant.nullable(),
  shippingAddress: Address.nullable(),
  items: z.array(OrderItem),
  statusHistory: z.array(z.object({ from: OrderStatus.nullable(), to: OrderStatus, at: Instant })),
  shipments: z.array(ShipmentView),
  refunds: z.array(RefundView),
  /** Until when its transfer is waited for; null where none is. The checkout names the account. */
  depositDueAt: Instant.nullable(),
  /** When the bank took back the transfer that paid it, while that is so: nothing goes on until it is there again. */
  depositRevertedAt: Instant.nullable(),
  /** Of the whole checkout; null where money goes back the way it came. */
  refundAccount: RefundAccountView.nullable(),
  refundRequest: RefundRequestView.nullable(),
  cancellation: z.object({ requestedAt: Instant, refusedAt: Instant.nullable() }).nullable(),
  /** Whether cancelling it can still be asked for. */
  isCancellable: z.boolean(),
  cancelling: possibility(NoCancelReason),
  refundRequesting: possibility(NoRefundReason),
  /** Paths of the receipts: this order's, and the whole checkout's; null until it is paid. */
  receipts: z
    .object({ pdf: z.string(), html: z.string(), checkoutPdf: z.string(), checkoutHtml: z.string() })
    .nullable(),
  access: z.array(OrderAccess),
});
export type Order = z.infer<typeof Order>;

/** `cancelled`: done, and the refund is on its way. `requested`: the store is being asked. */
export const CancelResult = z.object({
  museOrderNumber: OrderNumber,
  outcome: z.enum(["cancelled", "requested"]),
  status: OrderStatus,
  refundedCents: PriceCents,
  currency: Currency,
});

export const ReceiptQuery = z.strictObject({
  format: z.enum(["pdf", "html"]).optional(),
  session: SessionId.optional(),
});

/** The marketplace's older list: the orders of one checkout. */
export const CheckoutOrdersQuery = z.strictObject({ checkoutSessionId: SessionId });
