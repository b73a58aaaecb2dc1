/** What a cart tells of files: whose they are, and whether a copy is left. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { as, testServer } from "#platform/http/test-server.ts";
import { openTestDb } from "../../../test/db.ts";
import { buyFiles, makeFile, type MadeFile } from "../../../test/digital.ts";
import { makeCart } from "../../../test/makers.ts";
import { cartRoutes } from "./routes.ts";

const { pool } = await openTestDb();
const { http } = testServer(pool);
cartRoutes(http);

/** Whether its only file can be bought, why not, and how many could be. */
async function stock(accountId: string): Promise<unknown[]> {
  const answer = await http.fastify.inject({ method: "GET", url: "/api/v1/cart", headers: as("shopper", accountId) });
  const { available, unavailableReason, availableQuantity } = answer.json().data.stores[0].items[0];
  return [available, unavailableReason, availableQuantity];
}

async function cartWith(file: MadeFile, accountId = newId("acc")): Promise<string> {
  return await makeCart(pool, [{ variant: file }], accountId);
}

test("an edition says how many copies are left, and that it is sold out", async () => {
  const edition = await makeFile(pool, { editionLimit: 2 });
  const me = await cartWith(edition);
  assert.deepEqual(await stock(me), [true, null, 2]);
  await buyFiles(pool, [edition]);
  assert.deepEqual(await stock(me), [true, null, 1]);
  await buyFiles(pool, [edition]);
  assert.deepEqual(await stock(me), [false, "sold_out", 0]);
});

test("a copy that somebody is paying for is nobody else's to buy, and still theirs", async () => {
  const edition = await makeFile(pool, { editionLimit: 1 });
  const [payer, other] = [await cartWith(edition), await cartWith(edition)];
  const sessionId = newId("cs");
  await pool.query("select from checkout.session_start_3($1, $2, interval '30 minutes')", [payer, sessionId]);
  await pool.query("update checkout.session set payment_method_id = 'pm_card_visa' where session_id = $1", [sessionId]);
  await pool.query("select from checkout.place_start_1($1, $2, $3, $4, interval '1 minute')", [
    sessionId,
    payer,
    newId("pay"),
    newId("att"),
  ]);
  assert.deepEqual(await stock(payer), [true, null, 1]);
  assert.deepEqual(await stock(other), [false, "sold_out", 0]);
});

test("what a shopper owns or sells themselves is told of before the checkout", async () => {
  const file = await makeFile(pool);
  const { accountId } = await buyFiles(pool, [file]);
  assert.deepEqual(await stock(await cartWith(file, accountId)), [false, "already_purchased", null]);
  assert.deepEqual(await stock(await cartWith(file, file.sellerId)), [false, "self_purchase", null]);
  const other = await cartWith(file);
  assert.deepEqual(await stock(other), [true, null, null]);
  await pool.query("select catalog.digital_withdraw_1($1, $2)", [file.productId, file.sellerId]);
  assert.deepEqual(await stock(other), [false, "discontinued", 0]);
});
