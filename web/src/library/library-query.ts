import type { LibraryItem } from "@muse/contracts/library";
import { queryOptions } from "@tanstack/react-query";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";

export const libraryKey = ["library"] as const;

/** What the server drew is believed for so long. */
const freshMs = 5_000;

/** What the reader owns, newest first. */
export function libraryQuery(locale: string) {
  return queryOptions({
    queryKey: [...libraryKey, locale],
    queryFn: async ({ signal }): Promise<readonly LibraryItem[]> =>
      (await call(api.GET("/api/v1/library", { signal }))).items,
    staleTime: freshMs,
  });
}
