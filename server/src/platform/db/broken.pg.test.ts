import assert from "node:assert/strict";
import { after, test } from "node:test";
import { isShortage } from "#platform/http/errors.ts";
import { openTestDb } from "../../../test/db.ts";
import { openPool, type Pool } from "./pool.ts";
import { tx } from "./tx.ts";

const db = await openTestDb();
const others = openPool({ connectionString: db.url, connectionMax: 1, applicationName: "somebody else" });
after(async () => await others.end());

const ask = (text: string) => ({ text, values: [], rowMode: "array" }) as const;

/** Whoever asked is told to come back, and finds the pool healed. */
async function assertShortage(work: (pool: Pool) => Promise<unknown>): Promise<void> {
  const pool = openPool({ connectionString: db.url, connectionMax: 1, applicationName: "broken" });
  try {
    const error = await work(pool).catch((thrown: unknown) => thrown);
    assert.ok(error instanceof Error, "it fails");
    assert.ok(isShortage(error), `${"code" in error ? String(error.code) : "no code"} ${error.message}`);
    assert.equal((await pool.query("select 1")).rowCount, 1);
  } finally {
    await pool.end();
  }
}

async function endAll(): Promise<void> {
  await others.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'broken'");
}

test("a session that is ended in the middle of a statement, between two, and before the first", async () => {
  await assertShortage(async (pool) => {
    const asked = pool.query("select pg_sleep(5)");
    const heard = assert.rejects(asked);
    while ((await others.query("select from pg_stat_activity where query like 'select pg_sleep%'")).rowCount === 0);
    await endAll();
    await heard;
    return await asked;
  });
  await assertShortage(
    async (pool) =>
      await tx(pool, "test.between", async (open) => {
        await open.query(ask("select 1"));
        await endAll();
        for (;;) await open.query(ask("select 1"));
      }),
  );
  await assertShortage(async (pool) => {
    const client = await pool.connect();
    await endAll();
    try {
      for (;;) await client.query("select 1");
    } finally {
      client.release(true);
    }
  });
});

test("one that a library has borrowed, which hears of nothing but its own statements", async () => {
  const pool = openPool({ connectionString: db.url, connectionMax: 1, applicationName: "broken" });
  const client = await pool.connect();
  const ended = new Promise<void>((settle) => client.once("end", settle));
  await endAll();
  await ended;
  await assert.rejects(client.query("select 1"));
  client.release();
  assert.equal((await pool.query("select 1")).rowCount, 1);
  await pool.end();
});

test("a transaction whose program stood still for longer than one may be idle", async () => {
  await assertShortage(
    async (pool) =>
      await tx(pool, "test.idle", async (open) => {
        await open.query(ask("set local idle_in_transaction_session_timeout = 50"));
        // The server's farewell lies in the socket unread when the next statement is sent.
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400);
        await open.query(ask("select 1"));
      }),
  );
});

test("a transaction that took longer than one may", async () => {
  await assertShortage(
    async (pool) =>
      await tx(pool, "test.long", async (open) => {
        await open.query(ask("set local transaction_timeout = 50"));
        await open.query(ask("select pg_sleep(2)"));
      }),
  );
});

test("what the machine says of a connection that broke or could not be made, and what the driver says", () => {
  const codes = [
    "ECONNREFUSED ECONNRESET ECONNABORTED EPIPE ETIMEDOUT ENOTCONN EHOSTUNREACH ENETUNREACH EADDRNOTAVAIL",
    "EMFILE ENFILE ENOTFOUND EAI_AGAIN ERR_STREAM_DESTROYED ERR_STREAM_WRITE_AFTER_END ERR_SOCKET_CLOSED",
  ].flatMap((line) => line.split(" "));
  for (const code of codes) assert.ok(isShortage(Object.assign(new Error("connect"), { code })), code);
  for (const message of [
    "Client has encountered a connection error and is not queryable",
    "Received unexpected dataRow message from backend.",
    "received invalid response: 0",
  ]) {
    assert.ok(isShortage(new Error(message)), message);
  }
  for (const code of ["23505", "42P01", "MU001", "28P01", "XX000"]) {
    assert.equal(isShortage(Object.assign(new Error("a bug"), { code })), false, code);
  }
});
