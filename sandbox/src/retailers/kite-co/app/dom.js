/**
 * Makes an element: attributes as they are written in HTML, `on…` for listeners, then its children; null and false are
 * left out.
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function dollars(cents) {
  return (cents / 100).toLocaleString("en-US", { style: "currency", currency: "USD" });
}

/** The price, with what it was before when it is less. */
export function priceTag(cents, listCents) {
  const isSale = listCents !== null && listCents > cents;
  return el(
    "span",
    { class: isSale ? "price price--sale" : "price" },
    el("b", {}, dollars(cents)),
    isSale ? el("s", {}, dollars(listCents)) : null,
  );
}

/** Grey bars where something will be. */
export function skeleton(lines = 3) {
  const bars = Array.from({ length: lines }, () => el("div", { class: "bar" }));
  return el("div", { class: "skeleton", "aria-hidden": "true" }, ...bars);
}
