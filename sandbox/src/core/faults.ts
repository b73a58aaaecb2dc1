import type { Settings } from "#core/database.ts";

/** One fault to inject. Absent `rate` means always, absent `times` means for ever. */
export type Rule = {
  readonly part: string;
  readonly endpoint: string;
  readonly kind: string;
  readonly rate?: number;
  readonly times?: number;
  readonly match?: string;
  readonly latencyMs?: number;
  readonly status?: number;
  readonly value?: string | number | boolean;
};

export type FaultPlan = { readonly seed: number; readonly rules: readonly Rule[] };

export type Faults = {
  /**
   * The first rule for this part and endpoint that fires, or undefined; counts down its `times`.
   * @param text what `match` is searched in: the request's URL and body (a function when building it costs something)
   * @param kinds the kinds that the caller can act on; a rule of another kind is left alone. Without it: any kind
   *   that the transport hook does not handle by itself.
   */
  hit(part: string, endpoint: string, text: string | (() => string), kinds?: readonly string[]): Rule | undefined;
  /** True while no rule is set, so that hot paths can skip all of it. */
  isQuiet(): boolean;
  plan(): FaultPlan;
  replace(plan: FaultPlan): void;
  clear(): void;
};

/** Kinds that the hook around every handler applies, in whichever part. */
export const transportKinds: readonly string[] = [
  "latency",
  "error",
  "error_after",
  "drop_before",
  "drop_after",
  "hang",
  "hang_after",
  "429",
];

const settingKey = "faults";
const noPlan: FaultPlan = { seed: 1, rules: [] };

/**
 * Fault rules with one seeded generator. Rules and what is left of their `times` survive a restart; the generator
 * restarts.
 */
export function openFaults(settings: Settings): Faults {
  let live = loadPlan(settings);
  let random = mulberry32(live.seed);

  const save = (): void => settings.write(settingKey, { seed: live.seed, rules: live.rules });
  return {
    hit(part, endpoint, text, kinds) {
      if (live.rules.length === 0) return undefined;
      let searched: string | undefined;
      for (const [index, rule] of live.rules.entries()) {
        if (!aimsAt(rule, part, endpoint, kinds)) continue;
        if (rule.match !== undefined) {
          searched ??= typeof text === "string" ? text : text();
          if (!searched.includes(rule.match)) continue;
        }
        if (rule.rate !== undefined && random() >= rule.rate) continue;
        if (rule.times !== undefined) {
          live = { seed: live.seed, rules: live.rules.with(index, { ...rule, times: rule.times - 1 }) };
          save();
        }
        return rule;
      }
      return undefined;
    },
    isQuiet: () => live.rules.length === 0,
    plan: () => live,
    replace(plan) {
      live = plan;
      random = mulberry32(plan.seed);
      save();
    },
    clear() {
      live = noPlan;
      random = mulberry32(noPlan.seed);
      settings.remove(settingKey);
    },
  };
}

/** Reads the body of `PUT /faults`; a string says what is wrong with it. */
export function parseFaultPlan(body: unknown): FaultPlan | string {
  if (!isObject(body) || !Array.isArray(body["rules"])) return "body is { seed?: number, rules: Rule[] }";
  const seed = body["seed"] ?? noPlan.seed;
  if (typeof seed !== "number" || !Number.isInteger(seed)) return "seed is an integer";
  const rules: Rule[] = [];
  for (const [index, entry] of body["rules"].entries()) {
    const problem = ruleProblem(entry);
    if (problem !== undefined) return `rules[${index}]: ${problem}`;
    rules.push(entry as Rule);
  }
  return { seed, rules };
}

const ruleFields: Record<string, readonly string[]> = {
  part: ["string"],
  endpoint: ["string"],
  kind: ["string"],
  rate: ["number"],
  times: ["number"],
  match: ["string"],
  latencyMs: ["number"],
  status: ["number"],
  value: ["string", "number", "boolean"],
};

function ruleProblem(entry: unknown): string | undefined {
  if (!isObject(entry)) return "a rule is an object";
  for (const required of ["part", "endpoint", "kind"]) {
    if (typeof entry[required] !== "string") return `${required} is a string`;
  }
  for (const [field, value] of Object.entries(entry)) {
    const types = ruleFields[field];
    if (types === undefined) return `${field} is not a field of a rule`;
    if (!types.includes(typeof value)) return `${field} is a ${types.join(" or ")}`;
  }
  return undefined;
}

function aimsAt(rule: Rule, part: string, endpoint: string, kinds: readonly string[] | undefined): boolean {
  if (rule.times !== undefined && rule.times <= 0) return false;
  if (rule.part !== part && rule.part !== "*") return false;
  if (rule.endpoint !== endpoint && rule.endpoint !== "*") return false;
  return kinds === undefined ? !transportKinds.includes(rule.kind) : kinds.includes(rule.kind);
}

function loadPlan(settings: Settings): FaultPlan {
  const plan = parseFaultPlan(settings.read(settingKey));
  return typeof plan === "string" ? noPlan : plan;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A small, fast generator with a 32-bit seed: enough to repeat a run, of no use for secrets. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
