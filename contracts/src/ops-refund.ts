import { z } from "zod";
import {
  AmountDisplay,
  Currency,
  Instant,
  OrderNumber,
  PageQuery,
  prefixedId,
  PriceCents,
  RefundId,
  SessionId,
} from "./envelope.ts";
import { RefundLine, RefundStatus } from "./order.ts";

const ApprovalId = prefixedId("apr");

/** Without `amountCents`, `items` and `includeShipping`: everything that is left, delivery included. */
export const OpsRefundBody = z
  .strictObject({
    /** Goodwill of this much, taken from all lines in proportion. */
    amountCents: PriceCents.min(1).optional(),
    /** Without a quantity: all units of the line that are left. */
    items: z.array(RefundLine).min(1).max(100).optional(),
    includeShipping: z.boolean().optional(),
    reason: z.string().trim().min(1).max(500),
  })
  .refine(
    ({ amountCents, items, includeShipping }) => amountCents === undefined || (items ?? includeShipping) === undefined,
    {
      path: ["amountCents"],
      message: "Either an amount, or items and delivery.",
    },
  );

/** Given back, or waiting for a second person: then `refundId` is null and `approvalId` names what waits. */
export const OpsRefund = z.object({
  status: z.enum(["given", "waiting"]),
  refundId: RefundId.nullable(),
  /** Null where nobody else had to be asked. */
  approvalId: ApprovalId.nullable(),
  museOrderNumber: OrderNumber,
  amountCents: PriceCents,
  amountDisplay: AmountDisplay,
  currency: Currency,
  /** False where the same was asked before: then nothing changed. */
  isNew: z.boolean(),
});

export const RefundRequestsQuery = z.strictObject(PageQuery);

/** Oldest first: those that wait for an answer. */
export const RefundRequests = z.object({
  requests: z.array(
    z.object({
      requestId: z.string(),
      museOrderNumber: OrderNumber,
      storeName: z.string(),
      /** Null: everything that is left. */
      items: z.array(z.object({ lineNo: z.int(), quantity: z.int() })).nullable(),
      reason: z.string(),
      totalCents: PriceCents,
      totalDisplay: AmountDisplay,
      refundedCents: PriceCents,
      currency: Currency,
      createdAt: Instant,
    }),
  ),
});

export const RefundRequestParams = z.strictObject({ requestId: z.string().min(1).max(80) });

export const RefundRequestAnswerBody = z.strictObject({
  decision: z.enum(["approved", "declined"]),
  /** With an approval of some lines: the delivery too. A request of everything includes it. */
  includeShipping: z.boolean().default(false),
  note: z.string().trim().max(2000).optional(),
});

export const RefundRequestAnswered = z.object({
  requestId: z.string(),
  museOrderNumber: OrderNumber,
  decision: z.enum(["approved", "declined"]),
  refund: OpsRefund.nullable(),
});

/**
 * Refunds that no machine will bring to an end: the provider refused, or has not answered for too long, or nobody has
 * said into which account the money goes.
 */
export const RefundsStuck = z.object({
  refunds: z.array(
    z.object({
      refundId: RefundId,
      museOrderNumber: OrderNumber.nullable(),
      checkoutSessionId: SessionId,
      amountCents: PriceCents,
      amountDisplay: AmountDisplay,
      currency: Currency,
      status: RefundStatus,
      reason: z.string(),
      failureCode: z.string().nullable(),
      tries: z.int(),
      createdAt: Instant,
    }),
  ),
});

export const RefundApprovalsQuery = z.strictObject({
  ...PageQuery,
  status: z.enum(["waiting", "approved", "declined"]).default("waiting"),
});

/** Refunds that one person asked for and another has to agree to, oldest first; answered ones newest first. */
export const RefundApprovals = z.object({
  approvals: z.array(
    z.object({
      approvalId: ApprovalId,
      museOrderNumber: OrderNumber,
      storeName: z.string(),
      amountCents: PriceCents,
      amountDisplay: AmountDisplay,
      currency: Currency,
      reason: z.string(),
      /** Of what the order came to, and what was given back of it so far. */
      orderTotalCents: PriceCents,
      orderRefundedCents: PriceCents,
      /** The shopper's request that it answers, if any. */
      requestId: z.string().nullable(),
      status: z.enum(["waiting", "approved", "declined"]),
      askedBy: z.string(),
      askedAt: Instant,
      answeredBy: z.string().nullable(),
      answeredAt: Instant.nullable(),
      /** The caller asked for it, so somebody else answers. */
      isOwn: z.boolean(),
    }),
  ),
  total: z.int(),
  /** What may be given back of one order without a second person. A currency that is not named: nothing. */
  limits: z.array(z.object({ currency: Currency, amountCents: PriceCents, amountDisplay: AmountDisplay })),
});

export const RefundApprovalParams = z.strictObject({ approvalId: ApprovalId });

export const RefundApprovalAnswerBody = z.strictObject({
  decision: z.enum(["approved", "declined"]),
  note: z.string().trim().max(2000).optional(),
});

export const RefundApprovalAnswered = z.object({
  approvalId: ApprovalId,
  museOrderNumber: OrderNumber,
  decision: z.enum(["approved", "declined"]),
  refund: OpsRefund.nullable(),
});
