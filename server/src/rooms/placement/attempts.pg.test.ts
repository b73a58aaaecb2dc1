import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDb } from "../../../test/db.ts";
import { permit } from "../../../test/permit.ts";
import { paidOrder, paidOrders, testAddress, type PaidOrder } from "../../../test/paid-orders.ts";
import { lookUpsClaim, overdueAbandon, placementsClaim, storeLimitPut } from "./placement.sql.gen.ts";
import { attemptStatuses, attemptTransitions } from "./rules.ts";
import { endAttempt as writeAttempt, type AttemptOutcome } from "./write-outcome.ts";

const { pool } = await openTestDb();

const endAttempt = async (...args: Parameters<typeof writeAttempt>): Promise<string> =>
  (await writeAttempt(...args)).outcome;
const api = { connector: "rest-lookup" } as const;

const blank = {
  reason: null,
  detail: null,
  storeOrderNumber: null,
  storeTotalMinor: null,
  retryAfterMs: null,
  lookUpAfterSeconds: null,
} as const;
const placed = (number: string): AttemptOutcome => ({
  ...blank,
  status: "placed",
  storeOrderNumber: number,
  storeTotalMinor: 100,
});
const refused: AttemptOutcome = { ...blank, status: "refused", reason: "out_of_stock" };
const unavailable: AttemptOutcome = { ...blank, status: "unavailable", reason: "unreachable" };
const unknown: AttemptOutcome = { ...blank, status: "unknown", reason: "no_answer", lookUpAfterSeconds: 0 };
const unaskable: AttemptOutcome = { ...unknown, lookUpAfterSeconds: null };

/** Claims until this order's attempt is among them; whatever else is due is left where it was. */
async function claim({ orderNumber }: PaidOrder, workerId = "w1") {
  await pool.query(
    "update placement.placement set next_attempt_at = now() + interval '1 hour' where order_number <> $1 and status = 'waiting'",
    [orderNumber],
  );
  await pool.query(
    "update placement.placement set next_attempt_at = now() where order_number = $1 and status = 'waiting'",
    [orderNumber],
  );
  const [claimed] = await placementsClaim(pool, { workerId, methods: ["api", "headless"], countMax: 10 });
  assert.equal(claimed?.orderNumber, orderNumber);
  return claimed;
}

async function stateOf({ orderNumber }: PaidOrder) {
  const { rows } = await pool.query(
    `select o.status as "order", o.payment_status as payment, o.refunded_minor as refunded, o.store_order_number as number, o.reason,
       p.status as placement, p.tries, p.fence, p.method, t.status as task, t.why, t.outcome_unknown as "isUnknown"
     from orders.store_order o left join placement.placement p using (order_number)
     left join placement.manual_task t on t.order_number = o.order_number and t.closed_at is null
     where o.order_number = $1`,
    [orderNumber],
  );
  return rows[0];
}

const count = async (text: string, values: unknown[]): Promise<number> =>
  Number((await pool.query(text, values)).rows[0].count);

test("the database allows exactly the life of an attempt that rules.ts draws, every pair tried", async () => {
  const order = await paidOrder(pool, api);
  const { attemptId } = await claim(order);
  for (const from of attemptStatuses) {
    for (const to of attemptStatuses) {
      const client = await pool.connect();
      let isAllowed = true;
      try {
        await client.query("begin");
        await client.query("set local session_replication_role = replica");
        await client.query("update placement.attempt set status = $2::placement.attempt_status where attempt_id = $1", [
          attemptId,
          from,
        ]);
        await client.query("set local session_replication_role = origin");
        await client.query("update placement.attempt set status = $2::placement.attempt_status where attempt_id = $1", [
          attemptId,
          to,
        ]);
      } catch (error) {
        assert.equal((error as { code?: string }).code, "MU001");
        isAllowed = false;
      }
      await client.query("rollback");
      client.release();
      assert.equal(isAllowed, from === to || attemptTransitions[from].includes(to), `${from} → ${to}`);
    }
  }
});

