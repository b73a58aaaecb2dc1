import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { as, testServer } from "#platform/http/test-server.ts";
import { openTestDb } from "../../../test/db.ts";
import { paidOrder, paidOrders, type PaidOrder } from "../../../test/paid-orders.ts";
import { adoptOrders, orderRoutes, refundRequestAnswer, refundRequestList } from "./index.ts";

const { pool } = await openTestDb();
const { http } = testServer(pool);
const granted = {
  productId: "prd_x",
  isActive: true,
  downloadUrl: "/api/products/prd_x/download",
  grantedAt: "2026-11-21T10:00:00.000Z",
};
orderRoutes(http, { accessOf: async () => [granted] });
const base = "/api/v1/orders";

const mine = ({ accountId }: PaidOrder) => as("shopper", accountId);
const get = (url: string, headers: Record<string, string>) => http.fastify.inject({ method: "GET", url, headers });
const post = (url: string, payload: object, headers: Record<string, string>) =>
  http.fastify.inject({ method: "POST", url, payload, headers });
const code = (answer: { json: () => { error?: { code: string } } }) => answer.json().error?.code;

async function placed(order: PaidOrder): Promise<PaidOrder> {
  await pool.query("select orders.order_placed_1($1, 'manual', $2)", [order.orderNumber, `S-${order.orderNumber}`]);
  return order;
}

test("orders are listed by checkout, newest first, never split, and only what was paid", async () => {
  const accountId = newId("acc");
  const [first, second] = await paidOrders(
    pool,
    [
      { lines: [{ priceMinor: 24_800 }], shippingMinor: 0 },
      { lines: [{ priceMinor: 8_900 }], shippingMinor: 0 },
    ],
    { accountId },
  );
  assert.ok(first !== undefined && second !== undefined);
  const later = await paidOrder(pool, {}, { accountId });
  await paidOrder(pool, {}, { accountId, isPaid: false });
  await placed(second);

  const { data } = (await get(base, mine(first))).json();
  assert.deepEqual([data.totalOrders, data.totalCheckoutSessions], [3, 2]);
  assert.deepEqual(
    data.checkoutSessions.map((session: { checkoutSessionId: string }) => session.checkoutSessionId),
    [later.sessionId, first.sessionId],
  );
  const [, checkout] = data.checkoutSessions;
  assert.deepEqual(
    [checkout.totalCents, checkout.totalDisplay, checkout.currency, checkout.orders.length],
    [33_700, "$337.00", "USD", 2],
  );
  const shown = checkout.orders.find(
    ({ museOrderNumber }: { museOrderNumber: string }) => museOrderNumber === first.orderNumber,
  );
  assert.deepEqual(
    { ...shown, storeName: "", deliveryFrom: "", deliveryTo: "" },
    {
      museOrderNumber: first.orderNumber,
      storeId: first.storeId,
      storeName: "",
      kind: "physical",
      deliveryFrom: "",
      deliveryTo: "",
      refundedCents: 0,
      refundedDisplay: "$0.00",
      itemCount: 1,
      items: [{ title: shown.items[0].title, imageUrl: null, quantity: 1 }],
      totalCents: 24_800,
      totalDisplay: "$248.00",
      status: "pending",
      paymentStatus: "paid",
      trackingNumber: null,
      placedAt: null,
    },
  );

  const onlyPlaced = (await get(`${base}?status=placed`, mine(first))).json().data;
  assert.deepEqual(
    [onlyPlaced.totalOrders, onlyPlaced.checkoutSessions[0].orders.length, onlyPlaced.checkoutSessions[0].totalCents],
    [1, 1, 33_700],
  );
  const page = (await get(`${base}?limit=1&offset=1`, mine(first))).json().data;
  assert.deepEqual(
    [page.checkoutSessions.length, page.checkoutSessions[0].checkoutSessionId, page.totalOrders],
    [1, first.sessionId, 3],
  );
  const beyond = (await get(`${base}?offset=50`, mine(first))).json().data;
  assert.deepEqual(beyond, { checkoutSessions: [], totalOrders: 3, totalCheckoutSessions: 2 });
  assert.equal((await get(`${base}?limit=0`, mine(first))).statusCode, 400);
  assert.equal((await get(`${base}?colour=red`, mine(first))).statusCode, 400);
  assert.equal((await get(base, {})).statusCode, 401);
});

