/** Somebody of the desk, or with their session, who wants what the stores' credentials open (P4). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openAttacked, tablesOf } from "./attacked-system.ts";
import { newPerson } from "./cast.ts";

const attacked = await openAttacked();
const { send, pool, log } = attacked;
const ops = await newPerson(attacked, "ops");
const url = "/api/v1/admin/stores/guarded-store";
const put = (body: object) => send({ method: "PUT", url, headers: ops.headers, body });
const tiers = (baseUrl: string, connector = "rest-oauth") => [{ method: "api", connector, baseUrl }];
const secrets = { api: { clientId: "canary-client", clientSecret: "canary-secret-of-the-store" } };

test("kept credentials go where they were given for, and nowhere else", async () => {
  const made = await put({
    name: "Guarded",
    kind: "retailer",
    currency: "USD",
    tiers: tiers("https://api.store.example"),
    credentials: secrets,
  });
  assert.equal(made.status, 201, made.text);
  const elsewhere = [
    tiers("https://evil.example"),
    tiers("https://api.store.example.evil.example"),
    tiers("http://api.store.example"),
    tiers("https://api.store.example", "rest-lookup"),
    [...tiers("https://api.store.example"), ...tiers("https://evil.example")],
  ];
  for (const moved of elsewhere) {
    const reply = await put({ tiers: moved });
    assert.deepEqual([reply.status, reply.json?.error?.code], [400, "request_invalid"], JSON.stringify(moved));
    assert.match(reply.json?.error?.field, /baseUrl/);
  }
  const kept = await pool.query("select base_url from store.tier where store_id = 'guarded-store'");
  assert.deepEqual(kept.rows, [{ base_url: "https://api.store.example" }]);
  assert.equal((await put({ tiers: tiers("https://api.store.example"), description: "The same place" })).status, 200);
  const known = await put({ tiers: tiers("https://new.store.example"), credentials: secrets });
  assert.equal(known.status, 200, "whoever knows them may say where they go");
});

test("they are in no answer, no table and no log", async () => {
  const shown = [await send({ method: "GET", url, headers: ops.headers }), await put({ description: "x" })];
  for (const word of ["canary-client", "canary-secret-of-the-store"]) {
    for (const { text } of shown) assert.ok(!text.includes(word));
    assert.ok(!log.join("").includes(word));
    for (const table of await tablesOf(pool)) {
      const found = await pool.query(`select 1 from ${table} t where position($1 in t::text) > 0 limit 1`, [word]);
      assert.equal(found.rowCount, 0, table);
    }
  }
});
