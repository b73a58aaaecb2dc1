import { assert } from "#kernel/assert.ts";
import { openText, rewrapText, sealText, type MasterKey, type Opened, type Sealed } from "#platform/seal/seal.ts";

export { masterKeyFrom, newMasterKey, type MasterKey } from "#platform/seal/seal.ts";

/** Whose credential it is. Bound into the seal: a row that was copied to another store does not open. */
export type CredentialOwner = { readonly storeId: string; readonly purpose: "api" | "webhook" | "headless" };

export function sealCredential(master: MasterKey, owner: CredentialOwner, text: string): Sealed {
  return sealText(master, bindingOf(owner), text);
}

/** The credential's text, or why it cannot be had. */
export function openCredential(master: MasterKey, owner: CredentialOwner, sealed: Sealed): Opened {
  return openText(master, bindingOf(owner), sealed);
}

/** The same credential with its row key under this master key. */
export function rewrapCredential(
  master: MasterKey,
  owner: CredentialOwner,
  sealed: Sealed,
): ReturnType<typeof rewrapText> {
  return rewrapText(master, bindingOf(owner), sealed);
}

function bindingOf({ storeId, purpose }: CredentialOwner): string {
  assert(!storeId.includes("\n"), "bindingOf: a store's id is one line");
  return `muse credential\n${storeId}\n${purpose}`;
}
