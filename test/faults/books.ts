import { readOutside, type OutsideRecord } from "../../tools/invariants/outside.ts";
import type { Lane } from "./lane.ts";

export type OrderBook = {
  readonly orderNumber: string;
  readonly storeId: string;
  readonly status: string;
  readonly paymentStatus: string;
  readonly totalMinor: number;
  /** The store's own book: how often it accepted this order, and how often it took one back. */
  readonly acceptedCount: number;
  readonly cancelledCount: number;
};

/** What the database and the outside's own books say about one checkout. Amounts in minor units. */
export type Books = {
  readonly sessionStatus: string;
  readonly paymentStatus: string | null;
  readonly totalMinor: number;
  readonly orders: readonly OrderBook[];
  readonly chargesMinor: readonly number[];
  /** How each try at the payment ended, in their order: "failed", "succeeded". */
  readonly attempts: readonly string[];
  readonly refundsMinor: readonly number[];
  readonly stockHeld: number;
};

export async function readBooks({ database, sandboxUrl }: Lane, sessionId: string): Promise<Books> {
  const outside = await readOutside(sandboxUrl);
  const { rows: sessions } = await database.query<{
    status: string;
    payment: string | null;
    total: string;
    held: string;
  }>(
    `select s.status, p.status as payment, s.total_minor as total,
       (select count(*) from inventory.reservation r where r.session_id = s.session_id and r.status = 'active') as held
     from checkout.session s left join payment.payment p using (session_id) where s.session_id = $1`,
    [sessionId],
  );
  const [session] = sessions;
  if (session === undefined) throw new Error(`there is no session ${sessionId}`);
  const { rows: orders } = await database.query<Record<"number" | "store" | "status" | "paid" | "total", string>>(
    `select o.order_number as number, o.store_id as store, o.status, o.payment_status as paid, o.total_minor as total
     from orders.store_order o where o.session_id = $1 order by o.store_id`,
    [sessionId],
  );
  const { rows: attempts } = await database.query<{ status: string }>(
    `select a.status from payment.attempt a join payment.payment p using (payment_id) where p.session_id = $1 order by a.number`,
    [sessionId],
  );
  const { rows: tossOrders } = await database.query<{ id: string }>(
    "select t.order_id as id from payment.toss_order t where t.session_id = $1",
    [sessionId],
  );
  const inWon = new Set<unknown>(tossOrders.map(({ id }) => id));
  const charges = outside.charges.filter(
    (charge) => metadataOf(charge)["checkout_session_id"] === sessionId || inWon.has(charge.data["orderId"]),
  );
  const intents = new Set(charges.map(chargeNameOf));
  const refunds = outside.refunds.filter((refund) => refund.kind === "refund" && intents.has(chargeNameOf(refund)));
  const countOf = (kind: string, orderNumber: string): number =>
    outside.storeOrders.filter((entry) => entry.kind === kind && entry.data["clientKey"] === orderNumber).length;
  return {
    sessionStatus: session.status,
    paymentStatus: session.payment,
    totalMinor: Number(session.total),
    orders: orders.map(({ number, store, status, paid, total }) => ({
      orderNumber: number,
      storeId: store,
      status,
      paymentStatus: paid,
      totalMinor: Number(total),
      acceptedCount: countOf("order", number),
      cancelledCount: countOf("order_cancelled", number),
    })),
    attempts: attempts.map(({ status }) => status),
    chargesMinor: charges.map(({ data }) => Number(data["amount"])),
    refundsMinor: refunds.map(({ data }) => Number(data["amount"])),
    stockHeld: Number(session.held),
  };
}

/** What a charge and its refunds have in common: Stripe's intent, or Toss's payment key. */
function chargeNameOf({ data }: OutsideRecord): unknown {
  return data["paymentIntent"] ?? data["paymentKey"];
}

function metadataOf({ data }: OutsideRecord): Readonly<Record<string, unknown>> {
  return (data["metadata"] ?? {}) as Readonly<Record<string, unknown>>;
}

export type OrderEnd = {
  readonly status: string;
  /** The whole of it has gone back. */
  readonly isRefunded?: boolean;
  /** A part of it has. */
  readonly backMinor?: number;
  /** Orders that the store's book shows as accepted; one unless told. */
  readonly accepted?: readonly [least: number, most: number];
};

/** Holds a paid checkout against how each store's order must have ended: one charge, and back exactly what is due. */
export function paidComplaints(
  books: Books,
  sessionStatus: string,
  ends: Readonly<Record<string, OrderEnd>>,
): string[] {
  const said: string[] = [];
  const must = (isSo: boolean, text: string): void => void (isSo || said.push(text));
  must(books.sessionStatus === sessionStatus, `the session is ${books.sessionStatus}, not ${sessionStatus}`);
  must(books.paymentStatus === "succeeded", `the payment is ${books.paymentStatus}`);
  must(
    books.chargesMinor.length === 1 && books.chargesMinor[0] === books.totalMinor,
    `charged ${books.chargesMinor.join(" + ") || "nothing"} instead of ${books.totalMinor} once`,
  );
  const found = books.orders.map(({ storeId }) => storeId).join(", ");
  must(found === Object.keys(ends).sort().join(", "), `orders with ${found}`);
  let dueMinor = 0;
  for (const order of books.orders) {
    const end = ends[order.storeId];
    if (end === undefined) continue;
    const [least, most] = end.accepted ?? [1, 1];
    dueMinor += end.isRefunded === true ? order.totalMinor : (end.backMinor ?? 0);
    const paid = end.isRefunded === true ? "refunded" : end.backMinor === undefined ? "paid" : "partially_refunded";
    must(order.status === end.status, `${order.storeId} is ${order.status}, not ${end.status}`);
    must(order.paymentStatus === paid, `${order.storeId} is ${order.paymentStatus}, not ${paid}`);
    must(
      order.acceptedCount >= least && order.acceptedCount <= most,
      `${order.storeId} accepted it ${order.acceptedCount} times`,
    );
  }
  const backMinor = books.refundsMinor.reduce((sum, amount) => sum + amount, 0);
  must(backMinor === dueMinor, `refunded ${backMinor} instead of ${dueMinor}`);
  must(books.stockHeld === 0, `${books.stockHeld} reservations are still held`);
  return said;
}

/** Holds a checkout that must have cost nothing. */
export function unpaidComplaints(books: Books, sessionStatuses: readonly string[]): string[] {
  const said: string[] = [];
  if (!sessionStatuses.includes(books.sessionStatus)) said.push(`the session is ${books.sessionStatus}`);
  if (books.chargesMinor.length > 0) said.push(`charged ${books.chargesMinor.join(" + ")}`);
  const accepted = books.orders.filter(({ acceptedCount }) => acceptedCount > 0);
  for (const { storeId } of accepted) said.push(`${storeId} accepted an order that nobody paid`);
  if (books.sessionStatus !== "pending" && books.stockHeld > 0)
    said.push(`${books.stockHeld} reservations are still held`);
  return said;
}
