import pg from "pg";

/** The two stores of the sandbox that the bench buys from; both are ordered from by API. */
export const benchStores = ["harbor-outlet", "fernwood"] as const;
export type BenchStore = (typeof benchStores)[number];

/** As many as the shops that were measured beside ours held. */
export const variantCount = 10_000;
const variantsPerProduct = 4;

/** More than any load can buy, and still an integer when it is reserved to the last. */
const plenty = 1_000_000_000;

export type Variant = {
  readonly storeId: BenchStore;
  readonly productId: string;
  readonly variantId: string;
  readonly sku: string;
};

export type Catalogue = Readonly<Record<BenchStore, readonly Variant[]>>;

type FeedVariant = { readonly sku: string; readonly priceCents: number };

/**
 * Ten thousand variants over the two stores, each with tracked stock of its own here, so that a load touches as many
 * rows as a real shop's would. At the stores they stand for the goods on the sandbox's shelves, which are filled up:
 * several variants here are one sku there, at its price.
 */
export async function loadCatalogue(databaseUrl: string, sandboxUrl: string): Promise<Catalogue> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const catalogue = {
      "harbor-outlet": await loadStore(client, sandboxUrl, "harbor-outlet"),
      fernwood: await loadStore(client, sandboxUrl, "fernwood"),
    };
    // What autovacuum would do within a minute; a load must not begin with plans for empty tables.
    await client.query("analyze catalog.product, catalog.variant, inventory.stock");
    return catalogue;
  } finally {
    await client.end();
  }
}

async function loadStore(client: pg.Client, sandboxUrl: string, storeId: BenchStore): Promise<Variant[]> {
  const goods = await stockShelves(sandboxUrl, storeId);
  const variants: (Variant & { readonly priceCents: number })[] = [];
  for (let number = 0; number < variantCount / benchStores.length; number += 1) {
    const productId = `bench-${storeId}-${Math.floor(number / variantsPerProduct)}`;
    // Neighbours on the shelf, so that the variants of one product have different skus.
    const { sku, priceCents } = goods[number % goods.length] ?? { sku: "", priceCents: 0 };
    variants.push({ storeId, productId, variantId: `${productId}-${number % variantsPerProduct}`, sku, priceCents });
  }
  await client.query(
    `insert into catalog.product (product_id, store_id, store_ref, kind, currency, title, description, brand, category, image_url, product_url)
     select distinct p.id, $1, p.id, 'physical'::catalog.product_kind, 'USD', 'Everyday good ' || p.id, 'A plain description of a plain good.', 'Bench',
       'Bench', 'http://127.0.0.1/images/' || p.id || '.svg', 'http://127.0.0.1/products/' || p.id
     from unnest($2::text[]) as p (id)`,
    [storeId, variants.map(({ productId }) => productId)],
  );
  const columns = [
    variants.map((v) => v.variantId),
    variants.map((v) => v.productId),
    variants.map((v) => v.sku),
    variants.map((v) => v.priceCents),
  ];
  await client.query(
    `insert into catalog.variant (variant_id, product_id, sku, price_minor)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[])`,
    columns,
  );
  await client.query(
    `insert into inventory.stock (variant_id, on_hand) select v, ${plenty} from unnest($1::text[]) as v`,
    [columns[0]],
  );
  return variants;
}

/** Fills the shelves at the store itself, and answers what lies on them. */
async function stockShelves(sandboxUrl: string, storeId: BenchStore): Promise<readonly FeedVariant[]> {
  const feed = await fetch(`${sandboxUrl}/retailers/${storeId}/feed.json`);
  const { products } = (await feed.json()) as { products: { variants: FeedVariant[] }[] };
  const goods = products.flatMap(({ variants }) => variants);
  for (const { sku } of goods) {
    const answer = await fetch(`${sandboxUrl}/retailers/${storeId}/variants/${encodeURIComponent(sku)}`, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ stock: plenty }),
    });
    await answer.arrayBuffer();
  }
  return goods;
}

/** Two different goods of each store, at random. */
export function pickBasket(catalogue: Catalogue): readonly Variant[] {
  return benchStores.flatMap((storeId) => {
    const first = anyOf(catalogue[storeId]);
    let second = anyOf(catalogue[storeId]);
    while (second.sku === first.sku) second = anyOf(catalogue[storeId]);
    return [first, second];
  });
}

function anyOf(variants: readonly Variant[]): Variant {
  const variant = variants[Math.floor(Math.random() * variants.length)];
  if (variant === undefined) throw new Error("the catalogue is empty");
  return variant;
}
