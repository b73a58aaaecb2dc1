/** Sellers with something to sell, as tests of what is owed to them begin with them. */
import { must } from "#kernel/assert.ts";
import { newId } from "#kernel/ids.ts";
import type { Pool } from "#platform/db/pool.ts";
import { makeFile, type FileWish, type MadeFile } from "./digital.ts";

export type SellerWish = { readonly level?: "unverified" | "email" | "identity"; readonly displayName?: string };

/** Somebody who has signed up to sell; of known identity, unless something else is wished. Answers their account. */
export async function makeSeller(pool: Pool, wish: SellerWish = {}): Promise<string> {
  const accountId = newId("acc");
  await pool.query(
    `insert into account."user" (id, name, email, email_verified, role) values ($1, 'Nam', $1 || '@mail.test', false, 'seller')`,
    [accountId],
  );
  await pool.query(
    "insert into seller.seller (account_id, display_name, verification, contract_version) values ($1, $2, $3::seller.verification, '2026-11')",
    [accountId, wish.displayName ?? "Hana's type", wish.level ?? "identity"],
  );
  return accountId;
}

/** A file of theirs that is on sale, with the store it is sold in; each in a store of its own, so one a currency. */
export async function makeSold(pool: Pool, sellerId: string, wish: Omit<FileWish, "sellerId"> = {}): Promise<MadeFile> {
  const file = await makeFile(pool, { ...wish, sellerId });
  await pool.query(
    `with p as (select x.product_id, x.store_id, x.currency, x.title from catalog.product x where x.product_id = $1),
       shop as (insert into seller.shop (account_id, currency, store_id) select $2, p.currency, p.store_id from p)
     insert into seller.product (product_id, account_id, currency, title, price_minor, status, published_at)
     select p.product_id, $2, p.currency, p.title, $3, 'published', now() from p`,
    [file.productId, sellerId, wish.priceMinor ?? 1_200],
  );
  return file;
}

export type TaxedSale = { readonly orderNumber: string; readonly totalMinor: bigint };

/** One paid checkout of a file with tax on top, by the functions that make it in production; in dollars. */
export async function buyTaxed(pool: Pool, { productId }: MadeFile, taxMinor: number): Promise<TaxedSale> {
  const [accountId, sessionId] = [newId("acc"), newId("cs")];
  await pool.query("select from checkout.session_start_2($1, $2, interval '30 minutes', 'en', $3)", [
    accountId,
    sessionId,
    [productId],
  ]);
  const quote = {
    shippingOptionId: null,
    shippingMinor: 0,
    taxMinor,
    discountMinor: 0,
    lineTaxMinor: { "1": taxMinor },
  };
  await pool.query(
    `update checkout.session set quote = $2, tax_minor = $3::bigint, total_minor = subtotal_minor + $3::bigint, payment_method_id = 'pm_card_visa'
     where session_id = $1`,
    [sessionId, { groups: { [productId]: quote } }, taxMinor],
  );
  const start = await pool.query<{ payment_id: string; amount_minor: bigint }>(
    "select payment_id, amount_minor from checkout.place_start_1($1, $2, $3, $4, interval '1 minute')",
    [sessionId, accountId, newId("pay"), newId("att")],
  );
  const payment = must(start.rows[0], "buyTaxed: a payment was begun");
  await pool.query("select from checkout.payment_succeeded_1($1, $2, $3, 'USD')", [
    payment.payment_id,
    `pi_${payment.payment_id}`,
    payment.amount_minor,
  ]);
  const { rows } = await pool.query<{ order_number: string; total_minor: bigint }>(
    "select order_number, total_minor from orders.store_order where session_id = $1 and payment_status = 'paid'",
    [sessionId],
  );
  const order = must(rows[0], "buyTaxed: the order is paid");
  return { orderNumber: order.order_number, totalMinor: order.total_minor };
}

/** Sales count as old from now on: nothing waits for its time any more. */
export async function endHolding(pool: Pool): Promise<void> {
  await pool.query("update ledger.payout_rule set hold_days = 0");
}
