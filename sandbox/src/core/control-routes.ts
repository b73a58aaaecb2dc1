import type { FastifyInstance } from "fastify";

import { parseFaultPlan } from "#core/faults.ts";
import { drawPage } from "#core/page.ts";
import type { World } from "#core/world.ts";

/** The sandbox's own controls: faults, records, webhook targets, reset, and a page to do it by hand. Never faulted. */
export function addControlRoutes(app: FastifyInstance, world: World): void {
  app.get("/", (_request, reply) => reply.type("text/html; charset=utf-8").send(drawPage(world)));
  app.get("/healthz", () => ({ ok: true, pendingWebhooks: world.webhooks.countPending() }));
  app.post("/reset", () => {
    world.reset();
    return { ok: true };
  });
  addFaultRoutes(app, world);
  addRecordRoutes(app, world);
  addWebhookRoutes(app, world);
}

function addFaultRoutes(app: FastifyInstance, world: World): void {
  app.get("/faults", () => world.faults.plan());
  app.put("/faults", (request, reply) => {
    const plan = parseFaultPlan(request.body);
    if (typeof plan === "string") return reply.code(400).send({ error: plan });
    world.faults.replace(plan);
    return world.faults.plan();
  });
  app.delete("/faults", () => {
    world.faults.clear();
    return world.faults.plan();
  });
}

type RecordQuery = { readonly part?: string; readonly kind?: string; readonly since?: string; readonly limit?: string };

function addRecordRoutes(app: FastifyInstance, world: World): void {
  app.get<{ Querystring: RecordQuery }>("/records", (request, reply) => {
    const { part, kind } = request.query;
    const since = wholeNumber(request.query.since);
    const limit = wholeNumber(request.query.limit);
    if (Number.isNaN(since) || Number.isNaN(limit))
      return reply.code(400).send({ error: "since and limit are whole numbers" });
    return { records: world.records.list({ part, kind, since, limit }) };
  });
  app.get("/records/summary", () => world.records.summary());
  app.delete("/records", () => {
    world.records.clear();
    return { ok: true };
  });
}

function addWebhookRoutes(app: FastifyInstance, world: World): void {
  app.get("/webhook-targets", () => world.webhooks.targets.read());
  app.put("/webhook-targets", (request, reply) => {
    const problem = world.webhooks.targets.change(request.body);
    if (problem !== undefined) return reply.code(400).send({ error: problem });
    return world.webhooks.targets.read();
  });
  app.post<{ Body: { eventId?: unknown } | null }>("/webhooks/redeliver", (request, reply) => {
    const eventId = request.body?.eventId;
    if (typeof eventId !== "string") return reply.code(400).send({ error: "body is { eventId }" });
    if (!world.webhooks.redeliver(eventId)) return reply.code(404).send({ error: "no such event" });
    return { ok: true };
  });
}

/** NaN for what is not a whole number, so that a typing error is refused rather than ignored. */
function wholeNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
}
