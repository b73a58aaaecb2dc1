import { addressForm } from "./address-form.js";
import { ask, base, isSignedOut } from "./api.js";
import { dollars, el, skeleton } from "./dom.js";
import { go } from "./router.js";
import { toast } from "./toast.js";
import { addressText } from "./view-addresses.js";

/** Three cards to choose from; the deliveries come last. */
export async function checkoutView() {
  document.title = "Checkout | Kite & Co.";
  const { data, layout } = await ask("GET", "/checkout");
  if (data.units === 0) {
    go("/cart", { replace: true });
    return undefined;
  }
  const chosen = { addressId: data.addressId, shippingOptionId: data.shippingOptionId, paymentId: data.paymentId };
  const wrong = el("p", { class: "wrong", role: "alert" });
  const next = async () => {
    try {
      await ask("PUT", "/checkout", chosen);
      go("/checkout/review");
    } catch (cause) {
      wrong.textContent = Object.values(cause.fields ?? {})[0] ?? cause.message;
      if (isSignedOut(cause)) go("/sign-in?next=/checkout");
    }
  };
  const button = el(
    "button",
    { class: "btn btn--big", type: "button", onclick: () => void next() },
    layout === "b" ? "Check it over" : "Review order",
  );
  const deliveries = el("div", { "aria-busy": "true" }, skeleton(2));
  void fillDeliveries(deliveries, chosen, layout);
  const cards = [
    el(
      "section",
      { class: "panel" },
      el("h2", {}, layout === "b" ? "Landing spot" : "Where to?"),
      addressCard(data.addresses, chosen, layout),
    ),
    el("section", { class: "panel" }, el("h2", {}, layout === "b" ? "Wind speed" : "How fast?"), deliveries),
    el(
      "section",
      { class: "panel" },
      el("h2", {}, layout === "b" ? "Pocket money" : "Pay with"),
      options(
        "paymentId",
        data.payments.map(({ id, label }) => ({ id, title: label })),
        chosen,
        layout,
      ),
    ),
  ];
  return el(
    "div",
    { class: "checkout" },
    el("h1", {}, "Checkout"),
    ...(layout === "b" ? [button, wrong, ...cards.toReversed()] : [...cards, wrong, button]),
    el("a", { class: "quiet", href: `${base}/cart` }, "Back to the wagon"),
  );
}

function addressCard(addresses, chosen, layout) {
  const box = el("div");
  const list = () =>
    options(
      "addressId",
      addresses.map((address) => ({ id: address.id, title: addressText(address) })),
      chosen,
      layout,
    );
  const saved = (address) => {
    addresses.push(address);
    chosen.addressId = address.id;
    toast("Saved in your address book.");
    draw(false);
  };
  const draw = (isAdding) =>
    box.replaceChildren(
      addresses.length === 0 ? el("p", { class: "quiet" }, "No address yet.") : list(),
      isAdding
        ? addressForm(saved)
        : el("button", { class: "btn btn--line", type: "button", onclick: () => draw(true) }, "Add an address"),
    );
  draw(addresses.length === 0);
  return box;
}

async function fillDeliveries(box, chosen, layout) {
  try {
    const { data } = await ask("GET", "/checkout/deliveries");
    const list = data.deliveries.map(({ id, name, arrives, cents }) => ({
      id,
      title: name,
      small: arrives,
      side: cents === 0 ? "Free" : dollars(cents),
    }));
    box.replaceChildren(options("shippingOptionId", list, chosen, layout));
  } catch (cause) {
    box.replaceChildren(el("p", { class: "wrong", role: "alert" }, cause.message));
  }
  box.removeAttribute("aria-busy");
}

/** Radio buttons; a list to fold out in the other layout. */
function options(field, list, chosen, layout) {
  if (layout === "b") {
    const pick = (event) => {
      const found = list.find(({ id }) => String(id) === event.target.value);
      chosen[field] = found?.id ?? null;
    };
    return el(
      "select",
      { "aria-label": field, onchange: pick },
      el("option", { value: "" }, "Pick one"),
      ...list.map(({ id, title, side }) =>
        el("option", { value: id, selected: chosen[field] === id }, side === undefined ? title : `${title} (${side})`),
      ),
    );
  }
  return el(
    "div",
    { class: "options" },
    ...list.map(({ id, title, small, side }) =>
      el(
        "label",
        { class: "option" },
        el("input", {
          type: "radio",
          name: field,
          value: id,
          checked: chosen[field] === id,
          onchange: () => (chosen[field] = id),
        }),
        el("span", {}, title, small === undefined ? null : el("small", {}, small)),
        side === undefined ? null : el("b", {}, side),
      ),
    ),
  );
}
