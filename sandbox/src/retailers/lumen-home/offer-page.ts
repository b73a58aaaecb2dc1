import type { FastifyInstance } from "fastify";

import { originOf } from "../retail.ts";
import { formOf } from "../web/form.ts";
import { html } from "../web/html.ts";
import { named, type Shop } from "../web/shop.ts";
import { pictureUrls } from "../web/structured-data.ts";
import { dollars } from "../web/words.ts";
import { refuseForged } from "./forged.ts";
import { sendPage } from "./frame.ts";

/** Between the basket and the checkout the shop tries to sell one thing more, once a visit. */
export function addOfferPage(app: FastifyInstance, shop: Shop): void {
  app.get(`${shop.base}/checkout`, named(shop, "checkout.start"), (request, reply) => {
    const { cart, isPastDoor } = shop.sessions.of(request, reply).read();
    if (cart.length === 0) return reply.redirect(`${shop.base}/cart`, 303);
    return reply.redirect(`${shop.base}/checkout/${isPastDoor ? "address" : "offer"}`, 303);
  });
  app.get(`${shop.base}/checkout/offer`, named(shop, "checkout.offer"), (request, reply) => {
    const session = shop.sessions.of(request, reply);
    const { cart, csrf } = session.read();
    const offered = shop.retail.shelf
      .products(shop.slug)
      .find(({ variants, category }) => category === "Textiles" && !cart.some(({ sku }) => sku === variants[0]?.sku));
    const variant = offered?.variants[0];
    if (cart.length === 0) return reply.redirect(`${shop.base}/cart`, 303);
    if (offered === undefined || variant === undefined) return reply.redirect(`${shop.base}/checkout/address`, 303);
    const body = html`<section class="offer">
      <img src="${pictureUrls({ origin: originOf(request), shop }, offered)[2]}" alt="" width="420" height="420" />
      <div>
        <p class="eyebrow">Before you go</p>
        <h1>Goes well with it: ${offered.title}</h1>
        <p>${offered.description}</p>
        <p class="product-price">
          ${dollars(shop.retail.shelf.look(shop.slug, variant.sku)?.priceCents ?? variant.priceCents)}
        </p>
        <form method="post" action="${shop.base}/checkout/offer">
          <input type="hidden" name="_csrf" value="${csrf}" />
          <input type="hidden" name="sku" value="${variant.sku}" />
          <button class="button" type="submit" name="answer" value="yes">Add it and continue</button>
          <button class="link-button" type="submit" name="answer" value="no">
            No, thank you. Continue to checkout
          </button>
        </form>
      </div>
    </section>`;
    return sendPage(shop, request, reply, { title: "Before you go", body, isPlain: true });
  });
  app.post(`${shop.base}/checkout/offer`, named(shop, "checkout.offer.answer"), (request, reply) => {
    const session = shop.sessions.of(request, reply);
    const form = formOf(request);
    const { csrf, cart } = session.read();
    if (form["_csrf"] !== csrf) return refuseForged(shop, request, reply);
    const sku = form["sku"] ?? "";
    const isTaken = form["answer"] === "yes" && shop.retail.shelf.look(shop.slug, sku) !== undefined;
    session.change({ isPastDoor: true, ...(isTaken ? { cart: [...cart, { sku, quantity: 1 }] } : {}) });
    return reply.redirect(`${shop.base}/checkout/address`, 303);
  });
}
