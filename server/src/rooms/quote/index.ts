/** The quote room: what a checkout will cost beyond its goods. Uses: store, address. */
export { putShippingOptions, quoteBasis, type QuoteBasis } from "./basis.ts";
export { estimate, type Estimate } from "./estimate.ts";
export {
  quoteGroups,
  type Quote,
  type QuotedGroup,
  type QuotedOption,
  type QuoteGroup,
  type QuoteInput,
  type QuoteResult,
  type ShippingOption,
} from "./rules.ts";
