import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { must } from "#kernel/assert.ts";
import { newId } from "#kernel/ids.ts";
import {
  addBatchTo,
  addTo,
  buy,
  change,
  clear,
  newCartModel,
  signIn,
  type CartModel,
  type ModelVariant,
  type Person,
  type Wanted,
} from "../../../test/cart-model.ts";
import { openTestDb } from "../../../test/db.ts";
import { makeStore, makeVariant } from "../../../test/makers.ts";
import { playModel, type World } from "../../../test/model-run.ts";
import { addBatch } from "./add-batch.ts";
import { addItem, type WantedItem } from "./add-item.ts";
import { changeItem, clearCart, mergeCarts } from "./change-cart.ts";
import { readCart } from "./read-cart.ts";

const { pool } = await openTestDb();

type Step =
  | { readonly do: "add"; readonly who: Person; readonly item: Wanted; readonly isStale: boolean }
  | {
      readonly do: "batch";
      readonly who: Person;
      readonly items: readonly Wanted[];
      readonly partial: boolean;
      readonly merge: boolean;
    }
  | {
      readonly do: "change";
      readonly who: Person;
      readonly line: number;
      readonly variant: number | null;
      readonly quantity: number | null;
    }
  | { readonly do: "clear"; readonly who: Person }
  | { readonly do: "signIn" }
  | { readonly do: "price"; readonly variant: number; readonly priceMinor: number }
  | { readonly do: "stock"; readonly variant: number; readonly stock: number }
  | { readonly do: "sell"; readonly variant: number; readonly isActive: boolean }
  | { readonly do: "freeze"; readonly who: Person }
  | { readonly do: "pay"; readonly who: Person };

/** Three sizes of one thing, the last of them counted by us; another thing; a file. */
const shelf = (): ModelVariant[] => [
  { product: 0, isDigital: false, priceMinor: 1_000, isActive: true, stock: null },
  { product: 0, isDigital: false, priceMinor: 1_100, isActive: true, stock: null },
  { product: 0, isDigital: false, priceMinor: 1_200, isActive: true, stock: 7 },
  { product: 1, isDigital: false, priceMinor: 2_500, isActive: true, stock: 3 },
  { product: 2, isDigital: true, priceMinor: 900, isActive: true, stock: null },
];

const who = fc.constantFrom<Person>("visitor", "shopper");
const variant = fc.nat({ max: shelf().length - 1 });
const quantity = fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constantFrom(50, 98, 99));
const item = fc.record({ variant, quantity, byProduct: fc.boolean() });
const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("add"), who, item, isStale: fc.constantFrom(false, false, true) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("batch"),
      who,
      // Few, so that the same batch comes again.
      items: fc.oneof(fc.array(item, { minLength: 1, maxLength: 4 }), fc.constant([{ ...shelfItem(0) }, shelfItem(3)])),
      partial: fc.boolean(),
      merge: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("change"),
      who,
      line: fc.nat({ max: 3 }),
      variant: fc.option(variant),
      quantity: fc.option(fc.oneof(fc.constant(0), quantity)),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("clear"), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("signIn") }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("price"), variant, priceMinor: fc.nat({ max: 9_999 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("stock"), variant: fc.constantFrom(2, 3), stock: fc.nat({ max: 60 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("sell"), variant, isActive: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("freeze" as const, "pay" as const), who }) },
);

function shelfItem(index: number): Wanted {
  return { variant: index, quantity: 1, byProduct: false };
}

type Real = {
  readonly ids: readonly { productId: string; variantId: string }[];
  readonly accounts: Record<Person, string>;
};

async function shopWith(model: CartModel): Promise<Real> {
  const storeId = await makeStore(pool);
  const ids: { productId: string; variantId: string }[] = [];
  for (const { product, isDigital, priceMinor, stock } of model.variants) {
    const made = await makeVariant(pool, { storeId, priceMinor, stock, kind: isDigital ? "digital" : "physical" });
    const first = ids[model.variants.findIndex((known) => known.product === product)];
    const productId = first?.productId ?? made.productId;
    await pool.query("update catalog.variant set product_id = $2 where variant_id = $1", [made.variantId, productId]);
    ids.push({ productId, variantId: made.variantId });
  }
  return { ids, accounts: { visitor: newId("acc"), shopper: newId("acc") } };
}

type Shop = {
  readonly model: CartModel;
  readonly real: Real;
  /** What each one's open checkout froze. */
  readonly frozen: Record<Person, readonly { readonly variant: number; readonly quantity: number }[]>;
};

async function begin(): Promise<World<Step>> {
  const model = newCartModel(shelf());
  const shop: Shop = { model, real: await shopWith(model), frozen: { visitor: [], shopper: [] } };
  return {
    play: async (step) => {
      if (step.do === "add" || step.do === "batch" || step.do === "change") await write(shop, step);
      else await happen(shop, step);
      for (const person of ["visitor", "shopper"] as const) await isAsModelled(shop, person);
    },
  };
}

