import { createPrivateKey, createPublicKey, verify, type JsonWebKey, type KeyObject } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";

import { must } from "#core/assert.ts";
import { asObject } from "../read-body.ts";
import { findStore } from "../stores.ts";

/** The bytes that were signed: a body that was read and written again may be another one. */
const rawBodies = new WeakMap<FastifyRequest, Buffer>();

/** Keeps what bodies are made of. Of this store's routes alone: register it where they are. */
export function keepRawBodies(app: FastifyInstance): void {
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (request, body: Buffer, done) => {
    rawBodies.set(request, body);
    try {
      done(null, body.length === 0 ? undefined : JSON.parse(body.toString("utf8")));
    } catch (cause) {
      done(Object.assign(new Error("This is not JSON.", { cause }), { statusCode: 400 }));
    }
  });
}

/**
 * Whether `Request-Signature` is a detached JWS (RFC 7797, ES256) over the request's body, by the key that the
 * partner's profile publishes under this name.
 */
export function isSignedByPartner(request: FastifyRequest): boolean {
  const header = request.headers["request-signature"];
  const [, head = "", signature = ""] = /^([\w-]+)\.\.([\w-]+)$/.exec(typeof header === "string" ? header : "") ?? [];
  const said = readHead(head);
  const partner = partnerKey();
  if (said["alg"] !== "ES256" || said["b64"] !== false || said["kid"] !== partner.kid) return false;
  // What is critical and not understood makes a signature void.
  if (JSON.stringify(said["crit"]) !== '["b64"]') return false;
  const signed = Buffer.concat([Buffer.from(`${head}.`), rawBodies.get(request) ?? Buffer.alloc(0)]);
  const how = { key: partner.key, dsaEncoding: "ieee-p1363" } as const;
  return verify("sha256", signed, how, Buffer.from(signature, "base64url"));
}

function readHead(head: string): Readonly<Record<string, unknown>> {
  try {
    return asObject(JSON.parse(Buffer.from(head, "base64url").toString("utf8")));
  } catch {
    return {};
  }
}

let known: { readonly kid: string; readonly key: KeyObject } | undefined;

function partnerKey(): { readonly kid: string; readonly key: KeyObject } {
  if (known !== undefined) return known;
  const { signingKey } = must(findStore("harbor-main"), "harbor-main is a store").credentials;
  const jwk = JSON.parse(must(signingKey, "the partner signs")) as JsonWebKey & { readonly kid: string };
  known = { kid: jwk.kid, key: createPublicKey(createPrivateKey({ key: jwk, format: "jwk" })) };
  return known;
}
