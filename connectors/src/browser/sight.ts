import type { Locator, Page } from "playwright-core";

import type { Evidence } from "./evidence.ts";
import type { Network } from "./network.ts";
import type { Pace } from "./pace.ts";
import type { PrivateWords } from "./private-words.ts";
import type { Sign } from "./signs.ts";
import { Stop, unavailable } from "./stop.ts";
import type { SubmitGate } from "./submit-gate.ts";

/** What a walk through a shop stands on. */
export type WalkGround = {
  readonly page: Page;
  readonly gate: SubmitGate;
  readonly network: Network;
  readonly evidence: Evidence;
  readonly pace: Pace;
  readonly words: PrivateWords;
  readonly signs: readonly Sign[];
  readonly signal: AbortSignal;
  /** How long a step waits for what it needs to see. */
  readonly stepMs: number;
  /** How long the answer to the button is waited for. */
  readonly submitMs: number;
  /** The caller's last word before the button: false, and it is not pressed. */
  readonly beforeSubmit: () => Promise<boolean>;
};

/** Waiting for what matters, and saying what was there instead. */
export type Sight = {
  /** Does something; an error is what the page, the store or the browser had. */
  readonly act: <T>(target: Locator | undefined, work: () => Promise<T>) => Promise<T>;
  readonly see: (target: Locator) => Promise<Locator>;
  /** What can be seen at this moment that stops any recipe. */
  readonly sign: () => Promise<Stop | undefined>;
  /** What Playwright threw, as the Stop that it means. */
  readonly diagnose: (cause: unknown, target?: Locator) => Promise<Stop>;
};

/** Enough for a sign to appear on a page whose answer has come. */
const signMs = 1_000;

export function openSight(ground: WalkGround): Sight {
  const { network, stepMs } = ground;
  const look = signsOn(ground);
  const diagnose = async (cause: unknown, target?: Locator): Promise<Stop> =>
    // The network's word comes before the page has shown what it means.
    cause instanceof Stop && cause !== network.lastTrouble()
      ? cause
      : await diagnosisOf(ground, look, { cause, target });

  const act = async <T>(target: Locator | undefined, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (cause) {
      throw await diagnose(cause, target);
    }
  };
  const see = async (target: Locator): Promise<Locator> => {
    const shown = target.filter({ visible: true }).first();
    await act(target, async () => {
      const waiting = shown.or(look.any).first().waitFor({ state: "visible", timeout: stepMs });
      await Promise.race([waiting, network.trouble()]);
      const sign = await look.now();
      if (sign !== undefined) throw sign;
    });
    return shown;
  };
  return { act, see, sign: look.now, diagnose };
}

type Look = {
  /** All signs as one locator. */
  readonly any: Locator;
  /** The sign that can be seen at this moment. */
  readonly now: () => Promise<Stop | undefined>;
};

function signsOn({ page, signs, network }: WalkGround): Look {
  const shown = signs.map(({ means, shown: find }) => ({
    means,
    target: find(page).filter({ visible: true }).first(),
  }));
  const nowhere = page.locator("muse-nothing-is-called-this");
  const any = shown.map(({ target }) => target).reduce((left, right) => left.or(right), nowhere);
  return {
    any: any.first(),
    async now() {
      if (!(await any.first().isVisible())) return undefined;
      for (const { means, target } of shown) {
        if (!(await target.isVisible())) continue;
        const sign = unavailable(means, "the shop shows it");
        // The answer behind such a page says for how long.
        return means === "overloaded" ? (network.lastTrouble() ?? sign) : sign;
      }
      return undefined;
    },
  };
}

type Failure = { readonly cause: unknown; readonly target: Locator | undefined };

/** In this order: is it over, is the browser gone, what does the shop show, what did it answer, what is missing. */
async function diagnosisOf(ground: WalkGround, look: Look, { cause, target }: Failure): Promise<Stop> {
  const { page, network, signal } = ground;
  if (signal.aborted) return unavailable("unreachable", "the visit's time is over");
  if (isBrowserGone(cause, page)) return unavailable("browser_lost", "the browser is gone");
  const sign = await look.any
    .waitFor({ state: "visible", timeout: signMs })
    .then(async () => await look.now())
    .catch(() => undefined);
  if (sign !== undefined) return sign;
  const trouble = network.lastTrouble();
  if (trouble !== undefined) return trouble;
  if (isBrowserGone(undefined, page)) return unavailable("browser_lost", "the browser is gone");
  if (network.isWaiting()) return unavailable("unreachable", "no answer in time");
  if (!(cause instanceof Error)) throw cause;
  if (/net::ERR_/.test(cause.message)) return unavailable("unreachable", "no connection");
  // Whatever is no complaint of Playwright's is a bug of the recipe, and no fault of the page.
  if (cause.name !== "TimeoutError" && !/^(locator|page|frame|elementHandle)\./.test(cause.message)) throw cause;
  return unavailable("page_changed", target === undefined ? "the page did not come" : `nothing at ${String(target)}`);
}

export function isBrowserGone(cause: unknown, page: Page): boolean {
  if (page.isClosed()) return true;
  return (
    cause instanceof Error && /has been closed|Target crashed|Page crashed|browser.*disconnected/i.test(cause.message)
  );
}
