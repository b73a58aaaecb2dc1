import assert from "node:assert/strict";
import { test } from "node:test";
import { as, testServer } from "#platform/http/test-server.ts";
import { openTestDb } from "../../../test/db.ts";
import { buyFiles, makeFile } from "../../../test/digital.ts";
import { orderRoutes } from "./index.ts";
import { vatIn } from "./receipt.ts";

const { pool } = await openTestDb();
const { http } = testServer(pool);
orderRoutes(http, { accessOf: async () => [] });

test("of won, an eleventh is value added tax, to the nearest won", () => {
  for (const [total, vat] of [
    [11_000n, 1_000n],
    [12_000n, 1_091n],
    [5n, 0n],
    [6n, 1n],
    [0n, 0n],
  ] as const)
    assert.equal(vatIn(total), vat, `${total}`);
});

test("the receipt of files tells seller, buyer and value added tax, in Hangul, as HTML and as PDF", async () => {
  const file = await makeFile(pool, { priceMinor: 12_000 });
  const bought = await buyFiles(pool, [file]);
  await pool.query("update checkout.session set customer_name = '김민수' where session_id = $1", [bought.sessionId]);
  await pool.query("update orders.store_order set currency = 'KRW', store_name = '설린 작업실' where session_id = $1", [
    bought.sessionId,
  ]);
  const get = (path: string, language: string) =>
    http.fastify.inject({
      method: "GET",
      url: `/api/v1/orders/${bought.orderNumbers[0]}${path}`,
      headers: { ...as("shopper", bought.accountId), "accept-language": language },
    });
  const html = (await get("/receipt?format=html", "ko")).body;
  for (const text of [
    "영수증",
    "제작: 설린 작업실",
    "판매: Muse",
    "김민수",
    "₩12,000",
    "부가가치세 포함 (10%)",
    "₩1,091",
  ])
    assert.ok(html.includes(text), text);
  assert.ok(!html.includes("배송비"), "what is not sent costs no delivery");

  const pdf = (await get("/receipt", "ko")).rawPayload;
  assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
  const text = pdf.toString("latin1");
  assert.match(text, /NanumGothic/, "its letters are in the file");
  assert.ok(pdf.length < 120_000, `only those in use: ${pdf.length} bytes`);
  const english = (await get("/receipt", "en")).rawPayload.toString("latin1");
  assert.match(english, /Helvetica/);

  const order = (await get("", "en")).json().data;
  assert.deepEqual(
    order.statusHistory.map(({ from, to }: { from: string; to: string }) => [from, to]),
    [
      [null, "pending"],
      ["pending", "placed"],
      ["placed", "delivered"],
    ],
  );
  assert.deepEqual([order.kind, order.placementMethod, order.status], ["digital", "digital", "delivered"]);
});

test("files of two sellers have one receipt for the whole checkout, in dollars without a tax", async () => {
  const files = [await makeFile(pool, { priceMinor: 1_000 }), await makeFile(pool, { priceMinor: 2_500 })];
  const bought = await buyFiles(pool, files);
  const url = `/api/v1/orders/${bought.orderNumbers[0]}/receipt?format=html&session=${bought.sessionId}`;
  const html = (await http.fastify.inject({ method: "GET", url, headers: as("shopper", bought.accountId) })).body;
  for (const text of ["$10.00", "$25.00", "$35.00", "Sold by Muse"]) assert.ok(html.includes(text), text);
  assert.ok(!html.includes("Tax") && !html.includes("Shipping"));
});
