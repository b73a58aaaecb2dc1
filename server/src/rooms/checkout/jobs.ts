import { z } from "zod";
import type { Job } from "#platform/jobs/job.ts";
import { oneByOne, type Sweep, type SweepRound } from "#platform/jobs/sweep.ts";
import type { Pool } from "#platform/db/pool.ts";
import { paymentsToCancel, sessionsExpire, sessionsToUnwind, unwindOrders } from "./checkout.sql.gen.ts";
import { depositsMissingTake } from "#rooms/payment";
import { cancelPayment, reconcilePayments, reconcileTossOrder, type ReconcileDeps } from "./reconcile-payments.ts";

/** Sessions ended in one round: bounds how long one statement holds rows; the next round follows at once. */
const expiresMax = 100;

/** Lost jobs made good in one round. */
const lostMax = 20n;

/** Deposits asked about in one round; each is asked about every ten minutes at most. */
const depositsMax = 20;

export type CheckoutJobsDeps = ReconcileDeps & {
  /** Takes one order back (the placement room's door), for all-or-nothing. */
  readonly cancelOrder: (db: Pool, orderNumber: string, reason: string) => Promise<unknown>;
};

/** What the checkout leaves to a worker because it touches the outside, or other rooms' orders. */
export function checkoutJobs(deps: CheckoutJobsDeps): Job[] {
  const payload = z.object({ sessionId: z.string() });
  return [
    { name: "checkout.cancel_payment", run: async (raw) => await cancelPayment(deps, payload.parse(raw).sessionId) },
    { name: "checkout.unwind", run: async (raw) => await unwind(deps, payload.parse(raw).sessionId) },
  ];
}

/** All or nothing: a sister order failed, so the others are called back. */
async function unwind({ db, cancelOrder }: CheckoutJobsDeps, sessionId: string): Promise<void> {
  const orders = await unwindOrders(db, { sessionId });
  for (const { orderNumber } of orders) await cancelOrder(db, orderNumber, "all_or_nothing");
}

/**
 * What has to happen without anybody asking: sessions end, payments without an answer are asked after, and what a job
 * has lost or given up is done all the same.
 */
export function checkoutSweeps(deps: CheckoutJobsDeps): Sweep[] {
  const { db } = deps;
  return [
    {
      name: "checkout.expire_sessions",
      everyMs: 2_000,
      run: async () => (await sessionsExpire(db, { countMax: expiresMax })).expired,
    },
    { name: "checkout.reconcile_payments", everyMs: 500, run: async () => await reconcilePayments(deps) },
    {
      name: "checkout.cancel_payments",
      everyMs: 60_000,
      run: async () => await each(deps, await paymentsToCancel(db, { countMax: lostMax }), cancelPayment),
    },
    {
      // A deposit that the bank took back: that it is there again is Toss's to tell, and may not reach us.
      name: "checkout.missing_deposits",
      everyMs: 60_000,
      run: async () => await each(deps, await depositsMissingTake(db, { countMax: depositsMax }), reconcileTossOrder),
    },
    {
      name: "checkout.unwind",
      everyMs: 60_000,
      run: async () => await each(deps, await sessionsToUnwind(db, { countMax: lostMax }), unwind),
    },
  ];
}

/** One that fails is told and tried in the next round; never "more at once", it would only fail again. */
async function each(
  deps: CheckoutJobsDeps,
  sessions: readonly { readonly sessionId: string }[],
  work: (deps: CheckoutJobsDeps, sessionId: string) => Promise<unknown>,
): Promise<SweepRound> {
  let failed = 0;
  for (const { sessionId } of sessions) {
    await work(deps, sessionId).catch((error: unknown) => {
      failed += 1;
      deps.log.warn("checkout.again", { sessionId }, error);
    });
  }
  return oneByOne(sessions.length, failed);
}
