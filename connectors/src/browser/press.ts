import type { Locator } from "playwright-core";

import { failpoint } from "../failpoint.ts";
import { refused, Stop, unavailable, unknown } from "./stop.ts";
import { isBrowserGone } from "./sight.ts";
import type { Walk } from "./walk.ts";

export type Button = {
  readonly button: Locator;
  /** Where the shop's review page says what the order comes to in all, and in which currency that has to be. */
  readonly total: Locator;
  readonly currency: string;
  /** The price guard, in minor units. */
  readonly totalMinorMax: number;
  /** What is only there once the shop has taken the order. */
  readonly confirmed: Locator;
  /** Words with which the shop says, on the page after the button, that it took nothing; and what they mean. */
  readonly denied: readonly { readonly said: Locator; readonly means: Stop }[];
};

/**
 * The button, once. Before it: the shop's own total against the guard, then the caller's word. After it: a
 * confirmation, a denial by name, or `unknown`. Never again, whatever happens (O3).
 *
 * @returns the total that the review page showed, in minor units; the confirmation is on the page
 */
export async function press(walk: Walk, button: Button): Promise<number> {
  const { ground } = walk;
  return await walk.step("press the button", async () => {
    const shown = await walk.see(button.button);
    const totalMinor = await walk.minorOf(button.total, button.currency);
    if (totalMinor > button.totalMinorMax) throw refused("price_above_guard", `the store asks ${totalMinor}`);
    // Whatever covers the button is closed, and whatever disables it is found, while nothing is at stake.
    await shown.click({ trial: true, timeout: ground.stepMs }).catch(async (cause: unknown) => {
      throw await walk.diagnose(cause, button.button);
    });
    if (!(await ground.beforeSubmit())) throw unavailable("fence_lost", "another attempt has taken over");
    if (ground.signal.aborted) throw unavailable("unreachable", "the visit's time was over before the button");
    if ((await walk.minorOf(button.total, button.currency)) !== totalMinor)
      throw unavailable("page_changed", "the total moved while it was being read");
    await pressOnce(walk, button, shown);
    return totalMinor;
  });
}

async function pressOnce(walk: Walk, button: Button, shown: Locator): Promise<void> {
  const { gate, network, stepMs } = walk.ground;
  network.forget();
  gate.open();
  let denial: Stop | undefined;
  try {
    await shown.click({ timeout: stepMs });
    failpoint("browser.after_click");
    denial = await answerTo(walk, button);
  } catch (cause) {
    gate.shut();
    throw await afterFailure(walk, cause);
  }
  gate.shut();
  if (denial !== undefined) throw denial;
}

/** Undefined for a confirmation. */
async function answerTo({ ground }: Walk, { confirmed, denied }: Button): Promise<Stop | undefined> {
  const { network, submitMs } = ground;
  const visible = (target: Locator): Locator => target.filter({ visible: true }).first();
  const answers = [confirmed, ...denied.map(({ said }) => said)].map(visible);
  const any = answers.reduce((left, right) => left.or(right)).first();
  await Promise.race([any.waitFor({ state: "visible", timeout: submitMs }), network.trouble()]);
  if (await visible(confirmed).isVisible()) return undefined;
  for (const { said, means } of denied) {
    if (await visible(said).isVisible()) return means;
  }
  return unknown("the answer to the button went away");
}

/**
 * The gate is shut by now. If nothing that writes has passed it, nothing was ordered, and that is a proof; otherwise
 * nobody here knows.
 */
async function afterFailure(walk: Walk, cause: unknown): Promise<Stop> {
  const { gate, page } = walk.ground;
  const why = isBrowserGone(cause, page) ? "the browser is gone" : await reasonOf(walk, cause);
  if (gate.hasSubmitted()) return unknown(`after the button: ${why}`, cause);
  const stop = cause instanceof Stop ? cause : await walk.diagnose(cause).catch(() => undefined);
  return stop?.ending.kind === "unavailable" ? stop : unavailable("page_changed", `the button sent nothing: ${why}`);
}

async function reasonOf(walk: Walk, cause: unknown): Promise<string> {
  const stop = await walk.diagnose(cause).catch(() => undefined);
  return stop?.message ?? "the recipe failed";
}
