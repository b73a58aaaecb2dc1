/**
 * The inventory room: stock that Muse tracks itself. Uses: catalog. Reserving, committing, releasing and restocking are
 * its functions in SQL (`inventory.reserve_1` and its like), called inside the checkout's and the orders' own
 * statements.
 */
export { importFeedWithStock } from "./import-with-stock.ts";
export { readAvailability, setEdition } from "./stock.ts";
