import { one, type Db } from "#platform/db/query.ts";

const workersFreeText = `
  with dead as (
    select coalesce(array_agg(holder.locked_by), '{}') as worker_ids
    from (select distinct j.locked_by from graphile_worker.jobs j where j.locked_at < now() - interval '2 seconds') holder
    where pg_try_advisory_xact_lock(hashtextextended('muse.job_worker:' || holder.locked_by, 0))
  )
  select cardinality(d.worker_ids), graphile_worker.force_unlock_workers(d.worker_ids) from dead d`;

/**
 * Gives back the jobs of workers that are gone: each living worker holds an advisory lock on its id for as long as its
 * connection lives, so whoever can take that lock knows that its holder is dead. @returns how many were
 */
export async function deadWorkersFree(db: Db): Promise<number> {
  return await one(db, "platform.deadWorkersFree", workersFreeText, [], (row) => Number(row[0]));
}

/** Taken by a worker on a connection of its own, held until it ends. */
export const workerLockText = "select pg_advisory_lock(hashtextextended('muse.job_worker:' || $1, 0))";

/** Nothing but a sign of life, so that a connection that was lost without a word is noticed. */
export const heartbeatText = "select 1";
