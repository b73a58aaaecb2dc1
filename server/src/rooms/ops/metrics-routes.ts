import { MetricsOverview, MetricsQuery, PlacementMetrics } from "@muse/contracts/ops-metrics";
import type { Db } from "#platform/db/query.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { refundsStuck } from "#rooms/order";
import { metricsNow, metricsPlacements, metricsSales, metricsSpan, type MetricsSpanRow } from "./ops.sql.gen.ts";
import { presentOverview, presentPlacements } from "./present-metrics.ts";

const base = "/api/v1/admin/metrics";

/** More stuck refunds than this are a catastrophe, whatever their number. */
const stuckCountMax = 1_000;

export function metricsRoutes(http: HttpServer): void {
  const read = { method: "GET", tags: ["Operations"], auth: "ops", query: MetricsQuery, errors: [] } as const;
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
