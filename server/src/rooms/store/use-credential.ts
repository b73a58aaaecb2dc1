import { InvariantError } from "#kernel/assert.ts";
import type { Db } from "#platform/db/query.ts";
import { openCredential, type CredentialOwner, type MasterKey } from "./credential.ts";
import { credentialRead } from "./store.sql.gen.ts";

/**
 * What a store's connector signs in with, or null where it needs nothing. Called by the placement that is about to use
 * it, kept by nobody (P4).
 *
 * @throws InvariantError when the row does not open with this master key
 */
export async function credentialsOf(
  db: Db,
  master: MasterKey,
  storeId: string,
): Promise<Readonly<Record<string, string>> | null> {
  const text = await openedText(db, master, { storeId, purpose: "api" });
  return text === null ? null : (JSON.parse(text) as Record<string, string>);
}

/**
 * What a store signs its calls to us with; null for a store that does not exist or has none.
 *
 * @throws InvariantError when the row does not open with this master key
 */
export function webhookSecretOf(db: Db, master: MasterKey, storeId: string): Promise<string | null> {
  return openedText(db, master, { storeId, purpose: "webhook" });
}

async function openedText(db: Db, master: MasterKey, owner: CredentialOwner): Promise<string | null> {
  const row = await credentialRead(db, owner);
  if (row === null) return null;
  const opened = openCredential(master, owner, row);
  if (opened.kind === "opened") return opened.text;
  throw new InvariantError(`P4: the ${owner.purpose} credential of ${owner.storeId} does not open: ${opened.kind}`);
}
