import type Stripe from "stripe";
import { z } from "zod";
import type { Clock } from "#kernel/clock.ts";
import type { Pool } from "#platform/db/pool.ts";
import { problem } from "#platform/http/problem.ts";
import { holdsUnkeepable, unkeepable } from "#platform/http/request-text.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { readSignedEvent } from "#rooms/payment";
import { isStoreEventType, storeEventTypes } from "#rooms/shipment";
import { isSignedByStore } from "./store-signature.ts";
import { tossRoute, type TossOrderFacts } from "./toss-route.ts";
import { eventReceive } from "./webhook.sql.gen.ts";

export type WebhookDeps = {
  readonly stripe: Stripe;
  readonly stripeWebhookSecret: string;
  /** Whose payment an order of ours at Toss is of, and its account's secret, if it has one (the payment room). */
  readonly tossOrderOf: (db: Pool, orderId: string) => Promise<TossOrderFacts | null>;
  /** The secret a store signs with (the store room's door), or null for a store that does not exist. */
  readonly webhookSecretOf: (db: Pool, storeId: string) => Promise<string | null>;
  readonly clock: Clock;
};

const tags = ["Webhooks"] as const;
const Received = z.object({ received: z.boolean() });

/** Stripe's own `Event`; its library reads it, and only after the signature. */
const StripeEvent = z.looseObject({
  id: z.string(),
  type: z.string(),
  data: z.looseObject({ object: z.looseObject({}) }),
});

/** What a store tells us. Fields we do not know are kept with the event and mean nothing. */
const StoreEvent = z.object({
  id: z.string().min(1).max(200),
  type: z.string().min(1).max(100),
  data: z.object({ orderNumber: z.string().min(1).max(200) }).loose(),
});

/** The inbox: checked, stored, answered 200, and only then worked (C5). */
export function webhookRoutes(http: HttpServer, deps: WebhookDeps): void {
  for (const url of ["/api/v1/webhooks/stripe", "/api/webhooks/stripe"]) stripeRoute(http, url, deps);
  tossRoute(http, deps);
  storeRoute(http, deps);
}

function stripeRoute(http: HttpServer, url: string, deps: WebhookDeps): void {
  route(
    http,
    {
      method: "POST",
      url,
      summary: "Take an event from Stripe",
      description: "Signed with Stripe-Signature over the raw body. Stored once, answered 200, then worked.",
      tags,
      auth: "none",
      headers: ["Stripe-Signature"],
      rawBody: true,
      shownBody: StripeEvent,
      isUnderWay: true,
      reply: Received,
      errors: ["webhook_signature_invalid", "request_invalid"],
    },
    async ({ db, body, request }) => {
      const header = request.headers["stripe-signature"];
      const event =
        typeof header === "string" ? readSignedEvent(deps.stripe, body, header, deps.stripeWebhookSecret) : null;
      if (event === null) return problem("webhook_signature_invalid");
      if (holdsUnkeepable(body.toString("utf8"), event)) return unkeepable;
      const { object } = event.data;
      await eventReceive(db, {
        source: "stripe",
        eventId: event.id,
        type: event.type,
        storeId: null,
        objectRef: "id" in object && typeof object.id === "string" ? object.id : null,
        payload: body.toString("utf8"),
      });
      return { received: true };
    },
  );
}

function storeRoute(http: HttpServer, deps: WebhookDeps): void {
  route(
    http,
    {
      method: "POST",
      url: "/api/v1/webhooks/stores/:storeId",
      summary: "Take an event from a store",
      description: `Signed with Store-Signature over the raw body. Its type is one of ${storeEventTypes.join(", ")}; another is refused.`,
      tags,
      auth: "none",
      params: z.strictObject({ storeId: z.string().min(1).max(64) }),
      headers: ["Store-Signature"],
      rawBody: true,
      shownBody: StoreEvent,
      isUnderWay: true,
      reply: Received,
      errors: ["unknown_store", "webhook_signature_invalid", "webhook_event_unknown", "request_invalid"],
    },
    async ({ db, body, params, request }) => {
      const secret = await deps.webhookSecretOf(db, params.storeId);
      if (secret === null) return problem("unknown_store");
      const header = request.headers["store-signature"];
      if (typeof header !== "string" || !isSignedByStore(body, header, secret, deps.clock.now())) {
        return problem("webhook_signature_invalid");
      }
      const said = jsonOf(body);
      const event = StoreEvent.safeParse(said);
      if (!event.success) return problem("request_invalid");
      if (holdsUnkeepable(body.toString("utf8"), said)) return unkeepable;
      if (!isStoreEventType(event.data.type)) return problem("webhook_event_unknown", { field: "type" });
      await eventReceive(db, {
        source: "store",
        // Another store's event of the same id is another event.
        eventId: `${params.storeId}:${event.data.id}`,
        type: event.data.type,
        storeId: params.storeId,
        objectRef: event.data.data.orderNumber,
        payload: body.toString("utf8"),
      });
      return { received: true };
    },
  );
}

function jsonOf(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString("utf8"));
  } catch {
    return null;
  }
}
