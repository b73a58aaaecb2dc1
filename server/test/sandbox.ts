/** The outside world for one test file: the sandbox as a process of its own, known only by its URL. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { after } from "node:test";
import { InvariantError, must } from "#kernel/assert.ts";

const program = resolve(import.meta.dirname, "../../sandbox/src/main.ts");

/** A test that is killed has no time to end its sandbox. */
const endWithParent = new URL("../../tools/start/end-with-parent.ts", import.meta.url).href;

export type TestSandbox = {
  readonly url: string;
  /** Sets fault rules, replacing all that were set. */
  readonly faults: (rules: readonly object[]) => Promise<void>;
  /** What really happened, of one kind. */
  readonly records: (
    kind: string,
  ) => Promise<readonly { readonly part: string; readonly key: string; readonly data: Record<string, unknown> }[]>;
};

/** Call once, at the top of a test file. */
export async function openTestSandbox(options: { readonly appUrl?: string } = {}): Promise<TestSandbox> {
  const data = await mkdtemp(join(tmpdir(), "muse-sandbox-"));
  const child = spawn(process.execPath, ["--import", endWithParent, program], {
    env: {
      ...process.env,
      MUSE_START_PID: String(process.pid),
      SANDBOX_PORT: "0",
      MUSE_DATA: data,
      SANDBOX_APP_URL: options.appUrl ?? "http://127.0.0.1:9",
    },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  after(async () => {
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
    await rm(data, { recursive: true, force: true });
  });
  const url = await urlSaidBy(must(child.stdout, "its output is piped"));
  return {
    url,
    faults: async (rules) => {
      await fetch(`${url}/faults`, {
        method: "PUT",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ seed: 1, rules }),
      });
    },
    records: async (kind) => {
      const answer = await fetch(`${url}/records?kind=${kind}&limit=1000`);
      const { records } = (await answer.json()) as { records: Awaited<ReturnType<TestSandbox["records"]>> };
      return records;
    },
  };
}

async function urlSaidBy(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface(output)) {
    const found = /http:\/\/127\.0\.0\.1:\d+/.exec(line);
    if (found !== null) {
      output.resume();
      return found[0];
    }
  }
  throw new InvariantError("the sandbox ended before it listened");
}
