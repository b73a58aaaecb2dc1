import { z } from "zod";
import { Address } from "./checkout.ts";
import { AmountDisplay, Currency, Instant, OrderNumber, PageQuery, PriceCents } from "./envelope.ts";
import { CarrierCode, TrackingNumber } from "./shipment.ts";

/** `place`: order it from the store. `cancel`: have the store take it back. */
export const TaskKind = z.enum(["place", "cancel"]);
export const TaskStatus = z.enum(["open", "claimed", "placed", "failed", "cancelled", "refused", "withdrawn"]);

const AttemptId = z.string().regex(/^pla_[0-9a-f]{32}$/);

export const ManualOrdersQuery = z.strictObject({
  ...PageQuery,
  /** Without it: what is still to be done. */
  status: TaskStatus.optional(),
  store: z.string().min(1).max(64).optional(),
  /** Whether somebody holds it; `mine`: whether I do. */
  claimed: z.enum(["true", "false", "mine"]).optional(),
});

export const ManualOrderSummary = z.object({
  museOrderNumber: OrderNumber,
  task: TaskKind,
  status: TaskStatus,
  storeId: z.string(),
  storeName: z.string(),
  /** Why a person is needed, as a code. */
  why: z.string(),
  /** It is not known whether the store has this order: find out before placing it. */
  isOutcomeUnknown: z.boolean(),
  /** The shopper wants it back. */
  isCancelRequested: z.boolean(),
  itemCount: z.int(),
  totalCents: PriceCents,
  totalDisplay: AmountDisplay,
  currency: Currency,
  openedAt: Instant,
  deadlineAt: Instant,
  isOverdue: z.boolean(),
  claimedBy: z.string().nullable(),
  claimedUntil: Instant.nullable(),
});

export const ManualOrders = z.object({ orders: z.array(ManualOrderSummary), total: z.int() });

const closings = { placed: z.int(), failed: z.int() };

/** Days in UTC, newest first, thirty of them at most. */
export const ManualOrderStats = z.object({
  depth: z.int(),
  unclaimed: z.int(),
  overdue: z.int(),
  oldestAgeSeconds: z.int(),
  perDay: z.array(z.object({ day: z.iso.date(), ...closings })),
  perOperator: z.array(z.object({ operator: z.string(), ...closings })),
});

export const ManualOrder = z.object({
  ...ManualOrderSummary.shape,
  storeHomepage: z.string().nullable(),
  storeOrderNumber: z.string().nullable(),
  detail: z.string().nullable(),
  contactEmail: z.string().nullable(),
  shippingAddress: Address.nullable(),
  shippingOption: z.object({ optionId: z.string(), name: z.string().nullable() }).nullable(),
  /** What the store may charge in all, goods and delivery. */
  chargeMaxCents: PriceCents,
  chargeMaxDisplay: AmountDisplay,
  items: z.array(
    z.object({
      lineNo: z.int(),
      sku: z.string(),
      title: z.string(),
      size: z.string().nullable(),
      color: z.string().nullable(),
      quantity: z.int(),
      unitPriceCents: PriceCents,
      productUrl: z.string().nullable(),
    }),
  ),
  attempts: z.array(
    z.object({
      attemptId: AttemptId,
      /** A browser left pictures of it, which are still kept. */
      hasEvidence: z.boolean(),
      fence: z.int(),
      method: z.string(),
      connector: z.string().nullable(),
      status: z.string(),
      reason: z.string().nullable(),
      detail: z.string().nullable(),
      lookUps: z.int(),
      storeOrderNumber: z.string().nullable(),
      startedAt: Instant,
      endedAt: Instant.nullable(),
    }),
  ),
  closedAt: Instant.nullable(),
  closedBy: z.string().nullable(),
  note: z.string().nullable(),
});

export const EvidenceFileParams = z.strictObject({
  attemptId: AttemptId,
  visit: z.string().max(40),
  file: z.string().max(160),
});

