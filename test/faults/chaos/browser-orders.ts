import { setTimeout as delay } from "node:timers/promises";
import type { Query } from "./query.ts";
import type { System } from "./system.ts";
import type { Breach } from "./truth.ts";
import { webShops } from "./shop.ts";

/** What browsers did in a run. */
export type BrowserCounts = {
  /** Orders at web shops that were paid. */
  readonly orders: number;
  /** Those of them that a browser placed. */
  readonly placed: number;
  /** How the tries of browsers ended: "placed", "placed looked_up", "unavailable captcha", … */
  readonly tries: Readonly<Record<string, number>>;
};

export async function countBrowsers(query: Query): Promise<BrowserCounts> {
  const [counts] = await query<{ orders: string; placed: string }>(
    `select count(*) as orders, count(*) filter (where o.placement_method = 'headless' and o.placed_at is not null) as placed
     from orders.store_order o where o.store_id = any ($1) and o.payment_status <> 'unpaid'`,
    [webShops],
  );
  const rows = await query<{ how: string; count: string }>(
    // Refusals are told with the shop and its word: each of them is money given back.
    `select a.status::text || coalesce(' ' || a.reason, '')
         || case a.status when 'refused' then ' (' || a.connector || ', ' || coalesce(a.detail, '') || ')' else '' end as how, count(*)
     from placement.attempt a where a.method = 'headless' group by how order by how`,
  );
  return {
    orders: Number(counts?.orders ?? 0),
    placed: Number(counts?.placed ?? 0),
    tries: Object.fromEntries(rows.map(({ how, count }) => [how, Number(count)])),
  };
}

/** A whole visit to a shop at a busy time, and one that comes before it. */
const patienceMs = 90_000;

/** A shopper's place in the crowd is taken until shops have been visited for them: so blows meet browsers at work. */
export async function untilOrdered(query: Query, sessionIds: readonly string[]): Promise<void> {
  const deadlineMs = performance.now() + patienceMs;
  while (sessionIds.length > 0 && performance.now() < deadlineMs) {
    const [row] = await query<{ count: string }>(
      `select count(*) from placement.placement p
       where p.session_id = any ($1) and p.method = 'headless' and p.status in ('waiting', 'running')`,
      [sessionIds],
    );
    if (row?.count === "0") return;
    await delay(500);
  }
}

/** One browser for each shop is kept by a worker that lives; what is more has outlived the worker that started it. */
export async function outlived({ browsers, workers }: System, browsersMax: number): Promise<Breach[]> {
  let count = 0;
  // One that is just being put away takes a moment.
  for (let looks = 0; looks < 20; looks += 1) {
    count = browsers().length;
    if (count <= workers.length * browsersMax) return [];
    await delay(500);
  }
  return [{ sessionId: null, text: `${count} browsers are alive, of ${workers.length} workers` }];
}
