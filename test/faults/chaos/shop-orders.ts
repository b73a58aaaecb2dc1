import type { HeldOrder, Sandbox } from "../sandbox.ts";
import type { Query } from "./query.ts";
import { webShops } from "./shop.ts";
import type { Breach } from "./truth.ts";

/** One of our orders at a web shop. */
export type OwnOrder = {
  readonly orderNumber: string;
  readonly sessionId: string;
  readonly storeId: string;
  readonly status: string;
  readonly storeOrderNumber: string | null;
  /** A person is still at it. */
  readonly isInQueue: boolean;
  readonly shipTo: { readonly name: string; readonly address1: string; readonly zip: string; readonly phone: string };
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
};

/** What a person enters who ordered where the sandbox is not: by telephone, say. */
export const byHandPrefix = "BY-HAND";

const ordersText = `
  select o.order_number as "orderNumber", o.session_id as "sessionId", o.store_id as "storeId", o.status,
    o.store_order_number as "storeOrderNumber", se.shipping_address as "shipTo",
    exists (select from placement.manual_task t where t.order_number = o.order_number and t.status in ('open', 'claimed')) as "isInQueue",
    (select json_agg(json_build_object('sku', i.sku, 'quantity', i.quantity) order by i.sku)
      from orders.order_item i where i.order_number = o.order_number) as lines
  from orders.store_order o join checkout.session se using (session_id)
  where o.store_id = any ($1) and o.payment_status <> 'unpaid'`;

/** Holds what the web shops have in their own books against our orders, one by one. */
export async function judgeShops(sandbox: Sandbox, query: Query): Promise<Breach[]> {
  const own = await query<OwnOrder>(ordersText, [webShops]);
  const held = await Promise.all(
    webShops.map(async (storeId) => (await sandbox.orderBook(storeId)).map((order) => ({ ...order, storeId }))),
  );
  return compareBooks(held.flat(), own);
}

type Held = HeldOrder & { readonly storeId: string };

/**
 * O3 by the shops' own books. An order is ours by the number that we know it under. What nobody knows is told by the
 * telephone that stands on it, each session's own: it is one too many, whether it stands or was taken back, unless its
 * order was never placed otherwise and the shop took it back.
 */
export function compareBooks(held: readonly Held[], own: readonly OwnOrder[]): Breach[] {
  const found: Breach[] = [];
  for (const order of held) {
    const isHere = ({ storeId }: OwnOrder): boolean => storeId === order.storeId;
    const known = own.find((one) => isHere(one) && one.storeOrderNumber === order.number);
    const meant = own.find((one) => isHere(one) && isSamePhone(one.shipTo.phone, order.shipTo.phone));
    const text = known === undefined ? unknownText(order, meant) : knownText(order, known);
    if (text === null) continue;
    const sessionId = (known ?? meant)?.sessionId ?? null;
    found.push({ sessionId, text: `O3 ${order.storeId} has ${order.number} (${order.status}) ${text}` });
  }
  const numbers = new Set(held.map(({ storeId, number }) => `${storeId} ${number}`));
  for (const { orderNumber, sessionId, storeId, storeOrderNumber } of own) {
    if (storeOrderNumber === null || storeOrderNumber.startsWith(byHandPrefix)) continue;
    if (!numbers.has(`${storeId} ${storeOrderNumber}`))
      found.push({
        sessionId,
        text: `O3 ${orderNumber} is ${storeOrderNumber} at ${storeId}, which has no such order`,
      });
  }
  return found;
}

function unknownText({ status }: Held, meant: OwnOrder | undefined): string | null {
  if (meant === undefined) return "which belongs to no order of ours";
  const { orderNumber, storeOrderNumber, isInQueue } = meant;
  if (storeOrderNumber !== null) return `beside ${storeOrderNumber}: ${orderNumber} was ordered twice`;
  if (status === "cancelled" || isInQueue) return null;
  return `which nobody knows of: ${orderNumber} is ${meant.status}`;
}

const notStanding = ["pending", "failed", "cancelled"];

function knownText({ status, lines, shipTo }: Held, known: OwnOrder): string | null {
  if (status !== "cancelled" && notStanding.includes(known.status) && !known.isInQueue)
    return `and ${known.orderNumber} is ${known.status}`;
  // Two that look alike may have been taken for one another: nobody is the worse for it.
  if (placeOf(shipTo) !== placeOf(known.shipTo)) return `for somebody else than ${known.orderNumber} is for`;
  return goodsIn(lines) === goodsIn(known.lines) ? null : `of other goods than ${known.orderNumber} is of`;
}

const placeOf = ({ name, address1, zip }: OwnOrder["shipTo"] | HeldOrder["shipTo"]): string =>
  [name, address1, zip.slice(0, 5)].join(", ").toLowerCase();

function goodsIn(lines: OwnOrder["lines"]): string {
  const counts = new Map<string, number>();
  for (const { sku, quantity } of lines) counts.set(sku, (counts.get(sku) ?? 0) + quantity);
  return [...counts]
    .map(([sku, count]) => `${count} ${sku}`)
    .sort()
    .join(", ");
}

/** However it is written. */
export function isSamePhone(one: string | null, other: string | null): boolean {
  const digits = (text: string | null): string => (text ?? "").replaceAll(/\D/g, "").slice(-10);
  return digits(one).length === 10 && digits(one) === digits(other);
}
