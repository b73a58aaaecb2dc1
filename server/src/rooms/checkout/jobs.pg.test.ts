import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { openBell } from "#platform/db/bell.ts";
import { silentLog } from "#platform/log/log.ts";
import { openStripe, stripeProvider } from "#rooms/payment";
import { openTestDb } from "../../../test/db.ts";
import { makeCart, makeStore, makeVariant } from "../../../test/makers.ts";
import { openTestSandbox } from "../../../test/sandbox.ts";
import { paymentsToCancel } from "./checkout.sql.gen.ts";
import { checkoutJobs, checkoutSweeps } from "./jobs.ts";
import { startSession } from "./session-commands.ts";

const { pool } = await openTestDb();
const sandbox = await openTestSandbox();
const stripe = openStripe({ secretKey: "sk_test_muse_sandbox", apiBase: sandbox.url });
const calledBack: string[] = [];
const deps = {
  db: pool,
  bell: openBell(pool, silentLog),
  log: silentLog,
  provider: stripeProvider(stripe),
  returnUrlBase: "http://127.0.0.1/",
  cancelOrder: async (_db: unknown, orderNumber: string, reason: string) => {
    calledBack.push(`${orderNumber} ${reason}`);
  },
};

async function sweep(name: string): Promise<void> {
  await checkoutSweeps(deps)
    .find((known) => known.name === name)
    ?.run(new AbortController().signal);
}

async function session(): Promise<string> {
  const tea = await makeVariant(pool, { storeId: await makeStore(pool) });
  const started = await startSession(pool, { accountId: await makeCart(pool, [{ variant: tea }]) });
  assert.ok(started.kind === "started");
  return started.state.session.sessionId;
}

/** A payment whose card waits for its owner, at the provider and here. */
async function pay(sessionId: string): Promise<string> {
  const intent = await stripe.paymentIntents.create({
    amount: 2500,
    currency: "usd",
    payment_method: "pm_card_threeDSecure2Required",
    confirm: true,
    automatic_payment_methods: { enabled: true },
    return_url: "http://127.0.0.1/",
  });
  const paymentId = newId("pay");
  await pool.query(
    `insert into payment.payment (payment_id, session_id, account_id, provider, status, amount_minor, currency, provider_ref, updated_at)
     values ($1, $2, 'a', 'stripe', 'requires_action', 2500, 'USD', $3, now() - interval '2 minutes')`,
    [paymentId, sessionId, intent.id],
  );
  await pool.query(
    `insert into payment.attempt (attempt_id, payment_id, number, generation, method_ref, amount_minor, currency, terms, status)
     values ($1, $2, 1, 1, 'pm', 2500, 'USD', '', 'requires_action')`,
    [newId("att"), paymentId],
  );
  return intent.id;
}

test("an ended session's payment is called off even when its job was lost", async () => {
  const sessionId = await session();
  const intentId = await pay(sessionId);
  await pool.query(
    `update checkout.session set status = 'expired', finished_at = now() - interval '2 minutes' where session_id = $1`,
    [sessionId],
  );
  await sweep("checkout.cancel_payments");
  assert.equal((await stripe.paymentIntents.retrieve(intentId)).status, "canceled");
  const { rows } = await pool.query("select status, check_at from payment.payment where session_id = $1", [sessionId]);
  assert.deepEqual(rows, [{ status: "canceled", check_at: null }]);
});

test("payments that cannot be called off keep no other from being called off", async () => {
  const sessions = [await session(), await session()];
  for (const sessionId of sessions) await pay(sessionId);
  await pool.query(
    `update checkout.session set status = 'expired', finished_at = now() - interval '2 minutes' where session_id = any ($1)`,
    [sessions],
  );
  const taken = new Set<string>();
  for (let look = 0; look < 40; look += 1) {
    for (const { sessionId } of await paymentsToCancel(pool, { countMax: 1n })) taken.add(sessionId);
  }
  assert.deepEqual(taken, new Set(sessions));
});

test("all or nothing calls the others back even when its job was lost, and asks each order once", async () => {
  const sessionId = await session();
  await pool.query(
    `update checkout.session set status = 'processing', on_store_failure = 'all_or_nothing', paid_at = now() - interval '2 minutes' where session_id = $1`,
    [sessionId],
  );
  const storeId = await makeStore(pool);
  const insert = (order: string, status: string, group: string) =>
    pool.query(
      `insert into orders.store_order (order_number, session_id, group_key, account_id, store_id, store_name, kind, status, payment_status,
         currency, item_count, subtotal_minor, discount_minor, shipping_minor, tax_minor, total_minor)
       values ($1, $2, $3, 'a', $4, 'Store', 'physical', $5, 'paid', 'USD', 1, 100, 0, 0, 0, 100)`,
      [order, sessionId, group, storeId, status],
    );
  await insert("MO-FAILED2345", "failed", "one");
  await insert("MO-PLACED2345", "placed", "two");
  await sweep("checkout.unwind");
  assert.deepEqual(calledBack, ["MO-PLACED2345 all_or_nothing"]);
  await pool.query("update orders.store_order set cancel_requested_at = now() where order_number = 'MO-PLACED2345'");
  await sweep("checkout.unwind");
  assert.equal(calledBack.length, 1);

  const job = checkoutJobs(deps).find(({ name }) => name === "checkout.unwind");
  await job?.run({ sessionId }, new AbortController().signal);
  assert.equal(calledBack.length, 2, "the job itself asks again: asking twice changes nothing");
});
