import type { Language } from "@muse/contracts/error";
import type { MetricsOverview, PlacementMetrics } from "@muse/contracts/ops-metrics";
import type { z } from "zod";
import { toWire } from "#kernel/money.ts";
import { displayMinor } from "#rooms/order";
import type { MetricsNowRow, MetricsPlacementsRow, MetricsSalesRow, MetricsSpanRow } from "./ops.sql.gen.ts";

type Overview = z.infer<typeof MetricsOverview>;

type Measured = {
  readonly span: MetricsSpanRow;
  readonly sales: MetricsSalesRow;
  readonly placements: readonly MetricsPlacementsRow[];
  readonly now: MetricsNowRow;
  readonly refundsStuck: number;
};

export function presentOverview(
  { span, sales, placements, now, refundsStuck }: Measured,
  language: Language,
): Overview {
  const started = toWire(sales.started);
  const paid = toWire(sales.paid);
  const attempts = toWire(sales.attempts);
  const failed = toWire(sales.failed);
  return {
    ...presentSpan(span),
    checkout: {
      started,
      paid,
      completionRate: rate(paid, paid + toWire(sales.lost)),
      medianSeconds: rounded(sales.medianSeconds),
      multiStoreShare: rate(toWire(sales.multiStore), paid),
    },
    payments: {
      attempts,
      failed,
      failureRate: rate(failed, attempts),
      failures: sales.failures as Overview["payments"]["failures"],
    },
    orderValues: (sales.values as readonly ValueRecord[]).map((value) => presentValue(value, language)),
    placements: {
      ...countsOf(summed(placements)),
      stores: placements.map((row) => ({ ...storeOf(row), ...countsOf(row) })),
    },
    manualQueue: {
      depth: toWire(now.depth),
      overdue: toWire(now.overdue),
      oldestAgeSeconds: now.oldestAgeSeconds,
      medianAgeSeconds: now.medianAgeSeconds,
    },
    attention: {
      refundsStuck,
      refundRequestsOpen: toWire(now.refundRequests),
      eventsOverdue: toWire(now.eventsOverdue),
    },
  };
}

export function presentPlacements(
  span: MetricsSpanRow,
  rows: readonly MetricsPlacementsRow[],
): z.infer<typeof PlacementMetrics> {
  return {
    ...presentSpan(span),
    stores: rows.map((row) => ({
      ...storeOf(row),
      ...countsOf(row),
      medianMs: rounded(row.medianMs),
      p95Ms: rounded(row.p95Ms),
      reasons: row.reasons as { reason: string; count: number }[],
    })),
  };
}

/** As `metricsSales` writes it. */
type ValueRecord = {
  readonly currency: string;
  readonly checkouts: number;
  readonly orders: number;
  readonly soldMinor: number;
  readonly checkoutMinor: number;
  readonly orderMinor: number;
  readonly refundedMinor: number;
};

function presentValue(value: ValueRecord, language: Language): Overview["orderValues"][number] {
  const { currency, checkouts, orders } = value;
  const display = (minor: number): string => displayMinor(BigInt(minor), currency, language);
  return {
    currency,
    checkouts,
    averageCheckoutCents: value.checkoutMinor,
    averageCheckoutDisplay: display(value.checkoutMinor),
    orders,
    averageOrderCents: value.orderMinor,
    averageOrderDisplay: display(value.orderMinor),
    soldCents: value.soldMinor,
    soldDisplay: display(value.soldMinor),
    refundedCents: value.refundedMinor,
    refundedDisplay: display(value.refundedMinor),
  };
}

type Counts = Pick<MetricsPlacementsRow, "attempts" | "placed" | "refused" | "unavailable" | "open">;

function summed(rows: readonly Counts[]): Counts {
  const sum = (key: keyof Counts): bigint => rows.reduce((total, row) => total + row[key], 0n);
  return {
    attempts: sum("attempts"),
    placed: sum("placed"),
    refused: sum("refused"),
    unavailable: sum("unavailable"),
    open: sum("open"),
  };
}

function countsOf({ attempts, placed, refused, unavailable, open }: Counts) {
  return {
    attempts: toWire(attempts),
    placed: toWire(placed),
    refused: toWire(refused),
    unavailable: toWire(unavailable),
    open: toWire(open),
    successRate: rate(toWire(placed), toWire(attempts - open)),
  };
}

function storeOf({ storeId, storeName, method }: MetricsPlacementsRow) {
  return { storeId, storeName, method };
}

function presentSpan({ fromAt, toAt }: MetricsSpanRow) {
  return { from: fromAt.toISOString(), to: toAt.toISOString() };
}

/** Four decimals: a hundredth of a per cent. */
function rate(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value);
}
