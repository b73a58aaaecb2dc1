import type { FastifyInstance } from "fastify";

import { isFaulted } from "../retail.ts";
import type { ShippingOption } from "../stores.ts";
import { changedPrefix, formOf, readAddress, type Form } from "../web/form.ts";
import { faultOf } from "../web/gate.ts";
import { html, type Html } from "../web/html.ts";
import { deliveriesOf, quoteOf } from "../web/quote.ts";
import { named, type Shop } from "../web/shop.ts";
import type { Flash, Visit } from "../web/shop-session.ts";
import { states } from "../web/states.ts";
import { arrivalOf, dollars } from "../web/words.ts";
import { isForged, sayForged } from "./bag-pages.ts";
import { sendPine } from "./frame.ts";
import { drawListbox, type Choice } from "./listbox.ts";
import { paymentsOf } from "./payments.ts";

/** The till: who one is, and then one long form for everything. */
export function addTillPage(app: FastifyInstance, shop: Shop): void {
  app.get<{ Querystring: { as?: string } }>(`${shop.base}/checkout`, named(shop, "checkout.view"), (request, reply) => {
    const session = shop.sessions.of(request, reply);
    if (request.query.as === "guest") session.change({ isPastDoor: true });
    const visit = session.read();
    if (visit.cart.length === 0) return reply.redirect(`${shop.base}/bag`, 303);
    if (visit.accountId === null && !visit.isPastDoor) {
      return sendPine(shop, request, reply, { title: "The till", main: door(shop) });
    }
    const flash = session.takeFlash();
    const isChanged = faultOf(shop, request, "changed_page") !== undefined;
    return sendPine(shop, request, reply, { title: "The till", main: tillForm(shop, visit, flash, isChanged) });
  });

  app.post(`${shop.base}/checkout`, named(shop, "checkout.save"), (request, reply) => {
    const session = shop.sessions.of(request, reply);
    const form = formOf(request);
    if (isForged(session, form)) return sayForged(shop, request, reply);
    const { shipTo, email, errors } = readAddress(form, true);
    const option = shop.store.shippingOptions.find(({ id }) => id === form["postage"]);
    const payment = paymentsOf(shop, session.read().accountId).find(({ value }) => value === form["payment"]);
    const all = {
      ...errors,
      ...choiceErrors(shop, form, { option, payment }),
      ...(isFaulted(shop.retail, request, "refuse_address") ? { address1: "We do not know this street." } : {}),
    };
    if (Object.keys(all).length > 0 || option === undefined || payment === undefined) {
      session.change({ flash: { errors: all, values: form, notice: "" } });
      return reply.redirect(`${shop.base}/checkout`, 303);
    }
    const reference = form["your_reference"] ?? "";
    session.change({ shipTo, email, shippingOptionId: option.id, payment: payment.value, reference });
    return reply.redirect(`${shop.base}/checkout/confirm`, 303);
  });
}

type Chosen = { readonly option: ShippingOption | undefined; readonly payment: Choice | undefined };

function choiceErrors(shop: Shop, form: Form, { option, payment }: Chosen): Readonly<Record<string, string>> {
  const { institutionAccount } = shop.store.credentials;
  const isUnknown = payment?.value === "institution" && form["institution"]?.toUpperCase() !== institutionAccount;
  return {
    ...(option === undefined ? { postage: "Choose how we should post it." } : {}),
    ...(payment === undefined ? { payment: "Choose how to pay." } : {}),
    ...(isUnknown ? { institution: "We have no such account." } : {}),
  };
}

function door(shop: Shop): Html {
  return html`<h1>Before the till</h1>
    <div class="door">
      <div>
        <h2>You know us</h2>
        <p>Your ways to pay and your orders are waiting.</p>
        <p><a class="button" href="${shop.base}/account/sign-in?next=/checkout">Sign in</a></p>
      </div>
      <div>
        <h2>First time, or in a hurry</h2>
        <p>Order without an account, on your school’s or library’s.</p>
        <p><a class="button" href="${shop.base}/checkout?as=guest">Go on as a guest</a></p>
      </div>
    </div>`;
}

type Drawing = { readonly values: Form; readonly flash: Flash | null; readonly isChanged: boolean };

