import type { FastifyInstance } from "fastify";

import type { Part } from "#core/part.ts";
import type { World } from "#core/world.ts";
import { serveRoutes } from "./api.ts";
import { addBrowserScript } from "./browser-routes.ts";
import { startClocks } from "./clocks.ts";
import { addTossControls } from "./control-routes.ts";
import { paymentRoutes } from "./payment-routes.ts";
import { openShop } from "./shop.ts";
import { addPaymentWindow } from "./window-routes.ts";

/** TossPayments in test mode: its API, the window a payer sees, and the script that shops load into their pages. */
export const toss: Part = {
  name: "toss",
  register(app: FastifyInstance, world: World): void {
    const shop = openShop(world);
    serveRoutes(app, shop, paymentRoutes);
    addPaymentWindow(app, shop);
    addBrowserScript(app);
    addTossControls(app, shop);
    startClocks(shop);
  },
};
