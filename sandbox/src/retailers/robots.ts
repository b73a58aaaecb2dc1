import type { FastifyInstance } from "fastify";

import { stores } from "./stores.ts";

/** Goods may be read by anybody's robot, at a person's pace; baskets, tills, accounts and orders by none. */
export function addRobots(app: FastifyInstance): void {
  const closed = [
    "api/",
    "cart",
    "bag",
    "checkout",
    "account",
    "sign-in",
    "addresses",
    "orders",
    "track",
    "thank-you",
    "placed",
  ];
  const text = [
    "User-agent: *",
    "Crawl-delay: 1",
    ...stores.flatMap(({ slug }) => closed.map((path) => `Disallow: /retailers/${slug}/${path}`)),
    "Allow: /retailers/",
    "",
  ].join("\n");
  app.get("/robots.txt", (_request, reply) => reply.type("text/plain; charset=utf-8").send(text));
  for (const { slug } of stores) {
    app.get(`/retailers/${slug}/robots.txt`, (_request, reply) => reply.type("text/plain; charset=utf-8").send(text));
  }
}
