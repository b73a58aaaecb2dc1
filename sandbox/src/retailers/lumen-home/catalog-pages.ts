import type { FastifyInstance } from "fastify";

import type { Product } from "../goods.ts";
import { originOf } from "../retail.ts";
import { html, type Html } from "../web/html.ts";
import { named, type Shop } from "../web/shop.ts";
import { offersOf, pictureUrls } from "../web/structured-data.ts";
import { dollars } from "../web/words.ts";
import { categoriesOf, categoryPath, sendPage } from "./frame.ts";

/** Home, categories and search. */
export function addCatalogPages(app: FastifyInstance, shop: Shop): void {
  const products = shop.retail.shelf.products(shop.slug);
  app.get(`${shop.base}/`, named(shop, "home"), (request, reply) =>
    sendPage(shop, request, reply, { title: "Light, furniture, table", body: homeBody(shop, originOf(request)) }),
  );
  app.get<{ Params: { category: string } }>(
    `${shop.base}/c/:category`,
    named(shop, "category.view"),
    (request, reply) => {
      const name = categoriesOf(shop).find((category) => categoryPath(category) === request.params.category);
      if (name === undefined) return sendNotFound(shop, request, reply);
      const found = products.filter((product) => product.category === name);
      return sendPage(shop, request, reply, { title: name, body: shelfBody(shop, name, found, originOf(request)) });
    },
  );
  app.get<{ Querystring: { q?: string } }>(`${shop.base}/search`, named(shop, "search"), (request, reply) => {
    const words = (request.query.q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    const found = products.filter(({ title, description, category }) =>
      words.every((word) => `${title} ${description} ${category}`.toLowerCase().includes(word)),
    );
    const title = words.length === 0 ? "Everything" : `“${request.query.q ?? ""}”`;
    return sendPage(shop, request, reply, { title, body: shelfBody(shop, title, found, originOf(request)) });
  });
}

export function sendNotFound(shop: Shop, ...[request, reply]: Tail<Parameters<typeof sendPage>>) {
  const body = html`<section class="said">
    <h1>Not here</h1>
    <p>We do not have that, or no longer. <a href="${shop.base}/">Back to the shop</a></p>
  </section>`;
  return sendPage(shop, request, reply, { title: "Not found", status: 404, body });
}
type Tail<Args> = Args extends readonly [unknown, infer Request, infer Reply, unknown] ? [Request, Reply] : never;

/** A product as a card in a grid. */
export function card(shop: Shop, product: Product, origin: string): Html {
  const offers = offersOf(shop, product, 0, false);
  const lowest = offers.reduce((low, offer) => (offer.priceCents < low.priceCents ? offer : low));
  const isSoldOut = offers.every((offer) => offer.stock <= 0);
  const colors = new Set(product.variants.map((variant) => variant.color));
  return html`<li class="card">
    <a href="${shop.base}/products/${product.id}">
      <img src="${pictureUrls({ origin, shop }, product)[0]}" alt="" width="400" height="400" loading="lazy" />
      <span class="card-title">${product.title}</span>
    </a>
    <span class="card-line">${money(lowest.priceCents, lowest.listPriceCents)}</span>
    ${isSoldOut ? html`<span class="small">Sold out</span>` : null}
    ${colors.size > 1 ? html`<span class="small">${colors.size} colors</span>` : null}
  </li>`;
}

export function money(cents: number, listCents: number | null): Html {
  if (listCents === null || listCents <= cents) return html`<span class="price">${dollars(cents)}</span>`;
  return html`<span class="price sale">${dollars(cents)}</span>
    <s class="was"><span class="hidden">was </span>${dollars(listCents)}</s>`;
}

function homeBody(shop: Shop, origin: string): Html {
  const products = shop.retail.shelf.products(shop.slug);
  const hero = products.find((product) => product.id === "lh-table") ?? products[0];
  const rooms = categoriesOf(shop).slice(0, 4);
  const onSale = products.filter((product) => product.variants.some((variant) => variant.listPriceCents !== null));
  return html`<section class="hero">
      <div>
        <p class="eyebrow">The evening edit</p>
        <h1>Rooms look kinder by lamplight.</h1>
        <p>${shop.store.description}</p>
        <a class="button" href="${shop.base}/c/lighting">See the lights</a>
      </div>
      ${
        hero === undefined
          ? null
          : html`<img src="${pictureUrls({ origin, shop }, hero)[2]}" alt="${hero.title}" width="800" height="800" />`
      }
    </section>
    <section class="rooms" aria-label="Departments">
      ${rooms.map((room) => {
        const first = products.find((product) => product.category === room);
        return html`<a href="${shop.base}/c/${categoryPath(room)}">
          ${
            first === undefined
              ? null
              : html`<img src="${pictureUrls({ origin, shop }, first)[0]}" alt="" width="300" height="300" />`
          }
          <span>${room}</span>
        </a>`;
      })}
    </section>
    <section>
      <h2 class="rule">Marked down, while they last</h2>
      <ul class="grid">
        ${onSale.slice(0, 8).map((product) => card(shop, product, origin))}
      </ul>
    </section>`;
}

function shelfBody(shop: Shop, title: string, products: readonly Product[], origin: string): Html {
  return html`<nav class="crumbs" aria-label="Where you are"><a href="${shop.base}/">Home</a> / ${title}</nav>
    <h1>${title}</h1>
    <p class="small">${products.length} ${products.length === 1 ? "piece" : "pieces"}</p>
    <ul class="grid">
      ${products.map((product) => card(shop, product, origin))}
    </ul>`;
}
