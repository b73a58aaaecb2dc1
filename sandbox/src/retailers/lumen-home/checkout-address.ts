import type { FastifyInstance } from "fastify";

import { isFaulted } from "../retail.ts";
import { changedPrefix, formOf, readAddress, type Form } from "../web/form.ts";
import { faultOf } from "../web/gate.ts";
import { html, raw, type Html } from "../web/html.ts";
import { named, type Shop } from "../web/shop.ts";
import type { Flash, Visit } from "../web/shop-session.ts";
import { states } from "../web/states.ts";
import { drawField, earlierStep, sendStep, stepButton, type Field } from "./checkout-frame.ts";
import { refuseForged } from "./forged.ts";

/** Step 1: who it goes to. */
export function addAddressStep(app: FastifyInstance, shop: Shop): void {
  app.get(`${shop.base}/checkout/address`, named(shop, "checkout.address"), (request, reply) => {
    const session = shop.sessions.of(request, reply);
    const first = earlierStep(shop, session.read(), "address");
    if (first !== null) return reply.redirect(first, 303);
    const flash = session.takeFlash();
    const isChanged = faultOf(shop, request, "changed_page") !== undefined;
    const body = addressForm(shop, session.read(), flash, isChanged);
    return sendStep(shop, request, reply, { step: "address", flash, body });
  });
  app.post(`${shop.base}/checkout/address`, named(shop, "checkout.address.save"), (request, reply) => {
    const session = shop.sessions.of(request, reply);
    const form = formOf(request);
    if (form["_csrf"] !== session.read().csrf) return refuseForged(shop, request, reply);
    const { shipTo, email, errors } = readAddress(form, true);
    const refused = isFaulted(shop.retail, request, "refuse_address")
      ? { address1: "We cannot find this address. Please check it." }
      : errors;
    if (Object.keys(refused).length > 0) {
      session.change({ flash: { errors: refused, values: form, notice: "" } });
      return reply.redirect(`${shop.base}/checkout/address`, 303);
    }
    session.change({ shipTo, email, flash: null });
    return reply.redirect(`${shop.base}/checkout/shipping`, 303);
  });
}

const email: Field = {
  name: "email",
  label: "Email address",
  otherLabel: "Where shall we write to?",
  autocomplete: "email",
  type: "email",
};
const name: Field = { name: "name", label: "Full name", otherLabel: "Addressee", autocomplete: "name" };
const address1: Field = {
  name: "address1",
  label: "Street address",
  otherLabel: "House and street",
  autocomplete: "address-line1",
};
const address2: Field = {
  name: "address2",
  label: "Apartment, suite, floor",
  otherLabel: "Second line",
  autocomplete: "address-line2",
  isOptional: true,
};
const city: Field = { name: "city", label: "City", otherLabel: "Town", autocomplete: "address-level2" };
const zip: Field = { name: "zip", label: "ZIP code", otherLabel: "Postal code", autocomplete: "postal-code" };
const phone: Field = {
  name: "phone",
  label: "Phone, for the driver",
  otherLabel: "Telephone",
  autocomplete: "tel",
  type: "tel",
  isOptional: true,
};

function addressForm(shop: Shop, visit: Visit, flash: Flash | null, isChanged: boolean): Html {
  const values = flash?.values ?? valuesOf(visit);
  const draw = (field: Field): Html => drawField(field, values[field.name] ?? "", flash, isChanged);
  const button = stepButton("Continue to delivery", "Save address", isChanged);
  return html`<h1>${isChanged ? "Where is it going?" : "Delivery address"}</h1>
    <form method="post" action="${shop.base}/checkout/address" class="checkout-form" novalidate>
      <input type="hidden" name="_csrf" value="${visit.csrf}" />
      ${button.top} ${draw(email)} ${draw(name)} ${draw(address1)} ${draw(address2)}
      <div class="row three">
        ${isChanged ? draw(zip) : draw(city)} ${stateField(values, flash, isChanged)}
        ${isChanged ? draw(city) : draw(zip)}
      </div>
      ${draw(phone)} ${button.end}
    </form>`;
}

function stateField(values: Form, flash: Flash | null, isChanged: boolean): Html {
  const field = `${isChanged ? changedPrefix : ""}state`;
  const error = flash?.errors["state"];
  return html`<div class="field">
    <label for="${field}">${isChanged ? "Region" : "State"}</label>
    <select id="${field}" name="${field}" autocomplete="address-level1">
      <option value="">Choose…</option>
      ${states.map(
        ({ code, name: title }) =>
          html`<option value="${code}" ${values["state"] === code ? raw("selected") : null}>${title}</option>`,
      )}
    </select>
    ${error === undefined ? null : html`<span class="error">${error}</span>`}
  </div>`;
}

function valuesOf({ shipTo, email: address }: Visit): Form {
  if (shipTo === null) return { email: address };
  return { ...shipTo, address2: shipTo.address2 ?? "", phone: shipTo.phone ?? "", email: address };
}