test("stats sum up what was bought, less what went back", async () => {
  const accountId = newId("acc");
  const order = await paidOrder(pool, { lines: [{ priceMinor: 5_000 }], shippingMinor: 0 }, { accountId });
  const won = await paidOrder(pool, { lines: [{ priceMinor: 12_000 }], shippingMinor: 3_000 }, { accountId });
  await pool.query("update orders.store_order set currency = 'KRW' where order_number = $1", [won.orderNumber]);
  await pool.query("select orders.order_end_1($1, 'failed', 'out_of_stock')", [order.orderNumber]);
  const { data } = (await get(`${base}/stats`, { ...as("shopper", accountId), "accept-language": "ko" })).json();
  assert.equal(data.totalOrders, 2);
  assert.deepEqual(data.totalSpent, [
    { currency: "KRW", totalSpentCents: 15_000, totalSpentDisplay: "₩15,000" },
    { currency: "USD", totalSpentCents: 0, totalSpentDisplay: "$0.00" },
  ]);
  assert.deepEqual(data.byStatus, {
    pending: 1,
    placed: 0,
    confirmed: 0,
    shipped: 0,
    delivered: 0,
    failed: 1,
    cancelled: 0,
  });
  assert.equal(data.stores.length, 2);
});

test("one order with everything that belongs to it, under both of its names", async () => {
  const order = await placed(
    await paidOrder(pool, {
      lines: [{ priceMinor: 1_000, quantity: 2, taxMinor: 165 }],
      shippingMinor: 500,
      shippingTaxMinor: 41,
    }),
  );
  await pool.query("select shipment.put_1('shp_test1', $1, 'swiftpost', 'SW-1', now(), null, null)", [
    order.orderNumber,
  ]);
  await pool.query("select shipment.progress_1('shp_test1', 'in_transit', null, $1, interval '5 s')", [
    JSON.stringify([
      { occurred_at: "2026-11-21T09:00:00Z", status: "in_transit", description: "Picked up", location: "Columbus, OH" },
    ]),
  ]);
  const { data } = (await get(`${base}/${order.orderNumber}`, mine(order))).json();
  assert.deepEqual(
    [
      data.museOrderNumber,
      data.orderId,
      data.status,
      data.paymentStatus,
      data.placementMethod,
      data.totalCents,
      data.totalDisplay,
    ],
    [order.orderNumber, order.orderNumber, "shipped", "paid", "manual", 2_706, "$27.06"],
  );
  assert.equal(data.subtotalCents + data.shippingCents + data.taxCents - data.discountCents, data.totalCents);
  assert.deepEqual(
    data.items.map((item: Record<string, unknown>) => [
      item["lineNo"],
      item["quantity"],
      item["lineTotalCents"],
      item["taxCents"],
      item["itemStatus"],
    ]),
    [[1, 2, 2_000, 165, "shipped"]],
  );
  assert.deepEqual(
    data.statusHistory.map(({ to }: { to: string }) => to),
    ["pending", "placed", "shipped"],
  );
  assert.match(data.statusHistory[0].at, /Z$/);
  assert.deepEqual(data.shipments[0].events, [
    { at: "2026-11-21T09:00:00.000Z", status: "in_transit", description: "Picked up", location: "Columbus, OH" },
  ]);
  assert.deepEqual(
    [data.trackingNumber, data.carrier, data.isCancellable, data.access, data.refunds],
    ["SW-1", "swiftpost", false, [], []],
  );
  assert.equal(data.shippingAddress.city, "Portland");

  assert.deepEqual((await get(`/api/orders/${order.orderNumber}`, mine(order))).json().data, data);
  const ofCheckout = (await get(`/api/orders?checkoutSessionId=${order.sessionId}`, mine(order))).json().data;
  assert.deepEqual(ofCheckout.orders, [data]);
});

