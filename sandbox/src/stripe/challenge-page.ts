import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import type { Account } from "./account.ts";
import { finishAuthentication } from "./confirm-intent.ts";
import type { PaymentIntent } from "./objects.ts";

type IntentPath = { Params: { readonly id: string } };

/** The bank's 3-D Secure page: a shopper or a test says yes or no, and the intent goes on from there. */
export function addChallengePage(app: FastifyInstance, account: Account): void {
  app.get<IntentPath>("/3ds/:id", (request, reply) => {
    const intent = account.store.get("payment_intent", request.params.id);
    reply.type("text/html; charset=utf-8");
    return intent?.status === "requires_action"
      ? drawChallenge(intent)
      : reply.code(404).send("<!doctype html><p>Nothing to authenticate here.");
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
  return reply.type("text/html; charset=utf-8").send(drawDone(after));
}

/** The shopper comes back with what Stripe adds to a return URL. */
function backTo(returnUrl: string, intent: PaymentIntent): string {
  const url = new URL(returnUrl);
  url.searchParams.set("payment_intent", intent.id);
  url.searchParams.set("payment_intent_client_secret", intent.client_secret);
  url.searchParams.set("redirect_status", intent.status === "requires_payment_method" ? "failed" : "succeeded");
  return url.toString();
}

function drawChallenge(intent: PaymentIntent): string {
  const amount = new Intl.NumberFormat("en-US", { style: "currency", currency: intent.currency });
  const digits = amount.resolvedOptions().maximumFractionDigits ?? 2;
  return page(`
    <h1>Is this you?</h1>
    <p>Your bank asks you to approve a payment of <strong>${amount.format(intent.amount / 10 ** digits)}</strong>.</p>
    <form method="post" action="/3ds/${intent.id}/complete"><button id="test-source-authorize-3ds" class="yes">Complete</button></form>
    <form method="post" action="/3ds/${intent.id}/fail"><button id="test-source-fail-3ds">Fail</button></form>`);
}

/** Without a return URL the page sits in a frame of the shop, and tells the frame's owner. */
function drawDone(intent: PaymentIntent): string {
  const message = JSON.stringify({ type: "3ds-complete", paymentIntent: intent.id, status: intent.status });
  return page(
    `<p>Thank you. You can close this.</p><script>(window.opener || window.parent).postMessage(${message}, "*")</script>`,
  );
}

function page(content: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>3-D Secure test page</title>
<style>body { font: 16px/1.5 system-ui, sans-serif; max-width: 24rem; margin: 3rem auto; padding: 0 1rem; color: #1d2733 }
button { font: inherit; width: 100%; padding: .7rem; margin: .3rem 0; border: 1px solid #b9c0c7; border-radius: .4rem; background: #fff; cursor: pointer }
.yes { background: #1d4ed8; border-color: #1d4ed8; color: #fff }</style>${content}</html>`;
}
