/**
 * The cart room: what a shopper means to buy, before anything is promised. Uses: catalog, quote. Others call in SQL:
 * `cart.remove_bought_1` once paid, `cart.see_prices_1` when a checkout begins.
 */
export { mergeCarts } from "./change-cart.ts";
export { refreshCart, type Pages } from "./learn-page.ts";
export { cartsErase, cartsExport } from "./privacy.sql.gen.ts";
export { cartRoutes } from "./routes.ts";
