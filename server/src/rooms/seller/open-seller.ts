import type { Language } from "@muse/contracts/error";
import { sellerContractVersion } from "@muse/contracts/seller-contract";
import type { Pool } from "#platform/db/pool.ts";
import { tx } from "#platform/db/tx.ts";
import { setRole } from "#rooms/account";
import { personOf, sellerOpen } from "./seller.sql.gen.ts";

export type OpenSeller = {
  readonly accountId: string;
  readonly displayName: string;
  readonly about: string;
  readonly contractVersion: string;
  /** Of mail to them. */
  readonly locale: Language;
};

export type OpenSellerResult = {
  readonly kind: "opened" | "known" | "seller_contract_outdated" | "seller_not_possible";
};

/**
 * Makes a person a seller who has read the contract of today: what they agreed to is kept with its version and time.
 * Whoever works for Muse stays what they are. Doing it again changes nothing.
 */
export async function openSeller(db: Pool, input: OpenSeller): Promise<OpenSellerResult> {
  if (input.contractVersion !== sellerContractVersion) return { kind: "seller_contract_outdated" };
  return await tx(db, "seller.open", async (open) => {
    // Not the role of this sign-in: without its second factor an operator's looks like a shopper's.
    const person = await personOf(open, { accountId: input.accountId });
    if (person === null || person.role === "ops") return { kind: "seller_not_possible" };
    const verification = person.emailVerified ? "email" : "unverified";
    const { outcome } = await sellerOpen(open, { ...input, verification });
    if (person.role === "shopper") await setRole(open, { accountId: input.accountId, role: "seller" });
    return { kind: outcome === "known" ? "known" : "opened" };
  });
}
