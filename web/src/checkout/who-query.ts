import { queryOptions } from "@tanstack/react-query";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";

/** Whether somebody is signed in, and as whom. */
export const whoQuery = queryOptions({
  queryKey: ["account", "who"],
  queryFn: () => call(api.GET("/api/v1/account")),
  staleTime: 60_000,
});
