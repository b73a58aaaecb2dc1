import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import type { Rule } from "#core/faults.ts";
import { startSandbox } from "../../start-sandbox.ts";
import type { Payment } from "../payment.ts";

export type Reply = { readonly status: number; readonly body: Payment & { readonly code?: string } };
export type Hook = { readonly id: string; readonly retried: string; readonly body: Record<string, unknown> };

export type TestToss = {
  readonly url: string;
  readonly hooks: readonly Hook[];
  /** What the receiver answers webhooks with from now on. */
  answerHooks(status: number): void;
  /** A payer who has opened the window and said yes. */
  authenticated(orderId: string, amount: number, more?: object): Promise<Payment>;
  post(path: string, body: object, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  get(path: string): Promise<Reply>;
  confirm(payment: Payment, more?: object, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  control(path: string, body?: object, method?: string): Promise<Reply>;
  faults(rules: readonly Rule[]): Promise<void>;
  records(kind: string): Promise<readonly { readonly key: string; readonly data: Record<string, unknown> }[]>;
  arrived(count: number): Promise<readonly Hook[]>;
};

const secretKey = "test_sk_muse_sandbox";
export const basicAuth = `Basic ${Buffer.from(`${secretKey}:`).toString("base64")}`;

/** The sandbox on a free port, and a receiver that its webhooks are sent to. */
export async function openTestToss(): Promise<TestToss> {
  const hooks: Hook[] = [];
  let hookStatus = 200;
  const receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { headers } = request;
      hooks.push({
        id: String(headers["tosspayments-webhook-transmission-id"]),
        retried: String(headers["tosspayments-webhook-transmission-retried-count"]),
        body: JSON.parse(Buffer.concat(chunks).toString("utf8")) as Record<string, unknown>,
      });
      response.writeHead(hookStatus).end("{}");
    });
  });
  receiver.listen(0, "127.0.0.1");
  await once(receiver, "listening");
  const appUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  const sandbox = await startSandbox({ port: 0, dataFile: ":memory:", appUrl });
  after(async () => {
    receiver.closeAllConnections();
    receiver.close();
    await sandbox.close();
  });
  const { url } = sandbox;
  const send = async (method: string, path: string, body?: object, headers = {}): Promise<Reply> => {
    const answer = await fetch(url + path, {
      method,
      headers: { authorization: basicAuth, "content-type": "application/json", ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Reply["body"] };
  };

  return {
    url,
    hooks,
    answerHooks: (status) => {
      hookStatus = status;
    },
    authenticated: async (orderId, amount, more = {}) =>
      (await send("POST", "/toss-control/payments", { orderId, amount, ...more })).body,
    post: (path, body, headers) => send("POST", path, body, headers),
    get: (path) => send("GET", path),
    confirm: ({ paymentKey, orderId, totalAmount }, more = {}, headers = {}) =>
      send("POST", "/v1/payments/confirm", { paymentKey, orderId, amount: totalAmount, ...more }, headers),
    control: (path, body = {}, method = "POST") => send(method, `/toss-control${path}`, body),
    faults: async (rules) => void (await send("PUT", "/faults", { seed: 7, rules })),
    async records(kind) {
      const answer = await fetch(`${url}/records?part=toss&kind=${kind}`);
      return ((await answer.json()) as { records: Awaited<ReturnType<TestToss["records"]>> }).records;
    },
    async arrived(count) {
      for (let waited = 0; waited < 5_000 && hooks.length < count; waited += 10) await sleep(10);
      return hooks;
    },
  };
}
