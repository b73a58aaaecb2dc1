import type { FastifyInstance } from "fastify";

import type { Retail } from "../retail.ts";
import { addAssets, sendCached } from "../web/assets.ts";
import { drawCaptcha } from "../web/captcha-picture.ts";
import { addFormParser, formOf } from "../web/form.ts";
import { addGate, answerCaptcha, positionNow } from "../web/gate.ts";
import { openShop } from "../web/shop.ts";
import { addAccountPages } from "./account-pages.ts";
import { addBagPages } from "./bag-pages.ts";
import { addConfirmPages } from "./confirm-page.ts";
import { treeSvg } from "./frame.ts";
import { addProductPage } from "./product-page.ts";
import { pineScreens } from "./screens.ts";
import { addShelfPages } from "./shelf-pages.ts";
import { addTillPage } from "./till-page.ts";

/**
 * Pinecrest Books: for guests and for customers with an account. One long form at the till, its lists made by hand
 * instead of selects, reviews in a frame; and in front of it, on some days, a security check or a waiting room.
 */
export function addPinecrest(app: FastifyInstance, retail: Retail): void {
  const shop = openShop(retail, "pinecrest", "pine_reader");
  addFormParser(app);
  addGate(app, shop, pineScreens(shop));
  addAssets(app, `${shop.base}/static`, new URL("./static/", import.meta.url), ["pine.css", "listbox.js"]);
  app.get(`${shop.base}/static/tree.svg`, (request, reply) => sendCached(request, reply, "image/svg+xml", treeSvg));
  app.get(`${shop.base}/challenge.svg`, (request, reply) =>
    reply
      .type("image/svg+xml")
      .header("cache-control", "no-store")
      .send(drawCaptcha(shop.sessions.of(request, reply).read().captcha ?? "")),
  );
  app.post(`${shop.base}/challenge`, (request, reply) => {
    const { answer = "", back = "" } = formOf(request);
    answerCaptcha(shop, shop.sessions.of(request, reply), answer);
    return reply.redirect(back.startsWith(`${shop.base}/`) ? back : `${shop.base}/`, 303);
  });
  app.get(`${shop.base}/queue-position`, (request, reply) => {
    const { queue } = shop.sessions.of(request, reply).read();
    return { position: queue === null ? 0 : positionNow(queue, retail.world.now()) };
  });
  addShelfPages(app, shop);
  addProductPage(app, shop);
  addBagPages(app, shop);
  addTillPage(app, shop);
  addConfirmPages(app, shop);
  addAccountPages(app, shop);
}
