import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance } from "fastify";

import type { Product } from "../goods.ts";
import { driftPercentOf, originOf } from "../retail.ts";
import { asObject, asQuantity, asText } from "../read-body.ts";
import { faultOf } from "../web/gate.ts";
import { quoteOf } from "../web/quote.ts";
import { named, type Shop } from "../web/shop.ts";
import type { Visit } from "../web/shop-session.ts";
import { offersOf, pictureUrls, type Place } from "../web/structured-data.ts";
import { variantName } from "../web/words.ts";
import { isOwn, refuse, send } from "./answer.ts";

/** The product's price and chips come a moment after the page, as they do in such shops. */
const lateMs = 350;

export function addCatalogApi(app: FastifyInstance, shop: Shop): void {
  const api = `${shop.base}/api`;
  app.get<{ Querystring: { category?: string; q?: string } }>(
    `${api}/products`,
    named(shop, "catalog.list"),
    (request, reply) => {
      const { category, q = "" } = request.query;
      const word = q.toLowerCase();
      const all = shop.retail.shelf.products(shop.slug);
      const products = all
        .filter((product) => category === undefined || product.category === category)
        .filter(({ title, description }) => `${title} ${description}`.toLowerCase().includes(word))
        .map((product) => cardOf({ origin: originOf(request), shop }, product));
      return send(shop, request, reply, { products, categories: [...new Set(all.map((product) => product.category))] });
    },
  );

  app.get<{ Params: { id: string } }>(`${api}/products/:id`, named(shop, "product.view"), async (request, reply) => {
    const product = shop.retail.shelf.findProduct(shop.slug, request.params.id);
    if (product === undefined) return refuse(reply, 404, "not_found");
    const session = shop.sessions.of(request, reply);
    const driftPercent = driftPercentOf(shop.retail, request);
    if (driftPercent !== 0) session.change({ driftPercent });
    const isSoldOut = faultOf(shop, request, "out_of_stock") !== undefined;
    await sleep(lateMs);
    const place: Place = { origin: originOf(request), shop };
    const offers = offersOf(shop, product, session.read().driftPercent, isSoldOut);
    return send(shop, request, reply, {
      ...cardOf(place, product),
      description: product.description,
      pictures: pictureUrls(place, product),
      variants: offers.map(({ variant, priceCents, listPriceCents, stock }) => ({
        sku: variant.sku,
        size: variant.size,
        color: variant.color,
        priceCents,
        listPriceCents,
        isThere: stock > 0,
        picture: pictureUrls(place, product, variant.color)[0],
      })),
    });
  });

  app.get(`${api}/cart`, named(shop, "cart.view"), (request, reply) =>
    send(shop, request, reply, cartOf({ origin: originOf(request), shop }, shop.sessions.of(request, reply).read())),
  );

  app.put<{ Params: { sku: string } }>(`${api}/cart/:sku`, named(shop, "cart.change"), (request, reply) => {
    if (!isOwn(request)) return refuse(reply, 403, "foreign");
    const session = shop.sessions.of(request, reply);
    const { sku } = request.params;
    const { quantity: wanted, add } = asObject(request.body);
    const before = session.read().cart.find((line) => line.sku === sku)?.quantity ?? 0;
    const quantity = Math.min(20, asQuantity(wanted) + (asText(add) === "yes" ? before : 0));
    const stock = shop.retail.shelf.look(shop.slug, sku)?.stock;
    if (stock === undefined) return refuse(reply, 404, "not_found");
    if (quantity > 0 && (stock < quantity || faultOf(shop, request, "out_of_stock") !== undefined)) {
      return refuse(reply, 409, "sold_out");
    }
    const others = session.read().cart.filter((line) => line.sku !== sku);
    session.change({ cart: quantity === 0 ? others : [...others, { sku, quantity }] });
    return send(shop, request, reply, cartOf({ origin: originOf(request), shop }, session.read()));
  });
}

function cardOf(place: Place, product: Product): Readonly<Record<string, unknown>> {
  const offers = offersOf(place.shop, product, 0, false);
  const lowest = offers.reduce((low, offer) => (offer.priceCents < low.priceCents ? offer : low));
  return {
    id: product.id,
    title: product.title,
    brand: product.brand,
    category: product.category,
    picture: pictureUrls(place, product)[0],
    priceCents: lowest.priceCents,
    listPriceCents: lowest.listPriceCents,
    isThere: offers.some((offer) => offer.stock > 0),
  };
}

/** What the wagon holds; tax and delivery are the checkout's to say. */
export function cartOf(place: Place, visit: Visit): Readonly<Record<string, unknown>> {
  const { lines, units, subtotalCents } = quoteOf(place.shop, visit);
  return {
    units,
    subtotalCents,
    lines: lines.map(({ product, variant, quantity, priceCents, lineCents, stock }) => ({
      id: product.id,
      sku: variant.sku,
      title: product.title,
      variant: variantName(variant),
      picture: pictureUrls(place, product, variant.color)[0],
      quantity,
      priceCents,
      lineCents,
      isThere: stock >= quantity,
    })),
  };
}
