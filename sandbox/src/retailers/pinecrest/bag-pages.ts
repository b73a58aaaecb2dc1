import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import { originOf } from "../retail.ts";
import { formOf, quantityOf, type Form } from "../web/form.ts";
import { faultOf } from "../web/gate.ts";
import { html, type Html } from "../web/html.ts";
import { quoteOf, type Quote } from "../web/quote.ts";
import { named, type Shop } from "../web/shop.ts";
import { token, type ShopSession } from "../web/shop-session.ts";
import { pictureUrls } from "../web/structured-data.ts";
import { dollars, variantName } from "../web/words.ts";
import { sendPine } from "./frame.ts";

/** The bag: one line, one form. */
export function addBagPages(app: FastifyInstance, shop: Shop): void {
  app.post(`${shop.base}/bag/add`, named(shop, "cart.add"), (request, reply) => {
    const session = shop.sessions.of(request, reply);
    const form = formOf(request);
    if (isForged(session, form)) return sayForged(shop, request, reply);
    const sku = form["sku"] ?? "";
    const stock = shop.retail.shelf.look(shop.slug, sku)?.stock;
    const { cart } = session.read();
    const quantity = quantityOf(form["copies"]) + (cart.find((line) => line.sku === sku)?.quantity ?? 0);
    const isSoldOut = stock === undefined || stock < quantity || faultOf(shop, request, "out_of_stock") !== undefined;
    if (isSoldOut) {
      const notice = stock === undefined ? "Please choose an edition." : "We do not have that many copies.";
      session.change({ flash: { errors: {}, values: {}, notice } });
      return reply.redirect(`${shop.base}/products/${form["product"] ?? ""}`, 303);
    }
    session.change({ cart: [...cart.filter((line) => line.sku !== sku), { sku, quantity }] });
    return reply.redirect(`${shop.base}/bag`, 303);
  });

  app.get(`${shop.base}/bag`, named(shop, "cart.view"), (request, reply) => {
    const session = shop.sessions.of(request, reply);
    const notice = session.takeFlash()?.notice ?? "";
    const isChanged = faultOf(shop, request, "changed_page") !== undefined;
    const quote = quoteOf(shop, session.read());
    const origin = originOf(request);
    const main = html`<h1>Your bag</h1>
      ${notice === "" ? null : html`<p class="bad" role="alert">${notice}</p>`}
      ${
        quote.lines.length === 0
          ? html`<p>Nothing in it yet.</p>`
          : html`${quote.lines.map((line) => bagLine(shop, session.read().csrf, line, origin))}
              <p class="cost">Books ${dollars(quote.subtotalCents)}</p>
              <p class="fine">Postage and tax are added at the till.</p>
              <form action="${shop.base}/checkout">
                ${
                  isChanged
                    ? html`<button class="button" type="submit">Take these to the counter</button>`
                    : html`<input class="button" type="submit" value="Proceed to the till" />`
                }
              </form>`
      }`;
    return sendPine(shop, request, reply, { title: "Your bag", main });
  });

  app.post(`${shop.base}/bag/set`, named(shop, "cart.change"), (request, reply) => {
    const session = shop.sessions.of(request, reply);
    const form = formOf(request);
    if (isForged(session, form)) return sayForged(shop, request, reply);
    const cart = session.read().cart.flatMap((line) => {
      if (line.sku !== form["sku"]) return [line];
      return form["copies"] === "0" ? [] : [{ ...line, quantity: quantityOf(form["copies"]) }];
    });
    session.change({ cart });
    return reply.redirect(`${shop.base}/bag`, 303);
  });
}

export function isForged(session: ShopSession, form: Form): boolean {
  return form["form_key"] !== session.read().csrf;
}

export function sayForged(shop: Shop, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  shop.sessions.of(request, reply).change({ csrf: token() });
  const main = html`<h1>That page was too old</h1>
    <p>Nothing was done. <a href="${shop.base}/bag">To your bag</a></p>`;
  return sendPine(shop, request, reply, { title: "That page was too old", status: 403, main });
}

function bagLine(shop: Shop, csrf: string, line: Quote["lines"][number], origin: string): Html {
  const { product, variant, quantity, lineCents, stock } = line;
  return html`<div class="bag-line" data-sku="${variant.sku}">
    <img src="${pictureUrls({ origin, shop }, product)[0]}" alt="" width="96" height="96" />
    <div>
      <a href="${shop.base}/products/${product.id}">${product.title}</a>
      <i>${[product.brand, variantName(variant)].filter(Boolean).join(", ")}</i>
      ${stock < quantity ? html`<em class="bad">Only ${stock} left</em>` : null}
      <form method="post" action="${shop.base}/bag/set">
        <input type="hidden" name="form_key" value="${csrf}" />
        <input type="hidden" name="sku" value="${variant.sku}" />
        <label>Copies <input name="copies" value="${quantity}" inputmode="numeric" size="3" /></label>
        <input type="submit" value="Change" />
      </form>
      <form method="post" action="${shop.base}/bag/set">
        <input type="hidden" name="form_key" value="${csrf}" />
        <input type="hidden" name="sku" value="${variant.sku}" />
        <input type="hidden" name="copies" value="0" />
        <input type="submit" value="Put back" aria-label="Put back ${product.title}" />
      </form>
    </div>
    <b>${dollars(lineCents)}</b>
  </div>`;
}
