/** The quote room: what a checkout will cost beyond its goods. Uses: store, catalog, address. */
export { putShippingOptions, quoteBasis } from "./basis.ts";
export { deliveryOf } from "./delivery.ts";
export { estimate, type Estimate } from "./estimate.ts";
export { quoteRoutes } from "./routes.ts";
export { quoteGroups, type Quote, type QuoteGroup, type ShippingOption } from "./rules.ts";
export { today } from "./today.ts";
