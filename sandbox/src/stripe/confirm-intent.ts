import { chargeCard, declinePayment, takeMoney, testCardOf } from "./charge-card.ts";
import type { Account } from "./account.ts";
import type { NextAction, PaymentError, PaymentIntent, PaymentMethod } from "./objects.ts";
import { usedUp } from "./payment-methods.ts";
import { docUrl, invalidParam, wrongState, type Refusal } from "./refusal.ts";
import { ok, type Answer, type Call } from "./route.ts";
import { bankByLast4, declineOf, type Decline } from "./test-cards.ts";

export type ConfirmOptions = {
  /** The method given with the confirmation; the intent's own otherwise. */
  readonly method: PaymentMethod | undefined;
  readonly isOffSession: boolean;
  readonly returnUrl: string | undefined;
  readonly usesSdk: boolean;
  readonly failsOnAction: boolean;
};

/** Types of payment that send the shopper elsewhere, and so need a way back. */
const redirectTypes: readonly string[] = [
  "amazon_pay",
  "cashapp",
  "klarna",
  "alipay",
  "ideal",
  "bancontact",
  "kakao_pay",
  "naver_pay",
];
const confirmable: readonly PaymentIntent["status"][] = [
  "requires_payment_method",
  "requires_confirmation",
  "requires_action",
];

/** Tries to pay an intent. At most one charge can come of it: an intent that is paid, held or canceled is refused. */
export function confirmIntent(call: Call, intent: PaymentIntent, options: ConfirmOptions): Answer | Refusal {
  const { account } = call;
  const problem = confirmProblem(account, intent, options);
  const method = methodToUse(account, intent, options);
  if (problem !== undefined || method === undefined) return problem ?? missingMethod(intent);

  const ready = { ...intent, payment_method: method.id, last_payment_error: null, next_action: null };
  if (method.type === "us_bank_account") return startBankPayment(account, ready);
  if (mustAuthenticate(account, method, options)) return askForAuthentication(call, ready, method, options);
  const outcome = chargeCard(account, ready, method, injectedDecline(call));
  return outcome.kind === "charged" ? ok(outcome.intent) : outcome.refusal;
}

/** Why this intent cannot be confirmed like this; nothing has been done yet. */
export function confirmProblem(account: Account, intent: PaymentIntent, options: ConfirmOptions): Refusal | undefined {
  const method = methodToUse(account, intent, options);
  const problem = stateProblem(intent);
  if (problem !== undefined) return problem;
  if (method === undefined) return missingMethod(intent);
  return methodProblem(account, intent, method) ?? returnUrlProblem(intent, options);
}

function methodToUse(account: Account, intent: PaymentIntent, options: ConfirmOptions): PaymentMethod | undefined {
  if (options.method !== undefined || intent.payment_method === null) return options.method;
  return account.store.get("payment_method", intent.payment_method);
}

/** The shopper has answered the bank's challenge. `undefined` when the intent was not waiting for that. */
export function finishAuthentication(
  account: Account,
  intent: PaymentIntent,
  hasPassed: boolean,
): PaymentIntent | undefined {
  if (intent.status !== "requires_action" || intent.payment_method === null) return undefined;
  const method = account.store.get("payment_method", intent.payment_method);
  if (method === undefined) return undefined;
  if (!hasPassed) return failAuthentication(account, intent, method);
  account.store.setMark(method.id, "authenticated");
  return chargeCard(account, intent, method, undefined).intent;
}

/** A bank has made up its mind about a payment that was `processing`. */
export function settleBankPayment(account: Account, intentId: string): void {
  const intent = account.store.get("payment_intent", intentId);
  if (intent?.status !== "processing" || intent.payment_method === null) return;
  const method = account.store.get("payment_method", intent.payment_method);
  if (method === undefined) return;
  const settles = bankByLast4(method.us_bank_account?.last4 ?? "")?.settles;
  if (settles === "failed") declinePayment(account, intent, method, declineOf("insufficient_funds"));
  else takeMoney(account, intent, method);
}

function stateProblem(intent: PaymentIntent): Refusal | undefined {
  if (intent.status === "succeeded") {
    return unexpectedState(
      intent,
      "You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.",
    );
  }
  if (!confirmable.includes(intent.status)) {
    return unexpectedState(
      intent,
      `You cannot confirm this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be confirmed: requires_confirmation, requires_action.`,
    );
  }
  return undefined;
}

function missingMethod(intent: PaymentIntent): Refusal {
  return unexpectedState(
    intent,
    "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
  );
}

