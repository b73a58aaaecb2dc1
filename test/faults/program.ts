import { spawn, type ChildProcess } from "node:child_process";

export type ProgramSpec = {
  readonly name: string;
  /** Of node: the file and its arguments. */
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Hears every line it says, too. */
  readonly onWord?: (line: string) => void;
  /** Loaded before the program. */
  readonly imports?: readonly string[];
  /** How long a supervisor waits before it starts one again that ended by itself; at once unless told. */
  readonly restartAfterMs?: number;
};

/** One program that is killed and started again as often as wanted. */
export type Program = {
  readonly pid: () => number;
  /** SIGKILL, and a new one in its place as soon as it is gone. */
  readonly kill: () => void;
  /** SIGTERM: it ends in order, and is started again. */
  readonly terminate: () => void;
  /** Over the channel that a program's imports may listen to. */
  readonly tell: (message: { readonly [key: string]: string | number }) => void;
  readonly killCount: () => number;
  readonly stop: () => Promise<void>;
  /** Its last words: warnings and errors. */
  readonly said: () => readonly string[];
};

/** Ends the program with the sweep, however the sweep ends. */
const endWithParent = new URL("../../tools/start/end-with-parent.ts", import.meta.url).href;
const root = new URL("../..", import.meta.url);
const wordsKept = 40;
const stopMsMax = 5_000;

export function startProgram(spec: ProgramSpec): Program {
  const words: string[] = [];
  let kills = 0;
  let isOver = false;
  let isTold = false;
  let restart: NodeJS.Timeout | undefined;
  let child = launch();

  function launch(): ChildProcess {
    const fresh = spawnProgram(spec, words);
    fresh.once("exit", (code, signal) => {
      if (isOver) return;
      // One that ends by itself comes back too, as any supervisor would have it; the sweep tells of it.
      const isByItself = signal !== "SIGKILL" && !isTold;
      isTold = false;
      if (isByItself) words.push(`${spec.name} ended by itself (${signal ?? `exit code ${code}`})`);
      if (isByItself) spec.onWord?.(words.at(-1) ?? "");
      restart = setTimeout(
        () => {
          child = launch();
        },
        isByItself ? (spec.restartAfterMs ?? 0) : 0,
      );
    });
    return fresh;
  }

  return {
    pid: () => child.pid ?? 0,
    kill: () => {
      kills += 1;
      child.kill("SIGKILL");
    },
    terminate: () => {
      isTold = child.kill("SIGTERM");
    },
    tell: (message) => {
      if (child.connected) child.send(message, () => undefined);
    },
    killCount: () => kills,
    said: () => words,
    stop: async () => {
      isOver = true;
      clearTimeout(restart);
      const ended = new Promise<void>((settle) => child.once("exit", () => settle()));
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      const overdue = setTimeout(() => child.kill("SIGKILL"), stopMsMax);
      await ended;
      clearTimeout(overdue);
    },
  };
}

/** Runs a program to its end. @throws Error with what it said when it fails */
export async function runProgram(spec: ProgramSpec): Promise<void> {
  const words: string[] = [];
  const child = spawnProgram(spec, words);
  const code = await new Promise<number | null>((settle) => child.once("exit", settle));
  if (code !== 0) throw new Error(`${spec.name} failed (exit code ${code}):\n${words.join("\n")}`);
}

function spawnProgram({ name, command, env, imports = [], onWord }: ProgramSpec, words: string[]): ChildProcess {
  const loaded = [endWithParent, ...imports].flatMap((file) => ["--import", file]);
  const child = spawn(process.execPath, [...loaded, ...command], {
    cwd: root,
    // Ctrl-C reaches the sweep alone, which ends its programs.
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: { PATH: process.env["PATH"] ?? "", ...env, MUSE_START_PID: String(process.pid) },
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      for (const line of chunk.split("\n")) {
        if (line.trim() === "") continue;
        words.push(`${name}: ${line}`);
        onWord?.(`${name}: ${line}`);
      }
      words.splice(0, words.length - wordsKept);
    });
  }
  return child;
}
