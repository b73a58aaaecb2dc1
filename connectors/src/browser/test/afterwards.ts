import assert from "node:assert/strict";
import { test } from "node:test";

import { cancelInBrowser, lookUpInBrowser, trackInBrowser } from "../visits.ts";
import { placed, type BrowserBench, type BrowserSubject } from "./bench.ts";

/** What can be asked of a shop once the button is behind one. */
export function testAfterwards(subject: BrowserSubject, bench: BrowserBench): void {
  test("look-up says absent for an order that the shop has never seen, and nothing for certain when it does not answer", async () => {
    const { house, ask, fault, clue } = await bench.next();
    const never = { ...clue, pressedFrom: new Date(0), pressedUntil: new Date(1_000) };
    assert.deepEqual(await lookUpInBrowser(house, { ...ask(), clue: never }), { kind: "absent" });
    for (const kind of ["error", "captcha"]) {
      await fault({ endpoint: subject.lookUpEndpoint, kind });
      assert.equal((await lookUpInBrowser(house, ask())).kind, "unavailable", kind);
    }
  });

  test("an order is cancelled, twice with the same answer; a shop that refuses leaves it as it is", async () => {
    const scene = await bench.next();
    const { house, fault, orders } = scene;
    const number = await placed(scene);
    await fault({ endpoint: "orders.cancel", kind: "cancel_refused" });
    assert.equal((await cancelInBrowser(house, scene.ask(number))).kind, "refused");
    await fault();
    assert.deepEqual(await cancelInBrowser(house, scene.ask(number)), { kind: "cancelled" });
    assert.deepEqual(await cancelInBrowser(house, scene.ask(number)), { kind: "cancelled" });
    assert.equal((await orders("order_cancelled")).length, 1);
    const tracked = await trackInBrowser(house, scene.ask(number));
    assert.equal(tracked.kind === "tracked" && tracked.status, "cancelled");
  });

  test("an order is tracked through its life, and cannot be cancelled once it has shipped", async () => {
    const scene = await bench.next();
    const number = await placed(scene);
    const seen: string[] = [];
    for (let step = 0; step < 4; step += 1) {
      const tracked = await trackInBrowser(scene.house, scene.ask(number));
      assert.equal(tracked.kind, "tracked", JSON.stringify(tracked));
      seen.push(tracked.status);
      const isOnItsWay = tracked.status === "shipped" || tracked.status === "delivered";
      assert.deepEqual([tracked.carrier !== null, tracked.trackingNumber !== null], [isOnItsWay, isOnItsWay]);
      await scene.advance(number);
    }
    assert.deepEqual(seen, ["placed", "confirmed", "shipped", "delivered"]);
    assert.equal((await cancelInBrowser(scene.house, scene.ask(number))).kind, "refused");
    assert.deepEqual(await trackInBrowser(scene.house, scene.ask()), { kind: "absent" });
  });
}
