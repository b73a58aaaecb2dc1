import type { FastifyInstance } from "fastify";

import type { Retail } from "../retail.ts";
import { addAssets, sendCached } from "../web/assets.ts";
import { drawCaptcha } from "../web/captcha-picture.ts";
import { addFormParser, formOf } from "../web/form.ts";
import { addGate, answerCaptcha } from "../web/gate.ts";
import { openShop } from "../web/shop.ts";
import { addCartPages } from "./cart-pages.ts";
import { addCatalogPages } from "./catalog-pages.ts";
import { addAddressStep } from "./checkout-address.ts";
import { addChoiceSteps } from "./checkout-choices.ts";
import { addReviewStep } from "./checkout-review.ts";
import { markSvg } from "./frame.ts";
import { addOfferPage } from "./offer-page.ts";
import { addOrderPages } from "./order-pages.ts";
import { addProductPage } from "./product-page.ts";
import { lumenScreens } from "./screens.ts";

/**
 * Lumen Home: a shop of plain pages and forms, for guests. A basket with a coupon box, an offer in between, four steps,
 * and one more page for every step back. It is paid by what a trade account holds, never by typing a card.
 */
export function addLumenHome(app: FastifyInstance, retail: Retail): void {
  const shop = openShop(retail, "lumen-home", "lumen_visit");
  addFormParser(app);
  addGate(app, shop, lumenScreens(shop));
  addAssets(app, shop.base, new URL(".", import.meta.url), ["style.css"]);
  app.get(`${shop.base}/mark.svg`, (request, reply) => sendCached(request, reply, "image/svg+xml", markSvg));
  app.get(`${shop.base}/captcha.svg`, (request, reply) =>
    reply
      .type("image/svg+xml")
      .header("cache-control", "no-store")
      .send(drawCaptcha(shop.sessions.of(request, reply).read().captcha ?? "")),
  );
  app.post(`${shop.base}/captcha`, (request, reply) => {
    const { answer = "", to = "" } = formOf(request);
    answerCaptcha(shop, shop.sessions.of(request, reply), answer);
    return reply.redirect(to.startsWith(`${shop.base}/`) ? to : `${shop.base}/`, 303);
  });
  addCatalogPages(app, shop);
  addProductPage(app, shop);
  addCartPages(app, shop);
  addOfferPage(app, shop);
  addAddressStep(app, shop);
  addChoiceSteps(app, shop);
  addReviewStep(app, shop);
  addOrderPages(app, shop);
}
