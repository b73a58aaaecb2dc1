import type { MetricsSeries } from "@muse/contracts/ops-metrics";
import type { z } from "zod";
import { toWire } from "#kernel/money.ts";
import type {
  SeriesAttemptsRow,
  SeriesPaymentsRow,
  SeriesPlacedRow,
  SeriesQueueRow,
  SeriesSalesRow,
} from "./series.sql.gen.ts";

type Series = z.infer<typeof MetricsSeries>;
type Point = Series["buckets"][number]["placements"];

export type MeasuredSeries = {
  readonly range: Series["range"];
  readonly bucketSeconds: number;
  readonly fromAt: Date;
  readonly toAt: Date;
  readonly sales: readonly SeriesSalesRow[];
  readonly payments: readonly SeriesPaymentsRow[];
  readonly attempts: readonly SeriesAttemptsRow[];
  readonly placed: readonly SeriesPlacedRow[];
  /** One for each bucket. */
  readonly queue: readonly SeriesQueueRow[];
};

export function presentSeries(measured: MeasuredSeries): Series {
  const { range, bucketSeconds, fromAt, toAt, queue } = measured;
  const ats = queue.map(({ at }) => at.getTime());
  return {
    range,
    from: fromAt.toISOString(),
    to: toAt.toISOString(),
    bucketSeconds,
    buckets: queue.map((row) => presentBucket(row, measured)),
    stores: storesOf(measured, ats),
  };
}

function presentBucket(row: SeriesQueueRow, measured: MeasuredSeries): Series["buckets"][number] {
  const at = row.at.getTime();
  const isHere = (each: { readonly at: Date }): boolean => each.at.getTime() === at;
  const sales = measured.sales.find(isHere);
  return {
    at: row.at.toISOString(),
    checkout: presentCheckout(sales),
    payments: presentPayments(measured.payments.find(isHere)),
    orderValues: (sales?.values ?? []) as Series["buckets"][number]["orderValues"],
    placements: presentPoint(
      measured.attempts.filter(isHere),
      measured.placed.find((each) => isHere(each) && each.storeId === null),
    ),
    queue: {
      opened: toWire(row.opened),
      closed: toWire(row.closed),
      medianSecondsToClose: tenth(row.medianSeconds),
      depth: toWire(row.depth),
      oldestAgeSeconds: row.oldestAgeSeconds,
    },
  };
}

/** A bucket in which nothing began has no row. */
function presentCheckout(row: SeriesSalesRow | undefined): Series["buckets"][number]["checkout"] {
  if (row === undefined)
    return { started: 0, paid: 0, completionRate: null, medianSeconds: null, multiStoreShare: null };
  const paid = toWire(row.paid);
  return {
    started: toWire(row.started),
    paid,
    completionRate: rate(paid, paid + toWire(row.lost)),
    medianSeconds: tenth(row.medianSeconds),
    multiStoreShare: rate(toWire(row.multiStore), paid),
  };
}

function presentPayments(row: SeriesPaymentsRow | undefined): Series["buckets"][number]["payments"] {
  if (row === undefined) return { attempts: 0, failed: 0, failureRate: null };
  const attempts = toWire(row.attempts);
  const failed = toWire(row.failed);
  return { attempts, failed, failureRate: rate(failed, attempts) };
}

function storesOf({ attempts, placed }: MeasuredSeries, ats: readonly number[]): Series["stores"] {
  const groups = new Map<string, SeriesAttemptsRow[]>();
  for (const row of attempts) {
    const key = `${row.storeId} ${row.method}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].flatMap((rows) => {
    const [first] = rows;
    if (first === undefined) return [];
    const { storeId, storeName, method } = first;
    const sum = (of: "attempts" | "placed" | "refused" | "unavailable" | "open"): number =>
      toWire(rows.reduce((total, row) => total + row[of], 0n));
    return {
      storeId,
      storeName,
      method,
      attempts: sum("attempts"),
      placed: sum("placed"),
      refused: sum("refused"),
      unavailable: sum("unavailable"),
      open: sum("open"),
      successRate: rate(sum("placed"), sum("attempts") - sum("open")),
      points: ats.map((at) =>
        presentPoint(
          rows.filter((row) => row.at.getTime() === at),
          placed.find((row) => row.at.getTime() === at && row.storeId === storeId && row.method === method),
        ),
      ),
    };
  });
}

function presentPoint(rows: readonly SeriesAttemptsRow[], times: SeriesPlacedRow | undefined): Point {
  const ended = toWire(rows.reduce((total, row) => total + row.attempts - row.open, 0n));
  const placed = toWire(rows.reduce((total, row) => total + row.placed, 0n));
  return {
    ended,
    placed,
    successRate: rate(placed, ended),
    medianSecondsToPlace: tenth(times?.medianSeconds ?? null),
    p95SecondsToPlace: tenth(times?.p95Seconds ?? null),
  };
}

/** Four decimals: a hundredth of a per cent. */
function rate(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;
}

function tenth(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10) / 10;
}
