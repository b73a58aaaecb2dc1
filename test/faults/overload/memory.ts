import { readPostgres, readPostgresBuffersMb, readProcess } from "../../bench/process-meter.ts";
import type { System } from "../../bench/system.ts";

export const watched = ["api", "worker", "postgres", "buffers", "sandbox"] as const;
export type Watched = (typeof watched)[number];

type Look = { readonly s: number } & Readonly<Record<Watched, number>>;

export type Memory = {
  /** Stops looking. */
  readonly stop: () => Readonly<Record<Watched, MemoryUse>>;
};

/** In megabytes; the slope is that of a straight line through the second half of all looks. */
export type MemoryUse = {
  readonly first: number;
  readonly last: number;
  readonly most: number;
  readonly slopePerMinute: number;
  readonly isFlat: boolean;
};

const lookEveryMs = 2_000;

/**
 * Flat is what would take longer than an hour to grow by half. PostgreSQL's buffers are as large as they are set to be
 * and are filled as tables grow, and the simulated outside keeps every record: neither is held to it.
 */
const growthPerMinuteMax = 0.5 / 60;

/** What the noise of garbage collection alone comes to. */
const noiseMb = 2;

export function watchMemory({ programs, postmasterPid }: System): Memory {
  const { api, worker, sandbox } = programs();
  const beganMs = performance.now();
  const looks: Look[] = [];
  const look = (): void => {
    const buffers = readPostgresBuffersMb(postmasterPid);
    looks.push({
      s: (performance.now() - beganMs) / 1_000,
      api: readProcess(api.pid).memoryMb,
      worker: readProcess(worker.pid).memoryMb,
      postgres: readPostgres(postmasterPid).memoryMb - buffers,
      buffers,
      sandbox: readProcess(sandbox.pid).memoryMb,
    });
  };
  look();
  const timer = setInterval(look, lookEveryMs);
  return {
    stop: () => {
      clearInterval(timer);
      return {
        api: useOf(looks, "api"),
        worker: useOf(looks, "worker"),
        postgres: useOf(looks, "postgres"),
        buffers: useOf(looks, "buffers"),
        sandbox: useOf(looks, "sandbox"),
      };
    },
  };
}

function useOf(looks: readonly Look[], name: Watched): MemoryUse {
  const all = looks.map((look) => look[name]);
  const half = looks.slice(Math.floor(looks.length / 2));
  const slopePerMinute = slopeOf(half.map((look) => [look.s, look[name]])) * 60;
  const last = all.at(-1) ?? 0;
  return {
    first: all[0] ?? 0,
    last,
    most: Math.max(...all),
    slopePerMinute,
    isFlat: slopePerMinute <= Math.max(noiseMb, last * growthPerMinuteMax),
  };
}

/** Least squares. */
export function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const count = Math.max(1, points.length);
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / count;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / count;
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return spread === 0 ? 0 : points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread;
}
