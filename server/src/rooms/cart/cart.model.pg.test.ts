import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { must } from "#kernel/assert.ts";
import { newId } from "#kernel/ids.ts";
import {
  addBatchTo,
  addTo,
  bought,
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
  | { readonly do: "remember"; readonly who: Person }
  | { readonly do: "buy"; readonly who: Person };

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
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("remember" as const, "buy" as const), who }) },
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

async function begin(): Promise<World<Step>> {
  const model = newCartModel(shelf());
  const real = await shopWith(model);
  const remembered: Record<Person, { variant: number; quantity: number }[]> = { visitor: [], shopper: [] };
  const idsOf = (index: number) => must(real.ids[index], "a variant of the shelf");
  const wantedItem = ({ variant: index, quantity: units, byProduct }: Wanted): WantedItem =>
    byProduct
      ? { productId: idsOf(index).productId, quantity: units }
      : { variantId: idsOf(index).variantId, quantity: units };

  const plays: { readonly [Do in Step["do"]]: (step: Extract<Step, { do: Do }>) => Promise<void> } = {
    add: async ({ who: person, item: wanted, isStale }) => {
      const { version } = model.carts[person];
      const said = await addItem(pool, {
        accountId: real.accounts[person],
        expectedVersion: isStale ? BigInt(version + 1) : BigInt(version),
        ...wantedItem(wanted),
      });
      assert.equal(said.kind, addTo(model, person, wanted, isStale));
    },
    batch: async ({ who: person, items, partial, merge }) => {
      const accountId = real.accounts[person];
      const said = await addBatch(pool, {
        accountId,
        items: items.map(wantedItem),
        partial,
        merge,
        expectedVersion: null,
      });
      const expected = addBatchTo(model, person, { items, partial, merge });
      assert.equal(said.kind, expected.outcome);
      assert.deepEqual(
        said.results.map(({ outcome }) => outcome),
        expected.each,
      );
      if (said.kind === "done") assert.equal(said.isRepeat, expected.isRepeat);
    },
    change: async ({ who: person, line, variant: to, quantity: units }) => {
      const { lines } = await readCart(pool, real.accounts[person]);
      const said = await changeItem(pool, {
        accountId: real.accounts[person],
        itemId: lines[line]?.itemId ?? newId("ci"),
        variantId: to === null ? null : idsOf(to).variantId,
        quantity: units,
        expectedVersion: null,
      });
      assert.equal(said.kind, change(model, person, { line, variant: to, quantity: units }));
    },
    clear: async ({ who: person }) => {
      await clearCart(pool, { accountId: real.accounts[person], expectedVersion: null });
      clear(model, person);
    },
    signIn: async () => {
      await mergeCarts(pool, { fromAccountId: real.accounts.visitor, toAccountId: real.accounts.shopper });
      signIn(model);
    },
    price: async ({ variant: index, priceMinor }) => {
      await pool.query("update catalog.variant set price_minor = $2 where variant_id = $1", [
        idsOf(index).variantId,
        priceMinor,
      ]);
      must(model.variants[index], "a variant").priceMinor = priceMinor;
    },
    stock: async ({ variant: index, stock }) => {
      await pool.query("update inventory.stock set on_hand = $2 where variant_id = $1", [
        idsOf(index).variantId,
        stock,
      ]);
      must(model.variants[index], "a variant").stock = stock;
    },
    sell: async ({ variant: index, isActive }) => {
      await pool.query("update catalog.variant set is_active = $2 where variant_id = $1", [
        idsOf(index).variantId,
        isActive,
      ]);
      must(model.variants[index], "a variant").isActive = isActive;
    },
    // A checkout freezes what is there now; it is paid while the cart goes on.
    remember: async ({ who: person }) => {
      remembered[person] = model.carts[person].lines.map(({ variant: index, quantity: units }) => ({
        variant: index,
        quantity: units,
      }));
    },
    buy: async ({ who: person }) => {
      const what = remembered[person];
      // Only where there has been a cart is there anything to clear.
      if (what.length === 0) return;
      await pool.query("select cart.remove_bought_1($1, $2, $3)", [
        real.accounts[person],
        what.map(({ variant: index }) => idsOf(index).variantId),
        what.map(({ quantity: units }) => units),
      ]);
      bought(model, person, what);
    },
  };
  return {
    play: async (step) => {
      await (plays[step.do] as (step: Step) => Promise<void>)(step);
      for (const person of ["visitor", "shopper"] as const) await isAsModelled(model, real, person);
    },
  };
}

async function isAsModelled(model: CartModel, { ids, accounts }: Real, person: Person): Promise<void> {
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
  await playModel(t, { steps, stepsMax: 40, runs: 250, begin });
});
