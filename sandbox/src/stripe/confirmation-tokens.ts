import type { ConfirmationToken, PaymentIntent, PaymentMethod } from "./objects.ts";
import { paymentMethodFrom, resolvePaymentMethod } from "./payment-methods.ts";
import { missingParam, noSuch, wrongState, type Refusal } from "./refusal.ts";
import { ok, type Answer, type Call, type Route } from "./route.ts";

/** What Stripe.js collected, for a server to confirm with: https://docs.stripe.com/api/confirmation_tokens */
export const confirmationTokenRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/v1/confirmation_tokens",
    endpoint: "confirmation_tokens.create",
    answers: "confirmation_token",
    isOpenToPublishable: true,
    allowed: [
      "payment_method",
      "payment_method_data",
      "payment_method_options",
      "return_url",
      "setup_future_usage",
      "shipping",
      "use_stripe_sdk",
    ],
    handle: create,
  },
  {
    method: "GET",
    path: "/v1/confirmation_tokens/:id",
    endpoint: "confirmation_tokens.retrieve",
    answers: "confirmation_token",
    allowed: [],
    handle: (call) => {
      const token = call.account.store.get("confirmation_token", call.id);
      return token === undefined ? noSuch("ConfirmationToken", call.id) : ok(token);
    },
  },
];

const secondsAlive = 12 * 60 * 60;

/** What a confirmation brings by its token; undefined for one without. */
export type TokenGiven = { readonly token: ConfirmationToken; readonly method: PaymentMethod };

/** Reads `confirmation_token`. A token pays once: its method is used up by that. */
export function tokenGiven(call: Call): TokenGiven | Refusal | undefined {
  const { account, params } = call;
  const id = params.text("confirmation_token");
  if (id === undefined) return undefined;
  const token = account.store.get("confirmation_token", id);
  const methodId = token === undefined ? null : account.store.mark(token.id);
  const method = methodId === null ? undefined : account.store.get("payment_method", methodId);
  if (token === undefined || method === undefined) return noSuch("ConfirmationToken", id, "confirmation_token");
  if (token.expires_at <= account.seconds())
    return wrongState(`The ConfirmationToken ${id} has expired. Create a new one.`, "resource_missing");
  return { token, method };
}

/** The intent with what its token says of where it is sent to. */
export function withShippingOf(given: TokenGiven | undefined, intent: PaymentIntent): PaymentIntent {
  return given === undefined || given.token.shipping === null ? intent : { ...intent, shipping: given.token.shipping };
}

function create(call: Call): Answer | Refusal {
  const { account, params } = call;
  const data = params.child("payment_method_data");
  const id = params.text("payment_method");
  const returnUrl = params.text("return_url");
  const future = params.choice("setup_future_usage", ["on_session", "off_session"]);
  const shipping = params.child("shipping");
  const problem = params.problem();
  if (problem !== undefined) return problem;
  const made = id !== undefined ? resolvePaymentMethod(account, id) : data && paymentMethodFrom(account, data);
  if (made === undefined)
    return id === undefined ? missingParam("payment_method_data") : noSuch("PaymentMethod", id, "payment_method");
  if ("kind" in made) return made;
  if (id === undefined) account.store.insert(made, null);

  const { type, billing_details, card } = made;
  const token: ConfirmationToken = {
    id: account.newId("ctoken"),
    object: "confirmation_token",
    created: account.seconds(),
    expires_at: account.seconds() + secondsAlive,
    livemode: false,
    mandate_data: null,
    payment_intent: null,
    payment_method_options: null,
    payment_method_preview: { type, billing_details, customer: null, ...(card === undefined ? {} : { card }) },
    return_url: returnUrl ?? null,
    setup_future_usage: future ?? null,
    setup_intent: null,
    shipping: shipping ?? null,
    use_stripe_sdk: true,
  };
  account.store.insert(token, null);
  account.store.setMark(token.id, made.id);
  return ok(token);
}
