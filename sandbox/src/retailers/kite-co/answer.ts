import type { FastifyReply, FastifyRequest } from "fastify";

import { faultOf } from "../web/gate.ts";
import type { Shop } from "../web/shop.ts";
import type { ShopSession } from "../web/shop-session.ts";

/** So long after the last call one has to sign in again. */
const signedInMs = 900_000;

/** Sends what a view asked for. Next week's layout, or the newsletter, rides along in a header when a fault says so. */
export function send(shop: Shop, request: FastifyRequest, reply: FastifyReply, data: unknown): FastifyReply {
  if (faultOf(shop, request, "changed_page") !== undefined) void reply.header("x-kite-layout", "b");
  if (faultOf(shop, request, "popup") !== undefined) void reply.header("x-kite-popup", "newsletter");
  return reply.send(data);
}

/** @param fields what was wrong, by the form's fields */
export function refuse(
  reply: FastifyReply,
  status: number,
  error: string,
  fields: Readonly<Record<string, string>> = {},
): FastifyReply {
  return reply.code(status).send({ error, message: messages[error] ?? "That did not work.", fields });
}

const messages: Readonly<Record<string, string>> = {
  sign_in: "Please sign in to go on.",
  signed_out: "You have been signed out. Please sign in again.",
  sign_in_failed: "That email and password do not go together.",
  foreign: "This call did not come from our own pages.",
  not_found: "We could not find that.",
  sold_out: "Oh no, that has just sold out.",
  price_changed: "A price has changed. Please look again before you buy.",
  not_served: "Sorry, we do not fly there.",
  stale: "Your wagon has changed. Please look again.",
  too_late: "Too late to cancel: it is on its way.",
  fields: "Please look at this again.",
};

/** The signed-in session, kept alive by asking; undefined when there is none, and then the answer is already sent. */
export function signedIn(shop: Shop, request: FastifyRequest, reply: FastifyReply): ShopSession | undefined {
  const session = shop.sessions.of(request, reply);
  const { accountId, signedInUntilMs } = session.read();
  const nowMs = shop.retail.world.now();
  if (accountId === null || signedInUntilMs < nowMs) {
    refuse(reply, 401, signedInUntilMs === 0 ? "sign_in" : "signed_out");
    return undefined;
  }
  session.change({ signedInUntilMs: nowMs + signedInMs });
  return session;
}

export function signInAs(shop: Shop, session: ShopSession, accountId: string): void {
  session.change({ accountId, email: accountId, signedInUntilMs: shop.retail.world.now() + signedInMs });
}

/** Whether a call that changes something comes from our own page: other sites cannot set this header. */
export function isOwn(request: FastifyRequest): boolean {
  return request.headers["x-kite"] === "1";
}
