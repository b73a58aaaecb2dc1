import { backoffMs, sleep } from "#kernel/backoff.ts";
import type { Bell } from "#platform/db/bell.ts";
import type { Db } from "#platform/db/query.ts";
import type { Log } from "#platform/log/log.ts";
import { attemptEnd } from "./placement.sql.gen.ts";
import type { AttemptStatus } from "./rules.ts";

export type OutcomeDeps = { readonly db: Db; readonly bell: Bell; readonly log: Log };

/** What came of an attempt, ready to be written. */
export type AttemptOutcome = {
  readonly status: Exclude<AttemptStatus, "started">;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly storeOrderNumber: string | null;
  readonly storeTotalMinor: number | null;
  readonly retryAfterMs: number | null;
  /** Of `unknown` alone; null: only a person can find out. */
  readonly lookUpAfterSeconds: number | null;
};

/** What followed from it, and whether its checkout has nothing left to wait for. */
export type Written = { readonly outcome: string; readonly isSettled: boolean };

/** A database that restarts is back long before this; after it the sweep has made the attempt unknown anyway. */
const writeMsMax = 60_000;
const betweenTries = { baseMs: 100, maxMs: 3_000 };

/** Details are for a person to read; a store's whole error page is not. */
const detailLengthMax = 500;

/** Writes what is known of an attempt as part of a call to a store. */
export async function endAttempt(db: Db, attemptId: string, outcome: AttemptOutcome): Promise<Written> {
  const { status, reason, detail, storeOrderNumber, storeTotalMinor, retryAfterMs } = outcome;
  return await attemptEnd(db, {
    attemptId,
    status,
    reason,
    detail: detail?.slice(0, detailLengthMax) ?? null,
    storeOrderNumber,
    storeTotalMinor: storeTotalMinor === null ? null : BigInt(storeTotalMinor),
    retryAfterSeconds: retryAfterMs === null ? null : retryAfterMs / 1000,
    lookupAfterSeconds: outcome.lookUpAfterSeconds,
  });
}

/**
 * The same, again and again while the database is away: what the store said is known to nobody else. Writing twice is
 * harmless, the second finds the attempt ended.
 *
 * @returns what followed from it, or null when it could not be written: then the attempt becomes unknown by itself
 */
export async function writeOutcome(
  { db, log }: Pick<OutcomeDeps, "db" | "log">,
  attemptId: string,
  outcome: AttemptOutcome,
): Promise<Written | null> {
  const givenUpAtMs = performance.now() + writeMsMax;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const written = await endAttempt(db, attemptId, outcome);
      if (written.outcome === "surplus") log.error("placement.surplus", { attemptId });
      return written;
    } catch (error) {
      if (performance.now() >= givenUpAtMs) {
        log.error("placement.unwritten", { attemptId, state: outcome.status }, error);
        return null;
      }
      log.warn("placement.write_again", { attemptId, attempt }, error);
      await sleep(backoffMs(attempt, betweenTries));
    }
  }
}

/**
 * Tells whoever watches the checkout, after the commit (platform/db/bell.ts says why not inside it), once. While other
 * orders of it are on their way the word is "order", which wakes pages and nobody who waits for the whole.
 */
export function tellSession(bell: Bell, sessionId: string, written: Written | null): void {
  bell.ring("muse_session", `${sessionId} ${written?.isSettled === true ? written.outcome : "order"}`);
}
