import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import pg from "pg";
import { serverPid } from "./embedded-postgres/owner.ts";
import { isAlive } from "./embedded-postgres/process-identity.ts";
import { startEmbeddedPostgres } from "./embedded-postgres.ts";

const dataDir = mkdtempSync(join(tmpdir(), "muse-postgres-test-"));
after(() => rmSync(dataDir, { recursive: true, force: true }));

async function query(url: string, text: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text, rowMode: "array" })).rows[0]?.[0];
  } finally {
    await client.end();
  }
}

async function until(isSo: () => boolean): Promise<void> {
  const deadlineMs = performance.now() + 10_000;
  while (!isSo()) {
    assert.ok(performance.now() < deadlineMs, "it happened within ten seconds");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test("data outlives a stop, the server is durable and listens on this machine alone", async () => {
  const one = await startEmbeddedPostgres({ dataDir });
  await query(one.url(), "create table kept as select 42 as n");
  assert.equal(await query(one.url(), "show fsync"), "on");
  assert.equal(await query(one.url(), "show listen_addresses"), "127.0.0.1");
  assert.equal(await query(one.url(), "show server_encoding"), "UTF8");
  const pid = serverPid(dataDir);
  await one.stop();
  assert.ok(pid !== undefined && !isAlive(pid));

  const two = await startEmbeddedPostgres({ dataDir });
  assert.equal(await query(two.url(), "select n from kept"), 42);
  await two.stop();
});

test("nobody gets in without the password", async () => {
  const server = await startEmbeddedPostgres({ dataDir });
  const wrong = new URL(server.url());
  wrong.password = "guess";
  await assert.rejects(query(wrong.href, "select 1"), /password authentication failed/);
  await server.stop();
});

test("a second start of the same directory is told who is using it", async () => {
  const first = await startEmbeddedPostgres({ dataDir });
  await assert.rejects(startEmbeddedPostgres({ dataDir }), new RegExp(`in use by process ${process.pid}`));
  assert.equal(await query(first.url(), "select 1"), 1);
  await first.stop();
});

test("a parent killed with no time to say goodbye takes its server with it, and the next start finds the data", async () => {
  const script = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(join(import.meta.dirname, "embedded-postgres.ts"))});
    await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)} });
    process.stdout.write("ready");
    setInterval(() => undefined, 1000);`;
  const parent = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise((resolve) => parent.stdout.once("data", resolve));
  const pid = serverPid(dataDir);
  assert.ok(pid !== undefined);
  parent.kill("SIGKILL");
  await until(() => !isAlive(pid));

  const next = await startEmbeddedPostgres({ dataDir });
  assert.equal(await query(next.url(), "select n from kept"), 42);
  await next.stop();
});

test("a server killed outright leaves a stale pid file, from which the next start recovers", async () => {
  const first = await startEmbeddedPostgres({ dataDir });
  await query(first.url(), "insert into kept values (43)");
  const pid = serverPid(dataDir);
  assert.ok(pid !== undefined);
  process.kill(pid, "SIGKILL");
  await first.ended;
  const pidFile = join(dataDir, "cluster/postmaster.pid");
  assert.ok(existsSync(pidFile));
  // The number may belong to somebody else by now: here, to this test.
  writeFileSync(pidFile, readFileSync(pidFile, "utf8").replace(/^\d+/, String(process.pid)));
  await first.stop();

  const next = await startEmbeddedPostgres({ dataDir });
  assert.equal(await query(next.url(), "select count(*)::int from kept"), 2);
  await next.stop();
});

test("a throw-away cluster leaves nothing behind", async () => {
  const server = await startEmbeddedPostgres({ durable: false });
  const where = String(await query(server.url(), "show data_directory"));
  await server.stop();
  assert.ok(!existsSync(where));
});
