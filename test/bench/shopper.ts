import { randomUUID } from "node:crypto";
import { Client } from "undici";
import { pickBasket, type Catalogue } from "./catalogue.ts";
import type { Turn } from "./closed-loop.ts";

/** The calls of one checkout in their order, and the whole of it. */
export const checkoutSteps = ["whole", "batch", "session", "shipping", "payment", "place"] as const;

export type Shopper = { readonly checkOut: () => Promise<Turn>; readonly close: () => Promise<void> };

export type ShopperOptions = { readonly apiUrl: string; readonly catalogue: Catalogue; readonly sendsKeys: boolean };

/** One person with one kept-alive connection; every checkout is a visitor nobody has seen before. */
export function newShopper({ apiUrl, catalogue, sendsKeys }: ShopperOptions): Shopper {
  const client = new Client(apiUrl, { pipelining: 1, keepAliveTimeout: 60_000 });
  return {
    close: async () => await client.close(),
    checkOut: async () => {
      const ms: Record<string, number> = {};
      let token: string | undefined;
      const call = async (step: string, method: "POST" | "PUT", path: string, body: unknown): Promise<unknown> => {
        const startedMs = performance.now();
        const key = sendsKeys && step === "place" ? { "idempotency-key": randomUUID() } : {};
        const answer = await send(client, method, path, body, { ...bearer(token), ...key });
        ms[step] = performance.now() - startedMs;
        token ??= answer.token;
        return answer.data;
      };
      const startedMs = performance.now();
      try {
        const items = pickBasket(catalogue).map(({ productId, variantId }) => ({ productId, variantId, quantity: 1 }));
        await call("batch", "POST", "/api/v1/cart/items/batch", { items });
        const session = (await call("session", "POST", "/api/v1/checkout/sessions", {})) as { sessionId: string };
        const path = `/api/v1/checkout/sessions/${session.sessionId}`;
        await call("shipping", "PUT", `${path}/shipping`, anyAddress());
        await call("payment", "PUT", `${path}/payment`, { paymentMethodId: "pm_card_visa" });
        const placed = (await call("place", "POST", `${path}/place`, {})) as { orders: { status: string }[] };
        const isPlaced = placed.orders.length === 2 && placed.orders.every(({ status }) => status === "placed");
        ms["whole"] = performance.now() - startedMs;
        return { ms, error: isPlaced ? null : `placed as ${placed.orders.map(({ status }) => status).join(" and ")}` };
      } catch (error) {
        return { ms, error: error instanceof Error ? error.message : String(error) };
      }
    },
  };
}

type Answer = { readonly data: unknown; readonly token: string | undefined };

/** @throws Error whose message is the step's status and the contract's code */
async function send(
  client: Client,
  method: "POST" | "PUT" | "GET" | "DELETE",
  path: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Answer> {
  const {
    statusCode,
    headers: answered,
    body: stream,
  } = await client.request({
    method,
    path,
    headers: body === undefined ? headers : { "content-type": "application/json", ...headers },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const answer = (await stream.json()) as { success: boolean; data: unknown; error?: { code: string } };
  if (!answer.success)
    throw new Error(`${method} ${path.replace(/cs_\w+/, ":id")} ${statusCode} ${answer.error?.code}`);
  const token = answered["set-auth-token"];
  return { data: answer.data, token: typeof token === "string" ? token : undefined };
}

function bearer(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

const addresses = [
  { address1: "1847 Bryant Street", city: "San Francisco", state: "CA", zip: "94110" },
  { address1: "350 Fifth Avenue", city: "New York", state: "NY", zip: "10118" },
  { address1: "600 Congress Avenue", city: "Austin", state: "TX", zip: "78701" },
  { address1: "1201 Third Avenue", city: "Seattle", state: "WA", zip: "98101" },
] as const;

function anyAddress(): Record<string, string> {
  const place = addresses[Math.floor(Math.random() * addresses.length)] ?? addresses[0];
  return { name: "Robin Fielding", ...place, country: "US", email: `robin.${randomUUID().slice(0, 8)}@example.com` };
}

/** A visitor with a cart of four, for the benches of the cart alone. */
export type CartOwner = {
  readonly read: () => Promise<Turn>;
  readonly add: () => Promise<Turn>;
  readonly close: () => Promise<void>;
};

export async function newCartOwner({ apiUrl, catalogue }: ShopperOptions): Promise<CartOwner> {
  const client = new Client(apiUrl, { pipelining: 1, keepAliveTimeout: 60_000 });
  const basket = pickBasket(catalogue);
  const items = basket.map(({ productId, variantId }) => ({ productId, variantId, quantity: 1 }));
  const { token } = await send(client, "POST", "/api/v1/cart/items/batch", { items }, {});
  let adds = 0;
  const timed = async (work: () => Promise<unknown>): Promise<Turn> => {
    const startedMs = performance.now();
    try {
      await work();
      return { ms: { whole: performance.now() - startedMs }, error: null };
    } catch (error) {
      return { ms: {}, error: error instanceof Error ? error.message : String(error) };
    }
  };
  return {
    close: async () => await client.close(),
    read: async () => await timed(async () => await send(client, "GET", "/api/v1/cart", undefined, bearer(token))),
    add: async () => {
      // A line holds 99 units at most: it is set back to one outside of the measured time.
      const item = items[adds % items.length];
      if (++adds % setBackAfter === 0) await send(client, "DELETE", "/api/v1/cart", undefined, bearer(token));
      return await timed(async () => await send(client, "POST", "/api/v1/cart/items", item, bearer(token)));
    },
  };
}

const setBackAfter = 300;
