import { setTimeout as delay } from "node:timers/promises";
import type { Fault } from "../../sandbox.ts";
import type { Random } from "../random.ts";
import type { FaultKind, Scene } from "../scene.ts";

const stores = ["harbor-main", "harbor-outlet", "fernwood"] as const;

export const failingStore: FaultKind = {
  name: "failing-store",
  tells: "a store errs, limits, or tears the connection, before or after it has acted",
  weight: 6,
  strike: async (scene, random) => {
    const kind = random.pick(["error", "error_after", "drop_before", "drop_after", "429"]);
    await rule(scene, random, {
      kind,
      endpoint: "*",
      rate: random.pick([0.4, 1]),
      status: random.pick([500, 502, 503]),
    });
  },
};

export const slowStore: FaultKind = {
  name: "slow-store",
  tells: "a store answers after longer than Muse waits, and has acted nevertheless",
  weight: 3,
  strike: async (scene, random) =>
    await rule(scene, random, { kind: "latency", endpoint: "*", rate: 0.5, latencyMs: random.int(300, 4_000) }),
};

export const silentStore: FaultKind = {
  name: "silent-store",
  tells: "a store accepts an order and never answers",
  weight: 5,
  strike: async (scene, random) =>
    await rule(scene, random, { kind: "accept_then_timeout", endpoint: "*", times: random.int(1, 4) }),
};

export const soldOutStore: FaultKind = {
  name: "sold-out-store",
  tells: "a store has run out of everything",
  weight: 4,
  strike: async (scene, random) => await rule(scene, random, { kind: "out_of_stock", endpoint: "*", rate: 0.7 }),
};

export const dearStore: FaultKind = {
  name: "dear-store",
  tells: "a store's prices have risen since they were frozen",
  weight: 3,
  strike: async (scene, random) =>
    await rule(scene, random, { kind: "price_drift", endpoint: "*", rate: 0.7, value: random.pick([1, 8, 25]) }),
};

export const unwillingStore: FaultKind = {
  name: "unwilling-store",
  tells: "a store does not take orders back",
  weight: 2,
  strike: async (scene, random) => await rule(scene, random, { kind: "cancel_refused", endpoint: "*" }),
};

export const cutOutside: FaultKind = {
  name: "cut-outside",
  tells: "every connection of APIs or workers to the outside is torn, or slowed down",
  weight: 3,
  strike: async ({ system, note }, random) => {
    const line = random.pick(system.outsideLines);
    if (random.chance(0.5)) {
      note(`${line.name}: torn`);
      line.drop();
      return;
    }
    const ms = random.int(50, 600);
    note(`${line.name}: slow by ${ms} ms`);
    line.gate.slow(ms);
    await delay(random.int(1_000, 4_000));
    line.gate.open();
  },
};

export const movingPrices: FaultKind = {
  name: "moving-prices",
  tells: "the catalogue's prices move, and an item is taken off sale for a moment",
  weight: 3,
  strike: async ({ shop, note }, random) => {
    const chosen = random.some(shop.variants, 12).map(({ variantId }) => variantId);
    const percent = random.pick([90, 105, 120]);
    note(`${chosen.length} prices become ${percent} %, one item goes off sale`);
    await shop.query(
      "update catalog.variant set price_minor = price_minor * $2 / 100, list_price_minor = null where variant_id = any ($1)",
      [chosen, percent],
    );
    await shop.query("update catalog.variant set is_active = false where variant_id = $1", [chosen[0]]);
    await delay(random.int(500, 2_500));
    await shop.query("update catalog.variant set is_active = true where variant_id = $1", [chosen[0]]);
  },
};

async function rule({ trouble, note }: Scene, random: Random, fault: Omit<Fault, "part">): Promise<void> {
  const part = random.pick(stores);
  const ms = random.int(1_500, 8_000);
  note(`${part}: ${JSON.stringify(fault)} for ${ms} ms`);
  await trouble([{ part, ...fault }], ms);
}
