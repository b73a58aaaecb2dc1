import { z } from "zod";
import { OrderNumber, SessionId } from "./envelope.ts";

/** Somebody asks for their orders by mail. With an order's number: for the checkout it belongs to alone. */
export const OrderLookUpBody = z.strictObject({
  email: z.email().max(254),
  orderNumber: z.string().trim().toUpperCase().pipe(OrderNumber).optional(),
});

/** The same for everybody, whether or not there is anything at that address. */
export const OrderLookUpTaken = z.object({ isTaken: z.literal(true) });

/** The token of a mailed link. */
export const OrderLinkBody = z.strictObject({ token: z.string().min(16).max(200) });

/** The caller is let in as the guest whose orders these are: by the answer's cookie, or by its bearer token. */
export const OrderLinkEntered = z.object({
  accountId: z.string(),
  /** In `set-auth-token` as well. */
  token: z.string(),
  /** Their newest paid checkout. */
  checkoutSessionId: SessionId.nullable(),
});
