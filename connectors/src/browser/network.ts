import type { Page, Request, Response } from "playwright-core";

import { egressHeader } from "./http-egress.ts";
import { unavailable, type Stop } from "./stop.ts";

/** What a page's requests came to, as far as a recipe depends on them: its documents, and the calls that it names. */
export type Network = {
  /** Rejects with a Stop as soon as the store answers with an error, or not at all. Never resolves. */
  trouble(): Promise<never>;
  /** The newest trouble since `forget`, if any. */
  lastTrouble(): Stop | undefined;
  /** Whether the store still owes an answer. */
  isWaiting(): boolean;
  /** What was before does not matter any more: a new step begins. */
  forget(): void;
};

const retryAfterMsMax = 3_600_000;

/** @param isCall which of a page's own calls matter, for shops that are one page */
export function watchNetwork(page: Page, isCall: (url: string) => boolean): Network {
  const waiting = new Set<Request>();
  let last: Stop | undefined;
  let tell: (stop: Stop) => void = () => undefined;

  const matters = (request: Request): boolean => {
    if (request.isNavigationRequest()) return isOfMainFrame(page, request);
    return ["fetch", "xhr"].includes(request.resourceType()) && isCall(request.url());
  };
  const note = (stop: Stop): void => {
    last = stop;
    tell(stop);
  };
  page.on("request", (request) => {
    if (matters(request)) waiting.add(request);
  });
  page.on("response", (response) => {
    if (!waiting.delete(response.request())) return;
    const stop = troubleOf(response);
    if (stop !== undefined) note(stop);
  });
  page.on("requestfailed", (request) => {
    const isOwn = request.failure()?.errorText === "net::ERR_ABORTED";
    // A document that gave way to another one is no trouble.
    if (waiting.delete(request) && !isOwn) note(unavailable("unreachable", "no answer"));
  });
  return {
    trouble: () =>
      new Promise<never>((_resolve, reject) => {
        tell = reject;
        if (last !== undefined) reject(last);
      }),
    lastTrouble: () => last,
    isWaiting: () => waiting.size > 0,
    forget() {
      last = undefined;
      tell = () => undefined;
    },
  };
}

function isOfMainFrame(page: Page, request: Request): boolean {
  try {
    return request.frame() === page.mainFrame();
  } catch {
    // A page's very first request may be reported before its frame.
    return true;
  }
}

function troubleOf(response: Response): Stop | undefined {
  const status = response.status();
  const headers = response.headers();
  if (headers[egressHeader] !== undefined) return unavailable("unreachable", "no answer");
  const retryAfterMs = retryAfterOf(headers["retry-after"]);
  if (status === 429 || status === 503) return unavailable("overloaded", `HTTP ${status}`, retryAfterMs);
  return status >= 500 ? unavailable("store_error", `HTTP ${status}`, retryAfterMs) : undefined;
}

function retryAfterOf(header: string | undefined): number | null {
  if (header === undefined || !/^\d{1,6}$/.test(header)) return null;
  return Math.min(Number(header) * 1000, retryAfterMsMax);
}
