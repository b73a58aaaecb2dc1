import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { openTestDb } from "../../../test/db.ts";
import { makeDigital, payDigital, refundDigital } from "../../../test/digital-orders.ts";
import { adoptHoldings, fileOfLink, libraryList } from "./access.sql.gen.ts";

const { pool } = await openTestDb();

const owned = async (accountId: string): Promise<string[]> =>
  (await libraryList(pool, { accountId })).map(({ productId }) => productId);
const ask = async (statement: string, ...values: unknown[]): Promise<unknown> =>
  (await pool.query(statement, values)).rows[0]?.answer;

test("S4: ten paid orders of one product by one person give it once", async () => {
  const { productId } = await makeDigital(pool);
  const accountId = newId("acc");
  const orders = await Promise.all(Array.from({ length: 10 }, () => payDigital(pool, { accountId, productId })));
  const outcomes = orders.map(({ outcome }) => outcome).sort();
  assert.deepEqual(outcomes, ["granted", ...Array.from({ length: 9 }, () => "owned")]);
  assert.deepEqual(await owned(accountId), [productId]);
});

test("an edition of ten is held by ten of a hundred buyers", async () => {
  const { productId } = await makeDigital(pool, { editionLimit: 10 });
  const orders = await Promise.all(
    Array.from({ length: 100 }, () => payDigital(pool, { accountId: newId("acc"), productId })),
  );
  assert.equal(orders.filter(({ outcome }) => outcome === "granted").length, 10);
  assert.equal(orders.filter(({ outcome }) => outcome === "sold_out").length, 90);
  assert.equal(await ask("select copies as answer from access.edition where product_id = $1", productId), 10);

  const first = orders.find(({ outcome }) => outcome === "granted");
  assert.ok(first !== undefined);
  await refundDigital(pool, first.orderNumber);
  assert.equal((await payDigital(pool, { accountId: newId("acc"), productId })).outcome, "granted", "a copy came back");
  assert.equal((await payDigital(pool, { accountId: newId("acc"), productId })).outcome, "sold_out");
});

test("S3: what was refunded is owned no more, and can be bought again", async () => {
  const { productId } = await makeDigital(pool);
  const accountId = newId("acc");
  const first = await payDigital(pool, { accountId, productId });
  assert.equal(await ask("select access.grant_1($1, $2, $3) as answer", first.orderNumber, accountId, productId), "already");
  await refundDigital(pool, first.orderNumber);
  assert.deepEqual(await owned(accountId), []);
  assert.equal(await ask("select revoke_reason as answer from access.holding where order_number = $1", first.orderNumber), "refunded");
  assert.equal(await ask("select access.grant_1($1, $2, $3) as answer", first.orderNumber, accountId, productId), "already");
  assert.deepEqual(await owned(accountId), [], "a late word of the payment gives nothing back");
  assert.equal((await payDigital(pool, { accountId, productId })).outcome, "granted");
  assert.deepEqual(await owned(accountId), [productId]);
});

test("S3: the order decides, even where the holding was forgotten", async () => {
  const { productId } = await makeDigital(pool);
  const accountId = newId("acc");
  const { orderNumber } = await payDigital(pool, { accountId, productId });
  await pool.query(
    `insert into access.file (file_id, product_id, name, version, content_type, size_bytes, sha256)
     values ('fil_1', $1, 'a.txt', 1, 'text/plain', 1, sha256('a'))`,
    [productId],
  );
  assert.notEqual(await fileOfLink(pool, { fileId: "fil_1", orderNumber }), null);
  await pool.query("update orders.store_order set payment_status = 'refunded' where order_number = $1", [orderNumber]);
  assert.equal(await fileOfLink(pool, { fileId: "fil_1", orderNumber }), null);
  assert.equal(await ask("select outcome as answer from access.link_take_1($1, $2, 9)", accountId, productId), "not_found");
  assert.deepEqual(await owned(accountId), []);
});

test("a disputed order gives nothing until it is decided", async () => {
  const { productId } = await makeDigital(pool);
  const accountId = newId("acc");
  const { orderNumber } = await payDigital(pool, { accountId, productId });
  const take = async () => await ask("select outcome as answer from access.link_take_1($1, $2, 9)", accountId, productId);
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
  const { productId } = await makeDigital(pool);
  const accountId = newId("acc");
  const { orderNumber } = await payDigital(pool, { accountId, productId });
  const take = async () => await ask("select outcome as answer from access.link_take_1($1, $2, 3)", accountId, productId);
  const taken = await Promise.all([take(), take(), take(), take(), take()]);
  assert.deepEqual(taken.sort(), ["given", "given", "given", "too_often", "too_often"]);
  await pool.query("update access.holding set window_started_at = now() - interval '1 hour' where order_number = $1", [orderNumber]);
  assert.equal(await take(), "given");
  assert.equal(await ask("select download_count as answer from access.holding where order_number = $1", orderNumber), 4);
});

test("what a visitor bought is theirs who signs in; what they had already is paid back", async () => {
  const [had, fresh] = [await makeDigital(pool), await makeDigital(pool)];
  const [visitor, person] = [newId("acc"), newId("acc")];
  await payDigital(pool, { accountId: person, productId: had.productId });
  const twice = await payDigital(pool, { accountId: visitor, productId: had.productId });
  await payDigital(pool, { accountId: visitor, productId: fresh.productId });
  const merge = { fromAccountId: visitor, toAccountId: person };
  await adoptHoldings(pool, merge);
  await adoptHoldings(pool, merge);
  assert.deepEqual((await owned(person)).sort(), [had.productId, fresh.productId].sort());
  assert.deepEqual(await owned(visitor), []);
  assert.equal(
    await ask("select reason || amount_minor as answer from payment.refund where order_number = $1", twice.orderNumber),
    "already_owned2500",
  );
});

test("a waiver is of one's own digital order, and its first words count", async () => {
  const { productId } = await makeDigital(pool);
  const accountId = newId("acc");
  const { orderNumber } = await payDigital(pool, { accountId, productId });
  const waive = async (who: string, words: string) =>
    await ask("select access.waive_1($1, $2, $3, 'en') as answer", orderNumber, who, words);
  assert.equal(await waive(newId("acc"), "theirs"), false);
  assert.equal(await waive(accountId, "mine"), true);
  assert.equal(await waive(accountId, "others"), true);
  assert.equal(await ask("select wording as answer from access.waiver where order_number = $1", orderNumber), "mine");
});
