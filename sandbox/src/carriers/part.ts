import type { Part } from "#core/part.ts";
import type { World } from "#core/world.ts";
import { carrierCodes, openShipments, type Shipment } from "./shipments.ts";

type TrackParams = { readonly code: string; readonly trackingNumber: string };
type Status = "label_created" | "in_transit" | "out_for_delivery" | "delivered" | "exception";
type TrackEvent = {
  readonly at: string;
  readonly status: Status;
  readonly description: string;
  readonly location: string;
};

/** Two fictional carriers: `GET /carriers/<code>/track/<number>`, on the same accelerated clock as the stores. */
export const carriers: Part = {
  name: "carriers",
  register(app, world) {
    const shipments = openShipments(world);
    app.get<{ Params: TrackParams }>(
      "/carriers/:code/track/:trackingNumber",
      { config: { part: "carriers", endpoint: "track" } },
      (request, reply) => {
        const { code, trackingNumber } = request.params;
        const shipment = shipments.find(code, trackingNumber);
        if (shipment === undefined || !carrierCodes.some((known) => known === code)) {
          return reply.code(404).send({ error: { code: "not_found", message: "No parcel has this tracking number." } });
        }
        const isHeldUp = world.faults.hit("carriers", "track", request.url, ["exception"]) !== undefined;
        return trackingOf(shipment, world, isHeldUp);
      },
    );
  },
};

/** How far along two steps of the stores' clock (shipped to delivered) each state begins, in tenths. */
const legs: readonly {
  readonly tenths: number;
  readonly status: Status;
  readonly description: string;
  readonly atHome: boolean;
}[] = [
  { tenths: 0, status: "label_created", description: "Label created, waiting for the parcel", atHome: false },
  { tenths: 2, status: "in_transit", description: "Picked up by the carrier", atHome: false },
  { tenths: 5, status: "in_transit", description: "Arrived at the sorting centre", atHome: true },
  { tenths: 8, status: "out_for_delivery", description: "Out for delivery", atHome: true },
];

function trackingOf(shipment: Shipment, world: World, isHeldUp: boolean): Readonly<Record<string, unknown>> {
  const stepMs = stepMsOf(world);
  const events: TrackEvent[] = legs
    .map((leg) => ({ ...leg, atMs: shipment.sentAtMs + (leg.tenths * 2 * stepMs) / 10 }))
    .filter((leg) => leg.atMs <= Math.min(world.now(), shipment.deliveredAtMs ?? Number.MAX_SAFE_INTEGER))
    .map(({ atMs, status, description, atHome }) => {
      const location = atHome ? `${shipment.city}, ${shipment.state}` : "Columbus, OH";
      return { at: new Date(atMs).toISOString(), status, description, location };
    });
  const doorstep = `${shipment.city}, ${shipment.state}`;
  if (shipment.deliveredAtMs !== null) {
    events.push({
      at: iso(shipment.deliveredAtMs),
      status: "delivered",
      description: "Delivered at the front door",
      location: doorstep,
    });
  } else if (isHeldUp) {
    events.push({
      at: iso(world.now()),
      status: "exception",
      description: "Held up by the weather",
      location: doorstep,
    });
  }
  const { carrier, trackingNumber, estimatedDelivery } = shipment;
  return { carrier, trackingNumber, status: events.at(-1)?.status ?? "label_created", estimatedDelivery, events };
}

function stepMsOf(world: World): number {
  const settings = world.settings.read("retailers") as { readonly stepMs?: number } | undefined;
  return settings?.stepMs ?? 20_000;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
