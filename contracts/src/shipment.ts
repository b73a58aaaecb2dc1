import { z } from "zod";
import { Instant, OrderNumber } from "./envelope.ts";

export const shipmentStatuses = ["label_created", "in_transit", "out_for_delivery", "delivered", "exception"] as const;
export const ShipmentStatus = z.enum(shipmentStatuses);
export type ShipmentStatus = z.infer<typeof ShipmentStatus>;

export const ShipmentView = z.object({
  carrier: z.string(),
  trackingNumber: z.string(),
  status: ShipmentStatus,
  /** The order's lines that are in this parcel; null where nobody said. */
  lineNos: z.array(z.int()).nullable(),
  estimatedDelivery: Instant.nullable(),
  deliveredAt: Instant.nullable(),
  events: z.array(
    z.object({ at: Instant, status: ShipmentStatus, description: z.string(), location: z.string().nullable() }),
  ),
});
export type ShipmentView = z.infer<typeof ShipmentView>;

/** As carriers print them: letters, digits and dashes. */
export const TrackingNumber = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9-]{4,60}$/);
export const CarrierCode = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9_-]{1,39}$/);

export const TrackingBody = z.strictObject({
  trackingNumber: TrackingNumber,
  carrier: CarrierCode,
  /** A day or an instant. */
  estimatedDelivery: z.union([z.iso.date(), z.iso.datetime({ offset: true })]).nullish(),
  /** Which of the order's lines are in the parcel. Without it: all of them. */
  lineNos: z.array(z.int().min(1).max(10_000)).min(1).max(100).optional(),
});
export type TrackingBody = z.infer<typeof TrackingBody>;

export const Tracked = z.object({
  museOrderNumber: OrderNumber,
  trackingNumber: z.string(),
  carrier: z.string(),
  /** False where the parcel was known already: then nothing changed. */
  isNew: z.boolean(),
});
