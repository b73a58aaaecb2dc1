/** Milliseconds at which the named share of all measurements was over. */
export type Latency = {
  readonly count: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
};

/** The nearest-rank percentiles of measurements in milliseconds; all zero where there are none. */
export function latencyOf(measuredMs: readonly number[]): Latency {
  const sorted = measuredMs.toSorted((left, right) => left - right);
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { count: sorted.length, p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) };
}
