import assert from "node:assert/strict";
import { test } from "node:test";
import type { MetricsSeries } from "@muse/contracts/ops-metrics";
import type { z } from "zod";
import { as, testServer } from "#platform/http/test-server.ts";
import { newId } from "#kernel/ids.ts";
import { openTestDb } from "../../../test/db.ts";
import { makeCart, makeStore, makeVariant } from "../../../test/makers.ts";
import { paidOrder, paidOrders } from "../../../test/paid-orders.ts";
import { openDeskWatch } from "./desk-watch.ts";
import { opsRoutes } from "./routes.ts";

const { pool } = await openTestDb();
const { http } = testServer(pool);
opsRoutes(http, { masterKey: { id: "0123456789abcdef", key: Buffer.alloc(32, 7) }, desk: openDeskWatch() });

type Bucket = z.output<typeof MetricsSeries>["buckets"][number];

async function metrics(path: string) {
  const response = await http.fastify.inject({ url: `/api/v1/admin/metrics/${path}`, headers: as("ops", "acc_ops") });
  assert.equal(response.statusCode, 200, response.body);
  return response.json().data;
}

test("where nothing happened there is nothing to divide by: shares are null, not zero", async () => {
  const { checkout, payments, placements, orderValues, manualQueue, attention, from, to } = await metrics("overview");
  assert.deepEqual(checkout, { started: 0, paid: 0, completionRate: null, medianSeconds: null, multiStoreShare: null });
  assert.deepEqual(payments, { attempts: 0, failed: 0, failureRate: null, failures: [] });
  assert.deepEqual(placements, {
    attempts: 0,
    placed: 0,
    refused: 0,
    unavailable: 0,
    open: 0,
    successRate: null,
    stores: [],
  });
  assert.deepEqual(
    [orderValues, manualQueue.depth, attention],
    [[], 0, { refundsStuck: 0, refundRequestsOpen: 0, eventsOverdue: 0 }],
  );
  assert.equal(Date.parse(to) - Date.parse(from), 30 * 86_400_000);
});

test("a leap year is measured at once, and thirty days up to any moment", async () => {
  const year = { from: "2024-01-01T00:00:00.000Z", to: "2025-01-01T00:00:00.000Z" };
  for (const path of ["overview", "placements"]) {
    const { from, to } = await metrics(`${path}?from=${year.from}&to=${year.to}`);
    assert.deepEqual({ from, to }, year);
  }
  assert.equal((await metrics("overview?to=2016-01-31T00:00:00Z")).from, "2016-01-01T00:00:00.000Z");
  const yearAgo = new Date(Date.now() - 365 * 86_400_000).toISOString();
  assert.equal((await metrics(`overview?from=${yearAgo}`)).from, yearAgo);
});

test("an event that was worked eight times in vain wants somebody, though its next try is not late", async () => {
  await pool.query(
    `insert into webhook.inbox (source, event_id, type, payload, tries, work_at)
     values ('stripe', 'evt_seven', 'refund.updated', '{}', 7, now() + interval '1 hour'),
            ('stripe', 'evt_eight', 'refund.updated', '{}', 8, now() + interval '1 hour')`,
  );
  assert.equal((await metrics("overview")).attention.eventsOverdue, 1);
  await pool.query("delete from webhook.inbox");
});

test("each figure is what its definition says", async () => {
  const storeId = await makeStore(pool, { connector: "rest-oauth" });
  // Three paid checkouts: 40, 40 and 80 dollars of goods, 5.99 of delivery an order; the third from two stores.
  const goods = { connector: "rest-oauth", lines: [{ priceMinor: 4_000 }] };
  const first = await paidOrder(pool, { ...goods, storeId });
  const second = await paidOrder(pool, { ...goods, storeId });
  await paidOrders(pool, [{ ...goods, storeId }, { lines: [{ priceMinor: 4_000 }] }]);
  await decline();
  await replaced();
  for (const [order, status] of [
    [first, "placed"],
    [second, "refused"],
  ] as const)
    await answer(order.orderNumber, status);
  await pool.query(
    "update checkout.session set paid_at = created_at + interval '90 seconds' where paid_at is not null",
  );
  await pool.query(
    "update placement.manual_task set opened_at = now() - interval '1 hour', deadline_at = now() - interval '1 minute'",
  );

  const { checkout, payments, placements, orderValues, manualQueue } = await metrics("overview");
  // Six began: three were paid, one was declined and gave up, one was replaced, one replaced it and is open.
  assert.deepEqual(checkout, { started: 6, paid: 3, completionRate: 0.75, medianSeconds: 90, multiStoreShare: 0.3333 });
  assert.deepEqual(payments, {
    attempts: 4,
    failed: 1,
    failureRate: 0.25,
    failures: [{ code: "card_declined", count: 1 }],
  });
  const [dollars] = orderValues;
  assert.deepEqual([dollars.checkouts, dollars.orders, dollars.soldCents], [3, 4, 18_396]);
  assert.deepEqual(
    [dollars.averageCheckoutCents, dollars.averageOrderCents, dollars.averageOrderDisplay],
    [6_132, 4_599, "$45.99"],
  );
  assert.equal(dollars.refundedCents, 4_599);
  assert.deepEqual(
    [placements.attempts, placements.placed, placements.refused, placements.open, placements.successRate],
    [3, 1, 1, 1, 0.5],
  );
  assert.deepEqual([manualQueue.depth, manualQueue.overdue], [1, 1]);
  assert.ok(manualQueue.oldestAgeSeconds >= 3_600 && manualQueue.medianAgeSeconds >= 3_600);

  const { stores } = await metrics("placements");
  assert.equal(stores.length, 1);
  assert.deepEqual(
    [stores[0].storeId, stores[0].method, stores[0].reasons[0]],
    [storeId, "api", { reason: "out_of_stock", count: 1 }],
  );
  assert.ok(stores[0].medianMs >= 0 && stores[0].p95Ms >= stores[0].medianMs);
});

