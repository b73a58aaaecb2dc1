import { z } from "zod";
import {
  AmountCents,
  AmountDisplay,
  Currency,
  CursorQuery,
  Instant,
  OrderNumber,
  PageQuery,
  PaymentId,
  PriceCents,
  RefundId,
  SessionId,
} from "./envelope.ts";
import { Order, OrderStatus, PaymentStatus, PlacementMethod, RefundStatus } from "./order.ts";
import { TaskKind, TaskStatus } from "./placement.ts";

const Code = z.string().min(1).max(64);

export const OpsOrdersQuery = z.strictObject({
  ...PageQuery,
  status: OrderStatus.optional(),
  store: Code.optional(),
  /** Without it unpaid orders are left out, unless `query` names one. */
  paymentStatus: PaymentStatus.optional(),
  /** Made at this moment or later, and before that one. */
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  /** Whole: an order number, a session, a store's order number, a tracking number, or the shopper's e-mail address. */
  query: z.string().trim().min(1).max(100).optional(),
});

export const OpsOrderSummary = z.object({
  museOrderNumber: OrderNumber,
  checkoutSessionId: SessionId,
  accountId: z.string(),
  storeId: z.string(),
  storeName: z.string(),
  storeOrderNumber: z.string().nullable(),
  trackingNumber: z.string().nullable(),
  status: OrderStatus,
  paymentStatus: PaymentStatus,
  placementMethod: PlacementMethod.nullable(),
  /** Where the placement stands: waiting, running, unknown, manual, placed, failed, cancelled. */
  placement: z.string().nullable(),
  reason: z.string().nullable(),
  totalCents: PriceCents,
  totalDisplay: AmountDisplay,
  refundedCents: PriceCents,
  currency: Currency,
  createdAt: Instant,
  placedAt: Instant.nullable(),
});

export const OpsOrders = z.object({ orders: z.array(OpsOrderSummary), total: z.int() });

export const AuditEntryView = z.object({
  auditId: z.string(),
  at: Instant,
  accountId: z.string(),
  role: z.string(),
  action: z.string(),
  subject: z.string(),
  detail: z.record(z.string(), z.unknown()),
});

/** All that is known of an order: what the shopper sees, and what is behind it. */
export const OpsOrder = z.object({
  order: Order,
  accountId: z.string(),
  session: z.object({
    checkoutSessionId: SessionId,
    status: z.string(),
    onStoreFailure: z.string(),
    latePayment: z.string().nullable(),
    contactEmail: z.string().nullable(),
    totalCents: PriceCents,
    createdAt: Instant,
    paidAt: Instant.nullable(),
    finishedAt: Instant.nullable(),
    /** The checkout's other orders. */
    siblings: z.array(z.object({ museOrderNumber: OrderNumber, storeName: z.string(), status: OrderStatus })),
  }),
  /** Null while a payer in won has not come back from Toss's window. */
  payment: z
    .object({
      paymentId: PaymentId,
      provider: z.string(),
      providerRef: z.string().nullable(),
      status: z.string(),
      amountCents: PriceCents,
      refundedCents: PriceCents,
      currency: Currency,
      succeededAt: Instant.nullable(),
      attempts: z.array(
        z.object({
          number: z.int(),
          status: z.string(),
          failureCode: z.string().nullable(),
          declineCode: z.string().nullable(),
          createdAt: Instant,
          endedAt: Instant.nullable(),
        }),
      ),
    })
    .nullable(),
  /** Null before the payment, and for digital goods. */
  placement: z
    .object({
      status: z.string(),
      method: PlacementMethod,
      tierPosition: z.int(),
      tries: z.int(),
      reason: z.string().nullable(),
      nextAttemptAt: Instant,
      attempts: z.array(
        z.object({
          attemptId: z.string(),
          fence: z.int(),
          method: PlacementMethod,
          connector: z.string().nullable(),
          status: z.string(),
          workerId: z.string().nullable(),
          reason: z.string().nullable(),
          detail: z.string().nullable(),
          lookUps: z.int(),
          storeOrderNumber: z.string().nullable(),
          storeTotalCents: AmountCents.nullable(),
          startedAt: Instant,
          endedAt: Instant.nullable(),
        }),
      ),
    })
    .nullable(),
  refunds: z.array(
    z.object({
      refundId: RefundId,
      amountCents: PriceCents,
      reason: z.string(),
      status: RefundStatus,
      /** `provider`: somebody made it in the provider's own dashboard. */
      source: z.enum(["muse", "provider"]),
      providerRef: z.string().nullable(),
      requestedBy: z.string().nullable(),
      failureCode: z.string().nullable(),
      tries: z.int(),
      createdAt: Instant,
      succeededAt: Instant.nullable(),
    }),
  ),
  manualTasks: z.array(
    z.object({
      task: TaskKind,
      status: TaskStatus,
      why: z.string(),
      detail: z.string().nullable(),
      isOutcomeUnknown: z.boolean(),
      openedAt: Instant,
      deadlineAt: Instant,
      claimedBy: z.string().nullable(),
      claimedUntil: Instant.nullable(),
      closedAt: Instant.nullable(),
      closedBy: z.string().nullable(),
      note: z.string().nullable(),
    }),
  ),
  audit: z.array(AuditEntryView),
});

const EventSource = z.enum(["stripe", "toss", "store"]);

export const WebhookEventsQuery = z.strictObject({
  ...PageQuery,
  source: EventSource.optional(),
  /** Whether it is still to be worked. */
  open: z.enum(["true", "false"]).optional(),
});

export const WebhookEvents = z.object({
  events: z.array(
    z.object({
      source: EventSource,
      eventId: z.string(),
      type: z.string(),
      storeId: z.string().nullable(),
      /** What it speaks of: an intent, a refund, a store's order. */
      objectRef: z.string().nullable(),
      receivedAt: Instant,
      processedAt: Instant.nullable(),
      outcome: z.string().nullable(),
      tries: z.int(),
      lastError: z.string().nullable(),
    }),
  ),
});

export const WebhookEventParams = z.strictObject({ source: EventSource, eventId: z.string().min(1).max(300) });
export const WebhookReplayed = z.object({ source: EventSource, eventId: z.string(), status: z.literal("queued") });

export const AuditQuery = z.strictObject({
  ...CursorQuery,
  cursor: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
  /** An order number, a store, an event: all that was done to it. */
  subject: z.string().min(1).max(300).optional(),
  /** What was done, such as `order.refund`, or all of its kind: `order`. */
  action: z
    .string()
    .regex(/^[a-z_]{1,40}(\.[a-z_]{1,40})?$/)
    .optional(),
  /** Who did it. */
  accountId: z.string().min(1).max(100).optional(),
});

export const AuditTrail = z.object({ entries: z.array(AuditEntryView), nextCursor: z.string().nullable() });
