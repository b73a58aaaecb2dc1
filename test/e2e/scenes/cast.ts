/** The people of the scenes: who has a cart, who is about to pay, who has bought what. */
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import type { System } from "../system.ts";
import { deskOf, type Desk } from "./cast-desk.ts";
import { marketOf, type Market } from "./cast-market.ts";
import { startLonelyWeb, type LonelyWeb } from "./lonely-web.ts";
import { newPerson, type Person } from "./person.ts";
import {
  addFault,
  address,
  addressed,
  advance,
  buy,
  card,
  letStoresShip,
  once,
  setFaults,
  signUp,
  somethingOf,
  threeStores,
  untilStatus,
  type Bought,
  type PlacedOrder,
  type Stage,
} from "./stage.ts";

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
  /** Who sells files, who buys them, and who waits for a deposit. */
  readonly market: Market;
  readonly desk: Desk;
  /** Where the shop stands that has no API behind it. */
  readonly lonelyWeb: () => Promise<string>;
  readonly close: () => Promise<void>;
};

export type Products = { readonly inStock: string; readonly byHand: string; readonly soldOut: string };

/** Order numbers by how they stand. */
export type Regular = { readonly person: Person; readonly orders: Readonly<Record<RegularOrder, string>> };
export type RegularOrder = "placed" | "shipped" | "delivered" | "failed" | "cancelled" | "byHand";

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
  const market = marketOf(stage);
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
    market,
    desk: deskOf(stage, market),
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

async function withCart({ newcomer }: Stage, stores: readonly string[]): Promise<Person> {
  const person = await newcomer();
  const items: { productId: string; variantId: string; quantity: number }[] = [];
  for (const storeId of stores) items.push({ ...(await somethingOf(person, storeId, items)), quantity: 1 });
  await person.call("POST /api/v1/cart/items/batch", { items });
  return person;
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

async function regular(stage: Stage): Promise<Regular> {
  await letStoresShip(stage, false);
  const person = await stage.newcomer();
  await signUp(person, address.name);
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
