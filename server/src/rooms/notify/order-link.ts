import { hash, randomBytes } from "node:crypto";
import type { Db } from "#platform/db/query.ts";
import { lookUpRead, orderLinkPut } from "./notify.sql.gen.ts";
import type { FoundCheckout } from "./letters/link-letters.ts";
import type { FoundOrderRecord } from "./record.ts";
import { orderLinkS } from "./rules.ts";

/** 192 bits: nobody guesses one. */
const tokenBytes = 24;

/** As many as anybody has open at once; the link leads to the rest. */
const checkoutsMax = 5;

/** What is kept of a link's token. */
export function tokenHash(token: string): Uint8Array {
  return hash("sha256", token, "buffer");
}

/**
 * The newest checkouts at an address, each with a fresh link where one may let its reader in. The tokens are in
 * the answer alone: every attempt to send makes its own.
 */
export async function foundAt(
  db: Db,
  {
    mailId,
    email,
    orderNumber,
  }: { readonly mailId: string; readonly email: string; readonly orderNumber: string | null },
): Promise<readonly FoundCheckout[]> {
  const rows = await lookUpRead(db, { email, orderNumber, countMax: checkoutsMax });
  const found: FoundCheckout[] = [];
  for (const row of rows) {
    const token = row.guestAccountId === null ? null : randomBytes(tokenBytes).toString("base64url");
    if (token !== null && row.guestAccountId !== null) {
      const { guestAccountId: accountId } = row;
      await orderLinkPut(db, { tokenHash: tokenHash(token), mailId, accountId, usefulSeconds: orderLinkS });
    }
    const { sessionId, currency, totalMinor, paidAt } = row;
    found.push({ sessionId, currency, totalMinor, paidAt, token, orders: row.orders as readonly FoundOrderRecord[] });
  }
  return found;
}
