import assert from "node:assert/strict";
import { test } from "node:test";

import { testConnector } from "../conformance.ts";
import { ucp } from "./connector.ts";
import { harbor } from "./test/harbor.ts";

// The newest version, which the store's profile says first; the others have files of their own.
const bench = testConnector(harbor);

test("a store that has not moved on is ordered from in the best version that both speak", async () => {
  const { http, access, request, fault, ordersAtStore } = await bench.next({ isNewToTheStore: true });
  await fault({ endpoint: "ucp.profile", kind: "only_old_version" });
  const agents: string[] = [];
  const listening: typeof http = (sent) => {
    agents.push(sent.headers?.["ucp-agent"] ?? "");
    return http(sent);
  };
  assert.equal((await ucp.place(listening, access, request)).kind, "placed");
  assert.match(agents.at(-1) ?? "", /\/2026-01-23"$/);
  assert.equal((await ordersAtStore()).length, 1);
});

const newer = (supported: object) => ({ ucp: { version: "2027-01-01", supported_versions: supported } });
test("a store that has moved beyond us is met in the newest version that we speak, at its own addresses only", async () => {
  const { http, access, request } = await bench.next({ isNewToTheStore: true });
  const at = (version: string): string => `${access.baseUrl}/.well-known/ucp/${version}`;
  const asked: string[] = [];
  const ahead =
    (supported: object): typeof http =>
    async (sent) => {
      asked.push(sent.url);
      if (!sent.url.endsWith("/.well-known/ucp")) return await http(sent);
      return { status: 200, headers: {}, body: JSON.stringify(newer(supported)) };
    };
  const both = { "2026-01-11": at("2026-01-11"), "2026-01-23": at("2026-01-23") };
  assert.equal((await ucp.place(ahead(both), access, request)).kind, "placed");
  assert.equal(asked[1], at("2026-01-23"));

  for (const supported of [{}, { "2025-01-01": at("2025-01-01") }, { "2026-01-23": "https://elsewhere.example/ucp" }]) {
    const stranger = await bench.next({ isNewToTheStore: true });
    asked.length = 0;
    const outcome = await ucp.place(ahead(supported), stranger.access, stranger.request);
    assert.deepEqual([outcome.kind, asked.length], ["unavailable", 1]);
  }
});

test("a store that does not know our version any more has taken nothing, and is asked anew what it speaks", async () => {
  const { http, access, request, ordersAtStore } = await bench.next({ isNewToTheStore: true });
  const said = { status: "requires_escalation", messages: [{ type: "error", code: "version_unsupported" }] };
  const asked: string[] = [];
  let isOver = false;
  const forgetful: typeof http = async (sent) => {
    asked.push(sent.url);
    if (isOver || !sent.url.endsWith("/checkout-sessions")) return await http(sent);
    return { status: 200, headers: {}, body: JSON.stringify(said) };
  };
  assert.equal((await ucp.place(forgetful, access, request)).kind, "unavailable");
  isOver = true;
  assert.equal((await ucp.place(forgetful, access, request)).kind, "placed");
  assert.equal(asked.filter((url) => url.endsWith("/.well-known/ucp")).length, 2);
  assert.equal((await ordersAtStore()).length, 1);
});

test("a price that rises between the last look and the completion orders nothing", async () => {
  const { http, access, request, fault, ordersAtStore } = await bench.next();
  await fault({ endpoint: "checkout_sessions.complete", kind: "price_drift", times: 1 });
  const outcome = await ucp.place(http, access, request);
  assert.equal(outcome.kind === "refused" && outcome.reason, "price_above_guard");
  assert.deepEqual(await ordersAtStore(), []);
});

test("a profile that sends us elsewhere with our key is not followed", async () => {
  const { access, request } = await bench.next({ isNewToTheStore: true });
  const asked: string[] = [];
  const profile = {
    ucp: {
      version: "2026-04-08",
      services: { "dev.ucp.shopping": [{ transport: "rest", endpoint: "https://elsewhere.example/ucp" }] },
      capabilities: { "dev.ucp.shopping.checkout": [{}], "dev.ucp.shopping.fulfillment": [{}] },
    },
  };
  const outcome = await ucp.place(
    async ({ url }) => {
      asked.push(url);
      return { status: 200, headers: {}, body: JSON.stringify(profile) };
    },
    access,
    request,
  );
  assert.equal(outcome.kind, "unavailable");
  assert.deepEqual(asked, [`${access.baseUrl}/.well-known/ucp`]);
});
