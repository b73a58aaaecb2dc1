import { spawn, type ChildProcess } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { backoffMs } from "../../server/src/kernel/backoff.ts";
import { readableLine } from "./log-line.ts";

export type ProgramSpec = {
  readonly name: string;
  /** Of node: the file and its arguments. */
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Where it runs; left out: where the start runs. */
  readonly cwd?: string;
  /** How long it may take to finish what it is doing when it is told to end. */
  readonly stopMsMax: number;
};

export type Program = {
  /** Tells it to end, and ends it when it does not. */
  readonly stop: () => Promise<void>;
  /** Ends it without asking. */
  readonly kill: () => void;
  /** Settles, with the reason, when it crashed so often in a row that trying again is pointless. */
  readonly hopeless: Promise<string>;
};

export type Say = (line: string) => void;

const restart = { baseMs: 500, maxMs: 10_000 };

/** A program that ran this long had started well, so its next crash is a first one again. */
const healthyMs = 30_000;

/** As many crashes in a row mean that it cannot start at all. */
const crashesMax = 6;

const endWithParent = new URL("end-with-parent.ts", import.meta.url).href;

/** Starts a program and keeps it running: a crash is said, and it comes back after a while. */
export function keepRunning(spec: ProgramSpec, say: Say): Program {
  let child: ChildProcess | undefined;
  let ended: Promise<void> = Promise.resolve();
  const stopping = new AbortController();
  let giveUp: (reason: string) => void = () => undefined;
  const hopeless = new Promise<string>((settle) => {
    giveUp = settle;
  });

  async function run(): Promise<void> {
    for (let crashes = 1; !stopping.signal.aborted; crashes += 1) {
      const startedMs = performance.now();
      child = spawnProgram(spec, say);
      const how = await endOf(child);
      if (stopping.signal.aborted) return;
      if (performance.now() - startedMs > healthyMs) crashes = 1;
      if (crashes >= crashesMax) return giveUp(`${spec.name} ended ${crashes} times in a row (${how})`);
      const waitMs = restart.baseMs / 2 + backoffMs(crashes, restart);
      say(readableLine(spec.name, `ended (${how}); starting it again in ${(waitMs / 1000).toFixed(1)} s`));
      await delay(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  ended = run();
  return {
    hopeless,
    kill: () => {
      stopping.abort();
      child?.kill("SIGKILL");
    },
    stop: async () => {
      stopping.abort();
      child?.kill("SIGTERM");
      const overdue = setTimeout(() => {
        say(readableLine(spec.name, `did not end within ${spec.stopMsMax / 1000} s; it is killed`));
        child?.kill("SIGKILL");
      }, spec.stopMsMax);
      await ended;
      clearTimeout(overdue);
    },
  };
}

/** Runs a program to its end. Answers how it ended, `undefined` when all was well. */
export async function runOnce(spec: Omit<ProgramSpec, "stopMsMax">, say: Say): Promise<string | undefined> {
  const how = await endOf(spawnProgram({ ...spec, stopMsMax: 0 }, say));
  return how === "exit code 0" ? undefined : how;
}

function spawnProgram({ name, command, env, cwd }: ProgramSpec, say: Say): ChildProcess {
  const child = spawn(process.execPath, ["--import", endWithParent, ...command], {
    detached: true,
    cwd,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: { ...process.env, ...env, MUSE_START_PID: String(process.pid) },
  });
  for (const stream of [child.stdout, child.stderr]) {
    let rest = "";
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) if (line.trim() !== "") say(readableLine(name, line));
    });
  }
  return child;
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((settle) => {
    child.once("error", (error) => settle(error.message));
    child.once("exit", (code, signal) => settle(signal === null ? `exit code ${code}` : `signal ${signal}`));
  });
}
