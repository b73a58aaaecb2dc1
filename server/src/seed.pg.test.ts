import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { getStore, openMasterKey, webhookSecretOf } from "#rooms/store";
import { startSandbox } from "../../sandbox/src/start-sandbox.ts";
import { openTestDb } from "../test/db.ts";
import { seedDemo } from "./seed.ts";

const { pool } = await openTestDb();
const dataDir = mkdtempSync(join(tmpdir(), "muse-seed-"));
after(() => rmSync(dataDir, { recursive: true }));
const configFor = (sandboxUrl: string | null) => ({
  providers: { sandboxUrl } as never,
  masterKey: null,
  dataDir,
  isProduction: false,
  browsing: { browsersMax: 1, evidenceFolder: dataDir, profilesFolder: dataDir, failpointsFolder: null },
  files: {
    store: { kind: "folder" as const, folder: join(dataDir, "files") },
    scratchFolder: join(dataDir, "scratch"),
    scanner: null,
  },
});

/** A server that answers every path as told; undefined leaves the path unanswered with 404. */
async function answering(bodies: Readonly<Record<string, unknown>>): Promise<string> {
  const server = createServer((request, response) => {
    const body = bodies[request.url ?? ""];
    response.writeHead(body === undefined ? 404 : 200).end(typeof body === "string" ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  after(() => server.close());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
}

async function contents(): Promise<unknown> {
  const { rows } = await pool.query(
    `select (select md5(string_agg(s.store_id || s.name || s.price_margin_bp, ',' order by s.store_id)) from store.store s) as stores,
      (select md5(string_agg(p.product_id || p.xmin::text, ',' order by p.product_id)) from catalog.product p) as products,
      (select md5(string_agg(v.variant_id || v.xmin::text, ',' order by v.variant_id)) from catalog.variant v) as variants,
      (select md5(string_agg(s.variant_id || s.on_hand || s.xmin::text, ',' order by s.variant_id)) from inventory.stock s) as stock,
      (select count(*) from account."user") as people, (select count(*) from store.tier) as tiers,
      (select md5(string_agg(p.product_id || p.xmin::text, ',' order by p.product_id)) from seller.product p) as sold,
      (select md5(string_agg(f.file_id || f.xmin::text, ',' order by f.file_id)) from access.file f) as files`,
  );
  return rows[0];
}

test("the sandbox's people, stores and goods are here within seconds, and a second run changes nothing", async (t) => {
  const sandbox = await startSandbox({ port: 0, dataFile: ":memory:", appUrl: "http://127.0.0.1:9" });
  t.after(() => sandbox.close());
  const config = configFor(sandbox.url);
  const startedAt = performance.now();
  const seeded = await seedDemo({ db: pool, config });
  assert.ok(performance.now() - startedAt < 5000);
  assert.equal(seeded.storeCount, 6);
  assert.ok(seeded.productCount >= 180, `${seeded.productCount} products`);

  const { rows } = await pool.query(
    "select sku, price_minor::int as price from catalog.variant where sku in ('HM-COAT-M', 'HM-SCARF', 'HO-TOTE', 'HO-BELT-M') order by sku",
  );
  assert.deepEqual(
    rows.map(({ sku, price }) => [sku, price]),
    [
      ["HM-COAT-M", 18_900],
      ["HM-SCARF", 5_900],
      ["HO-BELT-M", 3_500],
      ["HO-TOTE", 5_400],
    ],
  );
  const store = await getStore(pool, "harbor-main");
  assert.deepEqual(
    store?.tiers.map(({ method, connector }) => [method, connector]),
    [
      ["api", "ucp"],
      ["manual", null],
    ],
  );
  assert.equal(await webhookSecretOf(pool, openMasterKey(config), "harbor-main"), "whsec_harbor-main_sandbox");

  const before = await contents();
  await seedDemo({ db: pool, config });
  assert.deepEqual(await contents(), before);
});

test("the sandbox's sellers sell files in both currencies, which are there whole; what was left half way is finished", async () => {
  const sold = `select p.currency, p.kind, p.edition_limit, f.file_id, f.name, f.content_type, f.size_bytes::int as size, f.sha256, s.owner_account_id
    from catalog.product p join store.store s using (store_id) join access.file f using (product_id)
    where p.is_active and p.kind = 'digital' order by f.name`;
  const { rows } = await pool.query(sold);
  const inCurrency = (currency: string) => rows.filter((row) => row.currency === currency);
  assert.deepEqual([inCurrency("USD").length, inCurrency("KRW").length], [4, 3]);
  assert.deepEqual(
    inCurrency("KRW").map((row) => row.edition_limit),
    [100, null, null],
  );
  assert.equal(new Set(rows.map((row) => row.owner_account_id)).size, 2);
  for (const { file_id, name, size, sha256 } of rows) {
    const content = readFileSync(join(dataDir, "files", "files", file_id));
    assert.equal(content.length, size, name);
    assert.deepEqual(createHash("sha256").update(content).digest(), sha256, name);
  }

  const { rows: drafts } = await pool.query(
    "update seller.product set status = 'draft', published_at = null, first_published_at = null where title = '이백 자 원고지' returning product_id",
  );
  const sandbox = await startSandbox({ port: 0, dataFile: ":memory:", appUrl: "http://127.0.0.1:9" });
  after(() => sandbox.close());
  await seedDemo({ db: pool, config: configFor(sandbox.url) });
  const { rows: again } = await pool.query("select status from seller.product where product_id = $1", [
    drafts[0].product_id,
  ]);
  assert.equal(again[0].status, "published");
});

test("a sandbox that does not answer is told of in words, in time, and nothing is put", async () => {
  const startedAt = performance.now();
  await assert.rejects(
    seedDemo({ db: pool, config: configFor("http://127.0.0.1:9"), waitMsMax: 600 }),
    /sandbox at http:\/\/127\.0\.0\.1:9 does not answer/,
  );
  assert.ok(performance.now() - startedAt < 5000);
});

test("in live mode nothing is seeded", async () => {
  await assert.rejects(seedDemo({ db: pool, config: configFor(null) }), /live mode/);
});

const sheet = {
  slug: "tea-house",
  name: "Tea House",
  description: "",
  kind: "retailer",
  currency: "USD",
  homepage: "https://tea.example/",
  connector: null,
  baseUrl: "https://tea.example",
  credentials: {},
  webhookSecret: "s",
  returnPolicy: "",
  tiers: [{ method: "headless", connector: null }],
  priceMarginBp: 0,
  shippingOptions: [
    {
      id: "std",
      name: "Standard",
      kind: "flat",
      amountCents: 1,
      perItemCents: 0,
      freeAboveCents: null,
      daysMin: 1,
      daysMax: 2,
    },
  ],
};

test("something else that listens there is recognised", async () => {
  await assert.rejects(
    seedDemo({ db: pool, config: configFor(await answering({ "/directory": "<html>" })) }),
    /not this project's sandbox/,
  );
  const strange = await answering({
    "/directory": { stores: [{ ...sheet, currency: "EUR", feedUrl: "https://x.example/" }] },
  });
  await assert.rejects(seedDemo({ db: pool, config: configFor(strange) }), /not valid at "stores\.0\.currency"/);
});

test("a feed that is missing or not valid stops the seed by name", async () => {
  const missing = { ...sheet, feedUrl: `${await answering({})}/feed` };
  await assert.rejects(
    seedDemo({ db: pool, config: configFor(await answering({ "/directory": { stores: [missing] } })) }),
    /feed of tea-house at .* does not answer/,
  );
  const empty = { ...sheet, feedUrl: `${await answering({ "/feed": { products: [] } })}/feed` };
  await assert.rejects(
    seedDemo({ db: pool, config: configFor(await answering({ "/directory": { stores: [empty] } })) }),
    /feed of tea-house is not valid at products/,
  );
  await pool.query("update store.store set currency = 'KRW' where store_id = 'tea-house'");
  await assert.rejects(
    seedDemo({ db: pool, config: configFor(await answering({ "/directory": { stores: [empty] } })) }),
    /tea-house is already here/,
  );
});
