import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { openTestDb } from "../../../test/db.ts";
import { paidOrder } from "../../../test/paid-orders.ts";
import { openDeskCaller } from "./test/desk-caller.ts";

const { pool } = await openTestDb();
const { call, get } = openDeskCaller(pool);

async function found(query: Record<string, string>): Promise<string[]> {
  const { orders } = await get(`/orders?${new URLSearchParams(query).toString()}`);
  return orders.map(({ museOrderNumber }: { museOrderNumber: string }) => museOrderNumber);
}

test("orders are found by status, store and payment, and by any number of theirs", async () => {
  const order = await paidOrder(pool, { connector: "rest-oauth" });
  const unpaid = await paidOrder(pool, {}, { isPaid: false });
  const storeNumber = newId("so");
  const { rows } = await pool.query(
    "select attempt_id from placement.claim_1('test', array['api']::store.placement_method[], 100) where order_number = $1",
    [order.orderNumber],
  );
  await pool.query("select placement.attempt_end_1($1, 'placed', null, null, $2, null, null, null)", [
    rows[0]?.attempt_id,
    storeNumber,
  ]);
  await pool.query("select shipment.put_1('shp_77001', $1, 'swiftpost', 'SP-77001', null, null, null)", [
    order.orderNumber,
  ]);
  for (const query of [order.orderNumber, order.orderNumber.toLowerCase(), order.sessionId, storeNumber, "SP-77001"]) {
    assert.deepEqual(await found({ query }), [order.orderNumber], query);
  }
  assert.deepEqual(await found({ store: order.storeId }), [order.orderNumber]);
  assert.deepEqual(await found({ store: order.storeId, status: "pending" }), []);
  assert.deepEqual(await found({ store: unpaid.storeId }), [], "an unpaid order is shown when it is asked for");
  assert.deepEqual(await found({ store: unpaid.storeId, paymentStatus: "unpaid" }), [unpaid.orderNumber]);
  assert.deepEqual(await found({ query: unpaid.orderNumber }), [unpaid.orderNumber]);
  assert.deepEqual(await found({ query: "%" }), [], "what is searched for is no pattern");
  const beyond = await get(`/orders?store=${order.storeId}&offset=50`);
  assert.deepEqual([beyond.orders.length, beyond.total], [0, 1]);
});

test("orders are found by the address of the account, and by the one a guest gave, in any case", async () => {
  const known = await paidOrder(pool, {});
  const guest = await paidOrder(pool, {});
  const unpaid = await paidOrder(pool, {}, { isPaid: false, accountId: known.accountId });
  await pool.query(
    "insert into account.\"user\" (id, name, email, email_verified, is_anonymous) values ($1, 'Ada', 'ada@mail.test', true, false)",
    [known.accountId],
  );
  await pool.query("update checkout.session set contact_email = 'Grace@mail.test' where session_id = $1", [
    guest.sessionId,
  ]);
  assert.deepEqual(
    (await found({ query: "Ada@Mail.test" })).toSorted(),
    [known.orderNumber, unpaid.orderNumber].toSorted(),
    "what was never paid, too: it was asked for by name",
  );
  assert.deepEqual(await found({ query: "ada@mail.test", paymentStatus: "paid" }), [known.orderNumber]);
  assert.deepEqual(await found({ query: "grace@mail.test" }), [guest.orderNumber]);
  assert.deepEqual(await found({ query: "%@mail.test" }), [], "what is searched for is no pattern");
});

test("orders are found by the time in which they were made", async () => {
  const old = await paidOrder(pool, {});
  await pool.query("update orders.store_order set created_at = '2025-03-10 12:00+00' where order_number = $1", [
    old.orderNumber,
  ]);
  assert.deepEqual(await found({ from: "2025-03-10T12:00:00Z", to: "2025-03-10T12:00:01Z" }), [old.orderNumber]);
  assert.deepEqual(await found({ from: "2025-03-10T21:00:00+09:00", to: "2025-03-11T00:00:00Z" }), [old.orderNumber]);
  assert.deepEqual(await found({ to: "2025-03-10T12:00:00Z" }), []);
  assert.ok(!(await found({ from: "2025-03-10T12:00:01Z" })).includes(old.orderNumber));
});

test("the trail is read by what was done and by whom", async () => {
  const storeId = `store-${newId("st").slice(-8).toLowerCase()}`;
  const put = async (by: string) =>
    await call("PUT", `/stores/${storeId}`, {
      payload: { name: "Quay", kind: "retailer", currency: "USD", tiers: [{ method: "manual" }] },
      by,
    });
  await put("acc_ada");
  await put("acc_bo");
  const actions = async (query: string): Promise<string[]> =>
    (await get(`/audit?subject=${storeId}&${query}`)).entries.map(({ action }: { action: string }) => action);
  assert.deepEqual(await actions("action=store"), ["store.change", "store.create"]);
  assert.deepEqual(await actions("action=store.create"), ["store.create"]);
  assert.deepEqual(await actions("action=order"), []);
  assert.deepEqual(await actions("accountId=acc_bo"), ["store.change"]);
  assert.equal((await call("GET", "/audit?action=store.%25")).status, 400);
});
