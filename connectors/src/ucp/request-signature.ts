import { createPrivateKey, sign, type KeyObject } from "node:crypto";

import { parseObject, textAt } from "../untrusted.ts";

/** What signs our requests: a private key on P-256 and the name under which our profile publishes its public half. */
export type SigningKey = { readonly kid: string; readonly key: KeyObject };

/**
 * The signature of a request in January's versions: a detached JWS over the body (RFC 7797, ES256), as they define
 * `Request-Signature` where they define it at all (order.md, "Webhook Signature Verification"). A request without a
 * body signs the empty one.
 */
export function requestSignature({ kid, key }: SigningKey, body: string): string {
  const header = Buffer.from(JSON.stringify({ alg: "ES256", b64: false, crit: ["b64"], kid })).toString("base64url");
  // The form of RFC 7518: r and s side by side, not the DER that OpenSSL writes.
  const signature = sign("sha256", Buffer.from(`${header}.${body}`), { key, dsaEncoding: "ieee-p1363" });
  return `${header}..${signature.toString("base64url")}`;
}

/** The key of a store's credentials, a JWK with `kid`; null when there is none, `unusable` when it is not one. */
export function signingKeyFrom(credential: string | undefined): SigningKey | null | "unusable" {
  if (credential === undefined || credential === "") return null;
  const jwk = parseObject(credential);
  const kid = jwk === undefined ? null : textAt(jwk, "kid");
  if (jwk === undefined || kid === null || jwk["crv"] !== "P-256") return "unusable";
  try {
    return { kid, key: createPrivateKey({ key: jwk, format: "jwk" }) };
  } catch {
    return "unusable";
  }
}