test("O3: five workers claiming at once never get one order twice, and get all of them", async () => {
  const orders = await Promise.all(Array.from({ length: 8 }, () => paidOrders(pool, [api, api, api, api, api])));
  const all = orders.flat().map(({ orderNumber }) => orderNumber);
  const claimed: string[] = [];
  await Promise.all(
    Array.from({ length: 5 }, async (_, worker) => {
      for (;;) {
        const rows = await placementsClaim(pool, { workerId: `w${worker}`, methods: ["api"], countMax: 3 });
        if (rows.length === 0) return;
        claimed.push(...rows.map(({ orderNumber }) => orderNumber));
      }
    }),
  );
  assert.equal(new Set(claimed).size, claimed.length);
  assert.deepEqual(claimed.filter((number) => all.includes(number)).sort(), [...all].sort());
  assert.equal(
    await count("select count(*) from placement.attempt where status = 'started' and order_number = any ($1)", [all]),
    40,
  );
});

test("a claim comes with all that the store has to be told, in one statement", async () => {
  const order = await paidOrder(pool, {
    ...api,
    lines: [{ priceMinor: 2_000, quantity: 2 }, { priceMinor: 999 }],
    shippingMinor: 600,
  });
  const { request, connector, timeoutMs } = await claim(order);
  assert.equal(connector, "rest-lookup");
  assert.equal(timeoutMs, 2_000);
  const lines = (request as { lines: { sku: string }[] }).lines.map(({ sku: _sku, ...line }) => line);
  assert.deepEqual(
    { ...(request as object), lines },
    {
      currency: "USD",
      shippingOptionId: "standard",
      shipTo: testAddress,
      contactEmail: "ada@shopper.test",
      // 4000 + 999 + 600, and the store's 3 % on top, rounded down.
      totalMinorMax: 5_766,
      lines: [
        {
          quantity: 2,
          unitPriceMinor: 2_000,
          title: lines[0] && (lines[0] as { title?: string }).title,
          size: null,
          color: null,
          productUrl: null,
        },
        {
          quantity: 1,
          unitPriceMinor: 999,
          title: lines[1] && (lines[1] as { title?: string }).title,
          size: null,
          color: null,
          productUrl: null,
        },
      ],
    },
  );
});

test("a worker is given only what it can do", async () => {
  const order = await paidOrder(pool, api);
  await pool.query("update store.tier set method = 'headless' where store_id = $1 and position = 1", [order.storeId]);
  await pool.query("update placement.placement set method = 'headless' where order_number = $1", [order.orderNumber]);
  await permit(pool, order.storeId);
  const mine = async (methods: ("api" | "headless")[]): Promise<boolean> =>
    (await placementsClaim(pool, { workerId: "w", methods, countMax: 100 })).some(
      ({ orderNumber }) => orderNumber === order.orderNumber,
    );
  assert.equal(await mine(["api"]), false);
  assert.equal(await mine(["headless"]), true);
});

test("a store's limit holds over all workers, and frees as orders end", async () => {
  const [first, ...others] = await paidOrders(pool, [api, api]);
  assert.ok(first !== undefined);
  const storeId = first.storeId;
  const mine = [first, ...(await Promise.all(Array.from({ length: 4 }, () => paidOrder(pool, { ...api, storeId }))))];
  await storeLimitPut(pool, { storeId, method: "api", runningMax: 2 });
  const rounds = await Promise.all(
    Array.from({ length: 6 }, (_, worker) =>
      placementsClaim(pool, { workerId: `w${worker}`, methods: ["api"], countMax: 50 }),
    ),
  );
  const claimed = rounds.flat().filter((row) => row.storeId === storeId);
  assert.equal(claimed.length, 2);
  assert.ok(
    rounds.flat().some(({ orderNumber }) => orderNumber === others[0]?.orderNumber),
    "other stores are not held up",
  );

  await endAttempt(pool, claimed[0]?.attemptId ?? "", placed("L-1"));
  const next = await placementsClaim(pool, { workerId: "w", methods: ["api"], countMax: 50 });
  assert.equal(next.filter((row) => row.storeId === storeId).length, 1);
  assert.equal(mine.length, 5);
  await pool.query("delete from placement.store_limit where store_id = $1", [storeId]);
});

