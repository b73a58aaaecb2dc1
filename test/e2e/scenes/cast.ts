/** The people of the scenes: who has a cart, who is about to pay, who has bought what. */
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { openSandbox, putJson, type Fault } from "../../faults/sandbox.ts";
import type { System } from "../system.ts";
import { startLonelyWeb, type LonelyWeb } from "./lonely-web.ts";
import { newPerson, type Person } from "./person.ts";

export type Bought = { readonly person: Person; readonly sessionId: string; readonly orders: readonly PlacedOrder[] };

export type PlacedOrder = {
  readonly museOrderNumber: string;
  readonly storeId: string;
  readonly storeOrderNumber: string | null;
  readonly status: string;
};

export type Cast = {
  readonly system: System;
  readonly nobody: () => Promise<Person>;
  /** Four things of three stores. */
  readonly withCart: () => Promise<Person>;
  /** Prices moved after they were put in, and of one thing there is too little. */
  readonly withMovedPrices: () => Promise<Person>;
  /** A session with an address: all but the card. */
  readonly readyToPay: () => Promise<Person>;
  /** Paid; one store does not answer. */
  readonly placing: () => Promise<Bought>;
  /** The payment's outcome is not known. */
  readonly inDoubt: () => Promise<Bought>;
  readonly boughtAll: () => Promise<Bought>;
  /** The second of three stores had run out. */
  readonly boughtSome: () => Promise<Bought>;
  /** A person places it. */
  readonly boughtByHand: () => Promise<Bought>;
  /** Has an account, and orders in every state. */
  readonly regular: () => Promise<Regular>;
  readonly products: () => Promise<Products>;
  /** Where the shop stands that has no API behind it. */
  readonly lonelyWeb: () => Promise<string>;
  readonly close: () => Promise<void>;
};

export type Products = { readonly inStock: string; readonly byHand: string; readonly soldOut: string };

/** Order numbers by how they stand. */
export type Regular = { readonly person: Person; readonly orders: Readonly<Record<RegularOrder, string>> };
export type RegularOrder = "placed" | "shipped" | "delivered" | "failed" | "cancelled" | "byHand";

const threeStores = ["harbor-main", "harbor-outlet", "fernwood"] as const;

const address = {
  name: "Robin Fielding",
  address1: "350 Fifth Avenue",
  city: "New York",
  state: "NY",
  zip: "10118",
  country: "US",
  phone: "212-555-0142",
};

/** Each is made when first asked for, and once, except where looking at it moves it on. */
export function openCast(system: System): Cast {
  const people: Person[] = [];
  const lonely: LonelyWeb[] = [];
  const database = new pg.Pool({ connectionString: system.databaseUrl, max: 1 });
  const stage: Stage = {
    system,
    database,
    faults: [],
    newcomer: async () => {
      const person = await newPerson(system.webUrl);
      people.push(person);
      return person;
    },
  };
  return {
    system,
    nobody: stage.newcomer,
    withCart: once(async () => await withCart(stage, [...threeStores, "harbor-main"])),
    withMovedPrices: async () => await withMovedPrices(stage),
    readyToPay: async () => (await addressed(stage, threeStores)).person,
    placing: async () => await underWay(stage, "hang"),
    inDoubt: async () => await underWay(stage, "doubt"),
    boughtAll: once(async () => await buy(stage, threeStores)),
    boughtSome: once(async () => await buy(stage, threeStores, "harbor-outlet")),
    boughtByHand: once(async () => await buy(stage, ["harbor-main", "lumen-home"])),
    regular: once(async () => await regular(stage)),
    products: once(async () => await products(stage)),
    lonelyWeb: once(async () => {
      const started = await startLonelyWeb();
      lonely.push(started);
      return started.webUrl;
    }),
    close: async () => {
      await setFaults(stage, []);
      await letStoresShip(stage, true);
      for (const { stop } of lonely) await stop();
      for (const person of people) await person.close();
      await database.end();
    },
  };
}

