/** What journeys in won begin with: a store that sells in won, and a payer who says yes in Toss's window. */
import type { Lane } from "./lane.ts";
import { openDesk, untilOrder, type Placed, type Stage } from "./journey.ts";

export const wonStore = "won-paper";

export const wonPaper = { productId: "prd_won", variantId: "var_won" } as const;

/** Each may be run again. */
export const wonStatements = [
  `insert into store.store (store_id, name, kind, currency, price_margin_bp) values ('${wonStore}', 'Won Paper', 'retailer', 'KRW', 300) on conflict do nothing`,
  `insert into store.tier (store_id, position, method, timeout_ms) values ('${wonStore}', 1, 'manual', 2000) on conflict do nothing`,
  `insert into quote.shipping_option (store_id, option_id, name, kind, amount_minor, per_item_minor, days_min, days_max, position)
   values ('${wonStore}', 'standard', 'Standard', 'flat', 3000, 0, 3, 5, 0) on conflict do nothing`,
  `insert into catalog.product (product_id, store_id, store_ref, kind, currency, title) values ('prd_won', '${wonStore}', 'won', 'physical', 'KRW', 'Paper') on conflict do nothing`,
  "insert into catalog.variant (variant_id, product_id, sku, price_minor) values ('var_won', 'prd_won', 'WON', 24000) on conflict do nothing",
];

/** Once a lane; the store is ordered from by people, who have signed in. */
export async function openWonStore(lane: Lane): Promise<void> {
  for (const statement of wonStatements) await lane.database.query(statement);
  await openDesk(lane);
}

/** Somebody at the desk orders it from the store. */
export async function orderByHand(stage: Stage, sessionId: string): Promise<void> {
  const desk = await openDesk(stage.lane);
  const { orderNumber } = await untilOrder(stage, sessionId, wonStore, ["pending"]);
  const path = `/api/v1/admin/manual-orders/${orderNumber}`;
  await desk.get(`POST ${path}/claim`, {});
  await desk.get(`POST ${path}/place`, { storeOrderNumber: orderNumber.replace("MO", "WP") });
}

export type Agreed = {
  readonly sessionId: string;
  readonly orderId: string;
  readonly paymentKey: string;
  readonly amount: number;
};

/** From an empty cart through Toss's window. Nothing has been charged by then. */
export async function agreeInWon({ shopper, sandbox }: Stage, method: string): Promise<Agreed> {
  const items = [{ ...wonPaper, quantity: 1 }];
  await shopper.get("POST /api/v1/cart/items/batch", { items });
  const { sessionId } = await shopper.get<{ sessionId: string }>("POST /api/v1/checkout/sessions", {});
  await shopper.get(`PUT /api/v1/checkout/sessions/${sessionId}/shipping`, {
    name: "Dana Harbor",
    address1: "120 W 45th St",
    city: "New York",
    state: "NY",
    zip: "10036",
    country: "US",
    email: "dana.harbor@example.com",
  });
  const { orderId, amountCents: amount } = await shopper.get<{ orderId: string; amountCents: number }>(
    `POST /api/v1/checkout/sessions/${sessionId}/toss`,
    {},
  );
  const paymentKey = await sandbox.agreeAtToss({ orderId, amount, method });
  return { sessionId, orderId, paymentKey, amount };
}

export async function confirmInWon({ shopper }: Stage, { orderId, paymentKey, amount }: Agreed): Promise<Placed> {
  return await shopper.get<Placed>("POST /api/payments/toss/confirm", { orderId, paymentKey, amount });
}
