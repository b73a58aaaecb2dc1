import { readOutside, type OutsideRecord } from "../../tools/invariants/outside.ts";
import type { Lane } from "./lane.ts";

export type OrderBook = {
  readonly orderNumber: string;
  /** The store's id; of a file, its title. */
  readonly name: string;
  readonly isFile: boolean;
  readonly status: string;
  readonly paymentStatus: string;
  readonly totalMinor: number;
  /** The store's own book: how often it accepted this order, and how often it took one back. */
  readonly acceptedCount: number;
  readonly cancelledCount: number;
  /** Whether a file can be downloaded: "open", "frozen", or why it was taken back; null: it was never given. */
  readonly access: string | null;
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
  /** The letters about it that were sent, by their kinds. */
  readonly mails: readonly string[];
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
  const orders = await readOrders(database, sessionId);
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
  const { rows: mails } = await database.query<{ kind: string }>(
    "select m.kind from notify.mail m where m.session_id = $1 and m.status = 'sent' order by m.kind",
    [sessionId],
  );
  const countOf = (kind: string, orderNumber: string): number =>
    outside.storeOrders.filter((entry) => entry.kind === kind && entry.data["clientKey"] === orderNumber).length;
  return {
    sessionStatus: session.status,
    paymentStatus: session.payment,
    totalMinor: Number(session.total),
    orders: orders.map(({ totalMinor, ...order }) => ({
      ...order,
      totalMinor: Number(totalMinor),
      acceptedCount: countOf("order", order.orderNumber),
      cancelledCount: countOf("order_cancelled", order.orderNumber),
    })),
    attempts: attempts.map(({ status }) => status),
    chargesMinor: charges.map(({ data }) => Number(data["amount"])),
    refundsMinor: refunds.map(({ data }) => Number(data["amount"])),
    stockHeld: Number(session.held),
    mails: mails.map(({ kind }) => kind),
  };
}

type OrderRow = Omit<OrderBook, "totalMinor" | "acceptedCount" | "cancelledCount"> & { readonly totalMinor: string };

async function readOrders(database: Lane["database"], sessionId: string): Promise<readonly OrderRow[]> {
  const { rows } = await database.query<OrderRow>(
    `select o.order_number as "orderNumber", o.kind = 'digital' as "isFile", o.status, o.payment_status as "paymentStatus",
       o.total_minor as "totalMinor", case o.kind when 'digital' then i.title else o.store_id end as name,
       case when h.revoked_at is not null then h.revoke_reason when h.frozen_at is not null then 'frozen'
         when h.order_number is not null then 'open' end as access
     from orders.store_order o
     join orders.order_item i on i.order_number = o.order_number and i.line_no = (
       select min(l.line_no) from orders.order_item l where l.order_number = o.order_number)
     left join access.holding h on h.order_number = o.order_number
     where o.session_id = $1`,
    [sessionId],
  );
  return rows.toSorted((a, b) => (a.name < b.name ? -1 : 1));
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
  /** Orders that the store's book shows as accepted; one unless told, and of a file none. */
  readonly accepted?: readonly [least: number, most: number];
  /** Of a file: open unless told, or given back. */
  readonly access?: string;
};

/**
 * Holds a paid checkout against how each order of it must have ended, by its store's id or its file's title: one
 * charge, and back exactly what is due.
 */
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
  const found = books.orders.map(({ name }) => name).join(", ");
  must(found === Object.keys(ends).sort().join(", "), `orders with ${found}`);
  let dueMinor = 0;
  for (const order of books.orders) {
    const end = ends[order.name];
    if (end === undefined) continue;
    dueMinor += end.isRefunded === true ? order.totalMinor : (end.backMinor ?? 0);
    said.push(...orderComplaints(order, end));
  }
  const backMinor = books.refundsMinor.reduce((sum, amount) => sum + amount, 0);
  must(backMinor === dueMinor, `refunded ${backMinor} instead of ${dueMinor}`);
  must(books.stockHeld === 0, `${books.stockHeld} reservations are still held`);
  return said;
}

function orderComplaints({ name, isFile, ...order }: OrderBook, end: OrderEnd): string[] {
  const said: string[] = [];
  const must = (isSo: boolean, text: string): void => void (isSo || said.push(`${name} ${text}`));
  const [least, most] = end.accepted ?? (isFile ? [0, 0] : [1, 1]);
  const paid = end.isRefunded === true ? "refunded" : end.backMinor === undefined ? "paid" : "partially_refunded";
  const access = isFile ? (end.access ?? (end.isRefunded === true ? "refunded" : "open")) : null;
  must(order.status === end.status, `is ${order.status}, not ${end.status}`);
  must(order.paymentStatus === paid, `is ${order.paymentStatus}, not ${paid}`);
  must(
    order.acceptedCount >= least && order.acceptedCount <= most,
    `was accepted by its store ${order.acceptedCount} times`,
  );
  must(order.access === access, `is ${order.access} to its buyer, not ${access}`);
  return said;
}

/** Holds a checkout that must have cost nothing. */
export function unpaidComplaints(books: Books, sessionStatuses: readonly string[]): string[] {
  const said: string[] = [];
  if (!sessionStatuses.includes(books.sessionStatus)) said.push(`the session is ${books.sessionStatus}`);
  if (books.chargesMinor.length > 0) said.push(`charged ${books.chargesMinor.join(" + ")}`);
  const accepted = books.orders.filter(({ acceptedCount }) => acceptedCount > 0);
  for (const { name } of accepted) said.push(`${name} accepted an order that nobody paid`);
  if (books.sessionStatus !== "pending" && books.stockHeld > 0)
    said.push(`${books.stockHeld} reservations are still held`);
  return said;
}
