import { chargesOf } from "./charges-of.ts";
import { setTimeout as delay } from "node:timers/promises";
import { checkInvariants } from "../../../tools/invariants/check-invariants.ts";
import { readOutside, type OutsideRecord } from "../../../tools/invariants/outside.ts";
import { readFiles } from "../files.ts";
import { openSandbox } from "../sandbox.ts";
import type { Visit } from "./behaviour.ts";
import { countBrowsers, outlived, untilOrdered, type BrowserCounts } from "./browser-orders.ts";
import { GoneError, newCustomer, StoryError, type Call, type Customer } from "./customer.ts";
import { openDesk, type Desk } from "./desk.ts";
import type { Home } from "./home.ts";
import { badManners } from "./manners.ts";
import type { Plan, PlannedBlow, PlannedVisit } from "./plan.ts";
import { newRandom } from "./random.ts";
import { openTroubles, type Blow, type Disturbance, type Scene } from "./scene.ts";
import { settle, type TimePassed } from "./settle.ts";
import { editionTitle, readVariants, scarceSku, type Shop } from "./shop.ts";
import { judgeShops } from "./shop-orders.ts";
import { openSystem, type System } from "./system.ts";
import { compareSessions, compareWords, readRows, type Breach } from "./truth.ts";

export type ChaosOptions = {
  readonly apiCount: number;
  readonly workerCount: number;
  /** Shoppers at once. */
  readonly atOnce: number;
  /** Nobody comes any more after so long, however many were to; left out: everybody does. */
  readonly inviteSecondsMax?: number;
  readonly logFile: string;
  readonly say: (line: string) => void;
};

export type ChaosResult = {
  readonly breaches: readonly Breach[];
  readonly calls: readonly Call[];
  readonly blows: readonly Blow[];
  readonly passed: readonly TimePassed[];
  readonly visitOf: ReadonlyMap<string, number>;
  readonly kills: number;
  readonly crashes: number;
  /** Why visits ended early, and how many. */
  readonly gone: ReadonlyMap<string, number>;
  readonly sessionCounts: Readonly<Record<string, number>>;
  readonly browserCounts: BrowserCounts;
  readonly playS: number;
  readonly settleS: number;
};

/** Everything a run writes down while it goes on. */
type Record_ = {
  readonly calls: Call[];
  readonly blows: Blow[];
  readonly disturbances: Disturbance[];
  readonly breaches: Breach[];
  readonly gone: Map<string, number>;
  readonly visits: Map<number, Visit>;
};

/**
 * Plays a plan on a system of its own, leaves it alone until it is quiet, and holds everything against everything.
 *
 * @param look what else is to be seen of it before it is closed: a failing run's story
 */
export async function runChaos(
  home: Home,
  plan: Plan,
  options: ChaosOptions,
  look: (system: System, result: ChaosResult) => Promise<void> = async () => undefined,
): Promise<ChaosResult> {
  const system = await openSystem(home, options);
  try {
    const result = await play(home, system, plan, options);
    await look(system, result);
    return result;
  } finally {
    await system.close();
  }
}

async function play(home: Home, system: System, plan: Plan, options: ChaosOptions): Promise<ChaosResult> {
  const kept: Record_ = { calls: [], blows: [], disturbances: [], breaches: [], gone: new Map(), visits: new Map() };
  const sandbox = openSandbox(system.sandboxUrl);
  const { query } = system;
  const { hasBrowsers } = system;
  const shares = hasBrowsers ? { webShare: 0.5, patienceMs: 45_000 } : { webShare: 0.12, patienceMs: 5_000 };
  const goods = await readGoods(system);
  const shop: Shop = { ...goods, sandbox, query, apis: system.apis.map(({ url }) => url), ...shares };
  await scarcen(shop, plan.visits.length);
  const random = newRandom(plan.seed, "desk");
  const newOperator = async (name: string): Promise<Customer> => {
    const token = await signIn(system.apis[0]?.url ?? "");
    return newCustomer({ name, token, apis: system.apis, random, note: (call) => kept.calls.push(call) });
  };
  const operators = [await newOperator("ops one"), await newOperator("ops two")];
  const desk = openDesk({ operators, random, sandbox });
  const beganMs = performance.now();
  const { crashes } = await storm({ home, system, shop, plan, options, desk, kept });
  const playS = (performance.now() - beganMs) / 1000;
  options.say(`  all ${kept.visits.size} have left after ${playS.toFixed(0)} s; left alone until quiet`);

  const quietMs = performance.now();
  const { left, passed } = await settle(system, desk, sandbox);
  if (left.length > 0) kept.breaches.push({ sessionId: null, text: `O4 never quiet: ${left.join(", ")}` });
  await judge(system, kept);
  kept.breaches.push(...(await judgeShops(sandbox, query)), ...(await outlived(system, home.browsersMax)));
  const settleS = (performance.now() - quietMs) / 1000;
  const sessionRows = await query<{ status: string; count: string }>(
    "select status, count(*) from checkout.session group by status order by status",
  );
  return {
    ...kept,
    passed,
    visitOf: new Map([...kept.visits].flatMap(([number, { sessions }]) => [...sessions].map((id) => [id, number]))),
    kills: [...system.apis, ...system.workers].reduce((sum, { program }) => sum + program.killCount(), 0),
    crashes,
    browserCounts: await countBrowsers(query),
    sessionCounts: Object.fromEntries(sessionRows.map(({ status, count }) => [status, Number(count)])),
    playS,
    settleS,
  };
}

