import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import type { Product } from "../goods.ts";
import { originOf } from "../retail.ts";
import { html, type Html } from "../web/html.ts";
import { named, type Shop } from "../web/shop.ts";
import { offersOf, pictureUrls } from "../web/structured-data.ts";
import { dollars } from "../web/words.ts";
import { sendPine, shelfPath } from "./frame.ts";

/** The window, and the shelves. */
export function addShelfPages(app: FastifyInstance, shop: Shop): void {
  const all = shop.retail.shelf.products(shop.slug);
  app.get(`${shop.base}/`, named(shop, "home"), (request, reply) => {
    const [pick] = all;
    const sale = all.filter((product) => product.variants.some((variant) => variant.listPriceCents !== null));
    const origin = originOf(request);
    const main = html`${pick === undefined ? null : pickOfTheWeek(shop, pick, origin)}
      <h2>Gentle reductions</h2>
      ${shelf(shop, sale.slice(0, 10), origin)}
      <h2>Just unpacked</h2>
      ${shelf(shop, all.slice(10, 15), origin)}`;
    return sendPine(shop, request, reply, { title: "An independent bookshop", main });
  });
  app.get<{ Params: { name: string }; Querystring: { title?: string } }>(
    `${shop.base}/shelf/:name`,
    named(shop, "category.view"),
    (request, reply) => {
      const { name } = request.params;
      const word = (request.query.title ?? "").toLowerCase();
      const found = all
        .filter((product) => name === "all" || shelfPath(product.category) === name)
        .filter(({ title, brand }) => `${title} ${brand}`.toLowerCase().includes(word));
      if (found.length === 0) return sendMissing(shop, request, reply);
      const title = name === "all" ? "All shelves" : (found[0]?.category ?? "");
      const main = html`<h1>${title}</h1>
        ${shelf(shop, found, originOf(request))}`;
      return sendPine(shop, request, reply, { title, main });
    },
  );
}

export function sendMissing(shop: Shop, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const main = html`<h1>Not on our shelves</h1>
    <p>We may be able to order it in. <a href="${shop.base}/">Back to the window</a></p>`;
  return sendPine(shop, request, reply, { title: "Not on our shelves", status: 404, main });
}

function pickOfTheWeek(shop: Shop, pick: Product, origin: string): Html {
  return html`<div class="pick">
    <a href="${shop.base}/products/${pick.id}">
      <img src="${pictureUrls({ origin, shop }, pick)[2]}" alt="${pick.title}" width="360" height="360" />
    </a>
    <div>
      <p class="hand">“Read it in one sitting and missed my train.” Ada, fiction</p>
      <h1>${pick.title}</h1>
      <p class="by">${pick.brand}</p>
      <p>${pick.description}</p>
      <p><a class="button" href="${shop.base}/products/${pick.id}">Our book of the week</a></p>
    </div>
  </div>`;
}

function shelf(shop: Shop, products: readonly Product[], origin: string): Html {
  return html`<div class="shelf">
    ${products.map((product) => {
      const [offer] = offersOf(shop, product, 0, false);
      if (offer === undefined) return null;
      const isLess = offer.listPriceCents !== null && offer.listPriceCents > offer.priceCents;
      return html`<div class="book">
        <a href="${shop.base}/products/${product.id}">
          <img src="${pictureUrls({ origin, shop }, product)[0]}" alt="" width="220" height="220" loading="lazy" />
          <b>${product.title}</b>
        </a>
        <i>${product.brand}</i>
        <span
          >${dollars(offer.priceCents)} ${isLess ? html`<del>${dollars(offer.listPriceCents ?? 0)}</del>` : null}</span
        >
      </div>`;
    })}
  </div>`;
}
