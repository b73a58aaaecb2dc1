import assert from "node:assert/strict";
import { test } from "node:test";
import { must } from "#kernel/assert.ts";
import { openTestDb } from "../../../test/db.ts";
import { masterKeyFrom, newMasterKey } from "./credential.ts";
import { credentialsOf, getStore, listStores, putStore, webhookSecretOf, type StoreInput } from "./index.ts";

const { pool } = await openTestDb();
const master = must(masterKeyFrom(newMasterKey()), "a key");

const sheet: StoreInput = {
  storeId: "harbor-main",
  name: "Harbor & Main",
  description: "A department store",
  kind: "retailer",
  currency: "USD",
  homepage: "https://harbor.example/",
  ownerAccountId: null,
  returnPolicy: "30 days",
  priceMarginBp: 200,
  isActive: true,
  tiers: [
    { method: "api", connector: "ucp", baseUrl: "https://harbor.example/api", triesMax: 2, timeoutMs: 5000 },
    { method: "manual", connector: null, baseUrl: null },
  ],
  credentials: { api: { apiKey: "key-1" }, webhookSecret: "whsec_1" },
};

test("a store is put with tiers in order, and read back without its secrets", async () => {
  assert.deepEqual(await putStore(pool, master, sheet), { kind: "put" });
  const store = must(await getStore(pool, "harbor-main"), "it is there");
  assert.deepEqual(
    store.tiers.map(({ position, method, triesMax, timeoutMs, isEnabled }) => [
      position,
      method,
      triesMax,
      timeoutMs,
      isEnabled,
    ]),
    [
      [1, "api", 2, 5000, true],
      [2, "manual", 4, 10_000, true],
    ],
  );
  assert.deepEqual(store.credentialPurposes, ["api", "webhook"]);
  assert.ok(!JSON.stringify(store).includes("key-1"));
  assert.equal(await getStore(pool, "nowhere"), null);
});

test("putting it again replaces tiers and leaves credentials that are not given", async () => {
  await putStore(pool, master, {
    ...sheet,
    name: "Harbor",
    tiers: [{ method: "manual", connector: null, baseUrl: null }],
    credentials: {},
  });
  const store = must(await getStore(pool, "harbor-main"), "it is there");
  assert.equal(store.name, "Harbor");
  assert.deepEqual(
    store.tiers.map(({ method }) => method),
    ["manual"],
  );
  assert.deepEqual(await credentialsOf(pool, master, "harbor-main"), { apiKey: "key-1" });

  await putStore(pool, master, { ...sheet, credentials: { webhookSecret: "whsec_2" } });
  assert.equal(await webhookSecretOf(pool, master, "harbor-main"), "whsec_2");
  assert.deepEqual(await credentialsOf(pool, master, "harbor-main"), { apiKey: "key-1" });
});

test("a page of stores begins with retailers, by name, and counts all that are meant", async () => {
  // Sellers who sort before every retailer by name, and by the time they came.
  await pool.query(
    `insert into store.store (store_id, name, kind, currency, owner_account_id, created_at)
     select 'st_' || n, 'A maker ' || lpad(n::text, 2, '0'), 'seller', 'USD', 'acc_' || n, now() - interval '1 day' from generate_series(1, 12) n`,
  );
  await putStore(pool, master, { ...sheet, storeId: "zinc", name: "Zinc", credentials: {} });
  const page = async (of: Partial<Parameters<typeof listStores>[1]> = {}) => {
    const { stores, total } = await listStores(pool, { query: null, kind: null, limit: 3, offset: 0, ...of });
    return [stores.map(({ name }) => name), total];
  };
  assert.deepEqual(await page(), [["Harbor & Main", "Zinc", "A maker 01"], 14n]);
  assert.deepEqual(await page({ offset: 12 }), [["A maker 11", "A maker 12"], 14n]);
  assert.deepEqual(await page({ kind: "retailer" }), [["Harbor & Main", "Zinc"], 2n]);
  assert.deepEqual(await page({ kind: "seller", limit: 1 }), [["A maker 01"], 12n]);
  assert.deepEqual(await page({ query: "aRBo" }), [["Harbor & Main"], 1n], "part of its name");
  assert.deepEqual(await page({ query: "st_7" }), [["A maker 07"], 1n], "its whole id");
  assert.deepEqual(await page({ query: "st_" }), [[], 0n], "and not a part of that");
});

test("a store's kind and currency are fixed; the refusal changes nothing", async () => {
  const before = await getStore(pool, "harbor-main");
  assert.deepEqual(await putStore(pool, master, { ...sheet, name: "Other", currency: "KRW" }), { kind: "fixed_field" });
  assert.deepEqual(await putStore(pool, master, { ...sheet, name: "Other", kind: "seller", tiers: [] }), {
    kind: "fixed_field",
  });
  assert.deepEqual(await getStore(pool, "harbor-main"), before);
});

test("P4: the database holds no credential in clear, and another master key opens none", async () => {
  const { rows } = await pool.query(
    "select encode(sealed, 'escape') || encode(wrapped_key, 'escape') as bytes from store.credential",
  );
  for (const { bytes } of rows) assert.ok(!/key-1|whsec/.test(bytes));
  const other = must(masterKeyFrom(newMasterKey()), "another key");
  await assert.rejects(webhookSecretOf(pool, other, "harbor-main"), /P4.*other_master_key/);
  assert.equal(await webhookSecretOf(pool, master, "nowhere"), null);
  assert.equal(await credentialsOf(pool, master, "nowhere"), null);
});
