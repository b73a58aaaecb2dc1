import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import { must } from "#core/assert.ts";
import { asArray, asObject, asQuantity, asText, asTextOrNull } from "../read-body.ts";
import { fingerprintOf, openRememberedAnswers, type RememberedAnswers } from "../remembered-answers.ts";
import { driftPercentOf, isFaulted, type Retail } from "../retail.ts";
import type { AcceptOutcome, Order, OrderRequest } from "../order.ts";
import { findStore } from "../stores.ts";
import { openTokenDesk, type TokenDesk } from "./tokens.ts";

const slug = "harbor-outlet";
const base = `/retailers/${slug}`;

type Desk = Retail & { readonly tokens: TokenDesk; readonly answers: RememberedAnswers };
type OrderParams = { readonly number: string };

/**
 * Harbor Outlet's partner API: OAuth 2 client credentials, and orders under an `Idempotency-Key`. A key remembers the
 * accepted order only: a refusal changed nothing, so the same key may be tried again with another total. Errors are
 * `{ error: { code, message } }`; every 4xx means that nothing was done, 429 (`rate_limit`) too. An order is refused
 * (`price_changed`, with the new total) when it comes to more than its `expected_total_cents`.
 */
export function addOutletRoutes(app: FastifyInstance, retail: Retail): void {
  const desk: Desk = { ...retail, tokens: openTokenDesk(retail.world), answers: openRememberedAnswers(retail.world) };
  app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(String(body))));
  });
  app.post(`${base}/oauth/token`, route("oauth.token"), (request, reply) => issueToken(desk, request, reply));
  app.post(`${base}/v2/orders`, route("orders.create"), (request, reply) => createOrder(desk, request, reply));
  app.get<{ Querystring: { reference?: string } }>(`${base}/v2/orders`, route("orders.search"), (request, reply) => {
    if (!isAuthorized(desk, request)) return unauthorized(reply);
    const reference = request.query.reference ?? "";
    if (reference === "") return refuse(reply, 400, { code: "reference_required", message: "Say which reference." });
    return { orders: desk.orders.findByReference(slug, reference).map(toWire) };
  });
  app.get<{ Params: OrderParams }>(`${base}/v2/orders/:number`, route("orders.get"), (request, reply) => {
    if (!isAuthorized(desk, request)) return unauthorized(reply);
    const order = desk.orders.find(slug, request.params.number);
    return order === undefined ? notFound(reply) : toWire(order);
  });
  app.post<{ Params: OrderParams }>(
    `${base}/v2/orders/:number/cancel`,
    route("orders.cancel"),
    async (request, reply) => {
      if (!isAuthorized(desk, request)) return unauthorized(reply);
      const order = desk.orders.find(slug, request.params.number);
      if (order === undefined) return notFound(reply);
      if (isFaulted(desk, request, "cancel_refused")) return notCancellable(reply);
      const answer = await desk.orders.cancel(
        order,
        asTextOrNull(asObject(request.body)["reason"]) ?? "cancelled by the buyer",
      );
      return answer.kind === "too_late" ? notCancellable(reply) : toWire(answer.order);
    },
  );
}

function issueToken(desk: Desk, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const body = asObject(request.body);
  const [basicId, basicSecret] = basicCredentials(request.headers.authorization);
  const { clientId, clientSecret } = must(findStore(slug), "the outlet is a store").credentials;
  const id = basicId ?? asText(body["client_id"]);
  const secret = basicSecret ?? asText(body["client_secret"]);
  if (asText(body["grant_type"]) !== "client_credentials")
    return reply.code(400).send({ error: "unsupported_grant_type" });
  if (id !== clientId || secret !== clientSecret) return reply.code(401).send({ error: "invalid_client" });
  const { token, lifeS } = desk.tokens.issue();
  return reply
    .header("cache-control", "no-store")
    .send({ access_token: token, token_type: "Bearer", expires_in: lifeS });
}

function createOrder(desk: Desk, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (!isAuthorized(desk, request)) return unauthorized(reply);
  const key = request.headers["idempotency-key"];
  if (typeof key !== "string" || key === "" || key.length > 255) {
    return refuse(reply, 400, {
      code: "idempotency_key_required",
      message: "Send an Idempotency-Key of at most 255 characters.",
    });
  }
  const fingerprint = fingerprintOf("POST", request.url, request.body);
  const known = desk.answers.recall(slug, key, fingerprint);
  if (known.kind === "other_request") {
    return refuse(reply, 409, { code: "idempotency_key_reused", message: "This key was used with another body." });
  }
  if (known.kind === "same") {
    return reply
      .code(known.answer.status)
      .header("idempotent-replayed", "true")
      .type("application/json")
      .send(known.answer.body);
  }
  return takeOrder(desk, request, reply, { key, fingerprint });
}

type Kept = { readonly key: string; readonly fingerprint: string };

