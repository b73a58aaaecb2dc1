import type { PostalAddress, SavedAddress } from "@muse/contracts/address";
import { must } from "#kernel/assert.ts";
import { newId } from "#kernel/ids.ts";
import type { Db } from "#platform/db/query.ts";
import { addressChange, addressList, addressSave } from "./address.sql.gen.ts";
import { checkAddress, type CheckedAddress, type TypedAddress } from "./check-address.ts";

/** More is no address book but somebody else's customers. */
const addressesMax = 30;

export type KeepAddress = {
  readonly accountId: string;
  readonly typed: TypedAddress;
  readonly isPreferred: boolean;
  /** The one to write anew; null keeps another. */
  readonly addressId: string | null;
};

export type AddressKept =
  | { readonly kind: "kept"; readonly address: SavedAddress; readonly corrected: PostalAddress | null }
  | { readonly kind: "not_found" | "book_full" }
  | Extract<CheckedAddress, { kind: "invalid" }>;

/** Somebody's addresses, the default first. */
export async function listAddresses(db: Db, accountId: string): Promise<SavedAddress[]> {
  const rows = await addressList(db, { accountId });
  return rows.map(({ createdAt, ...row }, index) => ({
    ...row,
    isDefault: index === 0,
    createdAt: createdAt.toISOString(),
  }));
}

/**
 * Keeps an address as typed, checked like one of a checkout. The same address is kept once: saving it again brings it
 * up to date.
 */
export async function keepAddress(
  db: Db,
  { accountId, typed, isPreferred, addressId }: KeepAddress,
): Promise<AddressKept> {
  const checked = checkAddress(typed);
  if (checked.kind === "invalid") return checked;
  const { address, corrected } = checked;
  const args = { ...address, accountId, isPreferred, addressKey: keyOf(address) };
  const kept =
    addressId === null
      ? await addressSave(db, { ...args, addressId: newId("adr"), countMax: BigInt(addressesMax) })
      : await addressChange(db, { ...args, addressId });
  if (kept === null) return { kind: addressId === null ? "book_full" : "not_found" };
  const book = await listAddresses(db, accountId);
  const saved = book.find((one) => one.addressId === kept.addressId);
  return { kind: "kept", address: must(saved, "keepAddress: what was kept is in the book"), corrected };
}

/** Everything that makes it another address, in one case; the phone is not part of where it is. */
function keyOf({ name, address1, address2, city, state, zip }: PostalAddress): string {
  return [name, address1, address2 ?? "", city, state, zip.slice(0, 5)].join("\n").toLowerCase();
}
