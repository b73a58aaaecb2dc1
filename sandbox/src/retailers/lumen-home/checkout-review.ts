import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import { driftPercentOf, originOf } from "../retail.ts";
import type { Order } from "../order.ts";
import { formOf } from "../web/form.ts";
import { faultOf } from "../web/gate.ts";
import { html, type Html } from "../web/html.ts";
import { placeOrder, type PlaceOutcome } from "../web/place-order.ts";
import type { Quote } from "../web/quote.ts";
import { named, type Shop } from "../web/shop.ts";
import type { ShopSession, Visit } from "../web/shop-session.ts";
import { pictureUrls } from "../web/structured-data.ts";
import { arrivalOf, dollars, isoDateName, variantName } from "../web/words.ts";
import { sumsTable } from "./cart-pages.ts";
import { earlierStep, sendStep } from "./checkout-frame.ts";
import { paymentNames } from "./checkout-choices.ts";
import { lumenQuote } from "./coupon.ts";
import { refuseForged } from "./forged.ts";
import { sendPage } from "./frame.ts";

/** How long a confirmation takes its time, when a fault says so; shown in two halves. */
const confirmMsDefault = 4_000;

/** Step 4, everything once more with its total, and the button that orders. */
export function addReviewStep(app: FastifyInstance, shop: Shop): void {
  app.get(`${shop.base}/checkout/review`, named(shop, "checkout.review"), (request, reply) => {
    const session = shop.sessions.of(request, reply);
    const last = session.read().placed[0];
    if (session.read().cart.length === 0 && last !== undefined)
      return reply.redirect(`${shop.base}/checkout/done/${last.number}`, 303);
    const first = earlierStep(shop, session.read(), "review");
    if (first !== null) return reply.redirect(first, 303);
    const driftPercent = driftPercentOf(shop.retail, request);
    if (driftPercent !== 0) session.change({ driftPercent });
    const flash = session.takeFlash();
    const review: Review = {
      visit: session.read(),
      quote: lumenQuote(shop, session.read()),
      isSoldOut: faultOf(shop, request, "out_of_stock") !== undefined,
      isChanged: faultOf(shop, request, "changed_page") !== undefined,
    };
    const body = reviewBody(shop, review, originOf(request));
    return sendStep(shop, request, reply, { step: "review", flash, body });
  });

  app.post(`${shop.base}/checkout/place`, named(shop, "order.submit"), (request, reply) => {
    const session = shop.sessions.of(request, reply);
    const form = formOf(request);
    if (form["_csrf"] !== session.read().csrf) return refuseForged(shop, request, reply);
    const pressed = { key: form["order_key"] ?? "", totalCents: Number(form["total"]) };
    const outcome = placeOrder(shop, request, session, lumenQuote(shop, session.read()), pressed);
    return answer(shop, request, reply, session, outcome);
  });

  app.get<{ Params: { number: string } }>(
    `${shop.base}/checkout/done/:number`,
    named(shop, "order.confirmation"),
    (request, reply) => {
      const session = shop.sessions.of(request, reply);
      const { number } = request.params;
      const isTheirs = session.read().placed.some((placed) => placed.number === number);
      const order = isTheirs ? shop.retail.orders.find(shop.slug, number) : undefined;
      if (order === undefined) return reply.redirect(`${shop.base}/orders`, 303);
      const leftMs = session.read().confirmAtMs - shop.retail.world.now();
      if (leftMs > 0) return sendWaiting(shop, request, reply, leftMs);
      return sendPage(shop, request, reply, { title: "Thank you", body: doneBody(shop, order) });
    },
  );
}

function answer(
  shop: Shop,
  request: FastifyRequest,
  reply: FastifyReply,
  session: ShopSession,
  outcome: PlaceOutcome,
): FastifyReply {
  const again = (notice: string): FastifyReply => {
    session.change({ flash: { errors: {}, values: {}, notice } });
    return reply.redirect(`${shop.base}/checkout/review`, 303);
  };
  switch (outcome.kind) {
    case "placed": {
      const slow = faultOf(shop, request, "slow_confirmation");
      const waitMs = typeof slow?.value === "number" ? slow.value : confirmMsDefault;
      if (slow !== undefined) session.change({ confirmAtMs: shop.retail.world.now() + waitMs });
      if (faultOf(shop, request, "accept_then_timeout") !== undefined) return reply.hijack();
      return reply.redirect(`${shop.base}/checkout/done/${outcome.order.number}`, 303);
    }
    case "placed_before":
      return reply.redirect(`${shop.base}/checkout/done/${outcome.number}`, 303);
    case "sold_out": {
      const title = shop.retail.shelf.findVariant(shop.slug, outcome.sku)?.product.title ?? "One piece";
      return again(`${title} has sold out while you were here. Nothing was ordered.`);
    }
    case "price_changed":
      return again("A price has changed since you saw it. Nothing was ordered; please look again.");
    case "not_served":
      return again("We do not deliver to this address. Nothing was ordered.");
    default:
      return again("Your basket has changed. Nothing was ordered; please look again.");
  }
}

