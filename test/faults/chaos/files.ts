/** How shoppers of a crowd buy files, and what must be theirs when all is over. */
import { setTimeout as delay } from "node:timers/promises";
import { whyNotWhole, type FileGood } from "../files.ts";
import type { Visit } from "./behaviour.ts";
import { GoneError, StoryError, type Customer, type Said } from "./customer.ts";
import { fillCart, pay, payWith, readSession, refused, startSession, type OrderSeen } from "./visit.ts";

/** Refusals that files alone know: it is one's own by now, the last copy is gone, another tab is paying for it. */
export const fileCodes: readonly string[] = ["already_purchased", "out_of_stock", "payment_in_progress"];

/** From one to three, in one currency; every third wants the edition as well. */
export function fileWishes({ random, shop }: Visit, currency: FileGood["currency"] = "USD"): FileGood[] {
  const onSale = shop.files.filter((file) => file.currency === currency);
  const edition = onSale.filter(({ productId }) => productId === shop.editionId);
  const wanted = random.some(
    onSale.filter(({ productId }) => productId !== shop.editionId),
    random.pick([1, 1, 2, 3]),
  );
  return random.chance(0.35) ? [...wanted, ...edition] : wanted;
}

/** Files alone, up to the button: no address is asked for. @returns the session's id */
export async function checkOutFiles(visit: Visit, wanted: readonly FileGood[], card: string): Promise<string> {
  await fillCart(visit, wanted, [1]);
  const { sessionId } = await startSession(visit, undefined, fileCodes);
  await payWith(visit.customer, sessionId, { paymentMethodId: card });
  return sessionId;
}

/** Files named one by one, beside whatever lies in the cart. @returns the session's id */
export async function nameFiles(visit: Visit, wanted: readonly FileGood[], card: string): Promise<string> {
  const productIds = wanted.map(({ productId }) => productId);
  const { sessionId } = await startSession(visit, { productIds }, fileCodes);
  await payWith(visit.customer, sessionId, { paymentMethodId: card });
  return sessionId;
}

/** Waits where another tab is paying for the same. @returns what was said last */
export async function payForFiles(visit: Visit, sessionId: string): Promise<Said> {
  for (let tries = 1; ; tries += 1) {
    const said = await pay(visit, sessionId, fileCodes);
    if (said.code !== "payment_in_progress" || tries === tabsMax) return said;
    await delay(visit.random.int(300, 900));
  }
}

const tabsMax = 20;

/** Whoever was told that a file is theirs asks for it at once. */
export async function fetchWhatIsMine(visit: Visit, sessionId: string): Promise<void> {
  const { customer, shop, random } = visit;
  const { orders } = await readSession(customer, sessionId);
  for (const order of orders.filter(({ status }) => status === "delivered")) {
    const good = await fileOf(visit, order);
    if (good === undefined) continue;
    const why = await whyNotWhole(customer, () => random.pick(shop.apis), good);
    if (why === null || (await isTakenBack(visit, order))) continue;
    throw new StoryError(`S3 ${order.museOrderNumber} was told to be delivered, and is not there: ${why}`);
  }
}

async function fileOf({ shop }: Visit, { museOrderNumber }: OrderSeen): Promise<FileGood | undefined> {
  const [item] = await shop.query<{ productId: string }>(
    `select i.product_id as "productId" from orders.order_item i where i.order_number = $1`,
    [museOrderNumber],
  );
  return shop.files.find(({ productId }) => productId === item?.productId);
}

/** Its money is on the way back, or a bank has taken it: then it may be anything until that is over. */
async function isTakenBack({ shop }: Visit, { museOrderNumber }: OrderSeen): Promise<boolean> {
  const rows = await shop.query(
    `select 1 from orders.store_order o join payment.payment p using (session_id)
     where o.order_number = $1 and (o.refunded_minor > 0 or exists (select from payment.dispute d where d.payment_id = p.payment_id))`,
    [museOrderNumber],
  );
  return rows.length > 0;
}

type Due = { readonly productId: string; readonly isFrozen: boolean };
type Library = { readonly items: readonly Due[] };

/**
 * S3, once everything is quiet, by orders, payments and disputes and not by what the access room has written down: all
 * that is paid for comes down byte by byte, what a bank disputes waits, and nothing else opens.
 */
export async function fileComplaints({ shop, sessions }: Visit, customer: Customer): Promise<string[]> {
  const due = await shop.query<Due>(
    `select o.group_key as "productId", bool_or(d.is_open) as "isFrozen"
     from orders.store_order o
     join payment.payment p using (session_id)
     cross join lateral (
       select coalesce(bool_or(x.status in ('needs_response', 'under_review')), false) as is_open,
         coalesce(bool_or(x.status = 'lost'), false) as is_lost
       from payment.dispute x where x.payment_id = p.payment_id) d
     where o.kind = 'digital' and o.status = 'delivered' and o.payment_status in ('paid', 'partially_refunded') and not d.is_lost
       and o.account_id in (select s.account_id from checkout.session s where s.session_id = any ($1))
     group by o.group_key`,
    [[...sessions]],
  );
  const said: string[] = [];
  for (const good of shop.files) {
    const mine = due.find(({ productId }) => productId === good.productId);
    const expected = mine === undefined ? "order_not_owned" : mine.isFrozen ? "download_frozen" : null;
    const why = await whyNotWhole(customer, () => shop.apis[0] ?? "", good);
    if (why !== expected) said.push(`S3 ${good.title} (${good.productId}): ${why ?? "comes down"}, not ${expected}`);
  }
  const { items } = await customer.get<Library>("GET /api/v1/library");
  const shown = (list: readonly Due[]): string =>
    list
      .map(({ productId, isFrozen }) => `${productId}${isFrozen ? " frozen" : ""}`)
      .sort()
      .join(", ");
  if (shown(items) !== shown(due)) said.push(`S3 the library shows ${shown(items)}, there is ${shown(due)}`);
  return [...said, ...(await lostFiles(shop.query, sessions))];
}

/** Why a file that was paid for may end otherwise than delivered. */
const fairReasons = ["already_purchased", "out_of_stock"];

async function lostFiles(query: Visit["shop"]["query"], sessions: ReadonlySet<string>): Promise<string[]> {
  const rows = await query<{ orderNumber: string; status: string; reason: string | null }>(
    `select o.order_number as "orderNumber", o.status, o.reason from orders.store_order o
     where o.session_id = any ($1) and o.kind = 'digital' and o.payment_status <> 'unpaid' and o.status <> 'delivered'
       and coalesce(o.reason, '') <> all ($2)`,
    [[...sessions], fairReasons],
  );
  return rows.map(({ orderNumber, status, reason }) => `S3 ${orderNumber} was paid, and is ${status} (${reason})`);
}

/** @throws GoneError for what ends the visit, StoryError for what nobody may be told */
export function fairly(what: string, said: Said, codes: readonly string[]): void {
  if (said.code === null) return;
  if (codes.includes(said.code)) throw new GoneError(said.code);
  throw refused(what, said);
}
