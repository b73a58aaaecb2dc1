/** The shipment room: where the parcels are, and what stores tell of an order. Uses: placement and order, by SQL. */
export { pollCarriers, shipmentSweeps } from "./poll-carriers.ts";
export { shipmentsErase, shipmentsExport } from "./privacy.sql.gen.ts";
export { shipmentRoutes } from "./routes.ts";
export { applyStoreEvent, isStoreEventType, storeEventTypes, type StoreEventType } from "./store-events.ts";
export { trackParcel } from "./track-parcel.ts";
