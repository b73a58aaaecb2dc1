import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { systemClock } from "#kernel/clock.ts";
import { as, testServer } from "#platform/http/test-server.ts";
import type { AuditEntry } from "#rooms/placement";
import { isSignedByStore } from "#rooms/webhook";
import { openTestDb } from "../../../test/db.ts";
import { paidOrder, type OrderWish, type PaidOrder } from "../../../test/paid-orders.ts";
import { shipmentRoutes } from "./index.ts";
import { parcelsMax } from "./rules.ts";

const { pool } = await openTestDb();
const { http } = testServer(pool);
const trail: AuditEntry[] = [];
shipmentRoutes(http, {
  audit: async (_db, entry) => {
    trail.push(entry);
  },
  isSignedBy: async (_db, storeId, raw, header) =>
    isSignedByStore(raw, header, `secret of ${storeId}`, systemClock.now()),
});
const ops = as("ops", "acc_ops");
const parcel = { trackingNumber: "SW123456", carrier: "SwiftPost", estimatedDelivery: "2026-11-25" };

let numbers = 0;
async function placed(wish: OrderWish = {}): Promise<PaidOrder> {
  const order = await paidOrder(pool, wish);
  await pool.query("select orders.order_placed_1($1, 'manual', $2)", [order.orderNumber, `T-${(numbers += 1)}`]);
  return order;
}

const put = ({ orderNumber }: { orderNumber: string }, body: object | string, headers: Record<string, string> = ops) =>
  http.fastify.inject({
    method: "PUT",
    url: `/api/v1/orders/${orderNumber}/tracking`,
    payload: typeof body === "string" ? body : JSON.stringify(body),
    headers: { "content-type": "application/json", ...headers },
  });
const code = (answer: { json: () => { error?: { code: string } } }) => answer.json().error?.code;

const signedAs = (storeId: string, text: string, atS = Math.floor(Date.now() / 1000)): Record<string, string> => ({
  "store-signature": `t=${atS},v1=${createHmac("sha256", `secret of ${storeId}`).update(`${atS}.${text}`).digest("hex")}`,
});
const signed = (
  { storeId, orderNumber }: { storeId: string; orderNumber: string },
  body: string,
  atS?: number,
): Record<string, string> => signedAs(storeId, `PUT /api/v1/orders/${orderNumber}/tracking.${body}`, atS);

async function stateOf({ orderNumber }: PaidOrder) {
  const { rows } = await pool.query(
    `select o.status as "order", o.tracking_number as tracking, o.carrier,
       (select string_agg(i.item_status::text, ' ' order by i.line_no) from orders.order_item i where i.order_number = o.order_number) as items,
       (select count(*)::int from shipment.shipment s where s.order_number = o.order_number) as parcels
     from orders.store_order o where o.order_number = $1`,
    [orderNumber],
  );
  return rows[0];
}

test("ops note a parcel: the order is shipped, the audit tells of it, and saying it again changes nothing", async () => {
  const order = await placed();
  const noted = await put(order, parcel);
  assert.deepEqual(noted.json().data, {
    museOrderNumber: order.orderNumber,
    trackingNumber: "SW123456",
    carrier: "swiftpost",
    isNew: true,
  });
  assert.equal((await put(order, parcel, as("admin", "acc_admin"))).json().data.isNew, false);
  assert.deepEqual(await stateOf(order), {
    order: "shipped",
    tracking: "SW123456",
    carrier: "swiftpost",
    items: "shipped",
    parcels: 1,
  });
  assert.deepEqual(
    trail.map(({ action, subject }) => [action, subject]),
    [["order.track", order.orderNumber]],
  );
});

test("two parcels with some of the items each: what is in them is shipped, the rest is not", async () => {
  const order = await placed({ lines: [{}, {}, {}] });
  await put(order, { ...parcel, trackingNumber: "A-100", lineNos: [1, 3] });
  assert.equal((await stateOf(order)).items, "shipped placed shipped");
  await put(order, { ...parcel, trackingNumber: "A-200", lineNos: [2] });
  assert.deepEqual(await stateOf(order).then((state) => [state.items, state.parcels, state.tracking]), [
    "shipped shipped shipped",
    2,
    "A-200",
  ]);
  const { rows } = await pool.query(
    "select shipment_id from shipment.shipment where order_number = $1 order by tracking_number",
    [order.orderNumber],
  );
  for (const [index, expected] of [
    [0, ["shipped", "delivered shipped delivered"]],
    [1, ["delivered", "delivered delivered delivered"]],
  ] as const) {
    await pool.query("select shipment.progress_1($1, 'delivered', null, '[]', interval '5 s')", [
      rows[index].shipment_id,
    ]);
    assert.deepEqual(await stateOf(order).then((state) => [state.order, state.items]), expected);
  }
  assert.deepEqual((await put(order, { ...parcel, lineNos: [4] })).json().error.field, "lineNos");
});

test("an item that is in no parcel yet keeps the order from being delivered", async () => {
  const order = await placed({ lines: [{}, {}] });
  await put(order, { ...parcel, trackingNumber: "B-100", lineNos: [1] });
  const { rows } = await pool.query("select shipment_id from shipment.shipment where order_number = $1", [
    order.orderNumber,
  ]);
  await pool.query("select shipment.progress_1($1, 'delivered', null, '[]', interval '5 s')", [rows[0].shipment_id]);
  assert.deepEqual(await stateOf(order).then((state) => [state.order, state.items]), ["shipped", "delivered placed"]);
});

