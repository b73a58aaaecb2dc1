import assert from "node:assert/strict";
import { test } from "node:test";

import { testConnector } from "../conformance.ts";
import { ucp } from "./connector.ts";

const bench = testConnector({
  connector: ucp,
  slug: "harbor-main",
  sku: "HM-COAT-M",
  totalMinor: 18900,
  shippingOptionId: "standard",
  submitEndpoint: "checkout_sessions.complete",
  earlierEndpoints: ["ucp.profile", "checkout_sessions.create", "checkout_sessions.update"],
  lookUpEndpoint: "orders.search",
});

test("a store that still speaks 2026-01-23 is ordered from, looked up in, and not read from", async () => {
  const { http, access, request, fault, ordersAtStore } = await bench.next({ isNewToTheStore: true });
  await fault({ endpoint: "ucp.profile", kind: "only_old_version" });
  assert.equal((await ucp.place(http, access, request)).kind, "placed");
  const [order] = await ordersAtStore();
  const found = await ucp.lookUp(http, access, request.reference);
  assert.equal(found.kind === "found" && found.storeOrderNumber, order?.orderNumber);
  assert.deepEqual(await ucp.track(http, access, order?.orderNumber ?? "", request.reference), { kind: "unsupported" });
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
