import type { FastifyInstance } from "fastify";

import type { Account } from "./account.ts";
import { closeDispute, openDispute } from "./disputes.ts";
import type { Charge } from "./objects.ts";
import { failRefund } from "./refunds.ts";

type Body = Readonly<Record<string, unknown>>;

/** What only banks and shoppers can do at the real Stripe: disputes, late refund failures, the passing of days. */
export function addStripeControls(app: FastifyInstance, account: Account): void {
  const { store, world } = account;

  app.post<{ Body: string }>("/stripe-control/disputes", (request, reply) => {
    const body = readBody(request.body);
    const charge = chargeNamed(account, body);
    if (charge === undefined)
      return reply
        .code(404)
        .send({ error: "name a paid one: { payment_intent | charge, amount?, reason?, inquiry? }" });
    const amount = typeof body["amount"] === "number" ? body["amount"] : charge.amount_captured;
    const reason = typeof body["reason"] === "string" ? body["reason"] : "fraudulent";
    return world.atomically(() =>
      openDispute(account, charge, { amount, reason, isInquiry: body["inquiry"] === true }),
    );
  });
  app.post<{ Body: string; Params: { id: string } }>("/stripe-control/disputes/:id/close", (request, reply) => {
    const dispute = store.get("dispute", request.params.id);
    const outcome = readBody(request.body)["status"];
    if (dispute === undefined) return reply.code(404).send({ error: "no such dispute" });
    if (outcome !== "won" && outcome !== "lost")
      return reply.code(400).send({ error: 'body is { status: "won" | "lost" }' });
    const closed = world.atomically(() => closeDispute(account, dispute, outcome));
    return closed ?? reply.code(409).send({ error: "already closed" });
  });
  app.post<{ Params: { id: string } }>("/stripe-control/refunds/:id/fail", (request, reply) => {
    world.atomically(() => failRefund(account, request.params.id));
    return store.get("refund", request.params.id) ?? reply.code(404).send({ error: "no such refund" });
  });
  app.post<{ Params: { id: string } }>("/stripe-control/settle/:id", (request, reply) =>
    account.timers.hurry(request.params.id)
      ? store.find(request.params.id)
      : reply.code(404).send({ error: "nothing waits for this" }),
  );
  app.put<{ Body: string }>("/stripe-control/settings", (request, reply) => {
    const settleMs = readBody(request.body)["settleMs"];
    if (typeof settleMs !== "number" || settleMs < 0)
      return reply.code(400).send({ error: "body is { settleMs: number }" });
    account.timers.setDelayMs(settleMs);
    return { settleMs };
  });
  app.get("/stripe-control/settings", () => ({ settleMs: account.timers.delayMs() }));
}

/** In Stripe's scope every body is text; these few are JSON. */
function readBody(text: string | null | undefined): Body {
  try {
    const body: unknown = JSON.parse(text ?? "");
    return typeof body === "object" && body !== null ? (body as Body) : {};
  } catch {
    return {};
  }
}

function chargeNamed(account: Account, body: Body): Charge | undefined {
  const { store } = account;
  const intent =
    typeof body["payment_intent"] === "string" ? store.get("payment_intent", body["payment_intent"]) : undefined;
  const chargeId = intent === undefined ? body["charge"] : intent.latest_charge;
  const charge = typeof chargeId === "string" ? store.get("charge", chargeId) : undefined;
  return charge?.captured === true ? charge : undefined;
}
