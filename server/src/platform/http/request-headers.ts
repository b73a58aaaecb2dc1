import type { IncomingHttpHeaders } from "node:http";
import type { FastifyRequest } from "fastify";

/** Headers that mean something to a route, as the reference tells them. */
export const requestHeaders = {
  "Idempotency-Key": {
    maxLength: 255,
    description: "The same key and body again get the stored answer, with `Idempotent-Replayed: true`. Kept 24 hours.",
  },
  "If-Match": {
    maxLength: null,
    description: "The `ETag` (or the `version`) of what the caller has read: 412 where it has changed since.",
  },
  "If-None-Match": { maxLength: null, description: "The `ETag` of what the caller has: 304 where it is still that." },
  "If-Range": { maxLength: null, description: "The `ETag` of the file that the first part is of." },
  "Last-Event-ID": { maxLength: null, description: "The id of the last event that was seen; browsers send it again." },
  Range: { maxLength: null, description: "The bytes that are wanted, one range: `bytes=0-1023`." },
  "Store-Signature": {
    maxLength: null,
    description: "`t=<unix seconds>,v1=<hex HMAC-SHA256>` under the store's secret, over `<t>.` and what is signed.",
  },
  "Stripe-Signature": { maxLength: null, description: "As Stripe signs its events, over the raw body." },
  "TossPayments-Webhook-Transmission-Id": {
    maxLength: 200,
    description: "Toss's own id of the event; without it, the body's digest stands for it.",
  },
} as const;

export type RequestHeader = keyof typeof requestHeaders;

/**
 * What a handler sees of its request: of the headers those alone that its route names, and those that any request may
 * carry. So what a handler reads stands in the reference.
 */
export type RouteRequest<H extends RequestHeader = never> = Omit<FastifyRequest, "headers"> & {
  readonly headers: Pick<IncomingHttpHeaders, Lowercase<H> | Everywhere>;
};

type Everywhere =
  | "accept"
  | "content-length"
  | "content-type"
  | "idempotency-key"
  | "sec-fetch-dest"
  | "user-agent"
  | "cookie";
