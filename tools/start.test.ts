import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test, type TestContext } from "node:test";
import { isAlive } from "./embedded-postgres/process-identity.ts";
import { serverPid } from "./embedded-postgres/owner.ts";
import { readStartConfig, StartError, type StartConfig } from "./start/config.ts";
import { startAll, type Programs, type Running } from "./start/start-all.ts";

const root = mkdtempSync(join(tmpdir(), "muse-start-"));
after(() => rmSync(root, { recursive: true, force: true }));

/** Stand-ins for the programs: each answers on its port, leaves its process's number in a file, and says goodbye. */
function program(name: string, port: string): string {
  const file = join(root, `${name}.mjs`);
  writeFileSync(
    file,
    `import { createServer } from "node:http";
     import { writeFileSync } from "node:fs";
     writeFileSync(${JSON.stringify(join(root, `${name}.pid`))}, String(process.pid));
     const server = createServer((_, reply) => reply.end("ok")).listen(Number(process.env[${JSON.stringify(port)}] ?? 0), "127.0.0.1");
     process.on("SIGTERM", () => { console.log("bye"); server.close(); server.closeAllConnections(); });
     console.log(JSON.stringify({ level: 30, msg: "up", hasDatabase: process.env.DATABASE_URL.endsWith("/muse") }));`,
  );
  return file;
}

const seed = join(root, "seed.mjs");
writeFileSync(seed, 'console.log("seeded");');
const programs: Programs = {
  sandbox: [program("sandbox", "SANDBOX_PORT")],
  seed: [seed],
  api: [program("api", "API_PORT")],
  worker: [program("worker", "NO_PORT")],
  web: { command: [program("web", "PORT")], build: async () => ({ WEB_BUILD: "built" }) },
};

const pidOf = (name: string): number => Number(readFileSync(join(root, `${name}.pid`), "utf8"));

async function configIn(dataDir: string): Promise<StartConfig> {
  return await readStartConfig({ MUSE_DATA: join(root, dataDir), PORT: "0", API_PORT: "0", SANDBOX_PORT: "0" });
}

async function until(isSo: () => boolean): Promise<void> {
  const deadlineMs = performance.now() + 15_000;
  while (!isSo()) {
    assert.ok(performance.now() < deadlineMs, "it happened within fifteen seconds");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function start(t: TestContext, config: StartConfig): Promise<{ running: Running; said: string[] }> {
  const said: string[] = [];
  const signal = new AbortController().signal;
  const running = await startAll(config, programs, { say: (line) => said.push(line), signal });
  t.after(running.stop);
  return { running, said };
}

test("everything is up when it says so, and ends in order without a trace", async (t) => {
  const config = await configIn("whole");
  const { running, said } = await start(t, config);
  assert.equal((await fetch(`${running.apiUrl}/readyz`)).status, 200);
  assert.ok(said.includes("seed     │ seeded"));
  assert.ok(said.includes("api      │ info  up hasDatabase=true"));
  assert.equal((await fetch(`${running.webUrl}/icon.svg`)).status, 200);

  const pids = ["web", "api", "worker", "sandbox"].map(pidOf);
  const database = serverPid(join(config.dataDir, "postgres"));
  await running.stop();

  assert.deepEqual(
    said.filter((line) => line.endsWith("bye")),
    ["web      │ bye", "api      │ bye", "worker   │ bye", "sandbox  │ bye"],
  );
  for (const pid of [...pids, database ?? 0]) assert.ok(!isAlive(pid), `process ${pid} has ended`);
});

test("a second start is told that one is running, and does it no harm", async (t) => {
  const config = await configIn("twice");
  const { running } = await start(t, config);
  await assert.rejects(start(t, config), /already running here as process \d+/);
  assert.equal((await fetch(`${running.apiUrl}/readyz`)).status, 200);
});

test("a program that crashes, the database among them, is started again, and it is said", async (t) => {
  const config = await configIn("crash");
  const { running, said } = await start(t, config);
  const api = pidOf("api");
  process.kill(api, "SIGKILL");
  await until(() => pidOf("api") !== api);
  assert.ok(said.some((line) => line.startsWith("api      │ ended (signal SIGKILL); starting it again in ")));

  const dataDir = join(config.dataDir, "postgres");
  const database = serverPid(dataDir) ?? 0;
  process.kill(database, "SIGKILL");
  await until(() => ![undefined, database].includes(serverPid(dataDir)));
  assert.ok(said.includes("postgres │ ended by itself; starting it again"));
  await running.stop();
});

test("a start that is killed takes everything with it, and the next one begins as usual", async (t) => {
  const config = await configIn("killed");
  const script = `
    const { startAll } = await import(${JSON.stringify(join(import.meta.dirname, "start/start-all.ts"))});
    const voice = { say: () => undefined, signal: new AbortController().signal };
    const programs = ${JSON.stringify(programs)};
    programs.web.build = async () => ({});
    await startAll(${JSON.stringify(config)}, programs, voice);
    process.stdout.write("ready");`;
  const parent = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise((resolve) => parent.stdout.once("data", resolve));
  const pids = [...["web", "api", "worker", "sandbox"].map(pidOf), serverPid(join(config.dataDir, "postgres")) ?? 0];
  parent.kill("SIGKILL");
  await until(() => pids.every((pid) => !isAlive(pid)));

  const { running } = await start(t, config);
  assert.equal((await fetch(`${running.apiUrl}/readyz`)).status, 200);
});

test("what fails half way is said, and nothing stays behind", async (t) => {
  const config = await configIn("half");
  const broken = join(root, "broken.mjs");
  writeFileSync(broken, 'console.error("no goods today"); process.exitCode = 3;');
  const said: string[] = [];
  const voice = { say: (line: string) => said.push(line), signal: new AbortController().signal };
  await assert.rejects(startAll(config, { ...programs, seed: [broken] }, voice), /could not be loaded \(exit code 3\)/);
  assert.ok(said.includes("seed     │ no goods today"));
  assert.equal(serverPid(join(config.dataDir, "postgres")), undefined);
  assert.ok(!isAlive(pidOf("sandbox")));
  const { running } = await start(t, config);
  await running.stop();
});

test("settings that cannot be are named", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const busy = typeof address === "object" && address !== null ? String(address.port) : "";
  const refused: readonly [Record<string, string>, RegExp][] = [
    [{ PORT: busy }, /set PORT to another one/],
    [{ PORT: "0", API_PORT: busy }, /port \d+ is in use by another program: set API_PORT to another one/],
    [{ PORT: "0", API_PORT: "0", SANDBOX_PORT: busy }, /set SANDBOX_PORT/],
    [{ PORT: "0", API_PORT: "4o00" }, /API_PORT is "4o00", which is no port number/],
    [{ PORT: "0", API_PORT: "70000" }, /API_PORT is "70000"/],
    [{ PORT: "0", API_PORT: "0", SANDBOX_PORT: "0", DATABASE_URL: "mysql://x" }, /DATABASE_URL does not begin with/],
  ];
  for (const [env, message] of refused) {
    await assert.rejects(readStartConfig(env), (error) => error instanceof StartError && message.test(error.message));
  }
  server.close();
});

test("with a provider's key nothing of the sandbox is started", async () => {
  const config = await readStartConfig({ PORT: "0", API_PORT: "0", STRIPE_SECRET_KEY: "sk_live_x" });
  assert.equal(config.sandboxPort, undefined);
});
