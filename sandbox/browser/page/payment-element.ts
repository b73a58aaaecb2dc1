import { readCardOptions } from "../shared/card-options.ts";
import { makeElement, type ElementCore } from "./element.ts";
import type { GroupSettings } from "./group-settings.ts";

/** What the fields of frames/card-form.ts come to with Stripe's own sizes: their place is held from the start. */
const numberPx = 69.6;
const rowPx = 85.6;

/** `elements.create("payment")`: card fields in a frame of the sandbox's origin. */
export function makePaymentElement(settings: GroupSettings, options: object): ElementCore {
  return makeElement({
    type: "payment",
    options,
    url: () => new URL("/stripe-js/frames/card", settings.origin),
    title: settings.language() === "ko" ? "안전한 결제 입력 프레임" : "Secure payment input frame",
    heightPx(given) {
      const { asksName, asksPlace } = readCardOptions(given, settings.language());
      return Math.ceil(numberPx + rowPx * (1 + (asksName ? 1 : 0) + (asksPlace ? 1 : 0)));
    },
    settings: (given) => settings.forFrame(given),
    hear(core, _frame, message) {
      if (message.type !== "change") return;
      core.emit("change", { ...message.detail, collapsed: false, value: { type: "card" } });
    },
  });
}
