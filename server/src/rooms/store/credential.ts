import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import { assert, must } from "#kernel/assert.ts";

/** The key that wraps every row's own. Its id stands in each row, so that a changed key is told from a damaged row. */
export type MasterKey = {
  readonly id: string;
  readonly key: Buffer;
  /** While keys are being changed: another one, that opens what it wrapped and wraps nothing new. */
  readonly other?: MasterKey;
};

/** A credential as it lies in the database (P4): sealed under a key of its own, that key sealed under the master's. */
export type SealedCredential = { readonly wrappedKey: Buffer; readonly sealed: Buffer; readonly masterKeyId: string };

/** Whose credential it is. Bound into the seal: a row that was copied to another store does not open. */
export type CredentialOwner = { readonly storeId: string; readonly purpose: "api" | "webhook" | "headless" };

export type OpenedCredential =
  | { readonly kind: "opened"; readonly text: string }
  | { readonly kind: "other_master_key" | "tampered" };

const keyBytes = 32;
/** As NIST SP 800-38D recommends for GCM. Random nonces are safe here: each key seals once. */
const nonceBytes = 12;
const tagBytes = 16;

/** @returns null when it is not 32 bytes */
export function masterKeyFrom(key: Buffer): MasterKey | null {
  if (key.length !== keyBytes) return null;
  return { id: createHmac("sha256", key).update("muse master key id").digest("hex").slice(0, 16), key };
}

export function newMasterKey(): Buffer {
  return randomBytes(keyBytes);
}

export function sealCredential(master: MasterKey, owner: CredentialOwner, text: string): SealedCredential {
  const rowKey = randomBytes(keyBytes);
  return {
    wrappedKey: seal(master.key, bindingOf(owner, "key"), rowKey),
    sealed: seal(rowKey, bindingOf(owner, "text"), Buffer.from(text, "utf8")),
    masterKeyId: master.id,
  };
}

/** The credential's text, or why it cannot be had. A refusal tells nothing of what is inside. */
export function openCredential(master: MasterKey, owner: CredentialOwner, sealed: SealedCredential): OpenedCredential {
  const wrapping = [master, master.other].find((each) => each?.id === sealed.masterKeyId);
  if (wrapping === undefined) return { kind: "other_master_key" };
  const rowKey = open(wrapping.key, bindingOf(owner, "key"), sealed.wrappedKey);
  const text = rowKey?.length === keyBytes ? open(rowKey, bindingOf(owner, "text"), sealed.sealed) : null;
  return text === null ? { kind: "tampered" } : { kind: "opened", text: text.toString("utf8") };
}

/**
 * The same credential with its row key under this master key: what is sealed stays as it is. Only of one that opens as
 * it is now, so that no damaged row comes out looking whole.
 */
export function rewrapCredential(
  master: MasterKey,
  owner: CredentialOwner,
  sealed: SealedCredential,
): { readonly kind: "rewrapped"; readonly wrappedKey: Buffer } | Exclude<OpenedCredential, { kind: "opened" }> {
  const opened = openCredential(master, owner, sealed);
  if (opened.kind !== "opened") return opened;
  const binding = bindingOf(owner, "key");
  const wrapping = sealed.masterKeyId === master.id ? master : must(master.other, "it has just been opened with it");
  const rowKey = must(open(wrapping.key, binding, sealed.wrappedKey), "it has just been opened");
  return { kind: "rewrapped", wrappedKey: seal(master.key, binding, rowKey) };
}

function bindingOf({ storeId, purpose }: CredentialOwner, part: "key" | "text"): Buffer {
  assert(!storeId.includes("\n"), "bindingOf: a store's id is one line");
  return Buffer.from(`muse credential\n${storeId}\n${purpose}\n${part}`, "utf8");
}

/** nonce, tag, ciphertext */
function seal(key: Buffer, binding: Buffer, plain: Buffer): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(binding);
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

function open(key: Buffer, binding: Buffer, sealed: Buffer): Buffer | null {
  if (sealed.length < nonceBytes + tagBytes) return null;
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAAD(binding);
  decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
  const body = decipher.update(sealed.subarray(nonceBytes + tagBytes));
  try {
    return Buffer.concat([body, decipher.final()]);
  } catch {
    // GCM's one failure: the tag does not fit key, binding and body.
    return null;
  }
}
