/** A draft that its seller wants no more: gone with its files, whatever else happens to it at that moment. */
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { systemClock } from "#kernel/clock.ts";
import type { FileStore } from "#platform/files/file-store.ts";
import { folderFiles } from "#platform/files/folder-files.ts";
import { as, testServer } from "#platform/http/test-server.ts";
import { accessSweeps } from "#rooms/access";
import { openTestDb } from "../../../test/db.ts";
import { inLine, rowLock } from "../../../test/in-line.ts";
import { makeSeller } from "../../../test/sellers.ts";
import { sellerRoutes } from "./index.ts";

const { pool } = await openTestDb({ isPatient: true });
const { http } = testServer(pool);
const folder = mkdtempSync(join(tmpdir(), "muse-drafts-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const files = folderFiles(join(folder, "kept"));
const scratchFolder = join(folder, "scratch");
sellerRoutes(http, { files, scan: null, scratchFolder, clock: systemClock, audit: async () => undefined });

const base = "/api/v1/seller/products";
type Method = "GET" | "POST" | "PUT" | "DELETE";

async function call(accountId: string, method: Method, url: string, payload?: object) {
  const type = Buffer.isBuffer(payload) ? { "content-type": "application/octet-stream" } : {};
  const headers = { ...as("seller", accountId), ...type };
  const reply = await http.fastify.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
  const { data, error } = reply.json();
  return { status: reply.statusCode, data, code: error?.code };
}

const draft = { title: "A typeface", currency: "USD", priceCents: 2_500 };
const begin = async (accountId: string): Promise<string> => (await call(accountId, "POST", base, draft)).data.productId;

/** A file all of whose pieces are there; answers its upload. */
async function sent(accountId: string, productId: string, name: string): Promise<string> {
  const content = Buffer.from(`in ${name}`);
  const body = { name, sizeBytes: content.length };
  const { uploadId } = (await call(accountId, "POST", `${base}/${productId}/uploads`, body)).data;
  await call(accountId, "PUT", `/api/v1/seller/uploads/${uploadId}/pieces/0`, content);
  return uploadId;
}
const finish = (accountId: string, uploadId: string) =>
  call(accountId, "POST", `/api/v1/seller/uploads/${uploadId}/finish`);

async function add(accountId: string, productId: string, name: string): Promise<void> {
  assert.equal((await finish(accountId, await sent(accountId, productId, name))).status, 200);
}

async function sweep(store: FileStore = files): Promise<void> {
  // What has ended is left alone for a while, as whoever ended it may be removing its pieces.
  await pool.query("update access.upload set ended_at = ended_at - interval '11 minutes' where ended_at is not null");
  for (const { run } of accessSweeps(pool, store)) await run(new AbortController().signal);
}

/** All that is kept of a product, in tables and where files lie. */
async function keptOf(productId: string): Promise<{ readonly rows: number; readonly files: string[] }> {
  const { rows } = await pool.query<{ rows: number }>(
    `select ((select count(*) from seller.product where product_id = $1) + (select count(*) from access.file where product_id = $1)
       + (select count(*) from access.upload where product_id = $1))::int as rows`,
    [productId],
  );
  const lying = ["files", "pieces"].map((name) => join(folder, "kept", name)).filter((path) => existsSync(path));
  const found = lying.flatMap((path) => readdirSync(path, { recursive: true, withFileTypes: true }));
  return { rows: rows[0]?.rows ?? -1, files: found.filter((entry) => entry.isFile()).map(({ name }) => name) };
}

const nothing = { rows: 0, files: [] };

test("a draft goes with its files, older versions and what is on its way; a crash in between is made good", async () => {
  const accountId = await makeSeller(pool);
  const productId = await begin(accountId);
  for (const name of ["a.txt", "a.txt", "b.txt"]) await add(accountId, productId, name);
  const open = await sent(accountId, productId, "c.txt");
  assert.deepEqual((await call(accountId, "DELETE", `${base}/${productId}`)).data, { isDeleted: true });

  const own = `${base}/${productId}`;
  assert.equal((await call(accountId, "GET", base)).data.totalProducts, 0);
  const body = { name: "d.txt", sizeBytes: 1 };
  const asks: readonly (readonly [Method, string, object?])[] = [
    ["GET", own],
    ["PUT", own, draft],
    ["DELETE", own],
    ["POST", `${own}/publish`],
    ["POST", `${own}/uploads`, body],
  ];
  for (const [method, url, payload] of asks) {
    assert.equal((await call(accountId, method, url, payload)).code, "seller_product_not_found", `${method} ${url}`);
  }
  assert.equal((await finish(accountId, open)).code, "upload_not_found");
  const names = await pool.query("select from access.file where product_id = $1 and name like '%.txt'", [productId]);
  assert.equal(names.rowCount, 0, "not even a name stays");

  const dying = { ...files, remove: async () => Promise.reject(new Error("the disk is away")) };
  await assert.rejects(sweep(dying));
  assert.equal((await keptOf(productId)).files.length, 3, "whoever comes next still knows of them");
  await sweep();
  assert.deepEqual(await keptOf(productId), nothing);
});

test("pieces of a deleted draft's upload go without anybody asking for it again", async () => {
  const accountId = await makeSeller(pool);
  const productId = await begin(accountId);
  const uploadId = await sent(accountId, productId, "a.txt");
  await call(accountId, "DELETE", `${base}/${productId}`);
  const late = await call(accountId, "PUT", `/api/v1/seller/uploads/${uploadId}/pieces/0`, Buffer.from("in a.txt"));
  assert.equal(late.code, "upload_not_found");
  assert.deepEqual((await keptOf(productId)).files, ["0"]);
  await sweep();
  assert.deepEqual(await keptOf(productId), nothing);
});

test("what shoppers have seen is withdrawn and stays; nobody deletes what is another's", async () => {
  const accountId = await makeSeller(pool);
  const productId = await begin(accountId);
  const deleting = async (who = accountId) => (await call(who, "DELETE", `${base}/${productId}`)).code;
  assert.equal(await deleting(await makeSeller(pool)), "seller_product_not_found");
  await add(accountId, productId, "a.txt");
  await call(accountId, "POST", `${base}/${productId}/publish`);
  assert.equal(await deleting(), "seller_product_published");
  await call(accountId, "POST", `${base}/${productId}/withdraw`);
  assert.equal(await deleting(), "seller_product_published");
  await sweep();
  const shown = await call(accountId, "GET", `${base}/${productId}`);
  assert.deepEqual([shown.data.status, shown.data.files.length], ["withdrawn", 1]);
  await pool.query("delete from access.file where product_id = $1", [productId]);
  rmSync(join(folder, "kept"), { recursive: true });
});

test("a deleted draft gives its place back, and those of its files", async () => {
  const accountId = await makeSeller(pool);
  const productId = await begin(accountId);
  await pool.query(
    `insert into seller.product (product_id, account_id, currency, title, price_minor)
     select 'prd_' || md5($1::text || n), $1, 'USD', 'Product ' || n, 1000 from generate_series(1, 999) n`,
    [accountId],
  );
  await pool.query(
    `insert into access.file (file_id, product_id, name, version, content_type, size_bytes, sha256)
     select 'fil_' || md5($1 || n), $1, 'a.zip', n, 'application/zip', 10, sha256('a') from generate_series(1, 1000) n`,
    [productId],
  );
  assert.equal((await call(accountId, "POST", base, draft)).code, "products_too_many");
  assert.equal((await call(accountId, "DELETE", `${base}/${productId}`)).status, 200);
  const next = await begin(accountId);
  await add(accountId, next, "a.txt");
  await call(accountId, "DELETE", `${base}/${next}`);
  for (let round = 0; round < 60 && (await keptOf(productId)).rows > 0; round += 1) await sweep();
  assert.deepEqual(await keptOf(productId), nothing);
});

test("deleted and published at once: one of them happens, and nothing is left of the other", async () => {
  for (const isDeletedFirst of [true, false]) {
    const accountId = await makeSeller(pool);
    const productId = await begin(accountId);
    await add(accountId, productId, "a.txt");
    const remove = () => call(accountId, "DELETE", `${base}/${productId}`);
    const publish = () => call(accountId, "POST", `${base}/${productId}/publish`);
    const acts = isDeletedFirst ? [remove, publish] : [publish, remove];
    const said = await inLine(pool, rowLock("seller.product", "product_id", productId), acts);
    const codes = said.map(({ code }) => code);
    assert.deepEqual(codes, [undefined, isDeletedFirst ? "seller_product_not_found" : "seller_product_published"]);
    const shown = await pool.query("select from catalog.product where product_id = $1", [productId]);
    assert.equal(shown.rowCount, isDeletedFirst ? 0 : 1);
    await sweep();
    if (isDeletedFirst) assert.deepEqual(await keptOf(productId), nothing);
    else assert.equal((await call(accountId, "GET", `${base}/${productId}`)).data.files.length, 1);
  }
  rmSync(join(folder, "kept"), { recursive: true });
});

test("deleted while a file is begun or finished: no file and no piece stays without its product", async () => {
  for (const isDeletedFirst of [true, false]) {
    const accountId = await makeSeller(pool);
    const inOrder = <Act>(remove: Act, other: Act): Act[] => (isDeletedFirst ? [remove, other] : [other, remove]);
    const begun = await begin(accountId);
    const open = () => call(accountId, "POST", `${base}/${begun}/uploads`, { name: "a.txt", sizeBytes: 1 });
    const product = rowLock("seller.product", "product_id", begun);
    const opening = await inLine(
      pool,
      product,
      inOrder(() => call(accountId, "DELETE", `${base}/${begun}`), open),
    );
    const expected = isDeletedFirst ? [undefined, "seller_product_not_found"] : [undefined, undefined];
    assert.deepEqual(
      opening.map(({ code }) => code),
      expected,
    );

    const finished = await begin(accountId);
    const uploadId = await sent(accountId, finished, "b.txt");
    const upload = rowLock("access.upload", "upload_id", uploadId);
    const remove = () => call(accountId, "DELETE", `${base}/${finished}`);
    const [first, second] = await inLine(
      pool,
      upload,
      inOrder(remove, () => finish(accountId, uploadId)),
    );
    const [removal, finishing] = isDeletedFirst ? [first, second] : [second, first];
    assert.equal(removal?.status, 200);
    // Whoever finished it first may still read the product, or be told that it is gone since.
    if (isDeletedFirst) assert.equal(finishing?.code, "upload_not_found");
    else assert.ok([200, 404].includes(finishing?.status ?? 0));
    await sweep();
    for (const productId of [begun, finished]) assert.deepEqual(await keptOf(productId), nothing);
  }
});
