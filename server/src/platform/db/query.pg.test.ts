import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDb } from "../../../test/db.ts";
import { openPool } from "./pool.ts";
import { exec, many, one, opt, roundTrips, textArray, type Cells } from "./query.ts";

const { pool, url } = await openTestDb();

const first = (row: Cells): unknown => row[0];

test("values arrive exact: int8 as bigint, date and numeric as text, arrays of them alike", async () => {
  const row = await one(
    pool,
    "test.types",
    `select 9007199254740993::int8, '{1,null,9007199254740993}'::int8[], date '2026-11-21', 1.10::numeric,
            timestamptz '2026-11-21T00:00:00Z', '{a,null,"b,c"}'::text[], '\\xff00'::bytea, '{"a":1}'::jsonb`,
    [],
    (cells) => cells,
  );
  assert.deepEqual(row, [
    9_007_199_254_740_993n,
    [1n, null, 9_007_199_254_740_993n],
    "2026-11-21",
    "1.10",
    new Date("2026-11-21T00:00:00Z"),
    ["a", null, "b,c"],
    Buffer.from([255, 0]),
    { a: 1 },
  ]);
});

test("parameters go out exact: bigint, arrays of them, dates", async () => {
  const at = new Date("2026-11-21T12:34:56.789Z");
  const values = [2n ** 62n, [1n, 2n ** 62n], at];
  const row = await one(pool, "test.params", "select $1::int8, $2::int8[], $3::timestamptz", values, (cells) => cells);
  assert.deepEqual(row, values);
});

test("one wants exactly one row, opt at most one", async () => {
  const rows = "select n from generate_series(1, $1::int) n";
  assert.equal(await opt(pool, "test.rows", rows, [0], first), null);
  assert.equal(await opt(pool, "test.rows", rows, [1], first), 1);
  assert.deepEqual(await many(pool, "test.rows", rows, [3], first), [1, 2, 3]);
  await assert.rejects(opt(pool, "test.rows", rows, [2], first), { name: "InvariantError" });
  await assert.rejects(one(pool, "test.rows", rows, [0], first), { name: "InvariantError" });
});

test("exec answers how many rows it touched", async () => {
  await pool.query("create table touched (n int)");
  assert.equal(await exec(pool, "test.insert", "insert into touched select generate_series(1, $1::int)", [4]), 4);
  assert.equal(await exec(pool, "test.delete", "delete from touched where n > $1", [9]), 0);
});

test("an enum's array, which the driver leaves as text, is read", () => {
  assert.deepEqual(textArray('{a,"b c"}'), ["a", "b c"]);
  assert.deepEqual(textArray(["a"]), ["a"]);
  assert.equal(textArray(null), null);
});

test("a migration that changes a column under prepared statements costs one repetition, on every connection", async () => {
  await pool.query("create table moving (n int)");
  await pool.query("insert into moving values (7)");
  const read = (): Promise<unknown> => one(pool, "test.moving", "select n from moving", [], first);
  await Promise.all(Array.from({ length: 16 }, read));
  assert.ok(pool.totalCount > 1, "several connections hold the plan");

  await pool.query("alter table moving alter n type int8");

  assert.deepEqual(
    await Promise.all(Array.from({ length: 16 }, read)),
    Array.from({ length: 16 }, () => 7n),
  );
});

test("round trips are counted", async () => {
  const before = roundTrips();
  await one(pool, "test.trip", "select 1", [], first);
  assert.equal(roundTrips() - before, 1);
});

test("the server keeps the pool's limits", async () => {
  const names = ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "application_name"];
  const { rows } = await pool.query("select current_setting(unnest($1::text[])) as value", [names]);
  assert.deepEqual(rows.map(({ value }) => value).slice(0, 3), ["5s", "2s", "10s"]);
});

test("a pool with no connection to spare says so within two seconds", async () => {
  const narrow = openPool({ connectionString: url, connectionMax: 1, applicationName: "narrow" });
  const held = await narrow.connect();
  const startedMs = performance.now();
  await assert.rejects(one(narrow, "test.wait", "select 1", [], first), /timeout exceeded/);
  assert.ok(performance.now() - startedMs < 2_000);
  held.release();
  await narrow.end();
});

test("a connection broken while idle is reported and replaced", async () => {
  const errors: Error[] = [];
  const own = openPool({
    connectionString: url,
    connectionMax: 1,
    applicationName: "broken",
    onIdleError: (error) => errors.push(error),
  });
  const pid = await one(own, "test.pid", "select pg_backend_pid()", [], first);
  await pool.query("select pg_terminate_backend($1)", [pid]);
  while (errors.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.notEqual(await one(own, "test.pid", "select pg_backend_pid()", [], first), pid);
  await own.end();
});
