import type { Library, LibraryItem } from "@muse/contracts/library";
import { queryOptions } from "@tanstack/react-query";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";

export const libraryKey = ["library"] as const;

/** What the server drew is believed for so long. */
const freshMs = 5_000;

/** Products on a page. */
export const pageSize = 20;

/** A page of what the reader owns, newest first. */
export function libraryQuery(page: number, locale: string, initial: Library) {
  return queryOptions({
    queryKey: [...libraryKey, "list", locale, page],
    queryFn: ({ signal }): Promise<Library> =>
      call(api.GET("/api/v1/library", { params: { query: pageQueryOf(page) }, signal })),
    initialData: initial,
    staleTime: freshMs,
  });
}

export function pageQueryOf(page: number) {
  return { limit: pageSize, offset: (page - 1) * pageSize };
}

/** What one order gave; null where it is not the reader's, or not any more. */
export function ownedQuery(orderNumber: string, locale: string) {
  return queryOptions({
    queryKey: [...libraryKey, "one", locale, orderNumber],
    queryFn: async ({ signal }): Promise<LibraryItem | null> => {
      const { items } = await call(api.GET("/api/v1/library", { params: { query: { orderNumber } }, signal }));
      return items[0] ?? null;
    },
    staleTime: freshMs,
  });
}