function takeOrder(desk: Desk, request: FastifyRequest, reply: FastifyReply, { key, fingerprint }: Kept): FastifyReply {
  const order = readOrder(request.body, driftPercentOf(desk, request));
  if (typeof order === "string") return refuse(reply, 400, { code: "invalid_request", message: order });
  if (isFaulted(desk, request, "out_of_stock")) {
    return refuseOutcome(reply, { kind: "out_of_stock", sku: order.lines[0]?.sku ?? "" });
  }
  if (isFaulted(desk, request, "refuse_address")) return refuseOutcome(reply, { kind: "address_not_served" });

  const outcome = desk.world.atomically(() => {
    const accepted = desk.orders.accept(order);
    if (accepted.kind === "accepted") {
      desk.answers.remember(slug, key, fingerprint, { status: 201, body: JSON.stringify(toWire(accepted.order)) });
    }
    return accepted;
  });
  if (outcome.kind !== "accepted") return refuseOutcome(reply, outcome);
  if (isFaulted(desk, request, "accept_then_timeout")) return reply.hijack();
  return reply.code(201).send(toWire(outcome.order));
}

function readOrder(body: unknown, driftPercent: number): OrderRequest | string {
  const {
    reference,
    lines,
    ship_to: shipTo,
    email,
    shipping_option: shippingOption,
    expected_total_cents: expected,
  } = asObject(body);
  const to = asObject(shipTo);
  const read: OrderRequest = {
    slug,
    reference: asText(reference),
    checkoutId: null,
    lines: asArray(lines).map((line) => ({
      sku: asText(asObject(line)["sku"]),
      quantity: asQuantity(asObject(line)["quantity"]),
    })),
    shipTo: {
      name: asText(to["name"]),
      address1: asText(to["line1"]),
      address2: asTextOrNull(to["line2"]),
      city: asText(to["city"]),
      state: asText(to["state"]),
      zip: asText(to["postal_code"]),
      country: asText(to["country"]),
      phone: asTextOrNull(to["phone"]),
    },
    email: asText(email),
    shippingOptionId: asText(shippingOption),
    expectedTotalCents: typeof expected === "number" ? expected : null,
    driftPercent,
  };
  if (read.reference === "") return "reference is required";
  if (read.expectedTotalCents === null) return "expected_total_cents is required";
  if (read.lines.length === 0 || read.lines.length > 100) return "lines has 1 to 100 entries";
  if (read.lines.some((line) => line.sku === "" || line.quantity === 0))
    return "a line is { sku, quantity from 1 to 100 }";
  if (read.shipTo.name === "" || read.shipTo.address1 === "" || read.shipTo.zip === "")
    return "ship_to lacks name, line1 or postal_code";
  return read;
}

function refuseOutcome(reply: FastifyReply, outcome: Exclude<AcceptOutcome, { kind: "accepted" }>): FastifyReply {
  switch (outcome.kind) {
    case "out_of_stock":
      return refuse(reply, 409, { code: "out_of_stock", message: "Not enough of it is left.", sku: outcome.sku });
    case "price_changed":
      return refuse(reply, 409, {
        code: "price_changed",
        message: "The total has changed.",
        total_cents: outcome.totalCents,
      });
    case "address_not_served":
      return refuse(reply, 422, { code: "address_not_served", message: "We do not deliver there." });
    case "unknown_sku":
      return refuse(reply, 422, { code: "unknown_sku", message: "We do not sell this.", sku: outcome.sku });
    default:
      return refuse(reply, 422, { code: outcome.kind, message: "No such shipping option." });
  }
}

type ApiError = {
  readonly code: string;
  readonly message: string;
  readonly sku?: string;
  readonly total_cents?: number;
};

function refuse(reply: FastifyReply, status: number, error: ApiError): FastifyReply {
  return reply.code(status).send({ error });
}

function notFound(reply: FastifyReply): FastifyReply {
  return refuse(reply, 404, { code: "not_found", message: "No such order." });
}

function notCancellable(reply: FastifyReply): FastifyReply {
  return refuse(reply, 409, { code: "not_cancellable", message: "The order has left, or is about to." });
}

function unauthorized(reply: FastifyReply): FastifyReply {
  void reply.header("www-authenticate", 'Bearer realm="harbor-outlet", error="invalid_token"');
  return refuse(reply, 401, {
    code: "invalid_token",
    message: "The access token is missing, wrong, expired or revoked.",
  });
}

/** The fault `token_revoked` makes all tokens worthless, this one first. */
function isAuthorized(desk: Desk, request: FastifyRequest): boolean {
  if (isFaulted(desk, request, "token_revoked")) desk.tokens.revokeAll();
  return desk.tokens.isGood(request.headers.authorization);
}

function basicCredentials(authorization: string | undefined): readonly [string | undefined, string | undefined] {
  const encoded = /^Basic ([\w+/=]+)$/.exec(authorization ?? "")?.[1];
  if (encoded === undefined) return [undefined, undefined];
  const [id, ...secret] = Buffer.from(encoded, "base64").toString("utf8").split(":");
  return [decodeURIComponent(id ?? ""), decodeURIComponent(secret.join(":"))];
}

function toWire(order: Order): Readonly<Record<string, unknown>> {
  return {
    number: order.number,
    reference: order.reference,
    status: order.status,
    currency: "USD",
    subtotal_cents: order.subtotalCents,
    shipping_cents: order.shippingCents,
    total_cents: order.totalCents,
    lines: order.lines.map(({ sku, title, quantity, priceCents }) => ({
      sku,
      title,
      quantity,
      price_cents: priceCents,
    })),
    carrier: order.carrier,
    tracking_number: order.trackingNumber,
    estimated_delivery: order.estimatedDelivery,
    created_at: new Date(order.placedAtMs).toISOString(),
  };
}

function route(endpoint: string): { readonly config: { readonly part: string; readonly endpoint: string } } {
  return { config: { part: slug, endpoint } };
}
