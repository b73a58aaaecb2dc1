import type { FormFields } from "../shared/form.ts";
import type { ElementCore } from "./element.ts";
import type { GroupSettings } from "./group-settings.ts";
import { openOverlay } from "./overlay.ts";

export type ExpressType = "link" | "google_pay";

/** What a wallet gives a page once its owner has agreed: a card that is already with Stripe. */
export type WalletChoice = {
  readonly expressPaymentType: ExpressType;
  /** A test token; the number behind it never comes near the page. */
  readonly token: string;
  readonly billingDetails: FormFields;
  readonly shippingAddress: FormFields | undefined;
};

/** What the wallet's page sends when its owner presses Pay. */
type Agreed = {
  readonly isPaid: boolean;
  readonly token: string;
  readonly billingDetails: FormFields;
  readonly shippingAddress?: FormFields;
  readonly shippingRate?: FormFields;
};

/** Stripe gives a page one second to say what the sheet should ask for. */
const clickMsMax = 1_000;
/** And this long to answer a change inside the sheet. */
const changeMsMax = 20_000;

/** One press of a wallet's button: `click`, the sheet with its changes, then `confirm` or `cancel`. */
export async function runWallet(
  core: ElementCore,
  settings: GroupSettings,
  expressPaymentType: ExpressType,
  chosen: (choice: WalletChoice) => void,
): Promise<void> {
  const clicked = await settle(core, "click", { expressPaymentType }, clickMsMax);
  if (clicked === "rejected" || clicked === "late") return;
  const overlay = openOverlay({
    url: new URL("/stripe-js/frames/wallet", settings.origin),
    title: expressPaymentType === "link" ? "Link" : "Google Pay",
    isDark: settings.isDark(),
    settings: settings.forFrame({ ...core.options(), ...clicked, expressPaymentType, money: settings.money() }),
    async answer(name, detail) {
      const answered = await settle(core, name, detail as object, changeMsMax);
      return typeof answered === "string" ? { isRejected: true } : { ...answered, money: settings.money() };
    },
  });
  const agreed = (await overlay.done) as Agreed;
  if (!agreed.isPaid) return void core.emit("cancel", {});
  const { token, billingDetails, shippingAddress, shippingRate } = agreed;
  chosen({ expressPaymentType, token, billingDetails, shippingAddress });
  core.emit("confirm", {
    expressPaymentType,
    billingDetails,
    ...(shippingAddress === undefined ? {} : { shippingAddress }),
    ...(shippingRate === undefined ? {} : { shippingRate }),
    // The sheet is gone by now; the page has a place of its own to say what went wrong.
    paymentFailed: () => undefined,
  });
}

/** Emits an event that the page must resolve or reject; one that nobody listens to resolves by itself. */
function settle(core: ElementCore, name: string, detail: object, msMax: number): Promise<object | "rejected" | "late"> {
  return new Promise((answer) => {
    const isHeard = core.emit(name, {
      ...detail,
      resolve: (given?: object) => answer(given ?? {}),
      reject: () => answer("rejected"),
    });
    if (!isHeard) answer({});
    setTimeout(() => answer("late"), msMax);
  });
}
