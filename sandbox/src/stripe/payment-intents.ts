import { cancelIntent, captureIntent } from "./capture-intent.ts";
import {
  confirmIntent,
  confirmProblem,
  methodProblem,
  unexpectedState,
  type ConfirmOptions,
} from "./confirm-intent.ts";
import { tokenGiven, withShippingOf, type TokenGiven } from "./confirmation-tokens.ts";
import { intentFrom } from "./intent-from-params.ts";
import type { PaymentIntent, PaymentMethod } from "./objects.ts";
import type { Params } from "./params.ts";
import { paymentMethodFrom, resolvePaymentMethod } from "./payment-methods.ts";
import { invalidParam, noSuch, refusal, type Refusal } from "./refusal.ts";
import { listAllows, listPage, ok, type Answer, type Call, type Route } from "./route.ts";
import { searchIntents } from "./search-intents.ts";

const describing: readonly string[] = [
  "description",
  "metadata",
  "receipt_email",
  "shipping",
  "statement_descriptor",
  "statement_descriptor_suffix",
  "transfer_group",
  "setup_future_usage",
  "payment_method",
  "payment_method_data",
  "payment_method_options",
  "payment_method_types",
  "allowed_payment_method_types",
  "excluded_payment_method_types",
  "application_fee_amount",
  "capture_method",
  "amount_details",
  "payment_details",
  "hooks",
  "radar_options",
];
const confirming: readonly string[] = [
  "off_session",
  "return_url",
  "use_stripe_sdk",
  "error_on_requires_action",
  "mandate",
  "mandate_data",
  "confirmation_token",
];

export const paymentIntentRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/v1/payment_intents",
    endpoint: "payment_intents.create",
    answers: "payment_intent",
    handle: create,
    allowed: [
      ...describing,
      ...confirming,
      "amount",
      "currency",
      "customer",
      "confirm",
      "confirmation_method",
      "automatic_payment_methods",
      "on_behalf_of",
    ],
  },
  {
    method: "GET",
    path: "/v1/payment_intents",
    endpoint: "payment_intents.list",
    answers: "payment_intent",
    isList: true,
    allowed: listAllows("customer"),
    handle: list,
  },
  {
    method: "GET",
    path: "/v1/payment_intents/search",
    endpoint: "payment_intents.search",
    answers: "payment_intent",
    isList: true,
    allowed: ["query", "limit", "page"],
    handle: searchIntents,
  },
  {
    method: "GET",
    path: "/v1/payment_intents/:id",
    endpoint: "payment_intents.retrieve",
    answers: "payment_intent",
    allowed: ["client_secret"],
    isOpenToPublishable: true,
    handle: withIntent((_call, intent) => ok(intent)),
  },
  {
    method: "POST",
    path: "/v1/payment_intents/:id",
    endpoint: "payment_intents.update",
    answers: "payment_intent",
    allowed: [...describing, "amount", "currency", "customer"],
    handle: withIntent(update),
  },
  {
    method: "POST",
    path: "/v1/payment_intents/:id/confirm",
    endpoint: "payment_intents.confirm",
    answers: "payment_intent",
    allowed: [
      ...confirming,
      "payment_method",
      "payment_method_data",
      "payment_method_options",
      "payment_method_types",
      "allowed_payment_method_types",
      "excluded_payment_method_types",
      "capture_method",
      "receipt_email",
      "setup_future_usage",
      "shipping",
      "amount_to_confirm",
      "client_secret",
      "payment_details",
      "amount_details",
      "radar_options",
      "hooks",
    ],
    isOpenToPublishable: true,
    handle: withIntent(confirm),
  },
  {
    method: "POST",
    path: "/v1/payment_intents/:id/capture",
    endpoint: "payment_intents.capture",
    answers: "payment_intent",
    allowed: [
      "amount_to_capture",
      "application_fee_amount",
      "final_capture",
      "metadata",
      "statement_descriptor",
      "statement_descriptor_suffix",
      "amount_details",
      "payment_details",
      "hooks",
    ],
    handle: withIntent(captureIntent),
  },
  {
    method: "POST",
    path: "/v1/payment_intents/:id/cancel",
    endpoint: "payment_intents.cancel",
    answers: "payment_intent",
    allowed: ["cancellation_reason"],
    handle: withIntent(cancelIntent),
  },
];

/** Looks the intent up; a browser's key sees it only with its client secret. */
function withIntent(handle: (call: Call, intent: PaymentIntent) => Answer | Refusal): (call: Call) => Answer | Refusal {
  return (call) => {
    const intent = call.account.store.get("payment_intent", call.id);
    if (intent === undefined) return noSuch("payment_intent", call.id, "intent");
    const secret = call.params.text("client_secret");
    if ((call.isPublishable || secret !== undefined) && secret !== intent.client_secret) {
      return secret === undefined
        ? refusal(401, {
            type: "invalid_request_error",
            message: "Missing required param: client_secret.",
            param: "client_secret",
          })
        : invalidParam(
            "client_secret",
            `The client_secret provided does not match any associated PaymentIntent on this account. Ensure the publishable key used belongs to the same account that created the PaymentIntent.`,
            "payment_intent_invalid_parameter",
          );
    }
    return handle(call, intent);
  };
}