type Stage = {
  readonly system: System;
  readonly database: pg.Pool;
  /** Ours, among those that others may have set. */
  faults: readonly Fault[];
  readonly newcomer: () => Promise<Person>;
};

function once<Made>(make: () => Promise<Made>): () => Promise<Made> {
  let made: Promise<Made> | undefined;
  return () => (made ??= make());
}

async function setFaults(stage: Stage, faults: readonly Fault[]): Promise<void> {
  const sandbox = openSandbox(stage.system.sandboxUrl);
  const ours = new Set(stage.faults.map(({ match }) => match));
  stage.faults = faults;
  await sandbox.setFaults([...faults, ...(await sandbox.faults()).filter(({ match }) => !ours.has(match))]);
}

async function addFault(stage: Stage, fault: Fault): Promise<void> {
  await setFaults(stage, [...stage.faults, fault]);
}

async function withCart({ newcomer }: Stage, stores: readonly string[]): Promise<Person> {
  const person = await newcomer();
  const items: { productId: string; variantId: string; quantity: number }[] = [];
  for (const storeId of stores) items.push({ ...(await somethingOf(person, storeId, items)), quantity: 1 });
  await person.call("POST /api/v1/cart/items/batch", { items });
  return person;
}

type Product = {
  readonly productId: string;
  readonly variants: readonly { readonly variantId: string; readonly availability: string }[];
};

