import { z } from "zod";
import type { Job } from "#platform/jobs/job.ts";
import type { Sweep } from "#platform/jobs/sweep.ts";
import type { Pool } from "#platform/db/pool.ts";
import { sessionsExpire, unwindOrders } from "./checkout.sql.gen.ts";
import { cancelPayment, reconcilePayments, type ReconcileDeps } from "./reconcile-payments.ts";

/** Sessions ended in one round: bounds how long one statement holds rows; the next round follows at once. */
const expiresMax = 100;

export type CheckoutJobsDeps = ReconcileDeps & {
  /** Takes one order back (the placement room's door), for all-or-nothing. */
  readonly cancelOrder: (db: Pool, orderNumber: string, reason: string) => Promise<unknown>;
};

/** What the checkout leaves to a worker because it touches the outside, or other rooms' orders. */
export function checkoutJobs(deps: CheckoutJobsDeps): Job[] {
  const payload = z.object({ sessionId: z.string() });
  return [
    {
      name: "checkout.cancel_payment",
      run: async (raw) => await cancelPayment(deps, payload.parse(raw).sessionId),
    },
    {
      name: "checkout.unwind",
      run: async (raw) => {
        const orders = await unwindOrders(deps.db, payload.parse(raw));
        for (const { orderNumber } of orders) await deps.cancelOrder(deps.db, orderNumber, "all_or_nothing");
      },
    },
  ];
}

/** What has to happen without anybody asking: sessions end, payments without an answer are asked after. */
export function checkoutSweeps(deps: ReconcileDeps): Sweep[] {
  return [
    {
      name: "checkout.expire_sessions",
      everyMs: 2_000,
      run: async () => (await sessionsExpire(deps.db, { countMax: expiresMax })).expired,
    },
    { name: "checkout.reconcile_payments", everyMs: 500, run: async () => await reconcilePayments(deps) },
  ];
}
