import { errors, type Locator, type Page } from "playwright-core";

import type { Evidence } from "./evidence.ts";
import type { Network } from "./network.ts";
import type { Pace } from "./pace.ts";
import type { PrivateWords } from "./private-words.ts";
import { readMinor } from "./read-money.ts";
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

/** What a recipe is written in. Each of them ends in a Stop when it cannot do what it says. */
export type Walk = {
  readonly page: Page;
  readonly ground: WalkGround;
  /** One named step: timed, pictured, and where it stopped if it did. */
  step<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Goes to an address and answers the status. */
  open(url: string): Promise<number>;
  /** Waits until it can be seen. */
  see(target: Locator): Promise<Locator>;
  /** Waits until one of them can be seen, and says which; where several can, the first. */
  seeOneOf<K extends string>(targets: Readonly<Record<K, Locator>>): Promise<K>;
  click(target: Locator): Promise<void>;
  type(target: Locator, text: string): Promise<void>;
  /** A password or an account: pasted whole, as people do from where they keep them. */
  paste(target: Locator, text: string): Promise<void>;
  /** Chooses of a select by value or label; false when it offers no such thing, or not now. */
  choose(select: Locator, wanted: string): Promise<boolean>;
  textOf(target: Locator): Promise<string>;
  /** An attribute of everything that is there at this moment. */
  attributesOf(target: Locator, name: string): Promise<readonly string[]>;
  /** Waits until it cannot be seen any more. */
  gone(target: Locator): Promise<void>;
  /** An amount in minor units, as the page shows it. */
  minorOf(target: Locator, currency: string): Promise<number>;
  /** What Playwright threw, as the Stop that it means. */
  diagnose(cause: unknown, target?: Locator): Promise<Stop>;
};

/** Enough for a sign to appear on a page whose answer has come. */
const signMs = 1_000;

export function openWalk(ground: WalkGround): Walk {
  const { page, network, pace, signal, stepMs } = ground;
  const look = signsOn(ground);
  const position = { step: "start" };
  const diagnose = async (cause: unknown, target?: Locator): Promise<Stop> =>
    // The network's word comes before the page has shown what it means.
    cause instanceof Stop && cause !== network.lastTrouble()
      ? cause
      : await diagnosisOf(ground, look, { cause, target, step: position.step });

  /** Does something to what can be seen; an error is what the page, the store or the browser had. */
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
  const onSight = async <T>(target: Locator, work: (shown: Locator) => Promise<T>): Promise<T> => {
    const shown = await see(target);
    await pace.pause(signal);
    return await act(target, async () => await work(shown));
  };
  const limit = { timeout: stepMs };
  const walk: Walk = {
    page,
    ground,
    step: async (name, work) => await takeStep(walk, position, name, work),
    open: async (url) =>
      await act(undefined, async () => {
        const response = await page.goto(url, { ...limit, waitUntil: "domcontentloaded" });
        const sign = await look.now();
        if (sign !== undefined) throw sign;
        const trouble = network.lastTrouble();
        if (trouble !== undefined) throw trouble;
        return response?.status() ?? 200;
      }),
    see,
    async seeOneOf(targets) {
      const entries = Object.entries<Locator>(targets) as [keyof typeof targets, Locator][];
      const any = entries.map(([, target]) => target).reduce((left, right) => left.or(right));
      await see(any);
      for (const [name, target] of entries) {
        if (await act(target, async () => await target.filter({ visible: true }).first().isVisible())) return name;
      }
      throw unavailable("page_changed", `${position.step}: what was seen is gone`);
    },
    click: async (target) => await onSight(target, async (shown) => await shown.click(limit)),
    type: async (target, text) =>
      await onSight(target, async (shown) => {
        const delay = pace.keyDelayMs();
        if (delay === 0) return await shown.fill(text, limit);
        await shown.fill("", limit);
        await shown.pressSequentially(text, { delay, timeout: stepMs + text.length * delay });
      }),
    paste: async (target, text) => await onSight(target, async (shown) => await shown.fill(text, limit)),
    choose: async (select, wanted) =>
      await onSight(select, async (shown) => {
        const offered = shown.locator("option:not([disabled])");
        const values = await attributes(offered, "value");
        const labels = (await offered.allTextContents()).map((label) => label.trim());
        const index = [values.indexOf(wanted), labels.indexOf(wanted)].find((at) => at >= 0);
        if (index === undefined) return false;
        await shown.selectOption({ value: values[index] ?? "" }, limit);
        return true;
      }),
    textOf: async (target) => await onSight(target, async (shown) => (await shown.innerText(limit)).trim()),
    attributesOf: async (target, name) => await act(target, async () => await attributes(target, name)),
    gone: async (target) =>
      await act(target, async () => await target.first().waitFor({ state: "hidden", timeout: stepMs })),
    async minorOf(target, currency) {
      const minor = readMinor(await walk.textOf(target), currency);
      if (minor === null) throw unavailable("page_changed", `${position.step}: no amount in ${String(target)}`);
      return minor;
    },
    diagnose,
  };
  return walk;
}

