import "server-only";
import type { AccountView } from "@muse/contracts/account";
import { call } from "#web/api/call.ts";
import { isApiError } from "#web/api/error.ts";
import { serverApi } from "#web/api/server.ts";

/** Who is asking; null: nobody that is known. */
export async function readAccount(): Promise<AccountView | null> {
  const api = await serverApi();
  try {
    return await call(api.GET("/api/v1/account"));
  } catch (error) {
    if (isApiError(error, "not_signed_in")) return null;
    throw error;
  }
}
