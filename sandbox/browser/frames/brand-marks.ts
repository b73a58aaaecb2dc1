import type { Brand } from "../shared/card-number.ts";

type Mark = { readonly name: string; readonly text: string; readonly color: string };

/** Small marks of our own: the schemes' logos are not ours to copy. */
const marks: Readonly<Partial<Record<Brand, Mark>>> = {
  visa: { name: "Visa", text: "VISA", color: "#1a3f8f" },
  mastercard: { name: "Mastercard", text: "MC", color: "#c2410c" },
  amex: { name: "American Express", text: "AMEX", color: "#0369a1" },
  discover: { name: "Discover", text: "DISC", color: "#b45309" },
  diners: { name: "Diners Club", text: "DINR", color: "#475569" },
  jcb: { name: "JCB", text: "JCB", color: "#15803d" },
  unionpay: { name: "UnionPay", text: "UP", color: "#be123c" },
};
const usual: readonly Brand[] = ["visa", "mastercard", "amex"];

/** The brand of the card that is being typed; while it is unknown, those that are usual. */
export function showBrand(holder: HTMLElement, brand: Brand): void {
  const shown = brand === "unknown" ? usual : [brand];
  const key = shown.join(" ");
  if (holder.dataset["brands"] === key) return;
  holder.dataset["brands"] = key;
  holder.dataset["count"] = String(shown.length);
  holder.replaceChildren(...shown.flatMap((each) => drawMark(marks[each])));
}

function drawMark(mark: Mark | undefined): HTMLElement[] {
  if (mark === undefined) return [];
  const element = document.createElement("span");
  element.className = "Brand";
  element.setAttribute("role", "img");
  element.setAttribute("aria-label", mark.name);
  element.style.background = mark.color;
  element.textContent = mark.text;
  return [element];
}
