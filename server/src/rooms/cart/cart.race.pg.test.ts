import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { openTestDb } from "../../../test/db.ts";
import { inLine, rowLock, type HeldLock } from "../../../test/in-line.ts";
import { makeCart, makeStore, makeVariant } from "../../../test/makers.ts";
import { addBatch } from "./add-batch.ts";
import { addItem } from "./add-item.ts";
import { changeItem, clearCart, mergeCarts } from "./change-cart.ts";
import { readCart } from "./read-cart.ts";

const { pool } = await openTestDb({ connectionMax: 20, isPatient: true });
const storeId = await makeStore(pool);
const tea = await makeVariant(pool, { storeId });
const cup = await makeVariant(pool, { storeId });

const cartRow = (accountId: string): HeldLock => rowLock("cart.cart", "account_id", accountId);
const add = async (accountId: string, expectedVersion: bigint | null = null): Promise<string> =>
  (await addItem(pool, { accountId, variantId: tea.variantId, quantity: 1, expectedVersion })).kind;
const unitsOf = async (accountId: string): Promise<number> =>
  (await readCart(pool, accountId)).lines.reduce((sum, { quantity }) => sum + quantity, 0);

test("ten tabs in line for one cart lose no unit and skip no version", async () => {
  const accountId = await makeCart(pool, []);
  const told = await inLine(
    pool,
    cartRow(accountId),
    Array.from({ length: 10 }, () => () => add(accountId)),
  );
  assert.ok(told.every((kind) => kind === "done"));
  assert.deepEqual([await unitsOf(accountId), (await readCart(pool, accountId)).version], [10, 10]);
});

test("lesson 12: of two tabs that saw the same cart one is told that it has moved on", async () => {
  const accountId = await makeCart(pool, [{ variant: tea }]);
  const told = await inLine(pool, cartRow(accountId), [() => add(accountId, 0n), () => add(accountId, 0n)]);
  assert.deepEqual(told, ["done", "version_conflict"]);
  assert.equal(await unitsOf(accountId), 2);
});

test("lesson 14: a sign-in in two tabs at once moves the visitor's cart once", async () => {
  const fromAccountId = await makeCart(pool, [{ variant: tea, quantity: 2 }]);
  const toAccountId = await makeCart(pool, [{ variant: tea }, { variant: cup }]);
  const merge = async () => (await mergeCarts(pool, { fromAccountId, toAccountId })).moved;
  const told = await inLine(pool, cartRow(toAccountId), [merge, merge, merge]);
  assert.deepEqual(told, [1, 0, 0]);
  assert.deepEqual([await unitsOf(fromAccountId), await unitsOf(toAccountId)], [0, 4]);
});

test("lesson 14: what a visitor adds while signing in is in one of the two carts, and the next sign-in brings it", async () => {
  for (const isAddFirst of [true, false]) {
    const fromAccountId = await makeCart(pool, [{ variant: tea }]);
    const toAccountId = await makeCart(pool, []);
    const merge = async () => void (await mergeCarts(pool, { fromAccountId, toAccountId }));
    const more = async () => void (await add(fromAccountId));
    await inLine(pool, cartRow(fromAccountId), isAddFirst ? [more, merge] : [merge, more]);
    assert.equal((await unitsOf(fromAccountId)) + (await unitsOf(toAccountId)), 2);
    await merge();
    assert.deepEqual([await unitsOf(fromAccountId), await unitsOf(toAccountId)], [0, 2]);
  }
});

test("lesson 14: a guest's local cart that is sent by five tabs at once is in the cart once", async () => {
  const accountId = await makeCart(pool, []);
  const items = [{ variantId: tea.variantId, quantity: 3 }];
  const send = async () => {
    const sent = await addBatch(pool, { accountId, items, partial: false, merge: true, expectedVersion: null });
    return sent.kind === "done" && sent.isRepeat;
  };
  assert.deepEqual(await inLine(pool, cartRow(accountId), [send, send, send, send, send]), [
    false,
    true,
    true,
    true,
    true,
  ]);
  assert.equal(await unitsOf(accountId), 3);
});

test("lesson 8: a change of a line that was bought or cleared meanwhile brings nothing back", async () => {
  const accountId = await makeCart(pool, [{ variant: tea, quantity: 2 }]);
  const itemId = (await readCart(pool, accountId)).lines[0]?.itemId ?? newId("ci");
  const raise = async () =>
    (await changeItem(pool, { accountId, itemId, variantId: null, quantity: 5, expectedVersion: null })).kind;
  const clear = async () => (await clearCart(pool, { accountId, expectedVersion: null })).kind;
  assert.deepEqual(await inLine(pool, cartRow(accountId), [clear, raise]), ["done", "item_not_found"]);
  assert.equal(await unitsOf(accountId), 0);
});
