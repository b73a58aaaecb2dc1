import { setTimeout as delay } from "node:timers/promises";
import type { HeldOrder, Sandbox } from "../sandbox.ts";
import type { Customer, Said } from "./customer.ts";
import type { Random } from "./random.ts";
import { byHandPrefix, isSamePhone } from "./shop-orders.ts";
import { refused } from "./visit.ts";

/** Two people of the house: they place by hand what no program could, give money back and answer requests. */
export type Desk = {
  /** One look at everything there is to do. @returns how much was found */
  readonly round: () => Promise<number>;
  /** Goes on until told to stop. */
  readonly run: (signal: AbortSignal) => Promise<void>;
};

export type DeskOptions = {
  readonly operators: readonly Customer[];
  readonly random: Random;
  readonly sandbox: Sandbox;
};

type Task = {
  readonly museOrderNumber: string;
  readonly task: "place" | "cancel";
  readonly storeId: string;
  readonly isOutcomeUnknown: boolean;
};
type Sheet = {
  readonly storeOrderNumber: string | null;
  readonly shippingAddress: { readonly phone: string | null } | null;
};
type Asked = { readonly requestId: string };

const base = "/api/v1/admin";

/** Somebody else was faster, or the order has left the queue: nothing to worry about. */
const passing = ["manual_order_claimed", "manual_order_not_claimed", "manual_order_closed", "order_not_found"];

/** Whoever finds out what became of an order takes longer than a store does to enter it into its book. */
const findOutMs = 6_000;

export function openDesk({ operators, random, sandbox }: DeskOptions): Desk {
  let isAtRest = false;
  const firstSeenMs = new Map<string, number>();
  const isDue = ({ museOrderNumber, isOutcomeUnknown }: Task): boolean => {
    const seenMs = firstSeenMs.get(museOrderNumber) ?? performance.now();
    firstSeenMs.set(museOrderNumber, seenMs);
    return !isOutcomeUnknown || performance.now() - seenMs > findOutMs;
  };
  const round = async (): Promise<number> => {
    const operator = random.pick(operators);
    const { orders } = await operator.get<{ orders: readonly Task[] }>(`GET ${base}/manual-orders?limit=50`);
    for (const task of random.some(orders.filter(isDue), 10)) await work(task, operator, { random, sandbox });
    const { requests } = await operator.get<{ requests: readonly Asked[] }>(`GET ${base}/refund-requests?limit=20`);
    for (const { requestId } of requests) await answer(requestId, operator, random);
    return orders.length + requests.length;
  };
  return {
    round,
    run: async (signal) => {
      while (!signal.aborted) {
        isAtRest = (await round()) === 0;
        if (random.chance(0.25)) await giveSomethingBack(random.pick(operators), random);
        await delay(isAtRest ? 700 : 200, undefined, { signal }).catch(() => undefined);
      }
    },
  };
}

type Tools = Pick<DeskOptions, "random" | "sandbox">;

async function work({ museOrderNumber, storeId, task }: Task, operator: Customer, tools: Tools): Promise<void> {
  const { random, sandbox } = tools;
  const path = `${base}/manual-orders/${museOrderNumber}`;
  const claimed = await operator.ask(`POST ${path}/claim`, { body: {} });
  if (claimed.code !== null) return expect(claimed);
  if (random.chance(0.08)) return expect(await operator.ask(`POST ${path}/release`, { body: {} }));
  // A person looks into the store's own list of orders before pressing anything there.
  const sheet = await operator.get<Sheet>(`GET ${path}`);
  const book = await sandbox.orderBook(storeId);
  const held = book.find((order) => isThisOne(order, museOrderNumber, sheet));
  if (task === "place") return await place({ path, museOrderNumber, book, held }, operator, random);
  const isWanted = random.chance(0.6);
  const isBack = isWanted && (held === undefined || (await sandbox.takeBack(storeId, held.number)));
  expect(await operator.ask(`POST ${path}/cancel`, { body: { outcome: isBack ? "cancelled" : "refused" } }));
}

type Placing = {
  readonly path: string;
  readonly museOrderNumber: string;
  /** All that the store has. */
  readonly book: readonly HeldOrder[];
  /** What it has of this order; undefined: nothing. */
  readonly held: HeldOrder | undefined;
};

async function place(
  { path, museOrderNumber, book, held }: Placing,
  operator: Customer,
  random: Random,
): Promise<void> {
  if (held?.status === "cancelled" || (held === undefined && random.chance(0.2)))
    return expect(await operator.ask(`POST ${path}/fail`, { body: { reason: "out_of_stock" } }));
  const alike = held === undefined ? [] : [held, ...book.filter((order) => looksLike(order, held))];
  for (const { number } of alike) {
    const said = await operator.ask(`POST ${path}/place`, { body: { storeOrderNumber: number } });
    // Another order of ours that looks the same was given this number: then the other one's is this one's.
    if (said.code !== "request_invalid") return expect(said);
  }
  const storeOrderNumber = museOrderNumber.replace("MO", byHandPrefix);
  expect(await operator.ask(`POST ${path}/place`, { body: { storeOrderNumber } }));
}

/** By the number that is known already, or by ours; where the store keeps none, by the telephone that stands on it. */
function isThisOne(held: HeldOrder, orderNumber: string, { storeOrderNumber, shippingAddress }: Sheet): boolean {
  if (storeOrderNumber !== null) return held.number === storeOrderNumber;
  if (held.reference !== "") return held.reference === orderNumber;
  return isSamePhone(held.shipTo.phone, shippingAddress?.phone ?? null);
}

/** To the same person, at the same place, of the same goods: a store that keeps no reference cannot tell them apart. */
function looksLike(one: HeldOrder, other: HeldOrder): boolean {
  const shown = ({ lines, shipTo: { name, address1, zip } }: HeldOrder): string =>
    JSON.stringify([name, address1, zip, lines.map(({ sku, quantity }) => [sku, quantity])]);
  return (
    one.number !== other.number && one.reference === "" && one.status !== "cancelled" && shown(one) === shown(other)
  );
}

async function answer(requestId: string, operator: Customer, random: Random): Promise<void> {
  const decision = random.chance(0.6) ? "approved" : "declined";
  const said = await operator.ask(`POST ${base}/refund-requests/${requestId}/answer`, { body: { decision } });
  expect(said, ["not_found", "refund_not_possible", "refund_request_not_found", "refund_request_closed"]);
}

/** Goodwill, or the rest of an order's money. */
async function giveSomethingBack(operator: Customer, random: Random): Promise<void> {
  type Listed = { readonly orders: readonly { readonly museOrderNumber: string; readonly totalCents: number }[] };
  const { orders } = await operator.get<Listed>(`GET ${base}/orders?limit=20`);
  if (orders.length === 0) return;
  const { museOrderNumber, totalCents } = random.pick(orders);
  const amount = random.chance(0.7) ? { amountCents: random.int(1, Math.max(1, Math.floor(totalCents / 4))) } : {};
  const body = { ...amount, reason: "goodwill" };
  expect(await operator.ask(`POST ${base}/orders/${museOrderNumber}/refund`, { body }), ["refund_not_possible"]);
}

function expect(said: Said, codes: readonly string[] = []): void {
  if (said.code !== null && !passing.includes(said.code) && !codes.includes(said.code)) throw refused("the desk", said);
}
