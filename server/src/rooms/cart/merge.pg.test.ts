import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { makeCart, makeStore, makeVariant, type MadeVariant } from "../../../test/makers.ts";
import { openTestDb } from "../../../test/db.ts";
import { addBatch, type AddBatch } from "./add-batch.ts";
import { addItem } from "./add-item.ts";
import { clearCart, mergeCarts } from "./change-cart.ts";
import { readCart } from "./read-cart.ts";

const { pool } = await openTestDb();
const storeId = await makeStore(pool);
const a = await makeVariant(pool, { storeId });
const b = await makeVariant(pool, { storeId });
const c = await makeVariant(pool, { storeId });
const file = await makeVariant(pool, { storeId, kind: "digital" });

const wanted = (variant: MadeVariant, quantity = 1) => ({
  productId: variant.productId,
  variantId: variant.variantId,
  quantity,
});
const batch = (accountId: string, items: AddBatch["items"], options: Partial<AddBatch> = {}) =>
  addBatch(pool, { accountId, items, partial: false, merge: false, expectedVersion: null, ...options });
const held = async (accountId: string): Promise<Record<string, number>> => {
  const names = new Map([
    [a.variantId, "A"],
    [b.variantId, "B"],
    [c.variantId, "C"],
    [file.variantId, "file"],
  ]);
  const { lines } = await readCart(pool, accountId);
  return Object.fromEntries(lines.map(({ variantId, quantity }) => [names.get(variantId) ?? variantId, quantity]));
};

test("a visitor's cart joins the account's: sums where both have it, and twice is once", async () => {
  const guest = await makeCart(pool, [{ variant: a }, { variant: b, quantity: 2 }]);
  const person = await makeCart(pool, [{ variant: b }, { variant: c }]);
  const [{ lines }] = [await readCart(pool, guest)];
  assert.deepEqual(await mergeCarts(pool, { fromAccountId: guest, toAccountId: person }), {
    moved: 2,
    dropped: 0,
    version: 1,
  });
  assert.deepEqual(await held(person), { A: 1, B: 3, C: 1 });
  assert.equal(
    (await readCart(pool, person)).lines.find(({ variantId }) => variantId === a.variantId)?.itemId,
    lines[0]?.itemId,
  );
  assert.deepEqual(await readCart(pool, guest), { version: 1, lines: [] });

  assert.deepEqual(await mergeCarts(pool, { fromAccountId: guest, toAccountId: person }), {
    moved: 0,
    dropped: 0,
    version: 1,
  });
  assert.deepEqual(await mergeCarts(pool, { fromAccountId: person, toAccountId: person }), {
    moved: 0,
    dropped: 0,
    version: 1,
  });
  assert.deepEqual(await held(person), { A: 1, B: 3, C: 1 });
  const nobody = newId("acc");
  assert.deepEqual(await mergeCarts(pool, { fromAccountId: newId("acc"), toAccountId: nobody }), {
    moved: 0,
    dropped: 0,
    version: 0,
  });
});

test("a merged quantity stays within a line's limit and what is in stock, and never below what the account had", async () => {
  const scarce = await makeVariant(pool, { storeId, stock: 4 });
  const rare = await makeVariant(pool, { storeId, stock: 2 });
  const none = await makeVariant(pool, { storeId, stock: 0 });
  const guest = await makeCart(pool, [
    { variant: a, quantity: 60 },
    { variant: scarce, quantity: 3 },
    { variant: rare, quantity: 2 },
    { variant: none, quantity: 2 },
    { variant: file },
  ]);
  const person = await makeCart(pool, [
    { variant: a, quantity: 60 },
    { variant: scarce, quantity: 3 },
    { variant: rare, quantity: 5 },
    { variant: file },
  ]);
  await mergeCarts(pool, { fromAccountId: guest, toAccountId: person });
  const merged = await held(person);
  assert.deepEqual(merged, { A: 99, [scarce.variantId]: 4, [rare.variantId]: 5, [none.variantId]: 1, file: 1 });
});

test("merging two full carts fills the account's and says how many were left out", async () => {
  const many = await Promise.all(Array.from({ length: 104 }, () => makeVariant(pool, { storeId })));
  const guest = await makeCart(
    pool,
    many.slice(0, 6).map((variant) => ({ variant })),
  );
  const person = await makeCart(
    pool,
    many.slice(5, 103).map((variant) => ({ variant })),
  );
  assert.deepEqual(await mergeCarts(pool, { fromAccountId: guest, toAccountId: person }), {
    moved: 3,
    dropped: 3,
    version: 1,
  });
  assert.equal((await readCart(pool, person)).lines.length, 100);
});