type Storm = {
  readonly home: Home;
  readonly system: System;
  readonly shop: Shop;
  readonly plan: Plan;
  readonly options: ChaosOptions;
  readonly desk: Desk;
  readonly kept: Record_;
};

/** Shoppers, blows and the desk, all at once, until the last shopper has left and every blow is undone. */
async function storm({ home, system, shop, plan, options, desk, kept }: Storm): Promise<{ crashes: number }> {
  const troubles = openTroubles(shop.sandbox);
  let crashes = 0;
  const postgres = {
    ...home.postgres,
    crash: async () => {
      crashes += 1;
      await home.postgres.crash();
    },
  };
  const sceneOf = (fault: string): Scene => ({
    system,
    postgres,
    shop,
    trouble: troubles.trouble,
    note: (what) => kept.blows.push({ atMs: Date.now(), fault, what }),
    disturb: async (units, work) => {
      const disturbance = { units: units.map(({ name }) => name), beganMs: Date.now() - 250, endedMs: Infinity };
      kept.disturbances.push(disturbance);
      await work();
      disturbance.endedMs = Date.now() + 1_000;
    },
  });
  const strikes: Promise<void>[] = [];
  const waiting = [...plan.blows];
  const begun = (count: number): void => {
    while (waiting[0] !== undefined && waiting[0].afterVisits <= count) {
      const blow = waiting.shift();
      if (blow !== undefined) strikes.push(strike(blow, plan.seed, sceneOf(blow.kind.name), kept));
    }
  };
  const closing = new AbortController();
  const desking = guard("the desk", kept, async () => await desk.run(closing.signal));
  const queue = [...plan.visits];
  let count = 0;
  const closesMs = performance.now() + (options.inviteSecondsMax ?? Infinity) * 1_000;
  const lane = async (): Promise<void> => {
    for (let visit = queue.shift(); visit !== undefined; visit = queue.shift()) {
      if (performance.now() > closesMs) return;
      count += 1;
      begun(visit.number);
      if (count % 50 === 0) options.say(`  ${count} of ${plan.visits.length} shoppers have come`);
      await come(visit, { system, shop, plan, kept });
      if (system.hasBrowsers) await untilOrdered(shop.query, [...(kept.visits.get(visit.number)?.sessions ?? [])]);
    }
  };
  await Promise.all(Array.from({ length: options.atOnce }, lane));
  begun(count < plan.visits.length ? count : Infinity);
  await Promise.all(strikes);
  await troubles.clear();
  closing.abort();
  await desking;
  return { crashes };
}

async function strike(blow: PlannedBlow, seed: number, scene: Scene, kept: Record_): Promise<void> {
  await delay(blow.delayMs);
  await guard(`blow ${blow.number} (${blow.kind.name})`, kept, async () => {
    await blow.kind.strike(scene, newRandom(seed, "blow", blow.number));
  });
}

/** What is thrown is written down; nothing else may be held up by it. */
async function guard(who: string, kept: Record_, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    kept.breaches.push({ sessionId: null, text: `${who}: ${error instanceof Error ? error.message : String(error)}` });
  }
}

async function come(
  planned: PlannedVisit,
  { system, shop, plan, kept }: Omit<Storm, "home" | "options" | "desk">,
): Promise<void> {
  const { number, behaviour } = planned;
  const random = newRandom(plan.seed, "visit", number);
  const name = `shopper ${number}`;
  // What the line is like must not change what the shopper decides.
  const line = newRandom(plan.seed, "visit", number, "line");
  const customer = newCustomer({ name, apis: system.apis, random: line, note: (call) => kept.calls.push(call) });
  const visit: Visit = { customer, random, shop, sessions: new Set(), acts: [], later: [] };
  kept.visits.set(number, visit);
  try {
    await behaviour.play(visit);
  } catch (error) {
    if (error instanceof GoneError) {
      kept.gone.set(error.message, (kept.gone.get(error.message) ?? 0) + 1);
      return;
    }
    const text = error instanceof StoryError ? error.message : String(error instanceof Error ? error.stack : error);
    kept.breaches.push({ sessionId: [...visit.sessions][0] ?? null, text: `${name} (${behaviour.name}): ${text}` });
  }
}

