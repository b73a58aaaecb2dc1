import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDb } from "../../../test/db.ts";
import { code, openDeskCaller } from "./test/desk-caller.ts";

const { pool } = await openTestDb();
const { call, get, trail } = openDeskCaller(pool);

const browser = { method: "headless", connector: "lumen-home", baseUrl: "https://shop.example/" };
const api = { method: "api", connector: "ucp", baseUrl: "https://api.example/" };
const permission = {
  words: "Ms Park, partner desk, by telephone",
  permittedOn: "2026-10-01",
  ordersAtOnce: 2,
  ordersPerHour: 30,
  hours: { timeZone: "America/New_York", opensAt: "08:00", closesAt: "22:00", days: [1, 2, 3, 4, 5] },
};

async function putStore(storeId: string, payload: object) {
  return await call("PUT", `/stores/${storeId}`, {
    payload: { name: storeId, kind: "retailer", currency: "USD", ...payload },
  });
}

async function tell(storeId: string, position: number, outcome: string, times: number, tookMs: number): Promise<void> {
  await pool.query("select store.tell_1($1, $2, $3, $4, $5) from generate_series(1, $6)", [
    storeId,
    position,
    outcome,
    outcome === "placed" ? null : "unreachable",
    tookMs,
    times,
  ]);
  await pool.query("select store.fold_health_1()");
}

test("a browser is switched on with the store's permission alone, which the trail remembers", async () => {
  const bare = await putStore("alder", { tiers: [browser, { method: "manual" }] });
  assert.deepEqual(code(bare), [409, "store_not_permitted"]);
  const off = await putStore("alder", { tiers: [{ ...browser, enabled: false }, { method: "manual" }] });
  assert.equal(off.status, 201, JSON.stringify(off.body));
  assert.deepEqual(code(await call("PUT", "/stores/alder/tiers/1", { payload: { enabled: true } })), [
    409,
    "store_not_permitted",
  ]);
  assert.equal((await get("/stores/alder")).tiers[0].gate.state, "not_permitted");

  const permitted = await call("PUT", "/stores/alder", { payload: { permission }, by: "acc_ada" });
  assert.equal(permitted.status, 200, JSON.stringify(permitted.body));
  const { recordedAt, ...recorded } = permitted.body.data.permission;
  assert.deepEqual(recorded, { ...permission, link: null, recordedBy: "acc_ada" });
  assert.ok(Date.now() - Date.parse(recordedAt) < 60_000);
  assert.equal((await call("PUT", "/stores/alder/tiers/1", { payload: { enabled: true } })).status, 200);

  // Taken back: no browser goes there, whatever the switch says.
  const back = await call("PUT", "/stores/alder", { payload: { permission: null } });
  assert.equal(back.status, 200, JSON.stringify(back.body));
  assert.deepEqual(
    [back.body.data.permission, back.body.data.tiers[0].enabled, back.body.data.tiers[0].gate.state],
    [null, true, "not_permitted"],
  );
  assert.deepEqual(await trail("alder"), ["store.change", "store.tier_enable", "store.change", "store.create"]);
  const { entries } = await get("/audit?subject=alder&action=store.change");
  assert.deepEqual(entries[1].detail.permission.words, permission.words);
});

test("hours are a pair of times and a zone that exists", async () => {
  await putStore("birch", { tiers: [{ method: "manual" }] });
  const wrong = async (hours: object) =>
    (await call("PUT", "/stores/birch", { payload: { permission: { ...permission, hours } } })).body.error?.field;
  assert.equal(await wrong({ ...permission.hours, timeZone: "Mars/Olympus" }), "permission.hours.timeZone");
  assert.equal(await wrong({ ...permission.hours, timeZone: "+09:00" }), "permission.hours.timeZone");
  assert.equal(await wrong({ ...permission.hours, closesAt: null }), "permission.hours.closesAt");
  assert.equal(await wrong({ ...permission.hours, opensAt: "8:00" }), "permission.hours.opensAt");
  assert.equal(await wrong({ ...permission.hours, days: [8] }), "permission.hours.days[0]");
});

