import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { startSweeps, type SweepRun } from "#platform/jobs/sweep.ts";
import { silentLog } from "#platform/log/log.ts";
import { openTestDb } from "../../../test/db.ts";
import { deleteExpired } from "./delete-expired.ts";

const { pool } = await openTestDb();

test("sessions and counters whose time is over go, the others stay", async () => {
  const accountId = newId("acc");
  await pool.query(`insert into account."user" (id, name, email) values ($1, 'A', $1 || '@shopper.test')`, [accountId]);
  for (const [id, ends] of [
    ["over", "-1 s"],
    ["live", "1 hour"],
  ] as const) {
    await pool.query(
      "insert into account.session (id, token, user_id, expires_at) values ($1, $1, $3, now() + $2::interval)",
      [id, ends, accountId],
    );
    await pool.query(
      "insert into account.rate_limit (key, count, window_ends_at) values ($1, 1, now() + $2::interval)",
      [id, ends],
    );
  }
  assert.equal(await deleteExpired(pool), 2);
  assert.equal(await deleteExpired(pool), 0);
  const { rows } = await pool.query("select id from account.session union all select key from account.rate_limit");
  assert.deepEqual(rows, [{ id: "live" }, { id: "live" }]);
});

test("what an hour has left behind goes in the rounds of one look, however many it takes", async () => {
  await pool.query(
    `insert into account.rate_limit (key, count, window_ends_at)
     select 'old-' || n, 1, now() - interval '1 minute' from generate_series(1, 10001) n`,
  );
  const looks: SweepRun[] = [];
  const sweep = { name: "account.delete_expired", everyMs: 3_600_000, run: () => deleteExpired(pool) };
  const running = startSweeps([sweep], { log: silentLog, onRun: (_, look) => void looks.push(look) });
  while (looks.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  await running.stop();
  assert.deepEqual(looks, [{ found: 10_001, mended: 10_001, failed: 0, isBroken: false }]);
  assert.equal(await deleteExpired(pool), 0);
});