async function judge(system: System, kept: Record_): Promise<void> {
  const { results } = await checkInvariants({ ...system, settledForSeconds: 0 });
  for (const { id, name, outcome, breaches, count, note } of results) {
    if (outcome === "failed")
      kept.breaches.push({ sessionId: null, text: `${id} ${name} could not be asked: ${note}` });
    if (outcome !== "broken") continue;
    for (const { subject, detail } of breaches) {
      const sessionId = await sessionOf(system, `${subject} ${detail}`);
      kept.breaches.push({ sessionId, text: `${id} ${name} (${count}): ${subject}: ${detail}` });
    }
  }
  const { charges } = await readOutside(system.sandboxUrl);
  const rows = await readRows(
    system.query,
    [...kept.visits.values()].flatMap(({ sessions }) => [...sessions]),
  );
  for (const visit of kept.visits.values()) {
    await guard(visit.customer.name, kept, async () => await judgeVisit(visit, rows, charges, kept));
  }
  kept.breaches.push(...badManners(kept.calls, kept.disturbances));
}

async function judgeVisit(
  { customer, sessions, acts, later, shop }: Visit,
  rows: Awaited<ReturnType<typeof readRows>>,
  charges: readonly OutsideRecord[],
  kept: Record_,
): Promise<void> {
  const mine = kept.calls.filter((call) => call.customer === customer.name);
  if (sessions.size > 0) kept.breaches.push(...(await compareSessions(customer, [...sessions], rows)));
  for (const sessionId of sessions) {
    const row = rows.get(sessionId);
    if (row === undefined) continue;
    const isOurs = await chargesOf(shop.query, sessionId);
    const chargedAtMs = charges.filter(isOurs).map(({ at }) => Date.parse(at));
    kept.breaches.push(...compareWords(sessionId, mine, acts, { row, chargedAtMs }));
  }
  for (const look of later) {
    const sessionId = [...sessions][0] ?? null;
    for (const text of await look(customer)) kept.breaches.push({ sessionId, text });
  }
}

/** The first session that a breach names, by whatever id. */
async function sessionOf({ query }: System, text: string): Promise<string | null> {
  const ids = text.match(/\b(?:cs_|pay_|re_|MO-)\w+/g) ?? [];
  const [row] = await query<{ sessionId: string }>(
    `select session_id as "sessionId" from checkout.session where session_id = any ($1)
     union all select session_id from orders.store_order where order_number = any ($1)
     union all select session_id from payment.payment where payment_id = any ($1)
     union all select p.session_id from payment.refund r join payment.payment p using (payment_id) where r.refund_id = any ($1) limit 1`,
    [ids],
  );
  return row?.sessionId ?? null;
}

async function readGoods({ query, hasBrowsers }: System): Promise<Pick<Shop, "variants" | "files" | "editionId">> {
  const files = await readFiles(query);
  const edition = files.find(({ title }) => title === editionTitle);
  if (edition === undefined) throw new Error(`nobody sells "${editionTitle}"`);
  return { variants: await readVariants(query, hasBrowsers), files, editionId: edition.productId };
}

/** Of the scarce goods a quarter of the shoppers could have one, if they all wanted it. */
async function scarcen({ query, editionId }: Shop, shoppers: number): Promise<void> {
  await query("update catalog.product set edition_limit = $2 where product_id = $1", [
    editionId,
    Math.max(2, Math.round(shoppers / 40)),
  ]);
  await query(
    `insert into inventory.stock (variant_id, on_hand) select variant_id, $2 from catalog.variant where sku = $1
     on conflict (variant_id) do update set on_hand = excluded.on_hand`,
    [scarceSku, Math.max(2, Math.round(shoppers / 25))],
  );
}

async function signIn(apiUrl: string): Promise<string> {
  const response = await fetch(new URL("/api/auth/sign-in/email", apiUrl), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: "ops@muse.test", password: "muse-demo" }),
  });
  const body = (await response.json()) as { readonly data?: { readonly token: string }; readonly token?: string };
  const token = body.data?.token ?? body.token;
  if (token === undefined) throw new Error(`signing in was answered with ${response.status}`);
  return token;
}