test("P3: another shopper's order does not exist, paid or not", async () => {
  const order = await paidOrder(pool);
  const unpaid = await paidOrder(pool, {}, { isPaid: false });
  const stranger = as("admin", newId("acc"));
  for (const path of ["", "/receipt"]) {
    const [theirs, begun, none] = [
      await get(`${base}/${order.orderNumber}${path}`, stranger),
      await get(`${base}/${unpaid.orderNumber}${path}`, stranger),
      await get(`${base}/MO-ABCDEFGHJK${path}`, stranger),
    ];
    for (const refused of [theirs, begun]) {
      assert.equal(refused.statusCode, 404);
      assert.deepEqual({ ...refused.json().error, requestId: "" }, { ...none.json().error, requestId: "" });
    }
  }
  assert.equal((await get(`/api/orders/${order.orderNumber}`, stranger)).statusCode, 404);
  for (const { sessionId } of [order, unpaid, { sessionId: newId("cs") }]) {
    const refused = await get(`/api/orders?checkoutSessionId=${sessionId}`, stranger);
    assert.deepEqual([refused.statusCode, code(refused)], [404, "session_not_found"]);
  }
  // A checkout whose payment nobody has begun has no order, and is there.
  await pool.query("update orders.store_order set account_id = $2 where order_number = $1", [
    unpaid.orderNumber,
    newId("acc"),
  ]);
  const begun = await get(`/api/orders?checkoutSessionId=${unpaid.sessionId}`, mine(unpaid));
  assert.deepEqual([begun.statusCode, begun.json().data], [200, { orders: [] }]);
  assert.equal(
    code(await post(`${base}/${order.orderNumber}/refund-request`, { reason: "x", items: [{ lineNo: 9 }] }, stranger)),
    "order_not_found",
  );
  assert.equal((await get(`${base}/not-a-number`, stranger)).statusCode, 404);
});

test("a digital order shows what it unlocked", async () => {
  const order = await paidOrder(pool);
  await pool.query("update orders.store_order set kind = 'digital' where order_number = $1", [order.orderNumber]);
  assert.deepEqual((await get(`${base}/${order.orderNumber}`, mine(order))).json().data.access, [granted]);
});

test("asking for money back: once open, with its lines, refused with its reason", async () => {
  const order = await placed(await paidOrder(pool, { lines: [{ quantity: 3 }, {}] }));
  const url = `${base}/${order.orderNumber}/refund-request`;
  for (const [items, field] of [
    [[{ lineNo: 7 }], "items[0].lineNo"],
    [[{ lineNo: 1 }, { lineNo: 1 }], "items[1].lineNo"],
    [[{ lineNo: 1, quantity: 4 }], "items[0].quantity"],
  ] as const) {
    const refused = await post(url, { items, reason: "broken" }, mine(order));
    assert.deepEqual([refused.statusCode, refused.json().error.field], [400, field]);
  }
  assert.equal((await post(url, { reason: " " }, mine(order))).statusCode, 400);
  const opened = await post(
    url,
    { items: [{ lineNo: 1 }, { lineNo: 2, quantity: 1 }], reason: "does not fit" },
    mine(order),
  );
  assert.equal(opened.statusCode, 201);
  const request = opened.json().data;
  assert.deepEqual(
    [request.status, request.items, request.reason],
    [
      "open",
      [
        { lineNo: 1, quantity: 3 },
        { lineNo: 2, quantity: 1 },
      ],
      "does not fit",
    ],
  );
  const same = { items: [{ lineNo: 1, quantity: 3 }, { lineNo: 2 }], reason: "does not fit" };
  const again = await post(url, same, mine(order));
  assert.deepEqual([again.statusCode, again.json().data.requestId], [200, request.requestId]);
  for (const [other, status] of [
    [{ reason: "does not fit" }, 409],
    [{ ...same, reason: "it is broken" }, 409],
    [{ ...same, items: [{ lineNo: 9 }] }, 400],
  ] as const) {
    assert.equal((await post(url, other, mine(order))).statusCode, status);
  }

  assert.ok(
    (await refundRequestList(pool, { limit: 50, offset: 0 })).some(({ requestId }) => requestId === request.requestId),
  );
  const answered = await refundRequestAnswer(pool, {
    requestId: request.requestId,
    status: "declined",
    answeredBy: "acc_ops",
  });
  assert.equal(answered?.orderNumber, order.orderNumber);
  assert.equal(
    await refundRequestAnswer(pool, { requestId: request.requestId, status: "approved", answeredBy: "acc_ops" }),
    null,
  );
  assert.equal((await get(`${base}/${order.orderNumber}`, mine(order))).json().data.refundRequest.status, "declined");

  const pending = await paidOrder(pool);
  const tooEarly = await post(`${base}/${pending.orderNumber}/refund-request`, { reason: "x" }, mine(pending));
  assert.deepEqual([tooEarly.statusCode, tooEarly.json().error.details.why], [409, "not_delivered"]);
  await pool.query("select orders.refund_open_1($1, 'all', $2, 'x', null, null)", [
    order.orderNumber,
    order.totalMinor,
  ]);
  const nothing = await post(url, { reason: "more" }, mine(order));
  assert.deepEqual([nothing.statusCode, nothing.json().error.details.why], [409, "nothing_left"]);
  const { refunds, refundedCents } = (await get(`${base}/${order.orderNumber}`, mine(order))).json().data;
  assert.deepEqual([refunds.length, refunds[0].status, refundedCents], [1, "created", Number(order.totalMinor)]);
});

