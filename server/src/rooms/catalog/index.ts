/** The catalog room: what can be bought, at which price. Uses: store. */
export { importFeed, type ImportFeedResult } from "./import-feed.ts";
export { openProductPages, type Learned, type ProductPages } from "./product-pages.ts";
export { productUrlForms } from "./product-url.ts";
export { catalogRoutes } from "./routes.ts";
export { catalogSweeps } from "./sweeps.ts";
