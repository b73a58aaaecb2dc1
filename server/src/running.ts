import { ConfigError, type Config } from "#platform/config/config.ts";
import type { Log } from "#platform/log/log.ts";
import { openPool, type Pool, type PoolOptions } from "#platform/db/pool.ts";

/** What every part of the program begins with. */
export type Start = {
  readonly config: Config;
  readonly log: Log;
  /** What was said after the part's name. */
  readonly args: readonly string[];
};

/** A part that runs until it is stopped. */
export type Running = { readonly stop: () => Promise<void> };

/** @throws ConfigError where no database is named: `npm start` brings its own, a part alone is told of one */
export function databaseUrlOf(config: Config): string {
  if (config.databaseUrl === null) {
    throw new ConfigError("DATABASE_URL is not set. `npm start` runs everything with a database of its own.");
  }
  return config.databaseUrl;
}

/** What one pool wants beside the configuration. */
type PoolFor = Pick<Start, "config" | "log"> & Pick<PoolOptions, "statementMsMax">;

export function openPoolFor({ config, log, statementMsMax }: PoolFor, program: string): Pool {
  return openPool({
    connectionString: databaseUrlOf(config),
    connectionMax: config.databaseConnectionMax,
    applicationName: `muse ${program}`,
    ...(statementMsMax === undefined ? {} : { statementMsMax }),
    onIdleError: (error) => log.warn("database.idle_connection", {}, error),
  });
}
