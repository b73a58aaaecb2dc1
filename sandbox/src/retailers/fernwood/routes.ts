import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import { must } from "#core/assert.ts";
import { asArray, asObject, asQuantity, asText, asTextOrNull } from "../read-body.ts";
import { driftPercentOf, isFaulted, type Retail } from "../retail.ts";
import { driftedCents, type AcceptOutcome, type Order, type OrderRequest } from "../order.ts";
import { findStore, shippingCents } from "../stores.ts";

const slug = "fernwood";
const base = `/retailers/${slug}/api`;

type OrderParams = { readonly number: string };

/**
 * Fernwood's partner API, as small shops have it: a key in a header, live prices per product, and NO idempotency:
 * posting an order twice makes two. It never refuses a price; who cares looks first. Orders can be found by the
 * buyer's reference. Errors are `{ error: "<code>", message }`; every 4xx means that nothing was done.
 */
export function addFernwoodRoutes(app: FastifyInstance, retail: Retail): void {
  addPriceRoutes(app, retail);
  app.post(`${base}/orders`, route("orders.create"), (request, reply) => createOrder(retail, request, reply));
  app.get<{ Querystring: { reference?: string } }>(`${base}/orders`, route("orders.search"), (request, reply) => {
    if (!isAuthorized(request)) return unauthorized(reply);
    const reference = request.query.reference ?? "";
    if (reference === "") return refuse(reply, 400, "reference_required");
    return { orders: retail.orders.findByReference(slug, reference).map(toWire) };
  });
  app.get<{ Params: OrderParams }>(`${base}/orders/:number`, route("orders.get"), (request, reply) => {
    if (!isAuthorized(request)) return unauthorized(reply);
    const order = retail.orders.find(slug, request.params.number);
    return order === undefined ? refuse(reply, 404, "not_found") : toWire(order);
  });
  app.delete<{ Params: OrderParams }>(`${base}/orders/:number`, route("orders.cancel"), async (request, reply) => {
    if (!isAuthorized(request)) return unauthorized(reply);
    const order = retail.orders.find(slug, request.params.number);
    if (order === undefined) return refuse(reply, 404, "not_found");
    if (isFaulted(retail, request, "cancel_refused")) return refuse(reply, 409, "cannot_cancel");
    const answer = await retail.orders.cancel(order, "cancelled by the buyer");
    return answer.kind === "too_late" ? refuse(reply, 409, "cannot_cancel") : toWire(answer.order);
  });
}

function addPriceRoutes(app: FastifyInstance, retail: Retail): void {
  app.get<{ Params: { sku: string } }>(`${base}/products/:sku`, route("products.get"), (request, reply) => {
    if (!isAuthorized(request)) return unauthorized(reply);
    const { sku } = request.params;
    const item = retail.shelf.look(slug, sku);
    if (item === undefined) return refuse(reply, 404, "not_found");
    const stock = isFaulted(retail, request, "out_of_stock") ? 0 : item.stock;
    const title = retail.shelf.findVariant(slug, sku)?.product.title ?? sku;
    return {
      sku,
      title,
      priceCents: driftedCents(item.priceCents, driftPercentOf(retail, request)),
      stock,
      currency: "USD",
    };
  });
  app.get<{ Querystring: { subtotalCents?: string; units?: string } }>(
    `${base}/shipping-rates`,
    route("shipping_rates"),
    (request, reply) => {
      if (!isAuthorized(request)) return unauthorized(reply);
      const subtotalCents = Number(request.query.subtotalCents);
      const units = Number(request.query.units);
      if (!Number.isInteger(subtotalCents) || !Number.isInteger(units)) return refuse(reply, 400, "invalid_request");
      const { shippingOptions } = must(findStore(slug), "fernwood is a store");
      return {
        rates: shippingOptions.map((option) => ({
          id: option.id,
          name: option.name,
          amountCents: shippingCents(option, subtotalCents, units),
          daysMin: option.daysMin,
          daysMax: option.daysMax,
        })),
      };
    },
  );
}

function createOrder(retail: Retail, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (!isAuthorized(request)) return unauthorized(reply);
  const order = readOrder(request.body, driftPercentOf(retail, request));
  if (order === undefined) return refuse(reply, 400, "invalid_request");
  if (isFaulted(retail, request, "out_of_stock")) return refuse(reply, 409, "out_of_stock");
  if (isFaulted(retail, request, "refuse_address")) return refuse(reply, 422, "address_not_served");
  const outcome = retail.orders.accept(order);
  if (outcome.kind !== "accepted") return refuse(reply, statusOf(outcome.kind), outcome.kind);
  if (isFaulted(retail, request, "accept_then_timeout")) return reply.hijack();
  return reply.code(201).send(toWire(outcome.order));
}

function readOrder(body: unknown, driftPercent: number): OrderRequest | undefined {
  const { reference, items, shipTo, email, shippingOptionId } = asObject(body);
  const to = asObject(shipTo);
  const read: OrderRequest = {
    slug,
    reference: asText(reference),
    checkoutId: null,
    lines: asArray(items).map((item) => ({
      sku: asText(asObject(item)["sku"]),
      quantity: asQuantity(asObject(item)["quantity"]),
    })),
    shipTo: {
      name: asText(to["name"]),
      address1: asText(to["address1"]),
      address2: asTextOrNull(to["address2"]),
      city: asText(to["city"]),
      state: asText(to["state"]),
      zip: asText(to["zip"]),
      country: asText(to["country"]),
      phone: asTextOrNull(to["phone"]),
    },
    email: asText(email),
    shippingOptionId: asText(shippingOptionId),
    expectedTotalCents: null,
    driftPercent,
  };
  const isWhole =
    read.reference !== "" &&
    read.shipTo.name !== "" &&
    read.shipTo.address1 !== "" &&
    read.shipTo.zip !== "" &&
    read.lines.length > 0 &&
    read.lines.length <= 100 &&
    read.lines.every((line) => line.sku !== "" && line.quantity > 0);
  return isWhole ? read : undefined;
}

function statusOf(kind: Exclude<AcceptOutcome["kind"], "accepted">): number {
  return kind === "out_of_stock" || kind === "price_changed" ? 409 : 422;
}

function refuse(reply: FastifyReply, status: number, code: string): FastifyReply {
  return reply.code(status).send({ error: code, message: messages[code] ?? "The request was not carried out." });
}

const messages: Readonly<Record<string, string>> = {
  out_of_stock: "Not enough of it is left.",
  address_not_served: "We do not deliver there.",
  unknown_sku: "We do not sell this.",
  cannot_cancel: "It has left the warehouse, or is about to.",
  not_found: "There is no such thing here.",
};

function unauthorized(reply: FastifyReply): FastifyReply {
  return reply.code(401).send({ error: "invalid_api_key", message: "The API key is missing or wrong." });
}

function isAuthorized(request: FastifyRequest): boolean {
  return request.headers["x-api-key"] === must(findStore(slug), "fernwood is a store").credentials["apiKey"];
}

function toWire(order: Order): Readonly<Record<string, unknown>> {
  return {
    orderNumber: order.number,
    reference: order.reference,
    status: order.status,
    totalCents: order.totalCents,
    shippingCents: order.shippingCents,
    currency: "USD",
    items: order.lines,
    carrier: order.carrier,
    trackingNumber: order.trackingNumber,
    estimatedDelivery: order.estimatedDelivery,
    placedAt: new Date(order.placedAtMs).toISOString(),
  };
}

function route(endpoint: string): { readonly config: { readonly part: string; readonly endpoint: string } } {
  return { config: { part: slug, endpoint } };
}
