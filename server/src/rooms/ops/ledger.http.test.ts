import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { silentLog } from "#platform/log/log.ts";
import { as } from "#platform/http/test-server.ts";
import { openTestDb } from "../../../test/db.ts";
import { buyFile, makeFile } from "../../../test/digital.ts";
import { paidOrders, type PaidOrder } from "../../../test/paid-orders.ts";
import { reconcileJobs, type ProviderBooks } from "#rooms/ledger";
import { downloadNote, linkTake } from "../access/access.sql.gen.ts";
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

test("of files a dispute shows downloads, waiver and sign-ins; what we hold is drafted, and answered once", async () => {
  const accountId = newId("acc");
  const { productId } = await makeFile(pool);
  const { orderNumber, sessionId } = await buyFile(pool, { productId }, accountId);
  await pool.query("select access.waive_1($1, $2, 'I give up my right to withdraw.', 'en')", [orderNumber, accountId]);
  for (const address of ["203.0.113.77", "::ffff:203.0.113.9", "2001:db8:1:2::7", "nonsense"])
    await linkTake(pool, { accountId, productId, linksMax: 9, address });
  await pool.query(
    `insert into access.file (file_id, product_id, name, version, content_type, size_bytes, sha256) values ($1, $2, 'book.pdf', 1, 'application/pdf', 9, $3)`,
    ["fil_evidence", productId, Buffer.alloc(32)],
  );
  for (const _part of [1, 2, 3])
    await downloadNote(pool, { orderNumber, fileId: "fil_evidence", address: "203.0.113.77" });
  const { rows } = await pool.query("select payment_id, provider_ref from payment.payment where session_id = $1", [
    sessionId,
  ]);
  const noted = await pool.query(
    "select payment.dispute_note_1('du_files', 'stripe', $1, 2500, 'USD', 'fraudulent', 'needs_response', 2500, 1, now() + interval '7 days', now()) as outcome",
    [rows[0].provider_ref],
  );
  assert.equal(noted.rows[0].outcome, "noted");

  const { evidence, draft, canAnswer, answers } = await get("/disputes/du_files");
  const [proof] = evidence.proofs;
  assert.deepEqual(
    [proof.museOrderNumber, proof.downloadCount, proof.waiver.wording],
    [orderNumber, 4, "I give up my right to withdraw."],
  );
  assert.deepEqual(
    proof.downloads.map(({ fileName, network }: { fileName: string; network: string }) => [fileName, network]),
    [
      [null, "203.0.113.0/24"],
      [null, "203.0.113.0/24"],
      [null, "2001:db8:1::/48"],
      [null, null],
      ["book.pdf", "203.0.113.0/24"],
    ],
    "parts of one file within a minute are one time, and nobody's whole address is kept",
  );
  assert.match(draft.accessActivityLog, /asked for 4 times\n.* UTC download links given out from 203\.0\.113\.0\/24/);
  assert.match(draft.accessActivityLog, /downloaded "book\.pdf"/);
  assert.match(draft.refundPolicyDisclosure, /agreed to:\n"I give up my right to withdraw\."/);
  assert.match(draft.productDescription, new RegExp(`^Order ${orderNumber}`));
  assert.match(draft.serviceDate, /^\d{4}-\d\d-\d\d$/);
  assert.equal(draft.shippingAddress, undefined, "nothing was sent");
  assert.deepEqual([canAnswer, answers], [true, []]);

  const answer = async (told: object) =>
    await call("POST", "/disputes/du_files/answer", { payload: { evidence: told } });
  assert.equal((await answer({})).status, 400);
  assert.equal((await answer({ reciept: "x" })).status, 400);
  assert.equal((await answer({ productDescription: "x".repeat(20_001) })).status, 400);
  // A carrier's number may pass for a card's.
  const sent = { accessActivityLog: draft.accessActivityLog, shippingTrackingNumber: "4242424242424242" };
  const { status, body } = await answer({ ...sent, productDescription: "A book" });
  assert.deepEqual([status, body.data.status, body.data.evidence.product_description], [200, "started", "A book"]);
  assert.deepEqual(code(await answer({ productDescription: "Two" })), [409, "dispute_answered"]);
  assert.deepEqual(
    code(await call("POST", "/disputes/du_none/answer", { payload: { evidence: { customerName: "A" } } })),
    [404, "dispute_not_found"],
  );
  assert.deepEqual(
    code(await call("POST", "/disputes/du_1/answer", { payload: { evidence: { customerName: "A" } } })),
    [409, "dispute_closed"],
  );
  const after = await get("/disputes/du_files");
  assert.deepEqual([after.canAnswer, after.answers.length, after.answers[0].askedBy], [false, 1, "acc_ops"]);
  assert.deepEqual(await trail("du_files"), ["dispute.answer"]);
});

test("an appeal against what was lost is answered by itself", async () => {
  const { rows } = await pool.query(
    "select p.provider_ref from payment.dispute d join payment.payment p using (payment_id) where d.dispute_id = 'du_files'",
  );
  const decided = (status: string, isAppeal: boolean) =>
    pool.query(
      "select payment.dispute_note_1('du_files', 'stripe', $1, 2500, 'USD', 'fraudulent', $2, 2500, 1, now() + interval '7 days', now(), $3)",
      [rows[0].provider_ref, status, isAppeal],
    );
  await decided("lost", false);
  assert.equal((await get("/disputes/du_files")).canAnswer, false);
  await decided("needs_response", true);
  assert.equal((await get("/disputes/du_files")).canAnswer, true);
});

test("alerts are listed newest first, by kind and page; each operator says whether to be written to", async () => {
  const list = await get("/alerts?limit=100");
  const kinds = list.alerts.map(({ kind }: { kind: string }) => kind);
  assert.ok(kinds.includes("dispute_opened") && kinds.includes("books_differ"));
  const [first1] = (await get("/alerts?kind=dispute_opened&limit=1")).alerts;
  assert.deepEqual([first1.disputeId, first1.amountDisplay, first1.reason], ["du_files", "$25.00", "fraudulent"]);
  const page = await get("/alerts?limit=1");
  assert.equal((await get(`/alerts?limit=1&cursor=${page.nextCursor}`)).alerts[0].alertId, list.alerts[1].alertId);
  assert.equal((await call("GET", "/alerts?kind=other")).status, 400);

  await pool.query(
    `insert into account."user" (id, name, email, role) values ('acc_ops', 'Kim', 'kim@muse.test', 'ops')`,
  );
  assert.deepEqual(await get("/alerts/mail"), { byMail: true, language: "en", everyMinutes: 10 });
  const put = await call("PUT", "/alerts/mail", { payload: { byMail: false, language: "ko" } });
  assert.deepEqual([put.status, put.body.data], [200, { byMail: false, language: "ko", everyMinutes: 10 }]);
  assert.deepEqual(await get("/alerts/mail"), put.body.data);
  assert.deepEqual(await trail("acc_ops"), ["alert.mail"]);
});

test("the books are the desk's alone", async () => {
  for (const path of ["/ledger/balances", "/ledger/reconciliations", "/disputes", "/disputes/du_1", "/alerts"]) {
    const response = await http.fastify.inject({ method: "GET", url: `/api/v1/admin${path}` });
    assert.equal(response.statusCode, 401, path);
  }
});
