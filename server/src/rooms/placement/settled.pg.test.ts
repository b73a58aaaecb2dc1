import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDb } from "../../../test/db.ts";
import { paidOrders, type PaidOrder } from "../../../test/paid-orders.ts";
import { placementsClaim } from "./placement.sql.gen.ts";
import { endAttempt, tellSession, type AttemptOutcome, type Written } from "./write-outcome.ts";

const { pool } = await openTestDb();
const api = { connector: "rest-lookup" } as const;

const unknown: AttemptOutcome = {
  status: "unknown",
  reason: "no_answer",
  detail: null,
  storeOrderNumber: null,
  storeTotalMinor: null,
  retryAfterMs: null,
  lookUpAfterSeconds: 0,
};
const unaskable: AttemptOutcome = { ...unknown, lookUpAfterSeconds: null };
const placed = (storeOrderNumber: string): AttemptOutcome => ({
  ...unknown,
  status: "placed",
  reason: null,
  storeOrderNumber,
  storeTotalMinor: 100,
  lookUpAfterSeconds: null,
});

/** Claims whatever is due, and answers the attempt of this order. */
const attempts = new Map<string, string>();
async function claim({ orderNumber }: PaidOrder): Promise<{ attemptId: string }> {
  for (const row of await placementsClaim(pool, { workerId: "w", methods: ["api"], countMax: 50 }))
    attempts.set(row.orderNumber, row.attemptId);
  return { attemptId: attempts.get(orderNumber) ?? assert.fail("it was claimed") };
}

test("a checkout is settled when the last of its orders is with its store, its person, or being looked up", async () => {
  const three = await paidOrders(pool, [api, api, api]);
  const told: [string, boolean][] = [];
  for (const [index, outcome] of [placed("T-1"), unknown, placed("T-3")].entries()) {
    const { attemptId } = await claim(three[index] ?? assert.fail("three orders"));
    const written = await endAttempt(pool, attemptId, outcome);
    told.push([written.outcome, written.isSettled]);
  }
  assert.deepEqual(told, [
    ["placed", false],
    ["unknown", false],
    ["placed", true],
  ]);

  const [last, byHand] = await paidOrders(pool, [api, {}]);
  assert.ok(last !== undefined && byHand !== undefined);
  const { attemptId } = await claim(last);
  assert.deepEqual(await endAttempt(pool, attemptId, placed("T-4")), { outcome: "placed", isSettled: true });
});

test("orders of one checkout that are placed at the same moment: one of them is told that it was the last", async () => {
  for (let round = 0; round < 12; round += 1) {
    const pair = await paidOrders(pool, [api, api]);
    const pairAttempts: string[] = [];
    for (const order of pair) pairAttempts.push((await claim(order)).attemptId);
    const told = await Promise.all(
      pairAttempts.map((id, index) => endAttempt(pool, id, placed(`R-${round}-${index}`))),
    );
    assert.deepEqual(
      told.map(({ outcome }) => outcome),
      ["placed", "placed"],
    );
    assert.ok(
      told.some(({ isSettled }) => isSettled),
      "nobody was the last",
    );
    const { rows } = await pool.query("select status from checkout.session where session_id = $1", [
      pair[0]?.sessionId,
    ]);
    assert.deepEqual(rows, [{ status: "completed" }]);
  }
});

test("the straight way writes all that the other does: attempt, placement, order, items, history", async () => {
  const [straight, around] = await paidOrders(pool, [api, api]);
  assert.ok(straight !== undefined && around !== undefined);
  // A person is at this one, so that the straight way is not taken.
  const { attemptId } = await claim(around);
  await endAttempt(pool, attemptId, unaskable);
  await endAttempt(pool, attemptId, placed("SAME-2"));
  await endAttempt(pool, (await claim(straight)).attemptId, placed("SAME-1"));
  const written = async ({ orderNumber }: PaidOrder) => {
    const { rows } = await pool.query(
      `select o.status as "order", o.placement_method, o.placed_at is not null as "isPlaced", p.status as placement, p.reason, p.cancel_at,
         a.status as attempt, a.reason as why, a.detail, a.store_total_minor, a.lookup_at, a.ended_at is not null as "isEnded",
         (select array_agg(i.item_status) from orders.order_item i where i.order_number = o.order_number) as items,
         (select array_agg(concat_ws('→', h.from_status, h.to_status) order by h.history_id)
          from orders.order_status_history h where h.order_number = o.order_number) as history,
         (select t.status from placement.manual_task t where t.order_number = o.order_number) as task
       from orders.store_order o join placement.placement p using (order_number) join placement.attempt a using (order_number)
       where o.order_number = $1`,
      [orderNumber],
    );
    return rows[0];
  };
  const { task, placement_method: method, ...rest } = await written(straight);
  assert.deepEqual([task, method], [null, "api"]);
  const { task: withdrawn, placement_method: _method, ...other } = await written(around);
  assert.equal(withdrawn, "withdrawn");
  assert.deepEqual(rest, other);
  assert.deepEqual(rest.history, ["pending", "pending→placed"]);
});

test("one ring for one outcome: a word for pages alone while other orders of the checkout are on their way", () => {
  const rung: string[] = [];
  const bell = { ring: (channel: string, payload: string) => void rung.push(`${channel} ${payload}`) };
  const outcomes: (Written | null)[] = [
    { outcome: "placed", isSettled: false },
    { outcome: "placed", isSettled: true },
    null,
  ];
  for (const written of outcomes) tellSession(bell, "cs_1", written);
  assert.deepEqual(rung, ["muse_session cs_1 order", "muse_session cs_1 placed", "muse_session cs_1 order"]);
});
