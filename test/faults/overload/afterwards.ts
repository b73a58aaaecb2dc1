import { setTimeout as delay } from "node:timers/promises";
import { checkInvariants } from "../../../tools/invariants/check-invariants.ts";
import type { DatabaseMeter } from "../../bench/database-meter.ts";
import { untilQuiet } from "../../bench/quiet.ts";
import type { System } from "../../bench/system.ts";

type Left = {
  readonly system: System;
  readonly meter: DatabaseMeter;
  /** Sessions that somebody was told are paid. */
  readonly paid: ReadonlySet<string>;
  readonly say: (line: string) => void;
};

/** Letters have no shopper waiting: those of ten minutes may still be in the queue. */
const quietSecondsMax = 300;

/** What holds eventually is asked of rows left alone for so long; that is waited out. */
const settledForSeconds = 5;

/**
 * Nothing lost: it becomes quiet, who was told that they paid has paid, and every invariant holds.
 *
 * @returns complaints
 */
export async function afterwards({ system, meter, paid, say }: Left): Promise<string[]> {
  const beganMs = performance.now();
  const unfinished = await untilQuiet(meter.client, quietSecondsMax);
  say(`left alone for ${((performance.now() - beganMs) / 1_000).toFixed(1)} s until quiet`);
  const complaints = unfinished.map((what) => `never quiet: ${what}`);
  const { rows } = await meter.client.query<{ lost: string; sessions: string; paid: string }>(
    `select (select count(*) from unnest($1::text[]) as told (session_id) left join checkout.session s using (session_id)
        where s.paid_at is null) as lost,
       (select count(*) from checkout.session) as sessions, (select count(*) from checkout.session where paid_at is not null) as paid`,
    [[...paid]],
  );
  const [row] = rows;
  if (row?.lost !== "0") complaints.push(`${row?.lost} sessions were told to be paid and are not`);
  await delay((settledForSeconds + 1) * 1_000);
  const { results } = await checkInvariants({ ...system, settledForSeconds });
  for (const { id, name, outcome, count, note, breaches } of results) {
    if (outcome !== "broken" && outcome !== "failed") continue;
    const [first] = breaches;
    complaints.push(`${id} ${name}: ${count}; ${first === undefined ? note : `${first.subject}: ${first.detail}`}`);
  }
  say(`${row?.sessions} sessions, ${row?.paid} of them paid; ${results.length} invariants checked`);
  return complaints;
}
