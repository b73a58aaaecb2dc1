import type { Fault } from "../../sandbox.ts";
import type { Random } from "../random.ts";
import type { FaultKind, Scene } from "../scene.ts";

const calls = ["payments.confirm", "payments.by_order", "payments.get", "payments.cancel", "*"] as const;

export const failingToss: FaultKind = {
  name: "failing-toss",
  tells: "Toss is slow, errs, limits or tears the connection, before or after it has acted, or never answers",
  weight: 4,
  strike: async (scene, random) => {
    const kind = random.pick(["latency", "error", "error_after", "drop_before", "drop_after", "429", "hang_after"]);
    const bound = kind === "hang_after" ? { times: random.int(1, 2) } : { rate: random.pick([0.3, 0.7, 1]) };
    const more = kind === "latency" ? { latencyMs: random.int(200, 3_000) } : { status: 500 };
    await rule(scene, random, { kind, endpoint: random.pick(calls), ...bound, ...more });
  },
};

const eventKinds = ["webhook_duplicate", "webhook_late", "webhook_drop", "webhook_reorder", "webhook_first"] as const;

export const wildTossEvents: FaultKind = {
  name: "wild-toss-events",
  tells: "what Toss tells of a payment comes twice, late, out of order, before its answer, or not at all",
  weight: 3,
  strike: async (scene, random) => {
    const late = { latencyMs: random.int(500, 4_000), value: 2 };
    await rule(scene, random, { kind: random.pick(eventKinds), endpoint: "*", rate: 0.6, ...late });
  },
};

async function rule({ trouble, note }: Scene, random: Random, fault: Omit<Fault, "part">): Promise<void> {
  const ms = random.int(1_500, 8_000);
  note(`toss: ${JSON.stringify(fault)} for ${ms} ms`);
  await trouble([{ part: "toss", ...fault }], ms);
}
