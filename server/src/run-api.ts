import { createHttp, nodeHttp } from "@muse/connectors/http";
import { isPublicAddress } from "@muse/connectors/public-address";
import type { Config } from "#platform/config/config.ts";
import { openBell } from "#platform/db/bell.ts";
import { openListener } from "#platform/db/listen.ts";
import { openRegistry } from "#platform/metrics/registry.ts";
import { serveHealth } from "#platform/metrics/health.ts";
import { outboundHttp, outboundMetrics, type OutboundHttp, type OutboundMetrics } from "#platform/outbound/http.ts";
import { openWebPages, webPageBytesMax, type ReadWebPage } from "#platform/outbound/web-page.ts";
import { openSessionWatch, type SessionWatch } from "#rooms/checkout";
import { openStripe, openToss } from "#rooms/payment";
import { openMasterKey } from "#rooms/store";
import { buildApp, type App } from "./app.ts";
import { readiness } from "./readiness.ts";
import { databaseUrlOf, openPoolFor, type Running, type Start } from "./running.ts";

/** The HTTP API. Stateless: as many as wanted behind a load balancer. */
export async function runApi({ config, log }: Start): Promise<Running> {
  const masterKey = openMasterKey(config);
  if (config.providers.isSandbox) log.warn("sandbox", { reason: "no keys of a payment provider are set" });
  const pool = openPoolFor({ config, log }, "api");
  const registry = openRegistry("api");
  const outbound = outboundMetrics(registry);
  const parts: { app?: App; watch?: SessionWatch } = {};
  const listener = await openListener({
    connectionString: databaseUrlOf(config),
    applicationName: "muse api listen",
    onError: (error) => {
      parts.app?.account.notificationsLost();
      log.warn("database.listen", {}, error);
    },
    onReconnect: () => {
      parts.app?.account.notificationsBack();
      parts.watch?.missed();
    },
  });
  const watch = await openSessionWatch(listener);
  const app = buildApp({
    config,
    pool,
    bell: openBell(pool, log),
    log,
    registry,
    stripe: openStripe(config.providers.stripe),
    toss: openToss({ ...config.providers.toss, http: outboundHttp(nodeHttp, "toss", outbound) }),
    masterKey,
    watch,
    readWebPage: webPagesFor(config, outbound),
  });
  parts.app = app;
  parts.watch = watch;
  await app.account.follow(listener);
  await app.desk.follow(listener);
  serveHealth(app.fastify, registry, readiness(pool));
  await app.fastify.listen({ port: config.apiPort, host: config.apiHost });
  return {
    // Requests under way are finished first; they need the pool.
    stop: async () => {
      await app.fastify.close();
      await listener.close();
      await pool.end();
    },
  };
}

/** Stores' pages, from the open internet; beside it from the sandbox's own origin, where there is one. */
export function webPagesFor(
  { providers: { sandboxUrl } }: Pick<Config, "providers">,
  metrics: OutboundMetrics,
): ReadWebPage {
  const bytes = { connectTimeoutMs: 3_000, bodyBytesMax: webPageBytesMax, bodyEncoding: "latin1" } as const;
  const sender = (http: OutboundHttp): OutboundHttp => outboundHttp(http, "product_page", metrics);
  return openWebPages({
    outside: sender(createHttp({ ...bytes, isAddressAllowed: isPublicAddress })),
    sandbox: sandboxUrl === null ? null : { origin: sandboxUrl, http: sender(createHttp(bytes)) },
  });
}
