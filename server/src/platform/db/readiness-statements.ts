import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import type { Pool } from "./pool.ts";

/** Whether the database answers a question that only a ready one can. */
type Question = (pool: Pool) => Promise<boolean>;

const asks =
  (text: string): Question =>
  async (pool) =>
    (await pool.query(text)).rowCount === 1;

export const databaseAnswers = asks("select 1");

/** The newest migration that this code came with, by its file's name. */
const newest = readdirSync(resolve(import.meta.dirname, "../../../db/migrations"))
  .filter((name) => name.endsWith(".sql"))
  .toSorted()
  .at(-1)
  ?.replace(/\.sql$/, "");

/** The schema is up to this code: `npm start` and deployments migrate before they start a program. */
export const isMigrated: Question = async (pool) =>
  (await pool.query("select 1 from migrate.migration where name = $1", [newest])).rowCount === 1;

/** The job queue's own schema is there. */
export const hasQueue = asks("select 1 from graphile_worker.migrations order by id desc limit 1");
