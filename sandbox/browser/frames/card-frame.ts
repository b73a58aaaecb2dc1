import { callApi } from "../shared/api.ts";
import type { FormFields } from "../shared/form.ts";
import type { Ask, Asked, FrameSettings } from "../shared/messages.ts";
import { languageOf, type Language } from "../shared/words.ts";
import { applyAppearance, loadFonts } from "./appearance.ts";
import { openCardForm, type CardForm } from "./card-form.ts";
import { openPort, reportHeight } from "./port.ts";

const root = document.querySelector<HTMLElement>("#root") ?? document.body;
let form: CardForm | undefined;
let settings: FrameSettings | undefined;

const port = openPort({
  configure(given) {
    const isFirst = form === undefined;
    const language = languageOf(given.locale);
    document.documentElement.lang = language;
    applyAppearance(given.appearance);
    loadFonts(given.fonts);
    if (isFirst || isDrawnOtherwise(given, settings)) {
      form = openCardForm(root, { language, options: given.options, kept: form?.keep() }, (state) =>
        port.say({ type: "change", detail: state }),
      );
    }
    settings = given;
    if (isFirst) port.say({ type: "ready" });
  },
  command(command) {
    if (command === "focus") form?.focus();
    else if (command === "clear") form?.clear();
    else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  },
  answer,
});

reportHeight(port, root);
listenToKeys();

/** Another amount is nothing to the fields: drawn anew they would lose the focus, and with it what is being typed. */
function isDrawnOtherwise(given: FrameSettings, before: FrameSettings | undefined): boolean {
  const drawn = (from: FrameSettings | undefined): string => JSON.stringify([from?.locale, from?.options]);
  return drawn(given) !== drawn(before);
}

/** Does what only this frame can do, because the card is here: the page gets answers, never numbers. */
async function answer(ask: Ask): Promise<Asked> {
  if (form === undefined || settings === undefined) throw new Error("a frame is asked only once it is configured");
  const problem = form.validate();
  if (problem !== undefined) return { error: { type: "validation_error", ...problem } };
  const { publishableKey, locale } = settings;
  const language = languageOf(locale);
  switch (ask.kind) {
    case "submit":
      return { body: { selectedPaymentMethod: "card" } };
    case "createPaymentMethod":
      return post(publishableKey, language, "/v1/payment_methods", withCard(form, ask.params));
    case "createConfirmationToken":
      return post(publishableKey, language, "/v1/confirmation_tokens", {
        ...ask.params,
        payment_method_data: withCard(form, fieldsIn(ask.params["payment_method_data"])),
      });
    default:
      return post(publishableKey, language, `/v1/payment_intents/${ask.intentId}/confirm`, {
        ...ask.params,
        payment_method_data: withCard(form, fieldsIn(ask.params["payment_method_data"])),
      });
  }
}

function post(key: string, language: Language, path: string, params: FormFields): Promise<Asked> {
  return callApi({ origin: "", key, language, method: "POST", path, params });
}

/** The page's billing details over those of the fields: what it says itself it knows better. */
function withCard(from: CardForm, params: FormFields): FormFields {
  const typed = from.billingDetails();
  const given = fieldsIn(params["billing_details"]);
  return {
    ...params,
    type: "card",
    card: from.card(),
    billing_details: {
      ...typed,
      ...given,
      address: { ...fieldsIn(typed["address"]), ...fieldsIn(given["address"]) },
    },
  };
}

function fieldsIn(value: unknown): FormFields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as FormFields) : {};
}

function listenToKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") port.say({ type: "escape" });
    if (event.key === "Enter" && event.target instanceof HTMLInputElement) port.say({ type: "enter" });
  });
  // Moving from field to field inside is no blur of the element.
  let isFocused = false;
  const tell = (): void => {
    const now = document.hasFocus() && document.activeElement !== document.body;
    if (now === isFocused) return;
    isFocused = now;
    port.say({ type: now ? "focus" : "blur" });
  };
  for (const type of ["focusin", "focusout", "focus", "blur"])
    window.addEventListener(type, () => setTimeout(tell), true);
}
