import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { openTestDb } from "../../../test/db.ts";
import { paidOrder, paidOrders, type PaidOrder } from "../../../test/paid-orders.ts";

const { pool } = await openTestDb();
let counter = 0;
const next = (prefix: string): string => `${prefix}${(counter += 1)}`;

/** What stands on each account of one checkout, those at zero left out; debits above zero. */
async function booksOf({ sessionId }: PaidOrder): Promise<Record<string, bigint>> {
  const { rows } = await pool.query<{ account: string; sum: bigint }>(
    `select p.account || coalesce(':' || case when p.owner_id like 'store%' then 'store' else p.owner_id end, '') as account,
       sum(p.amount_minor)::bigint as sum
     from ledger.posting p join ledger.entry e using (entry_id) where e.session_id = $1 group by 1 having sum(p.amount_minor) <> 0`,
    [sessionId],
  );
  return Object.fromEntries(rows.map(({ account, sum }) => [account, sum]));
}

async function place({ orderNumber }: PaidOrder): Promise<void> {
  await pool.query("select orders.order_placed_1($1, 'manual', $2)", [orderNumber, next("R-")]);
}

async function openRefund({ orderNumber }: PaidOrder, amountMinor: bigint, lines: unknown = null): Promise<string> {
  const { rows } = await pool.query(
    "select outcome, refund_id from orders.refund_open_1($1, $2, $3, 'goodwill', null, $4)",
    [orderNumber, next("cause:"), amountMinor, lines === null ? null : JSON.stringify(lines)],
  );
  assert.equal(rows[0].outcome, "opened");
  return rows[0].refund_id;
}

async function settle(refundId: string, status: string): Promise<void> {
  await pool.query("select orders.refund_settled_1($1, $2::payment.refund_status, $3, null, null)", [
    refundId,
    status,
    `re_at_${refundId}`,
  ]);
}

const wish = {
  lines: [{ priceMinor: 1_000, quantity: 3, taxMinor: 100 }],
  shippingMinor: 600,
  shippingTaxMinor: 7,
} as const;

test("what is charged is the shopper's until the store has the order, and then the store's, the states' and the delivery's", async () => {
  const order = await paidOrder(pool, wish);
  const { storeId } = order;
  await pool.query("select payment.succeed_1($1, $2)", [order.paymentId, "again"]);
  assert.deepEqual(await booksOf(order), { "provider_clearing:stripe": 3_707n, shopper_funds: -3_707n });
  await place(order);
  await place(order);
  const books = await booksOf(order);
  const store = storeId.startsWith("store") ? "store" : storeId;
  assert.deepEqual(books, {
    "provider_clearing:stripe": 3_707n,
    [`store_payable:${store}`]: -3_000n,
    [`shipping:${store}`]: -600n,
    tax: -107n,
  });
});

test("an order that fails before it is placed: all of it is promised back, and then has gone", async () => {
  const order = await paidOrder(pool, wish);
  await pool.query("select orders.order_end_1($1, 'failed', 'store_refused')", [order.orderNumber]);
  assert.deepEqual(await booksOf(order), { "provider_clearing:stripe": 3_707n, refunds: -3_707n });
  const { rows } = await pool.query("select refund_id from payment.refund where order_number = $1", [
    order.orderNumber,
  ]);
  await settle(rows[0].refund_id, "pending");
  await settle(rows[0].refund_id, "succeeded");
  await settle(rows[0].refund_id, "succeeded");
  assert.deepEqual(await booksOf(order), {});
});

test("a line gives back its goods and its share of the tax; a refund that the bank sends back is owed again", async () => {
  const order = await paidOrder(pool, wish);
  await place(order);
  const before = await booksOf(order);
  const refundId = await openRefund(order, 1_033n, [{ lineNo: 1, quantity: 1, amountMinor: 1_033 }]);
  const opened = await booksOf(order);
  assert.equal(opened["refunds"], -1_033n);
  assert.equal(opened["tax"], -74n);
  await settle(refundId, "succeeded");
  assert.equal((await booksOf(order))["provider_clearing:stripe"], 2_674n);
  await settle(refundId, "failed");
  assert.deepEqual(await booksOf(order), before);
});

