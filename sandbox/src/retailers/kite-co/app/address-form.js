import { ask } from "./api.js";
import { el } from "./dom.js";

const states =
  "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA PR RI SC SD TN TX UT VT VA WA WV WI WY";

/** A form for one more address; `saved` is told the new one. */
export function addressForm(saved) {
  const errors = new Map();
  const field = (name, label, attributes = {}) => {
    const wrong = el("span", { class: "wrong" });
    errors.set(name, wrong);
    return el("label", { class: `f f--${name}` }, label, el("input", { name, ...attributes }), wrong);
  };
  const stateError = el("span", { class: "wrong" });
  errors.set("state", stateError);
  const send = async (event) => {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(event.target));
    for (const wrong of errors.values()) wrong.textContent = "";
    try {
      const { data } = await ask("POST", "/addresses", values);
      saved(data);
    } catch (cause) {
      for (const [name, text] of Object.entries(cause.fields ?? {})) errors.get(name)?.append(text);
      if (Object.keys(cause.fields ?? {}).length === 0) errors.get("name").append(cause.message);
    }
  };
  return el(
    "form",
    { class: "address-form", onsubmit: send, novalidate: true },
    field("name", "Full name", { autocomplete: "name" }),
    field("address1", "Street", { autocomplete: "address-line1" }),
    field("address2", "Apartment (if any)", { autocomplete: "address-line2" }),
    field("city", "City", { autocomplete: "address-level2" }),
    el(
      "label",
      { class: "f f--state" },
      "State",
      el(
        "select",
        { name: "state", autocomplete: "address-level1" },
        el("option", { value: "" }, "–"),
        ...states.split(" ").map((code) => el("option", { value: code }, code)),
      ),
      stateError,
    ),
    field("zip", "ZIP", { autocomplete: "postal-code", inputmode: "numeric" }),
    field("phone", "Phone (if you like)", { autocomplete: "tel", type: "tel" }),
    el("button", { class: "btn", type: "submit" }, "Save address"),
  );
}
