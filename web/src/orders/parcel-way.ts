import type { Order } from "@muse/contracts/order";

type Parcel = Order["shipments"][number];

export type Station = {
  /** A place as the carrier names it; null: the shopper's door. */
  readonly place: string | null;
  /** When the parcel was there first; null: it was not yet. */
  readonly at: string | null;
};

export type ParcelWay = {
  /** At least two: where it was first seen, and the door. */
  readonly stations: readonly Station[];
  /** How far it is: 0 at the first station, 1.5 half-way between the second and the third. */
  readonly position: number;
};

/** More names than these do not fit beside each other on a telephone. */
const stationsMax = 4;

/** The places a parcel has passed, and how far it is from the last of them to the door. */
export function wayOf({ status, events, deliveredAt }: Pick<Parcel, "status" | "events" | "deliveredAt">): ParcelWay {
  const passed = placesOf(events);
  const shown = passed.length < stationsMax ? passed : [...passed.slice(0, 1), ...passed.slice(2 - stationsMax)];
  const stations = [...shown, { place: null, at: deliveredAt }];
  return { stations, position: positionOf(status, stations.length - 1, passed.length) };
}

/** On the last leg it is on its way, or nearly there; before the first scan it waits where it is. */
function positionOf(status: Parcel["status"], door: number, placesPassed: number): number {
  switch (status) {
    case "delivered":
      return door;
    case "out_for_delivery":
      return door - 0.4;
    case "label_created":
      return 0;
    case "in_transit":
    case "exception":
      // Seen at one place only, it has left it; seen at several, it is at the last.
      return placesPassed > 1 ? door - 1 : 0.35;
  }
}

function placesOf(events: Parcel["events"]): Station[] {
  const inOrder = [...events].sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
  const stations: Station[] = [];
  for (const { location, at, status } of inOrder) {
    const isAtDoor = status === "delivered";
    if (location === null || isAtDoor || stations.at(-1)?.place === location) continue;
    stations.push({ place: location, at });
  }
  return stations.length > 0 ? stations : [{ place: "", at: inOrder[0]?.at ?? null }];
}
