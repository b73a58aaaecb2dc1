/** What other surfaces may use of the catalogue. */
export { ProductTile } from "./product-tile.tsx";
