import type { FastifyInstance, FastifyReply } from "fastify";

import { must } from "#core/assert.ts";
import type { Product } from "../goods.ts";
import { originOf, type Retail } from "../retail.ts";
import { findStore, type Store, type StoreSlug } from "../stores.ts";
import { html, jsonLd, type Html } from "../web/html.ts";
import {
  decimal,
  offersOf,
  pictureUrls,
  productUrl,
  variantData,
  type Front,
  type Offer,
  type Place,
} from "../web/structured-data.ts";
import { dollars, variantName } from "../web/words.ts";

type ProductRequest = { Params: { id: string }; Querystring: { sku?: string } };

/**
 * The front rooms of a store that is ordered from by API: its goods can be looked at, and bought only elsewhere. What
 * its pages tell machines is `heads`' business.
 */
export function addShowroom(app: FastifyInstance, retail: Retail, slug: StoreSlug, headOf: HeadOf): void {
  const store = must(findStore(slug), `${slug} is a store`);
  const shop = { retail, store, slug, base: `/retailers/${slug}` };
  app.get(`${shop.base}/`, named(slug, "page.front"), (_request, reply) => {
    const tiles = retail.shelf.products(slug).map(
      (product) =>
        html`<li>
          <a href="${shop.base}/products/${product.id}"
            ><img
              src="/images/${slug}/${product.id}.svg"
              alt=""
              width="160"
              height="160"
              loading="lazy"
            />${product.title}</a
          >
        </li>`,
    );
    return sendRoom(reply, store, {
      title: store.name,
      head: null,
      main: html`<p>${store.description}</p>
        <ul>
          ${tiles}
        </ul>`,
    });
  });
  app.get<ProductRequest>(`${shop.base}/products/:id`, named(slug, "page.product"), (request, reply) => {
    const product = retail.shelf.findProduct(slug, request.params.id);
    if (product === undefined) {
      return sendRoom(reply.code(404), store, {
        title: "Not here",
        head: null,
        main: html`<p>We do not have this.</p>`,
      });
    }
    const place: Place<Front> = { origin: originOf(request), shop };
    const offers = offersOf(shop, product, 0, false);
    const chosen =
      offers.find(({ variant }) => variant.sku === request.query.sku) ?? must(offers[0], "a product has variants");
    return sendRoom(reply, store, {
      title: product.title,
      head: headOf({ place, product, offers, chosen }),
      main: mainOf(place, product, offers),
    });
  });
}

type Shown = {
  readonly place: Place<Front>;
  readonly product: Product;
  readonly offers: readonly Offer[];
  /** The variant that the address names, else the first. */
  readonly chosen: Offer;
};
type HeadOf = (shown: Shown) => Html;

/** A ProductGroup in JSON-LD, as a shop with a search engine's help has it. */
export function groupHead({ place, product, offers }: Shown): Html {
  const url = productUrl(place, product);
  return html`<link rel="canonical" href="${url}" />${jsonLd({
      "@context": "https://schema.org",
      "@type": "ProductGroup",
      productGroupID: product.id,
      name: product.title,
      description: product.description,
      url,
      image: pictureUrls(place, product),
      brand: { "@type": "Brand", name: product.brand },
      category: product.category,
      hasVariant: offers.map((offer) => variantData(place, product, offer)),
    })}`;
}

/** Open Graph and nothing else: a page is one variant's, and knows no other. */
export function openGraphHead({ place, product, chosen }: Shown): Html {
  const { variant, priceCents, listPriceCents, stock } = chosen;
  const tags: readonly (readonly [string, string | null])[] = [
    ["og:type", "product"],
    ["og:site_name", place.shop.store.name],
    ["og:title", product.title],
    ["og:description", product.description],
    ["og:url", productUrl(place, product)],
    ["og:image", pictureUrls(place, product, variant.color)[0] ?? null],
    ["product:brand", product.brand],
    ["product:category", product.category],
    ["product:retailer_item_id", variant.sku],
    ["product:size", variant.size],
    ["product:color", variant.color],
    ["product:price:amount", decimal(listPriceCents ?? priceCents)],
    ["product:price:currency", "USD"],
    ["product:sale_price:amount", listPriceCents === null ? null : decimal(priceCents)],
    ["product:sale_price:currency", listPriceCents === null ? null : "USD"],
    ["product:availability", stock > 0 ? "in stock" : "out of stock"],
  ];
  return html`${tags.map(([property, content]) => (content === null ? null : html`<meta property="${property}" content="${content}" />`))}`;
}

function mainOf(place: Place<Front>, product: Product, offers: readonly Offer[]): Html {
  const rows = offers.map(
    ({ variant, priceCents, stock }) =>
      html`<tr>
        <td>${variantName(variant) || product.title}</td>
        <td>${dollars(priceCents)}</td>
        <td>${stock > 0 ? "In stock" : "Sold out"}</td>
      </tr>`,
  );
  return html`<img src="${pictureUrls(place, product)[0]}" alt="${product.title}" width="480" height="480" />
    <p>${product.brand}</p>
    <h1>${product.title}</h1>
    <p>${product.description}</p>
    <table>
      ${rows}
    </table>
    <p>Sold through our partners.</p>`;
}

type Room = { readonly title: string; readonly head: Html | null; readonly main: Html };

function sendRoom(reply: FastifyReply, store: Store, { title, head, main }: Room): FastifyReply {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · ${store.name}</title>
        <style>
          body {
            font:
              16px/1.5 Georgia,
              serif;
            margin: 2rem auto;
            max-width: 60rem;
            padding: 0 1rem;
            color: #222;
          }
          ul {
            display: grid;
            grid-template-columns: repeat(auto-fill, minmax(160px, 1fr));
            gap: 1rem;
            padding: 0;
            list-style: none;
          }
          img {
            display: block;
            max-width: 100%;
            height: auto;
          }
          td {
            padding: 0 1rem 0 0;
          }
          a {
            color: inherit;
          }
        </style>
        ${head}
      </head>
      <body>
        <p><a href="/retailers/${store.slug}/">${store.name}</a></p>
        <main>${main}</main>
        <footer><p>${store.returnPolicy}</p></footer>
      </body>
    </html>`;
  return reply.type("text/html; charset=utf-8").send(page.html);
}

function named(
  part: StoreSlug,
  endpoint: string,
): { readonly config: { readonly part: string; readonly endpoint: string } } {
  return { config: { part, endpoint } };
}
