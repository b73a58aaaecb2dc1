/** The checkout room: a cart is frozen, paid once and handed to every store. Uses: address, quote, payment, and by SQL
 *  functions cart, inventory, order, placement. */
export { checkoutJobs, checkoutSweeps } from "./jobs.ts";
export { reconcileIntent, reconcileTossOrder } from "./reconcile-payments.ts";
export { sessionsEnd, sessionsErase, sessionsExport, sessionsForget, sessionsLock } from "./privacy.sql.gen.ts";
export { marketplaceRoutes } from "./marketplace-routes.ts";
export { configRoute } from "./config-route.ts";
export { checkoutRoutes } from "./routes.ts";
export { sessionsAdopt as adoptSessions } from "./checkout.sql.gen.ts";
export { openSessionWatch, type SessionWatch } from "./session-watch.ts";
