/** What the people of the scenes are made with: who they are, what they order, and what befalls an order. */
import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import { openSandbox, putJson, type Fault } from "../../faults/sandbox.ts";
import type { System } from "../system.ts";
import type { Person } from "./person.ts";

export type Bought = { readonly person: Person; readonly sessionId: string; readonly orders: readonly PlacedOrder[] };

export type PlacedOrder = {
  readonly museOrderNumber: string;
  readonly storeId: string;
  readonly storeOrderNumber: string | null;
  readonly status: string;
};

export const threeStores = ["harbor-main", "harbor-outlet", "fernwood"] as const;

export const address = {
  name: "Robin Fielding",
  address1: "350 Fifth Avenue",
  city: "New York",
  state: "NY",
  zip: "10118",
  country: "US",
  phone: "212-555-0142",
};

export type Stage = {
  readonly system: System;
  readonly database: pg.Pool;
  /** Ours, among those that others may have set. */
  faults: readonly Fault[];
  readonly newcomer: () => Promise<Person>;
};

export function once<Made>(make: () => Promise<Made>): () => Promise<Made> {
  let made: Promise<Made> | undefined;
  return () => (made ??= make());
}

export async function setFaults(stage: Stage, faults: readonly Fault[]): Promise<void> {
  const sandbox = openSandbox(stage.system.sandboxUrl);
  const ours = new Set(stage.faults.map(({ match }) => match));
  stage.faults = faults;
  await sandbox.setFaults([...faults, ...(await sandbox.faults()).filter(({ match }) => !ours.has(match))]);
}

export async function addFault(stage: Stage, fault: Fault): Promise<void> {
  await setFaults(stage, [...stage.faults, fault]);
}

type Product = {
  readonly productId: string;
  readonly variants: readonly { readonly variantId: string; readonly availability: string }[];
};

export async function somethingOf(person: Person, storeId: string, taken: readonly { readonly productId: string }[]) {
  const { products: some } = await person.call<{ products: { productId: string }[] }>(
    `GET /api/v1/catalog/products?store=${storeId}&limit=20`,
  );
  for (const { productId } of some.filter((one) => !taken.some((other) => other.productId === one.productId))) {
    const { variants } = await person.call<Product>(`GET /api/v1/catalog/products/${productId}`);
    const variant = variants.find(({ availability }) => availability === "in_stock");
    if (variant !== undefined) return { productId, variantId: variant.variantId };
  }
  throw new Error(`${storeId} has nothing in stock`);
}

export async function addressed(stage: Stage, stores: readonly string[], person?: Person, quantity = 1) {
  const owner = person ?? (await stage.newcomer());
  const items: { productId: string; variantId: string; quantity: number }[] = [];
  for (const storeId of stores) items.push({ ...(await somethingOf(owner, storeId, items)), quantity });
  await owner.call("POST /api/v1/cart/items/batch", { items });
  const { sessionId } = await owner.call<{ sessionId: string }>("POST /api/v1/checkout/sessions", {});
  await owner.call(`PUT /api/v1/checkout/sessions/${sessionId}/shipping`, { ...address, email: owner.email });
  return { person: owner, sessionId };
}

export const card = { paymentMethodId: "pm_card_visa" };

/** Everybody's: nobody else ever signs in as one of them. */
export const password = "a-long-password";

/** Makes an account of the name, which whoever it is has from then on. */
export async function signUp({ call, email }: Person, name: string): Promise<void> {
  await call("POST /api/auth/sign-up/email", { name, email, password });
}

export async function buy(stage: Stage, stores: readonly string[], failing?: string, by?: Person): Promise<Bought> {
  const { person, sessionId } = await addressed(stage, stores, by);
  await person.call(`PUT /api/v1/checkout/sessions/${sessionId}/payment`, card);
  const match = person.email;
  if (failing !== undefined) await addFault(stage, { part: failing, endpoint: "*", kind: "out_of_stock", match });
  const { orders } = await person.call<{ orders: PlacedOrder[] }>(
    `POST /api/v1/checkout/sessions/${sessionId}/place`,
    {},
  );
  if (failing !== undefined)
    await setFaults(
      stage,
      stage.faults.filter((fault) => fault.match !== match),
    );
  return { person, sessionId, orders };
}

/** What is placed would be shipped in the middle of being looked at. */
export async function letStoresShip(stage: Stage, autoAdvance: boolean): Promise<void> {
  await putJson(`${stage.system.sandboxUrl}/retailers/settings`, { autoAdvance });
}

const steps = ["confirmed", "shipped", "delivered"];

/** The store moves an order on, step by step, and Muse hears of each. */
export async function advance(stage: Stage, person: Person, order: PlacedOrder, until: string): Promise<void> {
  const { storeId, museOrderNumber } = order;
  const sandbox = openSandbox(stage.system.sandboxUrl);
  for (const [index, step] of steps.entries()) {
    const { storeOrderNumber } = await untilStatus(person, museOrderNumber, ["placed", ...steps.slice(0, index)]);
    await sandbox.advance(storeId, storeOrderNumber ?? "");
    await untilStatus(person, museOrderNumber, steps.slice(index));
    if (step === until) return;
  }
}

export async function untilStatus(person: Person, number: string, statuses: readonly string[]): Promise<PlacedOrder> {
  let seen = "nothing";
  for (let tries = 0; tries < 150; tries += 1) {
    const order = await person.call<PlacedOrder>(`GET /api/v1/orders/${number}`);
    if (statuses.includes(order.status)) return order;
    seen = order.status;
    await delay(200);
  }
  throw new Error(`order ${number} is ${seen} and not ${statuses.join(" or ")}`);
}
