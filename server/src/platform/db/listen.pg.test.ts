import assert from "node:assert/strict";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { test } from "node:test";
import { openTestDb } from "../../../test/db.ts";
import { openListener } from "./listen.ts";

const { pool, url } = await openTestDb();

async function until(isSo: () => boolean): Promise<void> {
  const deadlineMs = performance.now() + 5_000;
  while (!isSo()) {
    assert.ok(performance.now() < deadlineMs, "it happened within five seconds");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

test("every listener of a channel hears what is notified, until it stops", async (t) => {
  const listener = await openListener({ connectionString: url, applicationName: "ears", onReconnect: () => undefined });
  t.after(listener.close);
  const heard: string[] = [];
  const stopA = await listener.listen("Muse order", (payload) => heard.push(`a ${payload}`));
  await listener.listen("Muse order", (payload) => heard.push(`b ${payload}`));

  await pool.query("select pg_notify('Muse order', 'one')");
  await until(() => heard.length === 2);
  await stopA();
  await pool.query("select pg_notify('Muse order', 'two')");
  await until(() => heard.length === 3);

  assert.deepEqual(heard, ["a one", "b one", "b two"]);
});

test("a lost connection comes back, says so, and hears again", async (t) => {
  let reconnects = 0;
  const listener = await openListener({
    connectionString: url,
    applicationName: "fragile ears",
    onReconnect: () => {
      reconnects += 1;
    },
  });
  t.after(listener.close);
  const heard: string[] = [];
  await listener.listen("muse_order", (payload) => heard.push(payload));

  await pool.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'fragile ears'");
  await until(() => reconnects === 1);
  await pool.query("select pg_notify('muse_order', 'back')");
  await until(() => heard.length === 1);

  assert.deepEqual(heard, ["back"]);
});

test("a program that starts beside a database too busy to answer waits for it; where nobody is, it says so at once", async () => {
  const { hostname, port } = new URL(url);
  let count = 0;
  const sockets: Socket[] = [];
  const server = createServer((inner) => {
    sockets.push(inner.on("error", () => undefined));
    count += 1;
    // The first is taken and never answered, the second cut off.
    if (count === 1) return;
    if (count === 2) return void inner.destroy();
    const outer = connect(Number(port), hostname).on("error", () => inner.destroy());
    inner.pipe(outer);
    outer.pipe(inner).on("error", () => outer.destroy());
    inner.on("close", () => outer.destroy());
  });
  await new Promise<void>((settle) => server.listen(0, "127.0.0.1", settle));
  const busy = new URL(url);
  busy.port = String((server.address() as AddressInfo).port);
  const options = { applicationName: "patience", onReconnect: () => undefined };
  const patient = await openListener({ ...options, connectionString: busy.href });
  assert.equal(count, 3);
  await patient.close();
  for (const socket of sockets) socket.destroy();
  await new Promise((settle) => server.close(settle));
  await assert.rejects(openListener({ ...options, connectionString: busy.href }), { code: "ECONNREFUSED" });
});
