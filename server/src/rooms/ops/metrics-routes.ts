import {
  MetricsOverview,
  MetricsQuery,
  MetricsSeries,
  MetricsSeriesQuery,
  PlacementMetrics,
} from "@muse/contracts/ops-metrics";
import type { Db } from "#platform/db/query.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { refundsStuck } from "#rooms/order";
import {
  seriesAttempts,
  seriesPayments,
  seriesPlaced,
  seriesQueue,
  seriesSales,
  seriesSpan,
} from "./series.sql.gen.ts";
import { metricsNow, metricsPlacements, metricsSales, metricsSpan, type MetricsSpanRow } from "./ops.sql.gen.ts";
import { presentSeries } from "./present-series.ts";
import { presentOverview, presentPlacements } from "./present-metrics.ts";

/** So that a chart has some thirty points. */
const ranges = {
  "24h": { bucketSeconds: 3_600, bucketCount: 24 },
  "7d": { bucketSeconds: 6 * 3_600, bucketCount: 28 },
  "30d": { bucketSeconds: 24 * 3_600, bucketCount: 30 },
} as const;

const base = "/api/v1/admin/metrics";

/** More stuck refunds than this are a catastrophe, whatever their number. */
const stuckCountMax = 1_000;

export function metricsRoutes(http: HttpServer): void {
  spanRoutes(http);
  seriesRoute(http);
}

function seriesRoute(http: HttpServer): void {
  route(
    http,
    {
      method: "GET",
      url: `${base}/series`,
      summary: "Measure the same by the hour or the day, to be drawn",
      tags: ["Operations"],
      auth: "ops",
      query: MetricsSeriesQuery,
      reply: MetricsSeries,
      errors: [],
    },
    async ({ db, query: { range } }) => {
      const { bucketSeconds, bucketCount } = ranges[range];
      const { fromAt, toAt } = await seriesSpan(db, { bucketSeconds, bucketCount });
      const of = { fromAt, toAt, bucketSeconds };
      const [sales, payments, attempts, placed, queue] = await Promise.all([
        seriesSales(db, of),
        seriesPayments(db, of),
        seriesAttempts(db, of),
        seriesPlaced(db, of),
        seriesQueue(db, of),
      ]);
      return presentSeries({ range, ...of, sales, payments, attempts, placed, queue });
    },
  );
}

function spanRoutes(http: HttpServer): void {
  const read = {
    method: "GET",
    description: "From (inclusive) to (exclusive), 366 days at most. Without `to` up to now, without both thirty days.",
    tags: ["Operations"],
    auth: "ops",
    query: MetricsQuery,
    errors: [],
  } as const;
  route(
    http,
    {
      ...read,
      url: `${base}/overview`,
      summary: "Measure checkouts, payments, placements and queues",
      reply: MetricsOverview,
    },
    async ({ db, query, language }) => {
      const span = await spanOf(db, query);
      const [sales, placements, now, stuck] = await Promise.all([
        metricsSales(db, span),
        metricsPlacements(db, span),
        metricsNow(db),
        refundsStuck(db, { limit: stuckCountMax }),
      ]);
      return presentOverview({ span, sales, placements, now, refundsStuck: stuck.length }, language);
    },
  );
  route(
    http,
    {
      ...read,
      url: `${base}/placements`,
      summary: "Measure each store's placements by method, with reasons and times",
      reply: PlacementMetrics,
    },
    async ({ db, query }) => {
      const span = await spanOf(db, query);
      return presentPlacements(span, await metricsPlacements(db, span));
    },
  );
}

function spanOf(
  db: Db,
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
): Promise<MetricsSpanRow> {
  const at = (text: string | undefined): Date | null => (text === undefined ? null : new Date(text));
  return metricsSpan(db, { fromAt: at(from), toAt: at(to) });
}
