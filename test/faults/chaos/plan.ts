import type { Behaviour } from "./behaviour.ts";
import { newRandom } from "./random.ts";
import type { FaultKind } from "./scene.ts";

/** Who comes, and what is broken when. One seed decides all of it; what the machine makes of it, it does not. */
export type Plan = {
  readonly seed: number;
  readonly visits: readonly PlannedVisit[];
  readonly blows: readonly PlannedBlow[];
  /** How many there were of each before anything was left out. */
  readonly whole: { readonly visits: number; readonly blows: number };
};

export type PlannedVisit = { readonly number: number; readonly behaviour: Behaviour };

/** Struck when so many visits have begun, and a moment has passed. */
export type PlannedBlow = {
  readonly number: number;
  readonly kind: FaultKind;
  readonly afterVisits: number;
  readonly delayMs: number;
};

export type PlanOptions = {
  readonly seed: number;
  readonly checkouts: number;
  readonly behaviours: readonly Behaviour[];
  readonly kinds: readonly FaultKind[];
  readonly hasBrowsers: boolean;
};

/** One blow for so many visits: a system that is hit more often only restarts. */
const visitsPerBlow = 4;

/** A visit to a web shop takes ten times as long as a call to a store. */
const withBrowsers = { visitsPerBlow: 2, delayMsMax: 12_000 };

/**
 * Each visit and each blow draws from a generator of its own, named by its number: leaving some out changes none of the
 * others.
 */
export function planOf({ seed, checkouts, behaviours, kinds, hasBrowsers }: PlanOptions): Plan {
  const pace = hasBrowsers ? withBrowsers : { visitsPerBlow, delayMsMax: 800 };
  const blowCount = kinds.length === 0 ? 0 : Math.max(1, Math.round(checkouts / pace.visitsPerBlow));
  return {
    seed,
    whole: { visits: checkouts, blows: blowCount },
    visits: Array.from({ length: checkouts }, (_, index) => {
      const number = index + 1;
      return { number, behaviour: newRandom(seed, "visit", number, "behaviour").weighted(behaviours) };
    }),
    blows: Array.from({ length: blowCount }, (_, index) => {
      const number = index + 1;
      const random = newRandom(seed, "blow", number, "kind");
      const kind = random.weighted(kinds);
      return { number, kind, afterVisits: random.int(1, checkouts), delayMs: random.int(0, pace.delayMsMax) };
    }).toSorted((a, b) => a.afterVisits - b.afterVisits),
  };
}

export type Selection = { readonly visits: readonly number[] | null; readonly blows: readonly number[] | null };

/** A part of a plan: those named alone. Null: all of them. */
export function select(plan: Plan, { visits, blows }: Selection): Plan {
  return {
    ...plan,
    visits: visits === null ? plan.visits : plan.visits.filter(({ number }) => visits.includes(number)),
    blows: blows === null ? plan.blows : plan.blows.filter(({ number }) => blows.includes(number)),
  };
}
