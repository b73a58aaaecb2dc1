import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { folderFiles } from "#platform/files/folder-files.ts";
import { as, testServer } from "#platform/http/test-server.ts";
import { openTestDb } from "../../../test/db.ts";
import { makeFile } from "../../../test/digital.ts";
import { accessRoutes, linkSigner } from "./index.ts";

const { pool } = await openTestDb();
const { http } = testServer(pool);
const folder = mkdtempSync(join(tmpdir(), "muse-files-"));
after(() => rmSync(folder, { recursive: true, force: true }));
accessRoutes(http, { files: folderFiles(folder), signer: linkSigner("a secret of at least thirty-two letters") });

test("a product that does not exist is not found; one that does, and is not owned, is refused", async () => {
  const headers = as("shopper", newId("acc"));
  const { productId } = await makeFile(pool);
  const withdrawn = await makeFile(pool);
  await pool.query("update catalog.product set is_active = false where product_id = $1", [withdrawn.productId]);
  const cases = [
    ["nope", 404, "product_not_found"],
    [newId("prd"), 404, "product_not_found"],
    [productId, 403, "order_not_owned"],
    [withdrawn.productId, 403, "order_not_owned"],
  ] as const;
  for (const [id, status, code] of cases) {
    const asked = await http.fastify.inject({ method: "GET", url: `/api/products/${id}/download`, headers });
    assert.deepEqual([asked.statusCode, asked.json().error.code], [status, code], `download ${id}`);
    const payload = { rating: 4, body: "It holds." };
    const said = await http.fastify.inject({ method: "POST", url: `/api/products/${id}/reviews`, headers, payload });
    assert.deepEqual([said.statusCode, said.json().error.code], [status, code], `review ${id}`);
  }
});
