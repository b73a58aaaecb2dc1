import type { Call, Customer } from "./customer.ts";
import type { Query } from "./query.ts";
import { sessionPath, type OrderSeen, type SessionSeen } from "./visit.ts";

/** What was found wrong, and whose it is: a session's id, or null where it belongs to none. */
export type Breach = { readonly sessionId: string | null; readonly text: string };

export type Row = {
  readonly sessionId: string;
  readonly status: string;
  readonly paidAt: Date | null;
  readonly latePayment: string | null;
  readonly totalMinor: string;
  readonly paymentStatus: string | null;
  readonly orders: readonly OrderRow[];
};
type OrderRow = {
  readonly number: string;
  readonly status: string;
  readonly paymentStatus: string;
  readonly storeOrderNumber: string | null;
  readonly totalMinor: number;
  readonly refundedMinor: number;
  readonly refunds: number;
  readonly history: number;
};

const rowsText = `
  select s.session_id as "sessionId", s.status, s.paid_at as "paidAt", s.late_payment as "latePayment",
    s.total_minor as "totalMinor", p.status as "paymentStatus",
    coalesce((select json_agg(json_build_object('number', o.order_number, 'status', o.status, 'paymentStatus', o.payment_status,
        'storeOrderNumber', o.store_order_number, 'totalMinor', o.total_minor, 'refundedMinor', o.refunded_minor,
        'refunds', (select count(*) from payment.refund r where r.order_number = o.order_number),
        -- A file is not sent anywhere: nobody is told that it was.
        'history', (select count(*) from orders.order_status_history h
          where h.order_number = o.order_number and not (o.kind = 'digital' and h.to_status = 'shipped'))))
      from orders.store_order o where o.session_id = s.session_id), '[]') as orders
  from checkout.session s left join payment.payment p using (session_id) where s.session_id = any ($1)`;

export async function readRows(query: Query, sessionIds: readonly string[]): Promise<Map<string, Row>> {
  const rows = await query<Row>(rowsText, [sessionIds]);
  return new Map(rows.map((row) => [row.sessionId, row]));
}

type OrderView = {
  readonly status: string;
  readonly paymentStatus: string;
  readonly storeOrderNumber: string | null;
  readonly totalCents: number;
  readonly refundedCents: number;
  readonly refunds: readonly unknown[];
  readonly statusHistory: readonly unknown[];
};
type Listed = {
  readonly checkoutSessions: readonly {
    readonly checkoutSessionId: string;
    readonly totalCents: number;
    readonly orders: readonly { readonly museOrderNumber: string; readonly status: string }[];
  }[];
};

const ended = ["completed", "failed", "expired", "cancelled"];

/** Holds what the API tells a shopper of their sessions, once all is over, against the rows. */
export async function compareSessions(
  customer: Customer,
  sessionIds: readonly string[],
  rows: ReadonlyMap<string, Row>,
): Promise<Breach[]> {
  const found: Breach[] = [];
  const list = await customer.get<Listed>("GET /api/v1/orders?limit=100");
  for (const sessionId of sessionIds) {
    const row = rows.get(sessionId);
    const say = (text: string): void => void found.push({ sessionId, text });
    if (row === undefined) {
      say("told of a session that is not in the database");
      continue;
    }
    const session = await customer.get<SessionSeen>(`GET ${sessionPath(sessionId)}`);
    for (const text of compareSession(session, row)) say(text);
    const listed = list.checkoutSessions.find(({ checkoutSessionId }) => checkoutSessionId === sessionId);
    const counted = row.orders.filter(({ paymentStatus }) => paymentStatus !== "unpaid");
    if ((listed?.orders.length ?? 0) !== counted.length)
      say(`the list shows ${listed?.orders.length ?? 0} orders, there are ${counted.length}`);
    for (const order of counted) {
      const view = await customer.get<OrderView>(`GET /api/v1/orders/${order.number}`);
      for (const text of compareOrder(view, order)) say(`${order.number}: ${text}`);
    }
  }
  return found;
}

function compareSession(told: SessionSeen, row: Row): string[] {
  const said: string[] = [];
  const must = (isSo: boolean, text: string): void => void (isSo || said.push(text));
  must(told.status === row.status, `told ${told.status}, it is ${row.status}`);
  must(ended.includes(row.status), `O4 has come to no end: ${row.status}`);
  must(told.latePayment === row.latePayment, `told of a late payment ${told.latePayment}, it is ${row.latePayment}`);
  must(
    told.cartSnapshot.summary.totalCents === Number(row.totalMinor),
    `told a total of ${told.cartSnapshot.summary.totalCents}, it is ${row.totalMinor}`,
  );
  const payment = row.latePayment === "refunded" ? "refunded" : row.paidAt === null ? null : "paid";
  if (payment !== null) must(told.payment === payment, `told that the payment is ${told.payment}, it is ${payment}`);
  else must(["unpaid", "declined"].includes(told.payment), `nobody paid, and told ${told.payment}`);
  const shown = (orders: readonly { number: string; status: string; storeOrderNumber: string | null }[]): string =>
    orders
      .map(({ number, status, storeOrderNumber }) => `${number} ${status} ${storeOrderNumber ?? "-"}`)
      .sort()
      .join(", ");
  const toldOrders = shown(told.orders.map((order) => ({ ...order, number: order.museOrderNumber })));
  const paidOrders = shown(row.orders.filter(({ paymentStatus }) => row.paidAt !== null || paymentStatus !== "unpaid"));
  must(toldOrders === paidOrders, `told of ${toldOrders || "no orders"}, there are ${paidOrders || "none"}`);
  return said;
}

