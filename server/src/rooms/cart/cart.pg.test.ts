import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { makeStore, makeVariant, type MadeVariant } from "../../../test/makers.ts";
import { openTestDb } from "../../../test/db.ts";
import { addItem, type WantedItem } from "./add-item.ts";
import { changeItem, clearCart } from "./change-cart.ts";
import { checkItem, readCart } from "./read-cart.ts";
import type { CartWritten } from "./written.ts";

const { pool } = await openTestDb();
const storeId = await makeStore(pool);
const coat = await makeVariant(pool, { storeId, priceMinor: 18_900 });
const scarf = await makeVariant(pool, { storeId, priceMinor: 5_900 });
const file = await makeVariant(pool, { storeId, kind: "digital", priceMinor: 1_200 });

const account = (): string => newId("acc");
const add = (accountId: string, item: WantedItem, expectedVersion: bigint | null = null): Promise<CartWritten> =>
  addItem(pool, { ...item, accountId, expectedVersion });
const one = ({ productId }: MadeVariant, quantity = 1): WantedItem => ({ productId, quantity });
const held = async (accountId: string): Promise<[string, number][]> =>
  (await readCart(pool, accountId)).lines.map(({ variantId, quantity }) => [variantId, quantity]);
const change = (
  accountId: string,
  itemId: string,
  to: { variantId?: string; quantity?: number; expectedVersion?: bigint },
): Promise<CartWritten> =>
  changeItem(pool, {
    accountId,
    itemId,
    variantId: to.variantId ?? null,
    quantity: to.quantity ?? null,
    expectedVersion: to.expectedVersion ?? null,
  });

async function itemIn(accountId: string, variant: MadeVariant, quantity = 1): Promise<string> {
  const added = await add(accountId, { ...one(variant, quantity), variantId: variant.variantId });
  assert.ok(added.kind === "done" && added.line !== null);
  return added.line.itemId;
}

async function anotherVariant(
  of: MadeVariant,
  { size = null, color = null, isActive = true }: { size?: string | null; color?: string | null; isActive?: boolean },
): Promise<string> {
  const variantId = newId("var");
  await pool.query(
    "insert into catalog.variant (variant_id, product_id, sku, size, color, price_minor, is_active, position) values ($1, $2, $1, $3, $4, 999, $5, 1)",
    [variantId, of.productId, size, color, isActive],
  );
  return variantId;
}

async function refuses(
  accountId: string,
  kind: CartWritten["kind"],
  write: () => Promise<CartWritten>,
): Promise<unknown> {
  const before = await readCart(pool, accountId);
  const refused = await write();
  assert.equal(refused.kind, kind);
  assert.deepEqual(await readCart(pool, accountId), before, `${kind} changes nothing`);
  assert.ok(refused.kind !== "done");
  return refused.detail;
}

test("the first item makes the cart; the same variant again adds to its quantity and moves the version", async () => {
  const accountId = account();
  assert.deepEqual(await readCart(pool, accountId), { version: 0, lines: [] });
  assert.deepEqual(await readCart(pool, null), { version: 0, lines: [] });
  await add(accountId, one(coat, 2));
  const again = await add(accountId, { productId: coat.productId, variantId: coat.variantId, quantity: 3 });
  assert.ok(again.kind === "done");
  assert.equal(again.version, 2);
  assert.equal(again.line?.quantity, 5);
  assert.deepEqual(again.sums, {
    lineCount: 1,
    itemCount: 5,
    storeCount: 1,
    totals: [{ currency: "USD", itemCount: 5, subtotalMinor: 94_500, savingsMinor: 0 }],
  });
  assert.deepEqual(await held(accountId), [[coat.variantId, 5]]);
});

test("60 tabs adding at once lose no unit and skip no version", async () => {
  const accountId = account();
  const written = await Promise.all(Array.from({ length: 60 }, () => add(accountId, one(scarf))));
  const versions = written.map(({ version }) => version).toSorted((a, b) => a - b);
  assert.deepEqual(
    versions,
    Array.from({ length: 60 }, (_, i) => i + 1),
  );
  assert.deepEqual(await held(accountId), [[scarf.variantId, 60]]);
});

