/** The quote room: what a checkout will cost beyond its goods. Uses: store, address. */
export { putShippingOptions, quoteBasis } from "./basis.ts";
export { estimate, type Estimate } from "./estimate.ts";
export { quoteGroups, type Quote, type QuoteGroup } from "./rules.ts";
