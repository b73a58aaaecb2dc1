import { languageOf, type Language } from "../shared/words.ts";
import { applyAppearance } from "./appearance.ts";
import { openPort } from "./port.ts";
import { addresses, addressLine, cards, owner, type Address } from "./wallet-owner.ts";
import { walletWords, type WalletWords } from "./wallet-words.ts";

type Money = { readonly amount: number; readonly currency: string };
type Rate = { readonly id: string; readonly amount: number; readonly displayName: string };
type Item = { readonly name: string; readonly amount: number };

/** What the page asked for, and what it says again whenever something has changed. */
type Sheet = {
  readonly expressPaymentType: string;
  readonly money?: Money;
  readonly lineItems?: readonly Item[];
  readonly shippingRates?: readonly Rate[];
  readonly allowedShippingCountries?: readonly string[];
  readonly emailRequired?: boolean;
  readonly phoneNumberRequired?: boolean;
  readonly shippingAddressRequired?: boolean;
};

const root = document.querySelector<HTMLElement>("#root") ?? document.body;
let sheet: Sheet = { expressPaymentType: "link" };
let language: Language = "en";
let chosen: { readonly address: Address; readonly rateId: string; readonly token: string } = {
  address: firstOf(addresses),
  rateId: "",
  token: cards[0].token,
};
let isRefused = false;
/** The page is thinking about what was chosen; the total on the sheet is not sure. */
let isWaiting = false;

const port = openPort({
  configure(settings) {
    if (root.childElementCount > 0) return;
    sheet = settings.options as Sheet;
    language = languageOf(settings.locale);
    document.documentElement.lang = language;
    document.documentElement.classList.add("Sheet-page");
    applyAppearance(settings.appearance.theme === "night" ? { theme: "night" } : {});
    chosen = { ...chosen, address: firstOf(offeredAddresses()), rateId: sheet.shippingRates?.[0]?.id ?? "" };
    draw();
    root.querySelector<HTMLElement>("h1")?.focus();
    if (sheet.shippingAddressRequired === true) void addressChanged();
  },
});

async function addressChanged(): Promise<void> {
  const { city, state, postal_code: postalCode, country } = chosen.address;
  const partial = { city, state, postal_code: postalCode, country };
  await tellPage("shippingaddresschange", { name: owner.name, address: partial });
  if (!(sheet.shippingRates ?? []).some(({ id }) => id === chosen.rateId))
    chosen = { ...chosen, rateId: sheet.shippingRates?.[0]?.id ?? "" };
  draw();
}

async function rateChanged(): Promise<void> {
  await tellPage("shippingratechange", { shippingRate: chosenRate() });
  draw();
}

/** What the page answers is laid over what the sheet shows; a refusal keeps Pay shut. */
async function tellPage(name: string, detail: unknown): Promise<void> {
  isWaiting = true;
  draw();
  const answered = (await port.question(name, detail)) as Partial<Sheet> & { readonly isRejected?: boolean };
  isWaiting = false;
  isRefused = answered.isRejected === true;
  sheet = { ...sheet, ...answered };
}

function draw(): void {
  const words = walletWords[language];
  const focused = document.activeElement?.id ?? "";
  const name = sheet.expressPaymentType === "link" ? "Link" : "G Pay";
  const box = document.createElement("form");
  box.className = "Sheet";
  const title = make("h1", `${name} · ${words.to}`);
  title.tabIndex = -1;
  box.append(title);
  box.append(...drawRows(words), drawItems(words.total));
  const refused = make("p", isRefused ? words.refused : "");
  refused.className = "Error";
  refused.setAttribute("role", "alert");
  box.append(refused, drawButtons(words.confirm, words.cancel), small(words.simulated));
  box.addEventListener("submit", (event) => {
    event.preventDefault();
    pay();
  });
  root.replaceChildren(box);
  document.querySelector<HTMLElement>(focused === "" ? "h1" : `#${focused}`)?.focus();
}

/** Only what the page asked for: each thing more is one that a shopper must look at. */
function drawRows(words: WalletWords): readonly HTMLElement[] {
  const contact = [
    ...(sheet.emailRequired === true ? [owner.email] : []),
    ...(sheet.phoneNumberRequired === true ? [owner.phone] : []),
  ];
  return [
    ...(contact.length > 0 ? [row(words.contact, make("span", [owner.name, ...contact].join(" · ")))] : []),
    ...(sheet.shippingAddressRequired === true ? [row(words.address, addressSelect(), "address")] : []),
    ...((sheet.shippingRates ?? []).length > 0 ? [row(words.delivery, rateSelect(), "rate")] : []),
    row(words.card, cardSelect(), "card"),
  ];
}

