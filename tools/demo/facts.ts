import pg from "pg";
import { readOutside } from "../invariants/outside.ts";
import type { System } from "./find-system.ts";

/** What the database and the outside world's own books say about one checkout. Amounts in minor units. */
export type Facts = {
  readonly session: { readonly status: string; readonly total: number; readonly currency: string };
  readonly payments: readonly { readonly status: string; readonly amount: number; readonly refunded: number }[];
  readonly orders: readonly OrderFacts[];
  readonly refunds: readonly { readonly orderNumber: string; readonly amount: number; readonly status: string }[];
  readonly historyGaps: number;
  readonly openReservations: number;
  readonly boughtStillInCart: number;
  readonly outside: {
    readonly charges: readonly number[];
    readonly refunds: readonly number[];
    readonly accepted: readonly BookedOrder[];
    readonly cancelled: readonly BookedOrder[];
  };
};

export type OrderFacts = {
  readonly orderNumber: string;
  readonly storeId: string;
  readonly status: string;
  readonly paymentStatus: string;
  readonly method: string | null;
  readonly total: number;
  readonly attempts: number;
  readonly lookUps: number;
};

type BookedOrder = { readonly storeId: string; readonly orderNumber: string };

/** Reads only: the connection could not write if it wanted to. */
export async function readFacts({ databaseUrl, sandboxUrl }: System, sessionId: string): Promise<Facts> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    options: "-c default_transaction_read_only=on -c statement_timeout=10s",
    application_name: "muse demo",
  });
  await client.connect();
  try {
    const rows = async <Row>(sql: string): Promise<Row[]> => {
      const { rows: found } = await client.query(`select to_json(fact) as fact from (${sql}) fact`, [sessionId]);
      return found.map(({ fact }: { fact: Row }) => fact);
    };
    const [session = { status: "missing", total: 0, currency: "USD" }] = await rows<Facts["session"]>(sessionSql);
    const payments = await rows<Facts["payments"][number] & { readonly ref: string | null }>(paymentSql);
    const orders = await rows<OrderFacts>(orderSql);
    const refunds = await rows<Facts["refunds"][number]>(refundSql);
    const [sums = { historyGaps: -1, openReservations: -1, boughtStillInCart: -1 }] =
      await rows<Pick<Facts, "historyGaps" | "openReservations" | "boughtStillInCart">>(restSql);
    const outside = await readBooks(sandboxUrl, sessionId, orders);
    return { session, payments, orders, refunds, ...sums, outside };
  } finally {
    await client.end();
  }
}

/** The records of this checkout: a charge names its session, a refund the charge's intent, an order our number. */
async function readBooks(
  sandboxUrl: string,
  sessionId: string,
  orders: readonly OrderFacts[],
): Promise<Facts["outside"]> {
  const records = await readOutside(sandboxUrl);
  const charges = records.charges.filter(({ data }) => metadataOf(data)["checkout_session_id"] === sessionId);
  const intents = new Set(charges.map(({ data }) => data["paymentIntent"]));
  const refunds = records.refunds.filter(({ kind, data }) => kind === "refund" && intents.has(data["paymentIntent"]));
  const numbers = new Set<unknown>(orders.map(({ orderNumber }) => orderNumber));
  const booked = records.storeOrders.filter(({ data }) => numbers.has(data["clientKey"]));
  const inBook = (wanted: string): BookedOrder[] =>
    booked
      .filter(({ kind }) => kind === wanted)
      .map(({ part, data }) => ({ storeId: part, orderNumber: String(data["clientKey"]) }));
  return {
    charges: charges.map(({ data }) => Number(data["amount"])),
    refunds: refunds.map(({ data }) => Number(data["amount"])),
    accepted: inBook("order"),
    cancelled: inBook("order_cancelled"),
  };
}

function metadataOf(data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { metadata } = data;
  return typeof metadata === "object" && metadata !== null ? (metadata as Record<string, unknown>) : {};
}

const sessionSql = `
  select s.status, s.total_minor as total, s.currency from checkout.session s where s.session_id = $1`;

const paymentSql = `
  select p.status, p.amount_minor as amount, p.refunded_minor as refunded
  from payment.payment p where p.session_id = $1`;

const orderSql = `
  select o.order_number as "orderNumber", o.store_id as "storeId", o.status, o.payment_status as "paymentStatus",
    o.placement_method as method, o.total_minor as total, count(a.attempt_id)::int as attempts,
    coalesce(sum(a.lookups), 0)::int as "lookUps"
  from orders.store_order o left join placement.attempt a using (order_number)
  where o.session_id = $1 group by o.order_number order by o.created_at, o.order_number`;

const refundSql = `
  select r.order_number as "orderNumber", r.amount_minor as amount, r.status
  from payment.refund r join payment.payment p using (payment_id) where p.session_id = $1`;

/** A history has no gap when each step begins where the one before it ended, and the last one is the order's status. */
const restSql = `
  with step as (
    select h.order_number, h.from_status, h.to_status, o.status,
      lag(h.to_status) over by_order as before, lead(h.history_id) over by_order is null as is_last
    from orders.order_status_history h join orders.store_order o using (order_number)
    where o.session_id = $1
    window by_order as (partition by h.order_number order by h.history_id)
  )
  select
    (select count(*) from step where from_status is distinct from before or (is_last and to_status <> status))::int
      as "historyGaps",
    (select count(*) from inventory.reservation r where r.session_id = $1 and r.status = 'active')::int
      as "openReservations",
    (select count(*) from cart.item c join checkout.session s using (account_id)
      join orders.store_order o on o.session_id = s.session_id
      join orders.order_item i on i.order_number = o.order_number and i.variant_id = c.variant_id
      where s.session_id = $1)::int as "boughtStillInCart"`;
