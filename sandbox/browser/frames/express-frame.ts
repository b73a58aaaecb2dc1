import type { FrameSettings } from "../shared/messages.ts";
import { languageOf } from "../shared/words.ts";
import { applyAppearance } from "./appearance.ts";
import { openPort, reportHeight } from "./port.ts";

/** The two wallets of the sandbox, as Stripe names them to a page and in `paymentMethods`. */
const wallets = [
  { type: "google_pay", option: "googlePay", name: "G Pay" },
  { type: "link", option: "link", name: "Link" },
] as const;

const root = document.querySelector<HTMLElement>("#root") ?? document.body;
let isReady = false;

const port = openPort({
  configure(settings) {
    const language = languageOf(settings.locale);
    document.documentElement.lang = language;
    applyAppearance(settings.appearance);
    const shown = wallets.filter(({ option }) => isOffered(settings, option));
    const row = document.createElement("div");
    row.className = "Wallets";
    row.append(
      ...shown.map(({ type, name }) => drawButton(type, language === "ko" ? `${name}로 결제` : name, settings)),
    );
    root.replaceChildren(row);
    if (isReady) return;
    isReady = true;
    port.say({ type: "ready", detail: { availablePaymentMethods: availability(shown.map(({ option }) => option)) } });
  },
  command(command) {
    if (command === "focus") root.querySelector("button")?.focus();
  },
});

reportHeight(port, root);

function drawButton(type: string, label: string, settings: FrameSettings): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = `Wallet Wallet--${type}`;
  button.textContent = label;
  const heightPx = optionsOf(settings)["buttonHeight"];
  if (typeof heightPx === "number") button.style.minHeight = `${heightPx}px`;
  button.addEventListener("click", () => {
    button.disabled = true;
    void port.question("press", type).then(() => {
      button.disabled = false;
      button.focus();
    });
  });
  return button;
}

function isOffered(settings: FrameSettings, option: string): boolean {
  const options = optionsOf(settings);
  const offered = { ...treeIn(options["wallets"]), ...treeIn(options["paymentMethods"]) };
  return offered[option] !== "never";
}

/** Undefined when there is nothing to show, as Stripe says it. */
function availability(offered: readonly string[]): Readonly<Record<string, boolean>> | undefined {
  if (offered.length === 0) return undefined;
  const all = ["amazonPay", "applePay", "googlePay", "link", "paypal", "klarna"];
  return Object.fromEntries(all.map((option) => [option, offered.includes(option)]));
}

function optionsOf(settings: FrameSettings): Readonly<Record<string, unknown>> {
  return treeIn(settings.options);
}

function treeIn(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
