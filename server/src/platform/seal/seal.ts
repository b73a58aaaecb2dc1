import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import { must } from "#kernel/assert.ts";

/** The key that wraps every row's own. Its id stands in each row, so that a changed key is told from a damaged row. */
export type MasterKey = {
  readonly id: string;
  readonly key: Buffer;
  /** While keys are being changed: another one, that opens what it wrapped and wraps nothing new. */
  readonly other?: MasterKey;
};

/** A secret as it lies in the database (P4): sealed under a key of its own, that key sealed under the master's. */
export type Sealed = { readonly wrappedKey: Buffer; readonly sealed: Buffer; readonly masterKeyId: string };

export type Opened =
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

/** @param binding whose it is, and what: a row that was copied elsewhere does not open */
export function sealText(master: MasterKey, binding: string, text: string): Sealed {
  const rowKey = randomBytes(keyBytes);
  return {
    wrappedKey: seal(master.key, bytesOf(binding, "key"), rowKey),
    sealed: seal(rowKey, bytesOf(binding, "text"), Buffer.from(text, "utf8")),
    masterKeyId: master.id,
  };
}

/** The text, or why it cannot be had. A refusal tells nothing of what is inside. */
export function openText(master: MasterKey, binding: string, sealed: Sealed): Opened {
  const wrapping = [master, master.other].find((each) => each?.id === sealed.masterKeyId);
  if (wrapping === undefined) return { kind: "other_master_key" };
  const rowKey = open(wrapping.key, bytesOf(binding, "key"), sealed.wrappedKey);
  const text = rowKey?.length === keyBytes ? open(rowKey, bytesOf(binding, "text"), sealed.sealed) : null;
  return text === null ? { kind: "tampered" } : { kind: "opened", text: text.toString("utf8") };
}

/**
 * The same secret with its row key under this master key: what is sealed stays as it is. Only of one that opens as it
 * is now, so that no damaged row comes out looking whole.
 */
export function rewrapText(
  master: MasterKey,
  binding: string,
  sealed: Sealed,
): { readonly kind: "rewrapped"; readonly wrappedKey: Buffer } | Exclude<Opened, { kind: "opened" }> {
  const opened = openText(master, binding, sealed);
  if (opened.kind !== "opened") return opened;
  const bound = bytesOf(binding, "key");
  const wrapping = sealed.masterKeyId === master.id ? master : must(master.other, "it has just been opened with it");
  const rowKey = must(open(wrapping.key, bound, sealed.wrappedKey), "it has just been opened");
  return { kind: "rewrapped", wrappedKey: seal(master.key, bound, rowKey) };
}

function bytesOf(binding: string, part: "key" | "text"): Buffer {
  return Buffer.from(`${binding}\n${part}`, "utf8");
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
