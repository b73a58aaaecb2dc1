import type { SavedAddress } from "@muse/contracts/address";
import { queryOptions } from "@tanstack/react-query";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";

/** The addresses somebody keeps, the one that checkouts begin with first. */
export const addressesQuery = queryOptions({
  queryKey: ["addresses"],
  queryFn: async ({ signal }): Promise<readonly SavedAddress[]> =>
    (await call(api.GET("/api/v1/addresses", { signal }))).addresses,
});
