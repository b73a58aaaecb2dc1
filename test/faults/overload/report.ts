import { table, type Say } from "../../bench/report.ts";
import type { Latency } from "../../bench/latency.ts";
import type { Arrived } from "./arrivals.ts";
import type { MemoryUse, Watched } from "./memory.ts";
import type { OverloadOptions } from "./options.ts";
import type { Recovery } from "./probe.ts";
import type { Figures } from "./tally.ts";

export type Overload = {
  readonly options: OverloadOptions;
  /** Checkouts per second that the machine can do; null: not measured. */
  readonly capacity: number | null;
  /** A whole checkout when nobody else is there. */
  readonly normal: Latency;
  readonly offeredPerSecond: number;
  readonly arrived: Omit<Arrived, "allGone">;
  /** Checkouts paid per second meanwhile. */
  readonly servedPerSecond: number;
  readonly figures: Figures;
  readonly memory: Readonly<Record<Watched, MemoryUse>>;
  readonly recovery: Recovery;
  readonly normalMsMax: number;
  /** What is not as it must be, in words; empty: it held. */
  readonly complaints: readonly string[];
};

/** What a run came to, for people. */
export function sayOverload(result: Overload, say: Say): void {
  const { arrived, figures, memory, recovery, normal, normalMsMax, complaints } = result;
  const { visits, answers, latency } = figures;
  say(
    `\noffered: ${arrived.count} shoppers in ${(arrived.seconds / 60).toFixed(1)} minutes, ${result.offeredPerSecond}/s`,
  );
  say(
    `served: ${result.servedPerSecond.toFixed(1)} paid checkouts/s of the ${result.capacity?.toFixed(0) ?? "?"}/s that the machine can do; ` +
      `${visits.turned_away} turned away at the door, ${visits.left} left half way`,
  );
  say(
    `answers: ${Object.entries(answers)
      .map(([what, count]) => `${what} × ${count}`)
      .join(", ")}`,
  );
  say(
    table([
      ["ms", "p50", "p90", "p99", "max"],
      ...Object.entries(latency).map(([step, { p50, p90, p99, max }]) => [step, p50, p90, p99, max]),
    ]),
  );
  say(
    table([
      ["memory, MB", "first", "last", "most", "per minute"],
      ...Object.entries(memory).map(([name, use]) => [name, use.first, use.last, use.most, use.slopePerMinute]),
    ]),
  );
  const after = recovery.afterS === null ? "not within a minute" : `after ${recovery.afterS.toFixed(1)} s`;
  say(
    `a whole checkout: p50 ${normal.p50.toFixed(0)}, p90 ${normal.p90.toFixed(0)} ms before; normal (${normalMsMax.toFixed(0)} ms) again ${after}, ` +
      `p50 ${recovery.latency.p50.toFixed(0)} ms`,
  );
  say(
    `at most ${arrived.presentMost} at once; the load's own program was ${arrived.latestMs.toFixed(0)} ms late at most`,
  );
  for (const complaint of complaints) say(`  ✘ ${complaint}`);
  if (complaints.length === 0) say("nothing but 503, nothing lost, memory flat, back to normal in time");
}
