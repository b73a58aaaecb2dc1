import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDb } from "../../../test/db.ts";
import { buyFile, makeFile } from "../../../test/digital.ts";
import { newsMissed, newsRead } from "./notify.sql.gen.ts";

const { pool } = await openTestDb();

test("of a file that was given the confirmation tells, and nobody looks for another mail", async () => {
  const { sessionId } = await buyFile(pool, await makeFile(pool));
  await pool.query("update checkout.session set contact_email = 'bo@muse.test' where session_id = $1", [sessionId]);
  await pool.query("update notify.news set look_at = now()");
  await newsRead(pool, { countMax: 100, patienceSeconds: 20 });
  const { rows } = await pool.query("select kind from notify.mail where session_id = $1", [sessionId]);
  assert.deepEqual(rows, [{ kind: "order_placed" }]);
  await pool.query("update checkout.session set updated_at = now() - interval '1 h' where session_id = $1", [
    sessionId,
  ]);
  await pool.query("update orders.order_status_history set at = now() - interval '1 h'");
  assert.equal((await newsMissed(pool, { historyMax: 5_000n, settledSeconds: 120 })).found, 0);
});
