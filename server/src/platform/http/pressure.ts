import type { Pool } from "#platform/db/pool.ts";
import type { Log } from "#platform/log/log.ts";

/** Why new requests are answered "come back later" at this moment, or null when they are served. */
export type PressureReason = "event_loop" | "database" | "in_flight";

export type Pressure = {
  /** @param isUnderWay whether it belongs to something that its caller has begun, and would lose */
  readonly reason: (isUnderWay: boolean) => PressureReason | null;
  /** Seconds after which to come back. They differ from caller to caller, or all would come back at once. */
  readonly retryAfterS: () => number;
  readonly began: () => void;
  readonly ended: () => void;
  readonly close: () => void;
};

export type PressureLimits = {
  /**
   * How late the event loop gets to what is due, smoothed over about a second. Served requests wait this long at
   * every turn.
   */
  readonly loopDelayMsMax: number;
  /**
   * Requests that wait for each connection of the pool. A statement holds one for some milliseconds, so five are some
   * hundredths of a second at each of the ten statements that a request may need.
   */
  readonly waitingPerConnectionMax: number;
  /** Requests at once, waiting ones included: each holds some ten kilobytes, and a `place` may wait ten seconds. */
  readonly inFlightMax: number;
  /**
   * So many times all of that for what is under way: a checkout is five requests, and where each of them is turned away
   * as often as a newcomer, hardly any comes to its end, and all of the work is for nothing. Four times five statements
   * in line are still below the pool's own limit of 1.5 s.
   */
  readonly underWayTimes: number;
};

export const pressureLimits: PressureLimits = {
  loopDelayMsMax: 250,
  waitingPerConnectionMax: 5,
  inFlightMax: 5_000,
  underWayTimes: 4,
};

const sampleEveryMs = 200;

/** How much of the old value stays with each sample: a single slow turn (a garbage collection) sheds nothing. */
const smoothing = 0.7;

/**
 * Knows when there is more to do than can be done. What is turned away early costs a hundredth of what is served late,
 * so those who are let in are served at full speed, and the rest hear at once when to come back. Newcomers are turned
 * away long before those who have begun to pay. It measures by itself, with or without requests, so it ends by itself.
 */
export function openPressure(db: Pool, log: Log, limits: PressureLimits = pressureLimits): Pressure {
  let delayMs = 0;
  let sampledMs = performance.now();
  let inFlight = 0;
  let told: PressureReason | null = null;

  const reason = (isUnderWay: boolean): PressureReason | null => {
    const times = isUnderWay ? limits.underWayTimes : 1;
    if (inFlight > limits.inFlightMax * times) return "in_flight";
    if (db.waitingCount > db.options.max * limits.waitingPerConnectionMax * times) return "database";
    return delayMs > limits.loopDelayMsMax * times ? "event_loop" : null;
  };
  const timer = setInterval(() => {
    const nowMs = performance.now();
    const lateMs = Math.max(0, nowMs - sampledMs - sampleEveryMs);
    sampledMs = nowMs;
    delayMs = delayMs * smoothing + lateMs * (1 - smoothing);
    const now = reason(false);
    // Once when it begins and once when it is over: a line per refused request would be work again.
    if (now !== null && told === null) log.warn("http.pressure", { reason: now, inFlight, ms: Math.round(delayMs) });
    if (now === null && told !== null) log.info("http.pressure_over", { inFlight });
    told = now;
  }, sampleEveryMs);
  timer.unref();
  return {
    reason,
    retryAfterS: () => 1 + Math.floor(Math.random() * 3),
    began: () => void (inFlight += 1),
    ended: () => void (inFlight -= 1),
    close: () => clearInterval(timer),
  };
}
