import assert from "node:assert/strict";

import { startSandbox } from "../../../start-sandbox.ts";
import type { Json } from "./visitor.ts";

type Order = { readonly part: string; readonly key: string; readonly data: Json };
type Fault = { readonly endpoint: string; readonly kind: string; readonly times?: number; readonly value?: number };

/** The whole sandbox in memory, with what a test of its shops asks of it. */
export type Shops = {
  readonly url: string;
  /** Orders that a shop really took, from the sandbox's records. */
  orders(shop: string): Promise<readonly Order[]>;
  setFaults(shop: string, ...faults: readonly Fault[]): Promise<void>;
  clearFaults(): Promise<void>;
  setShelf(shop: string, sku: string, change: Json): Promise<void>;
  mailTo(address: string): Promise<string>;
  close(): Promise<void>;
};

export async function openShops(): Promise<Shops> {
  const sandbox = await startSandbox({ port: 0, dataFile: ":memory:", appUrl: "http://127.0.0.1:9" });
  const ask = async (method: string, path: string, body?: unknown): Promise<Json> => {
    const response = await fetch(sandbox.url + path, {
      method,
      ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    assert.ok(response.ok, `${method} ${path}: ${response.status}`);
    return (await response.json()) as Json;
  };
  await ask("PUT", "/retailers/settings", { autoAdvance: false, stepMs: 1000 });
  return {
    url: sandbox.url,
    async orders(shop) {
      const { records } = await ask("GET", `/records?kind=order&part=${shop}&limit=1000`);
      return records as readonly Order[];
    },
    async setFaults(shop, ...faults) {
      await ask("PUT", "/faults", { seed: 7, rules: faults.map((fault) => ({ part: shop, ...fault })) });
    },
    async clearFaults() {
      await ask("DELETE", "/faults");
    },
    async setShelf(shop, sku, change) {
      await ask("PATCH", `/retailers/${shop}/variants/${sku}`, change);
    },
    async mailTo(address) {
      const response = await fetch(`${sandbox.url}/mail/messages?to=${encodeURIComponent(address)}`);
      return await response.text();
    },
    close: () => sandbox.close(),
  };
}
