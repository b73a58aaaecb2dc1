import { exchange, isSuccess, readTimeoutMs, unavailableBefore, type Unavailable } from "../answers.ts";
import type { Http, StoreAccess } from "../port.ts";

export type TokenResult = { readonly kind: "token"; readonly token: string } | Unavailable;

type Held = { readonly token: string; readonly endsAtMs: number };

/** A token is renewed before its end, so that none runs out on its way to the store. */
const marginMs = 30_000;
/** What a store that names no life is trusted for. */
const lifeMsDefault = 300_000;
/** As many stores as one process will ever order from with this connector; more would be a leak. */
const heldMax = 1_000;

const held = new Map<string, Held>();
const asking = new Map<string, Promise<TokenResult>>();

/** A token good for now, from memory or from the store; callers at the same moment share one request. */
export async function accessToken(http: Http, access: StoreAccess): Promise<TokenResult> {
  const key = keyOf(access);
  const known = held.get(key);
  if (known !== undefined && known.endsAtMs > Date.now()) return { kind: "token", token: known.token };
  const running = asking.get(key);
  if (running !== undefined) return running;
  const asked = askForToken(http, access).finally(() => asking.delete(key));
  asking.set(key, asked);
  return asked;
}

/** Forgets a token that the store refused; a newer one that somebody else has fetched meanwhile stays. */
export function forgetToken(access: StoreAccess, token: string): void {
  const key = keyOf(access);
  if (held.get(key)?.token === token) held.delete(key);
}

async function askForToken(http: Http, access: StoreAccess): Promise<TokenResult> {
  const { clientId = "", clientSecret = "" } = access.credentials;
  const result = await exchange(http, {
    method: "POST",
    url: `${access.baseUrl}/oauth/token`,
    headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: clientSecret,
    }).toString(),
    timeoutMs: readTimeoutMs,
  });
  if (!isSuccess(result)) return unavailableBefore("token", result);
  const { access_token: token, expires_in: lifeS } = result.json;
  if (typeof token !== "string" || !/^[\w.~+/=-]{1,4096}$/.test(token)) {
    return { kind: "unavailable", reason: "store_error", detail: "token: not a token", retryAfterMs: null };
  }
  const lifeMs = typeof lifeS === "number" && lifeS > 0 ? lifeS * 1000 : lifeMsDefault;
  if (held.size >= heldMax) held.clear();
  held.set(keyOf(access), { token, endsAtMs: Date.now() + lifeMs - marginMs });
  return { kind: "token", token };
}

/** The base URL and the client belong to it: a store that was given new ones must not be met with the old token. */
function keyOf(access: StoreAccess): string {
  return `${access.storeId}\n${access.baseUrl}\n${access.credentials["clientId"] ?? ""}`;
}
