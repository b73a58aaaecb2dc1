import { queryOptions } from "@tanstack/react-query";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import type { ReadOf } from "./types.ts";

/** Everything the desk reads: a change of any of it is told as "read again". */
export const deskKey = ["ops"] as const;

/** What came so lately is believed when a page is opened again. */
export const freshMs = 3_000;

export type QueueView = {
  readonly status: QueueStatus | null;
  readonly store: string | null;
  readonly claimed: "true" | "false" | "mine" | null;
  readonly page: number;
};

export const queueStatuses = ["placed", "failed", "cancelled", "refused", "withdrawn"] as const;
export type QueueStatus = (typeof queueStatuses)[number];

export const queuePageSize = 50;

/** A page of the manual queue, the nearest deadline first. */
export function queueQuery({ status, store, claimed, page }: QueueView, locale: string) {
  const query = {
    limit: queuePageSize,
    offset: (page - 1) * queuePageSize,
    ...(status === null ? {} : { status }),
    ...(store === null ? {} : { store }),
    ...(claimed === null ? {} : { claimed }),
  };
  return queryOptions({
    queryKey: [...deskKey, "queue", locale, query],
    queryFn: ({ signal }) => call(api.GET("/api/v1/admin/manual-orders", { params: { query }, signal })),
    staleTime: freshMs,
    placeholderData: (before) => before,
  });
}

export const queueStatsQuery = queryOptions({
  queryKey: [...deskKey, "queue-stats"],
  queryFn: ({ signal }) => call(api.GET("/api/v1/admin/manual-orders/stats", { signal })),
  staleTime: freshMs,
});

export function taskQuery(orderNumber: string, locale: string) {
  return queryOptions({
    queryKey: [...deskKey, "task", locale, orderNumber],
    queryFn: ({ signal }) =>
      call(api.GET("/api/v1/admin/manual-orders/{orderNumber}", { params: { path: { orderNumber } }, signal })),
    staleTime: freshMs,
  });
}

export function instructionsQuery(orderNumber: string, locale: string) {
  return queryOptions({
    queryKey: [...deskKey, "instructions", locale, orderNumber],
    queryFn: ({ signal }) =>
      call(
        api.GET("/api/v1/admin/manual-orders/{orderNumber}/instructions", {
          params: { path: { orderNumber } },
          signal,
        }),
      ),
    staleTime: freshMs,
  });
}

/** To be chosen from: more than these are in no list that one reads down, and are found among the stores. */
const retailersShown = 100;

/** Those that orders are placed with, by name. */
export const retailersQuery = queryOptions({
  queryKey: [...deskKey, "retailers"],
  queryFn: ({ signal }) => {
    const query = { kind: "retailer", limit: retailersShown } as const;
    return call(api.GET("/api/v1/admin/stores", { params: { query }, signal }));
  },
  staleTime: 30_000,
});

/** Who works at the desk, by number and name. */
export const peopleQuery = queryOptions({
  queryKey: [...deskKey, "people"],
  queryFn: ({ signal }) => call(api.GET("/api/v1/admin/people", { signal })),
  staleTime: 10 * 60_000,
});

/** Every try at an order's store, with what browsers saw. */
export function attemptsQuery(orderNumber: string) {
  return queryOptions({
    queryKey: [...deskKey, "attempts", orderNumber],
    queryFn: ({ signal }) =>
      call(api.GET("/api/v1/admin/orders/{orderNumber}/attempts", { params: { path: { orderNumber } }, signal })),
    staleTime: freshMs,
  });
}

export type Visit = ReadOf<"/api/v1/admin/orders/{orderNumber}/attempts">["attempts"][number]["visits"][number];
