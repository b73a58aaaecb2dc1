import type { Pool } from "./pool.ts";

/** Whether the database answers a question that only a ready one can. */
type Question = (pool: Pool) => Promise<boolean>;

const asks =
  (text: string): Question =>
  async (pool) =>
    (await pool.query(text)).rowCount === 1;

export const databaseAnswers = asks("select 1");

/** The schema is there: `npm start` and deployments migrate before they start a program. */
export const isMigrated = asks("select 1 from migrate.migration order by id desc limit 1");

/** The job queue's own schema is there. */
export const hasQueue = asks("select 1 from graphile_worker.migrations order by id desc limit 1");
