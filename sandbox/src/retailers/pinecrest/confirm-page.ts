import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import type { Order } from "../order.ts";
import { driftPercentOf } from "../retail.ts";
import { formOf } from "../web/form.ts";
import { faultOf } from "../web/gate.ts";
import { html, type Html } from "../web/html.ts";
import { placeOrder } from "../web/place-order.ts";
import { quoteOf, type Quote } from "../web/quote.ts";
import { named, type Shop } from "../web/shop.ts";
import type { Visit } from "../web/shop-session.ts";
import { arrivalOf, dollars, isoDateName, variantName } from "../web/words.ts";
import { isForged, sayForged } from "./bag-pages.ts";
import { sendPine } from "./frame.ts";
import { paymentsOf } from "./payments.ts";

const confirmMsDefault = 4_000;

/** The sum, the button under it, and the thanks. */
export function addConfirmPages(app: FastifyInstance, shop: Shop): void {
  app.get(`${shop.base}/checkout/confirm`, named(shop, "checkout.review"), (request, reply) => {
    const session = shop.sessions.of(request, reply);
    const last = session.read().placed[0];
    if (session.read().cart.length === 0) {
      return reply.redirect(last === undefined ? `${shop.base}/bag` : `${shop.base}/thank-you/${last.number}`, 303);
    }
    const driftPercent = driftPercentOf(shop.retail, request);
    if (driftPercent !== 0) session.change({ driftPercent });
    const visit = session.read();
    const isSignedOut = visit.accountId === null && visit.payment !== null && visit.payment !== "institution";
    if (visit.shipTo === null || visit.shippingOptionId === null || visit.payment === null || isSignedOut) {
      return reply.redirect(`${shop.base}/checkout`, 303);
    }
    const sum: Sum = {
      visit,
      quote: quoteOf(shop, visit),
      notice: session.takeFlash()?.notice ?? "",
      isSoldOut: faultOf(shop, request, "out_of_stock") !== undefined,
      isChanged: faultOf(shop, request, "changed_page") !== undefined,
    };
    return sendPine(shop, request, reply, { title: "Does this look right?", main: sumPage(shop, sum) });
  });

  app.post(`${shop.base}/checkout/submit`, named(shop, "order.submit"), (request, reply) =>
    submit(shop, request, reply),
  );

  app.get<{ Params: { number: string } }>(
    `${shop.base}/thank-you/:number`,
    named(shop, "order.confirmation"),
    (request, reply) => {
      const session = shop.sessions.of(request, reply);
      const { number } = request.params;
      const isTheirs = session.read().placed.some((placed) => placed.number === number);
      const order = isTheirs ? shop.retail.orders.find(shop.slug, number) : undefined;
      if (order === undefined) return reply.redirect(`${shop.base}/track`, 303);
      if (session.read().confirmAtMs > shop.retail.world.now()) {
        void reply.header("refresh", "1");
        const main = html`<h1 role="status">Writing it into the book…</h1>
          <p>Stay with us a moment longer.</p>`;
        return sendPine(shop, request, reply, { title: "One moment", main });
      }
      return sendPine(shop, request, reply, { title: "Thank you", main: thanks(shop, order) });
    },
  );
}

function submit(shop: Shop, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const session = shop.sessions.of(request, reply);
  const form = formOf(request);
  if (isForged(session, form)) return sayForged(shop, request, reply);
  const pressed = { key: form["once"] ?? "", totalCents: Number(form["sum"]) };
  const outcome = placeOrder(shop, request, session, quoteOf(shop, session.read()), pressed);
  switch (outcome.kind) {
    case "placed": {
      const slow = faultOf(shop, request, "slow_confirmation");
      const waitMs = typeof slow?.value === "number" ? slow.value : confirmMsDefault;
      if (slow !== undefined) session.change({ confirmAtMs: shop.retail.world.now() + waitMs });
      if (faultOf(shop, request, "accept_then_timeout") !== undefined) return reply.hijack();
      return reply.redirect(`${shop.base}/thank-you/${outcome.order.number}`, 303);
    }
    case "placed_before":
      return reply.redirect(`${shop.base}/thank-you/${outcome.number}`, 303);
    default:
      session.change({ flash: { errors: {}, values: {}, notice: refusals[outcome.kind] } });
      return reply.redirect(`${shop.base}/checkout/confirm`, 303);
  }
}

