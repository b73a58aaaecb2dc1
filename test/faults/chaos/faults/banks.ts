import { setTimeout as delay } from "node:timers/promises";
import type { Fault } from "../../sandbox.ts";
import type { Random } from "../random.ts";
import type { FaultKind, Scene } from "../scene.ts";

export const disputes: FaultKind = {
  name: "disputes",
  tells: "a bank takes a charge back, or asks about it, and decides a moment later: for us, against us, or not yet",
  weight: 6,
  strike: async (scene, random) => {
    const { shop, note } = scene;
    const charged = await shop.query<{ intent: string; paymentId: string }>(
      `select p.provider_ref as intent, p.payment_id as "paymentId" from payment.payment p
       where p.provider = 'stripe' and p.status = 'succeeded' order by p.succeeded_at desc limit 6`,
    );
    if (charged.length === 0) return note("nothing has been charged yet");
    const { intent, paymentId } = random.pick(charged);
    const disputing = async (): Promise<void> => {
      const id = await shop.sandbox.openDispute(intent, { inquiry: random.chance(0.15) });
      note(`${id} over ${paymentId}`);
      await delay(random.int(50, 3_000));
      if (random.chance(0.15)) return note(`${id} stays open`);
      const status = random.pick(["won", "won", "lost"] as const);
      await shop.sandbox.closeDispute(id, status);
      note(`${id} is ${status}`);
    };
    await Promise.all([disputing(), random.chance(0.6) ? confuse(scene, random) : null]);
  },
};

const types = ["created", "funds_withdrawn", "closed", "funds_reinstated"].map((type) => `charge.dispute.${type}`);

/** What is told of it comes twice, late, or the later before the earlier. */
async function confuse({ trouble, note }: Scene, random: Random): Promise<void> {
  const kind = random.pick(["webhook_duplicate", "webhook_late", "webhook_reorder"]);
  const late = { latencyMs: random.int(500, 4_000), value: 2 };
  const rules: Fault[] = types.map((endpoint) => ({ part: "stripe", endpoint, kind, rate: 0.7, ...late }));
  note(`events of disputes: ${kind}`);
  await trouble(rules, random.int(2_000, 5_000));
}