test("kept credentials of the browser go to no other shop", async () => {
  const made = await putStore("cedar", {
    permission,
    tiers: [browser],
    credentials: { headless: { user: "muse", password: "a-secret" } },
  });
  assert.deepEqual(made.body.data.credentials, { api: false, headless: true, webhookSecret: false });
  const moved = await call("PUT", "/stores/cedar", {
    payload: { tiers: [{ ...browser, baseUrl: "https://elsewhere.example/" }] },
  });
  assert.deepEqual([moved.status, moved.body.error.field], [400, "tiers[0].baseUrl"]);
});

test("what a tier did is told by window: counts, rate, times and reasons", async () => {
  await putStore("dogwood", { tiers: [api, { method: "manual" }] });
  await tell("dogwood", 1, "placed", 90, 100);
  await tell("dogwood", 1, "placed", 4, 2_000);
  await tell("dogwood", 1, "refused", 3, 150);
  await tell("dogwood", 1, "unavailable", 3, 8_000);
  await pool.query(
    "update store.health_minute set minute = minute - interval '1 hour' where store_id = 'dogwood' and outcome = 'refused'",
  );
  const [tier] = (await get("/stores/dogwood")).tiers;
  const { last15Minutes, last24Hours } = tier.health;
  assert.deepEqual(
    [last15Minutes.total, last15Minutes.placed, last15Minutes.unavailable, last15Minutes.successRate],
    [97, 94, 3, 0.9691],
  );
  assert.deepEqual([last24Hours.total, last24Hours.refused, last24Hours.successRate], [100, 3, 0.97]);
  assert.deepEqual(last24Hours.reasons, [{ reason: "unreachable", count: 6 }]);
  assert.ok(Math.abs(last24Hours.p50Ms - 100) <= 5, String(last24Hours.p50Ms));
  assert.ok(Math.abs(last24Hours.p95Ms - 2_000) <= 100, String(last24Hours.p95Ms));
  assert.deepEqual(tier.gate, { state: "open", until: null, reason: null, trips: 0 });
});

test("a sick tier is seen by operators and shoppers, and an operator sends it back to work", async () => {
  await putStore("elm", { tiers: [api, { method: "manual" }], byHandHoursMax: 6 });
  assert.deepEqual((await get("/stores/elm")).placement, { method: "automatic", hoursMax: null });
  await tell("elm", 1, "unavailable", 20, 50);
  const sick = await get("/stores/elm");
  assert.deepEqual(
    [sick.tiers[0].gate.state, sick.tiers[0].gate.reason, sick.tiers[0].gate.trips],
    ["sick", "unreachable", 1],
  );
  assert.ok(Date.parse(sick.tiers[0].gate.until) > Date.now());
  assert.deepEqual(sick.placement, { method: "by_hand", hoursMax: 6 });
  const { alerts } = await get("/store-alerts?store=elm");
  assert.deepEqual(
    alerts.map(({ kind, reason, bad, total, method }: Record<string, unknown>) => [kind, reason, bad, total, method]),
    [["sick", "unreachable", 20, 20, "api"]],
  );
  const resumed = await call("POST", "/stores/elm/resume", { payload: {} });
  assert.deepEqual([resumed.status, resumed.body.data.tiers[0].gate.state], [200, "open"]);
  assert.deepEqual(await trail("elm"), ["store.resume", "store.create"]);
});

test("a store is paused for a while or until it is resumed; its orders go by hand meanwhile", async () => {
  await putStore("fir", { tiers: [api, { method: "manual" }] });
  const paused = await call("POST", "/stores/fir/pause", { payload: { reason: "their sale begins", minutes: 30 } });
  assert.equal(paused.status, 200, JSON.stringify(paused.body));
  const [tier, desk] = paused.body.data.tiers;
  assert.deepEqual([tier.gate.state, tier.gate.reason, desk.gate.state], ["paused", "their sale begins", "open"]);
  assert.ok(Math.abs(Date.parse(tier.gate.until) - Date.now() - 30 * 60_000) < 60_000);
  const gate = async () => (await pool.query("select g.gate from store.gate_1('fir', 1) g")).rows[0].gate as string;
  assert.equal(await gate(), "sick");
  await call("POST", "/stores/fir/resume", { payload: { position: 1 } });
  assert.equal(await gate(), "open");
  await call("POST", "/stores/fir/pause", { payload: { reason: "for good", position: 1 } });
  assert.equal((await get("/stores/fir")).tiers[0].gate.until, null);
  assert.equal(await gate(), "sick");
  assert.deepEqual(code(await call("POST", "/stores/fir/pause", { payload: { reason: "x", position: 7 } })), [
    404,
    "store_tier_not_found",
  ]);
  assert.deepEqual(await trail("fir"), ["store.pause", "store.resume", "store.pause", "store.create"]);
  const kinds = (await get("/store-alerts?store=fir")).alerts.map(({ kind }: { kind: string }) => kind);
  assert.deepEqual(kinds, ["paused", "resumed", "paused"]);
});

