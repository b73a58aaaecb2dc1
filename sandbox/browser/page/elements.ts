import { callApi, type ApiAnswer, type ApiError, type IntentSeen } from "../shared/api.ts";
import { languageOf } from "../shared/words.ts";
import type { ElementCore, PublicElement } from "./element.ts";
import { makeEmitter, type Handler } from "./emitter.ts";
import { makeExpressElement } from "./express-element.ts";
import type { GroupOptions, GroupSettings, Money } from "./group-settings.ts";
import { IntegrationError } from "./integration-error.ts";
import { makePaymentElement } from "./payment-element.ts";
import type { WalletChoice } from "./wallet.ts";

/** What the page holds: https://docs.stripe.com/js/elements_object */
export type PublicElements = {
  create(type: string, options?: object): PublicElement;
  getElement(type: string | object): PublicElement | null;
  update(changes: GroupOptions): Promise<void>;
  submit(): Promise<{ readonly selectedPaymentMethod: string } | { readonly error: ApiError }>;
  fetchUpdates(): Promise<{ readonly error?: { readonly message: string; readonly status?: string } }>;
  on(name: string, handler: Handler): void;
};

export type ElementsGroup = {
  readonly elements: PublicElements;
  readonly settings: GroupSettings;
  readonly clientSecret: string | undefined;
  payment(): ElementCore | undefined;
  hasSubmitted(): boolean;
  /** What a wallet handed out, once: the next payment method is made of it. */
  takeWallet(): WalletChoice | undefined;
};

export type GroupSetup = { readonly origin: string; readonly publishableKey: string; readonly locale?: string };

export function makeElements(setup: GroupSetup, given: GroupOptions): ElementsGroup {
  checkOptions(given);
  const emitter = makeEmitter();
  const cores: ElementCore[] = [];
  let options = given;
  let intent: Money | undefined;
  let wallet: WalletChoice | undefined;
  let hasSubmitted = false;

  const settings = openSettings(
    setup,
    () => options,
    () => intent,
  );
  const alive = (type: string): ElementCore | undefined =>
    cores.findLast((core) => core.type === type && !core.isDestroyed());
  const fetchIntent = async (clientSecret: string): Promise<ApiAnswer<IntentSeen>> => {
    const read = await readIntent({ ...setup, language: settings.language() }, clientSecret);
    if ("body" in read) intent = { amount: read.body.amount, currency: read.body.currency };
    else for (const core of cores) core.emit("loaderror", { error: read.error });
    return read;
  };
  if (given.clientSecret !== undefined) void fetchIntent(given.clientSecret);

  const elements: PublicElements = {
    create(type, elementOptions = {}) {
      if (alive(type) !== undefined) throw new IntegrationError(`Can only create one Element of type ${type}.`);
      const core =
        type === "expressCheckout"
          ? makeExpressElement(settings, elementOptions, (choice) => (wallet = choice))
          : makePaymentElement(settings, onlyPayment(type, elementOptions));
      cores.push(core);
      return core.element;
    },
    getElement: (type) => alive(typeof type === "string" ? type : "payment")?.element ?? null,
    update(changes) {
      options = { ...options, ...changes };
      checkOptions(options);
      for (const core of cores) if (core.isMounted()) core.reconfigure();
      emitter.emit("update-end", {});
      return Promise.resolve();
    },
    async submit() {
      const submitted =
        wallet === undefined
          ? await submitCard(alive("payment"))
          : { selectedPaymentMethod: wallet.expressPaymentType };
      hasSubmitted = !("error" in submitted);
      return submitted;
    },
    async fetchUpdates() {
      if (given.clientSecret === undefined) return {};
      const read = await fetchIntent(given.clientSecret);
      return "error" in read ? { error: { message: read.error.message, status: read.error.type } } : {};
    },
    on: (name, handler) => emitter.on(name, handler),
  };
  return {
    elements,
    settings,
    clientSecret: given.clientSecret,
    payment: () => alive("payment"),
    hasSubmitted: () => hasSubmitted,
    takeWallet() {
      const taken = wallet;
      wallet = undefined;
      return taken;
    },
  };
}

async function submitCard(core: ElementCore | undefined): ReturnType<PublicElements["submit"]> {
  if (core === undefined) throw new IntegrationError("elements.submit() needs a mounted Payment Element.");
  const asked = await core.ask({ kind: "submit" });
  return "error" in asked ? asked : { selectedPaymentMethod: "card" };
}

export type Reader = GroupSetup & { readonly language: ReturnType<GroupSettings["language"]> };

/** A browser's key sees an intent only with its client secret: `pi_…_secret_…`. */
export function readIntent(reader: Reader, clientSecret: string): Promise<ApiAnswer<IntentSeen>> {
  const { origin, publishableKey, language } = reader;
  const path = `/v1/payment_intents/${intentIdOf(clientSecret)}`;
  return callApi({
    origin,
    key: publishableKey,
    language,
    method: "GET",
    path,
    params: { client_secret: clientSecret },
  });
}

export function intentIdOf(clientSecret: string): string {
  const match = /^(pi_[A-Za-z0-9]+)_secret_[A-Za-z0-9]+$/.exec(clientSecret);
  if (match?.[1] !== undefined) return match[1];
  throw new IntegrationError(
    "Invalid value for clientSecret: should be a client secret of the form ${id}_secret_${secret}.",
  );
}

function openSettings(setup: GroupSetup, options: () => GroupOptions, intent: () => Money | undefined): GroupSettings {
  const locale = (): string => options().locale ?? setup.locale ?? "auto";
  return {
    origin: setup.origin,
    language: () => languageOf(locale()),
    isDark: () => options().appearance?.theme === "night",
    money() {
      const { amount, currency } = options();
      return amount !== undefined && currency !== undefined ? { amount, currency } : intent();
    },
    forFrame: (elementOptions) => ({
      publishableKey: setup.publishableKey,
      locale: locale() === "auto" ? navigator.language : locale(),
      appearance: options().appearance ?? {},
      fonts: options().fonts ?? [],
      options: elementOptions,
    }),
  };
}

function onlyPayment(type: string, options: object): object {
  if (type === "payment") return options;
  throw new IntegrationError(
    `The sandbox has the Elements payment and expressCheckout, and no Element of type ${type}.`,
  );
}

function checkOptions({ clientSecret, mode, amount, currency }: GroupOptions): void {
  if (clientSecret !== undefined) return void intentIdOf(clientSecret);
  if (mode === undefined) {
    throw new IntegrationError(
      "In order to create a payment element, you must pass a valid `clientSecret`, or `mode` with a currency, when creating the Elements group.",
    );
  }
  if (typeof currency !== "string" || currency !== currency.toLowerCase() || currency.length !== 3)
    throw new IntegrationError("Invalid value for elements(): currency should be a lower-case three-letter code.");
  if (mode === "payment" && !(Number.isInteger(amount) && Number(amount) > 0))
    throw new IntegrationError("Invalid value for elements(): amount must be greater than 0.");
}
