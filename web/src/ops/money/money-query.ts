import { queryOptions } from "@tanstack/react-query";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { deskKey, freshMs } from "../queries.ts";
import type { ReadOf } from "../types.ts";

export type Run = ReadOf<"/api/v1/admin/ledger/reconciliations">["reconciliations"][number];
export type Report = ReadOf<"/api/v1/admin/ledger/reconciliations/{reconciliationId}">;
export type Balance = ReadOf<"/api/v1/admin/ledger/balances">["balances"][number];
export type Dispute = ReadOf<"/api/v1/admin/disputes">["disputes"][number];
export type DisputeReport = ReadOf<"/api/v1/admin/disputes/{disputeId}">;

export const moneyPageSize = 30;

/** The desk's stream does not tell of the books; who looks at them asks. */
export const askAgainMs = 10_000;

const pageQuery = (page: number) => ({ limit: moneyPageSize, offset: (page - 1) * moneyPageSize });

/** What every night, and whoever asked in between, found. */
export function runsQuery(page: number) {
  const query = pageQuery(page);
  return queryOptions({
    queryKey: [...deskKey, "reconciliations", query],
    queryFn: ({ signal }) => call(api.GET("/api/v1/admin/ledger/reconciliations", { params: { query }, signal })),
    staleTime: freshMs,
    placeholderData: (before) => before,
  });
}

export function reportQuery(reconciliationId: string, locale: string) {
  return queryOptions({
    queryKey: [...deskKey, "reconciliation", locale, reconciliationId],
    queryFn: ({ signal }) =>
      call(
        api.GET("/api/v1/admin/ledger/reconciliations/{reconciliationId}", {
          params: { path: { reconciliationId } },
          signal,
        }),
      ),
    staleTime: freshMs,
  });
}

export function balancesQuery(locale: string) {
  return queryOptions({
    queryKey: [...deskKey, "balances", locale],
    queryFn: ({ signal }) => call(api.GET("/api/v1/admin/ledger/balances", { signal })),
    staleTime: freshMs,
  });
}

export function disputesQuery(page: number, locale: string) {
  const query = pageQuery(page);
  return queryOptions({
    queryKey: [...deskKey, "disputes", locale, query],
    queryFn: ({ signal }) => call(api.GET("/api/v1/admin/disputes", { params: { query }, signal })),
    staleTime: freshMs,
    placeholderData: (before) => before,
  });
}

export function disputeQuery(disputeId: string, locale: string) {
  return queryOptions({
    queryKey: [...deskKey, "dispute", locale, disputeId],
    queryFn: ({ signal }) =>
      call(api.GET("/api/v1/admin/disputes/{disputeId}", { params: { path: { disputeId } }, signal })),
    staleTime: freshMs,
  });
}
