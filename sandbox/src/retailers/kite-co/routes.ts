import { readdirSync } from "node:fs";
import type { FastifyInstance } from "fastify";

import type { Retail } from "../retail.ts";
import { addAssets, sendCached } from "../web/assets.ts";
import { drawCaptcha } from "../web/captcha-picture.ts";
import { addGate, answerCaptcha } from "../web/gate.ts";
import { openShop } from "../web/shop.ts";
import { asObject, asText } from "../read-body.ts";
import { addAccountApi } from "./account-api.ts";
import { addCatalogApi } from "./catalog-api.ts";
import { addCheckoutApi } from "./checkout-api.ts";
import { addOrderApi } from "./order-api.ts";
import { kiteScreens } from "./screens.ts";
import { addShell, kiteSvg } from "./shell.ts";

/**
 * Kite & Co.: one page that draws itself from a JSON API, for customers who sign in. Things arrive late, a cookie
 * banner and a newsletter cover others, a session ends after a quarter of an hour without a call. It has no field for a
 * buyer's own reference: who wants to know what was ordered reads the order history.
 */
export function addKiteCo(app: FastifyInstance, retail: Retail): void {
  const shop = openShop(retail, "kite-co", "kite_session");
  const folder = new URL("./app/", import.meta.url);
  addGate(app, shop, kiteScreens(shop));
  addAssets(app, `${shop.base}/app`, folder, readdirSync(folder));
  app.get(`${shop.base}/app/kite.svg`, (request, reply) => sendCached(request, reply, "image/svg+xml", kiteSvg));
  app.get(`${shop.base}/api/captcha.svg`, (request, reply) =>
    reply
      .type("image/svg+xml")
      .header("cache-control", "no-store")
      .send(drawCaptcha(shop.sessions.of(request, reply).read().captcha ?? "")),
  );
  app.post(`${shop.base}/api/captcha`, (request, reply) => ({
    solved: answerCaptcha(shop, shop.sessions.of(request, reply), asText(asObject(request.body)["answer"])),
  }));
  addShell(app, shop);
  addCatalogApi(app, shop);
  addAccountApi(app, shop);
  addCheckoutApi(app, shop);
  addOrderApi(app, shop);
}
