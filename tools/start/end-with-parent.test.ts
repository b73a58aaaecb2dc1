import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { isAlive } from "../embedded-postgres/process-identity.ts";

const root = mkdtempSync(join(tmpdir(), "muse-end-"));
after(() => rmSync(root, { recursive: true, force: true }));

const at = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href);

/** Starts the program as `npm start` would and says its process's number; then stays until it is killed. */
function starter(program: string): string {
  const file = join(root, "starter.mjs");
  writeFileSync(
    file,
    `import { spawn } from "node:child_process";
     const child = spawn(process.execPath, ["--import", ${at("end-with-parent.ts")}, ${JSON.stringify(program)}], {
       detached: true, stdio: ["ignore", "pipe", "pipe", "ipc"], env: { ...process.env, MUSE_START_PID: String(process.pid) },
     });
     child.stdout.once("data", () => console.log("up"));
     console.log(child.pid);`,
  );
  return file;
}

async function goneWithin(pid: number, ms: number): Promise<boolean> {
  for (const untilMs = performance.now() + ms; performance.now() < untilMs; await delay(50))
    if (!isAlive(pid)) return true;
  return false;
}

async function killedStarter(program: string, isUp: boolean): Promise<number> {
  const parent = spawn(process.execPath, [starter(program)], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  for await (const chunk of parent.stdout) {
    said += String(chunk);
    if (said.includes(isUp ? "up" : "\n")) break;
  }
  const ended = once(parent, "exit");
  parent.kill("SIGKILL");
  await ended;
  return Number(said.split("\n")[0]);
}

test("a program ends with the start that was killed, though its log has last words", async () => {
  const program = join(root, "speaker.mjs");
  writeFileSync(
    program,
    `const { openLog } = await import(${at("../../server/src/platform/log/log.ts")});
     const log = openLog({ level: "info", program: "speaker" });
     process.on("SIGTERM", () => { for (let i = 0; i < 9; i += 1) log.info("stopping"); process.exit(0); });
     setInterval(() => undefined, 1_000);
     log.info("started");`,
  );
  const pid = await killedStarter(program, true);
  assert.ok(await goneWithin(pid, 10_000), "it is gone");
});

test("a start that is gone before its program has begun leaves none behind", async () => {
  const program = join(root, "sleeper.mjs");
  writeFileSync(program, "setInterval(() => undefined, 1_000);");
  const pid = await killedStarter(program, false);
  assert.ok(await goneWithin(pid, 10_000), "it is gone");
});
