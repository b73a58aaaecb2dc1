/**
 * The whole of it for one test file: the API, a worker with a real Chromium, the sandbox's shops, and somebody who
 * buys. Nothing is stood in for but the outside.
 */
import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { nodeHttp } from "@muse/connectors/http";
import { browserConnectors, connectors } from "@muse/connectors/registry";
import { buildApp, type App } from "../../server/src/app.ts";
import { must } from "../../server/src/kernel/assert.ts";
import { systemClock } from "../../server/src/kernel/clock.ts";
import { readConfig, type Config } from "../../server/src/platform/config/config.ts";
import { openBell } from "../../server/src/platform/db/bell.ts";
import { openListener, type Listener } from "../../server/src/platform/db/listen.ts";
import type { Pool } from "../../server/src/platform/db/pool.ts";
import { startJobRunner } from "../../server/src/platform/jobs/runner.ts";
import { startSweeps } from "../../server/src/platform/jobs/sweep.ts";
import { openLog, type Log } from "../../server/src/platform/log/log.ts";
import { openRegistry } from "../../server/src/platform/metrics/registry.ts";
import { openSessionWatch } from "../../server/src/rooms/checkout/index.ts";
import { mailMetrics } from "../../server/src/rooms/notify/index.ts";
import { outboundHttp } from "../../server/src/platform/outbound/http.ts";
import { openStripe, openToss } from "../../server/src/rooms/payment/index.ts";
import { openBrowsing, type Browsing } from "../../server/src/rooms/placement/index.ts";
import { openMasterKey } from "../../server/src/rooms/store/index.ts";
import { seedDemo } from "../../server/src/seed.ts";
import { buildWorker } from "../../server/src/worker.ts";
import { openTestDb } from "../../server/test/db.ts";
import { openTestSandbox, type TestSandbox } from "../../server/test/sandbox.ts";
import { newShopper, type Shopper } from "../faults/shopper.ts";

/** What the shops have plenty of, by store. */
const goods: Readonly<Record<string, string>> = {
  "lumen-home": "LH-DESK-SAG",
  "kite-co": "KC-POCKET-TEA",
  pinecrest: "PB-TIDE",
};

export type Scene = {
  readonly pool: Pool;
  readonly config: Config;
  readonly sandbox: TestSandbox;
  readonly browsing: Browsing;
  readonly apiUrl: string;
  /** Pays for one of each store's goods, each to a house of its own, and lets the worker go on with it. */
  readonly buy: (...storeIds: string[]) => Promise<Bought>;
  readonly until: <T>(what: string, look: () => Promise<T | undefined | false>) => Promise<T>;
};

export type Bought = {
  readonly shopper: Shopper;
  readonly sessionId: string;
  /** Its number, by the store. */
  readonly orderNumbers: Readonly<Record<string, string>>;
  /** How many orders the outside had before: what came after is this one's, where one thing is bought at a time. */
  readonly recordsBefore: number;
};

/** Call once, at the top of a test file. */
export async function openScene(): Promise<Scene> {
  const { pool, url, beforeClose } = await openTestDb();
  const sandbox = await openTestSandbox();
  await fetch(`${sandbox.url}/retailers/settings`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ autoAdvance: false, stepMs: 20_000 }),
  });
  const folder = mkdtempSync(join(tmpdir(), "muse-placement-"));
  // The browser's own user has to get through to its profile.
  chmodSync(folder, 0o711);
  after(() => rmSync(folder, { recursive: true, force: true }));
  const config = readConfig({
    ...(process.env["CHROMIUM_PATH"] === undefined ? {} : { CHROMIUM_PATH: process.env["CHROMIUM_PATH"] }),
    MUSE_DATA: join(folder, "data"),
    MUSE_PROFILES: join(folder, "profiles"),
    SANDBOX_PORT: new URL(sandbox.url).port,
    DATABASE_URL: url,
  });
  const log = openLog({ level: "warn", program: "test", destination: process.stderr });
  await seedDemo({ db: pool, config });
  const listener = await openListener({
    connectionString: url,
    applicationName: "scene ears",
    onReconnect: () => undefined,
  });
  beforeClose(() => listener.close());
  const ground = { config, pool, log, listener };
  const apiUrl = await serve(ground, beforeClose);
  const browsing = await work(ground, beforeClose);
  return {
    pool,
    config,
    sandbox,
    browsing,
    apiUrl,
    until,
    buy: async (...storeIds) => await buyFrom({ pool, apiUrl, sandbox }, storeIds),
  };
}

type Ground = { readonly config: Config; readonly pool: Pool; readonly log: Log; readonly listener: Listener };
type BeforeClose = (end: () => Promise<unknown>) => void;

