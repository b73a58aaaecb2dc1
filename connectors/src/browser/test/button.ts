import assert from "node:assert/strict";
import { test } from "node:test";

import type { BrowserConnector } from "../browser-port.ts";
import { lookUpInBrowser } from "../visits.ts";
import { assertNamed, type BrowserBench, type BrowserSubject } from "./bench.ts";

/** O3: the moment of the button, from just before it to long after. */
export function testButton(subject: BrowserSubject, bench: BrowserBench): void {
  testLostAnswers(subject, bench);
  testSubmit(subject, bench);
  testFence(bench);
  testDeath(bench);
}

function testLostAnswers({ connector }: BrowserSubject, bench: BrowserBench): void {
  // No `times`: whatever Chromium would send again by itself is answered in the same way.
  for (const kind of ["accept_then_timeout", "drop_after", "error_after"]) {
    test(`${kind} at the button is unknown: one order at the shop, and look-up finds it`, async () => {
      const scene = await bench.next();
      await scene.fault({ endpoint: "order.submit", kind });
      const outcome = await scene.place();
      assertNamed(outcome, "unknown");
      const [order, ...more] = await scene.orders();
      assert.deepEqual(more, []);
      await scene.fault();
      const found = await lookUpInBrowser(scene.house, { ...scene.ask(), connector });
      const { totalCents } = order ?? {};
      assert.deepEqual(found, { kind: "found", storeOrderNumber: order?.orderNumber, totalMinor: totalCents });
    });
  }

  for (const kind of ["drop_before", "hang", "error", "captcha", "429"]) {
    test(`${kind} at the button, which nobody can tell from an accepted order, is unknown; nothing is ordered`, async () => {
      const scene = await bench.next();
      await scene.fault({ endpoint: "order.submit", kind });
      assertNamed(await scene.place(), "unknown");
      assert.deepEqual(await scene.orders(), []);
    });
  }

  test("a price that moves at the button orders nothing, and the next try reads the new one", async () => {
    const scene = await bench.next();
    await scene.fault({ endpoint: "order.submit", kind: "price_drift", value: 1 });
    assertNamed(await scene.place(), "unavailable store_error");
    assert.deepEqual(await scene.orders(), []);
  });

  test("a confirmation that takes its time is waited for", async () => {
    const scene = await bench.next();
    await scene.fault({ endpoint: "order.submit", kind: "slow_confirmation", value: 1_200 });
    assertNamed(await scene.place(), "placed");
    assert.equal((await scene.orders()).length, 1);
  });
}

function testSubmit({ connector }: BrowserSubject, bench: BrowserBench): void {
  test("isSubmit names the request that orders: while that one does not leave, nothing is ordered", async () => {
    const scene = await bench.next();
    const kept: BrowserConnector = {
      ...connector,
      async place(walk, access, request) {
        // Asked before the gate: whatever the gate would not know for the order goes on to the shop.
        await walk.page.route("**/*", async (route) => {
          const asked = { method: route.request().method(), url: new URL(route.request().url()) };
          await (connector.isSubmit(asked) ? route.abort() : route.fallback()).catch(() => undefined);
        });
        return await connector.place(walk, access, request);
      },
    };
    const outcome = await scene.place({ connector: kept });
    assert.deepEqual(
      await scene.orders(),
      [],
      "the shop has an order: isSubmit does not name the request that made it",
    );
    assert.notEqual(outcome.kind, "placed");
  });
}

function testFence(bench: BrowserBench): void {
  test("the caller has the last word: without its leave the button is not pressed", async () => {
    const scene = await bench.next();
    let asked = 0;
    const outcome = await scene.place({
      beforeSubmit: async () => {
        asked += 1;
        return false;
      },
    });
    assertNamed(outcome, "unavailable fence_lost");
    assert.equal(asked, 1);
    assert.deepEqual(await scene.orders(), []);
  });

  test("a visit that is ended before the button is unavailable, and one after it unknown", async () => {
    const scene = await bench.next();
    const early = new AbortController();
    const before = scene.place({
      signal: early.signal,
      beforeSubmit: async () => {
        early.abort();
        return true;
      },
    });
    assertNamed(await before, "unavailable unreachable");
    assert.deepEqual(await scene.orders(), []);

    await scene.fault({ endpoint: "order.submit", kind: "accept_then_timeout" });
    const late = new AbortController();
    const after = scene.place({ signal: late.signal });
    await someOrder(scene.orders);
    late.abort();
    assertNamed(await after, "unknown");
    assert.equal((await scene.orders()).length, 1);
  });
}

function testDeath(bench: BrowserBench): void {
  test("a browser that dies before the button orders nothing, and the next visit has a new one", async () => {
    const scene = await bench.next();
    const outcome = await scene.place({
      beforeSubmit: async () => {
        process.kill(scene.house.processOf(scene.access.storeId) ?? 0, "SIGKILL");
        return true;
      },
    });
    assertNamed(outcome, "unavailable browser_lost");
    assert.deepEqual(await scene.orders(), []);
    assertNamed(await scene.place(), "placed");
  });

  test("a browser that dies after the button is unknown, and nothing is pressed again", async () => {
    const scene = await bench.next();
    await scene.fault({ endpoint: "order.submit", kind: "accept_then_timeout" });
    const placing = scene.place();
    await someOrder(scene.orders);
    process.kill(scene.house.processOf(scene.access.storeId) ?? 0, "SIGKILL");
    assertNamed(await placing, "unknown");
    assert.equal((await scene.orders()).length, 1);
  });
}

/** Until the shop has taken one: asked again and again, but not for ever. */
async function someOrder(orders: () => Promise<readonly unknown[]>): Promise<void> {
  for (let tries = 0; tries < 2_000; tries += 1) {
    if ((await orders()).length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.fail("the shop took no order");
}
