import { Session } from "@muse/contracts/checkout";
import type { Order } from "@muse/contracts/order";
import { checkOut } from "./check-out.ts";
import { placeAtDesk } from "./desk.ts";
import { DemoError } from "./api.ts";
import { fillCart, twoStores, webShop } from "./fill-cart.ts";
import {
  awaitRefunds,
  cancelOrder,
  followUntilDelivered,
  readOrder,
  readSession,
  showList,
  watchStores,
} from "./follow.ts";
import type { Options } from "./options.ts";
import { pay } from "./pay.ts";
import type { Fault } from "./sandbox.ts";
import type { Show } from "./show.ts";

/** Plays what the options say. Answers the checkout that was played, for the proof. */
export async function play(show: Show): Promise<string> {
  const { options } = show;
  await fillCart(show, options.isManual ? webShop : twoStores);
  const { sessionId, cartSnapshot } = await checkOut(show);
  const faults = faultsOf(options, { email: show.email, sessionId });
  const said = faults.map(({ part, kind }) => `${part}: ${kind}`).join(", ");
  if (faults.length > 0) show.page.line(`\n     (the outside is told to fail for this visitor: ${said})`);
  // Kept until the stores have had their last word, since a repeat must meet the same fault.
  const isPaid = await show.sandbox.underFaults(faults, async () => {
    const paid = await pay(show, sessionId, cartSnapshot.summary.totalDisplay);
    if (paid.kind === "declined") return false;
    if (options.isManual)
      await placeAtDesk(show, onlyOrder(paid.result.orders.map(({ museOrderNumber }) => museOrderNumber)));
    if (paid.result.summary.pendingOrders > 0 || options.isAllOrNothing) await watchStores(show, sessionId);
    return true;
  });
  if (!isPaid) await giveUp(show, sessionId);
  else await followOrders(show, sessionId);
  return sessionId;
}

/** The stores' orders, each to its own end. */
async function followOrders(show: Show, sessionId: string): Promise<void> {
  const { options } = show;
  const { orders: listed } = await readSession(show, sessionId);
  const orders: Order[] = [];
  for (const { museOrderNumber } of listed) orders.push(await readOrder(show, museOrderNumber));
  const living = orders.filter(({ status }) => status !== "failed" && status !== "cancelled");
  const regretted = options.isCancelled ? living.filter(({ storeId }) => storeId === "harbor-outlet") : [];
  for (const order of regretted) await cancelOrder(show, order);

  const lost = orders.filter((order) => !living.includes(order) || regretted.includes(order));
  if (lost.length > 0)
    await awaitRefunds(
      show,
      lost.map(({ museOrderNumber }) => museOrderNumber),
    );
  // Whoever ordered by hand at a web shop is told of its parcels by hand, too.
  const tracked = living.filter((order) => !regretted.includes(order) && order.placementMethod === "api");
  if (tracked.length > 0) await followUntilDelivered(show, tracked);
  await showList(show);
}

/** The card was declined, and this shopper has no other one. */
async function giveUp({ page, visitor }: Show, sessionId: string): Promise<void> {
  await page.step("Nothing was charged; the shopper gives up, and the stock is free again", async () => {
    const cancelled = Session.pick({ sessionId: true, status: true });
    const { status } = await visitor.get(`POST /api/v1/checkout/sessions/${sessionId}/cancel`, cancelled, {});
    return { done: undefined, lines: [`${sessionId}: ${status}`] };
  });
}

/** What the outside is told to do wrong. It hits only requests that name this visitor, or this checkout. */
function faultsOf(options: Options, { email, sessionId }: { email: string; sessionId: string }): Fault[] {
  const faults: Fault[] = [];
  if (options.storeFails !== null) {
    const part = options.storeFails === 1 ? "harbor-main" : "harbor-outlet";
    faults.push({ part, endpoint: "*", kind: "out_of_stock", match: email });
  }
  if (options.storeTimesOut) {
    faults.push({ part: "harbor-outlet", endpoint: "orders.create", kind: "accept_then_timeout", match: email });
  }
  if (options.isWebhookOnly) {
    const lost = { endpoint: "payment_intents.create", kind: "error_after", status: 500, times: 1 };
    faults.push({ part: "stripe", ...lost, match: sessionId });
  }
  // A shop that wants to see a person gets one.
  if (options.isManual) faults.push({ part: "lumen-home", endpoint: "*", kind: "captcha", match: email });
  return faults;
}

function onlyOrder(numbers: readonly string[]): string {
  const [number] = numbers;
  if (number === undefined || numbers.length > 1) throw new DemoError(`one order was expected, not ${numbers.length}`);
  return number;
}
