import assert from "node:assert/strict";
import { test } from "node:test";
import { tx } from "#platform/db/tx.ts";
import { silentLog } from "#platform/log/log.ts";
import { refundOrder, settleRefund } from "#rooms/order";
import { cancelOrder } from "#rooms/placement";
import { openTestDb } from "../../../test/db.ts";
import { paidOrders, type PaidOrder } from "../../../test/paid-orders.ts";
import { applyStoreEvent, trackParcel, type StoreEventType } from "./index.ts";

const { pool } = await openTestDb();

type Claimed = { readonly attempt_id: string; readonly order_number: string };
type Step = (order: PaidOrder, claimed: Claimed | undefined) => Promise<unknown>;

const end =
  (status: string, number: boolean): Step =>
  async (order, claimed) =>
    await pool.query(
      "select placement.attempt_end_1($1, $2::placement.attempt_status, 'unreachable', null, $3, 1, null, interval '0 s')",
      [claimed?.attempt_id ?? "none", status, number ? `AT-${order.orderNumber}` : null],
    );

const tell =
  (type: StoreEventType): Step =>
  async (order) =>
    await applyStoreEvent(
      { db: pool, log: silentLog },
      {
        storeId: order.storeId,
        type,
        data: { orderNumber: `AT-${order.orderNumber}`, reference: order.orderNumber },
      },
    );

let causes = 0;
const steps: readonly Step[] = [
  end("placed", true),
  end("refused", false),
  end("unavailable", false),
  end("unknown", false),
  tell("order.confirmed"),
  tell("order.shipped"),
  tell("order.delivered"),
  tell("order.cancelled"),
  async ({ orderNumber }) => await cancelOrder(pool, orderNumber, "cancelled_by_shopper"),
  async ({ orderNumber }) =>
    await trackParcel(pool, { orderNumber, carrier: "swiftpost", trackingNumber: `SW-${orderNumber}` }),
  async ({ orderNumber }) =>
    await tx(pool, "test.refund", async (open) => {
      const wish = { kind: "amount", amountMinor: 100n } as const;
      const cause = `race:${(causes += 1)}`;
      const refunded = await refundOrder(open, {
        orderNumber,
        wish,
        cause,
        reason: "goodwill",
        requestedBy: "acc_ops",
      });
      return refunded.kind;
    }),
  async ({ orderNumber }) => {
    const { rows } = await pool.query("select refund_id from payment.refund where order_number = $1", [orderNumber]);
    for (const { refund_id: refundId } of rows) {
      await settleRefund(pool, { refundId, kind: "succeeded", providerRef: null, failureCode: null });
    }
  },
  async () => await pool.query("select placement.abandon_overdue_1(50)"),
  async () => await pool.query("select placement.lookup_claim_1('{api,headless}', 50)"),
  async () => await pool.query("select placement.unstick_1('{api}', interval '1 hour', 50)"),
  async () => await pool.query("select placement.cancel_overdue_1(50) + placement.cancel_unheld_1(50)"),
  async ({ orderNumber }) =>
    await pool.query("select * from placement.cancel_take_1($1, interval '0 s')", [orderNumber]),
  async ({ orderNumber }) =>
    await pool.query("select placement.cancel_end_1($1, 'cancelled', null, null)", [orderNumber]),
  async ({ orderNumber }) =>
    await pool.query("select placement.task_claim_1($1, 'acc_ops', interval '15 minutes')", [orderNumber]),
  async ({ orderNumber }) =>
    await pool.query("select placement.task_place_1($1, 'acc_ops', $2, 1)", [orderNumber, `AT-${orderNumber}`]),
  async ({ orderNumber }) =>
    await pool.query("select placement.task_fail_1($1, 'acc_ops', 'other', null)", [orderNumber]),
  async ({ orderNumber }) => await pool.query("select placement.task_release_1($1, 'acc_ops')", [orderNumber]),
];

/** Seeded, so that a run that fails can be had again. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
}

async function breaches(text: string): Promise<unknown[]> {
  return (await pool.query(text)).rows;
}

test("everything at once on the same orders: no deadlock, and every sum and every history stays true", async () => {
  const seed = 20_261_121;
  const random = seeded(seed);
  for (let round = 0; round < 12; round += 1) {
    const onStoreFailure = round % 2 === 0 ? "all_or_nothing" : "ship_what_you_can";
    const line = { priceMinor: 1_999, quantity: 2, taxMinor: 33, stock: 9 };
    const wish = { connector: "rest-oauth", lines: [line, {}] };
    const orders = await paidOrders(pool, [wish, wish, wish], { onStoreFailure });
    const { rows: claimed } = await pool.query<Claimed>(
      "select attempt_id, order_number from placement.claim_1('w', '{api}', 100)",
    );
    const calls = Array.from({ length: 45 }, () => {
      const order = orders[random(orders.length)];
      const step = steps[random(steps.length)];
      assert.ok(order !== undefined && step !== undefined);
      return step(
        order,
        claimed.find(({ order_number: number }) => number === order.orderNumber),
      );
    });
    const failed = (await Promise.allSettled(calls)).filter((result) => result.status === "rejected");
    assert.deepEqual(
      failed.map(({ reason }) => String(reason)),
      [],
      `seed ${seed}, round ${round}`,
    );
  }
  await assertTrue();
});

/** Every sum and every pair of states, over all orders of this database. */
async function assertTrue(): Promise<void> {
  assert.deepEqual(
    await breaches(`select order_number from orders.store_order o
      where refunded_minor <> refunded_shipping_minor + (select sum(i.refunded_minor) from orders.order_item i where i.order_number = o.order_number)`),
    [],
    "M5: what went back of the lines is what went back of the order",
  );
  assert.deepEqual(
    await breaches(`select p.payment_id from payment.payment p where refunded_minor <> (
      select coalesce(sum(r.amount_minor), 0) from payment.refund r where r.payment_id = p.payment_id and r.status <> 'failed')`),
    [],
    "M2: what is counted as refunded is what was asked for",
  );
  assert.deepEqual(
    await breaches(
      `select order_number from orders.store_order where status in ('failed', 'cancelled') and refunded_minor <> total_minor`,
    ),
    [],
    "M2: what was not had is refunded whole",
  );
  assert.deepEqual(
    await breaches(
      `select order_number from placement.attempt where status = 'placed' group by order_number having count(*) > 1`,
    ),
    [],
    "O3: placed once",
  );
  assert.deepEqual(
    await breaches(`select o.order_number from orders.store_order o where o.status::text <> (
      select h.to_status::text from orders.order_status_history h where h.order_number = o.order_number order by h.history_id desc limit 1)`),
    [],
    "O5: the history ends where the order is",
  );
  assert.deepEqual(
    await breaches(`select o.order_number, o.status, p.status from orders.store_order o join placement.placement p using (order_number)
      where (o.status = 'pending') <> (p.status in ('waiting', 'running', 'unknown', 'manual'))`),
    [],
    "O4: an order and its placement agree",
  );
  assert.deepEqual(
    await breaches(`select p.order_number from placement.placement p where p.status = 'manual'
      and not exists (select from placement.manual_task t where t.order_number = p.order_number and t.closed_at is null)`),
    [],
    "O4: what is with people is in their queue",
  );
}
