import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { newShopper } from "../faults/shopper.ts";
import { latencyOf, type Latency } from "./latency.ts";
import { short, table, type Say } from "./report.ts";
import { startSystem } from "./system.ts";

export type BrowserFigures = {
  readonly browsers: number;
  readonly orders: number;
  readonly perMinute: number;
  /** From the claim to the store's number written down, in milliseconds. */
  readonly visit: Latency;
  /** Proportional memory of all processes of a browser, the mean over those at work: shared pages are divided. */
  readonly memoryMbEach: number;
  readonly memoryMbAtMost: number;
};

/** One of each, in this order, over and over: three shops, three accounts. */
const goods = [
  ["lumen-home", "LH-DESK-SAG"],
  ["kite-co", "KC-POCKET-TEA"],
  ["pinecrest", "PB-TIDE"],
] as const;

const patienceMs = 600_000;

/** Orders placed in the sandbox's web shops per minute, and what a browser holds in memory. */
export async function benchBrowsers(counts: readonly number[], orders: number, say: Say): Promise<BrowserFigures[]> {
  const figures: BrowserFigures[] = [];
  for (const browsersMax of counts) {
    const system = await startSystem(
      { profileDir: undefined, loadsStatementStatistics: false, browsersMax },
      () => undefined,
    );
    const database = new pg.Client({ connectionString: system.databaseUrl });
    try {
      await database.connect();
      figures.push(
        await measure(
          { database, apiUrl: system.apiUrl, workerPid: system.programs().worker.pid },
          browsersMax,
          orders,
        ),
      );
    } finally {
      await database.end();
      await system.close();
    }
    const { perMinute, visit, memoryMbEach } = figures.at(-1) ?? nothing;
    say(
      `${browsersMax} at once: ${short(perMinute)} orders a minute, a visit p50 ${short(visit.p50)} ms, ${memoryMbEach} MB a browser`,
    );
  }
  say(table([columns, ...figures.map(rowOf)]));
  say(
    `${orders} orders each, at the sandbox's pace (10 ms a key, 60 ms a look); three shops are three accounts, so no more than three browsers are at work`,
  );
  return figures;
}

const nothing = { perMinute: 0, visit: latencyOf([]), memoryMbEach: 0 };

const columns = ["browsers", "orders", "per minute", "visit p50 ms", "p90 ms", "memory MB each", "all at most MB"];

function rowOf(figures: BrowserFigures): (string | number)[] {
  const { browsers, orders, perMinute, visit, memoryMbEach, memoryMbAtMost } = figures;
  return [String(browsers), orders, perMinute, visit.p50, visit.p90, memoryMbEach, memoryMbAtMost];
}

type Ground = { readonly database: pg.Client; readonly apiUrl: string; readonly workerPid: number };

async function measure(
  { database, apiUrl, workerPid }: Ground,
  browsers: number,
  orders: number,
): Promise<BrowserFigures> {
  // The first visit starts the browsers and unpacks what npm brought: it is no part of what is measured.
  for (const wish of goods) await buy({ database, apiUrl }, wish);
  await untilPlaced(database, goods.length);
  const warm = goods.length;
  const seen: { count: number; mb: number }[] = [];
  const beganMs = performance.now();
  for (let number = 0; number < orders; number += 1)
    await buy({ database, apiUrl }, goods[number % goods.length] ?? goods[0]);
  await untilPlaced(database, warm + orders, () => seen.push(browsersOf(workerPid)));
  const minutes = (performance.now() - beganMs) / 60_000;
  const { rows } = await database.query<{ ms: number }>(
    `select (extract(epoch from a.ended_at - a.started_at) * 1000)::float8 as ms from placement.attempt a
     where a.method = 'headless' and a.status = 'placed' order by a.ended_at offset $1`,
    [warm],
  );
  const atWork = seen.filter(({ count }) => count > 0);
  const sum = atWork.reduce((total, { mb }) => total + mb, 0);
  const processes = atWork.reduce((total, { count }) => total + count, 0);
  return {
    browsers,
    orders,
    perMinute: orders / minutes,
    visit: latencyOf(rows.map(({ ms }) => ms)),
    memoryMbEach: Math.round(sum / Math.max(1, processes)),
    memoryMbAtMost: Math.round(Math.max(0, ...atWork.map(({ mb }) => mb))),
  };
}

async function buy(
  { database, apiUrl }: Pick<Ground, "database" | "apiUrl">,
  [storeId, sku]: readonly [string, string],
): Promise<void> {
  const shopper = newShopper(apiUrl);
  const { rows } = await database.query<{ productId: string; variantId: string }>(
    `select v.product_id as "productId", v.variant_id as "variantId"
     from catalog.variant v join catalog.product p using (product_id) where p.store_id = $1 and v.sku = $2`,
    [storeId, sku],
  );
  await shopper.get("POST /api/v1/cart/items/batch", { items: rows.map((variant) => ({ ...variant, quantity: 1 })) });
  const { sessionId } = await shopper.get<{ sessionId: string }>("POST /api/v1/checkout/sessions", {});
  houses += 1;
  await shopper.get(`PUT /api/v1/checkout/sessions/${sessionId}/shipping`, {
    ...home,
    address1: `${houses} W 45th St`,
  });
  await shopper.get(`PUT /api/v1/checkout/sessions/${sessionId}/payment`, { paymentMethodId: "pm_card_visa" });
  // Answered when the order is placed, which is what is waited for below.
  shopper
    .ask(`POST /api/v1/checkout/sessions/${sessionId}/place`, { body: {}, isForgotten: true })
    .catch(() => undefined);
}

let houses = 0;

const home = {
  name: "Dana Harborview",
  city: "New York",
  state: "NY",
  zip: "10036",
  country: "US",
  phone: "212-555-0142",
  email: "dana.harborview@example.com",
};

async function untilPlaced(database: pg.Client, wanted: number, look: () => unknown = () => undefined): Promise<void> {
  const deadlineMs = performance.now() + patienceMs;
  for (;;) {
    const { rows } = await database.query<{ placed: number }>(
      "select count(*)::int as placed from placement.attempt where method = 'headless' and status = 'placed'",
    );
    if ((rows[0]?.placed ?? 0) >= wanted) return;
    if (performance.now() > deadlineMs) throw new Error(`only ${rows[0]?.placed} of ${wanted} orders were placed`);
    look();
    await delay(500);
  }
}

/** The browsers below a worker at this moment: how many, and what all their processes hold together. */
function browsersOf(workerPid: number): { count: number; mb: number } {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc").filter((each) => /^\d+$/.test(each))) {
    const stat = read(`/proc/${name}/stat`);
    parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1] ?? 0));
  }
  const childrenOf = (pid: number): number[] =>
    [...parents].filter(([, parent]) => parent === pid).map(([child]) => child);
  const below = (pid: number): number[] => childrenOf(pid).flatMap((child) => [child, ...below(child)]);
  const mb = below(workerPid)
    .map((pid) => Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) / 1024)
    .reduce((sum, each) => sum + each, 0);
  return { count: childrenOf(workerPid).length, mb };
}

/** Empty for a process that has ended meanwhile. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
