/** The sandbox's stores that are ordered from by API, registered as a partner's sheet says. */
import assert from "node:assert/strict";
import { must } from "#kernel/assert.ts";
import type { Pool } from "#platform/db/pool.ts";
import { putStore, type MasterKey } from "#rooms/store";
import type { TestSandbox } from "./sandbox.ts";

type Sheet = {
  readonly slug: string;
  readonly name: string;
  readonly connector: string | null;
  readonly baseUrl: string;
  readonly credentials: Readonly<Record<string, string>>;
  readonly webhookSecret: string;
  readonly feedUrl: string;
};
type Feed = { readonly products: readonly { readonly variants: readonly Variant[] }[] };
type Variant = { readonly sku: string; readonly priceCents: number; readonly stock: number };

/** @returns something that each store has plenty of, by the store's id */
export async function openSandboxStores(
  pool: Pool,
  sandbox: TestSandbox,
  masterKey: MasterKey,
): Promise<ReadonlyMap<string, Variant>> {
  const { stores } = (await (await fetch(`${sandbox.url}/directory`)).json()) as { stores: Sheet[] };
  const shelf = new Map<string, Variant>();
  for (const sheet of stores) {
    if (sheet.connector !== null) shelf.set(sheet.slug, await openStore(pool, sheet, masterKey));
  }
  return shelf;
}

async function openStore(pool: Pool, sheet: Sheet, masterKey: MasterKey): Promise<Variant> {
  const { slug, name, connector, baseUrl, credentials, webhookSecret } = sheet;
  const made = await putStore(pool, masterKey, {
    storeId: slug,
    name,
    description: "",
    kind: "retailer",
    currency: "USD",
    homepage: null,
    ownerAccountId: null,
    returnPolicy: "",
    priceMarginBp: 200,
    isActive: true,
    tiers: [
      // Short, so that tests of silent stores do not wait for long.
      { method: "api", connector, baseUrl, timeoutMs: 1_500, triesMax: 2 },
      { method: "manual", connector: null, baseUrl: null },
    ],
    credentials: { api: credentials, webhookSecret },
  });
  assert.equal(made.kind, "put");
  const { products } = (await (await fetch(sheet.feedUrl)).json()) as Feed;
  const ample = products
    .flatMap(({ variants }) => variants)
    .find(({ stock, priceCents }) => stock > 50 && priceCents < 40_000);
  return must(ample, `${slug} has something in stock`);
}
