import type { Part } from "#core/part.ts";
import { openShipments } from "../carriers/shipments.ts";
import { addDirectoryRoutes } from "./directory-routes.ts";
import { addFernwoodRoutes } from "./fernwood/routes.ts";
import { startLifeOfOrders } from "./life-of-orders.ts";
import { addKiteCo } from "./kite-co/routes.ts";
import { addLumenHome } from "./lumen-home/routes.ts";
import { addOrderBookRoutes } from "./order-book-routes.ts";
import { openOrderBook } from "./order-book.ts";
import { addOutletRoutes } from "./harbor-outlet/routes.ts";
import { addPinecrest } from "./pinecrest/routes.ts";
import { asObject } from "./read-body.ts";
import type { Retail } from "./retail.ts";
import { addRobots } from "./robots.ts";
import { openShelf } from "./shelf.ts";
import { stores } from "./stores.ts";
import { addUcpRoutes } from "./harbor-main/routes.ts";
import { addShowroom, groupHead, openGraphHead } from "./showroom/pages.ts";

const webShops = [addLumenHome, addKiteCo, addPinecrest];

/** Six stores: three that can be ordered from by API, each in its own way, and three web shops. */
export const retailers: Part = {
  name: "retailers",
  register(app, world) {
    const shelf = openShelf(world);
    const orders = openOrderBook(world, shelf, openShipments(world));
    // The mail server opens after the parts: it is asked for when a letter is to be sent.
    const smtpPort = async (): Promise<number | null> => {
      const { port } = asObject((await app.inject("/mail/config")).json<unknown>());
      return typeof port === "number" ? port : null;
    };
    const retail: Retail = { world, shelf, orders, smtpPort };
    for (const store of stores) world.webhooks.targets.addStore(store.slug, store.webhookSecret);

    addDirectoryRoutes(app, retail);
    addOrderBookRoutes(app, orders);
    addRobots(app);
    addOutletRoutes(app, retail);
    addFernwoodRoutes(app, retail);
    addUcpRoutes(app, retail);
    addShowroom(app, retail, "harbor-main", groupHead);
    addShowroom(app, retail, "harbor-outlet", groupHead);
    addShowroom(app, retail, "fernwood", openGraphHead);
    // Each shop in a scope of its own: what stands before its pages stands before no API.
    for (const addShop of webShops) {
      void app.register((scope, _options, done) => {
        addShop(scope, retail);
        done();
      });
    }
    startLifeOfOrders(world, orders);
  },
};
