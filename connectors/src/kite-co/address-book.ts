import { refused, unavailable } from "../browser/stop.ts";
import type { Walk } from "../browser/walk.ts";
import type { Address, PlaceRequest, StoreAccess } from "../port.ts";

/** Takes every address out of the account's book: shoppers are not to be remembered there, nor shown to each other. */
export async function forgetAddresses(walk: Walk, access: StoreAccess): Promise<void> {
  const { page } = walk;
  await walk.open(`${access.baseUrl}/addresses`);
  await walk.see(page.getByRole("heading", { name: "Address book" }));
  const forget = page.getByRole("button", { name: /^Forget / });
  for (let left = await forget.count(); left > 0; left -= 1) {
    await walk.click(forget);
    await walk.gone(forget.nth(left - 1));
  }
}

/** Adds the order's address, which the shop then has chosen. */
export async function giveAddress(walk: Walk, { shipTo }: PlaceRequest): Promise<void> {
  const { page } = walk;
  const name = page.getByLabel("Full name");
  const add = page.getByRole("button", { name: "Add an address" });
  if ((await walk.seeOneOf({ name, add })) === "add") await walk.click(add);
  await walk.type(name, shipTo.name);
  for (const [label, text] of fieldsOf(shipTo)) await walk.type(page.getByLabel(label, { exact: true }), text);
  if (!(await walk.choose(page.getByLabel("State"), shipTo.state)))
    throw refused("address_not_served", "address: no such state");
  await walk.click(page.getByRole("button", { name: "Save address" }));
  const saved = page.locator('input[name="addressId"]');
  const wrong = page.locator(".address-form .wrong").filter({ hasText: /./ });
  if ((await walk.seeOneOf({ saved, wrong })) === "wrong")
    throw refused("address_not_served", "address: the shop refuses it");
  const text = await walk.textOf(page.locator('label:has([name="addressId"]:checked)'));
  if (!text.includes(shipTo.address1)) throw unavailable("page_changed", "another address is chosen");
}

function fieldsOf(shipTo: Address): readonly (readonly [label: string, text: string])[] {
  return [
    ["Street", shipTo.address1],
    ["Apartment (if any)", shipTo.address2 ?? ""],
    ["City", shipTo.city],
    ["ZIP", shipTo.zip],
    ["Phone (if you like)", shipTo.phone ?? ""],
  ];
}
