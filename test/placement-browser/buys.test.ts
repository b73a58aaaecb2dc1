/** The three web shops, each bought from by the worker's browser through the whole checkout (O1, O3, M2). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openScene } from "./scene.ts";
import { acceptedBy, endOf } from "./look.ts";

const scene = await openScene();
const { buy, until } = scene;

for (const storeId of ["lumen-home", "kite-co", "pinecrest"]) {
  test(`${storeId} is ordered from by browser, once, and tells its number`, async () => {
    const bought = await buy(storeId);
    const end = await until(`${storeId} has it`, async () => {
      const now = await endOf(scene, bought, storeId);
      return now.status !== "pending" && now;
    });
    assert.deepEqual([end.status, end.method, end.paymentStatus], ["placed", "headless", "paid"]);
    const accepted = await acceptedBy(scene, storeId, bought);
    assert.deepEqual(accepted, [end.storeOrderNumber]);
    assert.deepEqual(end.attempts, ["placed"]);
  });
}
