/** The seller room: who sells files, what they work on and sold. Uses: account, access, order; catalog by SQL. */
export { openSeller } from "./open-seller.ts";
export { sellersErase, sellersExport, sellersLock, sellersOpen } from "./privacy.sql.gen.ts";
export { publishProduct, type ProductToPublish } from "./publish-product.ts";
export { sellerRoutes } from "./routes.ts";
