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

/** Askings without news before a parcel is left to the store's events: two weeks at two hours each. */
export const pollsMax = 180;
