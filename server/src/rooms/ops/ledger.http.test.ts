import assert from "node:assert/strict";
import { test } from "node:test";
import { silentLog } from "#platform/log/log.ts";
import { as } from "#platform/http/test-server.ts";
import { openTestDb } from "../../../test/db.ts";
import { paidOrders, type PaidOrder } from "../../../test/paid-orders.ts";
import { reconcileJobs, type ProviderBooks } from "#rooms/ledger";
import { code, openDeskCaller } from "./test/desk-caller.ts";

const { pool } = await openTestDb();
const { call, get, trail, http } = openDeskCaller(pool);

/** A checkout of two stores, both placed; the first one's buyer had ten dollars back. */
async function bought(): Promise<readonly [PaidOrder, PaidOrder]> {
  const [first, second] = await paidOrders(pool, [
    { lines: [{ priceMinor: 10_000, taxMinor: 500 }], shippingMinor: 600 },
    { lines: [{ priceMinor: 2_000 }], shippingMinor: 0 },
  ]);
  assert.ok(first !== undefined && second !== undefined);
  for (const { orderNumber } of [first, second])
    await pool.query("select orders.order_placed_1($1, 'manual', $2)", [orderNumber, `R-${orderNumber}`]);
  const { rows } = await pool.query(
    `select refund_id from orders.refund_open_1($1, $2, 1050, 'goodwill', null, '[{"lineNo":1,"quantity":0,"amountMinor":1050}]')`,
    [first.orderNumber, `test:${first.orderNumber}`],
  );
  await pool.query("select orders.refund_settled_1($1, 'succeeded', $2, null, null)", [
    rows[0].refund_id,
    `re_${rows[0].refund_id}`,
  ]);
  return [first, second];
}

const [first, second] = await bought();
const month = new Date().toISOString().slice(0, 7);

/** A provider whose books hold the charge at another amount, and nothing of the refund. */
const books: ProviderBooks = {
  provider: "stripe",
  recordsOf: async function* () {
    yield [
      {
        recordId: "txn_1",
        kind: "charge",
        paymentRef: `pi_${first.paymentId}`,
        objectRef: "ch_1",
        ownId: first.paymentId,
        amountMinor: 13_000n,
        feeMinor: 407n,
        currency: "USD",
        bookedAt: new Date(Date.now() - 3_600_000),
      },
    ];
  },
};

async function csv(path: string): Promise<string[]> {
  const response = await http.fastify.inject({
    method: "GET",
    url: `/api/v1/admin${path}`,
    headers: as("ops", "acc_ops"),
  });
  assert.equal(response.statusCode, 200, response.body);
  assert.match(String(response.headers["content-type"]), /^text\/csv/);
  return response.body.trimEnd().split("\r\n");
}

test("balances say what is held, owed and promised", async () => {
  const { balances } = await get("/ledger/balances");
  const at = (account: string, ownerId: string | null) =>
    balances.find((row: { account: string; ownerId: string }) => row.account === account && row.ownerId === ownerId);
  assert.equal(at("provider_clearing", "stripe").balanceCents, 13_100 - 1_050);
  assert.deepEqual(
    [at("store_payable", first.storeId).balanceCents, at("store_payable", first.storeId).balanceDisplay],
    [9_000, "$90.00"],
  );
  assert.equal(at("store_payable", second.storeId).balanceCents, 2_000);
  assert.equal(at("shipping", first.storeId).balanceCents, 600);
  assert.equal(at("tax", null).balanceCents, 450);
  assert.equal(at("refunds", null).balanceCents, 0);
  assert.equal(at("shopper_funds", null).balanceCents, 0);
});

test("a store's statement is a month of postings with what stood before and after", async () => {
  const lines = await csv(`/ledger/stores/${first.storeId}/statement?month=${month}`);
  const cells = lines.map((line) => line.split(",").slice(2));
  assert.deepEqual(cells, [
    ["what", "order", "payout", "account", "amount", "currency", "balance"],
    ["order_placed", first.orderNumber, "", "store_payable", "100.00", "USD", "100.00"],
    ["order_placed", first.orderNumber, "", "shipping", "6.00", "USD", "106.00"],
    ["refund_opened", first.orderNumber, "", "store_payable", "-10.00", "USD", "96.00"],
    ["closing_balance", "", "", "", "", "USD", "96.00"],
  ]);
  const later = await csv(`/ledger/stores/${first.storeId}/statement?month=2099-01`);
  assert.deepEqual(
    later.map((line) => line.split(",")[2]),
    ["what", "opening_balance", "closing_balance"],
  );
  assert.equal((await csv(`/ledger/sellers/acc_nobody/statement?month=${month}`)).length, 1);
  assert.equal((await call("GET", `/ledger/stores/${first.storeId}/statement?month=2026-13`)).status, 400);
});