const refusals = {
  sold_out: "Somebody else took the last copy. Your order was not placed.",
  price_changed: "The price is not what it was. Your order was not placed; please check the sum.",
  not_served: "We cannot post to that address. Your order was not placed.",
  stale: "Your bag is not what it was. Your order was not placed.",
} as const;

type Sum = {
  readonly visit: Visit;
  readonly quote: Quote;
  readonly notice: string;
  readonly isSoldOut: boolean;
  readonly isChanged: boolean;
};

function sumPage(shop: Shop, sum: Sum): Html {
  const { notice, isChanged } = sum;
  const button = submitForm(shop, sum);
  return html`<h1>${isChanged ? "One more look" : "Does this look right?"}</h1>
    ${notice === "" ? null : html`<p class="bad" role="alert">${notice}</p>`} ${isChanged ? button : null}
    ${receipt(sum.quote)} ${chosen(shop, sum)}
    <p><a href="${shop.base}/checkout">Change something</a></p>
    ${isChanged ? null : button}`;
}

function receipt(quote: Quote): Html {
  return html`<div class="receipt">
    ${quote.lines.map(
      ({ variant, product, quantity, priceCents, lineCents }) =>
        html`<p data-sku="${variant.sku}">
          <span>${quantity} × ${product.title} ${variantName(variant)} <i>at ${dollars(priceCents)}</i></span>
          <b>${dollars(lineCents)}</b>
        </p>`,
    )}
    <p><span>Books</span><b>${dollars(quote.subtotalCents)}</b></p>
    <p><span>Postage (${quote.option.name})</span><b>${dollars(quote.shippingCents)}</b></p>
    <p><span>Tax</span><b>${dollars(quote.taxCents)}</b></p>
    <p class="receipt-total"><span>To pay</span><b id="to-pay">${dollars(quote.totalCents)}</b></p>
  </div>`;
}

function chosen(shop: Shop, { visit, quote }: Sum): Html {
  const { shipTo, reference } = visit;
  const payment = paymentsOf(shop, visit.accountId).find(({ value }) => value === visit.payment)?.label ?? "";
  const street = [shipTo?.name, shipTo?.address1, shipTo?.address2, shipTo?.city].filter(
    (part) => typeof part === "string",
  );
  return html`<p>
      To ${street.join(", ")}, ${shipTo?.state} ${shipTo?.zip}. ${arrivalOf(quote.option, shop.retail.world.now())}.
    </p>
    <p>${payment}.</p>
    ${reference === "" ? null : html`<p>Your reference: <span id="your-reference">${reference}</span></p>`}`;
}

function submitForm(shop: Shop, { visit, quote, isSoldOut, isChanged }: Sum): Html {
  const missing = quote.lines.find((line) => isSoldOut || line.stock < line.quantity);
  if (missing !== undefined) {
    return html`<p class="bad" role="alert">
      ${missing.product.title} is out of stock now. <a href="${shop.base}/bag">Back to your bag</a>
    </p>`;
  }
  return html`<form
    method="post"
    action="${shop.base}/checkout/submit"
    id="${isChanged ? "last-form" : "confirm-form"}"
  >
    <input type="hidden" name="form_key" value="${visit.csrf}" />
    <input type="hidden" name="once" value="${visit.orderKey}" />
    <input type="hidden" name="sum" value="${quote.totalCents}" />
    ${
      isChanged
        ? html`<input class="button" type="submit" value="Yes, send them" />`
        : html`<button class="button" type="submit">Confirm and order</button>`
    }
  </form>`;
}

function thanks(shop: Shop, order: Order): Html {
  return html`<h1>Thank you.</h1>
    <p class="hand">We are wrapping it now.</p>
    <p>Your order is <b class="order-number">${order.number}</b>; please keep the number.</p>
    <p>${dollars(order.totalCents)} in all, expected by ${isoDateName(order.estimatedDelivery)}.</p>
    ${order.reference === "" ? null : html`<p class="fine">Your reference: ${order.reference}</p>`}
    <p><a href="${shop.base}/track?order=${order.number}&zip=${order.shipTo.zip}">Follow this order</a></p>`;
}
