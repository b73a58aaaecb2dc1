import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDb } from "../../../test/db.ts";
import { exec, one, type Cells } from "./query.ts";
import { assertNoTransaction, tx, type Tx } from "./tx.ts";

const { pool } = await openTestDb();
await pool.query("create table account (account_id int primary key, amount_minor int8 not null)");
await pool.query("insert into account values (1, 100), (2, 100)");

const first = (row: Cells): unknown => row[0];

function add(to: Tx, accountId: number, amountMinor: bigint): Promise<number> {
  const text = "update account set amount_minor = amount_minor + $2 where account_id = $1";
  return exec(to, "test.add", text, [accountId, amountMinor]);
}

async function amounts(): Promise<unknown[]> {
  const { rows } = await pool.query("select amount_minor from account order by account_id");
  return rows.map(({ amount_minor: amountMinor }) => amountMinor);
}

test("what a transaction did is there after it, all of it", async () => {
  const before = await amounts();
  assert.equal(
    await tx(pool, "test.move", async (t) => {
      await add(t, 1, -10n);
      await add(t, 2, 10n);
      return "moved";
    }),
    "moved",
  );
  assert.deepEqual(await amounts(), [(before[0] as bigint) - 10n, (before[1] as bigint) + 10n]);
});

test("what throws is rolled back whole, and thrown on", async () => {
  const before = await amounts();
  const boom = new Error("boom");
  const failed = tx(pool, "test.fail", async (t) => {
    await add(t, 1, -10n);
    throw boom;
  });
  await assert.rejects(failed, boom);
  assert.deepEqual(await amounts(), before);
});

test("a deadlock's loser tries again, and both are done", async () => {
  const before = await amounts();
  let attempts = 0;
  let bothHold = (): void => undefined;
  const meeting = new Promise<void>((resolve) => {
    bothHold = resolve;
  });
  let holding = 0;
  const cross = (from: number, to: number): Promise<void> =>
    tx(pool, "test.cross", async (t) => {
      attempts += 1;
      await add(t, from, -1n);
      holding += 1;
      if (holding === 2) bothHold();
      await meeting;
      await add(t, to, 1n);
    });
  await Promise.all([cross(1, 2), cross(2, 1)]);
  assert.equal(attempts, 3);
  assert.deepEqual(await amounts(), before);
});

test("a failure that lasts is thrown after three tries", async () => {
  let attempts = 0;
  const failing = tx(pool, "test.lasting", async (t) => {
    attempts += 1;
    await one(t, "test.raise", "select pg_sleep(0)", [], first);
    throw Object.assign(new Error("could not serialize"), { code: "40001" });
  });
  await assert.rejects(failing, /could not serialize/);
  assert.equal(attempts, 3);
});

test("a statement sent after the end is refused instead of joining a stranger's transaction", async () => {
  let escaped: Tx | undefined;
  await tx(pool, "test.escape", async (t) => {
    escaped = t;
  });
  assert.ok(escaped !== undefined);
  const late = escaped;
  await assert.rejects(async () => await add(late, 1, 1n), /sent after its transaction ended/);
});

test("the outside is not called while a transaction is open, however deep", async () => {
  assertNoTransaction("fetch");
  const calling = tx(pool, "test.outside", async () => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    assertNoTransaction("fetch");
  });
  await assert.rejects(calling, /fetch: called while the transaction test.outside is open/);
  assertNoTransaction("fetch");
});

test("a transaction inside a transaction is a bug", async () => {
  const nested = tx(pool, "test.outer", () => tx(pool, "test.inner", async () => undefined));
  await assert.rejects(nested, /test.inner began inside test.outer/);
});

test("a connection killed half way fails the transaction, not the process, and leaves the pool whole", async () => {
  const before = await amounts();
  const dying = tx(pool, "test.killed", async (t) => {
    await add(t, 1, 5n);
    const pid = await one(t, "test.pid", "select pg_backend_pid()", [], first);
    await pool.query("select pg_terminate_backend($1)", [pid]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await add(t, 2, 5n);
  });
  await assert.rejects(dying);
  assert.deepEqual(await amounts(), before);
  assert.equal(pool.totalCount, pool.idleCount);
});
