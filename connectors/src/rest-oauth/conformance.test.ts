import assert from "node:assert/strict";
import { test } from "node:test";

import { testConnector } from "../conformance.ts";
import type { Http } from "../port.ts";
import { restOauth } from "./connector.ts";

const bench = testConnector({
  connector: restOauth,
  slug: "harbor-outlet",
  sku: "HO-TOTE",
  totalMinor: 5400 + 495 + 100,
  shippingOptionId: "standard",
  submitEndpoint: "orders.create",
  earlierEndpoints: ["oauth.token"],
  lookUpEndpoint: "orders.search",
});

test("ten orders at once fetch one token between them", async () => {
  const { http, access, request } = await bench.next({ isNewToTheStore: true });
  let tokens = 0;
  const counting: Http = (sent) => {
    if (sent.url.endsWith("/oauth/token")) tokens += 1;
    return http(sent);
  };
  const orders = Array.from({ length: 10 }, (_, index) => ({ ...request, reference: `${request.reference}-${index}` }));
  const outcomes = await Promise.all(orders.map((order) => restOauth.place(counting, access, order)));
  assert.deepEqual(
    outcomes.map((outcome) => outcome.kind),
    Array.from({ length: 10 }, () => "placed"),
  );
  assert.equal(tokens, 1);
});

test("a token that was revoked is renewed once, and the order is placed once", async () => {
  const { http, access, request, fault, ordersAtStore, place } = await bench.next();
  await restOauth.lookUp(http, access, request.reference);
  await fault({ endpoint: "orders.create", kind: "token_revoked", times: 1 });
  await place();
  assert.equal((await ordersAtStore()).length, 1);
});

test("a store that refuses every token is unavailable for its credentials", async () => {
  const { http, access, request, fault, ordersAtStore } = await bench.next();
  await fault({ endpoint: "orders.create", kind: "token_revoked" });
  const outcome = await restOauth.place(http, access, request);
  assert.equal(outcome.kind === "unavailable" && outcome.reason, "credentials");
  assert.deepEqual(await ordersAtStore(), []);
});
