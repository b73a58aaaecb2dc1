import type { World } from "#core/world.ts";
import { readGoods, type Product, type Variant } from "./goods.ts";
import { stores, type StoreSlug } from "./stores.ts";

/** What a variant costs and how many there are at this moment. */
export type ShelfItem = { readonly priceCents: number; readonly listPriceCents: number | null; readonly stock: number };
export type ShelfChange = {
  readonly priceCents?: number;
  readonly listPriceCents?: number | null;
  readonly stock?: number;
};

export type Shelf = {
  products(slug: StoreSlug): readonly Product[];
  findProduct(slug: string, productId: string): Product | undefined;
  findVariant(slug: StoreSlug, sku: string): { readonly product: Product; readonly variant: Variant } | undefined;
  /** Undefined when the store has no such sku. */
  look(slug: StoreSlug, sku: string): ShelfItem | undefined;
  /** Takes units off the shelf in one step; false, and nothing taken, when fewer are there. */
  take(slug: StoreSlug, sku: string, quantity: number): boolean;
  putBack(slug: StoreSlug, sku: string, quantity: number): void;
  change(slug: StoreSlug, sku: string, change: ShelfChange): void;
};

/** Stock and prices, kept in the state file so that they survive a restart and only orders or a person move them. */
export function openShelf(world: World): Shelf {
  const { db } = world;
  db.exec(`create table if not exists shelf_item (
    slug text not null, sku text not null, price_cents integer not null, list_price_cents integer, stock integer not null,
    primary key (slug, sku)) without rowid`);
  const insert = db.prepare(
    "insert or ignore into shelf_item (slug, sku, price_cents, list_price_cents, stock) values (?, ?, ?, ?, ?)",
  );
  const select = db.prepare("select price_cents, list_price_cents, stock from shelf_item where slug = ? and sku = ?");
  const take = db.prepare("update shelf_item set stock = stock - ? where slug = ? and sku = ? and stock >= ?");
  const putBack = db.prepare("update shelf_item set stock = stock + ? where slug = ? and sku = ?");
  const change = db.prepare(
    "update shelf_item set price_cents = ?, list_price_cents = ?, stock = ? where slug = ? and sku = ?",
  );

  const goods = new Map(stores.map((store) => [store.slug, readGoods(store.slug)]));
  const variants = new Map<string, { product: Product; variant: Variant }>();
  for (const product of [...goods.values()].flat()) {
    for (const variant of product.variants) variants.set(`${product.slug}/${variant.sku}`, { product, variant });
  }
  const sow = (): void => {
    for (const { product, variant } of variants.values()) {
      insert.run(product.slug, variant.sku, variant.priceCents, variant.listPriceCents, variant.stock);
    }
  };
  world.atomically(sow);
  world.onReset(sow);

  const look = (slug: StoreSlug, sku: string): ShelfItem | undefined => {
    const row = select.get(slug, sku);
    if (row === undefined) return undefined;
    const list = row["list_price_cents"];
    return {
      priceCents: Number(row["price_cents"]),
      listPriceCents: list === null || list === undefined ? null : Number(list),
      stock: Number(row["stock"]),
    };
  };
  return {
    products: (slug) => goods.get(slug) ?? [],
    findProduct: (slug, productId) => goods.get(slug as StoreSlug)?.find((product) => product.id === productId),
    findVariant: (slug, sku) => variants.get(`${slug}/${sku}`),
    look,
    take: (slug, sku, quantity) => take.run(quantity, slug, sku, quantity).changes === 1,
    putBack: (slug, sku, quantity) => void putBack.run(quantity, slug, sku),
    change(slug, sku, changes) {
      const before = look(slug, sku);
      if (before === undefined) return;
      const after = { ...before, ...changes };
      change.run(after.priceCents, after.listPriceCents, after.stock, slug, sku);
    },
  };
}