function pay(): void {
  const { address, token } = chosen;
  const rate = chosenRate();
  const billingDetails = {
    name: owner.name,
    address,
    ...(sheet.emailRequired === true ? { email: owner.email } : {}),
    ...(sheet.phoneNumberRequired === true ? { phone: owner.phone } : {}),
  };
  const shipping = sheet.shippingAddressRequired === true ? { shippingAddress: { name: owner.name, address } } : {};
  const detail = {
    isPaid: true,
    token,
    billingDetails,
    ...shipping,
    ...(rate === undefined ? {} : { shippingRate: rate }),
  };
  port.say({ type: "done", detail });
}

function addressSelect(): HTMLSelectElement {
  const offered = offeredAddresses();
  return select("address", offered.map(addressLine), offered.indexOf(chosen.address), (index) => {
    chosen = { ...chosen, address: offered[index] ?? chosen.address };
    void addressChanged();
  });
}

function rateSelect(): HTMLSelectElement {
  const rates = sheet.shippingRates ?? [];
  const labels = rates.map(({ displayName, amount }) => `${displayName} · ${moneyText(amount)}`);
  return select(
    "rate",
    labels,
    Math.max(
      0,
      rates.findIndex(({ id }) => id === chosen.rateId),
    ),
    (index) => {
      chosen = { ...chosen, rateId: rates[index]?.id ?? "" };
      void rateChanged();
    },
  );
}

function cardSelect(): HTMLSelectElement {
  const labels = cards.map(({ label }) => label);
  return select(
    "card",
    labels,
    cards.findIndex(({ token }) => token === chosen.token),
    (index) => {
      chosen = { ...chosen, token: cards[index]?.token ?? chosen.token };
    },
  );
}

function drawItems(total: string): HTMLElement {
  const list = document.createElement("dl");
  const items = [
    ...(sheet.lineItems ?? []),
    ...(sheet.money === undefined ? [] : [{ name: total, amount: sheet.money.amount }]),
  ];
  for (const item of items) list.append(make("dt", item.name), make("dd", moneyText(item.amount)));
  return list;
}

function drawButtons(confirm: string, cancel: string): HTMLElement {
  const holder = document.createElement("div");
  holder.className = "Sheet-buttons";
  const yes = make("button", sheet.money === undefined ? confirm : `${confirm} ${moneyText(sheet.money.amount)}`);
  yes.id = "pay";
  yes.className = "Sheet-pay";
  yes.toggleAttribute("disabled", isRefused || isWaiting);
  const no = make("button", cancel);
  no.id = "cancel";
  no.setAttribute("type", "button");
  no.addEventListener("click", () => port.say({ type: "done", detail: { isPaid: false } }));
  holder.append(no, yes);
  return holder;
}

function row(label: string, content: HTMLElement, id?: string): HTMLElement {
  const holder = document.createElement("div");
  holder.className = "Field";
  const caption = document.createElement(id === undefined ? "p" : "label");
  caption.className = "Label";
  caption.textContent = label;
  if (id !== undefined) caption.setAttribute("for", id);
  holder.append(caption, content);
  return holder;
}

function select(
  id: string,
  labels: readonly string[],
  at: number,
  changed: (index: number) => void,
): HTMLSelectElement {
  const input = document.createElement("select");
  input.className = "Input";
  input.id = id;
  for (const [index, label] of labels.entries()) input.add(new Option(label, String(index), false, index === at));
  input.addEventListener("change", () => changed(input.selectedIndex));
  return input;
}

function small(text: string): HTMLElement {
  const line = make("p", text);
  line.className = "Sheet-small";
  return line;
}

function make<K extends keyof HTMLElementTagNameMap>(tag: K, text: string): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

function chosenRate(): Rate | undefined {
  return sheet.shippingRates?.find(({ id }) => id === chosen.rateId);
}

function offeredAddresses(): readonly Address[] {
  const allowed = sheet.allowedShippingCountries;
  const offered = addresses.filter(({ country }) => allowed === undefined || allowed.includes(country));
  return offered.length > 0 ? offered : addresses;
}

function moneyText(amount: number): string {
  const currency = sheet.money?.currency ?? "usd";
  const format = new Intl.NumberFormat(language === "ko" ? "ko-KR" : "en-US", { style: "currency", currency });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

function firstOf<T>(list: readonly T[]): T {
  const [first] = list;
  if (first === undefined) throw new Error("the list is written down here and not empty");
  return first;
}
