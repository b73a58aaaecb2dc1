import { select, type Plan } from "./plan.ts";

export type Shrinking = {
  readonly plan: Plan;
  /** The shoppers whose sessions were broken; empty: it belonged to nobody. */
  readonly concerned: readonly number[];
  /** Plays a plan and tells whether anything was broken. */
  readonly isBroken: (part: Plan) => Promise<boolean>;
  /** No run is begun after so long. */
  readonly secondsMax: number;
  readonly say: (line: string) => void;
};

/** So many shoppers before and after one of those concerned are likely to have been there at the same time. */
const neighbours = 12;

/** Who is faster differs from run to run: what is whole once may be broken the next time. */
const triesEach = 2;

/**
 * Looks for a smaller part of a plan that still breaks: first those who were there at the same time alone, then by
 * leaving out ever smaller pieces, of what is done to the system and then of the shoppers. What is found is short, not
 * the shortest.
 */
export async function shrink({ plan, concerned, isBroken, secondsMax, say }: Shrinking): Promise<Plan> {
  const deadlineMs = performance.now() + secondsMax * 1_000;
  let smallest = plan;
  const tryPart = async (part: Plan): Promise<boolean> => {
    for (let tries = 1; tries <= triesEach && performance.now() < deadlineMs; tries += 1) {
      const broken = part.visits.length > 0 && (await isBroken(part));
      say(`  ${part.visits.length} shoppers, ${part.blows.length} blows: ${broken ? "still broken" : "whole"}`);
      if (!broken) continue;
      smallest = part;
      return true;
    }
    return false;
  };
  const without = async (numbers: readonly number[], partOf: (left: readonly number[]) => Plan): Promise<number[]> => {
    let left = [...numbers];
    for (let size = Math.ceil(left.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let start = 0; start < left.length && performance.now() < deadlineMs;) {
        const fewer = [...left.slice(0, start), ...left.slice(start + size)];
        if (await tryPart(partOf(fewer))) left = fewer;
        else start += size;
      }
    }
    return left;
  };

  const around = aroundThem(plan, concerned);
  const first = around !== null && (await tryPart(around)) ? around : plan;
  const numbersOf = (items: readonly { readonly number: number }[]): number[] => items.map(({ number }) => number);
  const blows = await without(numbersOf(first.blows), (left) => select(first, { visits: null, blows: left }));
  await without(numbersOf(first.visits), (left) => select(first, { visits: left, blows }));
  return smallest;
}

/** Those concerned, whoever came at about the same time, and the blows that fell then. Null: that is everybody. */
function aroundThem(plan: Plan, concerned: readonly number[]): Plan | null {
  if (concerned.length === 0) return null;
  const isNear = (number: number): boolean => concerned.some((one) => Math.abs(one - number) <= neighbours);
  const visits = plan.visits.map(({ number }) => number).filter(isNear);
  // A blow may last for eight seconds, in which some ten more shoppers come.
  const blows = plan.blows.filter(({ afterVisits }) => isNear(afterVisits) || isNear(afterVisits + neighbours));
  if (visits.length === plan.visits.length && blows.length === plan.blows.length) return null;
  return select(plan, { visits, blows: blows.map(({ number }) => number) });
}