test("the store itself notes a parcel with its signature over the raw body", async () => {
  const order = await placed();
  const body = `{ "trackingNumber":"ST-900", "carrier":"bluecrate",  "estimatedDelivery":"2026-11-25T12:00:00+02:00" }`;
  const noted = await put(order, body, signed(order, body));
  assert.equal(noted.statusCode, 200);
  assert.equal((await stateOf(order)).order, "shipped");
});

test("forged, stale, another store's and unknown orders' signatures are refused alike, and change nothing", async () => {
  const order = await placed();
  const other = await placed();
  const body = JSON.stringify(parcel);
  const nowS = Math.floor(Date.now() / 1000);
  const forgeries = [
    [order, { "store-signature": `t=${nowS},v1=${"0".repeat(64)}` }],
    [order, { "store-signature": "nonsense" }],
    [order, signed(order, body, nowS - 301)],
    [order, signed({ ...order, storeId: other.storeId }, body)],
    [order, signed(order, `${body} `)],
    [order, signedAs(other.storeId, body)],
    [order, signed({ ...order, orderNumber: other.orderNumber }, body)],
    [{ orderNumber: "MO-NOBODY22" }, signed({ ...order, orderNumber: "MO-NOBODY22" }, body)],
    [order, { ...ops, "store-signature": "t=1,v1=00" }],
  ] as const;
  for (const [target, headers] of forgeries) {
    const refused = await put(target, body, headers);
    assert.deepEqual([refused.statusCode, code(refused)], [400, "webhook_signature_invalid"]);
    assert.equal(refused.json().error.details, undefined);
  }
  assert.equal((await stateOf(order)).order, "placed");
});

test("a signature over the body alone, good for any order of the store, is refused and told what is missing", async () => {
  const order = await placed();
  const body = JSON.stringify(parcel);
  const refused = await put(order, body, signedAs(order.storeId, body));
  assert.deepEqual([refused.statusCode, code(refused)], [400, "webhook_signature_invalid"]);
  assert.deepEqual(refused.json().error.details, {
    why: "target_not_signed",
    signed: `<t>.PUT /api/v1/orders/${order.orderNumber}/tracking.<body>`,
  });
  assert.equal((await stateOf(order)).order, "placed");
});

test("P3: who is neither ops nor the store may not", async () => {
  const order = await placed();
  assert.equal(code(await put(order, parcel, {})), "not_signed_in");
  assert.equal(code(await put(order, parcel, as("anonymous", order.accountId))), "not_signed_in");
  assert.equal(code(await put(order, parcel, as("shopper", order.accountId))), "role_missing");
  assert.equal(code(await put(order, parcel, as("seller", "acc_s"))), "role_missing");
  assert.equal(code(await put({ orderNumber: "MO-NOBODY22" }, parcel)), "order_not_found");
});

test("a number of another shopper's parcel, and an order in no state to be sent, are conflicts", async () => {
  const [first, second] = [await placed(), await placed()];
  await put(first, { ...parcel, trackingNumber: "TAKEN-1" });
  assert.equal(code(await put(second, { ...parcel, trackingNumber: "TAKEN-1" })), "tracking_conflict");
  assert.equal(code(await put(await paidOrder(pool), parcel)), "tracking_conflict");
  await pool.query("select orders.advance_1($1, 'delivered', null)", [first.orderNumber]);
  assert.equal(code(await put(first, { ...parcel, trackingNumber: "MORE-1" })), "tracking_conflict");
  assert.equal((await put(first, { ...parcel, trackingNumber: "TAKEN-1" })).json().data.isNew, false);
  assert.equal((await stateOf(second)).order, "placed");
});

test("an order has a hundred parcels at most, however many are noted at once; a known one may be said again", async () => {
  const order = await placed();
  const numbered = (number: number) => ({ ...parcel, trackingNumber: `MANY-${order.orderNumber}-${number}` });
  for (let number = 1; number < parcelsMax; number += 1) {
    assert.equal((await put(order, numbered(number))).statusCode, 200);
  }
  const last = await Promise.all([put(order, numbered(201)), put(order, numbered(202))]);
  assert.deepEqual(new Set(last.map(({ statusCode }) => statusCode)), new Set([200, 409]));

  const body = JSON.stringify(numbered(203));
  for (const headers of [ops, signed(order, body)]) {
    const refused = await put(order, body, headers);
    assert.deepEqual([refused.statusCode, code(refused)], [409, "parcels_too_many"]);
    assert.deepEqual(refused.json().error.details, { max: parcelsMax });
  }
  assert.equal((await stateOf(order)).parcels, parcelsMax);
  assert.equal(trail.filter(({ subject }) => subject === order.orderNumber).length, parcelsMax);
  assert.equal((await put(order, numbered(1))).json().data.isNew, false);
});

test("bad bodies are refused by the field", async () => {
  const order = await placed();
  const refusals = [
    [{ ...parcel, trackingNumber: "no spaces!" }, "trackingNumber"],
    [{ trackingNumber: "SW123456" }, "carrier"],
    [{ ...parcel, estimatedDelivery: "tomorrow" }, "estimatedDelivery"],
    [{ ...parcel, lineNos: [] }, "lineNos"],
  ] as const;
  for (const [body, field] of refusals) {
    const refused = await put(order, body);
    assert.deepEqual([refused.statusCode, refused.json().error.field], [400, field]);
  }
  for (const body of ["", "{", "[]", `{"trackingNumber":"SW123456","carrier":"x1","status":"delivered"}`]) {
    assert.equal((await put(order, body)).statusCode, 400, body);
  }
  assert.equal((await stateOf(order)).order, "placed");
});
