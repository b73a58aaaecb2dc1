import type { FastifyRequest } from "fastify";
import { problem, ProblemError } from "./problem.ts";
import { addressKey } from "./rate-limit.ts";

/** How many event streams somebody may have open at once. */
const streamsMax = {
  /** A browser opens six connections to one host at most, of which a page that shops needs some. */
  account: 8,
  /** An office or a phone network of which many pay in the same minutes. */
  address: 200,
} as const;

/** By then somebody may have closed a page. A browser does not come back by itself after a refusal: its page asks. */
const retryAfterS = 10;

type Caller = Pick<FastifyRequest, "account" | "ip">;

/** Counts the streams of each caller, in this process alone: several processes allow several times as many. */
export type StreamCounts = {
  /** @throws ProblemError 429 where the caller has as many as they may */
  readonly refuseTooMany: (request: Caller) => void;
  /** Counts one more; what it answers is called once, when that one has ended. */
  readonly take: (request: Caller) => () => void;
  /** How many callers have any. */
  readonly count: () => number;
};

/** @param factor every limit times this, as of all rate limits; 0 for none */
export function countStreams(factor: number): StreamCounts {
  const counts = new Map<string, number>();
  const add = (key: string, more: number): void => {
    const now = (counts.get(key) ?? 0) + more;
    if (now > 0) counts.set(key, now);
    else counts.delete(key);
  };
  return {
    refuseTooMany: (request) => {
      if (factor === 0) return;
      for (const [per, key] of keysOf(request)) {
        if ((counts.get(key) ?? 0) < streamsMax[per] * factor) continue;
        throw new ProblemError(problem("rate_limited", { retryAfterS }));
      }
    },
    take: (request) => {
      const keys = keysOf(request).map(([, key]) => key);
      for (const key of keys) add(key, 1);
      return () => {
        for (const key of keys) add(key, -1);
      };
    },
    count: () => counts.size,
  };
}

function keysOf({ account, ip }: Caller): (readonly [keyof typeof streamsMax, string])[] {
  const address = addressKey(ip);
  return [
    ...(account === null ? [] : [["account", `account ${account.accountId}`] as const]),
    ...(address === null ? [] : [["address", `address ${address}`] as const]),
  ];
}