function tillForm(shop: Shop, visit: Visit, flash: Flash | null, isChanged: boolean): Html {
  const drawing: Drawing = { values: flash?.values ?? valuesOf(visit), flash, isChanged };
  const count = Object.keys(flash?.errors ?? {}).length;
  const parts = [whoFields(drawing), howFields(shop, visit, drawing), payFields(shop, visit, drawing)];
  const button = isChanged
    ? html`<button class="button" type="submit">Show me the sum</button>`
    : html`<input class="button" type="submit" value="Add it up" />`;
  return html`<h1>The till</h1>
    ${count === 0 ? null : html`<p class="bad" role="alert">${count} of the fields below want another look.</p>`}
    <form method="post" action="${shop.base}/checkout" id="${isChanged ? "counter-form" : "till-form"}" class="till">
      <input type="hidden" name="form_key" value="${visit.csrf}" />
      ${isChanged ? parts.toReversed() : parts} ${button}
    </form>`;
}

function whoFields(drawing: Drawing): Html {
  return html`<fieldset>
    <legend>${drawing.isChanged ? "Reader" : "1. Who and where"}</legend>
    ${box(drawing, "email", "Email", "Electronic mail")}
    <div class="pair">
      ${box(drawing, "first_name", "First name", "Given")} ${box(drawing, "last_name", "Last name", "Family")}
    </div>
    ${box(drawing, "address1", "Address", "Street and number")}
    ${box(drawing, "address2", "Apartment or floor, if any", "More")}
    <div class="pair">
      ${box(drawing, "city", "City", "Place")} ${stateList(drawing)} ${box(drawing, "zip", "ZIP", "Code")}
    </div>
    ${box(drawing, "phone", "Phone, if you like", "Number")}
  </fieldset>`;
}

function howFields(shop: Shop, visit: Visit, drawing: Drawing): Html {
  return html`<fieldset>
    <legend>${drawing.isChanged ? "Postage stamp" : "2. How we post it"}</legend>
    ${list(drawing, "postage", "Postage", "Stamp", postages(shop, visit), visit.shippingOptionId ?? "")}
  </fieldset>`;
}

function payFields(shop: Shop, visit: Visit, drawing: Drawing): Html {
  return html`<fieldset>
    <legend>${drawing.isChanged ? "The bill" : "3. How you pay"}</legend>
    ${list(drawing, "payment", "Payment", "On whom", paymentsOf(shop, visit.accountId), visit.payment ?? "")}
    ${visit.accountId === null ? box(drawing, "institution", "Institution account number", "Institution") : null}
    ${box(drawing, "your_reference", "Your reference, if you have one", "Note for your books")}
  </fieldset>`;
}

function box({ values, flash, isChanged }: Drawing, field: string, label: string, otherLabel: string): Html {
  const name = `${isChanged ? changedPrefix : ""}${field}`;
  const error = flash?.errors[field];
  return html`<p class="box">
    <label for="${name}">${isChanged ? otherLabel : label}</label>
    <input id="${name}" name="${name}" value="${values[field] ?? ""}" autocomplete="${autocompletes[field] ?? "off"}" />
    ${error === undefined ? null : html`<em class="bad">${error}</em>`}
  </p>`;
}

const autocompletes: Readonly<Record<string, string>> = {
  email: "email",
  first_name: "given-name",
  last_name: "family-name",
  address1: "address-line1",
  address2: "address-line2",
  city: "address-level2",
  zip: "postal-code",
  phone: "tel",
};

function stateList(drawing: Drawing): Html {
  const choices = states.map(({ code, name }) => ({ value: code, label: name }));
  return list(drawing, "state", "State", "Province", choices, "");
}

function list(
  { values, flash, isChanged }: Drawing,
  field: string,
  ...[label, otherLabel, choices, chosen]: [string, string, readonly Choice[], string]
): Html {
  return drawListbox({
    name: `${isChanged ? changedPrefix : ""}${field}`,
    label: isChanged ? otherLabel : label,
    choices,
    chosen: values[field] ?? chosen,
    error: flash?.errors[field],
  });
}

function postages(shop: Shop, visit: Visit): readonly Choice[] {
  const nowMs = shop.retail.world.now();
  return deliveriesOf(shop, quoteOf(shop, visit)).map(({ option, cents }) => ({
    value: option.id,
    label: `${option.name}, ${cents === 0 ? "free" : dollars(cents)}, ${arrivalOf(option, nowMs)}`,
  }));
}

function valuesOf({ shipTo, email, reference }: Visit): Form {
  if (shipTo === null) return { email, your_reference: reference };
  const [first = "", ...rest] = shipTo.name.split(" ");
  return {
    ...shipTo,
    first_name: first,
    last_name: rest.join(" "),
    address2: shipTo.address2 ?? "",
    phone: shipTo.phone ?? "",
    email,
    your_reference: reference,
  };
}
