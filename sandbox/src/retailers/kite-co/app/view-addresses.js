import { addressForm } from "./address-form.js";
import { ask, base } from "./api.js";
import { el } from "./dom.js";
import { go } from "./router.js";
import { toast } from "./toast.js";

export async function addressesView() {
  document.title = "Address book | Kite & Co.";
  const { data } = await ask("GET", "/addresses");
  const remove = (id) => async () => {
    await ask("DELETE", `/addresses/${id}`);
    toast("Forgotten.");
    go("/addresses", { replace: true });
  };
  return el(
    "div",
    {},
    el(
      "nav",
      { class: "pills" },
      el("a", { class: "pill", href: `${base}/orders` }, "My orders"),
      el("a", { class: "pill", href: `${base}/addresses`, "aria-current": "page" }, "Address book"),
    ),
    el("h1", {}, "Address book"),
    el(
      "ul",
      { class: "cards" },
      ...data.addresses.map((address) =>
        el(
          "li",
          { class: "panel" },
          el("p", {}, addressText(address)),
          el("button", { class: "plain", onclick: remove(address.id) }, `Forget ${address.name}`),
        ),
      ),
    ),
    el(
      "section",
      { class: "panel" },
      el("h2", {}, "One more"),
      addressForm(() => go("/addresses", { replace: true })),
    ),
  );
}

export function addressText({ name, address1, address2, city, state, zip }) {
  return [name, address1, address2, `${city}, ${state} ${zip}`]
    .filter((part) => part !== null && part !== "")
    .join(", ");
}
