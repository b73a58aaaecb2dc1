/** What other surfaces may use of the cart. */
export { CartLink } from "./cart-link.tsx";
export { cartSummaryQuery } from "./cart-query.ts";
