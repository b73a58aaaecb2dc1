import type { FastifyInstance } from "fastify";

import type { Product } from "../goods.ts";
import { driftPercentOf, originOf } from "../retail.ts";
import { changedPrefix } from "../web/form.ts";
import { faultOf } from "../web/gate.ts";
import { html, jsonLd, type Html } from "../web/html.ts";
import { named, type Shop } from "../web/shop.ts";
import {
  availabilityOf,
  decimal,
  offersOf,
  pictureUrls,
  productUrl,
  type Offer,
  type Place,
} from "../web/structured-data.ts";
import { dollars, variantName } from "../web/words.ts";
import { sendPine, shelfPath } from "./frame.ts";
import { drawListbox } from "./listbox.ts";
import { sendMissing } from "./shelf-pages.ts";

type Shown = {
  readonly place: Place;
  readonly product: Product;
  readonly offers: readonly Offer[];
  readonly chosenSku: string;
  readonly notice: string;
  readonly csrf: string;
  readonly isChanged: boolean;
};

/** The book's page, in microdata; its JSON-LD tells of the shop and of the way here only. Reviews live in a frame. */
export function addProductPage(app: FastifyInstance, shop: Shop): void {
  app.get<{ Params: { id: string }; Querystring: { sku?: string } }>(
    `${shop.base}/products/:id`,
    named(shop, "product.view"),
    (request, reply) => {
      const product = shop.retail.shelf.findProduct(shop.slug, request.params.id);
      if (product === undefined) return sendMissing(shop, request, reply);
      const session = shop.sessions.of(request, reply);
      const driftPercent = driftPercentOf(shop.retail, request);
      if (driftPercent !== 0) session.change({ driftPercent });
      const isSoldOut = faultOf(shop, request, "out_of_stock") !== undefined;
      const place: Place = { origin: originOf(request), shop };
      const offers = offersOf(shop, product, session.read().driftPercent, isSoldOut);
      const main = productBody({
        place,
        product,
        offers,
        chosenSku: offers.length === 1 ? (offers[0]?.variant.sku ?? "") : (request.query.sku ?? ""),
        notice: session.takeFlash()?.notice ?? "",
        csrf: session.read().csrf,
        isChanged: faultOf(shop, request, "changed_page") !== undefined,
      });
      const head = html`<link rel="canonical" href="${productUrl(place, product)}" />
        <meta name="description" content="${product.description}" />
        ${jsonLd(crumbsOf(place, product))}`;
      return sendPine(shop, request, reply, { title: product.title, head, main });
    },
  );
  app.get<{ Params: { id: string } }>(
    `${shop.base}/widgets/reviews/:id`,
    named(shop, "reviews.view"),
    (request, reply) => {
      const product = shop.retail.shelf.findProduct(shop.slug, request.params.id);
      return product === undefined
        ? sendMissing(shop, request, reply)
        : reply.type("text/html").send(reviews(shop, product));
    },
  );
}

function productBody(shown: Shown): Html {
  const { place, product, offers, notice } = shown;
  const [offer] = offers;
  const isLess = offer !== undefined && offer.listPriceCents !== null && offer.listPriceCents > offer.priceCents;
  return html`<div itemscope itemtype="https://schema.org/Product" class="title-page">
    <link itemprop="url" href="${productUrl(place, product)}" />
    <meta itemprop="productID" content="${product.id}" />
    <meta itemprop="category" content="${product.category}" />
    <div class="cover">
      ${pictureUrls(place, product).map(
        (url, index) =>
          html`<img
            itemprop="image"
            src="${url}"
            alt="${index === 0 ? product.title : ""}"
            width="420"
            height="420"
          />`,
      )}
    </div>
    <div>
      <h1 itemprop="name">${product.title}</h1>
      <p class="by" itemprop="brand" itemscope itemtype="https://schema.org/Brand">
        <span itemprop="name">${product.brand}</span>
      </p>
      ${notice === "" ? null : html`<p class="bad" role="alert">${notice}</p>`}
      <p itemprop="description">${product.description}</p>
      ${offers.map((one) => offerItem(place, product, one))}
      ${
        offer === undefined
          ? null
          : html`<p class="cost">
              ${dollars(offer.priceCents)} ${isLess ? html`<del>${dollars(offer.listPriceCents ?? 0)}</del>` : null}
            </p>`
      }
      ${buyForm(shown)}
      <p class="fine">${product.id.toUpperCase()} · Posted from the shop, mostly within a day.</p>
      <iframe
        class="reviews"
        src="${place.shop.base}/widgets/reviews/${product.id}"
        title="What readers say"
        loading="lazy"
      ></iframe>
    </div>
  </div>`;
}