test("every refused add names its reason and leaves the cart as it was", async () => {
  const accountId = account();
  await itemIn(accountId, scarf, 98);
  await itemIn(accountId, file);
  const gone = await makeVariant(pool, { storeId });
  await pool.query("update catalog.variant set is_active = false where variant_id = $1", [gone.variantId]);
  const closed = await makeVariant(pool, { storeId: await makeStore(pool) });
  await pool.query("update store.store set is_active = false where store_id = $1", [closed.storeId]);

  const limit = await refuses(accountId, "quantity_limit", () => add(accountId, one(scarf, 2)));
  assert.deepEqual(limit, { max: 99, inCart: 98 });
  await refuses(accountId, "quantity_limit", () => add(accountId, one(file, 2)));
  await refuses(accountId, "product_not_found", () => add(accountId, { productId: "prd_none", quantity: 1 }));
  await refuses(accountId, "product_not_found", () =>
    add(accountId, { productId: coat.productId, variantId: scarf.variantId, quantity: 1 }),
  );
  await refuses(accountId, "product_unavailable", () => add(accountId, one(gone)));
  await refuses(accountId, "product_unavailable", () => add(accountId, { ...one(gone), variantId: gone.variantId }));
  await refuses(accountId, "product_unavailable", () => add(accountId, one(closed)));
  await refuses(accountId, "product_url_unknown", () =>
    add(accountId, { url: "https://nowhere.example/x", quantity: 1 }),
  );
  await refuses(accountId, "version_conflict", () => add(accountId, one(coat), 7n));
});

test("a digital product is in the cart once, however often it is added", async () => {
  const accountId = account();
  await add(accountId, one(file));
  const again = await add(accountId, one(file));
  assert.ok(again.kind === "done");
  assert.equal(again.line?.quantity, 1);
});

test("a product of several variants needs one to be named, and the refusal lists them", async () => {
  const accountId = account();
  const shirt = await makeVariant(pool, { storeId, stock: 1 });
  const large = await anotherVariant(shirt, { size: "L", color: "Blue" });
  const detail = await refuses(accountId, "variant_required", () => add(accountId, one(shirt)));
  assert.deepEqual(detail, {
    productId: shirt.productId,
    choices: [
      { variantId: shirt.variantId, size: null, color: null, priceCents: 2500, currency: "USD", available: true },
      { variantId: large, size: "L", color: "Blue", priceCents: 999, currency: "USD", available: true },
    ],
  });
  assert.equal((await add(accountId, { ...one(shirt), variantId: large })).kind, "done");
});

test("a product is found by its page, whatever the link's form, and its variant by size and colour", async () => {
  const accountId = account();
  const boot = await makeVariant(pool, { storeId });
  await pool.query("update catalog.product set product_url = $2 where product_id = $1", [
    boot.productId,
    "https://shop.example/p/boot?a=1&b=2",
  ]);
  const brown = await anotherVariant(boot, { size: "42", color: "Brown" });
  await anotherVariant(boot, { size: "42", color: "Black" });
  const url = "http://SHOP.example/p/boot/?b=2&utm_source=mail&a=1#reviews";
  const added = await add(accountId, { url, size: "42", color: "brown", quantity: 1 });
  assert.ok(added.kind === "done");
  assert.equal(added.line?.variantId, brown);
  await refuses(accountId, "variant_required", () => add(accountId, { url, quantity: 1 }));
  await refuses(accountId, "variant_required", () => add(accountId, { url, size: "99", quantity: 1 }));
  await refuses(accountId, "product_url_unknown", () =>
    add(accountId, { url: "ftp://shop.example/p/boot", quantity: 1 }),
  );
});