function compareOrder(told: OrderView, row: OrderRow): string[] {
  const pairs: readonly [string, unknown, unknown][] = [
    ["status", told.status, row.status],
    ["payment", told.paymentStatus, row.paymentStatus],
    ["number at the store", told.storeOrderNumber, row.storeOrderNumber],
    ["total", told.totalCents, row.totalMinor],
    ["given back", told.refundedCents, row.refundedMinor],
    ["refunds", told.refunds.length, row.refunds],
    ["history", told.statusHistory.length, row.history],
  ];
  const said = pairs
    .filter(([, one, other]) => one !== other)
    .map(([what, one, other]) => `${what}: told ${String(one)}, it is ${String(other)}`);
  if (row.status === "pending") said.push("O4 is still pending");
  return said;
}

/** Holds what was said during the visits against what came of it, one session at a time. */
export function compareWords(
  sessionId: string,
  calls: readonly Call[],
  acts: readonly number[],
  truth: Truth,
): Breach[] {
  const mine = calls.filter(({ request }) => request.includes(sessionId));
  return [...liesAboutMoney(mine, acts, truth), ...turnedBack(mine, truth)].map((text) => ({ sessionId, text }));
}

export type Truth = {
  readonly row: Row;
  /** When the provider charged, in ms since 1970. */
  readonly chargedAtMs: readonly number[];
};

/** Words that say: nothing was charged. */
const freeWords = [
  "payment_declined",
  "payment_provider_unavailable",
  "session_expired",
  "session_cancelled",
  "payment_method_invalid",
  "already_purchased",
  "out_of_stock",
];

/**
 * "Nothing was charged" is a lie if the charge was there before the question, or came later without anybody having done
 * anything more. While another call or a challenge was under way beside it, it may have been true when it was said.
 */
function liesAboutMoney(calls: readonly Call[], acts: readonly number[], { chargedAtMs }: Truth): string[] {
  const places = calls.filter(({ request }) => request.endsWith("/place"));
  return calls.flatMap((call) => {
    if (call.said?.code === undefined || call.said.code === null || !freeWords.includes(call.said.code)) return [];
    const beganMs = askedFirstMs(call, calls);
    return chargedAtMs.flatMap((atMs) => {
      const isDoneBeside =
        places.some((other) => !isSame(other, call) && other.endedMs >= beganMs && other.beganMs <= atMs) ||
        acts.some((actMs) => actMs >= beganMs - 1_000 && actMs <= atMs);
      if (atMs >= beganMs && isDoneBeside) return [];
      return [`told ${call.said?.code} at ${timeOf(call.endedMs)}, charged at ${timeOf(atMs)}`];
    });
  });
}

/** A repeat is given the answer that its key was given first: it is of that moment, whatever came in between. */
function askedFirstMs(call: Call, calls: readonly Call[]): number {
  return Math.min(...calls.filter((other) => isSame(other, call)).map(({ beganMs }) => beganMs));
}

function isSame(one: Call, other: Call): boolean {
  return one === other || (one.key !== null && one.key === other.key && one.request === other.request);
}

const paymentRank: Readonly<Record<string, number>> = { paid: 1, refunded: 2 };
const finalOrders = ["failed", "cancelled", "delivered"];

/** What was said once is never taken back: paid stays paid, a store's number stays, an end stays an end. */
function turnedBack(calls: readonly Call[], { row }: Truth): string[] {
  const finalRank = row.latePayment === "refunded" ? 2 : row.paidAt === null ? 0 : 1;
  return calls.flatMap(({ said, beganMs }) => {
    if (said === null || said.code !== null) return [];
    const { payment, orders = [] } = said.data as { readonly payment?: string; readonly orders?: readonly OrderSeen[] };
    const isPaymentTrue = (paymentRank[payment ?? ""] ?? 0) <= finalRank;
    const wrong = orders.map((order) => wrongOf(order, row)).filter((text) => text !== null);
    return [...(isPaymentTrue ? [] : [`the payment is ${payment}`]), ...wrong].map(
      (text) => `told at ${timeOf(beganMs)} that ${text}`,
    );
  });
}

function wrongOf(told: OrderSeen, row: Row): string | null {
  const now = row.orders.find(({ number }) => number === told.museOrderNumber);
  if (now === undefined) return `there is an order ${told.museOrderNumber}`;
  if (finalOrders.includes(told.status) && now.status !== told.status)
    return `${now.number} is ${told.status}, it is ${now.status}`;
  if (told.storeOrderNumber !== null && told.storeOrderNumber !== now.storeOrderNumber)
    return `${now.number} is ${told.storeOrderNumber} at its store, it is ${now.storeOrderNumber}`;
  return null;
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString().slice(11, 23);
}
