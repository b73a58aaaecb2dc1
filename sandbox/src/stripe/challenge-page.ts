import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import type { Account } from "./account.ts";
import { drawChallenge, drawDone, drawNothing, type ChallengeFacts } from "./challenge-drawing.ts";
import { finishAuthentication } from "./confirm-intent.ts";
import type { PaymentIntent } from "./objects.ts";

type IntentPath = {
  Params: { readonly id: string };
  /** `frame` and `parent_origin` are whom to tell: Stripe.js of the page that this one is framed by. */
  Querystring: { readonly locale?: string; readonly frame?: string; readonly parent_origin?: string };
};

/** The bank's 3-D Secure page: a shopper or a test says yes or no, and the intent goes on from there. */
export function addChallengePage(app: FastifyInstance, account: Account): void {
  app.get<IntentPath>("/3ds/:id", (request, reply) => {
    const intent = account.store.get("payment_intent", request.params.id);
    asPage(reply);
    return intent?.status === "requires_action"
      ? drawChallenge(factsOf(account, intent, request))
      : reply.code(404).send(drawNothing(languageOf(request)));
  });
  for (const [verb, hasPassed] of [
    ["complete", true],
    ["fail", false],
  ] as const) {
    app.post<IntentPath>(
      `/3ds/:id/${verb}`,
      { config: { part: "stripe", endpoint: `3ds.${verb}` } },
      (request, reply) => settle(account, request, reply, hasPassed),
    );
  }
}

async function settle(
  account: Account,
  request: FastifyRequest<IntentPath>,
  reply: FastifyReply,
  hasPassed: boolean,
): Promise<FastifyReply> {
  const before = account.store.get("payment_intent", request.params.id);
  if (before === undefined) return reply.code(404).send({ error: "no such payment intent" });
  const after = account.world.atomically(() => finishAuthentication(account, before, hasPassed));
  await Promise.all(account.takeFirstDeliveries());
  if (after === undefined)
    return reply.code(409).send({ error: `the payment intent is ${before.status}`, payment_intent: before });
  if (!(request.headers.accept ?? "").includes("text/html")) return reply.send(after);

  const returnUrl =
    before.next_action?.type === "redirect_to_url" ? before.next_action.redirect_to_url.return_url : undefined;
  if (returnUrl !== undefined) return reply.redirect(backTo(returnUrl, after), 303);
  return asPage(reply).send(drawDone(languageOf(request)));
}

/** The shopper comes back with what Stripe adds to a return URL. */
function backTo(returnUrl: string, intent: PaymentIntent): string {
  const url = new URL(returnUrl);
  url.searchParams.set("payment_intent", intent.id);
  url.searchParams.set("payment_intent_client_secret", intent.client_secret);
  url.searchParams.set("redirect_status", intent.status === "requires_payment_method" ? "failed" : "succeeded");
  return url.toString();
}

function factsOf(account: Account, intent: PaymentIntent, request: FastifyRequest<IntentPath>): ChallengeFacts {
  const method =
    intent.payment_method === null ? undefined : account.store.get("payment_method", intent.payment_method);
  const { frame, parent_origin: parentOrigin } = request.query;
  return {
    intentId: intent.id,
    amount: intent.amount,
    currency: intent.currency,
    card: method?.card === undefined ? undefined : { brand: method.card.brand, last4: method.card.last4 },
    language: languageOf(request),
    at: new Date(account.world.now()),
    frame: frame === undefined || parentOrigin === undefined ? undefined : { id: frame, parentOrigin },
  };
}

function languageOf(request: FastifyRequest<IntentPath>): "en" | "ko" {
  const wanted = request.query.locale ?? request.headers["accept-language"] ?? "en";
  return wanted.toLowerCase().startsWith("ko") ? "ko" : "en";
}

/** Any shop may frame it, as with the pages of real banks. */
function asPage(reply: FastifyReply): FastifyReply {
  return reply
    .type("text/html; charset=utf-8")
    .header("cache-control", "no-store")
    .header("referrer-policy", "no-referrer")
    .header("content-security-policy", "frame-ancestors *; base-uri 'none'; object-src 'none'");
}
