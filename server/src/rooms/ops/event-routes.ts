import { WebhookEventParams, WebhookEvents, WebhookEventsQuery, WebhookReplayed } from "@muse/contracts/ops";
import { problem } from "#platform/http/problem.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { eventList, eventReplay } from "#rooms/webhook";
import { eventRing } from "./ops.sql.gen.ts";
import { recordBy } from "./record-audit.ts";

const base = "/api/v1/admin/webhook-events";
const tags = ["Operations"] as const;

export function eventRoutes(http: HttpServer): void {
  route(
    http,
    {
      method: "GET",
      url: base,
      summary: "List what providers and stores told us, newest first",
      tags,
      auth: "ops",
      query: WebhookEventsQuery,
      reply: WebhookEvents,
      errors: [],
    },
    async ({ db, query }) => {
      const rows = await eventList(db, {
        source: query.source ?? null,
        isOpen: query.open === undefined ? null : query.open === "true",
        countMax: BigInt(query.limit),
        offset: BigInt(query.offset),
      });
      return {
        events: rows.map((row) => ({
          ...row,
          receivedAt: row.receivedAt.toISOString(),
          processedAt: row.processedAt?.toISOString() ?? null,
        })),
      };
    },
  );
  route(
    http,
    {
      method: "POST",
      url: `${base}/:source/:eventId/replay`,
      summary: "Work an event again",
      description: "Events move states that never go back, so an event worked twice changes nothing more.",
      tags,
      auth: "ops",
      params: WebhookEventParams,
      reply: WebhookReplayed,
      errors: ["event_not_found"],
      idempotent: "transaction",
    },
    async ({ db, account, params }) => {
      const event = await eventReplay(db, params);
      if (event === null) return problem("event_not_found");
      await eventRing(db, params);
      const subject = `${params.source}:${params.eventId}`;
      await recordBy(db, account, { action: "webhook_event.replay", subject, detail: { type: event.type } });
      return { ...params, status: "queued" as const };
    },
  );
}