test("both tabs signing in at once, in both directions, end without a deadlock and lose nothing", async () => {
  const x = await makeCart(pool, [{ variant: a }]);
  const y = await makeCart(pool, [{ variant: a }]);
  await Promise.all(
    Array.from({ length: 10 }, (_, i) =>
      mergeCarts(pool, i % 2 === 0 ? { fromAccountId: x, toAccountId: y } : { fromAccountId: y, toAccountId: x }),
    ),
  );
  const left = [...(await readCart(pool, x)).lines, ...(await readCart(pool, y)).lines];
  assert.deepEqual(
    left.map(({ quantity }) => quantity),
    [2],
  );
});

test("a batch is all or nothing, and names every item that is wrong", async () => {
  const person = newId("acc");
  await addItem(pool, { ...wanted(b), accountId: person, expectedVersion: null });
  const refused = await batch(person, [wanted(a), { productId: "prd_none", quantity: 1 }, wanted(b, 99), wanted(c)]);
  assert.ok(refused.kind === "product_not_found");
  assert.deepEqual(
    refused.results.map(({ outcome }) => outcome),
    ["done", "product_not_found", "quantity_limit", "done"],
  );
  assert.equal(refused.version, 1);
  assert.deepEqual(await held(person), { B: 1 });
  assert.equal((await batch(person, [wanted(a)], { expectedVersion: 9n })).kind, "version_conflict");
  assert.deepEqual(await held(person), { B: 1 });
});

test("a partial batch adds what it can; the same variant twice in it is summed", async () => {
  const person = newId("acc");
  const added = await batch(
    person,
    [wanted(a), { url: "https://no.example/", quantity: 1 }, wanted(a, 2), wanted(file)],
    { partial: true },
  );
  assert.ok(added.kind === "done");
  assert.deepEqual(
    added.results.map(({ outcome }) => outcome),
    ["done", "product_url_unknown", "done", "done"],
  );
  assert.deepEqual(await held(person), { A: 3, file: 1 });
  assert.equal(added.version, 1, "one change, one version");
  const nothing = await batch(person, [{ productId: "prd_none", quantity: 1 }], { partial: true });
  assert.ok(nothing.kind === "done" && nothing.version === 1);
});

test("a batch of named variants keeps its order, sums with what is there, and shows the prices of now", async () => {
  const person = newId("acc");
  const made = [];
  for (let i = 0; i < 8; i += 1) made.push(await makeVariant(pool, { storeId, priceMinor: 1000 + i }));
  const there = made[3] ?? a;
  await addItem(pool, { ...wanted(there, 2), accountId: person, expectedVersion: null });
  await pool.query("update cart.item set seen_price_minor = 1 where account_id = $1", [person]);
  const ordered = made.toReversed();
  const added = await batch(person, [...ordered.map((variant) => wanted(variant, 3)), wanted(file)]);
  assert.ok(added.kind === "done");
  const { lines } = await readCart(pool, person);
  const rest = [...ordered.filter((variant) => variant !== there), file];
  assert.deepEqual(
    lines.map(({ variantId, quantity, seenPriceMinor }) => [variantId, quantity, seenPriceMinor]),
    [
      [there.variantId, 5, there.priceMinor],
      ...rest.map(({ variantId, priceMinor }) => [variantId, variantId === file.variantId ? 1 : 3, priceMinor]),
    ],
  );
  const itemIdOf = new Map(lines.map(({ variantId, itemId }) => [variantId, itemId]));
  assert.deepEqual(
    added.results,
    [...ordered, file].map(({ variantId }) => ({ outcome: "done", itemId: itemIdOf.get(variantId), detail: null })),
  );
  assert.deepEqual([added.version, added.sums.itemCount], [2, 27]);
  const again = await batch(person, [wanted(file), wanted(there, 94)]);
  assert.ok(again.kind === "done", "a digital product again, and a line filled to its limit");
  assert.equal((await held(person))["file"], 1);
  assert.equal((await batch(person, [wanted(file, 2)])).kind, "quantity_limit");
  assert.equal((await batch(person, [wanted(a), wanted(there)])).kind, "quantity_limit");
  assert.equal((await held(person))["A"], undefined, "nothing of a refused batch stays");
});

