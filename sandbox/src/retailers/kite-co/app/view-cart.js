import { ask, base } from "./api.js";
import { dollars, el } from "./dom.js";
import { go } from "./router.js";
import { toast } from "./toast.js";

export async function cartView() {
  document.title = "Your wagon | Kite & Co.";
  const { data, layout } = await ask("GET", "/cart");
  if (data.lines.length === 0) {
    return el(
      "section",
      { class: "oops" },
      el("h1", {}, "Your wagon is empty"),
      el("a", { class: "btn", href: `${base}/` }, "Fill it up"),
    );
  }
  const checkout = el(
    "button",
    { class: "btn btn--big", type: "button", onclick: () => go("/checkout") },
    layout === "b" ? "On to the finish" : "Check out",
  );
  return el(
    "div",
    { class: "wagon-page" },
    el("h1", {}, "Your wagon"),
    layout === "b" ? checkout : null,
    el("ul", { class: "lines" }, ...data.lines.map(line)),
    el("p", { class: "sum" }, el("span", {}, "Toys"), el("b", {}, dollars(data.subtotalCents))),
    el("p", { class: "quiet" }, "Delivery and tax come next."),
    layout === "b" ? null : checkout,
  );
}

function line({ id, sku, title, variant, picture, quantity, lineCents, isThere }) {
  const change = (to) => async () => {
    try {
      await ask("PUT", `/cart/${encodeURIComponent(sku)}`, { quantity: to });
      go("/cart", { replace: true });
    } catch (cause) {
      toast(cause.message, "bad");
    }
  };
  return el(
    "li",
    { class: "line", "data-sku": sku },
    el("img", { src: picture, alt: "", width: 88, height: 88 }),
    el(
      "div",
      {},
      el("a", { href: `${base}/products/${id}` }, title),
      el("small", {}, variant),
      isThere ? null : el("em", {}, "Sold out"),
    ),
    el(
      "div",
      { class: "counter counter--small" },
      el("button", { type: "button", "aria-label": `One less ${title}`, onclick: change(quantity - 1) }, "−"),
      el("output", {}, String(quantity)),
      el("button", { type: "button", "aria-label": `One more ${title}`, onclick: change(quantity + 1) }, "+"),
    ),
    el("b", {}, dollars(lineCents)),
    el("button", { class: "plain", type: "button", "aria-label": `Remove ${title}`, onclick: change(0) }, "✕"),
  );
}
