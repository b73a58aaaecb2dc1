/** The catalog room: what can be bought, at which price. Uses: store. */
export { importFeed, type ImportFeedResult } from "./import-feed.ts";
export { productUrlForms } from "./product-url.ts";
export { catalogRoutes } from "./routes.ts";
