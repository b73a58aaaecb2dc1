import { runClosedLoop, type LoopResult } from "./closed-loop.ts";
import type { BenchOptions } from "./options.ts";
import { short, type Say } from "./report.ts";
import { newCartOwner, type CartOwner } from "./shopper.ts";
import type { System } from "./system.ts";

const warmupMs = 2_000;

export type CartFigures = { readonly what: string; readonly shoppers: number; readonly perSecond: number } & Pick<
  LoopResult<null>,
  "latency" | "errors"
>;

/** Reading a cart of four lines, and adding a unit to one; each worker a visitor with a cart of their own. */
export async function benchCart(system: System, options: BenchOptions, say: Say): Promise<CartFigures[]> {
  const figures: CartFigures[] = [];
  for (const shoppers of options.shoppers) {
    const people: CartOwner[] = [];
    for (let person = 0; person < shoppers; person += 1)
      people.push(await newCartOwner({ ...system, sendsKeys: false }));
    for (const what of ["read", "add"] as const) {
      const { completed, seconds, latency, errors } = await runClosedLoop({
        workers: shoppers,
        warmupMs,
        measureMs: options.seconds * 1_000,
        turn: async (worker) => (await people[worker]?.[what]()) ?? { ms: {}, error: "no shopper" },
        mark: () => Promise.resolve(null),
      });
      figures.push({ what, shoppers, perSecond: completed / seconds, latency, errors });
      const { p50 = 0, p99 = 0 } = latency["whole"] ?? {};
      say(
        `cart ${what}, ${shoppers} at once: ${short(completed / seconds)}/s, p50 ${short(p50)}, p99 ${short(p99)} ms`,
      );
      for (const [code, count] of Object.entries(errors)) say(`  ERRORS: ${count} × ${code}`);
    }
    for (const person of people) await person.close();
  }
  return figures;
}
