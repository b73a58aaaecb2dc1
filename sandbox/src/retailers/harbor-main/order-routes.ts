import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import type { Order } from "../order.ts";
import { asObject, asText, asTextOrNull, type Json } from "../read-body.ts";
import { isFaulted, originOf } from "../retail.ts";
import { drawOrder } from "./order-entity.ts";
import { orderEnvelope, type UcpVersion } from "./profile.ts";
import { admit, base, route, slug, type Desk } from "./desk.ts";

type OrderParams = { readonly id: string };

/** `GET /orders/{id}` of the protocol, and the two of the order-desk extension: find by reference, cancel. */
export function addOrderRoutes(app: FastifyInstance, desk: Desk): void {
  const orders = `${base}/ucp/v1/orders`;
  app.get<{ Params: OrderParams }>(`${orders}/:id`, route("orders.get"), (request, reply) => {
    const version = admit(request, reply);
    if (version === undefined) return reply;
    const order = desk.orders.find(slug, request.params.id);
    return reply.send(order === undefined ? notFound(version) : draw(order, request, version));
  });
  app.get<{ Querystring: { platform_reference?: string } }>(orders, route("orders.search"), (request, reply) => {
    const version = admit(request, reply);
    if (version === undefined) return reply;
    const reference = asText(request.query.platform_reference);
    if (reference === "")
      return reply.code(400).send({ code: "invalid_request", content: "Say which platform_reference." });
    const found = desk.orders.findByReference(slug, reference).map((order) => draw(order, request, version));
    return reply.send({ ucp: orderEnvelope(version, "success"), orders: found });
  });
  app.post<{ Params: OrderParams }>(`${orders}/:id/cancel`, route("orders.cancel"), (request, reply) =>
    cancel(desk, request, reply),
  );
}

async function cancel(
  desk: Desk,
  request: FastifyRequest<{ Params: OrderParams }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const version = admit(request, reply);
  if (version === undefined) return reply;
  const order = desk.orders.find(slug, request.params.id);
  if (order === undefined) return reply.send(notFound(version));
  if (isFaulted(desk, request, "cancel_refused")) return reply.send(refused(order, request, version));
  const reason = asTextOrNull(asObject(request.body)["reason"]) ?? "cancelled by the buyer";
  const answer = await desk.orders.cancel(order, reason);
  return reply.send(
    answer.kind === "too_late" ? refused(order, request, version) : draw(answer.order, request, version),
  );
}

function refused(order: Order, request: FastifyRequest, version: UcpVersion): Json {
  const content = "The order has left, or is about to.";
  const messages = [{ type: "error", code: "cancellation_refused", content, severity: "recoverable" }];
  return { ...draw(order, request, version), messages };
}

function notFound(version: UcpVersion): Json {
  const messages = [{ type: "error", code: "not_found", severity: "unrecoverable", content: "Order not found." }];
  return { ucp: orderEnvelope(version, "error"), messages };
}

function draw(order: Order, request: FastifyRequest, version: UcpVersion): Json {
  const origin = originOf(request);
  return drawOrder(order, { version, origin, baseUrl: `${origin}${base}` });
}
