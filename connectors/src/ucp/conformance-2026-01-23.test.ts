import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { test } from "node:test";

import { testConnector } from "../conformance.ts";
import { ucp } from "./connector.ts";
import { requestSignature, signingKeyFrom } from "./request-signature.ts";
import { harbor } from "./test/harbor.ts";

// A store that speaks the second version: names key what was listed before, orders are read from the order desk alone.
const bench = testConnector({ ...harbor, basePath: "/as-of/2026-01-23" });

test("every request is in the version that the store speaks, with the headers that it wants", async () => {
  const { http, access, request } = await bench.next({ isNewToTheStore: true });
  const sent: string[] = [];
  const listening: typeof http = async (each) => {
    const answer = await http(each);
    if (each.url.endsWith("/.well-known/ucp")) return answer;
    assert.match(each.headers?.["ucp-agent"] ?? "", /\/2026-01-23"$/);
    assert.ok(each.headers?.["request-id"]);
    assert.match(each.headers["request-signature"] ?? "", /^[\w-]+\.\.[\w-]{86}$/);
    assert.equal((JSON.parse(answer.body) as { ucp?: { version?: string } }).ucp?.version, "2026-01-23");
    sent.push(`${each.method} ${each.body ?? ""}`);
    return answer;
  };
  assert.equal((await ucp.place(listening, access, request)).kind, "placed");
  assert.equal(sent.length, 3);
  assert.doesNotMatch(sent[0] ?? "", /"currency"/);
  assert.match(sent[2] ?? "", /^POST \{"payment":\{"instruments":\[/);
});

test("the store takes what we signed and nothing else: no signature, another body, another key order nothing", async () => {
  const { http, access, request, ordersAtStore } = await bench.next({ isNewToTheStore: true });
  const forged = (change: (each: Parameters<typeof http>[0]) => Parameters<typeof http>[0]): typeof http => {
    return async (each) => await http(each.method === "POST" && each.url.endsWith("/complete") ? change(each) : each);
  };
  const headers = (each: Parameters<typeof http>[0], signature: string) => ({
    ...each,
    headers: { ...each.headers, "request-signature": signature },
  });
  const other = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" });
  const stranger = signingKeyFrom(JSON.stringify({ ...other, kid: "muse_sandbox_1" }));
  assert.ok(stranger !== null && stranger !== "unusable");
  for (const change of [
    (each: Parameters<typeof http>[0]) => headers(each, "unsigned"),
    (each: Parameters<typeof http>[0]) => headers(each, requestSignature(stranger, each.body ?? "")),
    (each: Parameters<typeof http>[0]) => ({ ...each, body: `${each.body ?? ""} ` }),
  ]) {
    const outcome = await ucp.place(forged(change), access, request);
    assert.deepEqual([outcome.kind, outcome.kind === "unavailable" && outcome.reason], ["unavailable", "credentials"]);
  }
  assert.deepEqual(await ordersAtStore(), []);
  assert.equal((await ucp.place(http, access, request)).kind, "placed");
});

test("a signing key that is none is our own fault, told before the store is asked", async () => {
  const { access, request } = await bench.next({ isNewToTheStore: true });
  const broken = { ...access, credentials: { ...access.credentials, signingKey: "{}" } };
  const outcome = await ucp.place(async () => assert.fail("the store is asked"), broken, request);
  assert.deepEqual([outcome.kind, outcome.kind === "unavailable" && outcome.reason], ["unavailable", "credentials"]);
});
