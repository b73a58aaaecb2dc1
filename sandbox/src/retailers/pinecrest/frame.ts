import type { FastifyReply, FastifyRequest } from "fastify";

import { faultOf } from "../web/gate.ts";
import { html, raw, type Html } from "../web/html.ts";
import type { Shop } from "../web/shop.ts";

export type PinePage = {
  readonly title: string;
  readonly main: Html;
  readonly head?: Html;
  readonly status?: number;
};

/** Sends a page: the sign over the door, the shelves at the side, what is on the counter, and the small print. */
export function sendPine(shop: Shop, request: FastifyRequest, reply: FastifyReply, page: PinePage): FastifyReply {
  const { cart, accountId } = shop.sessions.of(request, reply).read();
  const books = cart.reduce((sum, line) => sum + line.quantity, 0);
  const { base } = shop;
  const document = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${page.title} — Pinecrest Books</title>
        <link rel="stylesheet" href="${base}/static/pine.css" />
        <link rel="icon" href="${base}/static/tree.svg" type="image/svg+xml" />
        <script src="${base}/static/listbox.js" defer></script>
        ${page.head}
      </head>
      <body>
        <div id="top" role="banner">
          <a id="sign" href="${base}/">${tree}<b>Pinecrest</b> Books</a>
          <form id="look" action="${base}/shelf/all">
            <input name="title" aria-label="Title or author" placeholder="Title or author" /><input
              type="submit"
              value="Look"
            />
          </form>
          <span id="who">
            ${
              accountId === null
                ? html`<a href="${base}/account/sign-in">Sign in</a>`
                : html`<a href="${base}/account/orders">Your orders</a>
                    <form method="post" action="${base}/account/leave"><input type="submit" value="Leave" /></form>`
            }
            <a href="${base}/track">Track</a>
            <a id="bag" href="${base}/bag">Bag: ${books}</a>
          </span>
        </div>
        <div id="room">
          <div id="side" role="navigation" aria-label="Shelves">${shelves(shop)}</div>
          <div id="counter" role="main">${page.main}</div>
        </div>
        <div id="floor" role="contentinfo">
          <p>Pinecrest Books, an independent bookshop with opinions. ${shop.store.returnPolicy}</p>
        </div>
        ${faultOf(shop, request, "popup") === undefined ? null : tote}
      </body>
    </html>`;
  return reply
    .code(page.status ?? 200)
    .type("text/html; charset=utf-8")
    .send(document.html);
}

/** `Children's` → `children-s` */
export function shelfPath(category: string): string {
  return category.toLowerCase().replaceAll(/[^a-z]+/g, "-");
}

export const treeSvg =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="30" height="30"><path d="M16 2 24 13h-4l6 8H6l6-8H8Z" ' +
  'fill="#d9c58a"/><path d="M14.500 21h3v9h-3z" fill="#d9c58a"/></svg>';
const tree = raw(treeSvg.replace("<svg", '<svg aria-hidden="true"'));

function shelves(shop: Shop): Html {
  const names = new Set(shop.retail.shelf.products(shop.slug).map((product) => product.category));
  return html`<p>Shelves</p>
    <ul>
      ${[...names].map((name) => html`<li><a href="${shop.base}/shelf/${shelfPath(name)}">${name}</a></li>`)}
    </ul>`;
}

const tote = html`<div id="tote" role="dialog" aria-modal="true" aria-labelledby="tote-title">
  <div>
    <b id="tote-title">A tote for a review?</b>
    <p>Tell us what you read last and we will put a canvas bag into your next parcel.</p>
    <button type="button" onclick="document.getElementById('tote').remove()">Not today</button>
  </div>
</div>`;
