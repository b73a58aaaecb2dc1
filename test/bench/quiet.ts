import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";

const pollMs = 250;

/** Work that is still on its way, by what it is. */
export type Unfinished = Readonly<Record<string, number>>;

/** Waits until nothing is on its way any more, a while at most; answers what still is. */
export async function untilQuiet(client: pg.Client, secondsMax: number): Promise<Unfinished> {
  const deadlineMs = performance.now() + secondsMax * 1_000;
  for (;;) {
    const { rows } = await client.query<Record<string, string>>(`
      select
        (select count(*) from checkout.session s where s.status = 'processing') as "sessions in payment or placement",
        (select count(*) from placement.placement p where p.status in ('waiting', 'running', 'unknown')) as "placements under way",
        (select count(*) from webhook.inbox i where i.processed_at is null) as "events unworked",
        (select count(*) from graphile_worker.jobs j where j.attempts < j.max_attempts) as "jobs"`);
    const left = Object.entries(rows[0] ?? {}).filter(([, count]) => count !== "0");
    if (left.length === 0 || performance.now() >= deadlineMs) {
      return Object.fromEntries(left.map(([what, count]) => [what, Number(count)]));
    }
    await delay(pollMs);
  }
}