test("a receipt as PDF and as HTML, for one order and for the whole checkout", async () => {
  const [first, second] = await paidOrders(pool, [
    { lines: [{ priceMinor: 24_800 }], shippingMinor: 0 },
    { lines: [{ priceMinor: 8_900 }], shippingMinor: 0 },
  ]);
  assert.ok(first !== undefined && second !== undefined);
  const url = `${base}/${first.orderNumber}/receipt`;
  const pdf = await get(url, mine(first));
  assert.equal(pdf.headers["content-type"], "application/pdf");
  assert.equal(pdf.rawPayload.subarray(0, 5).toString(), "%PDF-");
  const byAccept = await get(url, { ...mine(first), accept: "text/html,application/xhtml+xml,*/*;q=0.8" });
  assert.match(String(byAccept.headers["content-type"]), /text\/html/);
  assert.match(String(byAccept.headers["content-security-policy"]), /default-src 'none'/);
  assert.ok(byAccept.body.includes("$248.00") && !byAccept.body.includes("$89.00"));
  assert.match(
    String((await get(url, { ...mine(first), accept: "application/pdf, text/html" })).headers["content-type"]),
    /pdf/,
  );

  const whole = await get(`${url}?session=${first.sessionId}&format=html`, { ...mine(first), "accept-language": "ko" });
  for (const text of ["$248.00", "$89.00", "$337.00", "영수증", second.orderNumber])
    assert.ok(whole.body.includes(text), text);
  assert.equal(
    (await get(`${url}?session=${first.sessionId}`, mine(first))).rawPayload.subarray(0, 5).toString(),
    "%PDF-",
  );
  assert.equal((await get(`${url}?session=cs_another1`, mine(first))).statusCode, 404);
});

test("whatever a title or a name holds, the receipt shows it as text, and the PDF is still a PDF", async () => {
  const order = await paidOrder(pool, { lines: Array.from({ length: 40 }, () => ({ priceMinor: 1_000 })) });
  await pool.query(
    "update orders.order_item set title = $2, size = '<img src=x onerror=alert(1)>' where order_number = $1",
    [order.orderNumber, `<script>alert("x")</script> 무지개 우산 & Ζεύς 👑 'q'`],
  );
  await pool.query("update checkout.session set shipping_address = shipping_address || $2 where session_id = $1", [
    order.sessionId,
    { name: "김민수", address2: "Łódź 5" },
  ]);
  const html = (await get(`${base}/${order.orderNumber}/receipt?format=html`, mine(order))).body;
  assert.ok(!html.includes("<script>") && !html.includes("<img"));
  assert.ok(html.includes("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; 무지개 우산 &amp; Ζεύς 👑 &#39;q&#39;"));
  assert.ok(html.includes("김민수"));
  const pdf = await get(`${base}/${order.orderNumber}/receipt`, mine(order));
  assert.equal(pdf.statusCode, 200);
  assert.ok(pdf.rawPayload.length > 3_000);
});

test("refunds show on a receipt", async () => {
  const order = await placed(await paidOrder(pool));
  await pool.query(
    "select orders.refund_open_1($1, 'part', 100, 'x', null, '[{\"lineNo\":1,\"quantity\":0,\"amountMinor\":100}]')",
    [order.orderNumber],
  );
  assert.ok((await get(`${base}/${order.orderNumber}/receipt?format=html`, mine(order))).body.includes("$1.00"));
  assert.equal((await get(`${base}/${order.orderNumber}/receipt`, mine(order))).statusCode, 200);
});

test("what a visitor bought is theirs when they turn out to be somebody", async () => {
  const order = await placed(await paidOrder(pool));
  await post(`${base}/${order.orderNumber}/refund-request`, { reason: "x" }, mine(order));
  const toAccountId = newId("acc");
  await adoptOrders(pool, { fromAccountId: order.accountId, toAccountId });
  assert.equal((await get(`${base}/${order.orderNumber}`, as("shopper", toAccountId))).statusCode, 200);
  assert.equal((await get(`${base}/${order.orderNumber}`, mine(order))).statusCode, 404);
});
