import type { Payment } from "./payment.ts";
import type { Refusal } from "./refusal.ts";
import type { Shop } from "./shop.ts";

export type Body = Readonly<Record<string, unknown>>;

/** One request on its way through a handler. */
export type Call = {
  readonly shop: Shop;
  readonly body: Body;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** The payment key or order id in the path, or "". */
  readonly name: string;
  readonly endpoint: string;
  readonly idempotencyKey: string | null;
  /** Where the caller sees this sandbox: `http://127.0.0.1:4100`. */
  readonly origin: string;
  /** What fault rules with a `match` are searched in. */
  readonly text: () => string;
};

/** One endpoint. Handlers are synchronous: each runs as one transaction and nothing can come between. */
export type Route = {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly endpoint: string;
  readonly handle: (call: Call) => Payment | readonly object[] | Refusal;
};
