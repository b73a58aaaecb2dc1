import { createHash, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { Pool } from "#platform/db/pool.ts";
import { problem } from "#platform/http/problem.ts";
import { holdsUnkeepable, unkeepable } from "#platform/http/request-text.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { eventReceive } from "./webhook.sql.gen.ts";

export type TossOrderFacts = { readonly sessionId: string; readonly secret: string | null };

type TossRouteDeps = { readonly tossOrderOf: (db: Pool, orderId: string) => Promise<TossOrderFacts | null> };

/** As an event of any payment, or flat as one about a virtual account. Nothing else of it is looked at. */
const TossEvent = z.union([
  z.object({ eventType: z.string().min(1).max(100), data: z.object({ orderId: z.string().min(1).max(64) }).loose() }),
  z.object({ orderId: z.string().min(1).max(64), status: z.string().min(1).max(100), secret: z.string().max(200) }),
]);

/**
 * Toss signs nothing of a payment, so an event is only a reason to read the payment. One that names no order of ours is
 * no event, and is not kept: anybody may write here. Sent to Toss as 200 once it is stored.
 */
export function tossRoute(http: HttpServer, { tossOrderOf }: TossRouteDeps): void {
  route(
    http,
    {
      method: "POST",
      url: "/api/webhooks/toss",
      summary: "Take an event from TossPayments",
      description:
        "Not signed: it must name an order of ours, and a virtual account's its secret. Stored once, answered 200; then the payment is read from Toss, and only that counts.",
      tags: ["Webhooks"],
      auth: "none",
      headers: ["TossPayments-Webhook-Transmission-Id"],
      rawBody: true,
      shownBody: TossEvent,
      isUnderWay: true,
      reply: z.object({ received: z.boolean() }),
      errors: ["webhook_signature_invalid", "webhook_event_unknown", "request_invalid"],
    },
    async ({ db, body, request }) => {
      const said = jsonOf(body);
      const event = TossEvent.safeParse(said);
      if (!event.success) return problem("request_invalid");
      if (holdsUnkeepable(body.toString("utf8"), said)) return unkeepable;
      const named = "data" in event.data ? event.data.data : event.data;
      const order = await tossOrderOf(db, named.orderId);
      if (order === null) return problem("webhook_event_unknown");
      if ("secret" in event.data && order.secret !== null && !isSame(event.data.secret, order.secret)) {
        return problem("webhook_signature_invalid");
      }
      const id = request.headers["tosspayments-webhook-transmission-id"];
      await eventReceive(db, {
        source: "toss",
        eventId: typeof id === "string" && /^[\x21-\x7e]{1,200}$/.test(id) ? id : digestOf(body).toString("hex"),
        type: "eventType" in event.data ? event.data.eventType : "DEPOSIT_CALLBACK",
        storeId: null,
        objectRef: named.orderId,
        // The payment in it holds who pays and where their money goes back to; it is read from Toss, not from here.
        payload: JSON.stringify({ orderId: named.orderId, ...("status" in named ? { status: named.status } : {}) }),
      });
      return { received: true };
    },
  );
}

function isSame(given: string, kept: string): boolean {
  return timingSafeEqual(digestOf(given), digestOf(kept));
}

function digestOf(text: string | Buffer): Buffer {
  return createHash("sha256").update(text).digest();
}

function jsonOf(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString("utf8"));
  } catch {
    return null;
  }
}
