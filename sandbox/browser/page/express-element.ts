import type { FromFrame } from "../shared/messages.ts";
import { makeElement, type ElementCore } from "./element.ts";
import type { FrameHandle } from "./frame.ts";
import type { GroupSettings } from "./group-settings.ts";
import { runWallet, type ExpressType, type WalletChoice } from "./wallet.ts";

const buttonHeightPx = 44;

/** `elements.create("expressCheckout")`: the buttons of two test wallets. */
export function makeExpressElement(
  settings: GroupSettings,
  options: object,
  chosen: (choice: WalletChoice) => void,
): ElementCore {
  return makeElement({
    type: "expressCheckout",
    options,
    url: () => new URL("/stripe-js/frames/express", settings.origin),
    title: settings.language() === "ko" ? "안전한 빠른 결제 프레임" : "Secure express checkout frame",
    heightPx: (given) =>
      "buttonHeight" in given && typeof given.buttonHeight === "number" ? given.buttonHeight : buttonHeightPx,
    settings: (given) => settings.forFrame(given),
    hear: (core, frame, message) =>
      hearButtons(core, frame, message, (type) => runWallet(core, settings, type, chosen)),
  });
}

function hearButtons(
  core: ElementCore,
  frame: FrameHandle,
  message: FromFrame,
  run: (type: ExpressType) => Promise<void>,
): void {
  if (message.type === "ready" && isReady(message.detail)) {
    const { link, googlePay } = message.detail.availablePaymentMethods;
    core.emit("availablepaymentmethodschange", {
      paymentMethods: { link: { available: link }, googlePay: { available: googlePay } },
    });
  }
  if (message.type !== "question" || message.name !== "press") return;
  const type: ExpressType = message.detail === "link" ? "link" : "google_pay";
  void run(type).then(() => frame.send({ type: "reply", id: message.id, detail: null }));
}

type Ready = { readonly availablePaymentMethods: { readonly link: boolean; readonly googlePay: boolean } };

function isReady(detail: unknown): detail is Ready {
  return (
    typeof detail === "object" &&
    detail !== null &&
    "availablePaymentMethods" in detail &&
    typeof detail.availablePaymentMethods === "object"
  );
}
