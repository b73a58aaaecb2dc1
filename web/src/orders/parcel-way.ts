import type { Order } from "@muse/contracts/order";

type Parcel = Order["shipments"][number];

type Station = {
  /** A place as the carrier names it, or the store's name; null: the shopper's door. */
  readonly place: string | null;
  /** When the parcel was there first; null: it was not yet, or nobody said. */
  readonly at: string | null;
};

export type ParcelWay = {
  /** At least two: the store, and the door. */
  readonly stations: readonly Station[];
  /** How far it is: 0 at the first station, 1.5 half-way between the second and the third. */
  readonly position: number;
};

/** More places than these between store and door do not fit beside each other on a telephone. */
const betweenMax = 2;

/** The places a parcel has passed on its way from the store, and how far it is from the last of them to the door. */
export function wayOf(
  { status, events, deliveredAt }: Pick<Parcel, "status" | "events" | "deliveredAt">,
  storeName: string,
): ParcelWay {
  const between = placesOf(events).slice(-betweenMax);
  const stations = [{ place: storeName, at: null }, ...between, { place: null, at: deliveredAt }];
  return { stations, position: positionOf(status, between.length) };
}

/** Where it was seen last it is until it is seen again; the carrier's van is on the last leg. */
function positionOf(status: Parcel["status"], between: number): number {
  switch (status) {
    case "delivered":
      return between + 1;
    case "out_for_delivery":
      return between + 0.6;
    case "label_created":
      return 0;
    case "in_transit":
    case "exception":
      return between === 0 ? 0.5 : between;
  }
}

/** A label is printed at the store, and a parcel that was handed over is at the door, whatever place is named. */
function placesOf(events: Parcel["events"]): Station[] {
  const inOrder = [...events].sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
  const stations: Station[] = [];
  for (const { location: place, at, status } of inOrder) {
    if (status === "label_created" || status === "delivered" || place === null) continue;
    if (stations.at(-1)?.place !== place) stations.push({ place, at });
  }
  return stations;
}
