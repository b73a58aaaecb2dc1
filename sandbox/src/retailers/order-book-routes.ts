import type { FastifyInstance } from "fastify";

import type { OrderBook } from "./order-book.ts";
import { asObject } from "./read-body.ts";
import { findStore } from "./stores.ts";

const secondsMax = 86_400;

/**
 * What a person hears who calls a store: its own list of orders, with whose they are, and whether one can be taken
 * back. Under an address that no store's pages have, and touched by no fault.
 */
export function addOrderBookRoutes(app: FastifyInstance, orders: OrderBook): void {
  app.get<{ Params: { slug: string } }>("/order-books/:slug", (request, reply) => {
    const store = findStore(request.params.slug);
    return store === undefined ? reply.code(404).send({ error: "no such store" }) : { orders: orders.all(store.slug) };
  });
  app.post<{ Params: { slug: string; number: string } }>(
    "/order-books/:slug/:number/cancel",
    async (request, reply) => {
      const order = orders.find(request.params.slug, request.params.number);
      if (order === undefined) return reply.code(404).send({ error: "no such order" });
      const { kind } = await orders.cancel(order, "asked for by telephone");
      return { outcome: kind };
    },
  );
  app.post("/order-books/pass", (request, reply) => {
    const { seconds } = asObject(request.body);
    if (typeof seconds !== "number" || !Number.isInteger(seconds) || seconds < 1 || seconds > secondsMax)
      return reply.code(400).send({ error: `seconds is a whole number from 1 to ${secondsMax}` });
    orders.letPass(seconds);
    return { seconds };
  });
}
