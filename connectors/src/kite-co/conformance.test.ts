import assert from "node:assert/strict";
import { test } from "node:test";

import { testBrowserConnector } from "../browser/conformance.ts";
import { placed } from "../browser/test/bench.ts";
import { lookUpInBrowser } from "../browser/visits.ts";
import { kiteCo } from "./recipe.ts";

const bench = testBrowserConnector({
  connector: kiteCo,
  slug: "kite-co",
  line: { sku: "KC-POCKET-TEA", size: null, color: "Teal", productPath: "/products/kc-pocket", priceMinor: 1_900 },
  totalMinor: 1_900 + 395 + 95,
  shippingOptionId: "standard",
  steps: ["product.view", "cart.view", "checkout.view", "checkout.review"],
  changing: ["product.view", "cart.view", "checkout.view", "checkout.review"],
  queueAt: "checkout.view",
  forgetsAt: "checkout.review",
  keepsReference: false,
  refusesAddress: { kind: "state", state: "PR" },
  lookUpEndpoint: "orders.list",
});

test("O3: two orders that look alike are for a person to tell apart, unless one is known to be another's", async () => {
  const scene = await bench.next();
  const [first, second] = [await placed(scene), await placed(scene)];
  assert.deepEqual(await lookUpInBrowser(scene.house, scene.ask()), { kind: "unsupported" });
  const clue = { ...scene.clue, otherOrderNumbers: [first] };
  const found = await lookUpInBrowser(scene.house, { ...scene.ask(), clue });
  assert.equal(found.kind === "found" && found.storeOrderNumber, second);
  const other = { ...scene.clue, shipTo: { ...scene.clue.shipTo, zip: "97202" } };
  assert.deepEqual(await lookUpInBrowser(scene.house, { ...scene.ask(), clue: other }), { kind: "absent" });
});

test("O3: an order is found again by its address, however many spaces are in it", async () => {
  const scene = await bench.next();
  const shipTo = { ...scene.clue.shipTo, name: "Jane  Q. Doefield " };
  const outcome = await scene.place({ request: { ...scene.request, shipTo } });
  const found = await lookUpInBrowser(scene.house, { ...scene.ask(), clue: { ...scene.clue, shipTo } });
  assert.ok(outcome.kind === "placed" && found.kind === "found", `${outcome.kind}, ${found.kind}`);
  assert.equal(found.storeOrderNumber, outcome.storeOrderNumber);
});

for (const kind of ["other_address", "other_goods"]) {
  test(`a review that shows ${kind.replace("_", " ")} is not ordered, however cheap it is`, async () => {
    const scene = await bench.next();
    await scene.fault({ endpoint: "checkout.review", kind });
    const outcome = await scene.place();
    assert.ok(outcome.kind === "unavailable", outcome.kind);
    assert.equal(outcome.reason, "page_changed");
    assert.match(outcome.detail, /the review is not of this order$/);
    assert.deepEqual(await scene.orders(), []);
  });
}
