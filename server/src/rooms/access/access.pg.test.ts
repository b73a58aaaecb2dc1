import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { openTestDb } from "../../../test/db.ts";
import { beginFiles, buyFile, makeFile, payFiles, refundFile, type BegunFiles } from "../../../test/digital.ts";
import { adoptHoldings, fileOfLink, libraryList } from "./access.sql.gen.ts";

const { pool } = await openTestDb();

const all = { productId: null, orderNumber: null, limit: 20, offset: 0 };
const owned = async (accountId: string): Promise<string[]> =>
  (await libraryList(pool, { accountId, ...all })).map(({ productId }) => productId);
const ask = async (statement: string, ...values: unknown[]): Promise<unknown> =>
  (await pool.query(statement, values)).rows[0]?.answer;

const endsOf = async (begun: readonly BegunFiles[]): Promise<Record<string, number>> => {
  const { rows } = await pool.query<{ ending: string }>(
    "select coalesce(reason, status::text) as ending from orders.store_order where session_id = any ($1)",
    [begun.map(({ sessionId }) => sessionId)],
  );
  return Object.fromEntries(
    Object.entries(Object.groupBy(rows, ({ ending }) => ending)).map(([ending, all = []]) => [ending, all.length]),
  );
};

test("S4: ten visitors who pay for one product and turn out to be one person have it once", async () => {
  const file = await makeFile(pool);
  const accountId = newId("acc");
  // Each has something beside it: one person has one checkout of one cart.
  const begun = await Promise.all(
    Array.from({ length: 10 }, async () => beginFiles(pool, [file, await makeFile(pool)])),
  );
  for (const { sessionId } of begun) {
    await pool.query("update checkout.session set account_id = $2 where session_id = $1", [sessionId, accountId]);
    await pool.query("update orders.store_order set account_id = $2 where session_id = $1", [sessionId, accountId]);
  }
  await Promise.all(begun.map((one) => payFiles(pool, one)));
  assert.deepEqual(await endsOf(begun), { delivered: 11, already_purchased: 9 });
  assert.equal((await owned(accountId)).filter((productId) => productId === file.productId).length, 1);
});

test("an edition of ten is held by ten of a hundred who pay for it, and by one more when a copy came back", async () => {
  const file = await makeFile(pool);
  const begun = await Promise.all(Array.from({ length: 100 }, () => beginFiles(pool, [file])));
  // Only now: nobody begins to pay for what others' payments will have taken (checkout.sold_out_1).
  await pool.query("update catalog.product set edition_limit = 10 where product_id = $1", [file.productId]);
  const queue = [...begun];
  const pay = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await payFiles(pool, next);
  };
  // As many at once as there are connections: more would wait for one of those, and not for the edition.
  await Promise.all(Array.from({ length: 8 }, pay));
  assert.deepEqual(await endsOf(begun), { delivered: 10, out_of_stock: 90 });
  const copies = "select copies as answer from access.edition where product_id = $1";
  assert.equal(await ask(copies, file.productId), 10);

  const held = "select order_number as answer from access.holding where product_id = $1 and revoked_at is null limit 1";
  await refundFile(pool, String(await ask(held, file.productId)));
  assert.equal(await ask(copies, file.productId), 9);
  await buyFile(pool, file);
  await assert.rejects(buyFile(pool, file), "there is no eleventh");
  assert.equal(await ask(copies, file.productId), 10);
});

test("a library is read by the page, the newest first, and by the order", async () => {
  const accountId = newId("acc");
  const bought: { readonly orderNumber: string; readonly productId: string }[] = [];
  for (const file of [await makeFile(pool), await makeFile(pool), await makeFile(pool)]) {
    const { orderNumber } = await buyFile(pool, file, accountId);
    bought.unshift({ orderNumber, productId: file.productId });
  }
  const pages = await Promise.all(
    [0, 2, 4].map((offset) => libraryList(pool, { accountId, ...all, limit: 2, offset })),
  );
  assert.deepEqual(
    pages.map((rows) => rows.map(({ productId }) => productId)),
    [bought.slice(0, 2), bought.slice(2), []].map((some) => some.map(({ productId }) => productId)),
  );
  assert.deepEqual(
    pages.flat().map(({ total }) => total),
    [3n, 3n, 3n],
  );
  const orderNumber = bought[1]?.orderNumber ?? "";
  const [one, ...others] = await libraryList(pool, { accountId, ...all, orderNumber });
  assert.deepEqual([one?.productId, one?.total, others], [bought[1]?.productId, 1n, []]);
});