/** One variant's offer, for machines; people see the price under it. */
function offerItem(place: Place, product: Product, { variant, priceCents, listPriceCents, stock }: Offer): Html {
  return html`<div itemprop="offers" itemscope itemtype="https://schema.org/Offer">
    <meta itemprop="sku" content="${variant.sku}" />
    <meta itemprop="name" content="${variantName(variant) === "" ? product.title : variantName(variant)}" />
    <meta itemprop="priceCurrency" content="USD" />
    <meta itemprop="price" content="${decimal(priceCents)}" />
    <link itemprop="availability" href="${availabilityOf(stock)}" />
    <link itemprop="itemCondition" href="https://schema.org/NewCondition" />
    <link itemprop="url" href="${productUrl(place, product)}?sku=${variant.sku}" />
    ${
      listPriceCents === null
        ? null
        : html`<div itemprop="priceSpecification" itemscope itemtype="https://schema.org/UnitPriceSpecification">
            <link itemprop="priceType" href="https://schema.org/StrikethroughPrice" />
            <meta itemprop="price" content="${decimal(listPriceCents)}" />
            <meta itemprop="priceCurrency" content="USD" />
          </div>`
    }
  </div>`;
}

function buyForm({ place, product, offers, chosenSku, csrf, isChanged }: Shown): Html {
  if (offers.every((offer) => offer.stock <= 0)) return html`<p class="gone">Out of stock at Pinecrest just now.</p>`;
  const prefix = isChanged ? changedPrefix : "";
  const editions = drawListbox({
    name: `${prefix}sku`,
    label: isChanged ? "Version" : "Edition",
    chosen: chosenSku,
    choices: offers.map(({ variant, stock }) => ({
      value: variant.sku,
      label: `${variantName(variant)}${stock > 0 ? "" : " (out of stock)"}`,
      isDisabled: stock <= 0,
    })),
  });
  const copies = drawListbox({
    name: `${prefix}copies`,
    label: isChanged ? "How many" : "Copies",
    chosen: "1",
    choices: Array.from({ length: 10 }, (_, index) => ({ value: String(index + 1), label: String(index + 1) })),
  });
  return html`<form method="post" action="${place.shop.base}/bag/add" class="to-bag">
    <input type="hidden" name="form_key" value="${csrf}" />
    <input type="hidden" name="product" value="${product.id}" />
    ${offers.length > 1 ? editions : html`<input type="hidden" name="sku" value="${chosenSku}" />`} ${copies}
    ${
      isChanged
        ? html`<button class="button" type="submit">Reserve this title</button>`
        : html`<input class="button" type="submit" value="Put in my bag" />`
    }
  </form>`;
}

function crumbsOf(place: Place, product: Product): unknown {
  const home = `${place.origin}${place.shop.base}/`;
  const steps = [
    { name: "Pinecrest Books", item: home },
    { name: product.category, item: `${home}shelf/${shelfPath(product.category)}` },
    { name: product.title, item: productUrl(place, product) },
  ];
  return [
    { "@context": "https://schema.org", "@type": "BookStore", name: place.shop.store.name, url: home },
    {
      "@context": "https://schema.org",
      "@type": "BreadcrumbList",
      itemListElement: steps.map((step, index) => ({ "@type": "ListItem", position: index + 1, ...step })),
    },
  ];
}

const voices = [
  ["Rosa M.", "Gave it to my mother, who has not answered the phone since."],
  ["K. Oyelowo", "Arrived the next day with a handwritten note. The book is good too."],
  ["A reader in Maine", "Not what I expected, and better."],
] as const;

function reviews(shop: Shop, product: Product): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>Reviews of ${product.title}</title>
        <link rel="stylesheet" href="${shop.base}/static/pine.css" />
      </head>
      <body class="reviews-body">
        <h2>What readers say</h2>
        ${voices.map(([who, said]) => html`<blockquote>${said}<cite>${who}</cite></blockquote>`)}
        <form onsubmit="event.preventDefault(); this.textContent = 'Thank you.'">
          <label>Yours <input name="review" /></label> <input type="submit" value="Send" />
        </form>
      </body>
    </html>`.html;
}
