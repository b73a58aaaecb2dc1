import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { kiteCo } from "../kite-co/recipe.ts";
import { openBrowserHouse, type BrowserHouse, type VisitSpec } from "./house.ts";
import { Stop } from "./stop.ts";

const folder = mkdtempSync(join(tmpdir(), "muse-house-"));
const shop = createServer((_request, response) => {
  response.setHeader("set-cookie", "signed-in=yes; Max-Age=99999");
  response.end("<!doctype html><title>Shop</title><h1>Shop</h1>");
});
let house: BrowserHouse;
let baseUrl = "";
before(async () => {
  chmodSync(folder, 0o711);
  await new Promise<void>((resolve) => shop.listen(0, "127.0.0.1", resolve));
  const address = shop.address();
  baseUrl = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  house = await openBrowserHouse({
    profilesFolder: join(folder, "profiles"),
    browsersMax: 1,
    chromiumPath: process.env["CHROMIUM_PATH"],
    pace: { keyMs: 0, pauseMs: 0 },
  });
});
after(async () => {
  await house.close();
  shop.close();
  rmSync(folder, { recursive: true, force: true });
});

const spec = (storeId: string, signal = AbortSignal.timeout(60_000)): VisitSpec => ({
  connector: kiteCo,
  access: { storeId, baseUrl, credentials: {} },
  kind: "look up",
  signal,
  evidenceFolder: null,
  words: [],
});

test("one browser at a time where there is room for one: others wait, until their signal says otherwise", async () => {
  let isOpen = true;
  const first = house.visit(spec("a"), async (walk) => {
    await walk.open(baseUrl);
    assert.equal(house.free(), 0);
    const late = house.visit(spec("b", AbortSignal.timeout(50)), async () => undefined);
    await assert.rejects(late, (stop) => stop instanceof Stop && stop.message.startsWith("overloaded"));
    isOpen = false;
  });
  const second = house.visit(spec("b"), async (walk) => {
    assert.equal(isOpen, false, "it waited");
    assert.equal(house.processOf("a"), undefined, "the idle browser gave way");
    assert.equal(await walk.open(baseUrl), 200);
    assert.equal(await walk.textOf(walk.page.getByRole("heading")), "Shop");
  });
  await first;
  await second;
  assert.equal(house.free(), 1);
});

test("a profile stays the same from visit to visit, and holds no sign-in when its browser has ended", async () => {
  const cookies = async (): Promise<number> => (await house.contextOf("c")?.cookies())?.length ?? 0;
  await house.visit(spec("c"), async (walk) => {
    await walk.open(baseUrl);
    await walk.page.evaluate("localStorage.setItem('seen', 'yes')");
  });
  const pid = house.processOf("c");
  await house.visit(spec("c"), async () => undefined);
  assert.equal(house.processOf("c"), pid, "the browser is kept");
  assert.equal(await cookies(), 1);
  await house.visit(spec("d"), async () => undefined);
  await house.visit(spec("c"), async (walk) => {
    assert.equal(await cookies(), 0);
    await walk.open(baseUrl);
    assert.equal(await walk.page.evaluate("localStorage.getItem('seen')"), "yes");
  });
});

test("the browser does not run as root, and in its own sandbox wherever there is one", async () => {
  await house.visit(spec("e"), async () => {
    const status = `/proc/${house.processOf("e")}/status`;
    if (!existsSync(status)) return;
    const [, uid] = /^Uid:\s+(\d+)/m.exec(readFileSync(status, "utf8")) ?? [];
    const arguments_ = readFileSync(`/proc/${house.processOf("e")}/cmdline`, "utf8");
    if (house.isSandboxed) assert.ok(uid !== "0" && !arguments_.includes("--no-sandbox"));
  });
});

test("only a shop that was asked for can order: a visit without the caller's leave presses nothing", async () => {
  await house.visit(spec("f"), async (walk) => assert.equal(await walk.ground.beforeSubmit(), false));
});
