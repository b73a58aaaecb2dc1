/** Forces a race: who waits for whom is decided by the test, not by luck. */
import { setTimeout as sleep } from "node:timers/promises";
import { assert } from "#kernel/assert.ts";
import type { Pool } from "#platform/db/pool.ts";

export type HeldLock = { readonly text: string; readonly values: readonly unknown[] };

/** Nobody has to stand that long for anything but a bug. */
const standMsMax = 10_000;

/**
 * Holds a lock in a transaction of its own and lets each act run into it, one after the other, each seen waiting in
 * PostgreSQL before the next is let go; then gives the lock back. The first of the line gets it; of those behind it,
 * who all began before it, any may be next, as PostgreSQL lets them go for the row that the first has left.
 * An act that does not wait fails the test: then nothing was forced. Wants a database opened with `isPatient`.
 *
 * @param afterwards what those who wait need before they can answer, once they go on
 * @returns what each answered, in the order of the line
 */
export async function inLine<Answer>(
  pool: Pool,
  lock: HeldLock,
  acts: readonly (() => Promise<Answer>)[],
  afterwards: () => Promise<void> = async () => undefined,
): Promise<Answer[]> {
  const holder = await pool.connect();
  let isGivenBack = false;
  try {
    await holder.query("begin");
    await holder.query(lock.text, [...lock.values]);
    const answers: Promise<Answer>[] = [];
    for (const act of acts) {
      const place = answers.length + 1;
      const ended = { by: "" };
      const answer = act();
      answer.then(
        () => (ended.by = "an answer"),
        (error: unknown) => (ended.by = String(error)),
      );
      answers.push(answer);
      await untilWaiting(pool, place, () => ended.by);
    }
    await holder.query("rollback");
    isGivenBack = true;
    await afterwards();
    return await Promise.all(answers);
  } finally {
    // A line that failed must not stand in the way of the tests that follow.
    holder.release(!isGivenBack);
  }
}

/** @param endedBy says that there is nobody to wait for: what the last in line has ended with */
export async function untilWaiting(pool: Pool, count: number, endedBy: () => string = () => ""): Promise<void> {
  const deadlineMs = performance.now() + standMsMax;
  for (;;) {
    const { rows } = await pool.query(
      `select count(*)::int as waiting from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (rows[0].waiting >= count) return;
    assert(endedBy() === "", `inLine: number ${count} did not wait, but ended with ${endedBy()}`);
    assert(performance.now() < deadlineMs, `inLine: number ${count} is not seen waiting`);
    await sleep(2);
  }
}

/** Locks a row for update, as its own commands do. */
export function rowLock(table: string, key: string, value: string): HeldLock {
  return { text: `select 1 from ${table} where ${key} = $1 for update`, values: [value] };
}

/** All orders in which a few things can happen. */
export function ordersOf<Thing>(things: readonly Thing[]): Thing[][] {
  if (things.length <= 1) return [[...things]];
  return things.flatMap((first, index) =>
    ordersOf(things.filter((_, other) => other !== index)).map((rest) => [first, ...rest]),
  );
}
