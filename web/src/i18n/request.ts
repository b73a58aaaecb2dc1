import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { localeCookie, localeOf } from "./locale.ts";
import { messagesOf } from "./messages.ts";

/** The reader's language and its words, for server components. */
export default getRequestConfig(async () => {
  const locale = localeOf((await cookies()).get(localeCookie)?.value, (await headers()).get("accept-language"));
  return { locale, messages: messagesOf[locale], timeZone: "UTC" };
});
