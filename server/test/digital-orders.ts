/** Digital goods and paid orders of them, made by the very functions that make them in production. */
import { newId } from "#kernel/ids.ts";
import type { Pool } from "#platform/db/pool.ts";
import { makeStore, makeVariant, type MadeVariant } from "./makers.ts";

/** A digital product of a seller's; `editionLimit` copies of it, or as many as are bought. */
export async function makeDigital(
  pool: Pool,
  { owner = newId("acc"), editionLimit = null }: { owner?: string; editionLimit?: number | null } = {},
): Promise<MadeVariant> {
  const made = await makeVariant(pool, { storeId: await makeStore(pool, { owner }), kind: "digital" });
  await pool.query("update catalog.product set seller_id = $2, edition_limit = $3 where product_id = $1", [
    made.productId,
    owner,
    editionLimit,
  ]);
  return made;
}

export type DigitalOrder = { readonly orderNumber: string; readonly sessionId: string; readonly outcome: string };

/** One paid order of a digital product, delivered where its access was granted. */
export async function payDigital(
  pool: Pool,
  { accountId, productId }: { readonly accountId: string; readonly productId: string },
): Promise<DigitalOrder> {
  const client = await pool.connect();
  const sessionId = newId("cs");
  try {
    await client.query("begin");
    const { rows } = await client.query<{ order_number: string }>(
      `with sold as (
         select p.product_id, p.title, p.currency, p.store_id, s.name, v.variant_id, v.sku, v.price_minor
         from catalog.product p join catalog.variant v using (product_id) join store.store s using (store_id) where p.product_id = $1
       ), frozen as (
         insert into checkout.session (session_id, account_id, status, currency, cart_hash, snapshot, needs_shipping, item_count,
           subtotal_minor, total_minor, expires_at, paid_at)
         select $2, $3, 'processing', currency, $2, jsonb_build_object('groups', jsonb_build_array(jsonb_build_object(
             'key', product_id, 'storeId', store_id, 'storeName', name, 'kind', 'digital', 'itemCount', 1, 'subtotalMinor', price_minor,
             'items', jsonb_build_array(jsonb_build_object('lineNo', 1, 'productId', product_id, 'variantId', variant_id, 'sku', sku,
               'title', title, 'quantity', 1, 'unitPriceMinor', price_minor, 'lineTotalMinor', price_minor))))),
           false, 1, price_minor, price_minor, now() + interval '30 minutes', now() from sold
       ), paid as (
         insert into payment.payment (payment_id, session_id, account_id, provider, status, amount_minor, currency, provider_ref, succeeded_at)
         select $4, $2, $3, case currency when 'KRW' then 'toss' else 'stripe' end::payment.provider, 'succeeded', price_minor, currency,
           'pi_' || $4, now() from sold
       ), attempt as (
         insert into payment.attempt (attempt_id, payment_id, number, generation, method_ref, amount_minor, currency, terms, status, ended_at)
         select 'att_' || $4, $4, 1, 1, 'pm_card_visa', price_minor, currency, '', 'succeeded', now() from sold
       ), o as (
         insert into orders.store_order (order_number, session_id, group_key, account_id, store_id, store_name, kind, currency, item_count,
           subtotal_minor, discount_minor, shipping_minor, tax_minor, total_minor)
         select orders.new_number_1(), $2, product_id, $3, store_id, name, 'digital', currency, 1, price_minor, 0, 0, 0, price_minor from sold
         returning order_number
       )
       insert into orders.order_item (order_number, line_no, product_id, variant_id, sku, title, quantity, unit_price_minor, line_total_minor)
       select o.order_number, 1, product_id, variant_id, sku, title, 1, price_minor, price_minor from o, sold
       returning order_number`,
      [productId, sessionId, accountId, newId("pay")],
    );
    const orderNumber = rows[0]?.order_number ?? "";
    await client.query("select ledger.post_capture_1(payment_id) from payment.payment where session_id = $1", [
      sessionId,
    ]);
    await client.query("select orders.mark_paid_1($1)", [sessionId]);
    const granted = await client.query<{ outcome: string }>("select access.grant_1($1, $2, $3) as outcome", [
      orderNumber,
      accountId,
      productId,
    ]);
    const outcome = granted.rows[0]?.outcome ?? "";
    if (outcome === "granted") {
      await client.query("select orders.order_placed_1($1, 'digital', null)", [orderNumber]);
      await client.query("select orders.advance_1($1, 'delivered', null)", [orderNumber]);
    } else {
      await client.query("select orders.order_end_1($1, 'failed', 'out_of_stock')", [orderNumber]);
    }
    await client.query("commit");
    return { orderNumber, sessionId, outcome };
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
}

/** The money of an order goes back, and the provider has said so. */
export async function refundDigital(pool: Pool, orderNumber: string): Promise<void> {
  const { rows } = await pool.query<{ refund_id: string }>(
    `select r.refund_id from orders.store_order o
     cross join lateral orders.refund_open_1(o.order_number, 'test:' || o.order_number, o.total_minor, 'wish', null, null) r
     where o.order_number = $1`,
    [orderNumber],
  );
  await pool.query("select orders.refund_settled_1($1, 'succeeded', $2, null, null)", [
    rows[0]?.refund_id,
    newId("ref"),
  ]);
}
