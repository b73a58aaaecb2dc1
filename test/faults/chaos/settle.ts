import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { openClock } from "../clock.ts";
import { unfinished } from "../quiet.ts";
import type { Sandbox } from "../sandbox.ts";
import type { Desk } from "./desk.ts";
import { byHandPrefix } from "./shop-orders.ts";
import type { System } from "./system.ts";

/** So much was let pass at a time, for the story: what the database says has to be moved back by it. */
export type TimePassed = { readonly atMs: number; readonly seconds: number };

export type Settled = {
  /** What was still on its way when patience was over; empty: everything has ended. */
  readonly left: readonly string[];
  readonly passed: readonly TimePassed[];
};

/**
 * As much as passes at once: longer than any wait of a moment, far shorter than a session lives. Where several steps
 * were not enough, longer ones follow: look-ups and refunds are asked about for hours.
 */
const stepS = (steps: number): number => (steps < 12 ? 15 : 60);

/** Whoever does nothing for so long is waiting for a time to come. */
const idleMs = 400;

/** A store that was told to be slow may still act on what it was sent before. */
const slowestStoreMs = 5_000;

/** What is not quiet by then is stuck: real seconds, of which each idle half brings many more for the database. */
const quietMsMax = ({ hasBrowsers }: System): number => (hasBrowsers ? quietWithBrowsersMsMax : 120_000);

/** One shop's orders wait for one another, and a visit whose page never comes takes a minute. */
const quietWithBrowsersMsMax = 600_000;

/**
 * Leaves everything alone until nothing is on its way any more: time passes for the database when nobody does anything,
 * the desk works off its queue, parcels arrive, and sessions that were left lying run out.
 */
export async function settle(system: System, desk: Desk, sandbox: Sandbox): Promise<Settled> {
  await system.untilUp();
  await delay(slowestStoreMs);
  const client = new pg.Client({ connectionString: system.databaseUrl, application_name: "muse faults" });
  await client.connect();
  const passed: TimePassed[] = [];
  try {
    const clock = await openClock(client);
    const pass = async (): Promise<void> => {
      const workerPids = system.workers.map(({ program }) => program.pid());
      const seconds = stepS(passed.length);
      if (!(await clock.pass(seconds, { workerPids }))) return;
      await sandbox.letPass(seconds);
      passed.push({ atMs: Date.now(), seconds });
    };
    const stages = { system, desk, sandbox, pass };
    const left = await untilQuiet(stages);
    if (left.length > 0) return { left, passed };
    await system.query("update checkout.session set expires_at = now() - interval '1 s' where status = 'pending'");
    return { left: await untilQuiet(stages), passed };
  } finally {
    await client.end();
  }
}

type Stages = {
  readonly system: System;
  readonly desk: Desk;
  readonly sandbox: Sandbox;
  readonly pass: () => Promise<void>;
};

async function untilQuiet({ system, desk, sandbox, pass }: Stages): Promise<readonly string[]> {
  const deadlineMs = performance.now() + quietMsMax(system);
  const reader = { query: async (text: string) => ({ rows: await system.query(text) }) };
  let quietLooks = 0;
  for (;;) {
    const byHand = await desk.round();
    await moveParcels(system, sandbox);
    const left = await unfinished(reader);
    const undelivered = await sandbox.pendingWebhooks();
    if (undelivered > 0) left.push(`${undelivered} webhooks not taken`);
    if (byHand > 0) left.push(`${byHand} tasks at the desk`);
    if (system.isOutsideBusy()) left.push("calls to the outside");
    quietLooks = left.length === 0 ? quietLooks + 1 : 0;
    if (quietLooks === 2) return [];
    if (performance.now() > deadlineMs) return left;
    await delay(idleMs);
    const isIdle = performance.now() - system.watch.busyAtMs() > idleMs;
    if (left.length > 0 && byHand === 0 && isIdle && !system.isOutsideBusy()) await pass();
  }
}

/** What a store has sent arrives. Carriers are asked ever more seldom, up to every two hours: those pass at once. */
async function moveParcels({ query }: System, sandbox: Sandbox): Promise<void> {
  const rows = await query<{ storeId: string; storeOrderNumber: string }>(
    `select distinct o.store_id as "storeId", o.store_order_number as "storeOrderNumber"
     from shipment.shipment s join orders.store_order o using (order_number)
     where s.status <> 'delivered' and o.store_order_number not like $1`,
    [`${byHandPrefix}%`],
  );
  for (const { storeId, storeOrderNumber } of rows) await sandbox.advance(storeId, storeOrderNumber);
  if (rows.length > 0)
    await query("update shipment.shipment set poll_at = now() where poll_at > now() + interval '15 s'");
}
