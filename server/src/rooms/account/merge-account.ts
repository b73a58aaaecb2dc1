import type { Pool } from "#platform/db/pool.ts";
import { tx, type Tx } from "#platform/db/tx.ts";
import { mergeRecord } from "./account.sql.gen.ts";

export type AccountMerge = {
  /** The visitor's account: whatever hangs on it is the person's from now on. */
  readonly fromAccountId: string;
  readonly toAccountId: string;
};

/**
 * What the rooms above do when a visitor turns out to be somebody: the cart is merged, orders and sessions follow. The
 * composition root fills it. It runs inside the transaction that notes the merge: all of it happens, or none.
 */
export type OnAccountMerged = (open: Tx, merge: AccountMerge) => Promise<void>;

/**
 * Hands a visitor's belongings to the person who just signed in or up, and ends the visitor's sessions. Doing it twice
 * changes nothing.
 */
export async function mergeAccount(pool: Pool, onMerged: OnAccountMerged, merge: AccountMerge): Promise<void> {
  await tx(pool, "account.merge", async (open) => await mergeInto(open, onMerged, merge));
}

/** The same inside a transaction that does more. */
export async function mergeInto(open: Tx, onMerged: OnAccountMerged, merge: AccountMerge): Promise<void> {
  const noted = await mergeRecord(open, merge);
  if (noted !== null) await onMerged(open, merge);
}
