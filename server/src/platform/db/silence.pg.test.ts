import assert from "node:assert/strict";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { after, test } from "node:test";
import { must } from "#kernel/assert.ts";
import { isShortage } from "#platform/http/errors.ts";
import { openTestDb } from "../../../test/db.ts";
import { openPool } from "./pool.ts";
import { tx } from "./tx.ts";

const db = await openTestDb();

/** A way to the database that can forget what is connected, as a firewall does: nothing arrives, nobody is told. */
async function openForgetfulWay(): Promise<{ readonly url: string; readonly forget: () => void }> {
  const { hostname, port } = new URL(db.url);
  const sockets: Socket[] = [];
  const server = createServer((inner) => {
    const outer = connect(Number(port), hostname);
    inner.pipe(outer).on("error", () => inner.destroy());
    outer.pipe(inner).on("error", () => outer.destroy());
    inner.on("close", () => outer.destroy());
    sockets.push(inner, outer);
  });
  await new Promise<void>((settle) => server.listen(0, "127.0.0.1", settle));
  after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const url = new URL(db.url);
  url.port = String((server.address() as AddressInfo).port);
  return { url: url.href, forget: () => sockets.forEach((socket) => socket.unpipe().pause()) };
}

test("a connection that was lost without a word is given up, and the pool heals by itself", async () => {
  const way = await openForgetfulWay();
  const pool = openPool({ connectionString: way.url, connectionMax: 1, applicationName: "silence" });
  try {
    await pool.query("select 1");
    way.forget();
    const error = await pool.query("select 1").catch((thrown: unknown) => thrown);
    assert.ok(isShortage(must(error instanceof Error ? error : null, "an error")), "whoever asks is told to come back");
    assert.equal((await pool.query("select 1")).rowCount, 1);
  } finally {
    await pool.end();
  }
});

test("a transaction on such a connection ends once, without waiting for its rollback as well", async () => {
  const way = await openForgetfulWay();
  const pool = openPool({ connectionString: way.url, connectionMax: 1, applicationName: "silence" });
  try {
    let beganMs = 0;
    await assert.rejects(
      tx(pool, "test.silence", async (open) => {
        way.forget();
        beganMs = performance.now();
        await open.query({ text: "select 1", values: [], rowMode: "array" });
      }),
    );
    assert.ok(performance.now() - beganMs < 14_000, "one silence long, not two");
    assert.equal((await pool.query("select 1")).rowCount, 1);
  } finally {
    await pool.end();
  }
});
