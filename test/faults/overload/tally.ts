import { latencyOf, type Latency } from "../../bench/latency.ts";

/** One answer as it was heard, or that none was. */
export type Heard = {
  readonly step: string;
  readonly status: number;
  readonly code: string | null;
  readonly retryAfter: string | null;
  readonly ms: number;
};

export type Tally = {
  readonly note: (heard: Heard) => void;
  readonly ended: (how: VisitEnd) => void;
  readonly figures: () => Figures;
};

/** How a visit ended. `turned_away`: at its first call, so nothing was begun. `left`: its patience was over. */
export type VisitEnd = "bought" | "turned_away" | "left" | "strange";

export type Figures = {
  readonly answers: Readonly<Record<string, number>>;
  readonly visits: Readonly<Record<VisitEnd, number>>;
  /** Of what was served, by step; and of what was turned away. */
  readonly latency: Readonly<Record<string, Latency>>;
  /** Answers that nobody may get, the first of each kind in words. */
  readonly strange: Readonly<Record<string, number>>;
};

/** So many of each kind are kept, at random: memory of the load's own must not grow with its length. */
const samplesMax = 20_000;

export function openTally(): Tally {
  const answers: Record<string, number> = {};
  const strange: Record<string, number> = {};
  const visits: Record<VisitEnd, number> = { bought: 0, turned_away: 0, left: 0, strange: 0 };
  const samples = new Map<string, { readonly ms: number[]; seen: number }>();
  return {
    note: (heard) => {
      const said = `${heard.status}${heard.code === null ? "" : ` ${heard.code}`}`;
      answers[said] = (answers[said] ?? 0) + 1;
      if (isStrange(heard)) {
        const words = `${heard.step}: ${said}${heard.retryAfter === null ? ", no Retry-After" : ""}`;
        strange[words] = (strange[words] ?? 0) + 1;
      }
      sample(samples, heard.status === 503 ? "turned away" : heard.step, heard.ms);
    },
    ended: (how) => void (visits[how] += 1),
    figures: () => ({
      answers,
      visits,
      strange,
      latency: Object.fromEntries([...samples].map(([step, { ms }]) => [step, latencyOf(ms)])),
    }),
  };
}

function sample(samples: Map<string, { readonly ms: number[]; seen: number }>, step: string, ms: number): void {
  const kept = samples.get(step) ?? { ms: [], seen: 0 };
  samples.set(step, kept);
  kept.seen += 1;
  if (kept.ms.length < samplesMax) return void kept.ms.push(ms);
  const at = Math.floor(Math.random() * kept.seen);
  if (at < samplesMax) kept.ms[at] = ms;
}

/** What means "not now", and says when. */
const passing = ["idempotency_in_progress", "rate_limited", "session_processing"];

/** By design: what was asked for, 503 that says when to come back, and a repeat that is told to wait. */
export function isStrange({ status, code, retryAfter }: Heard): boolean {
  if (status >= 200 && status < 300) return false;
  if (retryAfter === null) return true;
  return status !== 503 && !(code !== null && passing.includes(code));
}
