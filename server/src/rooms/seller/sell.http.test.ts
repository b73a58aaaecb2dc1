import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { sellerContractVersion } from "@muse/contracts/seller-contract";
import { waiverVersion, waiverWords } from "@muse/contracts/withdrawal-waiver";
import { systemClock } from "#kernel/clock.ts";
import { newId } from "#kernel/ids.ts";
import { folderFiles } from "#platform/files/folder-files.ts";
import { as, testServer } from "#platform/http/test-server.ts";
import { accessRoutes, accessSweeps, linkSigner, scannerOf } from "#rooms/access";
import { catalogRoutes } from "#rooms/catalog";
import { openTestDb } from "../../../test/db.ts";
import { buyFile, refundFile } from "../../../test/digital.ts";
import { sellerRoutes } from "./index.ts";

const { pool } = await openTestDb();
const { http } = testServer(pool);
const folder = mkdtempSync(join(tmpdir(), "muse-files-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const files = folderFiles(join(folder, "kept"));
const audited: string[] = [];
/** A scanner that refuses what names the test file of all scanners, and has no word for what says so. */
const scannerPath = join(folder, "scanner.sh");
writeFileSync(scannerPath, `#!/bin/sh\ngrep -q EICAR "$1" && exit 1\ngrep -q SILENT "$1" && exit 2\nexit 0\n`, {
  mode: 0o755,
});
sellerRoutes(http, {
  files,
  scan: scannerOf(scannerPath),
  scratchFolder: join(folder, "scratch"),
  clock: systemClock,
  audit: async (_, { action, subject }) => void audited.push(`${action} ${subject}`),
});
accessRoutes(http, { files, signer: linkSigner("a secret of at least thirty-two letters") });
catalogRoutes(http);

type Method = "GET" | "POST" | "PUT" | "DELETE";
type Who = ReturnType<typeof as>;
async function call(
  who: Who | null,
  method: Method,
  url: string,
  payload?: object | string | Buffer,
  headers: object = {},
) {
  const reply = await http.fastify.inject({
    method,
    url,
    headers: { ...who, ...headers },
    ...(payload === undefined ? {} : { payload }),
  });
  const isJson = String(reply.headers["content-type"]).startsWith("application/json");
  const body = isJson && reply.rawPayload.length > 0 ? reply.json() : null;
  return {
    status: reply.statusCode,
    data: body?.data,
    code: body?.error?.code,
    headers: reply.headers,
    bytes: reply.rawPayload,
  };
}

async function person(role: "shopper" | "ops" | "seller" = "shopper"): Promise<string> {
  const accountId = newId("acc");
  await pool.query(
    `insert into account."user" (id, name, email, email_verified, role) values ($1, 'Nam', $1 || '@mail.test', true, $2)`,
    [accountId, role],
  );
  return accountId;
}

async function seller(): Promise<{ readonly accountId: string; readonly who: Who }> {
  const accountId = await person();
  const body = { displayName: "Hana's type", about: "Letters.", contractVersion: sellerContractVersion };
  assert.equal((await call(as("shopper", accountId), "POST", "/api/v1/seller", body)).status, 200);
  return { accountId, who: as("seller", accountId) };
}

const draft = {
  title: "Han river, a typeface",
  description: "Nine weights.",
  category: "Fonts",
  currency: "KRW",
  priceCents: 12_000,
};
const base = "/api/v1/seller/products";
const begin = async (who: Who, fields: object = {}): Promise<string> =>
  (await call(who, "POST", base, { ...draft, ...fields })).data.productId;

/** Sends a file as a browser would: begun, piece by piece, finished. */
async function upload(who: Who, productId: string, name: string, content: Buffer) {
  const opened = await call(who, "POST", `${base}/${productId}/uploads`, { name, sizeBytes: content.length });
  if (opened.status !== 200) return opened;
  const { uploadId, pieceBytes, pieceCount } = opened.data;
  for (let piece = 0; piece < pieceCount; piece += 1) {
    const sent = await put(who, uploadId, piece, content.subarray(piece * pieceBytes, (piece + 1) * pieceBytes));
    assert.equal(sent.status, 200);
  }
  return await call(who, "POST", `/api/v1/seller/uploads/${uploadId}/finish`);
}
const put = async (who: Who, uploadId: string, piece: number, content: Buffer) =>
  await call(who, "PUT", `/api/v1/seller/uploads/${uploadId}/pieces/${piece}`, content, {
    "content-type": "application/octet-stream",
  });

const zip = (size: number): Buffer => Buffer.concat([Buffer.from("504b0304", "hex"), randomBytes(size - 4)]);

test("a file goes from a seller's disk to a buyer's, byte for byte", async () => {
  const { who } = await seller();
  const productId = await begin(who);
  assert.equal(
    (await call(null, "GET", `/api/v1/catalog/products/${productId}`)).status,
    404,
    "a draft is nobody's else",
  );
  assert.equal((await call(who, "POST", `${base}/${productId}/publish`)).code, "seller_product_empty");
  const content = zip(5 * 1024 * 1024 + 17);
  const uploaded = await upload(who, productId, "한강 글꼴.zip", content);
  assert.deepEqual(
    uploaded.data.files.map(({ name, version, isScanned }: { name: string; version: number; isScanned: boolean }) => [
      name,
      version,
      isScanned,
    ]),
    [["한강 글꼴.zip", 1, true]],
  );
  const published = await call(who, "POST", `${base}/${productId}/publish`);
  assert.deepEqual(
    [published.status, published.data.status, published.data.hasUnpublishedChanges],
    [200, "published", false],
  );
  const shown = await call(null, "GET", `/api/v1/catalog/products/${productId}`);
  assert.deepEqual([shown.status, shown.data.title], [200, draft.title]);

  const buyer = as("shopper", newId("acc"));
  const buyerId = buyer.authorization.split(":")[1] ?? "";
  assert.equal((await call(buyer, "GET", `/api/products/${productId}/download`)).code, "order_not_owned");
  const { orderNumber } = await buyFile(pool, { productId }, buyerId);
  const library = await call(buyer, "GET", "/api/v1/library");
  assert.deepEqual(
    [library.data.items.length, library.data.items[0].sellerName, library.data.items[0].waiver.state],
    [1, "Hana's type", "open"],
  );
  const ownedOf = async (id: string): Promise<unknown[]> =>
    (await call(buyer, "GET", `/api/v1/library?productId=${id}`)).data.items;
  assert.deepEqual(await ownedOf(productId), library.data.items);
  assert.deepEqual(await ownedOf(newId("prd")), [], "of that product alone");

  const links = await call(buyer, "GET", `/api/products/${productId}/download`);
  assert.deepEqual([links.data.fileName, links.data.downloadCount], ["한강 글꼴.zip", 1]);
  const whole = await call(null, "GET", links.data.url);
  assert.equal(whole.status, 200);
  assert.ok(whole.bytes.equals(content), "byte for byte");
  assert.match(String(whole.headers["content-disposition"]), /^attachment; filename\*=UTF-8''%ED%95%9C/);
  const part = await call(null, "GET", links.data.url, undefined, { range: "bytes=4194300-4194310" });
  assert.equal(part.status, 206);
  assert.equal(part.headers["content-range"], `bytes 4194300-4194310/${content.length}`);
  assert.ok(part.bytes.equals(content.subarray(4_194_300, 4_194_311)));
  assert.equal((await call(null, "GET", links.data.url, undefined, { range: `bytes=${content.length}-` })).status, 416);

  await pool.query("select access.freeze_1($1)", [orderNumber]);
  assert.equal((await call(null, "GET", links.data.url)).code, "download_frozen");
  await pool.query("select access.thaw_1($1)", [orderNumber]);
  await refundFile(pool, orderNumber);
  assert.equal((await call(null, "GET", links.data.url)).code, "file_not_found", "a link outlives no refund");
  assert.deepEqual((await call(buyer, "GET", "/api/v1/library")).data.items, []);
});

test("files that are no goods are refused, and leave nothing behind", async () => {
  const { who } = await seller();
  const productId = await begin(who);
  const code = async (name: string, content: Buffer): Promise<string> =>
    (await upload(who, productId, name, content)).code;
  assert.equal(await code("run.exe", Buffer.from("MZ")), "file_type_refused");
  assert.equal(await code("page.html", Buffer.from("<script>")), "file_type_refused");
  assert.equal(await code("a.pdf", zip(50)), "file_type_refused");
  assert.equal(await code("a.txt", Buffer.from("#!/bin/sh\n")), "file_type_refused");
  assert.equal(await code("../a.txt", Buffer.from("a")), "request_invalid");
  assert.equal(await code("a.txt", Buffer.from("EICAR")), "file_infected");
  assert.deepEqual((await call(who, "GET", `${base}/${productId}`)).data.files, []);
  const open = await call(who, "POST", `${base}/${productId}/uploads`, { name: "a.zip", sizeBytes: 1024 ** 3 + 1 });
  assert.equal(open.code, "file_too_large");
  assert.equal((await pool.query("select from access.upload where product_id = $1", [productId])).rowCount, 0);
  assert.deepEqual(readdirSync(join(folder, "scratch")), []);
});

test("an upload goes on where it broke, and waits for a scanner that has no word", async () => {
  const { who } = await seller();
  const productId = await begin(who);
  const content = Buffer.concat([zip(2 * 1024 * 1024 + 5)]);
  const { data } = await call(who, "POST", `${base}/${productId}/uploads`, {
    name: "b.zip",
    sizeBytes: content.length,
  });
  const finish = `/api/v1/seller/uploads/${data.uploadId}/finish`;
  assert.equal((await put(who, data.uploadId, 0, content.subarray(0, data.pieceBytes))).status, 200);
  assert.equal((await call(who, "POST", finish)).code, "upload_incomplete");
  assert.equal((await put(who, data.uploadId, 1, content.subarray(0, 4))).code, "upload_piece_invalid");
  assert.equal((await put(who, data.uploadId, 1, content.subarray(0, 6))).code, "upload_piece_invalid");
  assert.equal((await put(who, data.uploadId, 2, content.subarray(0, 5))).code, "upload_piece_invalid");
  assert.equal((await put(who, data.uploadId, 1, content.subarray(data.pieceBytes))).status, 200);
  assert.equal((await call(who, "POST", finish)).status, 200);
  assert.equal((await call(who, "POST", finish)).code, "upload_not_found");

  const silent = await upload(who, productId, "c.txt", Buffer.from("SILENT"));
  assert.equal(silent.code, "scanner_unavailable");
  assert.equal((await pool.query("select from access.upload where name = 'c.txt'")).rowCount, 1);
  await pool.query("update access.upload set created_at = now() - interval '25 hours'");
  const dropped = [];
  for (const { run } of accessSweeps(pool, files)) dropped.push(await run(new AbortController().signal));
  assert.deepEqual(dropped, [1, 0]);
  assert.equal((await pool.query("select from access.upload")).rowCount, 0);
  assert.ok(!existsSync(join(folder, "kept", "pieces", data.uploadId, "0")));
});

test("a new version is what is sold; what is withdrawn stays with those who bought it", async () => {
  const { who } = await seller();
  const productId = await begin(who);
  await upload(who, productId, "guide.txt", Buffer.from("first"));
  await upload(who, productId, "extra.txt", Buffer.from("beside"));
  await call(who, "POST", `${base}/${productId}/publish`);
  const [early, late] = [newId("acc"), newId("acc")];
  await buyFile(pool, { productId }, early);
  const second = await upload(who, productId, "guide.txt", Buffer.from("second"));
  const extra = second.data.files.find(({ name }: { name: string }) => name === "extra.txt").fileId;
  assert.equal((await call(who, "DELETE", `${base}/${productId}/files/${extra}`)).data.files.length, 1);
  await buyFile(pool, { productId }, late);
  const got = async (accountId: string): Promise<string[]> => {
    const { data } = await call(as("shopper", accountId), "GET", `/api/products/${productId}/download`);
    const texts = data.files.map(
      async ({ fileName, url }: { fileName: string; url: string }) =>
        `${fileName} ${(await call(null, "GET", url)).bytes.toString()}`,
    );
    return await Promise.all(texts);
  };
  assert.deepEqual(await got(early), ["extra.txt beside", "guide.txt second"]);
  assert.deepEqual(await got(late), ["guide.txt second"]);
});

test("signing up: the contract of today, once, and never for those who work here", async () => {
  const accountId = await person();
  const body = { displayName: "Ada", contractVersion: sellerContractVersion };
  const sign = async (who: string, more: object = {}) =>
    await call(as("shopper", who), "POST", "/api/v1/seller", { ...body, ...more });
  assert.equal((await sign(accountId, { contractVersion: "2001-01" })).code, "seller_contract_outdated");
  assert.equal((await call(as("shopper", accountId), "GET", "/api/v1/seller")).code, "seller_not_found");
  assert.deepEqual([(await sign(await person("ops"))).code], ["seller_not_possible"]);
  const first = (await sign(accountId)).data;
  assert.deepEqual([first.verificationLevel, first.feeBasisPoints], ["email", 1000]);
  assert.equal((await sign(accountId, { displayName: "Eve" })).data.displayName, "Ada");
  assert.equal((await pool.query(`select role from account."user" where id = $1`, [accountId])).rows[0].role, "seller");
  const level = { verificationLevel: "identity", reason: "Passport seen." };
  const url = `/api/v1/admin/sellers/${accountId}/verification`;
  assert.equal((await call(as("seller", accountId), "PUT", url, level)).code, "role_missing");
  assert.equal((await call(as("ops", newId("acc")), "PUT", url, level)).data.verificationLevel, "identity");
  assert.deepEqual(audited, [`seller.verify ${accountId}`]);
});

test("mail to a seller is in the language in which they signed up, or changed their store last", async () => {
  const accountId = await person();
  const localeNow = async (): Promise<string> =>
    (await pool.query("select locale from seller.seller where account_id = $1", [accountId])).rows[0].locale;
  const body = { displayName: "Hana's type", about: "" };
  const korean = { "accept-language": "ko" };
  const signUp = { ...body, contractVersion: sellerContractVersion };
  await call(as("shopper", accountId), "POST", "/api/v1/seller", signUp, korean);
  assert.equal(await localeNow(), "ko");
  await call(as("shopper", accountId), "POST", "/api/v1/seller", signUp);
  assert.equal(await localeNow(), "ko", "signing up again changes nothing");
  await call(as("seller", accountId), "PUT", "/api/v1/seller", body);
  assert.equal(await localeNow(), "en");
});

test("P3: another seller's product does not exist", async () => {
  const [mine, theirs] = [await seller(), await seller()];
  const productId = await begin(theirs.who);
  const calls: readonly (readonly [Method, string, object?])[] = [
    ["GET", `${base}/${productId}`],
    ["PUT", `${base}/${productId}`, draft],
    ["POST", `${base}/${productId}/publish`],
    ["POST", `${base}/${productId}/withdraw`],
    ["POST", `${base}/${productId}/uploads`, { name: "a.txt", sizeBytes: 1 }],
    ["DELETE", `${base}/${productId}/files/fil_1`],
  ];
  for (const [method, url, body] of calls) {
    assert.equal((await call(mine.who, method, url, body)).code, "seller_product_not_found", `${method} ${url}`);
  }
  const { data } = await call(theirs.who, "POST", `${base}/${productId}/uploads`, { name: "a.txt", sizeBytes: 1 });
  assert.equal((await put(mine.who, data.uploadId, 0, Buffer.from("a"))).code, "upload_not_found");
  assert.equal(
    (await call(mine.who, "POST", `/api/v1/seller/uploads/${data.uploadId}/finish`)).code,
    "upload_not_found",
  );
});

test("what was published is fixed in what people buy by; the rest changes with the next publishing", async () => {
  const { who } = await seller();
  const productId = await begin(who, { editionLimit: 5 });
  await upload(who, productId, "a.txt", Buffer.from("a"));
  await call(who, "POST", `${base}/${productId}/publish`);
  const change = async (fields: object) =>
    await call(who, "PUT", `${base}/${productId}`, { ...draft, editionLimit: 5, ...fields });
  assert.equal((await change({ editionLimit: 50 })).code, "seller_product_fixed");
  assert.equal((await change({ currency: "USD" })).code, "seller_product_fixed");
  assert.equal((await change({ priceCents: 99 })).code, "seller_price_invalid");
  const changed = await change({ title: "Another title", priceCents: 15_000 });
  assert.equal(changed.data.hasUnpublishedChanges, true);
  const price = async () =>
    (
      await pool.query(
        "select p.title, v.price_minor from catalog.product p join catalog.variant v using (product_id) where product_id = $1",
        [productId],
      )
    ).rows;
  assert.deepEqual(await price(), [{ title: draft.title, price_minor: 12_000n }]);
  await call(who, "POST", `${base}/${productId}/publish`);
  assert.deepEqual(await price(), [{ title: "Another title", price_minor: 15_000n }]);
  assert.equal((await call(who, "POST", `${base}/${productId}/withdraw`)).data.status, "withdrawn");
  assert.equal((await call(who, "POST", `${base}/${productId}/withdraw`)).code, "seller_product_not_published");
  assert.equal(
    (await pool.query("select is_active from catalog.product where product_id = $1", [productId])).rows[0].is_active,
    false,
  );
});

test("sales are told with what Muse keeps and what is theirs, to the unit, and never who bought", async () => {
  const { who } = await seller();
  const productId = await begin(who, { currency: "USD", priceCents: 1995 });
  await upload(who, productId, "a.txt", Buffer.from("a"));
  await call(who, "POST", `${base}/${productId}/publish`);
  await buyFile(pool, { productId }, newId("acc"));
  const { orderNumber } = await buyFile(pool, { productId }, newId("acc"));
  await refundFile(pool, orderNumber);
  const { data } = await call(who, "GET", "/api/v1/seller/sales");
  assert.equal(data.totalSales, 2);
  const [back, kept] = data.sales;
  assert.deepEqual([kept.grossCents, kept.feeCents, kept.netCents, kept.netDisplay], [1995, 200, 1795, "$17.95"]);
  assert.deepEqual([back.refundedCents, back.feeCents, back.netCents, back.paymentStatus], [1995, 0, 0, "refunded"]);
  assert.ok(!JSON.stringify(data).includes("acc_"));
  const figures = (await call(who, "GET", "/api/v1/seller/figures")).data;
  const [usd] = figures.currencies;
  assert.deepEqual([usd.sales, usd.netDisplay, usd.buckets.length, figures.products[0].sales], [2, "$17.95", 30, 2]);
  const month = new Date().toISOString().slice(0, 7);
  const csv = await call(who, "GET", `/api/v1/seller/statement.csv?currency=USD&month=${month}`);
  assert.match(csv.bytes.toString(), /total,2,,,,USD,39\.90,19\.95,,2\.00,17\.95\r\n$/);
  const other = await seller();
  assert.equal((await call(other.who, "GET", "/api/v1/seller/sales")).data.totalSales, 0);
});

test("owners alone say how it is, once each, and the waiver's words are kept", async () => {
  const { who } = await seller();
  const productId = await begin(who);
  await upload(who, productId, "a.txt", Buffer.from("a"));
  await call(who, "POST", `${base}/${productId}/publish`);
  const accountId = newId("acc");
  const buyer = as("shopper", accountId);
  const say = async (rating: number, body: string) =>
    await call(buyer, "POST", `/api/products/${productId}/reviews`, { rating, body });
  assert.equal((await say(5, "never seen")).code, "order_not_owned");
  const { orderNumber } = await buyFile(pool, { productId }, accountId);
  assert.equal((await say(2, "so so")).status, 200);
  assert.equal((await say(4, "grew on me")).status, 200);
  const { data } = await call(null, "GET", `/api/products/${productId}/reviews`);
  assert.deepEqual([data.count, data.averageRating, data.reviews[0].body], [1, 4, "grew on me"]);
  assert.ok(!JSON.stringify(data).includes(accountId));

  const waive = { version: waiverVersion, language: "ko" };
  const stranger = as("shopper", newId("acc"));
  assert.equal((await call(stranger, "PUT", `/api/v1/library/${orderNumber}/waiver`, waive)).code, "order_not_found");
  const waived = await call(buyer, "PUT", `/api/v1/library/${orderNumber}/waiver`, waive);
  assert.deepEqual([waived.data.state, waived.data.words], ["waived", waiverWords.ko]);
  const item = (await call(buyer, "GET", "/api/v1/library")).data.items[0];
  assert.deepEqual([item.waiver.state, item.review.rating], ["waived", 4]);
});
