import assert from "node:assert/strict";
import { test } from "node:test";

import { testConnector } from "../conformance.ts";
import { ucp } from "./connector.ts";
import { harbor } from "./test/harbor.ts";

// A store that speaks the first version: lists, the currency with every change, and one instrument as `payment_data`.
const bench = testConnector({ ...harbor, basePath: "/as-of/2026-01-11" });

test("every request is in the version that the store speaks, with the headers that it wants", async () => {
  const { http, access, request } = await bench.next({ isNewToTheStore: true });
  const sent: string[] = [];
  const listening: typeof http = async (each) => {
    const answer = await http(each);
    if (each.url.endsWith("/.well-known/ucp")) return answer;
    assert.match(each.headers?.["ucp-agent"] ?? "", /\/2026-01-11"$/);
    assert.ok(each.headers?.["request-id"]);
    assert.match(each.headers["request-signature"] ?? "", /^[\w-]+\.\.[\w-]{86}$/);
    assert.equal((JSON.parse(answer.body) as { ucp?: { version?: string } }).ucp?.version, "2026-01-11");
    sent.push(`${each.method} ${each.body ?? ""}`);
    return answer;
  };
  assert.equal((await ucp.place(listening, access, request)).kind, "placed");
  assert.equal(sent.length, 3);
  assert.match(sent[0] ?? "", /"currency":"USD","payment":\{\}/);
  assert.match(sent[2] ?? "", /^POST \{"payment_data":\{"id"/);
});
