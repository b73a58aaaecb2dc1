import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const root = resolve(import.meta.dirname, "../..");

/** The API is up within a second; a busy machine takes longer. */
const readyMsMax = 60_000;

/** The OpenAPI document as the API itself answers it: the program is started, asked, and ended. */
export async function openapiJson(databaseUrl: string): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), "muse-document-"));
  const port = await freePort();
  const child = spawn(process.execPath, ["server/src/main.ts", "api"], {
    cwd: root,
    stdio: ["ignore", "ignore", "pipe"],
    env: {
      PATH: process.env["PATH"],
      DATABASE_URL: databaseUrl,
      MUSE_DATA: dataDir,
      API_PORT: String(port),
      LOG_LEVEL: "silent",
    },
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (said += chunk));
  const ended = new Promise<void>((settle) => child.once("exit", () => settle()));
  try {
    return await answerOf(`http://127.0.0.1:${port}/api/openapi.json`, () => child.exitCode === null);
  } catch (cause) {
    throw new Error(`the API did not tell its document: ${said}`, { cause });
  } finally {
    child.kill("SIGTERM");
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function answerOf(url: string, isAlive: () => boolean): Promise<string> {
  const deadlineMs = performance.now() + readyMsMax;
  while (performance.now() < deadlineMs && isAlive()) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok === true) return await response.text();
    await delay(50);
  }
  throw new Error(`no answer from ${url}`);
}

async function freePort(): Promise<number> {
  return await new Promise((settle, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => settle(port));
    });
  });
}
