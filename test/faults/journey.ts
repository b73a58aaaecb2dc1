import type { Failpoint } from "@muse/connectors/failpoint";
import type { Books } from "./books.ts";
import type { Lane } from "./lane.ts";
import type { Sandbox } from "./sandbox.ts";
import { newShopper, type Shopper } from "./shopper.ts";
import { waitFor } from "./wait-for.ts";

/** What a journey's steps have at hand. */
export type Stage = { readonly lane: Lane; readonly shopper: Shopper; readonly sandbox: Sandbox };

/**
 * One way through the system, from a visitor's first call to a quiet end. A file beside the others in `journeys/`
 * exports one; that is all there is to adding one (docs/reliability.md).
 */
export type Journey = {
  readonly name: string;
  /** For the summary: what happens. */
  readonly tells: string;
  /** What is no part of what is cut: somebody signs in. */
  readonly prepare?: (lane: Lane) => Promise<unknown>;
  /** The calls and what the outside does. Must bear any call being answered by a repeat. @returns the session's id */
  readonly play: (stage: Stage) => Promise<string>;
  /** Played once for each of these points instead of each message: between two steps of one visit no proxy can cut. */
  readonly points?: readonly Failpoint[];
  /** What is not as it must be once everything is quiet, in words; empty: all is well. */
  readonly complaints: (books: Books) => readonly string[];
};

export type Goods = { readonly storeId: string; readonly sku: string };

export const goods = {
  coat: { storeId: "harbor-main", sku: "HM-COAT-M" },
  tote: { storeId: "harbor-outlet", sku: "HO-TOTE" },
  spork: { storeId: "fernwood", sku: "FW-SPORK" },
  lamp: { storeId: "lumen-home", sku: "LH-DESK-WHI" },
} as const;

const address = {
  name: "Dana Harbor",
  address1: "120 W 45th St",
  city: "New York",
  state: "NY",
  zip: "10036",
  country: "US",
  phone: "212-555-0142",
  email: "dana.harbor@example.com",
};

export type Placed = {
  readonly payment: string;
  readonly orders: readonly { readonly museOrderNumber: string; readonly storeId: string; readonly status: string }[];
};

/** From an empty cart to the button. @returns the session's id */
export async function checkOut({ lane, shopper }: Stage, wishes: readonly Goods[], card: string): Promise<string> {
  const items = [];
  for (const wish of wishes) items.push({ ...(await variantOf(lane, wish)), quantity: 1 });
  await shopper.get("POST /api/v1/cart/items/batch", { items });
  const { sessionId } = await shopper.get<{ sessionId: string }>("POST /api/v1/checkout/sessions", {});
  await shopper.get(`PUT /api/v1/checkout/sessions/${sessionId}/shipping`, address);
  await payWith(shopper, sessionId, card);
  return sessionId;
}

export async function payWith(shopper: Shopper, sessionId: string, card: string): Promise<void> {
  await shopper.get(`PUT /api/v1/checkout/sessions/${sessionId}/payment`, { paymentMethodId: card });
}

export const placePath = (sessionId: string): string => `POST /api/v1/checkout/sessions/${sessionId}/place`;

/** The database is asked past the API: looking for goods is no part of what is cut. */
async function variantOf(
  { database }: Lane,
  { storeId, sku }: Goods,
): Promise<{ productId: string; variantId: string }> {
  const { rows } = await database.query<{ productId: string; variantId: string }>(
    `select v.product_id as "productId", v.variant_id as "variantId"
     from catalog.variant v join catalog.product p using (product_id) where p.store_id = $1 and v.sku = $2`,
    [storeId, sku],
  );
  const [variant] = rows;
  if (variant === undefined) throw new Error(`${storeId} sells no ${sku}`);
  return variant;
}

/** Waits until an order of a session has come so far; asks the database, so that waiting sends no messages. */
export async function untilOrder(
  { lane: { database } }: Stage,
  sessionId: string,
  storeId: string,
  statuses: readonly string[],
): Promise<{ readonly orderNumber: string; readonly storeOrderNumber: string | null }> {
  return await waitFor(`${storeId} being ${statuses.join(" or ")}`, orderMsMax, async () => {
    const { rows } = await database.query<{ orderNumber: string; storeOrderNumber: string | null }>(
      `select o.order_number as "orderNumber", o.store_order_number as "storeOrderNumber" from orders.store_order o
       where o.session_id = $1 and o.store_id = $2 and o.status::text = any ($3)`,
      [sessionId, storeId, statuses],
    );
    return rows[0];
  });
}

/** Longer than a program needs to come back and go on. */
const orderMsMax = 40_000;

const operator = { email: "ops@muse.test", password: "muse-demo" };

/** Somebody at the desk. They signed in before the run began. */
export async function openDesk(lane: Lane): Promise<Shopper> {
  let token = lane.notes.get("operator");
  if (token === undefined) {
    const answer = await newShopper(lane.apiUrl).ask("POST /api/auth/sign-in/email", { body: operator });
    token = (answer.data as { readonly token: string }).token;
    lane.notes.set("operator", token);
  }
  return newShopper(lane.apiUrl, token);
}

/** The half hour of a session is over, for its stock too. */
export async function endTime({ lane: { database } }: Stage, sessionId: string): Promise<void> {
  await database.query("update checkout.session set expires_at = now() - interval '1 s' where session_id = $1", [
    sessionId,
  ]);
}
