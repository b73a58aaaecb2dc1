/** What other surfaces may use of the cart. */
export { AddByLink } from "./add-by-link.tsx";
export { AddToCart } from "./add-to-cart.tsx";
export { CartLink } from "./cart-link.tsx";
export { readLocalCart, seePrice } from "./local-cart.ts";
export { productLink } from "./product-link.ts";
export { RefreshCart } from "./refresh-cart.tsx";
export { RestoreCart } from "./restore-cart.tsx";
