/** Orders that are paid and in line for their stores, made by the very functions that make them in production. */
import assert from "node:assert/strict";
import { must } from "#kernel/assert.ts";
import { newId } from "#kernel/ids.ts";
import type { Pool } from "#platform/db/pool.ts";
import { makeCart, makeStore, makeVariant, type MadeVariant } from "./makers.ts";

export type LineWish = {
  readonly priceMinor?: number;
  readonly quantity?: number;
  readonly taxMinor?: number;
  readonly stock?: number;
  /** Of a real shelf; a made-up one otherwise. */
  readonly sku?: string;
};

export type OrderWish = {
  /** Ordered from by this connector at this address; without one, by hand. */
  readonly connector?: string | null;
  readonly baseUrl?: string;
  /** An existing store instead of a new one. */
  readonly storeId?: string;
  readonly lines?: readonly LineWish[];
  readonly shippingMinor?: number;
  /** On the delivery, beside what the lines carry. */
  readonly shippingTaxMinor?: number;
};

export type PaidOrder = {
  readonly orderNumber: string;
  readonly storeId: string;
  readonly sessionId: string;
  readonly accountId: string;
  readonly paymentId: string;
  readonly totalMinor: bigint;
  readonly goods: readonly MadeVariant[];
};

export const testAddress = {
  name: "Ada Byron",
  address1: "12 Harbor Street",
  address2: null,
  city: "Portland",
  state: "OR",
  zip: "97201",
  country: "US",
  phone: "+15035550123",
} as const;

type PaidOptions = {
  readonly onStoreFailure?: "ship_what_you_can" | "all_or_nothing";
  readonly accountId?: string;
  readonly isPaid?: boolean;
};

/** One checkout with one order per wish, in the order of the wishes. */
export async function paidOrders(
  pool: Pool,
  wishes: readonly OrderWish[],
  options: PaidOptions = {},
): Promise<PaidOrder[]> {
  const stores: MadeStore[] = [];
  for (const wish of wishes) stores.push(await stockedStore(pool, wish));
  const lines = stores.flatMap(({ goods, wish }) =>
    goods.map((variant, index) => ({ variant, quantity: wish.lines?.[index]?.quantity ?? 1 })),
  );
  const accountId = await makeCart(pool, lines, options.accountId ?? newId("acc"));
  const sessionId = await readySession(pool, accountId, stores, options);
  const paymentId = await pay(pool, sessionId, accountId, options.isPaid ?? true);

  const { rows } = await pool.query<{ order_number: string; store_id: string; total_minor: bigint }>(
    "select order_number, store_id, total_minor from orders.store_order where session_id = $1",
    [sessionId],
  );
  return stores.map(({ storeId, goods }) => {
    const row = must(
      rows.find(({ store_id }) => store_id === storeId),
      "paidOrders: each store has its order",
    );
    return {
      orderNumber: row.order_number,
      totalMinor: row.total_minor,
      storeId,
      sessionId,
      accountId,
      paymentId,
      goods,
    };
  });
}

/** The same for one order. */
export async function paidOrder(pool: Pool, wish: OrderWish = {}, options: PaidOptions = {}): Promise<PaidOrder> {
  return must((await paidOrders(pool, [wish], options))[0], "paidOrder: one wish, one order");
}

type MadeStore = { readonly storeId: string; readonly wish: OrderWish; readonly goods: readonly MadeVariant[] };

async function stockedStore(pool: Pool, wish: OrderWish): Promise<MadeStore> {
  const { connector = null, baseUrl = "http://127.0.0.1:9" } = wish;
  const storeId = wish.storeId ?? (await makeStore(pool, { connector, baseUrl }));
  const goods: MadeVariant[] = [];
  for (const { priceMinor = 2_500, stock = null, sku } of wish.lines ?? [{}]) {
    const variant = await makeVariant(pool, { storeId, priceMinor, stock });
    if (sku !== undefined) {
      await pool.query("update catalog.variant set sku = $2 where variant_id = $1", [variant.variantId, sku]);
    }
    goods.push(variant);
  }
  return { storeId, wish, goods };
}

async function readySession(
  pool: Pool,
  accountId: string,
  stores: readonly MadeStore[],
  options: PaidOptions,
): Promise<string> {
  const sessionId = newId("cs");
  const started = await pool.query(
    "select outcome, session from checkout.session_start_3($1, $2, interval '30 minutes')",
    [accountId, sessionId],
  );
  assert.equal(started.rows[0].outcome, "started");
  const groups = started.rows[0].session.snapshot.groups as {
    key: string;
    storeId: string;
    items: { lineNo: number; variantId: string }[];
  }[];
  let shippingMinor = 0;
  let taxMinor = 0;
  const quoted = groups.map((group) => {
    const { wish, goods } = must(
      stores.find(({ storeId }) => storeId === group.storeId),
      "readySession: a group has its store",
    );
    const taxes = group.items.map(({ lineNo, variantId }): [string, number] => {
      const index = goods.findIndex((made) => made.variantId === variantId);
      return [String(lineNo), wish.lines?.[index]?.taxMinor ?? 0];
    });
    const ofGroup = taxes.reduce((sum, [, tax]) => sum + tax, 0) + (wish.shippingTaxMinor ?? 0);
    shippingMinor += wish.shippingMinor ?? 599;
    taxMinor += ofGroup;
    const quote = {
      shippingOptionId: "standard",
      shippingMinor: wish.shippingMinor ?? 599,
      taxMinor: ofGroup,
      discountMinor: 0,
    };
    return [
      group.key,
      { ...quote, deliveryFrom: "2026-11-24", deliveryTo: "2026-11-26", lineTaxMinor: Object.fromEntries(taxes) },
    ];
  });
  await pool.query(
    `update checkout.session set quote = $2, shipping_minor = $3::bigint, tax_minor = $4::bigint, total_minor = subtotal_minor + $3::bigint + $4::bigint,
       shipping_address = $5, contact_email = 'ada@shopper.test', payment_method_id = 'pm_card_visa', on_store_failure = $6
     where session_id = $1`,
    [
      sessionId,
      { groups: Object.fromEntries(quoted) },
      shippingMinor,
      taxMinor,
      testAddress,
      options.onStoreFailure ?? "ship_what_you_can",
    ],
  );
  return sessionId;
}

async function pay(pool: Pool, sessionId: string, accountId: string, isPaid: boolean): Promise<string> {
  const start = await pool.query(
    "select outcome, payment_id, amount_minor from checkout.place_start_1($1, $2, $3, $4, interval '1 minute')",
    [sessionId, accountId, newId("pay"), newId("att")],
  );
  assert.equal(start.rows[0].outcome, "started");
  const { payment_id: paymentId, amount_minor: amountMinor } = start.rows[0];
  if (!isPaid) return paymentId;
  const paid = await pool.query("select outcome from checkout.payment_succeeded_1($1, $2, $3, $4)", [
    paymentId,
    `pi_${paymentId}`,
    amountMinor,
    "USD",
  ]);
  assert.equal(paid.rows[0].outcome, "paid");
  return paymentId;
}
