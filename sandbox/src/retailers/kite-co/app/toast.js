import { el } from "./dom.js";

/** Says something in a corner for four seconds. */
export function toast(text, kind = "info") {
  const box =
    document.querySelector(".toasts") ?? document.body.appendChild(el("div", { class: "toasts", role: "status" }));
  const one = el("p", { class: `toast toast--${kind}` }, text);
  box.append(one);
  setTimeout(() => one.remove(), 4000);
}
