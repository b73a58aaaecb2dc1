import assert from "node:assert/strict";
import { test } from "node:test";

import { testConnector } from "../conformance.ts";
import type { Http } from "../port.ts";
import { restLookup } from "./connector.ts";

const bench = testConnector({
  connector: restLookup,
  slug: "fernwood",
  sku: "FW-SPORK",
  totalMinor: 1200 + 795,
  shippingOptionId: "standard",
  submitEndpoint: "orders.create",
  earlierEndpoints: ["orders.search", "products.get", "shipping_rates"],
  lookUpEndpoint: "orders.search",
});

test("whatever the answer, an order is sent once: this store makes two of two", async () => {
  for (const kind of ["error", "error_after", "drop_before", "drop_after", "hang_after", "429"]) {
    const { http, access, request, fault } = await bench.next();
    await fault({ endpoint: "orders.create", kind });
    let submits = 0;
    const counting: Http = (sent) => {
      if (sent.method === "POST") submits += 1;
      return http(sent);
    };
    await restLookup.place(counting, access, request);
    assert.equal(submits, 1, kind);
  }
});
