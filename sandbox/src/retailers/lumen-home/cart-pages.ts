import type { FastifyInstance } from "fastify";

import { originOf } from "../retail.ts";
import { changedPrefix, formOf, quantityOf, type Form } from "../web/form.ts";
import { faultOf } from "../web/gate.ts";
import { html, type Html } from "../web/html.ts";
import { named, type Shop } from "../web/shop.ts";
import type { Flash, Visit } from "../web/shop-session.ts";
import type { Quote } from "../web/quote.ts";
import { pictureUrls } from "../web/structured-data.ts";
import { dollars, variantName } from "../web/words.ts";
import { couponOf, lumenQuote } from "./coupon.ts";
import { sendPage } from "./frame.ts";
import { refuseForged } from "./forged.ts";

/** Putting things into the basket, the basket itself, and its coupon box. */
export function addCartPages(app: FastifyInstance, shop: Shop): void {
  app.post(`${shop.base}/cart/items`, named(shop, "cart.add"), (request, reply) => {
    const session = shop.sessions.of(request, reply);
    const form = formOf(request);
    if (form["_csrf"] !== session.read().csrf) return refuseForged(shop, request, reply);
    const sku = skuOf(shop, form);
    const stock = sku === undefined ? 0 : (shop.retail.shelf.look(shop.slug, sku)?.stock ?? 0);
    const { cart } = session.read();
    const quantity = quantityOf(form["quantity"]) + (cart.find((line) => line.sku === sku)?.quantity ?? 0);
    const isSoldOut = stock < quantity || faultOf(shop, request, "out_of_stock") !== undefined;
    if (sku === undefined || isSoldOut) {
      const error = sku === undefined ? "Please choose from each list." : "We do not have that many of it.";
      session.change({ flash: { errors: { sku: error }, values: {}, notice: "" } });
      return reply.redirect(`${shop.base}/products/${form["product"] ?? ""}`, 303);
    }
    session.change({ cart: [...cart.filter((line) => line.sku !== sku), { sku, quantity }] });
    return reply.redirect(`${shop.base}/cart`, 303);
  });

  app.get(`${shop.base}/cart`, named(shop, "cart.view"), (request, reply) => {
    const session = shop.sessions.of(request, reply);
    const flash = session.takeFlash();
    const isChanged = faultOf(shop, request, "changed_page") !== undefined;
    const view = { visit: session.read(), quote: lumenQuote(shop, session.read()), flash, isChanged };
    return sendPage(shop, request, reply, { title: "Your basket", body: cartBody(shop, view, originOf(request)) });
  });

  app.post(`${shop.base}/cart`, named(shop, "cart.change"), (request, reply) => {
    const session = shop.sessions.of(request, reply);
    const form = formOf(request);
    if (form["_csrf"] !== session.read().csrf) return refuseForged(shop, request, reply);
    const cart = session.read().cart.flatMap(({ sku, quantity }) => {
      if (form["remove"] === sku) return [];
      const wanted = form[`quantity-${sku}`];
      return wanted === "0" ? [] : [{ sku, quantity: wanted === undefined ? quantity : quantityOf(wanted) }];
    });
    session.change({ cart });
    return reply.redirect(`${shop.base}/cart`, 303);
  });

  app.post(`${shop.base}/cart/coupon`, named(shop, "cart.coupon"), (request, reply) => {
    const session = shop.sessions.of(request, reply);
    const form = formOf(request);
    if (form["_csrf"] !== session.read().csrf) return refuseForged(shop, request, reply);
    const coupon = couponOf(form["coupon"] ?? "");
    const errors = coupon === null ? { coupon: "We do not know that code." } : {};
    session.change({ coupon, flash: { errors, values: form, notice: "" } });
    return reply.redirect(`${shop.base}/cart`, 303);
  });
}

function skuOf(shop: Shop, form: Form): string | undefined {
  const variants = shop.retail.shelf.findProduct(shop.slug, form["product"] ?? "")?.variants ?? [];
  const isSame = (value: string | null, typed: string | undefined, all: readonly (string | null)[]): boolean =>
    new Set(all).size === 1 || value === typed;
  return variants.find(
    ({ size, color }) =>
      isSame(
        size,
        form["size"],
        variants.map((variant) => variant.size),
      ) &&
      isSame(
        color,
        form["color"],
        variants.map((variant) => variant.color),
      ),
  )?.sku;
}

type CartView = {
  readonly visit: Visit;
  readonly quote: Quote;
  readonly flash: Flash | null;
  readonly isChanged: boolean;
};

