import { readFileSync } from "node:fs";
import { join } from "node:path";

export type Place = { readonly city: string; readonly state: string };

/**
 * The place that a ZIP code lies in, as the list beside this file has it. A line is what begins alike: `534WI
 * Racine=0102|Elsewhere,IL=03` are 53401 and 53402 in Racine, Wisconsin, and 53403 in Illinois. Lines are taken apart
 * when they are asked for: read whole, forty thousand codes would take twenty times the room.
 *
 * @param zip five digits, or nine
 * @returns null for a code that is not in the list: new ones, military post, islands
 */
export function placeOfZip(zip: string): Place | null {
  const line = lines().get(zip.slice(0, 3));
  const end = zip.slice(3, 5);
  if (line === undefined || end.length !== 2) return null;
  const usual = line.slice(0, 2);
  for (const entry of line.slice(3).split("|")) {
    const [name = "", ends = ""] = entry.split("=");
    for (let at = 0; at < ends.length; at += 2) if (ends.startsWith(end, at)) return placeIn(name, usual);
  }
  return null;
}

function placeIn(name: string, usual: string): Place {
  const [city = "", state = usual] = name.split(",");
  return { city, state };
}

let known: ReadonlyMap<string, string> | undefined;

/** Read with the first question: programs that never ask do without. */
function lines(): ReadonlyMap<string, string> {
  known ??= new Map(
    readFileSync(join(import.meta.dirname, "zip-places.txt"), "utf8")
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => [line.slice(0, 3), line.slice(3)]),
  );
  return known;
}
