/** How much one seller may have, and how often they may write: told plainly, and held when much is asked at once. */
import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { test } from "node:test";
import { systemClock } from "#kernel/clock.ts";
import { newId } from "#kernel/ids.ts";
import { folderFiles } from "#platform/files/folder-files.ts";
import { openRateLimiter } from "#platform/http/rate-limit.ts";
import { as, testServer } from "#platform/http/test-server.ts";
import { openTestDb } from "../../../test/db.ts";
import { inLine, rowLock } from "../../../test/in-line.ts";
import { makeSeller } from "../../../test/sellers.ts";
import { sellerRoutes } from "./index.ts";

const { pool } = await openTestDb({ isPatient: true });
const { http } = testServer(pool);
// As in production, where each limit is what it says.
const limited = testServer(pool).http;
for (const server of [http, { ...limited, limiter: openRateLimiter(1) }]) {
  sellerRoutes(server, {
    files: folderFiles(tmpdir()),
    scan: null,
    scratchFolder: tmpdir(),
    clock: systemClock,
    audit: async () => undefined,
  });
}

const base = "/api/v1/seller/products";
type Method = "GET" | "POST" | "PUT";

async function call(accountId: string, method: Method, url: string, payload?: object, server = http) {
  const headers = as("seller", accountId);
  const reply = await server.fastify.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
  const { data, error } = reply.json();
  return { status: reply.statusCode, data, code: error?.code };
}

const draft = { title: "A typeface", currency: "USD", priceCents: 2_500 };

/** So many products of a seller's, each begun a second after the one before; answers their ids in that order. */
async function products(accountId: string, count: number, status = "draft"): Promise<string[]> {
  const { rows } = await pool.query<{ product_id: string }>(
    `insert into seller.product (product_id, account_id, currency, title, price_minor, status, published_at, created_at)
     select 'prd_' || md5($1::text || $3 || n), $1, 'USD', 'Product ' || n, 1000, $3::seller.product_status,
       case $3 when 'draft' then null else now() end, now() + n * interval '1 second'
     from generate_series(1, $2::int) n returning product_id`,
    [accountId, count, status],
  );
  return rows.map(({ product_id: productId }) => productId);
}

/** So many files of a product's; those that were withdrawn as versions of one name. */
async function files(productId: string, count: number, isWithdrawn = false): Promise<void> {
  await pool.query(
    `insert into access.file (file_id, product_id, name, version, content_type, size_bytes, sha256, withdrawn_at)
     select 'fil_' || md5($1 || $3::boolean || n), $1, case when $3::boolean then 'old.zip' else n || '.zip' end, n, 'application/zip', 10, sha256('a'),
       case when $3::boolean then now() end
     from generate_series(1, $2::int) n`,
    [productId, count, isWithdrawn],
  );
}

test("products come by the page, the newest first, each with its own files", async () => {
  const accountId = await makeSeller(pool);
  const [first = "", second = "", third = ""] = await products(accountId, 3);
  await products(await makeSeller(pool), 2);
  await files(first, 1);
  await files(third, 2);
  const page = async (query: string) => (await call(accountId, "GET", `${base}?${query}`)).data;
  type Shown = { readonly productId: string; readonly files: { readonly name: string }[] };
  const shown = ({ products: list }: { readonly products: Shown[] }) =>
    list.map(({ productId, files: own }) => [productId, ...own.map(({ name }) => name)]);
  const newest = await page("limit=2");
  assert.deepEqual(shown(newest), [[third, "1.zip", "2.zip"], [second]]);
  assert.equal(newest.totalProducts, 3);
  const rest = await page("limit=2&offset=2");
  assert.deepEqual([shown(rest), rest.totalProducts], [[[first, "1.zip"]], 3]);
  await products(accountId, 20, "withdrawn");
  assert.equal((await page("")).products.length, 20, "never all of them");
});

test("a seller has a thousand products and no more, two at once or not; what was withdrawn is not counted", async () => {
  const accountId = await makeSeller(pool);
  const [draftId = ""] = await products(accountId, 999);
  const [withdrawn = ""] = await products(accountId, 5, "withdrawn");
  const begin = () => call(accountId, "POST", base, draft);
  const both = await inLine(pool, rowLock("seller.seller", "account_id", accountId), [begin, begin]);
  assert.deepEqual(new Set(both.map(({ code }) => code)), new Set(["products_too_many", undefined]));
  assert.equal((await begin()).code, "products_too_many");
  await files(withdrawn, 1);
  const publish = () => call(accountId, "POST", `${base}/${withdrawn}/publish`);
  assert.equal((await publish()).code, "products_too_many", "what comes back needs a place, too");
  await pool.query("delete from seller.product where product_id = $1", [draftId]);
  assert.equal((await publish()).status, 200);
  assert.equal((await begin()).code, "products_too_many");
});

test("a product has fifty names on sale and no more, two at once or not; a new version is no new name", async () => {
  const accountId = await makeSeller(pool);
  const [productId = "", other = ""] = await products(accountId, 2);
  await files(productId, 49);
  await files(productId, 10, true);
  const open = (name: string, of = productId) =>
    call(accountId, "POST", `${base}/${of}/uploads`, { name, sizeBytes: 1 });
  // Whoever has counted stands before the table.
  const table = { text: "lock table access.upload in share mode", values: [] };
  const both = await inLine(pool, table, [() => open("a.zip"), () => open("b.zip")]);
  assert.deepEqual(new Set(both.map(({ code }) => code)), new Set(["files_too_many", undefined]));
  assert.equal((await open("c.zip")).code, "files_too_many");
  assert.equal((await open("7.zip")).status, 200, "a new version");
  assert.equal((await open("c.zip", other)).status, 200, "another product has room");
  await pool.query("update access.file set withdrawn_at = now() where product_id = $1 and name = '8.zip'", [productId]);
  assert.equal((await open("c.zip")).status, 200, "what is sold no more leaves its place");
  assert.equal((await open("8.zip")).code, "files_too_many", "and has none");
});

test("a thousand files are kept of a seller and no more, older versions and what is on its way included", async () => {
  const accountId = await makeSeller(pool);
  const [productId = "", other = ""] = await products(accountId, 2);
  await files(productId, 998, true);
  await files(other, 1);
  const open = () => call(accountId, "POST", `${base}/${other}/uploads`, { name: "1.zip", sizeBytes: 1 });
  assert.equal((await open()).status, 200);
  assert.equal((await open()).code, "files_too_many");
  await pool.query("update access.upload set ended_at = now() where account_id = $1", [accountId]);
  assert.equal((await open()).status, 200, "what was given up leaves its place");
});

test("what writes is called sixty times an hour by one seller; others go on", async () => {
  const [accountId, other] = [await makeSeller(pool), await makeSeller(pool)];
  const missing = `${base}/${newId("prd")}`;
  const asks: readonly (readonly [Method, string, object?])[] = [
    ["POST", base, { ...draft, priceCents: 1 }],
    ["PUT", missing, draft],
    ["POST", `${missing}/publish`],
    ["PUT", "/api/v1/seller", { displayName: "Hana", about: "" }],
  ];
  for (const [method, url, body] of asks) {
    const ask = (who: string) => call(who, method, url, body, limited);
    for (let times = 0; times < 60; times += 1) assert.notEqual((await ask(accountId)).status, 429, `${method} ${url}`);
    assert.equal((await ask(accountId)).code, "rate_limited", `${method} ${url}`);
    assert.notEqual((await ask(other)).status, 429, `${method} ${url}`);
  }
});