test("a payment that came too late goes back whole, without any order", async () => {
  const order = await paidOrder(pool, wish, { isPaid: false });
  const { rows: attempts } = await pool.query("select attempt_id from payment.attempt where payment_id = $1", [
    order.paymentId,
  ]);
  await pool.query(
    "select checkout.payment_settled_1($1, 'failed', $2, null, null, 'card_declined', 'generic_decline', null)",
    [attempts[0].attempt_id, next("pi_")],
  );
  await pool.query("select checkout.session_end_1($1, 'cancelled')", [order.sessionId]);
  const { rows } = await pool.query("select outcome from checkout.payment_succeeded_1($1, $2, 3707, 'USD')", [
    order.paymentId,
    next("pi_"),
  ]);
  assert.equal(rows[0].outcome, "refunded_late");
  assert.deepEqual(await booksOf(order), { "provider_clearing:stripe": 3_707n, refunds: -3_707n });
  const { rows: refunds } = await pool.query("select refund_id from payment.refund where payment_id = $1", [
    order.paymentId,
  ]);
  await settle(refunds[0].refund_id, "succeeded");
  assert.deepEqual(await booksOf(order), {});
});

test("a dispute takes the money, gives it back when it is won, and is a loss when it is not; an old reading changes nothing", async () => {
  const order = await paidOrder(pool, wish);
  const note = async (id: string, status: string, withdrawn: number, movements: number): Promise<string> => {
    const { rows } = await pool.query(
      "select payment.dispute_note_1($1, 'stripe', $2, 3707, 'USD', 'fraudulent', $3, $4, $5, now() + interval '7 days', now()) as outcome",
      [id, `pi_${order.paymentId}`, status, withdrawn, movements],
    );
    return rows[0].outcome;
  };
  const before = await booksOf(order);
  assert.equal(await note("du_a", "inquiry", 0, 0), "noted");
  assert.deepEqual(await booksOf(order), before);
  assert.equal(await note("du_a", "needs_response", 3_707, 1), "noted");
  assert.equal(await note("du_a", "needs_response", 3_707, 1), "known");
  assert.deepEqual(await booksOf(order), { shopper_funds: -3_707n, disputes: 3_707n });
  assert.equal(await note("du_a", "won", 0, 2), "noted");
  assert.equal(await note("du_a", "needs_response", 3_707, 1), "known");
  assert.deepEqual(await booksOf(order), before);
  assert.equal(await note("du_b", "needs_response", 3_707, 1), "noted");
  assert.equal(await note("du_b", "lost", 3_707, 1), "noted");
  assert.equal(await note("du_b", "under_review", 3_707, 1), "known");
  assert.deepEqual(await booksOf(order), { shopper_funds: -3_707n, dispute_losses: 3_707n });
  assert.equal(await note("du_b", "won", 0, 2), "noted");
  assert.deepEqual(await booksOf(order), before, "a bank may think better of it");
  const { rows } = await pool.query(
    "select payment.dispute_note_1('du_c', 'stripe', 'pi_of_nobody', 1, 'USD', 'x', 'lost', 0, 0, null, now()) as outcome",
  );
  assert.equal(rows[0].outcome, "unknown_payment");
});

test("a digital product's price is its seller's but for the platform's tenth, and a refund takes both back", async () => {
  const order = await paidOrder(pool, { lines: [{ priceMinor: 1_995 }], shippingMinor: 0 });
  // Digital goods are bought through another door; to the ledger an order of them is this.
  await pool.query(
    "update orders.store_order set kind = 'digital', group_key = (select product_id from orders.order_item where order_number = $1) where order_number = $1",
    [order.orderNumber],
  );
  await pool.query(
    "update catalog.product set seller_id = 'acc_maker' where product_id = (select group_key from orders.store_order where order_number = $1)",
    [order.orderNumber],
  );
  await place(order);
  assert.deepEqual(await booksOf(order), {
    "provider_clearing:stripe": 1_995n,
    "seller_payable:acc_maker": -1_795n,
    platform_fee: -200n,
  });
  await settle(await openRefund(order, 1_000n, [{ lineNo: 1, quantity: 0, amountMinor: 1_000 }]), "succeeded");
  assert.deepEqual(await booksOf(order), {
    "provider_clearing:stripe": 995n,
    "seller_payable:acc_maker": -895n,
    platform_fee: -100n,
  });
  await settle(await openRefund(order, 995n), "succeeded");
  assert.deepEqual(await booksOf(order), {});
});