test("a batch may fill the cart to its hundredth line, not beyond, whatever is in it already", async () => {
  const person = newId("acc");
  const many = await Promise.all(Array.from({ length: 101 }, () => makeVariant(pool, { storeId })));
  assert.equal(
    (
      await batch(
        person,
        many.slice(0, 60).map((variant) => wanted(variant)),
      )
    ).kind,
    "done",
  );
  const over = await batch(
    person,
    many.slice(50).map((variant) => wanted(variant)),
  );
  assert.equal(over.kind, "cart_full");
  assert.equal((await readCart(pool, person)).lines.length, 60);
  assert.equal(
    (
      await batch(
        person,
        many.slice(50, 100).map((variant) => wanted(variant)),
      )
    ).kind,
    "done",
  );
  assert.equal((await readCart(pool, person)).lines.length, 100);
  assert.equal(
    (
      await batch(
        person,
        many.slice(99).map((variant) => wanted(variant)),
      )
    ).kind,
    "cart_full",
  );
  const partial = await batch(
    person,
    many.slice(99).map((variant) => wanted(variant, 2)),
    { partial: true },
  );
  assert.ok(partial.kind === "done");
  assert.deepEqual(
    partial.results.map(({ outcome }) => outcome),
    ["done", "cart_full"],
  );
});

test("the same named variant twice in a batch is summed on one line", async () => {
  const person = newId("acc");
  const added = await batch(person, [wanted(b), wanted(a, 2), wanted(b, 4), wanted(file), wanted(file)]);
  assert.ok(added.kind === "done");
  assert.equal(added.results[0]?.itemId, added.results[2]?.itemId);
  assert.deepEqual(await held(person), { A: 2, B: 5, file: 1 });
});

test("sending a batch twice changes nothing, and a different one adds", async () => {
  const person = newId("acc");
  await addItem(pool, { ...wanted(b), accountId: person, expectedVersion: null });
  await addItem(pool, { ...wanted(c), accountId: person, expectedVersion: null });
  const first = await batch(person, [wanted(a), wanted(b, 2)]);
  const again = await batch(person, [wanted(b, 2), wanted(a)]);
  assert.ok(first.kind === "done" && again.kind === "done");
  assert.deepEqual([first.isRepeat, again.isRepeat], [false, true]);
  assert.equal(again.version, first.version);
  assert.deepEqual(
    again.results.map(({ itemId }) => itemId),
    first.results.map(({ itemId }) => itemId).toReversed(),
  );
  assert.deepEqual(await held(person), { A: 1, B: 3, C: 1 });
  await batch(person, [wanted(a)]);
  assert.deepEqual(await held(person), { A: 2, B: 3, C: 1 });
});

test("a plain batch after another change is a new wish; a merged guest cart is not, for a day", async () => {
  const person = newId("acc");
  await batch(person, [wanted(a)]);
  await batch(person, [wanted(b)]);
  await batch(person, [wanted(a)]);
  assert.deepEqual(await held(person), { A: 2, B: 1 });

  const merge = () => batch(person, [wanted(c, 2)], { merge: true, partial: true });
  await merge();
  await batch(person, [wanted(b)]);
  const late = await merge();
  assert.ok(late.kind === "done" && late.isRepeat);
  assert.deepEqual(await held(person), { A: 2, B: 2, C: 2 });
  await clearCart(pool, { accountId: person, expectedVersion: null });
  const gone = await merge();
  assert.ok(gone.kind === "done" && gone.isRepeat);
  assert.deepEqual(
    gone.results,
    [{ outcome: "done", itemId: null, detail: null }],
    "taken out since: it is not put back",
  );
  assert.deepEqual(await held(person), {});

  await pool.query("update cart.batch set taken_at = now() - interval '25 hours' where account_id = $1", [person]);
  await merge();
  assert.deepEqual(await held(person), { C: 2 });
  const { rows } = await pool.query("select count(*)::int as count from cart.batch where account_id = $1", [person]);
  assert.equal(rows[0]?.count, 1, "older ones are forgotten");
});

test("once it was bought, the same guest cart may be merged again", async () => {
  const person = newId("acc");
  await batch(person, [wanted(a)], { merge: true });
  await pool.query("select cart.remove_bought_1($1, $2, $3)", [person, [a.variantId], [1]]);
  await batch(person, [wanted(a)], { merge: true });
  assert.deepEqual(await held(person), { A: 1 });
});

test("twenty equal batches at once are one", async () => {
  const person = newId("acc");
  const all = await Promise.all(Array.from({ length: 20 }, () => batch(person, [wanted(a, 2), wanted(b)])));
  assert.equal(all.filter((result) => result.kind === "done" && !result.isRepeat).length, 1);
  assert.deepEqual(await held(person), { A: 2, B: 1 });
});