test("the hundred and first different item is refused, more of the hundredth is not", async () => {
  const accountId = account();
  const many = await Promise.all(Array.from({ length: 101 }, () => makeVariant(pool, { storeId, priceMinor: 100 })));
  for (const variant of many.slice(0, 100)) await add(accountId, one(variant));
  const last = many[100] ?? coat;
  assert.deepEqual(await refuses(accountId, "cart_full", () => add(accountId, one(last))), { max: 100 });
  assert.equal((await add(accountId, one(many[0] ?? coat))).kind, "done");
});

test("an item's quantity is set, and 0 takes it out", async () => {
  const accountId = account();
  const itemId = await itemIn(accountId, coat, 2);
  const set = await change(accountId, itemId, { quantity: 7 });
  assert.ok(set.kind === "done");
  assert.equal(set.line?.quantity, 7);
  assert.equal(set.version, 2);
  const removed = await change(accountId, itemId, { quantity: 0 });
  assert.ok(removed.kind === "done");
  assert.equal(removed.line, null);
  assert.deepEqual(await readCart(pool, accountId), { version: 3, lines: [] });
  await refuses(accountId, "item_not_found", () => change(accountId, itemId, { quantity: 1 }));
});

test("changing to a variant that is in the cart already makes the two one", async () => {
  const accountId = account();
  const medium = await makeVariant(pool, { storeId });
  const large = await anotherVariant(medium, { size: "L" });
  const itemId = await itemIn(accountId, medium, 2);
  const moved = await change(accountId, itemId, { variantId: large });
  assert.ok(moved.kind === "done");
  assert.deepEqual([moved.line?.itemId, moved.line?.variantId, moved.line?.quantity], [itemId, large, 2]);

  const otherId = await itemIn(accountId, medium, 90);
  await refuses(accountId, "quantity_limit", () =>
    change(accountId, itemId, { variantId: medium.variantId, quantity: 10 }),
  );
  const merged = await change(accountId, itemId, { variantId: medium.variantId, quantity: 9 });
  assert.ok(merged.kind === "done");
  assert.deepEqual([merged.line?.itemId, merged.line?.quantity], [otherId, 99]);
  assert.deepEqual(await held(accountId), [[medium.variantId, 99]]);
});

test("every refused change leaves the cart as it was; somebody else's item is not there (P3)", async () => {
  const accountId = account();
  const stranger = account();
  const itemId = await itemIn(accountId, coat, 2);
  const digital = await itemIn(accountId, file);
  const theirs = await itemIn(stranger, coat, 3);
  const inactive = await anotherVariant(coat, { size: "XL", isActive: false });
  try {
    await refuses(accountId, "item_not_found", () => change(accountId, theirs, { quantity: 9 }));
    await refuses(accountId, "item_not_found", () => change(accountId, theirs, { quantity: 0 }));
    await refuses(account(), "item_not_found", () => change(account(), itemId, { quantity: 0 }));
    assert.deepEqual(await held(stranger), [[coat.variantId, 3]]);
    await refuses(accountId, "product_not_found", () => change(accountId, itemId, { variantId: scarf.variantId }));
    await refuses(accountId, "product_not_found", () => change(accountId, itemId, { variantId: "var_none" }));
    await refuses(accountId, "product_unavailable", () => change(accountId, itemId, { variantId: inactive }));
    await refuses(accountId, "quantity_limit", () => change(accountId, digital, { quantity: 2 }));
    await refuses(accountId, "version_conflict", () => change(accountId, itemId, { quantity: 3, expectedVersion: 1n }));
  } finally {
    await pool.query("delete from catalog.variant where variant_id = $1", [inactive]);
  }
});

test("emptying takes everything out once; doing it again moves nothing", async () => {
  const accountId = account();
  await itemIn(accountId, coat);
  await refuses(accountId, "version_conflict", () => clearCart(pool, { accountId, expectedVersion: 0n }));
  assert.equal((await clearCart(pool, { accountId, expectedVersion: 1n })).version, 2);
  assert.equal((await clearCart(pool, { accountId, expectedVersion: null })).version, 2);
  const none = account();
  assert.equal((await clearCart(pool, { accountId: none, expectedVersion: 0n })).version, 0);
});