/** The state does not allow it: the error carries the intent, so that the caller sees why. */
export function unexpectedState(intent: PaymentIntent, message: string): Refusal {
  return wrongState(message, "payment_intent_unexpected_state", { payment_intent: intent });
}

/** Whether this method may pay this intent at all. */
export function methodProblem(account: Account, intent: PaymentIntent, method: PaymentMethod): Refusal | undefined {
  if (!intent.payment_method_types.includes(method.type)) {
    return invalidParam(
      "payment_method",
      `The PaymentMethod provided (${method.type}) is not allowed for this PaymentIntent. Please attach a PaymentMethod of one of the following types: ${intent.payment_method_types.join(", ")}. Or update the allowed payment_method_types for this PaymentIntent to include "${method.type}".`,
    );
  }
  if (method.customer === null && account.store.mark(method.id) === "used") return usedUp();
  if (method.customer === null || method.customer === intent.customer) return undefined;
  if (intent.customer === null) {
    return invalidParam(
      "payment_method",
      `The PaymentMethod ${method.id} belongs to the Customer ${method.customer}. Please include the Customer in the \`customer\` parameter on the PaymentIntent.`,
    );
  }
  return invalidParam(
    "payment_method",
    `The PaymentMethod ${method.id} does not belong to the Customer ${intent.customer} that you supplied.`,
  );
}

function returnUrlProblem(intent: PaymentIntent, options: ConfirmOptions): Refusal | undefined {
  const automatic = intent.automatic_payment_methods;
  if (options.returnUrl !== undefined || options.usesSdk || automatic === null || automatic.allow_redirects === "never")
    return undefined;
  if (
    intent.allowed_payment_method_types !== null &&
    !intent.allowed_payment_method_types.some((type) => redirectTypes.includes(type))
  )
    return undefined;
  return invalidParam(
    "return_url",
    "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`. If you don't want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and Payment Intents.",
  );
}

function mustAuthenticate(account: Account, method: PaymentMethod, options: ConfirmOptions): boolean {
  switch (testCardOf(method)?.authentication) {
    case "always":
      return true;
    case "unless_set_up":
      return !options.isOffSession || account.store.mark(method.id) !== "authenticated";
    case "on_session":
      return !options.isOffSession;
    default:
      return false;
  }
}

function askForAuthentication(
  call: Call,
  intent: PaymentIntent,
  method: PaymentMethod,
  options: ConfirmOptions,
): Answer | Refusal {
  const { account } = call;
  if (options.isOffSession || options.failsOnAction) {
    return declinePayment(account, intent, method, declineOf("authentication_required")).refusal;
  }
  const waiting: PaymentIntent = {
    ...intent,
    status: "requires_action",
    next_action: nextAction(call, intent, options),
  };
  account.store.update(waiting);
  account.emit("payment_intent.requires_action", waiting);
  return ok(waiting);
}

function nextAction(call: Call, intent: PaymentIntent, options: ConfirmOptions): NextAction {
  const url = `${call.origin}/3ds/${intent.id}`;
  if (options.returnUrl !== undefined && !options.usesSdk) {
    return { type: "redirect_to_url", redirect_to_url: { return_url: options.returnUrl, url } };
  }
  return {
    type: "use_stripe_sdk",
    use_stripe_sdk: { type: "three_d_secure_redirect", stripe_js: url, source: call.account.newId("src") },
  };
}

function failAuthentication(account: Account, intent: PaymentIntent, method: PaymentMethod): PaymentIntent {
  const code = "payment_intent_authentication_failure";
  const error: PaymentError = {
    type: "invalid_request_error",
    code,
    doc_url: docUrl(code),
    payment_method: method,
    message:
      "The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.",
  };
  const open: PaymentIntent = {
    ...intent,
    status: "requires_payment_method",
    payment_method: null,
    next_action: null,
    last_payment_error: error,
  };
  account.store.update(open);
  account.emit("payment_intent.payment_failed", open);
  return open;
}

function startBankPayment(account: Account, intent: PaymentIntent): Answer {
  const waiting: PaymentIntent = { ...intent, status: "processing" };
  account.store.update(waiting);
  account.emit("payment_intent.processing", waiting);
  const method =
    intent.payment_method === null ? undefined : account.store.get("payment_method", intent.payment_method);
  if (bankByLast4(method?.us_bank_account?.last4 ?? "")?.settles !== "never")
    account.timers.schedule("settle_bank_payment", intent.id);
  return ok(waiting);
}

function injectedDecline(call: Call): Decline | undefined {
  const rule = call.account.world.faults.hit("stripe", call.endpoint, call.text, ["decline"]);
  return rule === undefined ? undefined : declineOf(String(rule.value ?? "generic_decline"));
}
