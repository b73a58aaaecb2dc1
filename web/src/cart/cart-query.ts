import { queryOptions } from "@tanstack/react-query";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";

/** Counts and sums, for the header. What changes the cart answers a summary too, and puts it here. */
export const cartSummaryQuery = queryOptions({
  queryKey: ["cart", "summary"],
  queryFn: ({ signal }) => call(api.GET("/api/v1/cart/summary", { signal })),
});
