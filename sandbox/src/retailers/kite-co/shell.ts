import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import type { Product } from "../goods.ts";
import { driftPercentOf, originOf } from "../retail.ts";
import { faultOf } from "../web/gate.ts";
import { html, jsonLd, type Html } from "../web/html.ts";
import { named, type Shop } from "../web/shop.ts";
import {
  decimal,
  offerData,
  offersOf,
  pictureUrls,
  productUrl,
  type Offer,
  type Place,
} from "../web/structured-data.ts";

/** Every address of the shop is the same page; only what crawlers read in its head differs. */
export function addShell(app: FastifyInstance, shop: Shop): void {
  const paths = [
    "/",
    "/category/:name",
    "/search",
    "/cart",
    "/sign-in",
    "/checkout",
    "/checkout/review",
    "/placed/:number",
    "/orders",
    "/orders/:number",
    "/addresses",
  ];
  for (const path of paths) {
    app.get(`${shop.base}${path}`, named(shop, "page.view"), (request, reply) =>
      sendShell(shop, request, reply, { title: "Kite & Co. | Toys worth handing on", head: null }),
    );
  }
  app.get<{ Params: { id: string } }>(`${shop.base}/products/:id`, named(shop, "product.page"), (request, reply) => {
    const product = shop.retail.shelf.findProduct(shop.slug, request.params.id);
    if (product === undefined) {
      void reply.code(404);
      return sendShell(shop, request, reply, { title: "Not found | Kite & Co.", head: null });
    }
    const session = shop.sessions.of(request, reply);
    const driftPercent = driftPercentOf(shop.retail, request);
    if (driftPercent !== 0) session.change({ driftPercent });
    const isSoldOut = faultOf(shop, request, "out_of_stock") !== undefined;
    const offers = offersOf(shop, product, session.read().driftPercent, isSoldOut);
    const head = productHead({ origin: originOf(request), shop }, product, offers);
    return sendShell(shop, request, reply, { title: `${product.title} | Kite & Co.`, head });
  });
}

type ShellPage = { readonly title: string; readonly head: Html | null };

export function sendShell(shop: Shop, request: FastifyRequest, reply: FastifyReply, page: ShellPage): FastifyReply {
  shop.sessions.of(request, reply);
  const { base } = shop;
  const document = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${page.title}</title>
        <link rel="icon" href="${base}/app/kite.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="${base}/app/style.css" />
        ${page.head}
        <script type="module" src="${base}/app/main.js"></script>
      </head>
      <body data-base="${base}">
        <div id="app"><p class="first-light">Unrolling the line…</p></div>
        <noscript>Our shop needs JavaScript.</noscript>
      </body>
    </html>`;
  return reply.type("text/html; charset=utf-8").send(document.html);
}

export const kiteSvg =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><path d="M32 3 52 24 32 46 12 24Z" fill="#fff"/>' +
  '<path d="M32 3 52 24H32Z" fill="#d8402f"/><path d="M12 24h20v22Z" fill="#1d6fd8"/>' +
  '<path d="M32 46c-8 5 6 8-2 15" fill="none" stroke="#1c2b4a" stroke-width="3" stroke-linecap="round"/></svg>';

/** Open Graph for whoever shares it, and one graph of linked things for search engines. */
function productHead(place: Place, product: Product, offers: readonly Offer[]): Html {
  const url = productUrl(place, product);
  const [picture = ""] = pictureUrls(place, product);
  const prices = offers.map((offer) => offer.priceCents);
  const lowest = Math.min(...prices);
  const isThere = offers.some((offer) => offer.stock > 0);
  const tags: readonly (readonly [string, string])[] = [
    ["og:type", "product"],
    ["og:site_name", place.shop.store.name],
    ["og:title", product.title],
    ["og:description", product.description],
    ["og:url", url],
    ["og:image", picture],
    ["product:brand", product.brand],
    ["product:price:amount", decimal(lowest)],
    ["product:price:currency", "USD"],
    ["product:availability", isThere ? "in stock" : "out of stock"],
    ["product:retailer_item_id", product.id.toUpperCase()],
  ];
  return html`<link rel="canonical" href="${url}" />
    <meta name="description" content="${product.description}" />
    ${tags.map(([property, content]) => html`<meta property="${property}" content="${content}" />`)}
    ${jsonLd(graphOf(place, product, offers))}`;
}

function graphOf(place: Place, product: Product, offers: readonly Offer[]): Readonly<Record<string, unknown>> {
  const url = productUrl(place, product);
  const shopUrl = `${place.origin}${place.shop.base}/`;
  const prices = offers.map((offer) => offer.priceCents);
  return {
    "@context": "https://schema.org",
    "@graph": [
      { "@type": "Organization", "@id": `${shopUrl}#shop`, name: place.shop.store.name, url: shopUrl },
      { "@type": "WebSite", "@id": `${shopUrl}#site`, url: shopUrl, publisher: { "@id": `${shopUrl}#shop` } },
      {
        "@type": "WebPage",
        "@id": url,
        url,
        name: product.title,
        isPartOf: { "@id": `${shopUrl}#site` },
        mainEntity: { "@id": `${url}#product` },
      },
      {
        "@type": "Product",
        "@id": `${url}#product`,
        name: product.title,
        description: product.description,
        sku: product.id.toUpperCase(),
        image: pictureUrls(place, product),
        brand: { "@type": "Brand", name: product.brand },
        category: product.category,
        offers: {
          "@type": "AggregateOffer",
          priceCurrency: "USD",
          lowPrice: decimal(Math.min(...prices)),
          highPrice: decimal(Math.max(...prices)),
          offerCount: offers.length,
          offers: offers.map((offer) => ({
            ...offerData(place, product, offer),
            itemOffered: {
              "@type": "Product",
              sku: offer.variant.sku,
              name: product.title,
              image: pictureUrls(place, product, offer.variant.color)[0],
              ...(offer.variant.color === null ? {} : { color: offer.variant.color }),
              ...(offer.variant.size === null ? {} : { size: offer.variant.size }),
            },
          })),
        },
      },
    ],
  };
}