/** What runs in the page knows nothing of this side, and this side nothing of a page's types. */
type PageElement = { getAttribute(name: string): string | null };

async function attributes(target: Locator, name: string): Promise<readonly string[]> {
  return await target.evaluateAll(
    (all, wanted) => (all as unknown as readonly PageElement[]).map((each) => each.getAttribute(wanted) ?? ""),
    name,
  );
}

async function takeStep<T>(walk: Walk, position: { step: string }, name: string, work: () => Promise<T>): Promise<T> {
  const { signal, network, evidence, words } = walk.ground;
  if (signal.aborted) throw unavailable("unreachable", `the visit's time was over before "${name}"`);
  const startedAtMs = performance.timeOrigin + performance.now();
  position.step = name;
  network.forget();
  try {
    const result = await work();
    await evidence.stepEnded({ name, startedAtMs, stopped: null });
    return result;
  } catch (cause) {
    const stop = await walk.diagnose(cause).catch(() => undefined);
    const note = words.blank(stop?.message ?? "the recipe failed");
    await evidence.stepEnded({ name, startedAtMs, stopped: note });
    throw stop ?? cause;
  }
}

type Look = {
  /** All signs as one locator. */
  readonly any: Locator;
  /** The sign that can be seen at this moment. */
  now(): Promise<Stop | undefined>;
};

function signsOn({ page, signs }: WalkGround): Look {
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
        if (await target.isVisible()) return unavailable(means, "the shop shows it");
      }
      return undefined;
    },
  };
}

type Failure = { readonly cause: unknown; readonly target: Locator | undefined; readonly step: string };

/** Asked in this order: is it over, is the browser gone, what does the shop show, what did it answer, what is missing. */
async function diagnosisOf(ground: WalkGround, look: Look, { cause, target, step }: Failure): Promise<Stop> {
  const { page, network, signal } = ground;
  const at = (stop: Stop): Stop => {
    const { ending } = stop;
    return ending.kind === "unavailable" ? new Stop({ ...ending, detail: `${step}: ${ending.detail}` }, cause) : stop;
  };
  if (signal.aborted) return at(unavailable("unreachable", "the visit's time is over"));
  if (isBrowserGone(cause, page)) return at(unavailable("browser_lost", "the browser is gone"));
  const sign = await look.any
    .waitFor({ state: "visible", timeout: signMs })
    .then(async () => await look.now())
    .catch(() => undefined);
  if (sign !== undefined) return at(sign);
  const trouble = network.lastTrouble();
  if (trouble !== undefined) return at(trouble);
  if (isBrowserGone(undefined, page)) return at(unavailable("browser_lost", "the browser is gone"));
  if (network.isWaiting()) return at(unavailable("unreachable", "no answer in time"));
  if (!(cause instanceof Error)) throw cause;
  if (/net::ERR_/.test(cause.message)) return at(unavailable("unreachable", "no connection"));
  // Whatever is no complaint of Playwright's is a bug of the recipe, and no fault of the page.
  if (!(cause instanceof errors.TimeoutError) && !/^(locator|page|frame|elementHandle)\./.test(cause.message))
    throw cause;
  return at(
    unavailable("page_changed", target === undefined ? "the page did not come" : `nothing at ${String(target)}`),
  );
}

export function isBrowserGone(cause: unknown, page: Page): boolean {
  if (page.isClosed()) return true;
  return (
    cause instanceof Error && /has been closed|Target crashed|Page crashed|browser.*disconnected/i.test(cause.message)
  );
}