test("a price that moved is told until the shopper chooses again, not until they look", async () => {
  const accountId = account();
  const lamp = await makeVariant(pool, { storeId, priceMinor: 4_000 });
  const itemId = await itemIn(accountId, lamp);
  await pool.query("update catalog.variant set price_minor = 4500 where variant_id = $1", [lamp.variantId]);
  const seen = async () =>
    (await readCart(pool, accountId)).lines.map(({ seenPriceMinor, priceMinor }) => [seenPriceMinor, priceMinor]);
  assert.deepEqual(await seen(), [[4_000, 4_500]]);
  assert.deepEqual(await seen(), [[4_000, 4_500]]);
  await change(accountId, itemId, { quantity: 2 });
  assert.deepEqual(await seen(), [[4_500, 4_500]]);

  await pool.query("update catalog.variant set price_minor = 5000 where variant_id = $1", [lamp.variantId]);
  await pool.query("select cart.see_prices_1($1)", [accountId]);
  assert.deepEqual(await seen(), [[5_000, 5_000]]);
});

test("an item is available while it is sold and enough is free, counting what one's own checkout holds", async () => {
  const accountId = account();
  const last = await makeVariant(pool, { storeId, stock: 1 });
  await itemIn(accountId, last);
  const isAvailable = async () => (await readCart(pool, accountId)).lines.map((line) => line.isAvailable);
  assert.deepEqual(await isAvailable(), [true]);

  const { rows } = await pool.query("select outcome from checkout.session_start_3($1, $2, interval '30 minutes')", [
    accountId,
    newId("cs"),
  ]);
  assert.equal(rows[0]?.outcome, "started");
  assert.deepEqual(await isAvailable(), [true], "the one that is left is this shopper's own");
  const other = account();
  await itemIn(other, last);
  assert.deepEqual(
    (await readCart(pool, other)).lines.map((line) => line.isAvailable),
    [false],
  );

  const sold = await makeVariant(pool, { storeId });
  const buyer = account();
  await itemIn(buyer, sold);
  await pool.query("update catalog.variant set is_in_stock = false where variant_id = $1", [sold.variantId]);
  assert.deepEqual(
    (await readCart(pool, buyer)).lines.map((line) => line.isAvailable),
    [false],
  );
});

test("a product page asks whether it is in the cart", async () => {
  const accountId = account();
  const tee = await makeVariant(pool, { storeId });
  const small = await anotherVariant(tee, { size: "S" });
  const check = (variantId: string | null) => checkItem(pool, { accountId, productId: tee.productId, variantId });
  assert.deepEqual(await check(null), { version: 0, itemId: null, quantity: 0 });
  assert.deepEqual(await checkItem(pool, { accountId: null, productId: tee.productId, variantId: null }), {
    version: 0,
    itemId: null,
    quantity: 0,
  });
  const first = await add(accountId, { productId: tee.productId, variantId: small, quantity: 2 });
  await add(accountId, { productId: tee.productId, variantId: tee.variantId, quantity: 3 });
  assert.ok(first.kind === "done");
  assert.deepEqual(await check(null), { version: 2, itemId: first.line?.itemId, quantity: 5 });
  assert.deepEqual(await check(small), { version: 2, itemId: first.line?.itemId, quantity: 2 });
  assert.deepEqual(await check("var_none"), { version: 2, itemId: null, quantity: 0 });
});

test("what was bought leaves the cart, what was added meanwhile stays (O6)", async () => {
  const accountId = account();
  await add(accountId, one(coat, 3));
  await add(accountId, one(scarf, 1));
  await pool.query("select cart.remove_bought_1($1, $2, $3)", [accountId, [coat.variantId, scarf.variantId], [2, 1]]);
  assert.deepEqual(await held(accountId), [[coat.variantId, 1]]);
});
