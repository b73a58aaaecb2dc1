import { exchange, isSuccess, readTimeoutMs, unavailableBefore, type Unavailable } from "../answers.ts";
import type { Http, StoreAccess } from "../port.ts";
import { objectAt, textAt, type Json } from "../untrusted.ts";
import { dialectOf, endpointIn, hasCapability, type Dialect } from "./dialect.ts";
import { signingKeyFrom } from "./request-signature.ts";

/** The protocol's versions that this connector speaks, best first. */
export const spokenVersions = ["2026-04-08", "2026-01-23", "2026-01-11"] as const;

/**
 * A small extension for stores that want to be sold through Muse with nothing left to people: `platform_reference` on a
 * checkout, `GET /orders?platform_reference=`, `POST /orders/{id}/cancel`. UCP itself (2026-04-08) has neither.
 * Without it look-ups and cancellations are `unsupported`, and a person does them.
 */
const orderDesk = "example.muse.shopping.order_desk";

/** What the store says about itself, as far as it is needed. */
export type Profile = {
  readonly version: string;
  readonly dialect: Dialect;
  /** Where the REST binding lives, without a trailing slash. */
  readonly endpoint: string;
  readonly hasOrderDesk: boolean;
  /** Reading an order came with 2026-04-08. */
  readonly canReadOrders: boolean;
};

export type ProfileResult = { readonly kind: "profile"; readonly profile: Profile } | Unavailable;

/**
 * The protocol's own floor for caching, and our ceiling: a store that moves its endpoint is found again within the
 * hour.
 */
const keepMsMin = 60_000;
const keepMsMax = 3_600_000;
const keptMax = 1_000;

const kept = new Map<string, { readonly profile: Profile; readonly untilMs: number }>();

/** The store's profile in the best version that both speak, kept in memory as long as its Cache-Control allows. */
export async function readProfile(http: Http, access: StoreAccess): Promise<ProfileResult> {
  // A key that cannot sign is told before anything is asked: half of the way would be refused.
  if (signingKeyFrom(access.credentials["signingKey"]) === "unusable") {
    return {
      kind: "unavailable",
      reason: "credentials",
      detail: "profile: the signing key is no JWK on P-256",
      retryAfterMs: null,
    };
  }
  const key = keyOf(access);
  const known = kept.get(key);
  if (known !== undefined && known.untilMs > Date.now()) return { kind: "profile", profile: known.profile };
  let keepMs = keepMsMin;
  // Listened to on the way: the exchange itself has no use for it.
  const listening: Http = async (request) => {
    const response = await http(request);
    keepMs = keepMsOf(response.headers["cache-control"]);
    return response;
  };
  const result = await fetchProfile(listening, access, `${access.baseUrl}/.well-known/ucp`, true);
  if (result.kind !== "profile") return result;
  if (kept.size >= keptMax) kept.clear();
  kept.set(key, { profile: result.profile, untilMs: Date.now() + keepMs });
  return result;
}

async function fetchProfile(http: Http, access: StoreAccess, url: string, mayFollow: boolean): Promise<ProfileResult> {
  const result = await exchange(http, {
    method: "GET",
    url,
    headers: { accept: "application/json" },
    timeoutMs: readTimeoutMs,
  });
  if (!isSuccess(result)) return unavailableBefore("profile", result);
  const ucp = objectAt(result.json, "ucp");
  const version = textAt(ucp, "version");
  if (version !== null && spokenVersions.some((spoken) => spoken === version)) return profileFrom(ucp, version, access);
  const older = spokenVersions.find((spoken) => textAt(objectAt(ucp, "supported_versions"), spoken) !== null);
  const olderUrl = older === undefined ? null : textAt(objectAt(ucp, "supported_versions"), older);
  if (!mayFollow || olderUrl === null || !isSameOrigin(olderUrl, access.baseUrl))
    return unusable("no version in common");
  return fetchProfile(http, access, olderUrl, false);
}

function profileFrom(ucp: Json, version: string, access: StoreAccess): ProfileResult {
  const endpoint = endpointIn(ucp);
  // Credentials go to this address: it must be the store's own, whatever the document says.
  if (endpoint === null || !isSameOrigin(endpoint, access.baseUrl)) return unusable("no REST endpoint of its own");
  const lacking = ["checkout", "fulfillment"].filter((name) => !hasCapability(ucp, `dev.ucp.shopping.${name}`));
  if (lacking.length > 0) return unusable(`no ${lacking.join(" and ")}`);
  const profile = {
    version,
    dialect: dialectOf(ucp),
    endpoint: endpoint.replace(/\/+$/, ""),
    hasOrderDesk: hasCapability(ucp, orderDesk),
    canReadOrders: version >= "2026-04-08" && hasCapability(ucp, "dev.ucp.shopping.order"),
  };
  return { kind: "profile", profile };
}

/** For a store that says it does not know our version any more: what it speaks now is to be read anew. */
export function forgetProfile(access: StoreAccess): void {
  kept.delete(keyOf(access));
}

function keyOf({ storeId, baseUrl }: StoreAccess): string {
  return `${storeId}\n${baseUrl}`;
}

function unusable(detail: string): Unavailable {
  return { kind: "unavailable", reason: "store_error", detail: `profile: ${detail}`, retryAfterMs: null };
}

function isSameOrigin(url: string, baseUrl: string): boolean {
  return URL.canParse(url) && new URL(url).origin === new URL(baseUrl).origin;
}

function keepMsOf(cacheControl: string | undefined): number {
  const seconds = /max-age=(\d{1,8})/.exec(cacheControl ?? "")?.[1];
  return Math.min(Math.max(Number(seconds ?? 0) * 1000, keepMsMin), keepMsMax);
}
