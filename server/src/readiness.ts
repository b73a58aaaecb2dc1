import type { Pool } from "#platform/db/pool.ts";
import type { Check } from "#platform/metrics/health.ts";

/** What must answer before requests are sent here: the database, its schema, and the job queue in it. */
export function readiness(pool: Pool): Readonly<Record<string, Check>> {
  const answers =
    (text: string): Check =>
    async () =>
      (await pool.query(text)).rowCount === 1 ? null : "missing";
  return {
    database: answers("select 1"),
    migrations: answers("select 1 from migrate.migration order by id desc limit 1"),
    queue: answers("select 1 from graphile_worker.migrations order by id desc limit 1"),
  };
}
