import type { FastifyReply, FastifyRequest } from "fastify";

import { html, raw, type Html } from "../web/html.ts";
import { faultOf } from "../web/gate.ts";
import type { Shop } from "../web/shop.ts";

export type LumenPage = {
  readonly title: string;
  readonly head?: Html;
  readonly body: Html;
  readonly status?: number;
  /** Checkout pages have no menu to wander off by. */
  readonly isPlain?: boolean;
};

/** Sends a page in the shop's frame: its head, menu, foot, and the newsletter's card when that is to cover things. */
export function sendPage(shop: Shop, request: FastifyRequest, reply: FastifyReply, page: LumenPage): FastifyReply {
  const { cart } = shop.sessions.of(request, reply).read();
  const units = cart.reduce((sum, line) => sum + line.quantity, 0);
  const hasPopup = faultOf(shop, request, "popup") !== undefined;
  const { base } = shop;
  const document = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${page.title} · Lumen Home</title>
        <link rel="stylesheet" href="${base}/style.css" />
        <link rel="icon" href="${base}/mark.svg" type="image/svg+xml" />
        ${page.head}
      </head>
      <body>
        <a class="skip" href="#main">Skip to content</a>
        <header>
          ${
            page.isPlain === true
              ? null
              : html`<p class="notice-bar">Free standard delivery from $150 · 30-day returns</p>`
          }
          <div class="head">
            <a class="wordmark" href="${base}/">${mark} lumen <em>home</em></a>
            ${page.isPlain === true ? html`<a class="back-link" href="${base}/cart">Back to your basket</a>` : menu(shop, units)}
          </div>
        </header>
        <main id="main">${page.body}</main>
        ${foot(shop)} ${hasPopup ? newsletter : null}
      </body>
    </html>`;
  return reply
    .code(page.status ?? 200)
    .type("text/html; charset=utf-8")
    .send(document.html);
}

/** `Kitchen & Table` → `kitchen-table` */
export function categoryPath(category: string): string {
  return category.toLowerCase().replaceAll(/[^a-z]+/g, "-");
}

export function categoriesOf(shop: Shop): readonly string[] {
  return [...new Set(shop.retail.shelf.products(shop.slug).map((product) => product.category))];
}

const markPaths =
  '<circle cx="16" cy="15" r="7" fill="#d08a3e"/><path d="M16 2v4M6.5 5.5l2.5 3M25.5 5.5l-2.5 3M3 15h4M25 15h4" ' +
  'stroke="#d08a3e" stroke-width="2" stroke-linecap="round"/><path d="M4 25h24" stroke="#3b2a20" stroke-width="2"/>';

export const markSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${markPaths}</svg>`;
const mark = raw(`<svg viewBox="0 0 32 32" width="30" height="30" aria-hidden="true">${markPaths}</svg>`);

function menu(shop: Shop, units: number): Html {
  const links = categoriesOf(shop).map(
    (category) => html`<li><a href="${shop.base}/c/${categoryPath(category)}">${category}</a></li>`,
  );
  return html`<nav class="menu" aria-label="Shop">
      <ul>
        ${links}
      </ul>
    </nav>
    <div class="head-tools">
      <form class="search" action="${shop.base}/search" role="search">
        <label class="hidden" for="q">Search</label>
        <input id="q" name="q" type="search" placeholder="Search" />
      </form>
      <a href="${shop.base}/orders">Find an order</a>
      <a class="basket-link" href="${shop.base}/cart">Basket <span>(${units})</span></a>
    </div>`;
}

function foot(shop: Shop): Html {
  return html`<footer class="foot">
    <div>
      <h2>Lumen Home</h2>
      <p>${shop.store.description}</p>
    </div>
    <div>
      <h2>Help</h2>
      <ul>
        <li><a href="${shop.base}/orders">Find an order</a></li>
        <li><a href="${shop.base}/orders">Cancel an order</a></li>
      </ul>
      <p>${shop.store.returnPolicy}</p>
    </div>
    <div>
      <h2>The trade desk</h2>
      <p>Account customers order by invoice, thirty days net, or by the card their account keeps.</p>
    </div>
    <p class="small">© Lumen Home. Made for rooms that are lived in.</p>
  </footer>`;
}

const newsletter = html`<div class="popup" role="dialog" aria-modal="true" aria-labelledby="popup-title">
  <div class="popup-card">
    <button class="popup-close" type="button" aria-label="Close" data-close>×</button>
    <h2 id="popup-title">The Sunday letter</h2>
    <p>One room, one lamp and one good idea a week. And ten per cent off your first order.</p>
    <form data-letter>
      <label for="letter-email">Email</label>
      <input id="letter-email" type="email" autocomplete="email" />
      <button type="submit">Sign me up</button>
    </form>
    <button class="link-button" type="button" data-close>No, thank you</button>
  </div>
  <script>
    for (const way of document.querySelectorAll("[data-close]")) {
      way.onclick = () => document.querySelector(".popup").remove();
    }
    document.querySelector("[data-letter]").onsubmit = (event) => {
      event.preventDefault();
      document.querySelector(".popup").remove();
    };
  </script>
</div>`;
