import type { Locator } from "playwright-core";

import type { Walk } from "./walk.ts";

export type Parcel = { readonly carrier: string | null; readonly trackingNumber: string | null };

/** The parcel that a part of a page links to, `…/<carrier>/track/<number>`; nulls while there is none. */
export async function parcelIn(walk: Walk, part: Locator): Promise<Parcel> {
  const [link = ""] = await walk.attributesOf(part.locator('a[href*="/track/"]'), "href");
  const [, carrier = null, trackingNumber = null] = /\/([\w-]+)\/track\/([\w-]+)$/.exec(link) ?? [];
  return { carrier, trackingNumber };
}
