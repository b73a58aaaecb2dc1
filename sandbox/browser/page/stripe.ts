import type { FormFields } from "../shared/form.ts";
import { languageOf } from "../shared/words.ts";
import { makeElements, type ElementsGroup, type PublicElements, type Reader } from "./elements.ts";
import type { GroupOptions } from "./group-settings.ts";
import { IntegrationError } from "./integration-error.ts";
import {
  confirmPayment,
  createConfirmationToken,
  createPaymentMethod,
  handleNextAction,
  retrievePaymentIntent,
} from "./payments.ts";

type WithElements = { readonly elements?: PublicElements; readonly params?: FormFields };
type ConfirmOptions = {
  readonly elements?: PublicElements;
  readonly clientSecret?: string;
  readonly confirmParams?: FormFields;
  readonly redirect?: "always" | "if_required";
};

/** `window.Stripe(publishableKey, { locale })`: https://docs.stripe.com/js/initializing */
export function openStripe(origin: string, publishableKey: string, options: { readonly locale?: string } = {}): object {
  if (!publishableKey.startsWith("pk_test_"))
    throw new IntegrationError(
      "Please call Stripe() with your publishable key. You used an empty string, a live key or a secret key.",
    );
  const { locale } = options;
  const setup = { origin, publishableKey, ...(locale === undefined ? {} : { locale }) };
  const groups = new WeakMap<object, ElementsGroup>();
  const groupOf = (elements: PublicElements | undefined): ElementsGroup | undefined => {
    if (elements === undefined) return undefined;
    const group = groups.get(elements);
    if (group === undefined) throw new IntegrationError("elements should be made by stripe.elements() of this Stripe.");
    return group;
  };
  const readerFor = (group?: ElementsGroup): Reader => ({
    ...setup,
    language: group?.settings.language() ?? languageOf(locale),
  });

  return {
    elements(groupOptions: GroupOptions) {
      const group = makeElements(setup, groupOptions);
      groups.set(group.elements, group);
      return group.elements;
    },
    createPaymentMethod(given: WithElements & FormFields) {
      const group = groupOf(given.elements);
      return createPaymentMethod(readerFor(group), group, group === undefined ? given : (given.params ?? {}));
    },
    createConfirmationToken(given: WithElements) {
      const group = groupOf(given.elements);
      if (group === undefined) return Promise.reject(new IntegrationError("createConfirmationToken needs elements."));
      return createConfirmationToken(readerFor(group), group, given.params ?? {});
    },
    confirmPayment(given: ConfirmOptions) {
      const group = groupOf(given.elements);
      return confirmPayment(readerFor(group), { group, ...readConfirm(given, group) });
    },
    confirmCardPayment: (clientSecret: string, data: FormFields = {}) =>
      confirmPayment(readerFor(), { group: undefined, clientSecret, params: data, isRedirectAlways: false }),
    handleNextAction: (given: { readonly clientSecret: string }) => handleNextAction(readerFor(), given.clientSecret),
    handleCardAction: (clientSecret: string) => handleNextAction(readerFor(), clientSecret),
    retrievePaymentIntent: (clientSecret: string) => retrievePaymentIntent(readerFor(), clientSecret),
    createToken: () => Promise.reject(new IntegrationError("The sandbox makes payment methods, not tokens.")),
    registerAppInfo: () => undefined,
    _registerWrapper: () => undefined,
  };
}

function readConfirm(given: ConfirmOptions, group: ElementsGroup | undefined) {
  const clientSecret = given.clientSecret ?? group?.clientSecret;
  if (clientSecret === undefined)
    throw new IntegrationError(
      "stripe.confirmPayment(): expected a clientSecret, or elements that were made with one.",
    );
  const isRedirectAlways = given.redirect !== "if_required";
  const params = given.confirmParams ?? {};
  if (isRedirectAlways && params["return_url"] === undefined)
    throw new IntegrationError("stripe.confirmPayment(): the `confirmParams.return_url` argument is required.");
  return { clientSecret, params, isRedirectAlways };
}