/** What a browser saw while it ordered, looked an order up, or had it taken back. */
const Visit = z.object({
  /** Names it in a file's address: `place`, `look-up-2`, `cancel-1`. */
  visit: z.string(),
  kind: z.string(),
  connector: z.string(),
  startedAt: Instant,
  /** Null while it goes on, and where its worker died. */
  outcome: z.object({ kind: z.string(), reason: z.string().nullable(), detail: z.string().nullable() }).nullable(),
  steps: z.array(
    z.object({
      number: z.int(),
      name: z.string(),
      startedAt: Instant,
      ms: z.int(),
      result: z.enum(["done", "stopped"]),
      /** What stopped it. */
      note: z.string().nullable(),
      /** The page's, without its query. */
      path: z.string(),
      /** A file's name; null where no picture could be taken. */
      picture: z.string().nullable(),
    }),
  ),
  /** Beside the pictures: `trace.zip` for Playwright's trace viewer, `outline.txt`. */
  files: z.array(z.string()),
});

/** Every try at an order's store, oldest first. */
export const OrderAttempts = z.object({
  museOrderNumber: OrderNumber,
  attempts: z.array(
    z.object({
      attemptId: AttemptId,
      fence: z.int(),
      method: z.string(),
      connector: z.string().nullable(),
      status: z.string(),
      reason: z.string().nullable(),
      detail: z.string().nullable(),
      storeOrderNumber: z.string().nullable(),
      startedAt: Instant,
      /** When a browser was given leave to press the store's button; null: it never was. */
      submittingAt: Instant.nullable(),
      endedAt: Instant.nullable(),
      /** Until when what a browser left is kept; null: it left nothing, or nothing is left. */
      evidenceUntil: Instant.nullable(),
      /** In the order of their beginning. */
      visits: z.array(Visit),
    }),
  ),
});

/** Numbered from 1. `paste` is what goes into the store's fields, in their order. */
export const ManualOrderInstructions = z.object({
  museOrderNumber: OrderNumber,
  task: TaskKind,
  steps: z.array(
    z.object({
      number: z.int(),
      text: z.string(),
      link: z.string().nullable(),
      paste: z.array(z.object({ label: z.string(), value: z.string() })),
    }),
  ),
});

export const ManualOrderClaimed = z.object({
  museOrderNumber: OrderNumber,
  claimedBy: z.string(),
  claimedUntil: Instant,
});
export const ManualOrderReleased = z.object({ museOrderNumber: OrderNumber });

export const ManualPlaceBody = z
  .strictObject({
    storeOrderNumber: z.string().trim().min(1).max(100),
    trackingNumber: TrackingNumber.optional(),
    carrier: CarrierCode.optional(),
    /** What the store charged in all, in the order's currency. */
    paidCents: PriceCents.optional(),
  })
  .refine((body) => (body.trackingNumber === undefined) === (body.carrier === undefined), {
    path: ["carrier"],
    message: "A tracking number and its carrier go together.",
  });

export const ManualPlaced = z.object({
  museOrderNumber: OrderNumber,
  storeOrderNumber: z.string(),
  /**
   * `price_above_guard`: the store charged more than it may. `surplus`: the order had ended meanwhile, have it taken
   * back. `tracking_conflict`: the tracking number was not taken.
   */
  warnings: z.array(z.enum(["price_above_guard", "surplus", "tracking_conflict"])),
});

export const failReasons = [
  "out_of_stock",
  "price_above_guard",
  "address_not_served",
  "rejected",
  "store_closed",
  "other",
] as const;

export const ManualFailBody = z.strictObject({
  reason: z.enum(failReasons),
  note: z.string().trim().max(2000).optional(),
});
export const ManualFailed = z.object({ museOrderNumber: OrderNumber, reason: z.enum(failReasons) });

/** What the store said when it was asked to take the order back. */
export const ManualCancelBody = z.strictObject({
  outcome: z.enum(["cancelled", "refused"]),
  note: z.string().trim().max(2000).optional(),
});
export const ManualCancelled = z.object({ museOrderNumber: OrderNumber, outcome: z.enum(["cancelled", "refused"]) });
