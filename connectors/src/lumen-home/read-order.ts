import type { Walk } from "../browser/walk.ts";
import { idOf } from "../browser/goods.ts";
import { parcelIn, type Parcel } from "../browser/parcel.ts";
import { readMinor } from "../browser/read-money.ts";
import { unavailable } from "../browser/stop.ts";
import type { StoreAccess, TrackStatus } from "../port.ts";
import { wordAt } from "../untrusted.ts";

type OrderSheet = Parcel & {
  readonly number: string;
  readonly reference: string | null;
  readonly totalMinor: number | null;
  readonly status: TrackStatus | null;
};

const statuses: readonly TrackStatus[] = ["placed", "confirmed", "shipped", "delivered", "cancelled"];

/** The order that the shop finds by its number or ours; null when it says that there is none. */
export async function readOrder(
  walk: Walk,
  access: StoreAccess,
  asked: string,
  email: string,
): Promise<OrderSheet | null> {
  const { page } = walk;
  await walk.open(`${access.baseUrl}/orders`);
  await walk.type(page.getByLabel("Order number or PO number"), asked);
  await walk.type(page.getByLabel("Email address of the order"), email);
  await walk.click(page.getByRole("button", { name: "Find it" }));
  const sheet = page.locator("[data-order]");
  const none = page.getByRole("alert").filter({ hasText: "No order with this number" });
  if ((await walk.seeOneOf({ sheet, none })) === "none") return null;
  if ((await sheet.count()) > 1) throw unavailable("page_changed", "more than one order under one number");
  const number = idOf((await sheet.getAttribute("data-order")) ?? "");
  if (number === null) throw unavailable("page_changed", "an order without a number");
  const reference = sheet.locator("[data-reference]");
  const [status] = await walk.attributesOf(sheet.locator("[data-status]"), "data-status");
  return {
    number,
    reference: (await reference.count()) === 0 ? null : await walk.textOf(reference),
    totalMinor: readMinor(await walk.textOf(sheet.locator("[data-total]")), "USD"),
    status: wordAt({ status }, "status", statuses),
    ...(await parcelIn(walk, sheet)),
  };
}