test("somebody asks for a reconciliation, once; its report names what differs and the orders it is about", async () => {
  for (const _twice of [1, 2]) {
    const { status, body } = await call("POST", "/ledger/reconciliations", { payload: { provider: "stripe" } });
    assert.deepEqual([status, body.data], [200, { provider: "stripe", status: "queued" }]);
  }
  assert.equal((await call("POST", "/ledger/reconciliations", { payload: { provider: "paypal" } })).status, 400);
  assert.deepEqual(await trail("stripe"), ["ledger.reconcile", "ledger.reconcile"]);
  const { rows } = await pool.query(
    "select payload from graphile_worker._private_jobs where task_id = (select id from graphile_worker._private_tasks where identifier = 'ledger.reconcile')",
  );
  assert.deepEqual(
    rows.map(({ payload }) => payload),
    [{ provider: "stripe", requestedBy: "acc_ops" }],
  );
  await pool.query(
    "update payment.payment set created_at = created_at - interval '3 hours', succeeded_at = succeeded_at - interval '2 hours'",
  );
  const [job] = reconcileJobs({ db: pool, log: silentLog, books: [books] });
  await job?.run(rows[0].payload, new AbortController().signal);

  const list = await get("/ledger/reconciliations");
  assert.equal(list.total, 1);
  const [run] = list.reconciliations;
  assert.deepEqual([run.status, run.requestedBy, run.recordCount, run.differenceCount], ["finished", "acc_ops", 1, 1]);
  const report = await get(`/ledger/reconciliations/${run.reconciliationId}`);
  assert.deepEqual(report.sums, [
    {
      currency: "USD",
      kind: "charge",
      count: 1,
      amountCents: 13_000,
      amountDisplay: "$130.00",
      feeCents: 407,
      feeDisplay: "$4.07",
    },
  ]);
  const [difference] = report.differences;
  assert.deepEqual(
    [difference.kind, difference.subject, difference.oursDisplay, difference.theirsDisplay],
    ["charge_amount", first.paymentId, "$131.00", "$130.00"],
  );
  assert.deepEqual(new Set(difference.museOrderNumbers), new Set([first.orderNumber, second.orderNumber]));
  assert.deepEqual(code(await call("GET", "/ledger/reconciliations/rec_0000000000")), [
    404,
    "reconciliation_not_found",
  ]);
});

test("a dispute is shown with what we hold against it", async () => {
  const note = (status: string, withdrawn: number, movements: number) =>
    pool.query(
      "select payment.dispute_note_1('du_1', 'stripe', $1, 13100, 'USD', 'product_not_received', $2, $3, $4, now() + interval '7 days', now())",
      [`pi_${first.paymentId}`, status, withdrawn, movements],
    );
  await note("needs_response", 13_100, 1);
  await pool.query("select shipment.put_1('sh_1', $1, 'swiftpost', 'SP123', null, null, null)", [first.orderNumber]);
  const open = await get("/disputes?open=true");
  assert.deepEqual(
    open.disputes.map((row: { disputeId: string; status: string; withdrawnDisplay: string }) => [
      row.disputeId,
      row.status,
      row.withdrawnDisplay,
    ]),
    [["du_1", "needs_response", "$131.00"]],
  );
  const { evidence, ...dispute } = await get("/disputes/du_1");
  assert.deepEqual([dispute.reason, dispute.checkoutSessionId], ["product_not_received", first.sessionId]);
  assert.equal(evidence.contactEmail, "ada@shopper.test");
  assert.deepEqual([evidence.chargedCents, evidence.refundedCents], [13_100, 1_050]);
  const order = evidence.orders.find((each: { museOrderNumber: string }) => each.museOrderNumber === first.orderNumber);
  assert.deepEqual(
    [order.parcels[0].trackingNumber, order.parcels[0].deliveredAt, order.history[0].to],
    ["SP123", null, "pending"],
  );
  await note("lost", 13_100, 1);
  assert.deepEqual((await get("/disputes?open=true")).disputes, []);
  assert.equal((await get("/disputes?open=false")).total, 1);
  assert.deepEqual(code(await call("GET", "/disputes/du_none")), [404, "dispute_not_found"]);
});

test("the books are the desk's alone", async () => {
  for (const path of ["/ledger/balances", "/ledger/reconciliations", "/disputes", "/disputes/du_1"]) {
    const response = await http.fastify.inject({ method: "GET", url: `/api/v1/admin${path}` });
    assert.equal(response.statusCode, 401, path);
  }
});
