import { assert } from "#kernel/assert.ts";
import { newId } from "#kernel/ids.ts";
import type { Db } from "#platform/db/query.ts";
import { pollSoonS } from "./rules.ts";
import { shipmentPut } from "./shipment.sql.gen.ts";

export type Parcel = {
  readonly orderNumber: string;
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly estimatedDelivery?: Date | null;
  /** The order's lines that are in it; null: all that are not elsewhere. */
  readonly lineNos?: readonly number[] | null;
};

/**
 * `conflict`: the number is another shopper's, or the order is in no state to be sent. `too_many`: the order has all
 * that one can have.
 */
export type TrackParcelResult = { readonly kind: (typeof kinds)[number] };

const kinds = ["tracked", "already", "conflict", "too_many", "not_found"] as const;

/** Notes that a parcel is under way: the order is shipped. The same parcel again changes nothing. */
export async function trackParcel(db: Db, parcel: Parcel): Promise<TrackParcelResult> {
  const { outcome } = await shipmentPut(db, {
    shipmentId: newId("shp"),
    orderNumber: parcel.orderNumber,
    carrier: parcel.carrier,
    trackingNumber: parcel.trackingNumber,
    estimatedDelivery: parcel.estimatedDelivery ?? null,
    lineNos: parcel.lineNos ?? null,
    pollAfterSeconds: pollSoonS,
  });
  const kind = kinds.find((known) => known === outcome);
  assert(kind !== undefined, `trackParcel: ${outcome} is no outcome`);
  return { kind };
}
