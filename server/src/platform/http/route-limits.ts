import type { FastifyRequest } from "fastify";
import { problem, ProblemError } from "./problem.ts";
import { addressKey, type RateLimit } from "./rate-limit.ts";
import type { HttpServer } from "./server-type.ts";

/** How often one account, or one address, may call a route. */
export type RouteLimit = RateLimit & { readonly per: "account" | "address" };

/**
 * New anonymous accounts of one address. An office or a phone network with thousands behind one address brings a new
 * visitor every second at most; a program that makes carts for sport makes hundreds.
 */
const newAccounts: RateLimit = { windowS: 60, countMax: 300 };

/** @throws ProblemError 429 where the caller has called the route too often */
export function takeRouteLimits(http: HttpServer, request: FastifyRequest, limits: readonly RouteLimit[]): void {
  for (const limit of limits) {
    const who = limit.per === "account" ? request.account?.accountId : addressKey(request.ip);
    if (who === undefined || who === null) continue;
    refuseAfter(http.limiter.take(limit, `${limit.per} ${request.routeOptions.url}`, who));
  }
}

/** @throws ProblemError 429 where the address has made too many accounts */
export function takeNewAccount(http: HttpServer, ip: string): void {
  const who = addressKey(ip);
  if (who !== null) refuseAfter(http.limiter.take(newAccounts, "new account", who));
}

function refuseAfter(retryAfterS: number): void {
  if (retryAfterS > 0) throw new ProblemError(problem("rate_limited", { retryAfterS }));
}
