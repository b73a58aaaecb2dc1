import type { Db } from "#platform/db/query.ts";
import { rewrapCredential, type CredentialOwner, type MasterKey } from "./credential.ts";
import { credentialRewrap, credentialsUnder } from "./store.sql.gen.ts";

export type KeyRotation = {
  /** Credentials whose key this call put under the master key. */
  readonly rewrapped: number;
  /** Those that no key at hand opens: they stay as they are, and are to be entered again. */
  readonly shut: readonly { readonly owner: CredentialOwner; readonly why: "other_master_key" | "tampered" }[];
};

/**
 * Puts every credential's key under the master key; `master.other` opens those that are under the one before. What is
 * sealed itself is not touched, and no text is kept. Each row is a statement of its own: stopped anywhere it goes on
 * where it was, and orders go on being placed meanwhile by whoever has both keys. A credential that is written anew at
 * the same moment is left to its writer and found by the next round.
 */
export async function rotateKey(db: Db, master: MasterKey): Promise<KeyRotation> {
  const shut: { owner: CredentialOwner; why: "other_master_key" | "tampered" }[] = [];
  let rewrapped = 0;
  let after = { afterStoreId: "", afterPurpose: "" };
  for (;;) {
    const rows = await credentialsUnder(db, { masterKeyId: master.id, ...after });
    for (const row of rows) {
      const owner = { storeId: row.storeId, purpose: row.purpose as CredentialOwner["purpose"] };
      const done = rewrapCredential(master, owner, row);
      if (done.kind === "rewrapped") {
        const { wrappedKey } = done;
        const put = await credentialRewrap(db, {
          ...owner,
          wrappedKey,
          masterKeyId: master.id,
          oldWrappedKey: row.wrappedKey,
        });
        rewrapped += put === null ? 0 : 1;
      } else {
        shut.push({ owner, why: done.kind });
      }
    }
    const last = rows.at(-1);
    if (last === undefined) return { rewrapped, shut };
    after = { afterStoreId: last.storeId, afterPurpose: last.purpose };
  }
}
