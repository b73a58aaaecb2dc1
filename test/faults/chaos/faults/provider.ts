import type { Fault } from "../../sandbox.ts";
import type { Random } from "../random.ts";
import type { FaultKind, Scene } from "../scene.ts";

const calls = [
  "payment_intents.create",
  "payment_intents.confirm",
  "payment_intents.retrieve",
  "payment_intents.cancel",
  "refunds.create",
  "*",
] as const;

export const slowProvider: FaultKind = {
  name: "slow-provider",
  tells: "the payment provider takes up to three seconds",
  weight: 3,
  strike: async (scene, random) =>
    await rule(scene, random, { kind: "latency", endpoint: "*", rate: 0.5, latencyMs: random.int(200, 3_000) }),
};

export const failingProvider: FaultKind = {
  name: "failing-provider",
  tells: "the payment provider errs, limits, or tears the connection, before or after it has acted",
  weight: 8,
  strike: async (scene, random) => {
    const kind = random.pick(["error", "error_after", "drop_before", "drop_after", "429"]);
    await rule(scene, random, { kind, endpoint: random.pick(calls), rate: random.pick([0.3, 0.7, 1]), status: 500 });
  },
};

export const hangingProvider: FaultKind = {
  name: "hanging-provider",
  tells: "the payment provider never answers, though it may have acted",
  weight: 2,
  strike: async (scene, random) => {
    const kind = random.pick(["hang", "hang_after"]);
    await rule(scene, random, { kind, endpoint: random.pick(calls), times: random.int(1, 3) });
  },
};

export const rememberedError: FaultKind = {
  name: "remembered-error",
  tells: "the provider keeps a 500 under the idempotency key and answers with it for ever, whether it acted or not",
  weight: 3,
  strike: async (scene, random) => {
    const acted = random.chance(0.5) ? { value: "acted" } : {};
    const endpoint = random.pick(["payment_intents.create", "payment_intents.confirm"]);
    await rule(scene, random, { kind: "stored_500", endpoint, times: random.int(1, 3), ...acted });
  },
};

/** Struck when it is asked for by name: such a refund ends with a person, twenty hours later (docs/reliability.md). */
export const rememberedRefundError: FaultKind = {
  name: "remembered-refund-error",
  tells: "the same for a refund",
  weight: 0,
  strike: async (scene, random) => {
    const acted = random.chance(0.5) ? { value: "acted" } : {};
    await rule(scene, random, { kind: "stored_500", endpoint: "refunds.create", times: random.int(1, 3), ...acted });
  },
};

export const decliningBanks: FaultKind = {
  name: "declining-banks",
  tells: "banks decline good cards",
  weight: 2,
  strike: async (scene, random) =>
    await rule(scene, random, {
      kind: "decline",
      endpoint: "*",
      rate: 0.5,
      value: random.pick(["do_not_honor", "insufficient_funds"]),
    }),
};

export const laggingSearch: FaultKind = {
  name: "lagging-search",
  tells: "the provider's search does not know what is new",
  weight: 1,
  strike: async (scene, random) => await rule(scene, random, { kind: "search_lag", endpoint: "*" }),
};

const eventKinds = ["webhook_duplicate", "webhook_late", "webhook_drop", "webhook_reorder", "webhook_first"] as const;

export const wildEvents: FaultKind = {
  name: "wild-events",
  tells: "events of the provider and of stores come twice, late, out of order, before the answer, or not at all",
  weight: 6,
  strike: async (scene, random) => {
    const part = random.pick(["webhooks", "stripe"]);
    const late = { latencyMs: random.int(500, 4_000), value: 2 };
    await rule(scene, random, { kind: random.pick(eventKinds), endpoint: "*", rate: 0.6, ...late }, part);
  },
};

async function rule(
  { trouble, note }: Scene,
  random: Random,
  fault: Omit<Fault, "part">,
  part = "stripe",
): Promise<void> {
  const ms = random.int(1_500, 8_000);
  note(`${part}: ${JSON.stringify(fault)} for ${ms} ms`);
  await trouble([{ part, ...fault }], ms);
}
