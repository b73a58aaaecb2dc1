import { hostname } from "node:os";
import { armFailpoints } from "@muse/connectors/failpoint";
import { browserConnectors, connectors } from "@muse/connectors/registry";
import { createHttp, nodeHttp } from "@muse/connectors/http";
import type { Http } from "@muse/connectors/port";
import { isPublicAddress } from "@muse/connectors/public-address";
import Fastify from "fastify";
import { systemClock } from "#kernel/clock.ts";
import type { Config } from "#platform/config/config.ts";
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
import { openToss } from "#rooms/payment";
import { openBrowsing, type Browsing } from "#rooms/placement";
import { openMasterKey, storeMetrics } from "#rooms/store";
import { buildWorker } from "./worker.ts";
import { readiness } from "./readiness.ts";
import { databaseUrlOf, openPoolFor, type Running, type Start } from "./running.ts";

/** As the connectors have it. */
const connectTimeoutMs = 3_000;

/** Jobs at once. They wait for providers most of the time. */
const jobsMax = 8;

/** Whoever stops a worker does not wait for a person's way through a shop: most are through by then, or try again. */
const visitsEndMs = 6_000;

/** The sandbox's shops do not mind how fast somebody types. */
const sandboxPace = { keyMs: 10, pauseMs: 60 } as const;

/** Jobs, sweeps and placements. As many as wanted: they share the queue and the tables. */
export async function runWorker({ config, log }: Start): Promise<Running> {
  const masterKey = openMasterKey(config);
  const pool = openPoolFor({ config, log }, "worker");
  const registry = openRegistry("worker");
  const metrics = outboundMetrics(registry);
  const listener = await openListener({
    connectionString: databaseUrlOf(config),
    applicationName: "muse worker listen",
    onError: (error) => log.warn("database.listen", {}, error),
    // The placer looks every second by itself.
    onReconnect: () => undefined,
  });
  const stopping = new AbortController();
  const browsing = browsingOf(config);
  const worker = buildWorker({
    config,
    pool,
    log,
    bell: openBell(pool, log),
    listener,
    connectors,
    browsing,
    http: outboundHttp(storeHttpOf(config), "store", metrics),
    toss: openToss({ ...config.providers.toss, http: outboundHttp(nodeHttp, "toss", metrics) }),
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
      browsing?.endWithin(visitsEndMs);
      await Promise.all([placing, runner.stop(), sweeps.stop()]);
      await browsing?.close();
      worker.close();
      await health.close();
      await listener.close();
      await pool.end();
    },
  };
}

/** With nothing simulated, no store lives on this machine or behind it, whatever somebody typed in as its address. */
function storeHttpOf({ providers }: Config): Http {
  if (providers.sandboxUrl !== null) return nodeHttp;
  return createHttp({ connectTimeoutMs, isAddressAllowed: isPublicAddress });
}

function browsingOf({ browsing, chromiumPath, providers }: Config): Browsing | null {
  const { browsersMax, evidenceFolder, profilesFolder, failpointsFolder } = browsing;
  if (failpointsFolder !== null) armFailpoints(failpointsFolder);
  if (browsersMax === 0) return null;
  const isSandbox = providers.sandboxUrl !== null;
  return openBrowsing({
    shops: browserConnectors,
    evidenceFolder,
    profilesFolder,
    browsersMax,
    chromiumPath: chromiumPath ?? undefined,
    pace: isSandbox ? sandboxPace : undefined,
    isAddressAllowed: isSandbox ? undefined : isPublicAddress,
  });
}
