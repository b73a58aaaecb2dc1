import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, ReadStream, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { after, test } from "node:test";
import { systemClock } from "#kernel/clock.ts";
import { newId } from "#kernel/ids.ts";
import type { FileStore } from "#platform/files/file-store.ts";
import { folderFiles } from "#platform/files/folder-files.ts";
import { as, testServer } from "#platform/http/test-server.ts";
import { accessRoutes, linkSigner } from "#rooms/access";
import { openTestDb } from "../../../test/db.ts";
import { beginFiles, buyFile, payFiles } from "../../../test/digital.ts";
import { sellerRoutes } from "./index.ts";

const { pool } = await openTestDb();
const { http } = testServer(pool);
const folder = mkdtempSync(join(tmpdir(), "muse-kept-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const kept = folderFiles(folder);
const readings: Readable[] = [];
const files: FileStore = {
  ...kept,
  read: async (key, range) => {
    const content = await kept.read(key, range);
    if (content !== null) readings.push(content);
    return content;
  },
};
const scratchFolder = join(folder, "scratch");
sellerRoutes(http, { files, scan: null, scratchFolder, clock: systemClock, audit: async () => undefined });
const signer = linkSigner("a secret of at least thirty-two letters");
accessRoutes(http, { files, signer });

type Who = ReturnType<typeof as>;
const base = "/api/v1/seller/products";

async function call(
  who: Who | null,
  method: "GET" | "HEAD" | "POST" | "PUT" | "DELETE",
  url: string,
  payload?: object | Buffer,
) {
  const type = Buffer.isBuffer(payload) ? { "content-type": "application/octet-stream" } : {};
  const reply = await http.fastify.inject({
    method,
    url,
    headers: { ...who, ...type },
    ...(payload === undefined ? {} : { payload }),
  });
  const isJson = String(reply.headers["content-type"]).startsWith("application/json");
  const body = isJson && reply.rawPayload.length > 0 ? reply.json() : null;
  return { status: reply.statusCode, data: body?.data, code: body?.error?.code, headers: reply.headers, reply };
}

/** A seller with a draft. */
async function drafted(): Promise<{ readonly who: Who; readonly productId: string }> {
  const accountId = newId("acc");
  await pool.query("insert into seller.seller (account_id, display_name, contract_version) values ($1, 'Hana', '1')", [
    accountId,
  ]);
  const who = as("seller", accountId);
  const draft = { title: "A typeface", currency: "USD", priceCents: 2_500 };
  return { who, productId: (await call(who, "POST", base, draft)).data.productId };
}

async function upload(who: Who, productId: string, name: string, content: Buffer) {
  const { data } = await call(who, "POST", `${base}/${productId}/uploads`, { name, sizeBytes: content.length });
  for (let piece = 0; piece < data.pieceCount; piece += 1) {
    const part = content.subarray(piece * data.pieceBytes, (piece + 1) * data.pieceBytes);
    await call(who, "PUT", `/api/v1/seller/uploads/${data.uploadId}/pieces/${piece}`, part);
  }
  return await call(who, "POST", `/api/v1/seller/uploads/${data.uploadId}/finish`);
}

test("nobody pays for nothing: what is published keeps a file, and who had begun to buy has what was withdrawn meanwhile", async () => {
  const { who, productId } = await drafted();
  await upload(who, productId, "a.txt", Buffer.from("a"));
  const fileId = (await upload(who, productId, "b.txt", Buffer.from("b"))).data.files[0].fileId;
  await call(who, "POST", `${base}/${productId}/publish`);
  const early = await beginFiles(pool, [{ productId }]);
  assert.equal((await call(who, "DELETE", `${base}/${productId}/files/${fileId}`)).data.files.length, 1);
  const late = await beginFiles(pool, [{ productId }]);
  const left = (await call(who, "GET", `${base}/${productId}`)).data.files[0].fileId;
  const removing = () => call(who, "DELETE", `${base}/${productId}/files/${left}`);
  assert.equal((await removing()).code, "seller_file_last");
  assert.equal((await call(who, "DELETE", `${base}/${productId}/files/${fileId}`)).status, 200, "again is once");
  await call(who, "POST", `${base}/${productId}/withdraw`);
  assert.deepEqual((await removing()).data.files, []);

  await payFiles(pool, early);
  await payFiles(pool, late);
  const given = async (accountId: string): Promise<string[]> =>
    (await call(as("shopper", accountId), "GET", "/api/v1/library")).data.items[0].files.map(
      ({ name }: { name: string }) => name,
    );
  assert.deepEqual(await given(early.accountId), ["a.txt", "b.txt"]);
  assert.deepEqual(await given(late.accountId), ["b.txt"], "what was gone when they began");
});

test("what is kept for one seller has a bound, older versions included", async () => {
  const { who, productId } = await drafted();
  const open = async (sizeBytes: number) =>
    await call(who, "POST", `${base}/${productId}/uploads`, { name: "a.zip", sizeBytes });
  await pool.query(
    `insert into access.file (file_id, product_id, name, version, content_type, size_bytes, sha256, withdrawn_at)
     values ('fil_large', $1, 'old.zip', 1, 'application/zip', 20 * 1024::bigint ^ 3 - 10, sha256('a'), now())`,
    [productId],
  );
  assert.equal((await open(6)).status, 200);
  assert.equal((await open(5)).code, "files_too_many", "what is on its way counts");
  assert.equal((await open(4)).status, 200);
});

test("who only asks how long a file is, is told without it being read", async () => {
  const { who, productId } = await drafted();
  const content = Buffer.concat([Buffer.from("504b0304", "hex"), randomBytes(5 * 1024 * 1024)]);
  await upload(who, productId, "a.zip", content);
  await call(who, "POST", `${base}/${productId}/publish`);
  const { accountId } = await buyFile(pool, { productId });
  const links = await call(as("shopper", accountId), "GET", `/api/products/${productId}/download`);
  readings.length = 0;
  const head = await call(null, "HEAD", links.data.url);
  assert.deepEqual(
    [head.status, head.headers["content-length"], head.reply.rawPayload.length],
    [200, String(content.length), 0],
  );
  for (const reading of readings) {
    if (!reading.closed) await once(reading, "close");
    assert.ok(reading instanceof ReadStream && reading.bytesRead < content.length / 2, "nobody reads what is not sent");
  }
});

async function bought(): Promise<{ readonly accountId: string; readonly productId: string }> {
  const { who, productId } = await drafted();
  await upload(who, productId, "a.txt", Buffer.from("a"));
  await call(who, "POST", `${base}/${productId}/publish`);
  return { productId, accountId: (await buyFile(pool, { productId })).accountId };
}

/** A link of our own making that runs out so many seconds from now, by the database's time. */
async function linkFor(url: string, seconds: number): Promise<string> {
  const made = new URL(url, "http://x");
  const fileId = made.pathname.slice("/api/v1/files/".length);
  const orderNumber = made.searchParams.get("order") ?? "";
  const { rows } = await pool.query("select floor(extract(epoch from now()))::int + $1::int as at", [seconds]);
  const expiresS: number = rows[0].at;
  made.searchParams.set("expires", String(expiresS));
  made.searchParams.set("signature", signer.sign({ fileId, orderNumber, expiresS }));
  return made.pathname + made.search;
}

test("a link that was touched, or has run out, opens nothing", async () => {
  const { accountId, productId } = await bought();
  const { data } = await call(as("shopper", accountId), "GET", `/api/products/${productId}/download`);
  const url = new URL(data.url, "http://x");
  const later = new URL(url);
  later.searchParams.set("expires", String(Number(url.searchParams.get("expires")) + 60));
  const order = new URL(url);
  order.searchParams.set("order", "MO-2222222222");
  for (const changed of [later, order]) {
    assert.equal((await call(null, "GET", changed.pathname + changed.search)).code, "download_link_invalid");
  }
  const over = await linkFor(data.url, -1);
  assert.equal((await call(null, "GET", over)).code, "download_link_invalid");
  const browser = { "sec-fetch-dest": "document", "accept-language": "ko" };
  const { statusCode, payload } = await http.fastify.inject({ url: over, headers: browser });
  assert.equal(statusCode, 410);
  assert.match(payload, /만료된 링크입니다.*href="\/library"/s, "who opens it as a page reads one");
});

test("a link runs out by the database's time, however wrong the clock of the program that is asked", async ({
  mock,
}) => {
  const { accountId, productId } = await bought();
  const hourMs = 3_600_000;
  const rightMs = Date.now();
  mock.timers.enable({ apis: ["Date"], now: rightMs - hourMs });
  const { data } = await call(as("shopper", accountId), "GET", `/api/products/${productId}/download`);
  assert.ok(Math.abs(Date.parse(data.expiresAt) - rightMs - 15 * 60_000) < 60_000, data.expiresAt);
  assert.equal((await call(null, "GET", await linkFor(data.url, -1))).code, "download_link_invalid", "an hour behind");
  mock.timers.setTime(rightMs + hourMs);
  assert.equal((await call(null, "GET", data.url)).status, 200, "an hour ahead");
});
