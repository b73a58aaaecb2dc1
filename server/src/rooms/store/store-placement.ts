import type { StorePlacement } from "@muse/contracts/catalog";
import type { z } from "zod";

/**
 * How a store's orders are placed at this moment, for whoever shows a store. Others read it in their own statement: a
 * row of the view `store.by_hand` means by people, within its `hours_max`.
 */
export function storePlacement(byHandHoursMax: number | null): z.infer<typeof StorePlacement> {
  return byHandHoursMax === null
    ? { method: "automatic", hoursMax: null }
    : { method: "by_hand", hoursMax: byHandHoursMax };
}