test("S3: what was refunded is owned no more, and can be bought again", async () => {
  const { productId } = await makeFile(pool);
  const accountId = newId("acc");
  const first = await buyFile(pool, { productId }, accountId);
  assert.equal(
    await ask("select access.grant_1($1, $2, $3) as answer", first.orderNumber, accountId, productId),
    "already",
  );
  await refundFile(pool, first.orderNumber);
  assert.deepEqual(await owned(accountId), []);
  assert.equal(
    await ask("select revoke_reason as answer from access.holding where order_number = $1", first.orderNumber),
    "refunded",
  );
  assert.equal(
    await ask("select access.grant_1($1, $2, $3) as answer", first.orderNumber, accountId, productId),
    "already",
  );
  assert.deepEqual(await owned(accountId), [], "a late word of the payment gives nothing back");
  await buyFile(pool, { productId }, accountId);
  assert.deepEqual(await owned(accountId), [productId]);
});

test("S3: the order decides, even where the holding was forgotten", async () => {
  const { productId } = await makeFile(pool);
  const accountId = newId("acc");
  const { orderNumber } = await buyFile(pool, { productId }, accountId);
  await pool.query(
    `insert into access.file (file_id, product_id, name, version, content_type, size_bytes, sha256)
     values ('fil_1', $1, 'a.txt', 1, 'text/plain', 1, sha256('a'))`,
    [productId],
  );
  const link = { fileId: "fil_1", orderNumber, expiresS: Date.now() / 1000 + 3_600 };
  assert.notEqual(await fileOfLink(pool, link), null);
  await pool.query("update orders.store_order set payment_status = 'refunded' where order_number = $1", [orderNumber]);
  assert.equal(await fileOfLink(pool, link), null);
  assert.equal(
    await ask("select outcome as answer from access.link_take_1($1, $2, 9)", accountId, productId),
    "not_found",
  );
  assert.deepEqual(await owned(accountId), []);
});

test("a disputed order gives nothing until it is decided", async () => {
  const { productId } = await makeFile(pool);
  const accountId = newId("acc");
  const { orderNumber } = await buyFile(pool, { productId }, accountId);
  const take = async () =>
    await ask("select outcome as answer from access.link_take_1($1, $2, 9)", accountId, productId);
  assert.equal(await ask("select access.freeze_1($1) as answer", orderNumber), true);
  assert.equal(await ask("select access.freeze_1($1) as answer", orderNumber), false);
  assert.equal(await take(), "frozen");
  assert.equal(await ask("select access.thaw_1($1) as answer", orderNumber), true);
  assert.equal(await take(), "given");
  assert.equal(await ask("select access.revoke_1($1, 'dispute_lost') as answer", orderNumber), true);
  assert.equal(await ask("select access.revoke_1($1, 'dispute_lost') as answer", orderNumber), false);
  assert.equal(await take(), "not_found");
});

test("links run dry after so many in an hour, and come back with the next", async () => {
  const { productId } = await makeFile(pool);
  const accountId = newId("acc");
  const { orderNumber } = await buyFile(pool, { productId }, accountId);
  const take = async () =>
    await ask("select outcome as answer from access.link_take_1($1, $2, 3)", accountId, productId);
  const taken = await Promise.all([take(), take(), take(), take(), take()]);
  assert.deepEqual(taken.map(String).sort(), ["given", "given", "given", "too_often", "too_often"]);
  await pool.query("update access.holding set window_started_at = now() - interval '1 hour' where order_number = $1", [
    orderNumber,
  ]);
  assert.equal(await take(), "given");
  assert.equal(
    await ask("select download_count as answer from access.holding where order_number = $1", orderNumber),
    4,
  );
});

test("what a visitor bought is theirs who signs in; what they had already is paid back", async () => {
  const [had, fresh] = [await makeFile(pool), await makeFile(pool)];
  const [visitor, person] = [newId("acc"), newId("acc")];
  await buyFile(pool, had, person);
  const twice = await buyFile(pool, had, visitor);
  await buyFile(pool, fresh, visitor);
  const merge = { fromAccountId: visitor, toAccountId: person };
  await adoptHoldings(pool, merge);
  await adoptHoldings(pool, merge);
  assert.deepEqual((await owned(person)).sort(), [had.productId, fresh.productId].sort());
  assert.deepEqual(await owned(visitor), []);
  assert.equal(
    await ask("select reason || amount_minor as answer from payment.refund where order_number = $1", twice.orderNumber),
    "already_owned1200",
  );
});

test("a waiver is of one's own digital order, and its first words count", async () => {
  const { productId } = await makeFile(pool);
  const accountId = newId("acc");
  const { orderNumber } = await buyFile(pool, { productId }, accountId);
  const waive = async (who: string, words: string) =>
    await ask("select access.waive_1($1, $2, $3, 'en') as answer", orderNumber, who, words);
  assert.equal(await waive(newId("acc"), "theirs"), false);
  assert.equal(await waive(accountId, "mine"), true);
  assert.equal(await waive(accountId, "others"), true);
  assert.equal(await ask("select wording as answer from access.waiver where order_number = $1", orderNumber), "mine");
});
