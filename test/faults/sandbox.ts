/** The hands that move the outside world. */
import { setTimeout as delay } from "node:timers/promises";

export type Fault = {
  readonly part: string;
  readonly endpoint: string;
  readonly kind: string;
  readonly times?: number;
  readonly status?: number;
  readonly match?: string;
  readonly rate?: number;
  readonly latencyMs?: number;
  readonly value?: string | number;
};

export type Sandbox = {
  /** Replaces every rule there is. */
  readonly setFaults: (rules: readonly Fault[], seed?: number) => Promise<void>;
  /** Those that are set, with what is left of their `times`. */
  readonly faults: () => Promise<readonly Fault[]>;
  /** The card's owner tells their bank that it is them; again changes nothing. */
  readonly passChallenge: (intentId: string) => Promise<void>;
  /** They say that it is not. */
  readonly failChallenge: (intentId: string) => Promise<void>;
  /** Somebody opens Toss's window for an order and says yes in it. @returns the payment key that the shop is told */
  readonly agreeAtToss: (wish: TossWish) => Promise<string>;
  /** They pay into the account they were given; one that is closed by then takes nothing. */
  readonly depositAtToss: (paymentKey: string) => Promise<void>;
  /** A bank takes a charge back for the card's owner or, as an inquiry, only asks. @returns the dispute's id */
  readonly openDispute: (intentId: string, wish?: { readonly inquiry?: boolean }) => Promise<string>;
  /** The bank has decided; again changes nothing. */
  readonly closeDispute: (disputeId: string, status: "won" | "lost") => Promise<void>;
  /** The store moves an order one step on. Answers where it stands. */
  readonly advance: (storeId: string, storeOrderNumber: string) => Promise<string>;
  /** Deliveries of events that have not been taken yet. */
  readonly pendingWebhooks: () => Promise<number>;
  /** What a store has in its own book, as somebody hears who calls it. */
  readonly orderBook: (storeId: string) => Promise<readonly HeldOrder[]>;
  /** A store is asked by telephone to take an order back. @returns whether it did */
  readonly takeBack: (storeId: string, storeOrderNumber: string) => Promise<boolean>;
  /** So much time goes by for the stores' orders. */
  readonly letPass: (seconds: number) => Promise<void>;
};

/** An order as a store has it. */
export type HeldOrder = {
  readonly number: string;
  /** Ours; empty where the store keeps none. */
  readonly reference: string;
  readonly status: string;
  readonly shipTo: {
    readonly name: string;
    readonly address1: string;
    readonly zip: string;
    readonly phone: string | null;
  };
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
};

const answerMsMax = 10_000;

export type TossWish = { readonly orderId: string; readonly amount: number; readonly method: string };

/** Faults that the sandbox was asked for meet people's browsers, too. */
const triesMax = 8;

async function again(call: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await call();
      return;
    } catch (error) {
      if (tries === triesMax) throw error;
      await delay(300 * tries);
    }
  }
}

export function openSandbox(sandboxUrl: string): Sandbox {
  const ask = async (method: string, path: string, body?: unknown, passing: number[] = []): Promise<unknown> => {
    const response = await fetch(new URL(path, sandboxUrl), {
      method,
      ...((body ?? undefined) === undefined
        ? {}
        : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(answerMsMax),
    });
    const text = await response.text();
    if (!response.ok && !passing.includes(response.status))
      throw new Error(`the sandbox answered ${response.status} to ${method} ${path}: ${text}`);
    return JSON.parse(text);
  };
  return {
    setFaults: async (rules, seed = 1) => {
      await ask("PUT", "/faults", { rules, seed });
    },
    faults: async () => ((await ask("GET", "/faults")) as { readonly rules: readonly Fault[] }).rules,
    // A challenge that has ended otherwise meanwhile is no failure.
    passChallenge: async (intentId) =>
      await again(async () => await ask("POST", `/3ds/${intentId}/complete`, null, [409])),
    failChallenge: async (intentId) => await again(async () => await ask("POST", `/3ds/${intentId}/fail`, null, [409])),
    agreeAtToss: async (wish) => {
      const { paymentKey } = (await ask("POST", "/toss-control/payments", wish)) as { readonly paymentKey: string };
      return paymentKey;
    },
    depositAtToss: async (paymentKey) => {
      await ask("POST", `/toss-control/payments/${paymentKey}/deposit`, {}, [409]);
    },
    openDispute: async (intentId, wish = {}) => {
      const body = { payment_intent: intentId, ...wish };
      return ((await ask("POST", "/stripe-control/disputes", body)) as { readonly id: string }).id;
    },
    closeDispute: async (disputeId, status) => {
      await ask("POST", `/stripe-control/disputes/${disputeId}/close`, { status }, [409]);
    },
    advance: async (storeId, storeOrderNumber) => {
      const path = `/retailers/${storeId}/orders/${encodeURIComponent(storeOrderNumber)}/advance`;
      const { order } = (await ask("POST", path)) as { readonly order: { readonly status: string } };
      return order.status;
    },
    pendingWebhooks: async () => {
      const { pendingWebhooks } = (await ask("GET", "/healthz")) as { readonly pendingWebhooks: number };
      return pendingWebhooks;
    },
    // A store that the sandbox does not play keeps no book there.
    orderBook: async (storeId) =>
      ((await ask("GET", `/order-books/${storeId}`, null, [404])) as { readonly orders?: readonly HeldOrder[] })
        .orders ?? [],
    takeBack: async (storeId, storeOrderNumber) => {
      const path = `/order-books/${storeId}/${encodeURIComponent(storeOrderNumber)}/cancel`;
      const { outcome } = (await ask("POST", path)) as { readonly outcome: string };
      return outcome !== "too_late";
    },
    letPass: async (seconds) => {
      await ask("POST", "/order-books/pass", { seconds });
    },
  };
}

export async function putJson(url: string, body: unknown): Promise<void> {
  const answer = await fetch(url, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`PUT ${url} was answered with ${answer.status}`);
}
