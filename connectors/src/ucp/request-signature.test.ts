import assert from "node:assert/strict";
import { createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { test } from "node:test";

import { requestSignature, signingKeyFrom, type SigningKey } from "./request-signature.ts";

const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
const jwk = { kid: "muse_1", ...pair.privateKey.export({ format: "jwk" }) };

function key(): SigningKey {
  const read = signingKeyFrom(JSON.stringify(jwk));
  assert.ok(read !== null && read !== "unusable");
  return read;
}

test("a request is signed as a detached JWS over its very bytes, which the public half verifies", () => {
  const body = '{"line_items":[{"title":"Wool coat, größe M ✓"}]}';
  const [head = "", payload, signature = ""] = requestSignature(key(), body).split(".");
  assert.equal(payload, "", "detached");
  assert.deepEqual(JSON.parse(Buffer.from(head, "base64url").toString()), {
    alg: "ES256",
    b64: false,
    crit: ["b64"],
    kid: "muse_1",
  });
  const holds = (text: string): boolean =>
    verify(
      "sha256",
      Buffer.from(`${head}.${text}`),
      { key: createPublicKey(pair.privateKey), dsaEncoding: "ieee-p1363" },
      Buffer.from(signature, "base64url"),
    );
  assert.ok(holds(body));
  assert.ok(!holds(body.replace("M", "L")));
  assert.match(requestSignature(key(), ""), /^[\w-]+\.\.[\w-]{86}$/, "a request without a body signs the empty one");
});

test("no key is no key; what is none is said to be unusable, never used by half", () => {
  assert.equal(signingKeyFrom(undefined), null);
  assert.equal(signingKeyFrom(""), null);
  const { kid: _kid, ...nameless } = jwk;
  const { d: _d, ...publicHalf } = jwk;
  const other = generateKeyPairSync("ec", { namedCurve: "P-384" }).privateKey.export({ format: "jwk" });
  for (const wrong of [
    "x",
    "[]",
    JSON.stringify(nameless),
    JSON.stringify(publicHalf),
    JSON.stringify({ kid: "k", ...other }),
  ])
    assert.equal(signingKeyFrom(wrong), "unusable", wrong.slice(0, 30));
});
