import { EventEmitter } from "node:events";
import { Logger, run, type TaskList, type WorkerEvents } from "graphile-worker";
import pg from "pg";
import { keepAliveAfterMs, silenceMsMax } from "#platform/db/pool.ts";
import type { Log } from "#platform/log/log.ts";
import type { Job } from "./job.ts";
import { heartbeatText, workerLockText } from "./job-statements.ts";

export type JobRunnerOptions = {
  readonly connectionString: string;
  readonly jobs: readonly Job[];
  /** Jobs at once in this process. They mostly wait for others, so more than there are cores. */
  readonly concurrency: number;
  readonly log: Log;
  /** The connection that proves us alive is gone: others may take our jobs, so this process must stop its own. */
  readonly onLost: () => void;
};

export type JobRunner = {
  /** Finishes what runs, or gives it back after `graceMs`. */
  readonly stop: () => Promise<void>;
};

/** Running jobs get this long to finish when we stop; then they are given back to the queue. */
const graceMs = 10_000;

/**
 * How often the connection that proves us alive is spoken on. One that was lost without a word would prove nothing to
 * the server, which may have given our jobs to others, while we went on with them.
 */
const heartbeatMs = 5_000;

/**
 * Works the job queue (graphile-worker) with one canonical log line per job. Jobs of a process that was killed come
 * back within seconds: see `deadWorkersFree`.
 */
export async function startJobRunner(options: JobRunnerOptions): Promise<JobRunner> {
  const connection = {
    connectionString: options.connectionString,
    query_timeout: silenceMsMax,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveAfterMs,
  };
  const alive = new pg.Client({ ...connection, application_name: "muse worker alive" });
  await alive.connect();
  let isStopping = false;
  const lost = (): void => {
    if (!isStopping) options.onLost();
  };
  alive.on("error", lost);
  alive.on("end", lost);

  // One after the other: a connection takes one statement at a time.
  let speaking: Promise<unknown> = Promise.resolve();
  const say = (text: string, values: string[] = []): void => {
    speaking = speaking.then(() => alive.query(text, values)).catch(lost);
  };
  const heartbeat = setInterval(() => say(heartbeatText), heartbeatMs);
  heartbeat.unref();
  const events: WorkerEvents = new EventEmitter();
  events.on("worker:create", ({ worker }) => say(workerLockText, [worker.workerId]));
  // Its own small pool: one connection to listen, the rest to take and complete jobs.
  const queue = openQueuePool({ ...connection, max: Math.min(10, options.concurrency + 2) });
  const runner = await run({
    pgPool: queue,
    concurrency: options.concurrency,
    noHandleSignals: true,
    pollInterval: 2_000,
    gracefulShutdownAbortTimeout: graceMs,
    // A job that throws is told in its own line; what is left is the machinery's.
    logger: new Logger(({ jobId }) => (level, _message, meta) => {
      if (level === "error" && jobId === undefined) options.log.error("jobs.machinery", {}, meta?.["error"]);
    }),
    events,
    taskList: tasksOf(options.jobs, options.log),
  });
  return {
    stop: async () => {
      isStopping = true;
      clearInterval(heartbeat);
      await runner.stop();
      await queue.end();
      await alive.end();
    },
  };
}

/** The queue's own pool. What breaks in it is told by whoever was using it, and replaced by itself. */
function openQueuePool(options: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({ ...options, application_name: "muse worker queue" });
  const ignore = (): void => undefined;
  pool.on("error", ignore);
  pool.on("connect", (client) => client.on("error", ignore));
  return pool;
}

function tasksOf(jobs: readonly Job[], log: Log): TaskList {
  return Object.fromEntries(
    jobs.map((job): [string, TaskList[string]] => [
      job.name,
      async (payload, helpers) => {
        const startedMs = performance.now();
        const fields = {
          job: job.name,
          jobId: helpers.job.id,
          attempt: helpers.job.attempts,
          attemptMax: helpers.job.max_attempts,
        };
        const ms = (): number => Math.round((performance.now() - startedMs) * 100) / 100;
        try {
          await job.run(payload, helpers.abortSignal ?? new AbortController().signal);
          log.info("job", { ...fields, outcome: "done", ms: ms() });
        } catch (error) {
          log.warn("job", { ...fields, outcome: "again", ms: ms() }, error);
          throw error;
        }
      },
    ]),
  );
}
