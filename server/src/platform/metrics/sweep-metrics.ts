import { Counter, Gauge, type Registry } from "prom-client";
import type { SweepRun } from "#platform/jobs/sweep.ts";

export type SweepMetrics = { readonly onRun: (name: string, run: SweepRun) => void };

/**
 * What the sweeps and reconcilers find, mend and cannot mend, and when each last looked to the end. Every sweep stands
 * there from the start with zeroes, so that one that never runs can be told from one that finds nothing.
 */
export function sweepMetrics(registry: Registry, names: readonly string[]): SweepMetrics {
  const labelled = { labelNames: ["sweep"], registers: [registry] };
  const found = new Counter({ name: "sweep_found_total", help: "Rows a sweep found to work on.", ...labelled });
  const mended = new Counter({
    name: "sweep_mended_total",
    help: "Rows a sweep worked without an error.",
    ...labelled,
  });
  const failed = new Counter({
    name: "sweep_failed_total",
    help: "Rows a sweep will have to work again.",
    ...labelled,
  });
  const broken = new Counter({ name: "sweep_broken_total", help: "Times a sweep could not look at all.", ...labelled });
  const lastRun = new Gauge({
    name: "sweep_last_run_timestamp_seconds",
    help: "When a sweep last looked to the end, found anything or not (Unix time; 0: never).",
    ...labelled,
  });
  for (const sweep of names) {
    for (const counter of [found, mended, failed, broken]) counter.inc({ sweep }, 0);
    lastRun.set({ sweep }, 0);
  }
  return {
    onRun: (sweep, run) => {
      found.inc({ sweep }, run.found);
      mended.inc({ sweep }, run.mended);
      failed.inc({ sweep }, run.failed);
      if (run.isBroken) broken.inc({ sweep });
      else lastRun.setToCurrentTime({ sweep });
    },
  };
}
