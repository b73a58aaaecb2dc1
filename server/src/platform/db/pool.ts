import pg from "pg";

export type Pool = pg.Pool;

export type PoolOptions = {
  readonly connectionString: string;
  /** How many connections at most. All programs together must stay below the server's `max_connections`. */
  readonly connectionMax: number;
  /** Shown in `pg_stat_activity`, so that an operator sees who holds a lock. */
  readonly applicationName: string;
  /** For a command that nobody waits for and that runs beside nothing it could hold up; else five seconds. */
  readonly statementMsMax?: number;
  /** Told when an idle connection breaks. The pool replaces it by itself; a query under way gets its own error. */
  readonly onIdleError?: (error: Error) => void;
};

/**
 * How long a request may wait for a connection before it is answered "come back later" (503). A shopper is better
 * served by that than by a spinner, and a queue that grows without bound never recovers.
 */
const connectionTimeoutMs = 1500;

/**
 * How long a statement may stay without an answer before its connection counts as lost. The server ends each of ours
 * after five seconds and says so: whoever has heard nothing by then never will (a firewall or a failed-over address
 * forgets connections without a word), and would hold a place in the pool for ever.
 */
export const silenceMsMax = 8_000;

/** Idle for so long, the kernel begins to ask whether the other end is still there. */
export const keepAliveAfterMs = 10_000;

/**
 * Limits that the server keeps for every connection, whatever the program does:
 * - statement_timeout: no statement of ours needs a second; five leave room for a cold cache, and a runaway plan ends
 *   before it holds up everything else.
 * - lock_timeout: whoever waits longer than two seconds for a row is behind a stuck holder; failing lets the caller
 *   retry, and keeps one such row from draining the pool.
 * - idle_in_transaction_session_timeout: a transaction of ours never waits for anything but the database; ten idle
 *   seconds mean that its program hangs, and its locks must not live on.
 */
const serverLimits = (statementMs: number): string =>
  `-c statement_timeout=${statementMs} -c lock_timeout=2s -c idle_in_transaction_session_timeout=10s`;

const statementMsDefault = 5_000;

export function openPool(options: PoolOptions): Pool {
  const { statementMsMax = statementMsDefault } = options;
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    max: options.connectionMax,
    application_name: options.applicationName,
    connectionTimeoutMillis: connectionTimeoutMs,
    options: serverLimits(statementMsMax),
    query_timeout: statementMsMax + (silenceMsMax - statementMsDefault),
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveAfterMs,
    types: { getTypeParser: typeParser },
  });
  // Without a listener Node ends the process when an idle connection breaks.
  pool.on("error", (error) => options.onIdleError?.(error));
  // One that is lent out too: its borrower hears of it by the query that fails, and libraries (Kysely, under
  // better-auth) listen to nothing else.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

/** Whether an error means that a connection has been silent for longer than any statement lasts. */
export function isSilence(error: unknown): boolean {
  // pg throws it without any code (pg/lib/client.js).
  return error instanceof Error && error.message === "Query read timeout";
}

const int8Array = 1016;
const dateArray = 1182;

/**
 * On our pools only, while pg's global defaults stay as other libraries expect them: int8 is a bigint, since a number
 * would round it; a date is its text, since pg would make it midnight of this machine's time zone.
 */
function typeParser(oid: number, format?: "text" | "binary"): (raw: string) => unknown {
  if (format === "binary") return pg.types.getTypeParser(oid, "binary") as (raw: string) => unknown;
  if (oid === pg.types.builtins.INT8) return BigInt;
  if (oid === pg.types.builtins.DATE) return (raw) => raw;
  if (oid === dateArray) return textParser(1009);
  if (oid === int8Array) return bigintArray;
  return textParser(oid);
}

function bigintArray(raw: string): unknown {
  return (textParser(1009)(raw) as (string | null)[]).map((item) => (item === null ? null : BigInt(item)));
}

function textParser(oid: number): (raw: string) => unknown {
  return pg.types.getTypeParser(oid, "text") as (raw: string) => unknown;
}