test("placed: the order is placed, its items too, and saying it twice changes nothing", async () => {
  const order = await paidOrder(pool, api);
  const { attemptId } = await claim(order);
  assert.equal(await endAttempt(pool, attemptId, placed("P-1")), "placed");
  assert.equal(await endAttempt(pool, attemptId, placed("P-1")), "ended");
  assert.equal(await endAttempt(pool, attemptId, refused), "ended");
  assert.equal(await endAttempt(pool, "pla_nobody", refused), "not_found");
  const state = await stateOf(order);
  assert.deepEqual([state.order, state.placement, state.number, state.task], ["placed", "placed", "P-1", null]);
  assert.equal(
    await count("select count(*) from orders.order_item where order_number = $1 and item_status = 'placed'", [
      order.orderNumber,
    ]),
    1,
  );
  assert.equal(
    await count("select count(*) from orders.order_status_history where order_number = $1", [order.orderNumber]),
    2,
  );
});

test("refused: the order fails, its stock goes back, and every cent of it is refunded", async () => {
  const order = await paidOrder(pool, {
    ...api,
    lines: [{ priceMinor: 1_234, stock: 5, taxMinor: 77 }],
    shippingTaxMinor: 5,
  });
  const { attemptId } = await claim(order);
  assert.equal(await endAttempt(pool, attemptId, refused), "refused");
  const state = await stateOf(order);
  assert.deepEqual([state.order, state.reason, state.refunded], ["failed", "out_of_stock", order.totalMinor]);
  assert.equal(order.totalMinor, 1_234n + 599n + 77n + 5n);
  const stock = await pool.query("select on_hand, reserved from inventory.stock where variant_id = $1", [
    order.goods[0]?.variantId,
  ]);
  assert.deepEqual(stock.rows, [{ on_hand: 5, reserved: 0 }]);
  const refunds = await pool.query("select amount_minor, status, lines from payment.refund where order_number = $1", [
    order.orderNumber,
  ]);
  assert.deepEqual(refunds.rows, [
    {
      amount_minor: order.totalMinor,
      status: "created",
      lines: [
        { lineNo: 0, quantity: 0, amountMinor: 604 },
        { lineNo: 1, quantity: 1, amountMinor: 1_311 },
      ],
    },
  ]);
});

test("unavailable: tried again with backoff, then the next tier, then a person", async () => {
  const order = await paidOrder(pool, api);
  await pool.query("update store.tier set tries_max = 2 where store_id = $1", [order.storeId]);
  await pool.query("update store.tier set position = 3 where store_id = $1 and position = 2", [order.storeId]);
  await pool.query(
    "insert into store.tier (store_id, position, method, connector, base_url, tries_max) values ($1, 2, 'headless', 'pages', 'http://127.0.0.1:9', 2)",
    [order.storeId],
  );
  await permit(pool, order.storeId);
  for (const [tries, method] of [
    [1, "api"],
    [0, "headless"],
    [1, "headless"],
  ] as const) {
    const { attemptId } = await claim(order);
    assert.equal(await endAttempt(pool, attemptId, unavailable), "unavailable");
    const state = await stateOf(order);
    assert.deepEqual([state.placement, state.tries, state.method], ["waiting", tries, method]);
  }
  const { attemptId } = await claim(order);
  await endAttempt(pool, attemptId, unavailable);
  const state = await stateOf(order);
  assert.deepEqual(
    [state.placement, state.task, state.why, state.isUnknown, state.fence],
    ["manual", "open", "unreachable", false, 4],
  );
});

test("a CAPTCHA is no reason to try again: the next tier goes on at once", async () => {
  const order = await paidOrder(pool, api);
  const { attemptId } = await claim(order);
  await endAttempt(pool, attemptId, { ...unavailable, reason: "captcha", detail: "a puzzle with traffic lights" });
  const state = await stateOf(order);
  assert.deepEqual([state.placement, state.task, state.why], ["manual", "open", "captcha"]);
});

test("a store that asks for patience is given it", async () => {
  const order = await paidOrder(pool, api);
  const { attemptId } = await claim(order);
  await endAttempt(pool, attemptId, { ...unavailable, retryAfterMs: 90_000 });
  assert.equal(
    await count(
      "select count(*) from placement.placement where order_number = $1 and next_attempt_at > now() + interval '80 seconds'",
      [order.orderNumber],
    ),
    1,
  );
});

