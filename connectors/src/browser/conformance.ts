import assert from "node:assert/strict";
import { test } from "node:test";

import type { PlaceRequest } from "../port.ts";
import { testAfterwards } from "./test/afterwards.ts";
import { home, assertNamed, openBrowserBench, type BrowserBench, type BrowserSubject } from "./test/bench.ts";
import { testButton } from "./test/button.ts";
import { testEvidence } from "./test/evidence.ts";

/**
 * The suite that every recipe passes against its simulator, in a real Chromium. Each promise is about what the *shop*
 * holds afterwards, not only about what the recipe says.
 *
 * @returns the bench, for promises of this shop alone
 */
export function testBrowserConnector(subject: BrowserSubject): BrowserBench {
  const bench = openBrowserBench(subject);
  testPlacing(subject, bench);
  testRefusals(subject, bench);
  testBeforeTheButton(subject, bench);
  testButton(subject, bench);
  testEvidence(subject, bench);
  testAfterwards(subject, bench);
  return bench;
}

function testPlacing(subject: BrowserSubject, bench: BrowserBench): void {
  test("an order is placed once, with the shop's number and total, whatever was left in the cart", async () => {
    const scene = await bench.next();
    await scene.fault({ endpoint: "checkout.review", kind: "error_page" });
    assertNamed(await scene.place(), "unavailable store_error");
    await scene.fault();
    const outcome = await scene.place();
    const [order, ...more] = await scene.orders();
    assert.deepEqual(more, []);
    assert.deepEqual(outcome, {
      kind: "placed",
      storeOrderNumber: order?.orderNumber,
      totalMinor: subject.totalMinor,
    });
    assert.equal(order?.totalCents, subject.totalMinor);
  });

  test("lines of one sku are one line at the shop, in their quantity", async () => {
    const scene = await bench.next();
    const [line] = scene.request.lines;
    assert.ok(line !== undefined);
    const request: PlaceRequest = {
      ...scene.request,
      lines: [line, { ...line, quantity: 2 }],
      totalMinorMax: subject.totalMinor * 4,
    };
    const outcome = await scene.place({ request });
    assert.equal(outcome.kind, "placed", JSON.stringify(outcome));
    const [order] = await scene.orders();
    assert.equal(outcome.totalMinor, order?.totalCents);
    assert.ok((order?.totalCents ?? 0) >= 3 * subject.line.priceMinor);
  });

  test("slow pages, and what lies over them, are what a person would wait for and close", async () => {
    const scene = await bench.next();
    await scene.fault(
      { endpoint: "checkout.review", kind: "slow_page", value: 700 },
      { endpoint: "*", kind: "popup", times: 3 },
    );
    assertNamed(await scene.place(), "placed");
    assert.equal((await scene.orders()).length, 1);
  });

  test("a shop that forgets who we are is begun with once more; one that goes on forgetting is given up", async () => {
    const scene = await bench.next();
    await scene.fault({ endpoint: subject.forgetsAt, kind: "login_lost", times: 1 });
    assertNamed(await scene.place(), "placed");
    await scene.fault({ endpoint: subject.forgetsAt, kind: "login_lost" });
    assertNamed(await scene.place(), subject.keepsReference ? "placed" : "unavailable sign_in_lost");
    assert.equal((await scene.orders()).length, 1);
  });

  if (!subject.keepsReference) return;
  test("the same reference placed twice is one order at the shop, with one number", async () => {
    const scene = await bench.next();
    const first = await scene.place();
    assert.equal(first.kind, "placed");
    const request = { ...scene.request, totalMinorMax: scene.request.totalMinorMax + 1 };
    assert.deepEqual(await scene.place({ request }), first);
    assert.equal((await scene.orders()).length, 1);
  });
}

