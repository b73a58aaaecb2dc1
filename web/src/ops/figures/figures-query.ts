import { queryOptions } from "@tanstack/react-query";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { deskKey } from "../queries.ts";
import type { ReadOf } from "../types.ts";
import type { Range } from "./figures-view.ts";

export type Series = ReadOf<"/api/v1/admin/metrics/series">;
export type Bucket = Series["buckets"][number];
export type Overview = ReadOf<"/api/v1/admin/metrics/overview">;

const freshMs = 30_000;

/** The figures over time, and over all of that time. */
export function figuresQuery(range: Range, locale: string) {
  return queryOptions({
    queryKey: [...deskKey, "figures", locale, range],
    queryFn: async ({ signal }) => {
      const series = await call(api.GET("/api/v1/admin/metrics/series", { params: { query: { range } }, signal }));
      const query = { from: series.from, to: series.to };
      const overview = await call(api.GET("/api/v1/admin/metrics/overview", { params: { query }, signal }));
      return { series, overview };
    },
    staleTime: freshMs,
    placeholderData: (before) => before,
  });
}
