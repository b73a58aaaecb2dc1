import { callApi, type ApiAnswer, type ApiError, type IntentSeen } from "../shared/api.ts";
import type { FormFields, FormValue } from "../shared/form.ts";
import type { Ask } from "../shared/messages.ts";
import { intentIdOf, readIntent, type ElementsGroup, type Reader } from "./elements.ts";
import { IntegrationError } from "./integration-error.ts";
import { takeNextAction, type Payment } from "./next-action.ts";

/** Makes `{ paymentMethod }` of the card in the elements, of what a wallet gave, or of plain data. */
export async function createPaymentMethod(
  reader: Reader,
  group: ElementsGroup | undefined,
  params: FormFields,
): Promise<{ readonly paymentMethod: unknown } | { readonly error: ApiError }> {
  const path = "/v1/payment_methods";
  const made =
    group === undefined
      ? await post(reader, path, params)
      : await fromGroup(reader, group, {
          method: "stripe.createPaymentMethod",
          path,
          params,
          ask: { kind: "createPaymentMethod", params },
        });
  return "error" in made ? made : { paymentMethod: made.body };
}

export async function createConfirmationToken(
  reader: Reader,
  group: ElementsGroup,
  params: FormFields,
): Promise<{ readonly confirmationToken: unknown } | { readonly error: ApiError }> {
  const made = await fromGroup(reader, group, {
    method: "stripe.createConfirmationToken",
    path: "/v1/confirmation_tokens",
    params,
    ask: { kind: "createConfirmationToken", params },
  });
  return "error" in made ? made : { confirmationToken: made.body };
}

export type Confirmation = {
  readonly group: ElementsGroup | undefined;
  readonly clientSecret: string;
  readonly params: FormFields;
  readonly isRedirectAlways: boolean;
};

/** Confirms an intent, leads the shopper through the bank's challenge if there is one, and says what became of it. */
export async function confirmPayment(reader: Reader, confirmation: Confirmation): Promise<Payment> {
  const { group, clientSecret, params, isRedirectAlways } = confirmation;
  const intentId = intentIdOf(clientSecret);
  const path = `/v1/payment_intents/${intentId}/confirm`;
  const sent: FormFields = { ...params, client_secret: clientSecret, use_stripe_sdk: true };
  const hasMethod = params["payment_method"] !== undefined || group === undefined;
  const confirmed = hasMethod
    ? await post(reader, path, sent)
    : await fromGroup(reader, group, {
        method: "stripe.confirmPayment",
        path,
        params: sent,
        ask: { kind: "confirmIntent", intentId, params: sent },
      });
  if ("error" in confirmed) return { error: confirmed.error };
  const intent = confirmed.body as IntentSeen;
  const payment =
    intent.status === "requires_action" ? await takeNextAction(reader, intent) : { paymentIntent: intent };
  return "error" in payment || !isRedirectAlways ? payment : leave(params["return_url"], payment.paymentIntent);
}

export async function retrievePaymentIntent(reader: Reader, clientSecret: string): Promise<Payment> {
  const read = await readIntent(reader, clientSecret);
  return "error" in read ? read : { paymentIntent: read.body };
}

export async function handleNextAction(reader: Reader, clientSecret: string): Promise<Payment> {
  const read = await readIntent(reader, clientSecret);
  if ("error" in read) return read;
  if (read.body.status !== "requires_action")
    throw new IntegrationError("handleNextAction: The PaymentIntent supplied is not in the requires_action state.");
  return takeNextAction(reader, read.body);
}

type GroupWork = {
  /** The method the page called, for its error. */
  readonly method: string;
  readonly path: string;
  readonly params: FormFields;
  readonly ask: Ask;
};

/** The card is in a frame, and so the frame does it; a wallet's token may be sent from here. */
async function fromGroup(reader: Reader, group: ElementsGroup, work: GroupWork): Promise<ApiAnswer<unknown>> {
  if (!group.hasSubmitted())
    throw new IntegrationError(
      `elements.submit() must be called before ${work.method}(). Call elements.submit() as soon as your customer presses pay, prior to any asynchronous work.`,
    );
  const wallet = group.takeWallet();
  if (wallet !== undefined) {
    const data = {
      type: "card",
      card: { token: wallet.token },
      billing_details: { ...wallet.billingDetails, ...fieldsIn(work.params["billing_details"]) },
    };
    const isMethod = work.ask.kind === "createPaymentMethod";
    return post(
      reader,
      work.path,
      isMethod ? { ...work.params, ...data } : { ...work.params, payment_method_data: data },
    );
  }
  const payment = group.payment();
  if (payment === undefined) throw new IntegrationError("The Elements group has no Payment Element.");
  return payment.ask(work.ask);
}

function post(reader: Reader, path: string, params: FormFields): Promise<ApiAnswer<unknown>> {
  const { origin, publishableKey, language } = reader;
  return callApi({ origin, key: publishableKey, language, method: "POST", path, params });
}

/** `redirect: "always"`: the page goes on to its return URL, and so this never comes back. */
function leave(returnUrl: FormValue, intent: IntentSeen): Promise<never> {
  const url = new URL(typeof returnUrl === "string" ? returnUrl : "", location.href);
  url.searchParams.set("payment_intent", intent.id);
  url.searchParams.set("payment_intent_client_secret", intent.client_secret);
  url.searchParams.set("redirect_status", intent.status === "processing" ? "pending" : "succeeded");
  location.assign(url);
  return new Promise(() => undefined);
}

function fieldsIn(value: unknown): FormFields {
  return typeof value === "object" && value !== null ? (value as FormFields) : {};
}