type Review = {
  readonly visit: Visit;
  readonly quote: Quote;
  readonly isSoldOut: boolean;
  readonly isChanged: boolean;
};

function reviewBody(shop: Shop, { visit, quote, isSoldOut, isChanged }: Review, origin: string): Html {
  const missing = quote.lines.find((line) => isSoldOut || line.stock < line.quantity);
  const button =
    missing === undefined
      ? html`<form
          method="post"
          action="${shop.base}/checkout/place"
          id="${isChanged ? "finish-b" : "place-order-form"}"
        >
          <input type="hidden" name="_csrf" value="${visit.csrf}" />
          <input type="hidden" name="order_key" value="${visit.orderKey}" />
          <input type="hidden" name="total" value="${quote.totalCents}" />
          ${
            isChanged
              ? html`<input class="button" type="submit" value="Complete purchase" />`
              : html`<button class="button wide" type="submit" id="place-order">Place order</button>`
          }
        </form>`
      : html`<p class="error" role="alert">
          ${missing.product.title} has sold out. <a href="${shop.base}/cart">Back to your basket</a>
        </p>`;
  return html`<h1>${isChanged ? "Last look" : "Review your order"}</h1>
    ${isChanged ? button : null}
    <div class="review">
      <div>
        <h2>Pieces</h2>
        <ul class="review-lines">
          ${quote.lines.map(
            (line) =>
              html`<li data-sku="${line.variant.sku}">
                <img
                  src="${pictureUrls({ origin, shop }, line.product, line.variant.color)[0]}"
                  alt=""
                  width="70"
                  height="70"
                />
                <span
                  >${line.product.title}<span class="small"
                    >${variantName(line.variant)} · ${line.quantity} × ${dollars(line.priceCents)}</span
                  ></span
                >
                <span class="number">${dollars(line.lineCents)}</span>
              </li>`,
          )}
        </ul>
        ${chosenBlock(shop, visit, quote)}
      </div>
      <aside class="sums" aria-label="Summary">
        ${sumsTable(quote, true)} ${isChanged ? null : button}
        <p class="small">By ordering you agree to our terms of sale. ${shop.store.returnPolicy}</p>
      </aside>
    </div>`;
}

function chosenBlock(shop: Shop, visit: Visit, quote: Quote): Html {
  const { shipTo, payment, reference, email } = visit;
  return html`<div class="chosen">
    <section>
      <h2>
        Goes to <a href="${shop.base}/checkout/address">Change<span class="hidden"> address</span></a>
      </h2>
      ${shipTo === null ? null : addressBlock(shipTo)}
      <p>${email}</p>
    </section>
    <section>
      <h2>
        Comes by <a href="${shop.base}/checkout/shipping">Change<span class="hidden"> delivery</span></a>
      </h2>
      <p>${quote.option.name}<br />Arrives ${arrivalOf(quote.option, shop.retail.world.now())}</p>
    </section>
    <section>
      <h2>
        Paid with <a href="${shop.base}/checkout/payment">Change<span class="hidden"> payment</span></a>
      </h2>
      <p>${paymentNames[payment ?? ""] ?? ""}</p>
      ${reference === "" ? null : html`<p>PO number <span data-reference>${reference}</span></p>`}
    </section>
  </div>`;
}

export function addressBlock(shipTo: Order["shipTo"]): Html {
  return html`<address>
    ${shipTo.name}<br />${shipTo.address1}${shipTo.address2 === null ? null : html`<br />${shipTo.address2}`}<br />${shipTo.city},
    ${shipTo.state} ${shipTo.zip}
  </address>`;
}

function sendWaiting(shop: Shop, request: FastifyRequest, reply: FastifyReply, leftMs: number): FastifyReply {
  void reply.header("refresh", "1");
  const body = html`<section class="said" role="status">
    <h1>${leftMs > confirmMsDefault / 2 ? "We are taking down your order…" : "Nearly there…"}</h1>
    <p>Please do not close this page and do not go back.</p>
  </section>`;
  return sendPage(shop, request, reply, { title: "One moment", body, isPlain: true });
}

function doneBody(shop: Shop, order: Order): Html {
  return html`<section class="said">
    <p class="eyebrow">Thank you</p>
    <h1>Your order is in.</h1>
    <p>Order number <strong id="order-number" data-order-number>${order.number}</strong></p>
    <p>
      We have written to ${order.email}. It comes to ${dollars(order.totalCents)} and should be with you by
      ${isoDateName(order.estimatedDelivery)}.
    </p>
    ${order.reference === "" ? null : html`<p class="small">PO number ${order.reference}</p>`}
    <p>
      <a class="button" href="${shop.base}/orders?number=${order.number}&email=${encodeURIComponent(order.email)}"
        >See this order</a
      >
    </p>
  </section>`;
}
