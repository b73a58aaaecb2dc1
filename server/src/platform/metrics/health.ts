import type { Registry } from "prom-client";
import type { Fastify } from "#platform/http/server-type.ts";

/** Answers null when all is well, else what is wrong in a word or two that hold nothing personal. */
export type Check = () => Promise<string | null>;

/** A probe that hangs is a failed probe: load balancers ask every few seconds. */
const checkTimeoutMs = 2000;

/**
 * For machines: `/healthz` says that the process lives, `/readyz` whether it should be sent requests (each check by
 * name; 503 when one fails), `/metrics` everything in Prometheus' text format.
 */
export function serveHealth(fastify: Fastify, registry: Registry, checks: Readonly<Record<string, Check>>): void {
  fastify.get("/healthz", () => ({ status: "ok" }));
  fastify.get("/readyz", async (_, reply) => {
    const results = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, (await outcomeOf(check)) ?? "ok"] as const),
    );
    const isReady = results.every(([, outcome]) => outcome === "ok");
    return reply
      .code(isReady ? 200 : 503)
      .send({ status: isReady ? "ok" : "unready", checks: Object.fromEntries(results) });
  });
  fastify.get("/metrics", async (_, reply) =>
    reply.header("content-type", registry.contentType).send(await registry.metrics()),
  );
}

/** An error's message may hold a connection string; that it failed is all a probe needs. */
async function outcomeOf(check: Check): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve("timeout"), checkTimeoutMs);
  });
  try {
    return await Promise.race([check(), late]);
  } catch {
    return "failed";
  } finally {
    clearTimeout(timer);
  }
}
