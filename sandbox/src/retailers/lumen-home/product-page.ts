import type { FastifyInstance } from "fastify";

import type { Product } from "../goods.ts";
import { driftPercentOf, originOf } from "../retail.ts";
import { changedPrefix } from "../web/form.ts";
import { faultOf } from "../web/gate.ts";
import { html, jsonLd, raw, type Html } from "../web/html.ts";
import { named, type Shop } from "../web/shop.ts";
import type { Flash } from "../web/shop-session.ts";
import { offersOf, pictureUrls, productUrl, variantData, type Offer, type Place } from "../web/structured-data.ts";
import { arrivalOf } from "../web/words.ts";
import { categoryPath, sendPage } from "./frame.ts";
import { money, sendNotFound } from "./catalog-pages.ts";

type Shown = {
  readonly place: Place;
  readonly product: Product;
  readonly offers: readonly Offer[];
  /** The variant that the address names. */
  readonly chosen: Offer | undefined;
  readonly flash: Flash | null;
  readonly csrf: string;
  readonly isChanged: boolean;
};

/** The product page: plain selects, one form, and a ProductGroup in JSON-LD. `?sku=` chooses a variant. */
export function addProductPage(app: FastifyInstance, shop: Shop): void {
  app.get<{ Params: { id: string }; Querystring: { sku?: string } }>(
    `${shop.base}/products/:id`,
    named(shop, "product.view"),
    (request, reply) => {
      const product = shop.retail.shelf.findProduct(shop.slug, request.params.id);
      if (product === undefined) return sendNotFound(shop, request, reply);
      const session = shop.sessions.of(request, reply);
      const driftPercent = driftPercentOf(shop.retail, request);
      if (driftPercent !== 0) session.change({ driftPercent });
      const isSoldOut = faultOf(shop, request, "out_of_stock") !== undefined;
      const offers = offersOf(shop, product, session.read().driftPercent, isSoldOut);
      const place: Place = { origin: originOf(request), shop };
      const shown: Shown = {
        place,
        product,
        offers,
        chosen: offers.length === 1 ? offers[0] : offers.find(({ variant }) => variant.sku === request.query.sku),
        flash: session.takeFlash(),
        csrf: session.read().csrf,
        isChanged: faultOf(shop, request, "changed_page") !== undefined,
      };
      const head = html`<link rel="canonical" href="${productUrl(place, product)}" />
        <meta name="description" content="${product.description}" />
        ${jsonLd(groupData(place, product, offers))}`;
      return sendPage(shop, request, reply, { title: product.title, head, body: productBody(shown) });
    },
  );
}

function groupData(place: Place, product: Product, offers: readonly Offer[]): Readonly<Record<string, unknown>> {
  const variants = product.variants;
  const hasSizes = new Set(variants.map(({ size }) => size)).size > 1;
  const hasColors = new Set(variants.map(({ color }) => color)).size > 1;
  return {
    "@context": "https://schema.org",
    "@type": "ProductGroup",
    "@id": productUrl(place, product),
    productGroupID: product.id,
    name: product.title,
    description: product.description,
    url: productUrl(place, product),
    image: pictureUrls(place, product),
    brand: { "@type": "Brand", name: product.brand },
    category: product.category,
    ...(hasSizes || hasColors
      ? {
          variesBy: [
            ...(hasSizes ? ["https://schema.org/size"] : []),
            ...(hasColors ? ["https://schema.org/color"] : []),
          ],
        }
      : {}),
    hasVariant: offers.map((offer) => variantData(place, product, offer)),
  };
}

function productBody(shown: Shown): Html {
  const { place, product, offers, chosen } = shown;
  const { shop } = place;
  const offer = chosen ?? offers[0];
  const pictures = pictureUrls(place, product, chosen?.variant.color);
  return html`<nav class="crumbs" aria-label="Where you are">
      <a href="${shop.base}/">Home</a> /
      <a href="${shop.base}/c/${categoryPath(product.category)}">${product.category}</a> / ${product.title}
    </nav>
    <article class="product">
      <div class="pictures">
        ${pictures.map(
          (picture, index) =>
            html`<img src="${picture}" alt="${index === 0 ? product.title : ""}" width="800" height="800" />`,
        )}
      </div>
      <div class="buy">
        <p class="eyebrow">${product.brand}</p>
        <h1>${product.title}</h1>
        <p class="product-price">${offer === undefined ? null : money(offer.priceCents, offer.listPriceCents)}</p>
        <p>${product.description}</p>
        ${buyForm(shown)}
        <dl class="facts">
          <dt>Delivery</dt>
          ${shop.store.shippingOptions.map(
            (option) => html`<dd>${option.name}: ${arrivalOf(option, shop.retail.world.now())}</dd>`,
          )}
          <dt>Returns</dt>
          <dd>${shop.store.returnPolicy}</dd>
          <dt>Item</dt>
          <dd>${chosen?.variant.sku ?? product.id.toUpperCase()}</dd>
        </dl>
      </div>
    </article>`;
}

function buyForm(shown: Shown): Html {
  const { place, product, offers, flash, csrf, isChanged } = shown;
  if (offers.every((offer) => offer.stock <= 0)) {
    return html`<p class="sold-out">Sold out. More are on their way; we cannot yet say when.</p>`;
  }
  const name = (field: string): string => `${isChanged ? changedPrefix : ""}${field}`;
  const errors = Object.values(flash?.errors ?? {});
  return html`${errors.map((error) => html`<p class="error" role="alert">${error}</p>`)}
    <form method="post" action="${place.shop.base}/cart/items" class="${isChanged ? "buy-form-b" : "buy-form"}">
      <input type="hidden" name="_csrf" value="${csrf}" />
      <input type="hidden" name="product" value="${product.id}" />
      ${choice(shown, "size", isChanged ? "How large?" : "Size", name("size"))}
      ${choice(shown, "color", isChanged ? "Finish" : "Color", name("color"))}
      <div class="field quantity">
        <label for="${name("quantity")}">${isChanged ? "How many?" : "Quantity"}</label>
        <input id="${name("quantity")}" name="${name("quantity")}" type="number" min="1" max="20" value="1" />
      </div>
      ${
        isChanged
          ? html`<input class="button wide" type="submit" value="Take it home" />`
          : html`<button class="button wide" type="submit">Add to basket</button>`
      }
    </form>`;
}

/** A select over what is sold of a size or a colour; nothing where there is only one. */
function choice(shown: Shown, of: "size" | "color", label: string, name: string): Html | null {
  const { product, offers, chosen } = shown;
  const values = [...new Set(product.variants.map((variant) => variant[of]))].filter((value) => value !== null);
  if (values.length < 2) return null;
  const isThere = (value: string): boolean => offers.some(({ variant, stock }) => variant[of] === value && stock > 0);
  return html`<div class="field">
    <label for="${name}">${label}</label>
    <select id="${name}" name="${name}" required>
      <option value="">Choose…</option>
      ${values.map((value) => {
        const isChosen = chosen !== undefined && chosen.variant[of] === value;
        return html`<option
          value="${value}"
          ${isChosen ? raw("selected") : null}
          ${isThere(value) ? null : raw("disabled")}
        >
          ${value}${isThere(value) ? "" : " (sold out)"}
        </option>`;
      })}
    </select>
  </div>`;
}
