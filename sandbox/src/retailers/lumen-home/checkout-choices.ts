import type { FastifyInstance } from "fastify";

import { changedPrefix, formOf, type Form } from "../web/form.ts";
import { faultOf } from "../web/gate.ts";
import { html, raw, type Html } from "../web/html.ts";
import { deliveriesOf } from "../web/quote.ts";
import { named, type Shop } from "../web/shop.ts";
import type { Flash, Visit } from "../web/shop-session.ts";
import { arrivalOf, dollars } from "../web/words.ts";
import { drawField, earlierStep, sendStep, stepButton } from "./checkout-frame.ts";
import { lumenQuote } from "./coupon.ts";
import { refuseForged } from "./forged.ts";

/** Step 2, how fast it comes, and step 3, how it is paid: by what the customer's account with the shop holds. */
export function addChoiceSteps(app: FastifyInstance, shop: Shop): void {
  for (const step of ["shipping", "payment"] as const) {
    app.get(`${shop.base}/checkout/${step}`, named(shop, `checkout.${step}`), (request, reply) => {
      const session = shop.sessions.of(request, reply);
      const first = earlierStep(shop, session.read(), step);
      if (first !== null) return reply.redirect(first, 303);
      const flash = session.takeFlash();
      const isChanged = faultOf(shop, request, "changed_page") !== undefined;
      const draw = step === "shipping" ? shippingForm : paymentForm;
      return sendStep(shop, request, reply, { step, flash, body: draw(shop, session.read(), flash, isChanged) });
    });
  }
  app.post(`${shop.base}/checkout/shipping`, named(shop, "checkout.shipping.save"), (request, reply) => {
    const session = shop.sessions.of(request, reply);
    const form = formOf(request);
    if (form["_csrf"] !== session.read().csrf) return refuseForged(shop, request, reply);
    const option = shop.store.shippingOptions.find(({ id }) => id === form["shipping"]);
    if (option === undefined) {
      session.change({ flash: { errors: { shipping: "Choose how it should come." }, values: form, notice: "" } });
      return reply.redirect(`${shop.base}/checkout/shipping`, 303);
    }
    session.change({ shippingOptionId: option.id });
    return reply.redirect(`${shop.base}/checkout/payment`, 303);
  });
  app.post(`${shop.base}/checkout/payment`, named(shop, "checkout.payment.save"), (request, reply) => {
    const session = shop.sessions.of(request, reply);
    const form = formOf(request);
    if (form["_csrf"] !== session.read().csrf) return refuseForged(shop, request, reply);
    const errors = paymentErrors(shop, form);
    if (Object.keys(errors).length > 0) {
      session.change({ flash: { errors, values: { ...form, pin: "" }, notice: "" } });
      return reply.redirect(`${shop.base}/checkout/payment`, 303);
    }
    session.change({ payment: form["payment"] ?? "", reference: form["reference"] ?? "" });
    return reply.redirect(`${shop.base}/checkout/review`, 303);
  });
}

/** How a kept choice is called. */
export const paymentNames: Readonly<Record<string, string>> = {
  invoice: "Invoice, 30 days net",
  card: "Card kept with your account, Visa ending in 4242",
};

function paymentErrors(shop: Shop, form: Form): Readonly<Record<string, string>> {
  const { tradeAccount, tradePin } = shop.store.credentials;
  const isOurs = form["account"]?.toUpperCase() === tradeAccount && form["pin"] === tradePin;
  return {
    ...(paymentNames[form["payment"] ?? ""] === undefined ? { payment: "Choose how you would like to pay." } : {}),
    ...(isOurs ? {} : { account: "This account number and PIN do not belong together." }),
  };
}

function shippingForm(shop: Shop, visit: Visit, _flash: Flash | null, isChanged: boolean): Html {
  const name = `${isChanged ? changedPrefix : ""}shipping`;
  const chosen = visit.shippingOptionId ?? "standard";
  const button = stepButton("Continue to payment", "Next: pay", isChanged);
  return html`<h1>${isChanged ? "How soon?" : "Delivery"}</h1>
    <form method="post" action="${shop.base}/checkout/shipping" class="checkout-form">
      <input type="hidden" name="_csrf" value="${visit.csrf}" />
      ${button.top}
      <fieldset id="shipping">
        <legend>${isChanged ? "Pick a speed" : "How should it come?"}</legend>
        ${deliveriesOf(shop, lumenQuote(shop, visit)).map(
          ({ option, cents }) =>
            html`<label class="option">
              <input type="radio" name="${name}" value="${option.id}" ${option.id === chosen ? raw("checked") : null} />
              <span
                ><strong>${option.name}</strong
                ><span class="small">Arrives ${arrivalOf(option, shop.retail.world.now())}</span></span
              >
              <span class="number">${cents === 0 ? "Free" : dollars(cents)}</span>
            </label>`,
        )}
      </fieldset>
      ${button.end}
    </form>`;
}

function paymentForm(shop: Shop, visit: Visit, flash: Flash | null, isChanged: boolean): Html {
  const values = flash?.values ?? { payment: visit.payment ?? "", reference: visit.reference };
  const button = stepButton("Continue to review", "Check everything", isChanged);
  const draw = (field: string, label: string, otherLabel: string, type: string): Html =>
    drawField({ name: field, label, otherLabel, autocomplete: "off", type }, values[field] ?? "", flash, isChanged);
  return html`<h1>${isChanged ? "Settling up" : "Payment"}</h1>
    <form method="post" action="${shop.base}/checkout/payment" class="checkout-form" novalidate>
      <input type="hidden" name="_csrf" value="${visit.csrf}" />
      ${button.top}
      <fieldset id="payment">
        <legend>${isChanged ? "Settle by" : "Pay with"}</legend>
        ${Object.entries(paymentNames).map(
          ([id, title]) =>
            html`<label class="option">
              <input
                type="radio"
                name="${isChanged ? changedPrefix : ""}payment"
                value="${id}"
                ${values["payment"] === id ? raw("checked") : null}
              />
              <span><strong>${title}</strong></span>
            </label>`,
        )}
      </fieldset>
      <div class="row two">
        ${draw("account", "Account number", "Customer no.", "text")} ${draw("pin", "Account PIN", "Secret", "password")}
      </div>
      ${drawField(
        { name: "reference", label: "PO number", otherLabel: "Your mark", autocomplete: "off", isOptional: true },
        values["reference"] ?? "",
        flash,
        isChanged,
      )}
      <p class="small">We print it on the invoice, and you can find the order by it.</p>
      ${button.end}
    </form>`;
}