const idsOf = ({ real }: Shop, index: number) => must(real.ids[index], "a variant of the shelf");

function wantedItem(shop: Shop, { variant: index, quantity: units, byProduct }: Wanted): WantedItem {
  const { productId, variantId } = idsOf(shop, index);
  return byProduct ? { productId, quantity: units } : { variantId, quantity: units };
}

/** Writes that can be refused: the refusal is the model's. */
async function write(shop: Shop, step: Extract<Step, { do: "add" | "batch" | "change" }>): Promise<void> {
  const { model } = shop;
  const accountId = shop.real.accounts[step.who];
  if (step.do === "add") {
    const version = BigInt(model.carts[step.who].version + (step.isStale ? 1 : 0));
    const said = await addItem(pool, { accountId, expectedVersion: version, ...wantedItem(shop, step.item) });
    assert.equal(said.kind, addTo(model, step.who, step.item, step.isStale));
  } else if (step.do === "batch") {
    const { partial, merge } = step;
    const items = step.items.map((wanted) => wantedItem(shop, wanted));
    const said = await addBatch(pool, { accountId, items, partial, merge, expectedVersion: null });
    const expected = addBatchTo(model, step.who, step);
    const each = said.results.map(({ outcome }) => outcome);
    assert.deepEqual([said.kind, each], [expected.outcome, expected.each]);
    if (said.kind === "done") assert.equal(said.isRepeat, expected.isRepeat);
  } else {
    const { lines } = await readCart(pool, accountId);
    const itemId = lines[step.line]?.itemId ?? newId("ci");
    const variantId = step.variant === null ? null : idsOf(shop, step.variant).variantId;
    const said = await changeItem(pool, {
      accountId,
      itemId,
      variantId,
      quantity: step.quantity,
      expectedVersion: null,
    });
    assert.equal(said.kind, change(model, step.who, step));
  }
}

/** What always succeeds: by the shopper, by the store, by time. */
async function happen(shop: Shop, step: Exclude<Step, { do: "add" | "batch" | "change" }>): Promise<void> {
  const { model, frozen } = shop;
  const { accounts } = shop.real;
  switch (step.do) {
    case "clear":
      await clearCart(pool, { accountId: accounts[step.who], expectedVersion: null });
      return clear(model, step.who);
    case "signIn":
      await mergeCarts(pool, { fromAccountId: accounts.visitor, toAccountId: accounts.shopper });
      return signIn(model);
    // A checkout freezes what is there now; it is paid while the cart goes on.
    case "freeze":
      frozen[step.who] = model.carts[step.who].lines.map((line) => ({ ...line }));
      return;
    case "pay": {
      const what = frozen[step.who];
      if (what.length === 0) return;
      const bought = [what.map((line) => idsOf(shop, line.variant).variantId), what.map((line) => line.quantity)];
      await pool.query("select cart.remove_bought_1($1, $2, $3)", [accounts[step.who], ...bought]);
      return buy(model, step.who, what);
    }
    default:
      return await restock(shop, step);
  }
}

async function restock(shop: Shop, step: Extract<Step, { do: "price" | "stock" | "sell" }>): Promise<void> {
  const { variantId } = idsOf(shop, step.variant);
  const known = must(shop.model.variants[step.variant], "a variant of the shelf");
  if (step.do === "price") {
    await pool.query("update catalog.variant set price_minor = $2 where variant_id = $1", [variantId, step.priceMinor]);
    known.priceMinor = step.priceMinor;
  } else if (step.do === "stock") {
    await pool.query("update inventory.stock set on_hand = $2 where variant_id = $1", [variantId, step.stock]);
    known.stock = step.stock;
  } else {
    await pool.query("update catalog.variant set is_active = $2 where variant_id = $1", [variantId, step.isActive]);
    known.isActive = step.isActive;
  }
}

async function isAsModelled({ model, real: { ids, accounts } }: Shop, person: Person): Promise<void> {
  const { version, lines } = await readCart(pool, accounts[person]);
  const expected = model.carts[person];
  assert.equal(version, expected.version, `the ${person}'s version`);
  assert.deepEqual(
    lines.map((line) => [line.variantId, line.quantity, line.seenPriceMinor, line.priceMinor, line.isAvailable]),
    expected.lines.map(({ variant: index, quantity: units, seenMinor }) => {
      const { priceMinor, isActive, stock } = must(model.variants[index], "a variant");
      return [ids[index]?.variantId, units, seenMinor, priceMinor, isActive && (stock === null || stock >= units)];
    }),
    `the ${person}'s lines`,
  );
}

test("a cart is what the model says after any sequence of adds, batches, changes, sign-ins and purchases", async (t) => {
  await playModel(t, { steps, stepsMax: 40, runs: 120, begin });
});
