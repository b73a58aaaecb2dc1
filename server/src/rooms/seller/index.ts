/** The seller room: who sells files of their own, what they work on, and what they sold. Uses: account, access; store and catalog by SQL. */
export { openSeller } from "./open-seller.ts";
export { sellersErase, sellersExport } from "./privacy.sql.gen.ts";
export { sellerRoutes } from "./routes.ts";
