import assert from "node:assert/strict";
import { test } from "node:test";
import { must } from "#kernel/assert.ts";
import { silentLog } from "#platform/log/log.ts";
import { openTestDb } from "../../../test/db.ts";
import { inLine, ordersOf, rowLock, untilWaiting, type HeldLock } from "../../../test/in-line.ts";
import { paidOrder, paidOrders, type PaidOrder } from "../../../test/paid-orders.ts";
import { cancelOrder } from "./cancel-order.ts";
import { placementsClaim, taskClaim, taskPlace } from "./placement.sql.gen.ts";
import { endAttempt, writeOutcome, type AttemptOutcome } from "./write-outcome.ts";

const { pool } = await openTestDb({ connectionMax: 16, isPatient: true });
const api = { connector: "rest-lookup" } as const;
const orderRow = ({ orderNumber }: PaidOrder): HeldLock => rowLock("orders.store_order", "order_number", orderNumber);

async function claimed(order: PaidOrder): Promise<string> {
  const claims = await placementsClaim(pool, { workerId: "w1", methods: ["api"], countMax: 50 });
  return must(claims.find(({ orderNumber }) => orderNumber === order.orderNumber)?.attemptId, "the order is claimed");
}

const saying = (status: AttemptOutcome["status"], storeOrderNumber: string | null): AttemptOutcome => ({
  status,
  reason: status === "placed" ? null : "store_error",
  detail: null,
  storeOrderNumber,
  storeTotalMinor: storeOrderNumber === null ? null : 100,
  retryAfterMs: null,
  lookUpAfterSeconds: 60,
});
const end = async (attemptId: string, status: AttemptOutcome["status"], number: string | null): Promise<string> =>
  (await endAttempt(pool, attemptId, saying(status, number))).outcome;

const tell = async ({ orderNumber }: PaidOrder, number: string): Promise<string> => {
  const { rows } = await pool.query(
    `with held as (select order_number from orders.store_order where order_number = $1 for update)
     select placement.store_says_1(order_number, $2, true) as outcome from held`,
    [orderNumber, number],
  );
  return rows[0].outcome;
};

async function standing({ orderNumber }: PaidOrder): Promise<string> {
  const { rows } = await pool.query(
    `select o.status, o.store_order_number as number, p.status as placement, o.refunded_minor = o.total_minor as is_refunded,
       (select string_agg(a.status::text, ',' order by a.fence) from placement.attempt a where a.order_number = o.order_number) as attempts,
       (select string_agg(t.kind || ' ' || t.status, ',') from placement.manual_task t where t.order_number = o.order_number and t.closed_at is null) as tasks
     from orders.store_order o join placement.placement p using (order_number) where o.order_number = $1`,
    [orderNumber],
  );
  const { status, number, placement, is_refunded: isRefunded, attempts, tasks } = rows[0];
  return [status, placement, `attempts ${attempts}`, number ?? "", isRefunded ? "refunded" : "", tasks ?? ""]
    .filter((part) => part !== "")
    .join("; ");
}

test("a claim writes its attempt in the same commit: whoever claims meanwhile passes the order by (O3)", async () => {
  const orders = await paidOrders(pool, [api, api, api]);
  const client = await pool.connect();
  await client.query("begin");
  const { rows: mine } = await client.query("select order_number from placement.claim_1('w1', '{api}', 2)");
  const theirs = await placementsClaim(pool, { workerId: "w2", methods: ["api"], countMax: 50 });
  await client.query("commit");
  client.release();
  const both = [...mine.map((row) => String(row.order_number)), ...theirs.map(({ orderNumber }) => orderNumber)];
  assert.deepEqual(both.toSorted(), orders.map(({ orderNumber }) => orderNumber).toSorted(), "each once");
  const { rows } = await pool.query(
    "select count(*)::int as attempts from placement.attempt where order_number = any($1)",
    [both],
  );
  assert.deepEqual(rows, [{ attempts: 3 }]);
});

test("the store's answer and its event in both orders: placed once, under one number (O3)", async () => {
  for (const order of ordersOf(["answer", "event"] as const)) {
    const made = await paidOrder(pool, api);
    const attemptId = await claimed(made);
    const acts = {
      answer: () => end(attemptId, "placed", `AT-${made.orderNumber}`),
      event: () => tell(made, `AT-${made.orderNumber}`),
    };
    const told = await inLine(
      pool,
      orderRow(made),
      order.map((act) => acts[act]),
    );
    assert.deepEqual(told, ["placed", order[0] === "answer" ? "none" : "ended"]);
    assert.equal(await standing(made), `placed; placed; attempts placed; AT-${made.orderNumber}`);
  }
});

