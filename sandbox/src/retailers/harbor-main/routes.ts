import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import { openRememberedAnswers } from "../remembered-answers.ts";
import { originOf, type Retail } from "../retail.ts";
import { addCheckoutRoutes } from "./checkout-routes.ts";
import { base, route, slug, type Desk } from "./desk.ts";
import { addOrderRoutes } from "./order-routes.ts";
import { profileOf, ucpVersions, type UcpVersion } from "./profile.ts";
import { keepRawBodies } from "./request-signature.ts";
import { openSessions } from "./session.ts";

/**
 * Harbor & Main speaks the Universal Commerce Protocol over REST (https://ucp.dev), versions 2026-04-08, 2026-01-23 and
 * 2026-01-11. Partners are known beforehand: an API key, and a profile URL on file for the `UCP-Agent` header.
 */
export function addUcpRoutes(app: FastifyInstance, retail: Retail): void {
  const desk: Desk = { ...retail, sessions: openSessions(retail.world), answers: openRememberedAnswers(retail.world) };
  app.get(`${base}/.well-known/ucp`, route("ucp.profile"), (request, reply) =>
    sendProfile(desk, request, reply, ucpVersions[0]),
  );
  for (const version of ucpVersions) {
    const path = `/.well-known/ucp`;
    app.get(`${base}${path}/${version}`, route("ucp.profile"), (request, reply) =>
      sendProfile(desk, request, reply, version),
    );
    // The same store as it would be had it stopped there: one version, and no word of another.
    app.get(`${base}/as-of/${version}${path}`, route("ucp.profile"), (request, reply) =>
      reply.send(profileOf(version, `${originOf(request)}${base}`, false)),
    );
  }
  void app.register(async (shop) => {
    keepRawBodies(shop);
    addCheckoutRoutes(shop, desk);
    addOrderRoutes(shop, desk);
  });
}

/** The fault `only_old_version` makes the store one that has not moved on from 2026-01-23. */
function sendProfile(desk: Desk, request: FastifyRequest, reply: FastifyReply, version: UcpVersion): FastifyReply {
  const isOld = desk.world.faults.hit(slug, "ucp.profile", request.url, ["only_old_version"]) !== undefined;
  return reply
    .header("cache-control", "public, max-age=300")
    .send(profileOf(isOld ? "2026-01-23" : version, `${originOf(request)}${base}`, true));
}
