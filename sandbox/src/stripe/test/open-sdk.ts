import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import Stripe from "stripe";

import type { Rule } from "#core/faults.ts";
import { startSandbox } from "../../start-sandbox.ts";

export const webhookSecret = "whsec_muse_sandbox";

/** A webhook as it arrived: the bytes and the signature, for the SDK to check. */
export type Received = { readonly body: string; readonly signature: string; readonly event: Stripe.Event };

export type TestStripe = {
  readonly stripe: Stripe;
  readonly url: string;
  readonly received: readonly Received[];
  faults(rules: readonly Rule[]): Promise<void>;
  records(kind: string): Promise<readonly { readonly key: string; readonly data: Record<string, unknown> }[]>;
  put(path: string, body: unknown): Promise<Response>;
  post(path: string, body?: unknown): Promise<Response>;
  /** Waits until webhooks of these types have come, in any order. */
  arrived(...types: readonly string[]): Promise<readonly Received[]>;
  close(): Promise<void>;
};

/** The sandbox on a free port, the official SDK pointed at it, and a receiver that every event is sent to. */
export async function openTestStripe(
  options: { readonly dataFile?: string; readonly keepsOpen?: boolean } = {},
): Promise<TestStripe> {
  const received: Received[] = [];
  const receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      received.push({
        body,
        signature: String(request.headers["stripe-signature"]),
        event: JSON.parse(body) as Stripe.Event,
      });
      response.end("{}");
    });
  });
  receiver.listen(0, "127.0.0.1");
  await once(receiver, "listening");
  const appUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  const sandbox = await startSandbox({ port: 0, dataFile: options.dataFile ?? ":memory:", appUrl });

  const send = (method: string, path: string, body: unknown): Promise<Response> =>
    fetch(sandbox.url + path, {
      method,
      ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
  const close = async (): Promise<void> => {
    receiver.closeAllConnections();
    receiver.close();
    await sandbox.close();
  };
  if (options.keepsOpen !== true) after(close);
  await send("PUT", "/webhook-targets", { stripe: { events: ["*"] } });

  return {
    stripe: openSdk(sandbox.port),
    url: sandbox.url,
    received,
    close,
    put: (path, body) => send("PUT", path, body),
    post: (path, body) => send("POST", path, body),
    faults: async (rules) => void (await send("PUT", "/faults", { seed: 7, rules })),
    async records(kind) {
      const answer = await fetch(`${sandbox.url}/records?part=stripe&kind=${kind}`);
      return ((await answer.json()) as { records: Awaited<ReturnType<TestStripe["records"]>> }).records;
    },
    async arrived(...types) {
      for (let waited = 0; waited < 5000; waited += 10) {
        const found = types.map((type) => received.find(({ event }) => event.type === type));
        if (found.every((hook) => hook !== undefined)) return found;
        await sleep(10);
      }
      throw new Error(
        `only ${received.map(({ event }) => event.type).join(", ")} arrived, not all of ${types.join(", ")}`,
      );
    },
  };
}

export function openSdk(port: number, maxNetworkRetries = 0): Stripe {
  return new Stripe("sk_test_muse_sandbox", {
    host: "127.0.0.1",
    port,
    protocol: "http",
    maxNetworkRetries,
    telemetry: false,
  });
}

/** A card payment as a server makes it: everything in one call, and no page to be sent to. */
export const cardPayment = {
  amount: 24_800,
  currency: "usd",
  confirm: true,
  payment_method: "pm_card_visa",
  automatic_payment_methods: { enabled: true, allow_redirects: "never" },
  metadata: { checkout_session_id: "cs_1" },
} as const satisfies Stripe.PaymentIntentCreateParams;

/** The error that a call ends in, as the SDK throws it. */
export async function stripeError(call: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) return error;
    throw error;
  }
  throw new Error("the call succeeded");
}
