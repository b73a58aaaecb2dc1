import { z } from "zod";
import { AmountDisplay, Currency, OrderNumber, PriceCents, SessionId } from "./envelope.ts";
import { OrderStatus, PaymentStatus } from "./order.ts";

/** Whom the receipt is for. */
const CustomerName = z.string().trim().min(1).max(100);

export const CreatePaymentBody = z.strictObject({
  productId: z.string().min(1).max(64),
  customerName: CustomerName.optional(),
});

/**
 * As the local cart holds it. Only `id`, the product's, counts; prices, currencies and sellers are the catalogue's, so
 * whatever else is sent is not looked at.
 */
export const CartItem = z.looseObject({ id: z.string().min(1).max(64) });

export const CartCheckoutBody = z.strictObject({
  items: z.array(CartItem).max(100),
  customerName: CustomerName.optional(),
});

/** One digital product's order, as it is before and after the payment. */
export const MarketplaceOrder = z.object({
  orderId: OrderNumber,
  productId: z.string(),
  title: z.string(),
  seller: z.object({ id: z.string().nullable(), name: z.string() }),
  /** In the currency's minor unit. */
  amount: PriceCents,
  amountDisplay: AmountDisplay,
  currency: Currency,
  status: OrderStatus,
  paymentStatus: PaymentStatus,
});

/**
 * A payment that the browser confirms with `clientSecret`; what follows comes by the provider's event. In won it is
 * agreed to in TossPayments' window and paid by `POST /api/payments/toss/confirm`.
 */
export const CartCheckout = z.object({
  checkoutSessionId: SessionId,
  orders: z.array(MarketplaceOrder),
  /** With `toss` what its window is opened with as the order id, one of its own for each asking. */
  paymentId: z.string(),
  provider: z.enum(["stripe", "toss"]),
  /** Null where the provider has none. */
  clientSecret: z.string().nullable(),
  amount: PriceCents,
  currency: Currency,
});

/** The same for one product: its order stands beside the list as well. */
export const CreatedPayment = CartCheckout.extend({ orderId: OrderNumber, order: MarketplaceOrder });
