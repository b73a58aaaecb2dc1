/** The shipment room: where the parcels are, and what stores tell of an order. Uses: placement and order, by SQL. */
export { pollCarriers, shipmentSweeps, type PollDeps } from "./poll-carriers.ts";
export { shipmentRoutes, type ShipmentRoutesDeps } from "./routes.ts";
export {
  applyStoreEvent,
  isStoreEventType,
  storeEventTypes,
  type StoreEvent,
  type StoreEventType,
} from "./store-events.ts";
export { trackParcel, type Parcel, type TrackParcelResult } from "./track-parcel.ts";
