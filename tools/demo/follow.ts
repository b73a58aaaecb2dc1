import { Session } from "@muse/contracts/checkout";
import { CancelResult, Order, OrderList } from "@muse/contracts/order";
import { DemoError } from "./api.ts";
import { aligned } from "./page.ts";
import { orderLines } from "./pay.ts";
import type { Show } from "./show.ts";
import { waitUntil } from "./wait-until.ts";

/** A store that never answers is given up after its deadline, then looked up; twice that is far too long. */
const placedMsMax = 120_000;

/** A refund is a job, a call to the provider and its event. */
const refundedMsMax = 30_000;

/** From the store's hand to our database: a webhook, and an inbox that is worked at once. */
const trackedMsMax = 15_000;

export async function readSession({ visitor }: Show, sessionId: string): Promise<Session> {
  return await visitor.get(`GET /api/v1/checkout/sessions/${sessionId}`, Session);
}

/** Waits until no store has anything left to say, and tells what each says meanwhile. */
export async function watchStores(show: Show, sessionId: string): Promise<void> {
  const { page, signal } = show;
  const told = new Map<string, string>();
  page.chapter("What is still running goes on by itself");
  const startedMs = performance.now();
  const { found } = await waitUntil({ what: "the stores' last word", msMax: placedMsMax, signal }, async () => {
    const session = await readSession(show, sessionId);
    for (const order of session.orders) {
      const [text = "", ...rest] = orderLines([order]);
      if (told.get(order.museOrderNumber) === `${text} ${order.message}`) continue;
      told.set(order.museOrderNumber, `${text} ${order.message}`);
      page.event(text, performance.now() - startedMs);
      for (const line of rest) page.event(line);
    }
    return session.status === "processing" ? undefined : session;
  });
  page.event(`the checkout is ${found.status}`);
}

const ranks: readonly string[] = ["placed", "confirmed", "shipped", "delivered"];

/** The stores do their part, step by step; each is seen here when the store's signed webhook has arrived. */
export async function followUntilDelivered(show: Show, orders: readonly Order[]): Promise<void> {
  const { page, sandbox } = show;
  page.chapter("The stores confirm, ship and deliver; their signed webhooks tell Muse");
  const statuses = new Map<string, string>();
  while (orders.some(({ museOrderNumber }) => statuses.get(museOrderNumber) !== "delivered")) {
    for (const { museOrderNumber, storeId, storeName, storeOrderNumber } of orders) {
      if (statuses.get(museOrderNumber) === "delivered") continue;
      if (storeOrderNumber === null) throw new DemoError(`${museOrderNumber} is placed without its store's number`);
      const startedMs = performance.now();
      const atStore = await sandbox.advance(storeId, storeOrderNumber);
      const order = await untilAtLeast(show, museOrderNumber, atStore);
      statuses.set(museOrderNumber, order.status);
      const parcel = order.trackingNumber === null ? "" : `${order.carrier ?? "?"} ${order.trackingNumber}`;
      const text = aligned([
        [storeName, 16],
        [museOrderNumber, 20],
        [order.status, 10],
        [parcel, 30],
      ]);
      page.event(text, performance.now() - startedMs);
    }
  }
}

async function untilAtLeast(show: Show, orderNumber: string, status: string): Promise<Order> {
  const what = `${orderNumber} being ${status}, as its store says,`;
  const { found } = await waitUntil({ what, msMax: trackedMsMax, signal: show.signal }, async () => {
    const order = await readOrder(show, orderNumber);
    return ranks.indexOf(order.status) >= ranks.indexOf(status) ? order : undefined;
  });
  return found;
}

export async function readOrder({ visitor }: Show, orderNumber: string): Promise<Order> {
  return await visitor.get(`GET /api/v1/orders/${orderNumber}`, Order);
}

/** The shopper takes one order back; the store is asked, and agrees while it has not shipped. */
export async function cancelOrder(show: Show, order: Order): Promise<void> {
  const { page, visitor, signal } = show;
  const { museOrderNumber, storeName } = order;
  await page.step(`The shopper cancels the order with ${storeName}`, async () => {
    const { outcome } = await visitor.get(`POST /api/v1/orders/${museOrderNumber}/cancel`, CancelResult, {});
    const what = `the cancellation of ${museOrderNumber}`;
    const { found } = await waitUntil({ what, msMax: trackedMsMax, signal }, async () => {
      const now = await readOrder(show, museOrderNumber);
      return now.status === "cancelled" ? now : undefined;
    });
    return {
      done: undefined,
      lines: [`${museOrderNumber}: ${outcome}, then ${found.status} (${found.reason ?? "?"})`],
    };
  });
}

/** The money of what was not delivered comes back, by itself. */
export async function awaitRefunds(show: Show, lost: readonly string[]): Promise<void> {
  await show.page.step("The refund: exactly what could not be had goes back to the card", async () => {
    const lines: string[] = [];
    for (const orderNumber of lost) {
      const what = `the refund of ${orderNumber}`;
      const { found } = await waitUntil({ what, msMax: refundedMsMax, signal: show.signal }, async () => {
        const order = await readOrder(show, orderNumber);
        const isBack = order.refunds.length > 0 && order.refunds.every(({ status }) => status === "succeeded");
        return isBack && order.paymentStatus === "refunded" ? order : undefined;
      });
      const amounts = found.refunds.map(({ amountDisplay }) => amountDisplay).join(" + ");
      const order = aligned([
        [found.storeName, 16],
        [orderNumber, 20],
        [found.status, 10],
        [found.reason ?? "", 7],
      ]);
      lines.push(aligned([[order, 56]], amounts));
    }
    return { done: undefined, lines };
  });
}

/** All of it in one list, as the shopper finds it later. */
export async function showList({ page, visitor }: Show): Promise<void> {
  await page.step("One list for everything that was bought", async () => {
    const { checkoutSessions } = await visitor.get("GET /api/v1/orders", OrderList);
    const lines = checkoutSessions.flatMap(({ checkoutSessionId, checkoutDate, totalDisplay, orders }) => [
      aligned([[`${checkoutSessionId}, ${checkoutDate.slice(0, 10)}`, 56]], totalDisplay),
      ...orders.map((order) =>
        aligned(
          [
            ["", 1],
            [order.storeName, 15],
            [order.museOrderNumber, 18],
            [order.status, 10],
            [order.paymentStatus, 8],
          ],
          order.totalDisplay,
        ),
      ),
    ]);
    return { done: undefined, lines };
  });
}
