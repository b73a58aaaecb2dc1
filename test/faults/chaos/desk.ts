import { setTimeout as delay } from "node:timers/promises";
import { readOutside } from "../../../tools/invariants/outside.ts";
import { refused } from "./visit.ts";
import type { Customer, Said } from "./customer.ts";
import type { Random } from "./random.ts";

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
  readonly sandboxUrl: string;
};

type Task = {
  readonly museOrderNumber: string;
  readonly task: "place" | "cancel";
  readonly storeOrderNumber?: string | null;
};
type Asked = { readonly requestId: string };

const base = "/api/v1/admin";

/** Somebody else was faster, or the order has left the queue: nothing to worry about. */
const passing = ["manual_order_claimed", "manual_order_not_claimed", "manual_order_closed", "order_not_found"];

export function openDesk({ operators, random, sandboxUrl }: DeskOptions): Desk {
  let isAtRest = false;
  const round = async (): Promise<number> => {
    const operator = random.pick(operators);
    const { orders } = await operator.get<{ orders: readonly Task[] }>(`GET ${base}/manual-orders?limit=50`);
    for (const task of random.some(orders, 10)) await work(task, operator, { random, sandboxUrl });
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

type Tools = Pick<DeskOptions, "random" | "sandboxUrl">;

async function work({ museOrderNumber, task }: Task, operator: Customer, tools: Tools): Promise<void> {
  const { random } = tools;
  const path = `${base}/manual-orders/${museOrderNumber}`;
  const claimed = await operator.ask(`POST ${path}/claim`, { body: {} });
  if (claimed.code !== null) return expect(claimed);
  if (random.chance(0.08)) return expect(await operator.ask(`POST ${path}/release`, { body: {} }));
  if (task === "cancel") {
    const outcome = random.chance(0.6) ? "cancelled" : "refused";
    return expect(await operator.ask(`POST ${path}/cancel`, { body: { outcome } }));
  }
  // A person looks into the store's own list of orders before pressing anything there.
  const known = await numberAtStore(tools.sandboxUrl, museOrderNumber);
  if (known === null && random.chance(0.2))
    return expect(await operator.ask(`POST ${path}/fail`, { body: { reason: "out_of_stock" } }));
  const storeOrderNumber = known ?? museOrderNumber.replace("MO", "BY-HAND");
  expect(await operator.ask(`POST ${path}/place`, { body: { storeOrderNumber } }));
}

async function numberAtStore(sandboxUrl: string, orderNumber: string): Promise<string | null> {
  const { storeOrders } = await readOutside(sandboxUrl);
  const found = storeOrders.find(({ kind, data }) => kind === "order" && data["clientKey"] === orderNumber);
  return found === undefined ? null : String(found.data["orderNumber"]);
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
