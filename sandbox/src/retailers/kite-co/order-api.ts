import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import type { Order } from "../order.ts";
import { isFaulted } from "../retail.ts";
import { asObject, asText } from "../read-body.ts";
import { faultOf } from "../web/gate.ts";
import { sendOrderMail } from "../web/order-mail.ts";
import { placeOrder, type PlaceOutcome } from "../web/place-order.ts";
import { quoteOf } from "../web/quote.ts";
import { named, type Shop } from "../web/shop.ts";
import { statusWords } from "../web/words.ts";
import { isOwn, refuse, send, signedIn } from "./answer.ts";

const confirmMsDefault = 4_000;

/** Buying, the order history and taking an order back. */
export function addOrderApi(app: FastifyInstance, shop: Shop): void {
  const api = `${shop.base}/api`;
  app.post(`${api}/orders`, named(shop, "order.submit"), async (request, reply) => {
    if (!isOwn(request)) return refuse(reply, 403, "foreign");
    const session = signedIn(shop, request, reply);
    if (session === undefined) return reply;
    const { key, totalCents } = asObject(request.body);
    const pressed = { key: asText(key), totalCents: Number(totalCents) };
    const outcome = placeOrder(shop, request, session, quoteOf(shop, session.read()), pressed);
    return await answer(shop, request, reply, outcome);
  });

  app.get(`${api}/orders`, named(shop, "orders.list"), (request, reply) => {
    const session = signedIn(shop, request, reply);
    if (session === undefined) return reply;
    const orders = shop.retail.orders.findByAccount(shop.slug, session.read().accountId ?? "");
    return send(shop, request, reply, { orders: orders.map(toWire) });
  });
  app.get<{ Params: { number: string } }>(`${api}/orders/:number`, named(shop, "orders.view"), (request, reply) => {
    const session = signedIn(shop, request, reply);
    if (session === undefined) return reply;
    const order = shop.retail.orders.find(shop.slug, request.params.number);
    if (order === undefined || order.accountId !== session.read().accountId) return refuse(reply, 404, "not_found");
    return send(shop, request, reply, toWire(order));
  });
  app.post<{ Params: { number: string } }>(
    `${api}/orders/:number/cancel`,
    named(shop, "orders.cancel"),
    async (request, reply) => {
      if (!isOwn(request)) return refuse(reply, 403, "foreign");
      const session = signedIn(shop, request, reply);
      if (session === undefined) return reply;
      const order = shop.retail.orders.find(shop.slug, request.params.number);
      if (order === undefined || order.accountId !== session.read().accountId) return refuse(reply, 404, "not_found");
      if (isFaulted(shop.retail, request, "cancel_refused")) return refuse(reply, 409, "too_late");
      const outcome = await shop.retail.orders.cancel(order, "cancelled by the customer");
      if (outcome.kind === "too_late") return refuse(reply, 409, "too_late");
      if (outcome.kind === "cancelled") sendOrderMail(shop, outcome.order, "cancelled");
      return send(shop, request, reply, toWire(outcome.order));
    },
  );
}

async function answer(
  shop: Shop,
  request: FastifyRequest,
  reply: FastifyReply,
  outcome: PlaceOutcome,
): Promise<FastifyReply> {
  switch (outcome.kind) {
    case "placed": {
      if (faultOf(shop, request, "accept_then_timeout") !== undefined) return reply.hijack();
      const slow = faultOf(shop, request, "slow_confirmation");
      if (slow !== undefined) await sleep(typeof slow.value === "number" ? slow.value : confirmMsDefault);
      return send(shop, request, reply, { number: outcome.order.number });
    }
    case "placed_before":
      return send(shop, request, reply, { number: outcome.number });
    default:
      return refuse(reply, 409, outcome.kind);
  }
}

function toWire(order: Order): Readonly<Record<string, unknown>> {
  return {
    number: order.number,
    status: order.status,
    statusText: statusWords[order.status],
    placedAt: new Date(order.placedAtMs).toISOString(),
    lines: order.lines,
    subtotalCents: order.subtotalCents,
    shippingCents: order.shippingCents,
    taxCents: order.taxCents,
    totalCents: order.totalCents,
    shipTo: order.shipTo,
    carrier: order.carrier,
    trackingNumber: order.trackingNumber,
    estimatedDelivery: order.estimatedDelivery,
    canCancel: order.status === "placed" || order.status === "confirmed",
  };
}