function testRefusals(subject: BrowserSubject, bench: BrowserBench): void {
  const steps = subject.steps;
  const [product = ""] = steps;
  const refusesAddress = subject.refusesAddress;
  const state = refusesAddress.kind === "state" ? refusesAddress.state : home.state;
  const none = { endpoint: "nowhere", kind: "none" };
  const table = [
    ["goods that are sold out on their page", "out_of_stock", { endpoint: product, kind: "out_of_stock" }, {}],
    [
      "goods that sell out before the review",
      "out_of_stock",
      { endpoint: "checkout.review", kind: "out_of_stock" },
      {},
    ],
    ["goods that sell out at the button", "out_of_stock", { endpoint: "order.submit", kind: "out_of_stock" }, {}],
    ["a total above the guard", "price_above_guard", none, { totalMinorMax: subject.totalMinor - 1 }],
    ["a price that rose above it", "price_above_guard", { endpoint: "checkout.review", kind: "price_drift" }, {}],
    [
      "an address that the shop refuses",
      "address_not_served",
      refusesAddress.kind === "fault" ? { endpoint: "*", kind: "refuse_address" } : none,
      { shipTo: { ...home, address1: "9 Nowhere St", state } },
    ],
    ["an address abroad", "address_not_served", none, { shipTo: { ...home, country: "FR", state: "" } }],
    ["a delivery option that does not exist", "rejected", none, { shippingOptionId: "teleport" }],
  ] as const;
  for (const [what, reason, rule, change] of table) {
    test(`${what}: refused as ${reason}, and nothing is ordered`, async () => {
      const scene = await bench.next();
      if (rule !== none) await scene.fault(rule);
      const outcome = await scene.place({ request: { ...scene.request, ...change } });
      assertNamed(outcome, `refused ${reason}`);
      assert.deepEqual(await scene.orders(), []);
    });
  }

  test("a price that rose within the guard is placed at the shop's total", async () => {
    const scene = await bench.next();
    await scene.fault({ endpoint: "checkout.review", kind: "price_drift", value: 1 });
    const request = { ...scene.request, totalMinorMax: subject.totalMinor * 2 };
    const outcome = await scene.place({ request });
    const [order] = await scene.orders();
    assert.equal(outcome.kind === "placed" && outcome.totalMinor, order?.totalCents);
    assert.ok((order?.totalCents ?? 0) > subject.totalMinor);
  });
}

/** Whatever the shop does before the button: nothing is ordered, and it is said why. */
function testBeforeTheButton(subject: BrowserSubject, bench: BrowserBench): void {
  const [product = ""] = subject.steps;
  const late = "checkout.review";
  const table: readonly (readonly [kind: string, endpoint: string, outcome: string])[] = [
    ["captcha", product, "unavailable captcha"],
    ["captcha", late, "unavailable captcha"],
    ["queue", subject.queueAt, "unavailable queue"],
    ...subject.changing.map((endpoint) => ["changed_page", endpoint, "unavailable page_changed"] as const),
    ["error_page", product, "unavailable store_error"],
    ["error", late, "unavailable store_error"],
    ["rate_limited", late, "unavailable overloaded"],
    ["hang", late, "unavailable unreachable"],
    ["drop_before", product, "unavailable unreachable"],
  ];
  for (const [kind, endpoint, expected] of table) {
    test(`${kind} at ${endpoint}: ${expected}, and nothing is ordered`, async () => {
      const scene = await bench.next();
      await scene.fault({ endpoint, kind });
      const outcome = await scene.place();
      assertNamed(outcome, expected);
      if (kind === "rate_limited") assert.equal("retryAfterMs" in outcome && outcome.retryAfterMs, 10_000);
      assert.deepEqual(await scene.orders(), []);
    });
  }

  test("a shop that cannot be reached is unavailable", async () => {
    const scene = await bench.next();
    const outcome = await scene.place({ access: { ...scene.access, baseUrl: "http://127.0.0.1:1/nobody" } });
    assertNamed(outcome, "unavailable unreachable");
  });

  test("wrong credentials are unavailable, so that another tier may go on", async () => {
    const scene = await bench.next();
    const wrong = Object.fromEntries(Object.keys(scene.access.credentials).map((name) => [name, "wrong@muse.example"]));
    const outcome = await scene.place({ access: { ...scene.access, credentials: wrong } });
    assertNamed(outcome, "unavailable credentials");
    assert.deepEqual(await scene.orders(), []);
  });

  test("a product's page in another shop is not gone to", async () => {
    const scene = await bench.next();
    const lines = scene.request.lines.map((line) => ({ ...line, productUrl: "http://169.254.169.254/latest/" }));
    assertNamed(await scene.place({ request: { ...scene.request, lines } }), "unavailable store_error");
  });
}
