/** Rows that tests begin with. Each maker writes the least that is true and answers what it made. */
import { newId } from "#kernel/ids.ts";
import type { Pool } from "#platform/db/pool.ts";

export type MadeVariant = {
  readonly storeId: string;
  readonly productId: string;
  readonly variantId: string;
  readonly priceMinor: number;
};

/** A store with two delivery speeds; ordered from by the connector given, or by hand. */
export async function makeStore(
  pool: Pool,
  {
    currency = "USD",
    connector = null,
    baseUrl = "http://127.0.0.1:9",
    owner = null,
  }: { currency?: string; connector?: string | null; baseUrl?: string; owner?: string | null } = {},
): Promise<string> {
  const storeId = newId("sto");
  await pool.query(
    `insert into store.store (store_id, name, kind, currency, price_margin_bp, owner_account_id) values ($1, $2, $3, $4, 300, $5)`,
    [storeId, `Store ${storeId.slice(-5)}`, owner === null ? "retailer" : "seller", currency, owner],
  );
  const tiers =
    connector === null
      ? [["manual", null, null]]
      : [
          ["api", connector, baseUrl],
          ["manual", null, null],
        ];
  for (const [position, [method, name, url]] of tiers.entries()) {
    await pool.query(
      `insert into store.tier (store_id, position, method, connector, base_url, timeout_ms) values ($1, $2, $3, $4, $5, 2000)`,
      [storeId, position + 1, method, name, url],
    );
  }
  await pool.query(
    `insert into quote.shipping_option (store_id, option_id, name, kind, amount_minor, per_item_minor, free_above_minor, days_min, days_max, position)
     values ($1, 'standard', 'Standard', 'flat', 599, 0, 50000, 3, 5, 0), ($1, 'express', 'Express', 'per_item', 900, 250, null, 1, 2, 1)`,
    [storeId],
  );
  return storeId;
}

export async function makeVariant(
  pool: Pool,
  {
    storeId,
    priceMinor = 2500,
    currency = "USD",
    stock = null,
    kind = "physical",
  }: { storeId: string; priceMinor?: number; currency?: string; stock?: number | null; kind?: string },
): Promise<MadeVariant> {
  const productId = newId("prd");
  const variantId = newId("var");
  await pool.query(
    `insert into catalog.product (product_id, store_id, store_ref, kind, currency, title) values ($1, $2, $1, $3, $4, $5)`,
    [productId, storeId, kind, currency, `Thing ${productId.slice(-4)}`],
  );
  await pool.query(`insert into catalog.variant (variant_id, product_id, sku, price_minor) values ($1, $2, $3, $4)`, [
    variantId,
    productId,
    `SKU-${variantId.slice(-6)}`,
    priceMinor,
  ]);
  if (stock !== null)
    await pool.query(`insert into inventory.stock (variant_id, on_hand) values ($1, $2)`, [variantId, stock]);
  return { storeId, productId, variantId, priceMinor };
}

/** An account's cart holding these variants. No account row is needed: carts belong to ids. */
export async function makeCart(
  pool: Pool,
  lines: readonly { readonly variant: MadeVariant; readonly quantity?: number }[],
  accountId: string = newId("acc"),
): Promise<string> {
  await pool.query(`insert into cart.cart (account_id) values ($1) on conflict (account_id) do nothing`, [accountId]);
  for (const { variant, quantity = 1 } of lines) {
    await pool.query(
      `insert into cart.item (item_id, account_id, variant_id, quantity, seen_price_minor) values ($1, $2, $3, $4, $5)`,
      [newId("ci"), accountId, variant.variantId, quantity, variant.priceMinor],
    );
  }
  return accountId;
}