for (const [range, count, seconds] of [
  ["24h", 24, 3_600],
  ["7d", 28, 21_600],
  ["30d", 30, 86_400],
] as const) {
  test(`${range}, drawn: a bucket for each point, empty ones too, and all of them together are the overview`, async () => {
    const [{ checkout, payments, orderValues, placements }, series] = [
      await metrics("overview"),
      await metrics(`series?range=${range}`),
    ];
    const { buckets, stores, bucketSeconds, from, to } = series;
    assert.deepEqual([buckets.length, bucketSeconds, buckets[0].at], [count, seconds, from]);
    assert.ok(Date.parse(to) - Date.parse(buckets.at(-1).at) <= seconds * 1_000);
    const sum = (of: (bucket: Bucket) => number): number =>
      (buckets as readonly Bucket[]).reduce((total, each) => total + of(each), 0);
    assert.deepEqual(
      [
        sum((each) => each.checkout.started),
        sum((each) => each.checkout.paid),
        sum((each) => each.payments.attempts),
        sum((each) => each.payments.failed),
      ],
      [checkout.started, checkout.paid, payments.attempts, payments.failed],
    );
    assert.equal(
      sum((each) => each.orderValues[0]?.soldCents ?? 0),
      orderValues[0].soldCents,
    );
    assert.deepEqual(
      [sum((each) => each.placements.ended), sum((each) => each.placements.placed)],
      [placements.attempts - placements.open, placements.placed],
    );
    const [first] = buckets;
    assert.deepEqual(
      [first.checkout.completionRate, first.payments.failureRate, first.placements.successRate, first.orderValues],
      [null, null, null, []],
    );
    const [store] = stores;
    assert.deepEqual([store.method, store.attempts, store.placed, store.points.length], ["api", 3, 1, count]);
    const times = store.points.filter(
      (point: { medianSecondsToPlace: number | null }) => point.medianSecondsToPlace !== null,
    );
    assert.equal(times.length, 1);
    const last = buckets.at(-1).queue;
    assert.equal(last.depth, 1);
    assert.ok(last.oldestAgeSeconds >= 3_600);
    assert.ok(sum((each) => each.queue.opened) <= 1 && sum((each) => each.queue.closed) === 0);
  });
}

test("tasks that came and went are drawn where they did, with how long they took", async () => {
  const done = await paidOrder(pool, {});
  await pool.query(
    `update placement.manual_task set status = 'placed', opened_at = now() - interval '3 hours', closed_at = now() - interval '2 hours',
       closed_by = 'acc_ops' where order_number = $1`,
    [done.orderNumber],
  );
  const { buckets } = await metrics("series");
  const at = (hoursAgo: number) => {
    const moment = Date.now() - hoursAgo * 3_600_000;
    return buckets.findLast((each: { at: string }) => Date.parse(each.at) <= moment).queue;
  };
  assert.deepEqual([at(3).opened, at(2).closed, at(2).medianSecondsToClose], [1, 1, 3_600]);
  assert.ok(at(3).depth >= 1);
  assert.equal(at(5).depth, 0);
});

test("a span of time that holds nothing of it measures nothing", async () => {
  const { checkout, placements } = await metrics("overview?from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00%2B09:00");
  assert.deepEqual([checkout.started, placements.attempts], [0, 0]);
});

/** A card that is refused, and a shopper who leaves. */
async function decline(): Promise<void> {
  const { sessionId, paymentId } = await paidOrder(pool, {}, { isPaid: false });
  await pool.query(
    `select checkout.payment_settled_1(a.attempt_id, 'failed', null, null, null, 'card_declined', 'generic_decline', null)
     from payment.attempt a where a.payment_id = $1`,
    [paymentId],
  );
  await pool.query("select checkout.session_end_1($1, 'expired')", [sessionId]);
}

/** A shopper who changes the cart after beginning, and begins again. */
async function replaced(): Promise<void> {
  const storeId = await makeStore(pool);
  const accountId = await makeCart(pool, [{ variant: await makeVariant(pool, { storeId }) }]);
  const start = () =>
    pool.query("select checkout.session_start_3($1, $2, interval '30 minutes')", [accountId, newId("cs")]);
  await start();
  await makeCart(pool, [{ variant: await makeVariant(pool, { storeId }) }], accountId);
  await start();
}

async function answer(orderNumber: string, status: string): Promise<void> {
  await pool.query("select placement.claim_1('test', array['api']::store.placement_method[], 100)");
  await pool.query(
    `select placement.attempt_end_1(a.attempt_id, $2::placement.attempt_status, case $2 when 'refused' then 'out_of_stock' end, null,
       case $2 when 'placed' then 'SO-' || a.order_number end, null, null, null)
     from placement.attempt a where a.order_number = $1`,
    [orderNumber, status],
  );
}
