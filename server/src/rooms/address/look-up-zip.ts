import type { ZipPlace } from "@muse/contracts/address";
import { isServed, stateName } from "./states.ts";
import { placeOfZip } from "./zip-places.ts";
import { statesOfZip } from "./zip-prefixes.ts";

/** Where a ZIP code lies; null for one that does not exist. */
export function lookUpZip(zip: string): ZipPlace | null {
  const place = placeOfZip(zip);
  const state = place?.state ?? statesOfZip(zip)[0];
  if (state === undefined) return null;
  return { zip, city: place?.city ?? null, state, stateName: stateName(state), isServed: isServed(state) };
}