async function somethingOf(person: Person, storeId: string, taken: readonly { readonly productId: string }[]) {
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

/** What was seen is moved, not the price: it is the same to who looks, and touches nobody else's cart. */
async function withMovedPrices(stage: Stage): Promise<Person> {
  const person = await withCart(stage, ["harbor-main", "fernwood"]);
  const { stores } = await person.call<{ stores: { items: { itemId: string }[] }[] }>("GET /api/v1/cart");
  const [dearer, cheaper] = stores.flatMap(({ items }) => items.map(({ itemId }) => itemId));
  const move = "update cart.item set seen_price_minor = greatest(1, seen_price_minor + $2) where item_id = $1";
  await stage.database.query(move, [dearer, -500]);
  await stage.database.query(move, [cheaper, 1_000]);
  return person;
}

async function addressed(stage: Stage, stores: readonly string[], person?: Person) {
  const owner = person ?? (await stage.newcomer());
  const items: { productId: string; variantId: string; quantity: number }[] = [];
  for (const storeId of stores) items.push({ ...(await somethingOf(owner, storeId, items)), quantity: 1 });
  await owner.call("POST /api/v1/cart/items/batch", { items });
  const { sessionId } = await owner.call<{ sessionId: string }>("POST /api/v1/checkout/sessions", {});
  await owner.call(`PUT /api/v1/checkout/sessions/${sessionId}/shipping`, { ...address, email: owner.email });
  return { person: owner, sessionId };
}

const card = { paymentMethodId: "pm_card_visa" };

async function underWay(stage: Stage, what: "hang" | "doubt"): Promise<Bought> {
  const { person, sessionId } = await addressed(stage, threeStores);
  await person.call(`PUT /api/v1/checkout/sessions/${sessionId}/payment`, card);
  await addFault(
    stage,
    what === "hang"
      ? { part: "harbor-outlet", endpoint: "*", kind: "hang", match: person.email }
      : { part: "stripe", endpoint: "payment_intents.create", kind: "error", status: 500, match: sessionId },
  );
  // Its answer comes when it comes; the page tells what there is to tell.
  person.call(`POST /api/v1/checkout/sessions/${sessionId}/place`, {}).catch(() => undefined);
  await delay(what === "hang" ? 1_000 : 4_000);
  return { person, sessionId, orders: [] };
}

async function buy(stage: Stage, stores: readonly string[], failing?: string, by?: Person): Promise<Bought> {
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
async function letStoresShip(stage: Stage, autoAdvance: boolean): Promise<void> {
  await putJson(`${stage.system.sandboxUrl}/retailers/settings`, { autoAdvance });
}

async function regular(stage: Stage): Promise<Regular> {
  await letStoresShip(stage, false);
  const person = await stage.newcomer();
  const { email } = person;
  await person.call("POST /api/auth/sign-up/email", { name: address.name, email, password: "a-long-password" });
  await person.call("POST /api/v1/addresses", address);
  const orderOf = ({ orders }: Bought, storeId: string): PlacedOrder => {
    const found = orders.find((order) => order.storeId === storeId);
    if (found === undefined) throw new Error(`nothing was ordered from ${storeId}`);
    return found;
  };
  const first = await buy(stage, threeStores, undefined, person);
  const second = await buy(stage, threeStores, "harbor-outlet", person);
  const third = await buy(stage, ["harbor-outlet", "lumen-home"], undefined, person);
  const [delivered, shipped, cancelled] = [
    orderOf(first, "harbor-main"),
    orderOf(first, "harbor-outlet"),
    orderOf(third, "harbor-outlet"),
  ];
  await person.call(`POST /api/v1/orders/${cancelled.museOrderNumber}/cancel`, {});
  await advance(stage, person, delivered, "delivered");
  await advance(stage, person, shipped, "shipped");
  await untilStatus(person, cancelled.museOrderNumber, ["cancelled"]);
  return {
    person,
    orders: {
      delivered: delivered.museOrderNumber,
      shipped: shipped.museOrderNumber,
      placed: orderOf(second, "harbor-main").museOrderNumber,
      failed: orderOf(second, "harbor-outlet").museOrderNumber,
      cancelled: cancelled.museOrderNumber,
      byHand: orderOf(third, "lumen-home").museOrderNumber,
    },
  };
}

const steps = ["confirmed", "shipped", "delivered"];

/** The store moves an order on, step by step, and Muse hears of each. */
async function advance(stage: Stage, person: Person, order: PlacedOrder, until: string): Promise<void> {
  const { storeId, museOrderNumber } = order;
  const sandbox = openSandbox(stage.system.sandboxUrl);
  for (const [index, step] of steps.entries()) {
    const { storeOrderNumber } = await untilStatus(person, museOrderNumber, ["placed", ...steps.slice(0, index)]);
    await sandbox.advance(storeId, storeOrderNumber ?? "");
    await untilStatus(person, museOrderNumber, steps.slice(index));
    if (step === until) return;
  }
}

async function untilStatus(person: Person, number: string, statuses: readonly string[]): Promise<PlacedOrder> {
  let seen = "nothing";
  for (let tries = 0; tries < 150; tries += 1) {
    const order = await person.call<PlacedOrder>(`GET /api/v1/orders/${number}`);
    if (statuses.includes(order.status)) return order;
    seen = order.status;
    await delay(200);
  }
  throw new Error(`order ${number} is ${seen} and not ${statuses.join(" or ")}`);
}

async function products({ database }: Stage): Promise<Products> {
  const one = async (statement: string): Promise<string> => {
    const { rows } = await database.query<{ productId: string }>(statement);
    const [row] = rows;
    if (row === undefined) throw new Error(`no product: ${statement}`);
    return row.productId;
  };
  const withMostVariants = `select v.product_id as "productId" from catalog.variant v join catalog.product p using (product_id)
    where p.store_id = 'harbor-main' group by 1 order by count(*) desc, 1 limit 1`;
  const ofPinecrest = `select p.product_id from catalog.product p where p.store_id = 'pinecrest' order by p.title desc limit 1`;
  return {
    inStock: await one(withMostVariants),
    byHand: await one(
      `select p.product_id as "productId" from catalog.product p where p.store_id = 'kite-co' order by p.title limit 1`,
    ),
    // The store whose goods no test buys.
    soldOut: await one(
      `update catalog.variant set is_in_stock = false where product_id = (${ofPinecrest}) returning product_id as "productId"`,
    ),
  };
}
