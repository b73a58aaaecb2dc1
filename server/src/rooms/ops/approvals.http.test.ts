import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { checkInvariants } from "../../../../tools/invariants/check-invariants.ts";
import { openTestDb } from "../../../test/db.ts";
import { paidOrder } from "../../../test/paid-orders.ts";
import { code, openDeskCaller } from "./test/desk-caller.ts";

const { pool, url } = await openTestDb();
const { call, get, trail } = openDeskCaller(pool);

/** An order of 5 × 100 dollars that its store has. One person may give 200 of it back. */
async function bigOrder(): Promise<string> {
  const { orderNumber } = await paidOrder(pool, {
    connector: "rest-oauth",
    lines: [{ priceMinor: 10_000, quantity: 5 }],
  });
  const { rows } = await pool.query(
    "select attempt_id from placement.claim_1('test', array['api']::store.placement_method[], 100) where order_number = $1",
    [orderNumber],
  );
  await pool.query("select placement.attempt_end_1($1, 'placed', null, null, $2, null, null, null)", [
    rows[0].attempt_id,
    newId("so"),
  ]);
  return orderNumber;
}

async function refund(orderNumber: string, amountCents: number, { by = "acc_ops", reason = "late" } = {}) {
  const { status, body } = await call("POST", `/orders/${orderNumber}/refund`, {
    payload: { amountCents, reason },
    by,
  });
  assert.equal(status, 200, JSON.stringify(body));
  return body.data;
}

async function answer(approvalId: string, decision: string, by: string) {
  return await call("POST", `/refund-approvals/${approvalId}/answer`, { payload: { decision, note: "seen" }, by });
}

async function refundedOf(orderNumber: string): Promise<number> {
  const { rows } = await pool.query(
    "select coalesce(sum(amount_minor), 0)::int as sum from payment.refund where order_number = $1",
    [orderNumber],
  );
  return rows[0].sum as number;
}

test("a refund above the limit waits for a second person, who is not the first", async () => {
  const orderNumber = await bigOrder();
  const asked = await refund(orderNumber, 20_001);
  assert.deepEqual([asked.status, asked.refundId, asked.isNew], ["waiting", null, true]);
  assert.equal(await refundedOf(orderNumber), 0, "nothing has been given");
  const again = await refund(orderNumber, 20_001);
  assert.deepEqual([again.approvalId, again.isNew], [asked.approvalId, false], "asked twice, it waits once");

  const list = await get("/refund-approvals");
  const [row] = list.approvals.filter((each: { museOrderNumber: string }) => each.museOrderNumber === orderNumber);
  assert.deepEqual([row.amountCents, row.askedBy, row.isOwn, row.status], [20_001, "acc_ops", true, "waiting"]);
  assert.deepEqual(
    list.limits.map(({ currency, amountCents }: Record<string, unknown>) => [currency, amountCents]),
    [
      ["KRW", 300_000],
      ["USD", 20_000],
    ],
  );

  assert.deepEqual(code(await answer(asked.approvalId, "approved", "acc_ops")), [403, "refund_approval_own"]);
  const approved = await answer(asked.approvalId, "approved", "acc_two");
  assert.equal(approved.status, 200, JSON.stringify(approved.body));
  assert.deepEqual([approved.body.data.refund.status, approved.body.data.refund.amountCents], ["given", 20_001]);
  assert.equal(await refundedOf(orderNumber), 20_001);
  const repeat = await answer(asked.approvalId, "approved", "acc_three");
  assert.deepEqual(
    [repeat.body.data.refund.refundId, repeat.body.data.refund.isNew],
    [approved.body.data.refund.refundId, false],
  );
  assert.deepEqual(code(await answer(asked.approvalId, "declined", "acc_two")), [409, "refund_approval_answered"]);
  assert.deepEqual(await trail(orderNumber), ["refund_approval.approve", "order.refund_ask"]);
});

test("small refunds of one order add up to the limit, whoever gives them, one after another or all at once", async () => {
  const orderNumber = await bigOrder();
  const given = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      refund(orderNumber, 5_000, { by: `acc_${index}`, reason: `part ${index}` }),
    ),
  );
  assert.equal(given.filter(({ status }) => status === "given").length, 4);
  assert.equal(await refundedOf(orderNumber), 20_000);
});

test("what is approved is not counted against the limit again", async () => {
  const orderNumber = await bigOrder();
  const asked = await refund(orderNumber, 30_000);
  await answer(asked.approvalId, "approved", "acc_two");
  assert.equal((await refund(orderNumber, 15_000, { reason: "more" })).status, "given");
  assert.equal((await refund(orderNumber, 5_001, { reason: "yet more" })).status, "waiting");
});