async function serve({ config, pool, log, listener }: Ground, beforeClose: BeforeClose): Promise<string> {
  const app: App = buildApp({
    config,
    pool,
    log,
    registry: openRegistry("api"),
    stripe: openStripe(config.providers.stripe),
    toss: openToss({ ...config.providers.toss, http: outboundHttp(nodeHttp, "toss") }),
    masterKey: openMasterKey(config),
    watch: await openSessionWatch(listener),
    bell: openBell(pool, log),
  });
  beforeClose(() => app.fastify.close());
  return await app.fastify.listen({ port: 0, host: "127.0.0.1" });
}

/** As `run-worker.ts` does it, but for waits that a test does not need. */
async function work({ config, pool, log, listener }: Ground, beforeClose: BeforeClose): Promise<Browsing> {
  const browsing = openBrowsing({
    shops: browserConnectors,
    ...config.browsing,
    chromiumPath: config.chromiumPath ?? undefined,
    pace: { keyMs: 0, pauseMs: 0 },
    stepMs: 4_000,
    submitMs: 3_000,
  });
  const registry = openRegistry("worker");
  const worker = buildWorker({
    config,
    pool,
    log,
    bell: openBell(pool, log),
    listener,
    connectors,
    browsing,
    http: nodeHttp,
    toss: openToss({ ...config.providers.toss, http: outboundHttp(nodeHttp, "toss") }),
    masterKey: openMasterKey(config),
    clock: systemClock,
    workerId: `test:${process.pid}`,
    mailMetrics: mailMetrics(registry, pool),
  });
  const runner = await startJobRunner({
    connectionString: must(config.databaseUrl, "a test's database has an address"),
    jobs: worker.jobs,
    concurrency: 4,
    log,
    onLost: () => undefined,
  });
  const sweeps = startSweeps(worker.sweeps, { log, onRun: () => undefined });
  const stopping = new AbortController();
  const placing = worker.placer.run(stopping.signal);
  beforeClose(async () => {
    stopping.abort();
    browsing.endWithin(0);
    await Promise.all([placing, runner.stop(), sweeps.stop()]);
    await browsing.close();
    worker.close();
  });
  return browsing;
}

let houses = 0;

async function buyFrom(
  { pool, apiUrl, sandbox }: Pick<Scene, "pool" | "apiUrl" | "sandbox">,
  storeIds: readonly string[],
): Promise<Bought> {
  const recordsBefore = (await sandbox.records("order")).length;
  const shopper = newShopper(apiUrl);
  const items = [];
  for (const storeId of storeIds) items.push({ ...(await variantOf(pool, storeId)), quantity: 1 });
  await shopper.get("POST /api/v1/cart/items/batch", { items });
  const { sessionId } = await shopper.get<{ sessionId: string }>("POST /api/v1/checkout/sessions", {});
  houses += 1;
  await shopper.get(`PUT /api/v1/checkout/sessions/${sessionId}/shipping`, {
    name: "Dana Harborview",
    address1: `${houses} W 45th St`,
    city: "New York",
    state: "NY",
    zip: "10036",
    country: "US",
    phone: "212-555-0142",
    email: `dana.${houses}@example.com`,
  });
  await shopper.get(`PUT /api/v1/checkout/sessions/${sessionId}/payment`, { paymentMethodId: "pm_card_visa" });
  // Answered when every order is somewhere; what goes on until then is what is looked at.
  const placing = shopper.ask(`POST /api/v1/checkout/sessions/${sessionId}/place`, { body: {}, isForgotten: true });
  placing.catch(() => undefined);
  const { rows } = await until("the orders", async () => {
    const found = await pool.query<{ store: string; number: string }>(
      `select o.store_id as store, o.order_number as number from orders.store_order o
       where o.session_id = $1 and o.payment_status <> 'unpaid'`,
      [sessionId],
    );
    return found.rows.length === storeIds.length && found;
  });
  const orderNumbers = Object.fromEntries(rows.map(({ store, number }) => [store, number]));
  return { shopper, sessionId, orderNumbers, recordsBefore };
}

async function variantOf(pool: Pool, storeId: string): Promise<{ productId: string; variantId: string }> {
  const { rows } = await pool.query<{ productId: string; variantId: string }>(
    `select v.product_id as "productId", v.variant_id as "variantId"
     from catalog.variant v join catalog.product p using (product_id) where p.store_id = $1 and v.sku = $2`,
    [storeId, must(goods[storeId], storeId)],
  );
  return must(rows[0], `${storeId} sells no ${goods[storeId] ?? ""}`);
}

const patienceMs = 40_000;

async function until<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> {
  const deadlineMs = performance.now() + patienceMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    assert.ok(performance.now() < deadlineMs, `never seen: ${what}`);
    await delay(50);
  }
}
