import { select, type Plan } from "./plan.ts";

/**
 * Looks for the smallest part of a plan that still breaks, by leaving out ever smaller pieces: first of what is done to
 * the system, then of the shoppers. A part that happens not to break in one run may have been enough all the same:
 * what is found is short, not the shortest.
 *
 * @param isBroken plays a plan and tells whether anything was broken
 * @param secondsMax no run is begun after so long
 */
export async function shrink(
  plan: Plan,
  isBroken: (part: Plan) => Promise<boolean>,
  secondsMax: number,
  say: (line: string) => void,
): Promise<Plan> {
  const deadlineMs = performance.now() + secondsMax * 1_000;
  let smallest = plan;
  const without = async (numbers: readonly number[], part: (left: readonly number[]) => Plan): Promise<number[]> => {
    let left = [...numbers];
    for (let size = Math.ceil(left.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let start = 0; start < left.length;) {
        if (performance.now() > deadlineMs) return left;
        const fewer = [...left.slice(0, start), ...left.slice(start + size)];
        const tried = part(fewer);
        const broken = tried.visits.length > 0 && (await isBroken(tried));
        say(
          `  without ${left.length - fewer.length}: ${broken ? "still broken" : "whole"} (${tried.visits.length} shoppers, ${tried.blows.length} blows)`,
        );
        if (broken) {
          left = fewer;
          smallest = tried;
        } else start += size;
      }
    }
    return left;
  };
  const numbersOf = (items: readonly { readonly number: number }[]): number[] => items.map(({ number }) => number);
  const blows = await without(numbersOf(plan.blows), (left) => select(plan, { visits: null, blows: left }));
  await without(numbersOf(plan.visits), (left) => select(plan, { visits: left, blows }));
  return smallest;
}
