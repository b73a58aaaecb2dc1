import { queryOptions } from "@tanstack/react-query";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { deskKey, freshMs } from "../queries.ts";
import type { ReadOf } from "../types.ts";
import type { AlertsView } from "./alerts-view.ts";

export type Alert = ReadOf<"/api/v1/admin/alerts">["alerts"][number];
export type AlertMail = ReadOf<"/api/v1/admin/alerts/mail">;

/** The desk's stream does not tell of all of them; who looks at the list asks. */
export const askAgainMs = 10_000;

const pageSize = 50;

export function alertsQuery({ kind, cursor }: AlertsView, locale: string) {
  const query = { limit: pageSize, ...(kind === null ? {} : { kind }), ...(cursor === null ? {} : { cursor }) };
  return queryOptions({
    queryKey: [...deskKey, "house-alerts", locale, query],
    queryFn: ({ signal }) => call(api.GET("/api/v1/admin/alerts", { params: { query }, signal })),
    staleTime: freshMs,
    placeholderData: (before) => before,
  });
}

export const alertMailQuery = queryOptions({
  queryKey: [...deskKey, "alert-mail"],
  queryFn: ({ signal }) => call(api.GET("/api/v1/admin/alerts/mail", { signal })),
  staleTime: 30_000,
});
