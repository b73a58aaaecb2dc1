import type { ShipmentStatus } from "@muse/contracts/shipment";

/**
 * Whether a carrier's word moves a parcel on. It goes forward only; an exception can come at any time and be left
 * again; what was delivered stays so. The database's function holds the same table.
 */
export const shipmentTransitions: Readonly<Record<ShipmentStatus, readonly ShipmentStatus[]>> = {
  label_created: ["in_transit", "out_for_delivery", "delivered", "exception"],
  in_transit: ["out_for_delivery", "delivered", "exception"],
  out_for_delivery: ["delivered", "exception"],
  exception: ["label_created", "in_transit", "out_for_delivery", "delivered"],
  delivered: [],
};

/** A carrier knows a new number within seconds; what has just moved may move again. */
export const pollSoonS = 5;

/**
 * Parcels that one order can have: an order has a hundred lines at most, or 99 pieces of one, so each may travel alone.
 * `shipment.put_1` holds it.
 */
export const parcelsMax = 100;

/** What a carrier can tell of one parcel, in one answer and in all (`shipment.progress_1` holds the latter). */
export const carrierEventsMax = 200;

/** Askings without news before a parcel is left to the store's events: two weeks at two hours each. */
export const pollsMax = 180;
