import { setTimeout as delay } from "node:timers/promises";
import { openCountProxy, type CountProxy, type TripCount } from "./count-proxy.ts";
import type { DatabaseMeter } from "./database-meter.ts";
import { newShopper } from "./shopper.ts";
import type { System } from "./system.ts";

export type ProgramTrips = {
  readonly roundTrips: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
  /** Runs of each statement a checkout, the most frequent first. */
  readonly statements: Readonly<Record<string, number>>;
};

export type Trips = {
  readonly checkouts: number;
  readonly perCheckout: { readonly api: ProgramTrips; readonly worker: ProgramTrips };
  readonly writeCommits: number;
  readonly walBytes: number;
  /** Round trips a second with nobody there: sweeps and polls. They are taken off the figures above. */
  readonly idlePerSecond: { readonly api: number; readonly worker: number };
};

const warmupCheckouts = 20;
const countedCheckouts = 100;
const idleMs = 5_000;

/** One checkout after the other through counting proxies, one a program: too slow to be timed, exact to be counted. */
export async function countTrips(system: System, meter: DatabaseMeter, sendsKeys: boolean): Promise<Trips> {
  const proxies = { api: await openCountProxy(system.databaseUrl), worker: await openCountProxy(system.databaseUrl) };
  await system.restart({ api: proxies.api.url, worker: proxies.worker.url });
  const shopper = newShopper({ apiUrl: system.apiUrl, catalogue: system.catalogue, sendsKeys });
  await checkOut(shopper, warmupCheckouts);
  await delay(1_000);
  const idle = await take(proxies, meter);
  await delay(idleMs);
  const start = await take(proxies, meter);
  await checkOut(shopper, countedCheckouts);
  // The provider's event may still be on its way.
  await delay(500);
  const end = await take(proxies, meter);
  await shopper.close();

  const idleS = start.s - idle.s;
  const use = await meter.between(start.database, end.database);
  const idleUse = await meter.between(idle.database, start.database);
  const share = (end.s - start.s) / idleS;
  const trips = (program: "api" | "worker") =>
    programTrips({ idle: idle[program], start: start[program], end: end[program], share });
  const perCheckout = { api: trips("api"), worker: trips("worker") };
  // Later calls go through the proxies' programs no more.
  await system.restart({ api: system.databaseUrl, worker: system.databaseUrl });
  await proxies.api.close();
  await proxies.worker.close();
  return {
    checkouts: countedCheckouts,
    perCheckout,
    writeCommits: (use.writeCommits - idleUse.writeCommits * share) / countedCheckouts,
    walBytes: (use.walBytes - idleUse.walBytes * share) / countedCheckouts,
    idlePerSecond: {
      api: (start.api.roundTrips - idle.api.roundTrips) / idleS,
      worker: (start.worker.roundTrips - idle.worker.roundTrips) / idleS,
    },
  };
}

async function take(proxies: { readonly api: CountProxy; readonly worker: CountProxy }, meter: DatabaseMeter) {
  return {
    s: performance.now() / 1000,
    api: proxies.api.read(),
    worker: proxies.worker.read(),
    database: await meter.read(),
  };
}

async function checkOut(shopper: ReturnType<typeof newShopper>, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    const { error } = await shopper.checkOut();
    if (error !== null) throw new Error(`a checkout failed while round trips were counted: ${error}`);
  }
}

type Readings = {
  readonly idle: TripCount;
  readonly start: TripCount;
  readonly end: TripCount;
  readonly share: number;
};

function programTrips({ idle, start, end, share }: Readings): ProgramTrips {
  const net = (of: (count: TripCount) => number): number =>
    Math.max(0, of(end) - of(start) - (of(start) - of(idle)) * share) / countedCheckouts;
  const statements = [...end.statements.keys()]
    .map((name) => [name, net((count) => count.statements.get(name) ?? 0)] as const)
    .filter(([, runs]) => runs >= 0.05)
    .toSorted((left, right) => right[1] - left[1]);
  return {
    roundTrips: net((count) => count.roundTrips),
    bytesSent: net((count) => count.bytesSent),
    bytesReceived: net((count) => count.bytesReceived),
    statements: Object.fromEntries(statements),
  };
}
