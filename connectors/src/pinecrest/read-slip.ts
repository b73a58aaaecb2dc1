import { idOf } from "../browser/goods.ts";
import { readMinor } from "../browser/read-money.ts";
import { unavailable } from "../browser/stop.ts";
import type { Walk } from "../browser/walk.ts";
import type { StoreAccess, TrackStatus } from "../port.ts";
import { wordAt } from "../untrusted.ts";
import { parcelIn, type Parcel } from "../browser/parcel.ts";

type Slip = Parcel & {
  readonly number: string;
  readonly reference: string | null;
  readonly totalMinor: number | null;
  readonly status: TrackStatus | null;
};

const states: readonly TrackStatus[] = ["placed", "confirmed", "shipped", "delivered", "cancelled"];

/** The order that the shop finds by its number or ours, and its ZIP; null when it says that there is none. */
export async function readSlip(walk: Walk, access: StoreAccess, asked: string, zip: string): Promise<Slip | null> {
  const { page } = walk;
  await walk.open(`${access.baseUrl}/track`);
  await walk.type(page.getByLabel("Order number, or your reference"), asked);
  await walk.type(page.getByLabel("ZIP it goes to"), zip);
  await walk.click(page.getByRole("button", { name: "Follow" }));
  const slip = page.locator(".slip");
  if ((await walk.seeOneOf({ slip, none: page.getByText("We have no such order") })) === "none") return null;
  if ((await slip.count()) > 1) throw unavailable("page_changed", "more than one order under one number");
  const [shown = ""] = await walk.attributesOf(slip, "data-number");
  const number = idOf(shown);
  if (number === null) throw unavailable("page_changed", "an order without a number");
  const [reference = null] = await slip.locator(".reference").allInnerTexts();
  const amount = /\$[\d,]+\.\d\d/.exec(await walk.textOf(slip))?.[0] ?? "";
  const [state] = await walk.attributesOf(slip.locator("[data-state]"), "data-state");
  return {
    number,
    reference,
    totalMinor: readMinor(amount, "USD"),
    status: wordAt({ state }, "state", states),
    ...(await parcelIn(walk, slip)),
  };
}
