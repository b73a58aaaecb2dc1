import { z } from "zod";
import { AmountDisplay, Currency, Instant, PriceCents } from "./envelope.ts";
import { PlacementMethod } from "./order.ts";

/** A share of something, from 0 to 1; null when there was nothing to take it of. */
const Rate = z.number().min(0).max(1).nullable();

/** What is measured is read row by row, so a year's worth and no more: a leap year fits. */
const spanDaysMax = 366;
const dayMs = 86_400_000;

/** From (inclusive) to (exclusive), 366 days at most. Without `to`: up to now; without both: the last thirty days. */
export const MetricsQuery = z
  .strictObject({ from: z.iso.datetime({ offset: true }).optional(), to: z.iso.datetime({ offset: true }).optional() })
  .refine(({ from, to }) => from === undefined || to === undefined || Date.parse(from) < Date.parse(to), {
    path: ["to"],
    message: "`to` is after `from`.",
  })
  .refine(({ from, to }) => from === undefined || endMs(to) - Date.parse(from) <= spanDaysMax * dayMs, {
    path: ["from"],
    message: "At most 366 days are measured at once.",
  });

function endMs(to: string | undefined): number {
  return to === undefined ? Date.now() : Date.parse(to);
}

const attemptCounts = {
  /** Attempts that began in the time asked for. */
  attempts: z.int(),
  placed: z.int(),
  refused: z.int(),
  unavailable: z.int(),
  /** Not ended, or it is not known how. */
  open: z.int(),
  /** Placed, of those that have ended. */
  successRate: Rate,
};

const PlacementRate = z.object({
  storeId: z.string(),
  storeName: z.string(),
  method: PlacementMethod,
  ...attemptCounts,
});

export const PlacementMetrics = z.object({
  from: Instant,
  to: Instant,
  stores: z.array(
    PlacementRate.extend({
      /** From the first byte sent to the answer, of those that were placed. Null for people, who are not timed. */
      medianMs: z.int().nullable(),
      p95Ms: z.int().nullable(),
      /** Why it was not placed, the commonest first. */
      reasons: z.array(z.object({ reason: z.string(), count: z.int() })),
    }),
  ),
});

/** Each figure is defined in docs/decisions/0031-what-the-metrics-mean.md. */
export const MetricsOverview = z.object({
  from: Instant,
  to: Instant,
  checkout: z.object({
    started: z.int(),
    paid: z.int(),
    /** Paid, of those that have ended. One that the shopper replaced by changing the cart does not count. */
    completionRate: Rate,
    medianSeconds: z.int().nullable(),
    /** Of the paid ones, those that bought from more than one store. */
    multiStoreShare: Rate,
  }),
  payments: z.object({
    attempts: z.int(),
    failed: z.int(),
    failureRate: Rate,
    failures: z.array(z.object({ code: z.string(), count: z.int() })),
  }),
  /** What one paid checkout came to on average, and one order of it with one store. */
  orderValues: z.array(
    z.object({
      currency: Currency,
      checkouts: z.int(),
      averageCheckoutCents: PriceCents,
      averageCheckoutDisplay: AmountDisplay,
      orders: z.int(),
      averageOrderCents: PriceCents,
      averageOrderDisplay: AmountDisplay,
      soldCents: PriceCents,
      soldDisplay: AmountDisplay,
      refundedCents: PriceCents,
      refundedDisplay: AmountDisplay,
    }),
  ),
  placements: z.object({ ...attemptCounts, stores: z.array(PlacementRate) }),
  /** As it is now, whatever time was asked for. */
  manualQueue: z.object({ depth: z.int(), overdue: z.int(), oldestAgeSeconds: z.int(), medianAgeSeconds: z.int() }),
  /** What waits for a person or a machine at this moment. */
  attention: z.object({ refundsStuck: z.int(), refundRequestsOpen: z.int(), eventsOverdue: z.int() }),
});

export const MetricsSeriesQuery = z.strictObject({ range: z.enum(["24h", "7d", "30d"]).default("24h") });

const PlacementPoint = z.object({
  /** Tries by machines and people that began in the bucket and have ended. */
  ended: z.int(),
  placed: z.int(),
  successRate: Rate,
  /** From the payment to the store's order number, of orders placed in the bucket. */
  medianSecondsToPlace: z.number().nullable(),
  p95SecondsToPlace: z.number().nullable(),
});

/**
 * Drawn as charts: 24 hours by the hour, 7 days by six hours, 30 days by the day. Each bucket is named by its
 * beginning; there is one for each, empty ones included, the oldest first. Figures as in the overview.
 */
export const MetricsSeries = z.object({
  range: z.enum(["24h", "7d", "30d"]),
  from: Instant,
  to: Instant,
  bucketSeconds: z.int(),
  buckets: z.array(
    z.object({
      at: Instant,
      checkout: z.object({
        started: z.int(),
        paid: z.int(),
        completionRate: Rate,
        medianSeconds: z.number().nullable(),
        multiStoreShare: Rate,
      }),
      payments: z.object({ attempts: z.int(), failed: z.int(), failureRate: Rate }),
      orderValues: z.array(
        z.object({ currency: Currency, orders: z.int(), soldCents: PriceCents, averageOrderCents: PriceCents }),
      ),
      placements: PlacementPoint,
      queue: z.object({
        opened: z.int(),
        closed: z.int(),
        /** Of the tasks closed in the bucket. */
        medianSecondsToClose: z.number().nullable(),
        /** Tasks open at the bucket's end (now, in the last one), and how long the oldest of them had waited. */
        depth: z.int(),
        oldestAgeSeconds: z.int(),
      }),
    }),
  ),
  /** The same placements by store and tier's kind; `points` beside `buckets`, one for each. */
  stores: z.array(
    z.object({
      storeId: z.string(),
      storeName: z.string(),
      method: PlacementMethod,
      ...attemptCounts,
      points: z.array(PlacementPoint),
    }),
  ),
});
