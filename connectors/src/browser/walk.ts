import type { Locator, Page } from "playwright-core";

import { readMinor } from "./read-money.ts";
import { openSight, type WalkGround } from "./sight.ts";
import { Stop, unavailable } from "./stop.ts";

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
  /** Key by key, into a field; all of it is there afterwards. */
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

export function openWalk(ground: WalkGround): Walk {
  const { page, network, pace, signal, stepMs } = ground;
  const { act, see, sign: lookForSign, diagnose } = openSight(ground);
  const onSight = async <T>(target: Locator, work: (shown: Locator) => Promise<T>): Promise<T> => {
    const shown = await see(target);
    await pace.pause(signal);
    return await act(target, async () => await work(shown));
  };
  const limit = { timeout: stepMs };
  const walk: Walk = {
    page,
    ground,
    step: async (name, work) => await takeStep(walk, name, work),
    open: async (url) =>
      await act(undefined, async () => {
        const response = await page.goto(url, { ...limit, waitUntil: "domcontentloaded" });
        const sign = await lookForSign();
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
      throw unavailable("page_changed", "what was seen is gone");
    },
    click: async (target) => await onSight(target, async (shown) => await shown.click(limit)),
    type: async (target, text) =>
      await onSight(target, async (shown) => {
        const delay = pace.keyDelayMs();
        if (delay === 0) return await shown.fill(text, limit);
        await shown.fill("", limit);
        await shown.pressSequentially(text, { delay, timeout: stepMs + text.length * delay });
        // What comes over a page while somebody types takes the keys: the rest of an address would be missing.
        if (isWritten(await shown.inputValue(limit), text)) return;
        await shown.fill(text, limit);
        if (!isWritten(await shown.inputValue(limit), text))
          throw unavailable("page_changed", `${String(target)} does not take what is typed`);
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
      if (minor === null) throw unavailable("page_changed", `no amount in ${String(target)}`);
      return minor;
    },
    diagnose,
  };
  return walk;
}

/** Fields may write it large or small, and a number with marks of their own between its digits. */
function isWritten(value: string, text: string): boolean {
  const plain = (words: string): string => words.replaceAll(/\s+/g, " ").trim().toLowerCase();
  const digits = (words: string): string => words.replaceAll(/\D/g, "");
  return plain(value) === plain(text) || (/^[\d\s().+-]+$/.test(text) && digits(value) === digits(text));
}

/** What runs in the page knows nothing of this side, and this side nothing of a page's types. */
type PageElement = { getAttribute(name: string): string | null };

async function attributes(target: Locator, name: string): Promise<readonly string[]> {
  return await target.evaluateAll(
    (all, wanted) => (all as unknown as readonly PageElement[]).map((each) => each.getAttribute(wanted) ?? ""),
    name,
  );
}

async function takeStep<T>(walk: Walk, name: string, work: () => Promise<T>): Promise<T> {
  const { signal, network, evidence, words } = walk.ground;
  if (signal.aborted) throw unavailable("unreachable", `the visit's time was over before "${name}"`);
  const startedAtMs = performance.timeOrigin + performance.now();
  network.forget();
  try {
    const result = await work();
    await evidence.stepEnded({ name, startedAtMs, stopped: null });
    return result;
  } catch (cause) {
    const stop = stoppedAt(name, await walk.diagnose(cause).catch(() => undefined));
    const note = words.blank(stop?.message ?? "the recipe failed");
    await evidence.stepEnded({ name, startedAtMs, stopped: note });
    throw stop ?? cause;
  }
}

/** With the step in its detail, which is what an operator asks first. */
function stoppedAt(name: string, stop: Stop | undefined): Stop | undefined {
  if (stop?.ending.kind !== "unavailable") return stop;
  return new Stop({ ...stop.ending, detail: `${name}: ${stop.ending.detail}` }, stop);
}
