import type { SQLOutputValue } from "node:sqlite";

import type { World } from "#core/world.ts";

export const carrierCodes = ["swiftpost", "bluecrate"] as const;
export type CarrierCode = (typeof carrierCodes)[number];

/** A parcel on its way. It is delivered when its sender's order is; until then the clock alone moves it. */
export type Shipment = {
  readonly trackingNumber: string;
  readonly carrier: CarrierCode;
  readonly orderNumber: string;
  readonly city: string;
  readonly state: string;
  readonly estimatedDelivery: string | null;
  readonly sentAtMs: number;
  readonly deliveredAtMs: number | null;
};

export type Parcel = {
  readonly number: string;
  readonly slug: string;
  readonly shippingOptionId: string;
  readonly estimatedDelivery: string | null;
  readonly shipTo: { readonly city: string; readonly state: string };
};

export type Shipments = {
  /** Registers a parcel with the carrier that fits the chosen speed. */
  send(parcel: Parcel): { readonly carrier: CarrierCode; readonly trackingNumber: string };
  deliver(trackingNumber: string): void;
  find(carrier: string, trackingNumber: string): Shipment | undefined;
};

/** The parcels of all carriers; a second opening of the same state file sees the same ones. */
export function openShipments(world: World): Shipments {
  const { db } = world;
  db.exec(`create table if not exists shipment (
    tracking_number text primary key, carrier text not null, order_number text not null, city text not null, state text not null,
    estimated_delivery text, sent_at_ms integer not null, delivered_at_ms integer) without rowid`);
  const insert = db.prepare("insert into shipment values (?, ?, ?, ?, ?, ?, ?, null)");
  const deliver = db.prepare(
    "update shipment set delivered_at_ms = ? where tracking_number = ? and delivered_at_ms is null",
  );
  const select =
    db.prepare(`select tracking_number, carrier, order_number, city, state, estimated_delivery, sent_at_ms, delivered_at_ms
    from shipment where tracking_number = ? and carrier = ?`);

  return {
    send(parcel) {
      const carrier = parcel.shippingOptionId === "express" ? "swiftpost" : "bluecrate";
      const trackingNumber = trackingNumberOf(carrier, parcel.number);
      const { city, state } = parcel.shipTo;
      insert.run(trackingNumber, carrier, parcel.number, city, state, parcel.estimatedDelivery, world.now());
      world.records.append("carriers", "shipment", trackingNumber, {
        carrier,
        trackingNumber,
        orderNumber: parcel.number,
        store: parcel.slug,
      });
      return { carrier, trackingNumber };
    },
    deliver: (trackingNumber) => void deliver.run(world.now(), trackingNumber),
    find(carrier, trackingNumber) {
      const row = select.get(trackingNumber, carrier);
      return row === undefined ? undefined : toShipment(row);
    },
  };
}

/** Looks like a carrier's number and can be told apart by it; the order's number makes it unique. */
function trackingNumberOf(carrier: CarrierCode, orderNumber: string): string {
  const digits = orderNumber.replaceAll(/\D/g, "").padStart(10, "0");
  const letters = orderNumber.replaceAll(/[^A-Z]/g, "");
  return carrier === "swiftpost" ? `SP${letters}${digits}US` : `BC-${letters}-${digits}`;
}

function toShipment(row: Record<string, SQLOutputValue>): Shipment {
  const deliveredAt = row["delivered_at_ms"];
  const estimate = row["estimated_delivery"];
  return {
    trackingNumber: String(row["tracking_number"]),
    carrier: String(row["carrier"]) as CarrierCode,
    orderNumber: String(row["order_number"]),
    city: String(row["city"]),
    state: String(row["state"]),
    estimatedDelivery: typeof estimate === "string" ? estimate : null,
    sentAtMs: Number(row["sent_at_ms"]),
    deliveredAtMs: typeof deliveredAt === "number" ? deliveredAt : null,
  };
}
