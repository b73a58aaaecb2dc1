/** A real Chromium that stands still (SIGSTOP), as one that waits for a dead disk does: it never says so. */
import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { kiteCo } from "../kite-co/recipe.ts";
import { openBrowserHouse, type BrowserHouse, type VisitSpec } from "./house.ts";
import { Stop } from "./stop.ts";

const leaveMs = 1_500;
/** Killed after `leaveMs`, and then put away. */
const endedMsMax = 60_000;

const folder = mkdtempSync(join(tmpdir(), "muse-hanging-"));
const shop = createServer((_request, response) => void response.end("<!doctype html><title>Shop</title>"));
let house: BrowserHouse;
let baseUrl = "";
before(async () => {
  chmodSync(folder, 0o711);
  await new Promise<void>((resolve) => shop.listen(0, "127.0.0.1", resolve));
  baseUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
  house = await openBrowserHouse({
    profilesFolder: join(folder, "profiles"),
    browsersMax: 1,
    chromiumPath: process.env["CHROMIUM_PATH"],
    pace: { keyMs: 0, pauseMs: 0 },
    leaveMs,
  });
});
after(async () => {
  await house.close();
  shop.close();
  rmSync(folder, { recursive: true, force: true });
});

const spec = (signal = AbortSignal.timeout(120_000)): VisitSpec => ({
  connector: kiteCo,
  access: { storeId: "a", baseUrl, credentials: {} },
  kind: "look up",
  signal,
  evidenceFolder: null,
  words: [],
});

/** The browser of the house, which this process has started, stands still from now on. */
function stopBrowser(): number {
  const pid = house.processOf("a");
  assert.ok(pid !== undefined && pid > 1);
  process.kill(-pid, "SIGSTOP");
  return pid;
}

/** A visit that goes well, and answers which browser it had. */
async function visitWell(): Promise<number | undefined> {
  return await house.visit(spec(), async (walk) => {
    assert.equal(await walk.open(baseUrl), 200);
    return house.processOf("a");
  });
}

async function within<T>(work: Promise<T>): Promise<T> {
  const startedMs = performance.now();
  try {
    return await work;
  } finally {
    const ms = Math.round(performance.now() - startedMs);
    assert.ok(ms < endedMsMax, `it took ${ms} ms`);
  }
}

/** The kernel takes a moment to end what was killed; what it does not end, the test's own time does. */
async function gone(pid: number): Promise<void> {
  while (isThere(pid)) await sleep(20);
}

/** Whether it runs, or stands still; one that is dead and not yet fetched does neither. */
function isThere(pid: number): boolean {
  try {
    const [, state] = /^State:\s+(\w)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return state !== "Z" && state !== "X";
  } catch {
    return false;
  }
}

test("a browser that hangs in the middle of a visit is killed after the visit's time, and its place is free", async () => {
  // So that the time is the visit's own, and not the browser's start.
  await visitWell();
  let pid = 0;
  const visit = house.visit(spec(AbortSignal.timeout(5_000)), async (walk) => {
    await walk.open(baseUrl);
    pid = stopBrowser();
    await walk.page.evaluate("1");
  });
  await within(assert.rejects(visit));
  assert.ok(pid > 1, "it was stopped");
  await gone(pid);
  assert.equal(house.free(), 1);
  assert.notEqual(await visitWell(), pid, "the next visit has a browser of its own");
});

test("one that hangs before the visit has a page: nothing was ordered, and the store is not kept waiting", async () => {
  await visitWell();
  const pid = stopBrowser();
  const visit = house.visit(spec(AbortSignal.timeout(500)), async () => assert.fail("there is no page to work in"));
  const said = assert.rejects(visit, (stop) => stop instanceof Stop && stop.ending.kind === "unavailable");
  await within(said);
  await gone(pid);
  assert.equal(house.free(), 1);
  assert.notEqual(await visitWell(), pid);
});

test("one that hangs when the shop has said what there was to say: that stands, long before the visit's time is over", async () => {
  let pid = 0;
  const visit = house.visit(spec(), async (walk) => {
    await walk.open(baseUrl);
    pid = stopBrowser();
    return "placed";
  });
  assert.equal(await within(visit), "placed");
  await gone(pid);
  assert.equal(house.free(), 1);
  assert.notEqual(await visitWell(), pid);
});
