import type { FastifyInstance } from "fastify";

import type { Part } from "#core/part.ts";
import type { World } from "#core/world.ts";
import { unreachable } from "#core/assert.ts";
import { openAccount, type Account } from "./account.ts";
import { serveRoutes } from "./api.ts";
import { balanceRoutes } from "./balance.ts";
import { addChallengePage } from "./challenge-page.ts";
import { chargeRoutes } from "./charges.ts";
import { confirmationTokenRoutes } from "./confirmation-tokens.ts";
import { settleBankPayment } from "./confirm-intent.ts";
import { addStripeControls } from "./control-routes.ts";
import { customerRoutes } from "./customers.ts";
import { disputeRoutes, openDispute } from "./disputes.ts";
import { eventRoutes } from "./event-routes.ts";
import { paymentIntentRoutes } from "./payment-intents.ts";
import { paymentMethodRoutes } from "./payment-methods.ts";
import { failRefund, refundRoutes, settleRefund } from "./refunds.ts";
import { testCardOf } from "./charge-card.ts";
import type { TimerAction } from "./timers.ts";
import { endpointTargets, webhookEndpointRoutes } from "./webhook-endpoints.ts";

/** Stripe's API in test mode, as its official SDKs see it. */
export const stripe: Part = {
  name: "stripe",
  register(app: FastifyInstance, world: World): void {
    const account = openAccount(world);
    addBrowserAccess(app);
    world.webhooks.targets.addExtra("stripe", endpointTargets(account));
    serveRoutes(app, account, [
      ...paymentMethodRoutes,
      ...confirmationTokenRoutes,
      ...customerRoutes,
      ...paymentIntentRoutes,
      ...chargeRoutes,
      ...refundRoutes,
      ...disputeRoutes,
      ...balanceRoutes,
      ...eventRoutes,
      ...webhookEndpointRoutes,
    ]);
    addChallengePage(app, account);
    addStripeControls(app, account);
    account.timers.start((action, objectId) => act(account, action, objectId));
  },
};

function act(account: Account, action: TimerAction, objectId: string): void {
  switch (action) {
    case "settle_bank_payment":
      return settleBankPayment(account, objectId);
    case "settle_refund":
      return settleRefund(account, objectId);
    case "fail_refund":
      return failRefund(account, objectId);
    case "open_dispute":
      return disputeByCard(account, objectId);
    default:
      return unreachable(action);
  }
}

function disputeByCard(account: Account, chargeId: string): void {
  const charge = account.store.get("charge", chargeId);
  const method = charge && account.store.get("payment_method", charge.payment_method);
  const dispute = method && testCardOf(method)?.dispute;
  if (charge === undefined || dispute === undefined) return;
  openDispute(account, charge, { amount: charge.amount_captured, ...dispute });
}

/**
 * A page of another origin may call `/v1` with the publishable key, as at Stripe. An injected error has these headers
 * too: a browser is to see a 500, not a broken rule of its own.
 */
function addBrowserAccess(app: FastifyInstance): void {
  app.addHook("onRequest", (request, reply, done) => {
    if (request.headers.origin !== undefined)
      reply
        .header("access-control-allow-origin", "*")
        .header("access-control-expose-headers", "Request-Id, Stripe-Should-Retry, Idempotent-Replayed");
    done();
  });
  app.options("/v1/*", (_request, reply) =>
    reply
      .header("access-control-allow-origin", "*")
      .header("access-control-allow-methods", "GET, POST, DELETE, OPTIONS")
      .header("access-control-allow-headers", "authorization, content-type, idempotency-key, stripe-version")
      .header("access-control-max-age", "300")
      .code(204)
      .send(),
  );
}