function create(call: Call): Answer | Refusal {
  const { account, params } = call;
  const isConfirmed = params.flag("confirm") ?? false;
  if (!isConfirmed) {
    const only = ["return_url", "off_session", "error_on_requires_action", "confirmation_token"].find((name) =>
      params.has(name),
    );
    if (only !== undefined)
      return invalidParam(only, `The \`${only}\` parameter can only be passed when \`confirm=true\`.`);
  }
  const made = intentFrom(call);
  if ("kind" in made) return made;
  const options = confirmOptions(call);
  if ("kind" in options) return options;
  const { method, token } = options;
  const described = withShippingOf(token, made);
  const intent: PaymentIntent =
    method === undefined ? described : { ...described, payment_method: method.id, status: "requires_confirmation" };
  const problem = isConfirmed
    ? confirmProblem(account, intent, options)
    : method && methodProblem(account, intent, method);
  if (problem !== undefined) return withoutIntent(problem);

  account.store.insert(intent, intent.customer);
  account.emit("payment_intent.created", intent);
  return isConfirmed ? confirmIntent(call, intent, options) : ok(intent);
}

/** An intent that was never kept is not shown in an error, and the refusal is a mere validation. */
function withoutIntent(problem: Refusal): Refusal {
  const { payment_intent: _never, ...error } = problem.error;
  return { ...problem, hasBegun: false, error };
}

function update(call: Call, intent: PaymentIntent): Answer | Refusal {
  const { account, params } = call;
  const changed = intentFrom(call, intent);
  if ("kind" in changed) return changed;
  const frozen = ["amount", "currency", "customer", "payment_method", "capture_method"].find((name) =>
    params.has(name),
  );
  if (
    frozen !== undefined &&
    !["requires_payment_method", "requires_confirmation", "requires_action"].includes(intent.status)
  ) {
    return unexpectedState(
      intent,
      `This PaymentIntent's ${frozen} could not be updated because it has a status of ${intent.status}. You may only update the ${frozen} of a PaymentIntent with one of the following statuses: requires_payment_method, requires_confirmation, requires_action.`,
    );
  }
  const method = methodGiven(call);
  if (method !== undefined && "kind" in method) return method;
  const problem = method && methodProblem(account, changed, method);
  if (problem !== undefined) return problem;
  const next = frozen === undefined ? changed : reopened(changed, method);
  account.store.update(next);
  account.store.reindexMetadata(intent, next);
  return ok(next);
}

/** What is to be paid has changed: a challenge under way is void and the intent must be confirmed again. */
function reopened(intent: PaymentIntent, method: PaymentMethod | undefined): PaymentIntent {
  const methodId = method?.id ?? intent.payment_method;
  return {
    ...intent,
    payment_method: methodId,
    next_action: null,
    status: methodId === null ? "requires_payment_method" : "requires_confirmation",
  };
}

function confirm(call: Call, intent: PaymentIntent): Answer | Refusal {
  const { params } = call;
  const options = confirmOptions(call);
  if ("kind" in options) return options;
  const amount = params.integer("amount_to_confirm", 1);
  const described = intentFrom(call, intent);
  if ("kind" in described) return described;
  if (amount !== undefined && amount !== intent.amount) {
    return invalidParam("amount_to_confirm", "The amount_to_confirm does not match the amount of the PaymentIntent.");
  }
  const canChange = intent.status !== "succeeded" && intent.status !== "canceled";
  return confirmIntent(call, canChange ? withShippingOf(options.token, described) : intent, options);
}

function confirmOptions(call: Call): (ConfirmOptions & { readonly token: TokenGiven | undefined }) | Refusal {
  const { params } = call;
  const payer = payerGiven(call);
  if ("kind" in payer) return payer;
  const { token, method } = payer;
  const options = {
    token,
    method,
    isOffSession: isOffSession(params),
    returnUrl: params.text("return_url") ?? token?.token.return_url ?? undefined,
    usesSdk: params.flag("use_stripe_sdk") ?? token !== undefined,
    failsOnAction: params.flag("error_on_requires_action") ?? false,
  };
  if (options.returnUrl !== undefined && !URL.canParse(options.returnUrl))
    return invalidParam("return_url", "Not a valid URL", "url_invalid");
  return params.problem() ?? options;
}

type Payer = { readonly token: TokenGiven | undefined; readonly method: PaymentMethod | undefined };

function payerGiven(call: Call): Payer | Refusal {
  const token = tokenGiven(call);
  if (token !== undefined) return "kind" in token ? token : { token, method: token.method };
  const method = methodGiven(call);
  return method !== undefined && "kind" in method ? method : { token, method };
}

/** `off_session` is a boolean, or says why the shopper is away (`one_off`, `recurring`). */
function isOffSession(params: Params): boolean {
  const value = params.text("off_session");
  return value !== undefined && value !== "false";
}

function methodGiven(call: Call): PaymentMethod | Refusal | undefined {
  const { account, params } = call;
  const id = params.text("payment_method");
  if (id !== undefined) return resolvePaymentMethod(account, id) ?? noSuch("PaymentMethod", id, "payment_method");
  const data = params.child("payment_method_data");
  if (data === undefined) return undefined;
  const made = paymentMethodFrom(account, data);
  if (!("kind" in made)) account.store.insert(made, null);
  return made;
}

function list(call: Call): Answer | Refusal {
  return listPage(call, { type: "payment_intent", url: "/v1/payment_intents", parent: call.params.text("customer") });
}
