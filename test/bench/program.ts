import { spawn, type ChildProcess } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";

export type ProgramSpec = {
  readonly name: string;
  /** Of node: flags, the file, its arguments. */
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
};

export type Program = { readonly name: string; readonly pid: number; readonly stop: () => Promise<void> };

/** Something the bench needs did not start or ended by itself; what it said is in the message. */
export class ProgramError extends Error {
  override readonly name = "ProgramError";
}

/** Ends the program with the bench, however the bench ends. */
const endWithParent = new URL("../../tools/start/end-with-parent.ts", import.meta.url).href;

const stopMsMax = 20_000;
const readyMsMax = 60_000;
const linesKept = 30;

/** Starts a program that is expected to run until it is stopped. Its end before that fails the bench. */
export function startProgram(spec: ProgramSpec): Program {
  const { child, said, ended } = launch(spec);
  let isStopping = false;
  void ended.then((how) => {
    if (isStopping) return;
    process.stderr.write(`${spec.name} ended by itself (${how}):\n${said()}\n`);
    process.exit(1);
  });
  return {
    name: spec.name,
    pid: child.pid ?? 0,
    stop: async () => {
      isStopping = true;
      child.kill("SIGTERM");
      const overdue = setTimeout(() => child.kill("SIGKILL"), stopMsMax);
      await ended;
      clearTimeout(overdue);
      // Warnings and errors: each is a line of JSON.
      const warnings = said()
        .split("\n")
        .filter((line) => line.startsWith("{"));
      if (warnings.length > 0) process.stdout.write(`${spec.name} said:\n${warnings.join("\n")}\n`);
    },
  };
}

/** @throws ProgramError with what it said, when it fails */
export async function runProgram(spec: ProgramSpec): Promise<void> {
  const { said, ended } = launch(spec);
  const how = await ended;
  if (how !== "exit code 0") throw new ProgramError(`${spec.name} failed (${how}):\n${said()}`);
}

/** @throws ProgramError when nobody answers well within a minute */
export async function waitUntilAnswers(url: string): Promise<void> {
  const deadlineMs = performance.now() + readyMsMax;
  while (performance.now() < deadlineMs) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
      await response.arrayBuffer();
      if (response.ok) return;
    } catch {
      // Not listening yet.
    }
    await delay(50);
  }
  throw new ProgramError(`nobody answered at ${url} within ${readyMsMax / 1000} s`);
}

type Launched = { readonly child: ChildProcess; readonly said: () => string; readonly ended: Promise<string> };

function launch({ command, env }: ProgramSpec): Launched {
  const child = spawn(process.execPath, ["--import", endWithParent, ...command], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: { ...process.env, ...env, MUSE_START_PID: String(process.pid) },
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      lines.push(...chunk.split("\n").filter((line) => line.trim() !== ""));
      lines.splice(0, lines.length - linesKept);
    });
  }
  const ended = new Promise<string>((settle) => {
    child.once("error", (error) => settle(error.message));
    child.once("close", (code, signal) => settle(signal === null ? `exit code ${code}` : `signal ${signal}`));
  });
  return { child, ended, said: () => lines.join("\n") };
}