test("twenty who answer at once give it back once", async () => {
  const orderNumber = await bigOrder();
  const asked = await refund(orderNumber, 40_000);
  const said = await Promise.all(
    Array.from({ length: 20 }, (_, index) => answer(asked.approvalId, "approved", `acc_${index}`)),
  );
  assert.deepEqual([...new Set(said.map(({ status }) => status))], [200]);
  assert.equal(await refundedOf(orderNumber), 40_000);
  assert.equal((await trail(orderNumber)).filter((action) => action === "refund_approval.approve").length, 1);
});

test("one that is declined is not given; whoever asked may take it back, and ask again", async () => {
  const orderNumber = await bigOrder();
  const asked = await refund(orderNumber, 25_000);
  assert.equal((await answer(asked.approvalId, "declined", "acc_ops")).status, 200);
  assert.deepEqual(code(await answer(asked.approvalId, "approved", "acc_two")), [409, "refund_approval_answered"]);
  assert.equal(await refundedOf(orderNumber), 0);
  const anew = await refund(orderNumber, 25_000);
  assert.notEqual(anew.approvalId, asked.approvalId);
  const declined = await get("/refund-approvals?status=declined");
  assert.ok(declined.approvals.some(({ approvalId }: { approvalId: string }) => approvalId === asked.approvalId));
});

test("what was left meanwhile is less than was asked for: less is given, never more", async () => {
  const orderNumber = await bigOrder();
  const { body } = await call("POST", `/orders/${orderNumber}/refund`, { payload: { reason: "all of it" } });
  const all = body.data.amountCents as number;
  await refund(orderNumber, 10_000, { reason: "a part" });
  const approved = await answer(body.data.approvalId, "approved", "acc_two");
  assert.equal(approved.body.data.refund.amountCents, all - 10_000);
  assert.equal(await refundedOf(orderNumber), all);
});

test("a shopper's request above the limit stays open until a second person has agreed", async () => {
  const orderNumber = await bigOrder();
  await pool.query(
    `insert into orders.refund_request (request_id, order_number, account_id, reason)
     select $1, o.order_number, o.account_id, 'all broken' from orders.store_order o where o.order_number = $2`,
    [`rr_${orderNumber}`, orderNumber],
  );
  const path = `/refund-requests/rr_${orderNumber}/answer`;
  const first = await call("POST", path, { payload: { decision: "approved" } });
  assert.equal(first.status, 200, JSON.stringify(first.body));
  const { approvalId, status } = first.body.data.refund;
  assert.equal(status, "waiting");
  const open = async () =>
    (await get("/refund-requests?limit=100")).requests.some(
      ({ requestId }: { requestId: string }) => requestId === `rr_${orderNumber}`,
    );
  assert.equal(await open(), true);
  assert.equal((await answer(approvalId, "approved", "acc_two")).status, 200);
  assert.equal(await open(), false);
  assert.deepEqual(await trail(orderNumber), ["refund_approval.approve", "refund_request.approve_ask"]);
  assert.deepEqual(code(await call("POST", path, { payload: { decision: "declined" } })), [
    409,
    "refund_request_answered",
  ]);
});

test("a request that is declined takes what waited for it along", async () => {
  const orderNumber = await bigOrder();
  await pool.query(
    `insert into orders.refund_request (request_id, order_number, account_id, reason)
     select $1, o.order_number, o.account_id, 'all broken' from orders.store_order o where o.order_number = $2`,
    [`rr_${orderNumber}`, orderNumber],
  );
  const path = `/refund-requests/rr_${orderNumber}/answer`;
  const { approvalId } = (await call("POST", path, { payload: { decision: "approved" } })).body.data.refund;
  assert.equal((await call("POST", path, { payload: { decision: "declined" }, by: "acc_two" })).status, 200);
  assert.deepEqual(code(await answer(approvalId, "approved", "acc_two")), [409, "refund_approval_answered"]);
  assert.equal(await refundedOf(orderNumber), 0);
});

test("the database itself lets nobody agree with themselves", async () => {
  const orderNumber = await bigOrder();
  const { approvalId } = await refund(orderNumber, 25_000);
  await assert.rejects(
    pool.query(
      "update ops.refund_approval set status = 'approved', answered_by = asked_by, answered_at = now() where approval_id = $1",
      [approvalId],
    ),
  );
  assert.deepEqual(code(await answer("apr_0000000000", "approved", "acc_two")), [404, "refund_approval_not_found"]);
});

test("the ledger and every other invariant hold after all of it", async () => {
  const { results } = await checkInvariants({ databaseUrl: url, settledForSeconds: 3600 });
  assert.deepEqual(
    results.filter(({ outcome }) => outcome === "broken" || outcome === "failed"),
    [],
  );
});