test("M4: nothing is changed or taken out, and nothing uneven or empty gets in", async () => {
  const refused = { code: "MU001" };
  await paidOrder(pool, wish);
  await assert.rejects(pool.query("update ledger.posting set amount_minor = amount_minor"), refused);
  await assert.rejects(pool.query("delete from ledger.posting"), refused);
  await assert.rejects(pool.query("update ledger.entry set at = now()"), refused);
  await assert.rejects(pool.query("delete from ledger.entry"), refused);
  await assert.rejects(pool.query("truncate ledger.entry, ledger.posting"), refused);
  const entry = (id: string) =>
    `insert into ledger.entry (cause, cause_id, currency, session_id) values ('order_placed', '${id}', 'USD', 'cs_x') returning entry_id`;
  await assert.rejects(pool.query(entry("alone")), refused);
  await assert.rejects(
    pool.query(
      `with made as (${entry("uneven")}) insert into ledger.posting (entry_id, line_no, account, amount_minor)
       select m.entry_id, s.line_no, 'tax', s.amount_minor from made m cross join (values (1, 5), (2, -4)) as s (line_no, amount_minor)`,
    ),
    refused,
  );
  await assert.rejects(
    pool.query(
      "insert into ledger.posting (entry_id, line_no, account, amount_minor) select min(entry_id), 9, 'tax', 5 from ledger.entry",
    ),
    refused,
  );
});

test("M4: whatever is placed, refunded and sent back in whatever order, the books say what the orders say", async () => {
  const steps = fc.array(
    fc.oneof(
      fc.record({ kind: fc.constant("place" as const), order: fc.nat(1) }),
      fc.record({
        kind: fc.constant("refund" as const),
        order: fc.nat(1),
        line: fc.nat(2),
        share: fc.integer({ min: 1, max: 9 }),
      }),
      fc.record({
        kind: fc.constant("settle" as const),
        nth: fc.nat(5),
        status: fc.constantFrom("pending", "succeeded", "failed"),
      }),
      fc.record({ kind: fc.constant("end" as const), order: fc.nat(1) }),
    ),
    { maxLength: 14 },
  );
  await fc.assert(
    fc.asyncProperty(steps, async (script) => {
      const orders = await paidOrders(pool, [
        {
          lines: [
            { priceMinor: 999, quantity: 2, taxMinor: 83 },
            { priceMinor: 101, taxMinor: 9 },
          ],
          shippingTaxMinor: 41,
        },
        { lines: [{ priceMinor: 1, taxMinor: 1 }], shippingMinor: 0 },
      ]);
      const refunds: string[] = [];
      for (const step of script) await take(step, orders, refunds);
      for (const refundId of refunds) await settle(refundId, "succeeded").catch(() => undefined);
      const { rows } = await pool.query(
        `select w.order_number, w.account, w.wanted, w.posted from (
           select o.order_number, x.account, x.amount_minor as wanted, coalesce((select sum(p.amount_minor) from ledger.posting p
             where p.order_number = o.order_number and p.account = x.account), 0)::bigint as posted
           from orders.store_order o cross join lateral ledger.wanted_1(o.order_number, exists (
             select from ledger.entry e where e.cause = 'order_placed' and e.cause_id = o.order_number)) x
           where o.session_id = $1) w where w.wanted <> w.posted`,
        [orders[0]?.sessionId],
      );
      assert.deepEqual(rows, []);
    }),
    { numRuns: 25 },
  );
});

type Step =
  | { kind: "place"; order: number }
  | { kind: "end"; order: number }
  | { kind: "refund"; order: number; line: number; share: number }
  | { kind: "settle"; nth: number; status: string };

/** One step of a script; what the rooms refuse is left undone. */
async function take(step: Step, orders: readonly PaidOrder[], refunds: string[]): Promise<void> {
  if (step.kind === "settle") {
    const refundId = refunds[step.nth];
    if (refundId !== undefined) await settle(refundId, step.status).catch(() => undefined);
    return;
  }
  const order = orders[step.order];
  assert.ok(order !== undefined);
  if (step.kind === "place") return await place(order);
  if (step.kind === "end") {
    await pool.query("select orders.order_end_1($1, 'cancelled', 'shopper')", [order.orderNumber]);
    const { rows } = await pool.query(
      "select refund_id from payment.refund where order_number = $1 and not refund_id = any($2)",
      [order.orderNumber, refunds],
    );
    refunds.push(...rows.map((row) => row.refund_id));
    return;
  }
  const { rows } = await pool.query(
    `select (l ->> 'lineNo')::int as "lineNo", (l ->> 'amountMinor')::bigint as left from orders.store_order o,
       jsonb_array_elements(orders.refund_rest_1(o.order_number)) l where o.order_number = $1 and o.status not in ('failed', 'cancelled')`,
    [order.orderNumber],
  );
  const line = rows[step.line];
  if (line === undefined || line.left < 2n) return;
  const amountMinor = (line.left * BigInt(step.share)) / 10n + 1n;
  const lines = [{ lineNo: line.lineNo, quantity: 0, amountMinor: Number(amountMinor) }];
  refunds.push(await openRefund(order, amountMinor, lines));
}