function cartBody(shop: Shop, { visit, quote, flash, isChanged }: CartView, origin: string): Html {
  const notice =
    flash?.notice === undefined || flash.notice === ""
      ? null
      : html`<p class="notice" role="status">${flash.notice}</p>`;
  if (quote.lines.length === 0) {
    return html`${notice}
      <section class="said">
        <h1>Your basket is empty</h1>
        <p><a class="button" href="${shop.base}/">Look around</a></p>
      </section>`;
  }
  const go = isChanged
    ? html`<a class="button wide go-b" role="button" href="${shop.base}/checkout">Secure my pieces</a>`
    : html`<a class="button wide" href="${shop.base}/checkout">Go to checkout</a>`;
  return html`${notice}
    <h1>Your basket</h1>
    ${isChanged ? go : null}
    <div class="basket">
      <form method="post" action="${shop.base}/cart" class="lines">
        <input type="hidden" name="_csrf" value="${visit.csrf}" />
        <table>
          <thead>
            <tr>
              <th scope="col" colspan="2">Piece</th>
              <th scope="col">Quantity</th>
              <th scope="col" class="number">Price</th>
            </tr>
          </thead>
          <tbody>
            ${quote.lines.map((line) => cartLine(shop, line, origin))}
          </tbody>
        </table>
        <button class="link-button" type="submit">Update quantities</button>
      </form>
      <aside class="sums" aria-label="Summary">
        ${couponBox(shop, visit, flash, isChanged)} ${sumsTable(quote, false)} ${isChanged ? null : go}
        <p class="small">Tax is added where your state has one.</p>
      </aside>
    </div>`;
}

function cartLine(shop: Shop, line: Quote["lines"][number], origin: string): Html {
  const { product, variant, quantity } = line;
  const field = `quantity-${variant.sku}`;
  return html`<tr>
    <td class="thumb">
      <img src="${pictureUrls({ origin, shop }, product, variant.color)[0]}" alt="" width="90" height="90" />
    </td>
    <td>
      <a href="${shop.base}/products/${product.id}?sku=${variant.sku}">${product.title}</a>
      <span class="small">${variantName(variant)}</span>
      ${line.stock < quantity ? html`<span class="error">Only ${line.stock} left</span>` : null}
      <button class="link-button" name="remove" value="${variant.sku}" type="submit">
        Remove<span class="hidden"> ${product.title}</span>
      </button>
    </td>
    <td>
      <label class="hidden" for="${field}">Quantity of ${product.title}</label>
      <input id="${field}" name="${field}" type="number" min="0" max="20" value="${quantity}" />
    </td>
    <td class="number">${dollars(line.lineCents)}</td>
  </tr>`;
}

function couponBox(shop: Shop, visit: Visit, flash: Flash | null, isChanged: boolean): Html {
  const error = flash?.errors["coupon"];
  const name = `${isChanged ? changedPrefix : ""}coupon`;
  return html`<form method="post" action="${shop.base}/cart/coupon" class="coupon">
    <input type="hidden" name="_csrf" value="${visit.csrf}" />
    <label for="${name}">Coupon code</label>
    <div class="row">
      <input id="${name}" name="${name}" value="${visit.coupon ?? ""}" autocomplete="off" />
      <button type="submit">Apply</button>
    </div>
    ${error === undefined ? null : html`<p class="error" role="alert">${error}</p>`}
  </form>`;
}

/** Goods, discount, delivery, tax and total, as the basket and the review page say them. */
export function sumsTable(quote: Quote, isFinal: boolean): Html {
  return html`<table class="sums-table">
    <tbody>
      <tr>
        <th scope="row">Pieces (${quote.units})</th>
        <td class="number" data-sum="goods">${dollars(quote.subtotalCents)}</td>
      </tr>
      ${
        quote.discountCents === 0
          ? null
          : html`<tr>
              <th scope="row">Coupon</th>
              <td class="number" data-sum="discount">${dollars(-quote.discountCents)}</td>
            </tr>`
      }
      <tr>
        <th scope="row">${isFinal ? `Delivery, ${quote.option.name}` : "Delivery from"}</th>
        <td class="number" data-sum="delivery">${quote.shippingCents === 0 ? "Free" : dollars(quote.shippingCents)}</td>
      </tr>
      <tr>
        <th scope="row">Sales tax</th>
        <td class="number" data-sum="tax">${isFinal ? dollars(quote.taxCents) : "at checkout"}</td>
      </tr>
      <tr class="total">
        <th scope="row">${isFinal ? "Order total" : "So far"}</th>
        <td class="number" data-sum="total">
          ${dollars(isFinal ? quote.totalCents : quote.totalCents - quote.taxCents)}
        </td>
      </tr>
    </tbody>
  </table>`;
}
