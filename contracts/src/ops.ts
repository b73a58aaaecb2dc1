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
import { Order, OrderStatus, PaymentStatus, PlacementMethod, RefundLine, RefundStatus } from "./order.ts";
import { TaskKind, TaskStatus } from "./placement.ts";

const Code = z.string().min(1).max(64);

export const OpsOrdersQuery = z.strictObject({
  ...PageQuery,
  status: OrderStatus.optional(),
  store: Code.optional(),
  /** Without it unpaid orders are left out, unless `query` names one. */
  paymentStatus: PaymentStatus.optional(),
  /** An order number, a session, a store's order number or a tracking number, whole. */
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
  payment: z.object({
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
  }),
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

export const OpsRefund = z.object({
  refundId: RefundId,
  museOrderNumber: OrderNumber,
  amountCents: PriceCents,
  amountDisplay: AmountDisplay,
  currency: Currency,
  /** False where the same was asked before: then nothing changed. */
  isNew: z.boolean(),
});

export const OpsStoreParams = z.strictObject({ storeId: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{1,63}$/) });

const Url = z.url({ protocol: /^https?$/ }).max(500);

export const StoreTier = z
  .strictObject({
    method: z.enum(["api", "headless", "manual"]),
    connector: Code.nullable().default(null),
    baseUrl: Url.nullable().default(null),
    enabled: z.boolean().default(true),
    triesMax: z.int().min(1).max(20).default(4),
    timeoutMs: z.int().min(100).max(120_000).default(10_000),
  })
  .refine(({ method, connector, baseUrl }) => method === "manual" || (connector !== null && baseUrl !== null), {
    path: ["connector"],
    message: "A machine's tier needs a connector and its base address.",
  });

export const StoreShippingOption = z
  .strictObject({
    optionId: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/),
    name: z.string().trim().min(1).max(100),
    kind: z.enum(["flat", "per_item"]),
    amountCents: PriceCents,
    perItemCents: PriceCents.default(0),
    /** Free when the store's goods come to this much; null: never. */
    freeAboveCents: PriceCents.nullable().default(null),
    daysMin: z.int().min(0).max(90),
    daysMax: z.int().min(0).max(90),
  })
  .refine(({ daysMin, daysMax }) => daysMin <= daysMax, {
    path: ["daysMax"],
    message: "`daysMax` is not below `daysMin`.",
  });

/** What is left out stays as it is. A store that does not exist yet needs name, kind and currency. */
export const OpsStoreBody = z.strictObject({
  name: z.string().trim().min(1).max(100).optional(),
  description: z.string().trim().max(2000).optional(),
  kind: z.enum(["retailer", "seller"]).optional(),
  currency: z.enum(["USD", "KRW"]).optional(),
  homepage: Url.nullable().optional(),
  returnPolicy: z.string().trim().max(5000).optional(),
  /** How far above what the shopper paid the store's total may lie, in basis points. */
  priceMarginBp: z.int().min(0).max(5000).optional(),
  /** Off: nothing of it is sold; orders already paid go on. */
  enabled: z.boolean().optional(),
  /** In the order they are tried; replaces all. */
  tiers: z.array(StoreTier).max(9).optional(),
  /** In the order they are shown; replaces all. */
  shippingOptions: z.array(StoreShippingOption).max(20).optional(),
  /** Written, never read back. What is left out stays. */
  credentials: z
    .strictObject({
      api: z.record(z.string().min(1).max(64), z.string().min(1).max(4000)).optional(),
      webhookSecret: z.string().min(8).max(500).optional(),
    })
    .optional(),
});
export type OpsStoreBody = z.infer<typeof OpsStoreBody>;

export const OpsStore = z.object({
  storeId: z.string(),
  name: z.string(),
  description: z.string(),
  kind: z.enum(["retailer", "seller"]),
  currency: Currency,
  homepage: z.string().nullable(),
  returnPolicy: z.string(),
  priceMarginBp: z.int(),
  enabled: z.boolean(),
  tiers: z.array(
    z.object({
      position: z.int(),
      method: z.enum(["api", "headless", "manual"]),
      connector: z.string().nullable(),
      baseUrl: z.string().nullable(),
      enabled: z.boolean(),
      triesMax: z.int(),
      timeoutMs: z.int(),
    }),
  ),
  shippingOptions: z.array(
    z.object({
      optionId: z.string(),
      name: z.string(),
      kind: z.enum(["flat", "per_item"]),
      amountCents: PriceCents,
      perItemCents: PriceCents,
      freeAboveCents: PriceCents.nullable(),
      daysMin: z.int(),
      daysMax: z.int(),
    }),
  ),
  /** Which credentials are held, and nothing of what is in them. */
  credentials: z.object({ api: z.boolean(), webhookSecret: z.boolean() }),
  updatedAt: Instant,
});
export type OpsStore = z.infer<typeof OpsStore>;

export const OpsStores = z.object({ stores: z.array(OpsStore) });

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

/** Refunds that no machine will bring to an end: the provider refused, or has not answered for too long. */
export const RefundsStuck = z.object({
  refunds: z.array(
    z.object({
      refundId: RefundId,
      museOrderNumber: OrderNumber.nullable(),
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

export const AuditQuery = z.strictObject({
  ...CursorQuery,
  cursor: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
  /** An order number, a store, an event: all that was done to it. */
  subject: z.string().min(1).max(300).optional(),
});

export const AuditTrail = z.object({ entries: z.array(AuditEntryView), nextCursor: z.string().nullable() });