test("unknown: nobody submits again; the late answer still counts", async () => {
  const order = await paidOrder(pool, api);
  const { attemptId } = await claim(order);
  assert.equal(await endAttempt(pool, attemptId, unknown), "unknown");
  await pool.query("update placement.placement set next_attempt_at = now()");
  const claimable = await placementsClaim(pool, { workerId: "w", methods: ["api"], countMax: 100 });
  assert.ok(!claimable.some(({ orderNumber }) => orderNumber === order.orderNumber));
  assert.equal((await stateOf(order)).placement, "unknown");

  assert.equal(await endAttempt(pool, attemptId, placed("LATE-1")), "placed");
  assert.deepEqual(await stateOf(order).then((state) => [state.order, state.number]), ["placed", "LATE-1"]);
  const looked = await lookUpsClaim(pool, { methods: ["api"], countMax: 100 });
  assert.ok(!looked.some((row) => row.attemptId === attemptId), "there is nothing left to look up");
});

test("unknown where nobody can look it up: a person finds out, and a proof of absence gives it back to the machine", async () => {
  const order = await paidOrder(pool, api);
  const { attemptId } = await claim(order);
  await endAttempt(pool, attemptId, { ...unaskable, detail: "connection lost" });
  const state = await stateOf(order);
  assert.deepEqual(
    [state.placement, state.task, state.why, state.isUnknown],
    ["manual", "open", "outcome_unknown", true],
  );

  assert.equal(await endAttempt(pool, attemptId, { ...unavailable, reason: "not_there" }), "unavailable");
  assert.deepEqual(await stateOf(order).then((now) => [now.placement, now.task]), ["waiting", null]);
});

test("C9, C10: an attempt whose worker is gone becomes unknown, once, and is looked up at once", async () => {
  const order = await paidOrder(pool, api);
  const { attemptId } = await claim(order);
  assert.equal((await overdueAbandon(pool, { countMax: 100 })).abandoned, 0, "within its deadline it is left alone");
  await pool.query("update placement.attempt set deadline_at = now() - interval '1 second' where attempt_id = $1", [
    attemptId,
  ]);
  const rounds = await Promise.all([1, 2, 3].map(() => overdueAbandon(pool, { countMax: 100 })));
  assert.equal(
    rounds.reduce((sum, { abandoned }) => sum + abandoned, 0),
    1,
  );
  assert.equal((await stateOf(order)).placement, "unknown");

  const looked = await Promise.all([1, 2, 3].map(() => lookUpsClaim(pool, { methods: ["api"], countMax: 100 })));
  assert.equal(looked.flat().filter((row) => row.attemptId === attemptId).length, 1, "one worker looks it up");
  assert.equal(await endAttempt(pool, attemptId, placed("BACK-1")), "placed");
});

test("a number that another order has is no proof: a person looks at it", async () => {
  const storeId = (await paidOrder(pool, api)).storeId;
  const [first, second] = [await paidOrder(pool, { ...api, storeId }), await paidOrder(pool, { ...api, storeId })];
  assert.ok(first !== undefined && second !== undefined);
  await endAttempt(pool, (await claim(first)).attemptId, placed("SAME"));
  assert.equal(await endAttempt(pool, (await claim(second)).attemptId, placed("SAME")), "unknown");
  assert.deepEqual(await stateOf(second).then((state) => [state.order, state.placement, state.isUnknown]), [
    "pending",
    "manual",
    true,
  ]);
});

test("what was taken for absent and is there after all is placed, or taken back when there is another by then", async () => {
  const order = await paidOrder(pool, api);
  const first = await claim(order);
  await endAttempt(pool, first.attemptId, unknown);
  await endAttempt(pool, first.attemptId, { ...unavailable, reason: "not_there" });
  assert.equal(await endAttempt(pool, first.attemptId, placed("GHOST-1")), "placed");
  assert.deepEqual(await stateOf(order).then((state) => [state.order, state.number]), ["placed", "GHOST-1"]);

  const other = await paidOrder(pool, api);
  const lost = await claim(other);
  await endAttempt(pool, lost.attemptId, unknown);
  await endAttempt(pool, lost.attemptId, { ...unavailable, reason: "not_there" });
  await endAttempt(pool, (await claim(other)).attemptId, placed("REAL-2"));
  assert.equal(await endAttempt(pool, lost.attemptId, placed("GHOST-2")), "surplus");
  const state = await stateOf(other);
  assert.deepEqual(
    [state.order, state.number, state.task, state.why],
    ["placed", "REAL-2", "open", "surplus_at_store"],
  );
});
