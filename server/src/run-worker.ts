import { hostname } from "node:os";
import { connectors } from "@muse/connectors/registry";
import { createHttp, nodeHttp } from "@muse/connectors/http";
import { isPublicAddress } from "@muse/connectors/public-address";
import Fastify from "fastify";
import { systemClock } from "#kernel/clock.ts";
import { openBell } from "#platform/db/bell.ts";
import { openListener } from "#platform/db/listen.ts";
import { deadWorkersFree } from "#platform/jobs/job-statements.ts";
import { startJobRunner } from "#platform/jobs/runner.ts";
import { startSweeps } from "#platform/jobs/sweep.ts";
import { serveHealth } from "#platform/metrics/health.ts";
import { openRegistry } from "#platform/metrics/registry.ts";
import { sweepMetrics } from "#platform/metrics/sweep-metrics.ts";
import { outboundHttp, outboundMetrics } from "#platform/outbound/http.ts";
import { mailMetrics } from "#rooms/notify";
import { openMasterKey, storeMetrics } from "#rooms/store";
import { buildWorker } from "./worker.ts";
import { readiness } from "./readiness.ts";
import { databaseUrlOf, openPoolFor, type Running, type Start } from "./running.ts";

/** As the connectors have it. */
const connectTimeoutMs = 3_000;

/** Jobs at once. They wait for providers most of the time. */
const jobsMax = 8;

/** Jobs, sweeps and placements. As many as wanted: they share the queue and the tables. */
export async function runWorker({ config, log }: Start): Promise<Running> {
  const masterKey = openMasterKey(config);
  const pool = openPoolFor({ config, log }, "worker");
  const registry = openRegistry("worker");
  const listener = await openListener({
    connectionString: databaseUrlOf(config),
    applicationName: "muse worker listen",
    onError: (error) => log.warn("database.listen", {}, error),
    // The placer looks every second by itself.
    onReconnect: () => undefined,
  });
  const stopping = new AbortController();
  const worker = buildWorker({
    config,
    pool,
    log,
    bell: openBell(pool, log),
    listener,
    connectors,
    // With nothing simulated, no store lives on this machine or behind it, whatever somebody typed in as its address.
    http: outboundHttp(
      config.providers.sandboxUrl === null
        ? createHttp({ connectTimeoutMs, isAddressAllowed: isPublicAddress })
        : nodeHttp,
      "store",
      outboundMetrics(registry),
    ),
    masterKey,
    clock: systemClock,
    workerId: `${hostname()}:${process.pid}`,
    mailMetrics: mailMetrics(registry, pool),
  });
  storeMetrics(registry, pool);
  const runner = await startJobRunner({
    connectionString: databaseUrlOf(config),
    jobs: worker.jobs,
    concurrency: jobsMax,
    log,
    onLost: () => {
      log.error("worker.lost_its_proof_of_life");
      process.exit(1);
    },
  });
  const dutySweeps = [
    ...worker.sweeps,
    { name: "jobs.dead_workers", everyMs: 1_000, run: async () => await deadWorkersFree(pool) },
  ];
  const { onRun } = sweepMetrics(
    registry,
    dutySweeps.map(({ name }) => name),
  );
  const sweeps = startSweeps(dutySweeps, { log, onRun });
  const placing = worker.placer.run(stopping.signal);
  const health = Fastify({ logger: false });
  serveHealth(health, registry, readiness(pool));
  if (config.workerPort !== null) await health.listen({ port: config.workerPort, host: config.apiHost });
  return {
    // What was begun is finished: first no new orders and jobs, then what they need.
    stop: async () => {
      stopping.abort();
      await Promise.all([placing, runner.stop(), sweeps.stop()]);
      worker.close();
      await health.close();
      await listener.close();
      await pool.end();
    },
  };
}
