import { CarrierCode, TrackingNumber } from "@muse/contracts/shipment";
import { z } from "zod";
import { newId } from "#kernel/ids.ts";
import type { Db } from "#platform/db/query.ts";
import type { Log } from "#platform/log/log.ts";
import { pollSoonS } from "./rules.ts";
import { storeEventApply } from "./shipment.sql.gen.ts";

/** What stores tell us, and what it makes of an order. */
export const storeEventTypes = ["order.confirmed", "order.shipped", "order.delivered", "order.cancelled"] as const;
export type StoreEventType = (typeof storeEventTypes)[number];

/** Whether a store's event is of a kind that has an effect here. */
export function isStoreEventType(type: string): type is StoreEventType {
  return storeEventTypes.some((known) => known === type);
}

export type StoreEvent = {
  readonly storeId: string;
  readonly type: StoreEventType;
  /** As the store sent it. */
  readonly data: unknown;
};

/**
 * Fields we do not know mean nothing; a tracking number that is none is left out, the rest of the event still counts.
 */
const Data = z.object({
  orderNumber: z.string().min(1).max(200),
  /** Our own number; empty where the store had no field for it. */
  reference: z.string().max(60).nullish(),
  carrier: CarrierCode.nullish().catch(null),
  trackingNumber: TrackingNumber.nullish().catch(null),
  estimatedDelivery: z
    .union([z.iso.date(), z.iso.datetime({ offset: true })])
    .nullish()
    .catch(null),
});

/**
 * Works one event of a store, whenever and in whatever order it comes (W1). An order only moves forward; an event
 * that was faster than the store's own answer makes that answer good.
 *
 * @returns what came of it, or null while we know of no such order: then it may be ahead of us, and is worked again
 * later
 */
export async function applyStoreEvent(
  { db, log }: { readonly db: Db; readonly log: Log },
  event: StoreEvent,
): Promise<string | null> {
  const parsed = Data.safeParse(event.data);
  if (!parsed.success) return "invalid";
  const { orderNumber, reference, carrier, trackingNumber, estimatedDelivery } = parsed.data;
  const { outcome } = await storeEventApply(db, {
    storeId: event.storeId,
    type: event.type.slice("order.".length),
    storeOrderNumber: orderNumber,
    reference: reference === "" ? null : (reference ?? null),
    carrier: carrier ?? null,
    trackingNumber: trackingNumber ?? null,
    estimatedDelivery: estimatedDelivery ? new Date(estimatedDelivery) : null,
    shipmentId: newId("shp"),
    pollAfterSeconds: pollSoonS,
  });
  if (outcome === "surplus" || outcome === "other_order") {
    log.error("store_event.surplus", {
      storeId: event.storeId,
      orderNumber: reference,
      eventType: event.type,
      outcome,
    });
  }
  // No order is sent in so many: what the store means, somebody has to ask it.
  if (outcome === "parcels_too_many") {
    log.error("store_event.parcels_too_many", { storeId: event.storeId, orderNumber: reference });
  }
  return outcome;
}