test("a tier is switched off and on, once each in the trail", async () => {
  await putStore("gum", { tiers: [api, { method: "manual" }] });
  for (const enabled of [false, false, true]) {
    const { status, body } = await call("PUT", "/stores/gum/tiers/1", { payload: { enabled } });
    assert.deepEqual([status, body.data.tiers[0].enabled], [200, enabled]);
  }
  assert.deepEqual(await trail("gum"), ["store.tier_enable", "store.tier_disable", "store.create"]);
  assert.deepEqual(code(await call("PUT", "/stores/gum/tiers/5", { payload: { enabled: true } })), [
    404,
    "store_tier_not_found",
  ]);
  assert.deepEqual(code(await call("PUT", "/stores/nowhere/tiers/1", { payload: { enabled: true } })), [
    404,
    "store_not_found",
  ]);
});

test("alerts are walked by their cursor", async () => {
  await putStore("hazel", { tiers: [api] });
  for (let round = 0; round < 5; round += 1) {
    await call("POST", "/stores/hazel/pause", { payload: { reason: `round ${round}` } });
  }
  const first = await get("/store-alerts?store=hazel&limit=3");
  const second = await get(`/store-alerts?store=hazel&limit=3&cursor=${first.nextCursor}`);
  assert.deepEqual(
    [...first.alerts, ...second.alerts].map(({ reason }: { reason: string }) => reason),
    ["round 4", "round 3", "round 2", "round 1", "round 0"],
  );
  assert.equal(second.nextCursor, null);
});

test("stores are read a page at a time, retailers first, each as it is read alone", async () => {
  await pool.query(
    `insert into store.store (store_id, name, kind, currency, owner_account_id)
     select 'sto_' || n, 'A maker ' || lpad(n::text, 3, '0'), 'seller', 'USD', 'acc_' || n from generate_series(1, 120) n`,
  );
  const shippingOptions = [
    { optionId: "standard", name: "Standard", kind: "flat", amountCents: 599, daysMin: 2, daysMax: 4 },
  ];
  await putStore("ivy", { tiers: [api, { method: "manual" }], shippingOptions });
  await putStore("juniper", { tiers: [api, { method: "manual" }], shippingOptions });
  await tell("ivy", 1, "placed", 3, 100);
  await call("POST", "/stores/juniper/pause", { payload: { reason: "their sale begins" } });
  type Listed = { readonly storeId: string; readonly kind: string };
  const { rows } = await pool.query("select count(*)::int as stores from store.store");

  const first = await get("/stores");
  assert.deepEqual([first.stores.length, first.total], [20, rows[0].stores], "twenty, where nobody says how many");
  const retailers = first.stores.filter(({ kind }: Listed) => kind === "retailer");
  assert.deepEqual(first.stores.slice(0, retailers.length), retailers, "before anybody who sells files");
  assert.equal(retailers.length, (await get("/stores?kind=retailer")).total, "all of them");
  for (const storeId of ["ivy", "juniper"]) {
    const listed = retailers.find((store: Listed) => store.storeId === storeId);
    assert.deepEqual(listed, await get(`/stores/${storeId}`));
  }

  const seen: string[] = [];
  for (let offset = 0; offset < first.total; offset += 50) {
    const { stores } = await get(`/stores?limit=50&offset=${offset}`);
    seen.push(...stores.map(({ storeId }: Listed) => storeId));
  }
  assert.deepEqual([seen.length, new Set(seen).size], [first.total, first.total], "each on one page");
  const found = await get("/stores?query=MAKER%20077");
  assert.deepEqual([found.stores.map(({ storeId }: Listed) => storeId), found.total], [["sto_77"], 1]);
  assert.deepEqual((await get("/stores?kind=seller&query=ivy")).total, 0);
});
