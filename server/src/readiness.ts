import type { Pool } from "#platform/db/pool.ts";
import { databaseAnswers, hasQueue, isMigrated } from "#platform/db/readiness-statements.ts";
import type { Check } from "#platform/metrics/health.ts";

/** What must answer before requests are sent here: the database, its schema, and the job queue in it. */
export function readiness(pool: Pool): Readonly<Record<string, Check>> {
  const said = async (answer: Promise<boolean>): Promise<string | null> => ((await answer) ? null : "missing");
  return {
    database: () => said(databaseAnswers(pool)),
    migrations: () => said(isMigrated(pool)),
    queue: () => said(hasQueue(pool)),
  };
}
