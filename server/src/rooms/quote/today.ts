import { systemClock } from "#kernel/clock.ts";

/** The day from which a delivery is counted, in UTC: in America that is never a day too early. */
export function today(): string {
  return systemClock.now().toISOString().slice(0, 10);
}
