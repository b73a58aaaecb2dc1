import assert from "node:assert/strict";
import { test } from "node:test";
import { waiverWords } from "@muse/contracts/withdrawal-waiver";
import { as, testServer } from "#platform/http/test-server.ts";
import { openTestDb } from "../../../test/db.ts";
import { buyFiles, makeFile } from "../../../test/digital.ts";
import { orderRoutes } from "./index.ts";

const { pool } = await openTestDb();
const { http } = testServer(pool);
orderRoutes(http, { accessOf: async () => [] });

test("what a buyer agreed to stands on the receipt, word for word; where they did not, nothing does", async () => {
  const { accountId, sessionId, orderNumbers } = await buyFiles(pool, [await makeFile(pool), await makeFile(pool)]);
  const [first = "", second = ""] = orderNumbers;
  const get = (path: string) =>
    http.fastify.inject({ method: "GET", url: `/api/v1/orders/${path}`, headers: as("shopper", accountId) });
  const html = async (path: string): Promise<string> => (await get(`${path}format=html`)).body;
  assert.ok(!(await html(`${first}/receipt?`)).includes("Agreed"));

  await pool.query("select access.waive_1($1, $2, $3, 'en')", [first, accountId, waiverWords.en]);
  assert.match(await html(`${first}/receipt?`), /Agreed by the buyer on .+ \(UTC\): “I want my download to begin now/);
  assert.ok(!(await html(`${second}/receipt?`)).includes("Agreed"), "each order has its own");
  assert.equal((await html(`${first}/receipt?session=${sessionId}&`)).split("Agreed by").length, 2);
  assert.equal((await get(`${first}/receipt`)).statusCode, 200);
});
