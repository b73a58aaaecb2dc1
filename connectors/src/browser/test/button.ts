import assert from "node:assert/strict";
import { test } from "node:test";

import { lookUpInBrowser } from "../visits.ts";
import { nameOf, type BrowserBench, type BrowserSubject } from "./bench.ts";

/** O3: the moment of the button, from just before it to long after. */
export function testButton(subject: BrowserSubject, bench: BrowserBench): void {
  testLostAnswers(subject, bench);
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
      assert.equal(nameOf(outcome), "unknown", JSON.stringify(outcome));
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
      assert.equal(nameOf(await scene.place()), "unknown");
      assert.deepEqual(await scene.orders(), []);
    });
  }

  test("a price that moves at the button orders nothing, and the next try reads the new one", async () => {
    const scene = await bench.next();
    await scene.fault({ endpoint: "order.submit", kind: "price_drift", value: 1 });
    assert.equal(nameOf(await scene.place()), "unavailable store_error");
    assert.deepEqual(await scene.orders(), []);
  });

  test("a confirmation that takes its time is waited for", async () => {
    const scene = await bench.next();
    await scene.fault({ endpoint: "order.submit", kind: "slow_confirmation", value: 1_200 });
    assert.equal(nameOf(await scene.place()), "placed");
    assert.equal((await scene.orders()).length, 1);
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
    assert.deepEqual([nameOf(outcome), asked], ["unavailable fence_lost", 1]);
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
    assert.equal(nameOf(await before), "unavailable unreachable");
    assert.deepEqual(await scene.orders(), []);

    await scene.fault({ endpoint: "order.submit", kind: "accept_then_timeout" });
    const late = new AbortController();
    const after = scene.place({ signal: late.signal });
    await someOrder(scene.orders);
    late.abort();
    assert.equal(nameOf(await after), "unknown");
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
    assert.equal(nameOf(outcome), "unavailable browser_lost", JSON.stringify(outcome));
    assert.deepEqual(await scene.orders(), []);
    assert.equal(nameOf(await scene.place()), "placed");
  });

  test("a browser that dies after the button is unknown, and nothing is pressed again", async () => {
    const scene = await bench.next();
    await scene.fault({ endpoint: "order.submit", kind: "accept_then_timeout" });
    const placing = scene.place();
    await someOrder(scene.orders);
    process.kill(scene.house.processOf(scene.access.storeId) ?? 0, "SIGKILL");
    assert.equal(nameOf(await placing), "unknown");
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
