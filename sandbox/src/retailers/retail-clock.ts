import type { World } from "#core/world.ts";
import type { OrderStatus } from "./order.ts";

export type RetailSettings = { readonly autoAdvance: boolean; readonly stepMs: number };

/** How fast the stores and carriers live. */
export type RetailClock = {
  read(): RetailSettings;
  /** A string says what is wrong with the body. */
  change(body: unknown): RetailSettings | string;
  stepMs(): number;
  /** When an order that has just reached this status moves on by itself; null when it does not. */
  nextDueMs(status: OrderStatus): number | null;
};

/** Confirmed after one step, shipped after two, delivered after four. */
const defaults: RetailSettings = { autoAdvance: true, stepMs: 20_000 };
const stepMsMax = 86_400_000;
const settingKey = "retailers";

export function openRetailClock(world: World): RetailClock {
  const load = (): RetailSettings => ({
    ...defaults,
    ...(world.settings.read(settingKey) as Partial<RetailSettings> | undefined),
  });
  let live = load();
  world.onReset(() => {
    live = defaults;
  });
  return {
    read: () => live,
    change(body) {
      const { autoAdvance = live.autoAdvance, stepMs = live.stepMs } = (body ?? {}) as Partial<
        Record<keyof RetailSettings, unknown>
      >;
      if (typeof autoAdvance !== "boolean") return "autoAdvance is true or false";
      if (typeof stepMs !== "number" || !Number.isInteger(stepMs) || stepMs < 10 || stepMs > stepMsMax) {
        return "stepMs is a whole number of milliseconds from 10";
      }
      live = { autoAdvance, stepMs };
      world.settings.write(settingKey, live);
      return live;
    },
    stepMs: () => live.stepMs,
    nextDueMs(status) {
      if (status === "confirmed") return world.now() + live.stepMs;
      return status === "shipped" ? world.now() + 2 * live.stepMs : null;
    },
  };
}
