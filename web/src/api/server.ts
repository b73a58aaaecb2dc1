import "server-only";
import { cookies, headers } from "next/headers";
import { getLocale } from "next-intl/server";
import { cache } from "react";
import { webConfig } from "#web/config.ts";
import { apiClient, type ApiClient } from "./client.ts";

/** It reads only, which takes some milliseconds; whoever opened the page is told sooner than they give it up. */
const answerMsMax = 10_000;

/**
 * The API as a server component calls it: at its own address, as the visitor who asked, in their language. It reads
 * only: the cookies that a write would set could not be passed on.
 *
 *     const { stores } = await call((await serverApi()).GET("/api/v1/catalog/stores"));
 */
export const serverApi = cache(async (): Promise<Pick<ApiClient, "GET">> => {
  const came = await headers();
  const sent: Record<string, string> = { "accept-language": await getLocale() };
  const cookie = (await cookies()).toString();
  if (cookie !== "") sent["cookie"] = cookie;
  // So that limits count the visitor and not this server.
  const forwarded = came.get("x-forwarded-for");
  if (forwarded !== null) sent["x-forwarded-for"] = forwarded;
  return apiClient({
    baseUrl: webConfig().apiUrl,
    headers: () => sent,
    cache: "no-store",
    patienceMs: () => answerMsMax,
  });
});