test("a late yes, a not-knowing and a claim of absence of one attempt in all orders: a yes is never lost (O3)", async () => {
  for (const order of ordersOf(["placed", "unknown", "unavailable"] as const)) {
    const made = await paidOrder(pool, api);
    const attemptId = await claimed(made);
    const number = `AT-${made.orderNumber}`;
    await inLine(
      pool,
      orderRow(made),
      order.map((status) => () => end(attemptId, status, status === "placed" ? number : null)),
    );
    assert.match(await standing(made), new RegExp(`^placed; placed; attempts [a-z,]*placed; ${number}`), order.join());
  }
});

test("a cancellation and the store's yes in both orders: called back at the store, or asked to be (O4)", async () => {
  const first = await paidOrder(pool, api);
  const attempt = await claimed(first);
  await inLine<unknown>(pool, orderRow(first), [
    () => cancelOrder(pool, first.orderNumber, "cancelled_by_shopper"),
    () => end(attempt, "placed", `AT-${first.orderNumber}`),
  ]);
  assert.equal(await standing(first), `placed; placed; attempts placed; AT-${first.orderNumber}`);
  const wanted = await pool.query(
    `select o.cancel_requested_at is not null as is_wanted, exists (
       select from graphile_worker.jobs j where j.key = 'placement.cancel:' || o.order_number) as is_rung
     from orders.store_order o where order_number = $1`,
    [first.orderNumber],
  );
  assert.deepEqual(wanted.rows, [{ is_wanted: true, is_rung: true }]);

  const second = await paidOrder(pool, api);
  const refused = await claimed(second);
  await inLine<unknown>(pool, orderRow(second), [
    () => cancelOrder(pool, second.orderNumber, "cancelled_by_shopper"),
    () => end(refused, "unavailable", null),
  ]);
  assert.equal(await standing(second), "cancelled; cancelled; attempts unavailable; refunded", "it never left");
});

test("six operators in line for one manual order: one has it, and only its holder may place it", async () => {
  const made = await paidOrder(pool, {});
  const { orderNumber } = made;
  const claim = (operator: string) => async () =>
    (await taskClaim(pool, { orderNumber, operator, leaseSeconds: 900 })).outcome;
  const task = rowLock("placement.manual_task", "order_number", orderNumber);
  const told = await inLine(pool, task, ["a", "b", "c", "d", "e", "f"].map(claim));
  assert.deepEqual(told, ["claimed", "held", "held", "held", "held", "held"]);
  const place = (operator: string) => async () =>
    (await taskPlace(pool, { orderNumber, operator, storeOrderNumber: `HAND-${orderNumber}`, paidMinor: 1n })).outcome;
  assert.deepEqual(await inLine(pool, orderRow(made), [place("b"), place("a"), place("a")]), [
    "not_held",
    "placed",
    "placed",
  ]);
  assert.equal(await standing(made), `placed; placed; attempts placed; HAND-${orderNumber}`);
});

test("two orders of one store answered with the same number at once: one has it, a person asks about the other (O3)", async () => {
  const one = await paidOrder(pool, api);
  const two = await paidOrder(pool, { ...api, storeId: one.storeId });
  const [first, second] = [await claimed(one), await attemptOf(two)];
  const number = `AT-${one.orderNumber}`;
  const client = await pool.connect();
  await client.query("begin");
  await client.query("select placement.attempt_end_1($1, 'placed', null, null, $2, 1, null, null)", [first, number]);
  const writing = writeOutcome({ db: pool, log: silentLog }, second, saying("placed", number));
  await untilWaiting(pool, 1);
  await client.query("commit");
  client.release();
  assert.equal((await writing)?.outcome, "unknown");
  assert.equal(await standing(one), `placed; placed; attempts placed; ${number}`);
  assert.equal(await standing(two), "pending; manual; attempts unknown; place open");
});

async function attemptOf({ orderNumber }: PaidOrder): Promise<string> {
  const { rows } = await pool.query("select attempt_id from placement.attempt where order_number = $1", [orderNumber]);
  return must(rows[0]?.attempt_id, "it was claimed along with the first");
}
