import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDb } from "../../../test/db.ts";
import { fileRoute } from "./file-route.ts";
import { as, testServer } from "./test-server.ts";

const { pool } = await openTestDb();

test("a file has limits as any route has", async () => {
  const { http } = testServer(pool, { rateLimitFactor: 1 });
  fileRoute(
    http,
    {
      method: "GET",
      url: "/file",
      summary: "x",
      tags: [],
      auth: "shopper",
      produces: ["text/plain"],
      errors: [],
      limits: [{ per: "account", windowS: 60, countMax: 2 }],
    },
    async () => ({ contentType: "text/plain", content: "x" }),
  );
  const base = await http.fastify.listen({ port: 0, host: "127.0.0.1" });
  const get = async (accountId: string) => await fetch(`${base}/file`, { headers: as("shopper", accountId) });

  assert.deepEqual([(await get("acc_1")).status, (await get("acc_1")).status], [200, 200]);
  const third = await get("acc_1");
  const { error } = (await third.json()) as { error: { code: string } };
  assert.deepEqual([third.status, error.code], [429, "rate_limited"]);
  assert.ok(Number(third.headers.get("retry-after")) >= 1);
  assert.equal((await get("acc_2")).status, 200);
});
