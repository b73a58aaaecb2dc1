import { queryOptions } from "@tanstack/react-query";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { deskKey, freshMs } from "../queries.ts";
import type { ReadOf } from "../types.ts";

export type Approval = ReadOf<"/api/v1/admin/refund-approvals">["approvals"][number];
export type RefundRequest = ReadOf<"/api/v1/admin/refund-requests">["requests"][number];
export type StuckRefund = ReadOf<"/api/v1/admin/refunds/stuck">["refunds"][number];

export const refundsPageSize = 30;

const pageQuery = (page: number) => ({ limit: refundsPageSize, offset: (page - 1) * refundsPageSize });

/** Refunds that wait for a second person, or that one has answered. */
export function approvalsQuery(status: Approval["status"], page: number, locale: string) {
  const query = { status, ...pageQuery(page) };
  return queryOptions({
    queryKey: [...deskKey, "approvals", locale, query],
    queryFn: ({ signal }) => call(api.GET("/api/v1/admin/refund-approvals", { params: { query }, signal })),
    staleTime: freshMs,
    placeholderData: (before) => before,
  });
}

/** What shoppers asked to have back, the oldest first. */
export function requestsQuery(page: number, locale: string) {
  const query = pageQuery(page);
  return queryOptions({
    queryKey: [...deskKey, "refund-requests", locale, query],
    queryFn: ({ signal }) => call(api.GET("/api/v1/admin/refund-requests", { params: { query }, signal })),
    staleTime: freshMs,
    placeholderData: (before) => before,
  });
}

/** Refunds that no machine will bring to an end. */
export function stuckQuery(locale: string) {
  return queryOptions({
    queryKey: [...deskKey, "refunds-stuck", locale],
    queryFn: ({ signal }) => call(api.GET("/api/v1/admin/refunds/stuck", { signal })),
    staleTime: freshMs,
  });
}
