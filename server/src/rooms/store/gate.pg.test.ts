import assert from "node:assert/strict";
import { test } from "node:test";
import { must } from "#kernel/assert.ts";
import { openTestDb } from "../../../test/db.ts";
import { masterKeyFrom, newMasterKey } from "./credential.ts";
import { putStore } from "./index.ts";

const { pool } = await openTestDb({ connectionMax: 24, isPatient: true });
const master = must(masterKeyFrom(newMasterKey()), "a key");
let made = 0;

/** A store with an API tier, a browser tier and the desk. */
async function newStore(): Promise<string> {
  made += 1;
  const storeId = `store-${made}`;
  await putStore(pool, master, {
    storeId,
    name: storeId,
    description: "",
    kind: "retailer",
    currency: "USD",
    homepage: null,
    ownerAccountId: null,
    returnPolicy: "",
    priceMarginBp: 0,
    isActive: true,
    tiers: [
      { method: "api", connector: "ucp", baseUrl: "https://a.example/" },
      { method: "headless", connector: "shop", baseUrl: "https://b.example/" },
      { method: "manual", connector: null, baseUrl: null },
    ],
  });
  return storeId;
}

async function permit(storeId: string, limits: { readonly perHour?: number; readonly atOnce?: number } = {}) {
  await pool.query(
    `insert into store.permission (store_id, words, permitted_on, recorded_by, orders_at_once, orders_per_hour)
     values ($1, 'they said yes', '2026-01-01', 'acc_ops', $2, $3)`,
    [storeId, limits.atOnce ?? 4, limits.perHour ?? null],
  );
}

async function gate(storeId: string, position: number) {
  const { rows } = await pool.query("select g.gate, g.until from store.gate_1($1, $2) g", [storeId, position]);
  return rows[0] as { gate: string; until: Date | null };
}

async function tell(storeId: string, position: number, outcome: string, times = 1, tookMs = 40) {
  await pool.query("select store.tell_1($1, $2, $3, $4, $5) from generate_series(1, $6)", [
    storeId,
    position,
    outcome,
    outcome === "placed" ? null : "store_error",
    tookMs,
    times,
  ]);
  await pool.query("select store.fold_health_1()");
}

async function stateOf(storeId: string, position: number) {
  const { rows } = await pool.query(
    "select state, trips, until, reason from store.tier_gate where store_id = $1 and position = $2",
    [storeId, position],
  );
  return rows[0] as { state: string; trips: number; until: Date | null; reason: string | null } | undefined;
}

/** As if its rest were over. */
async function rest(storeId: string, position: number): Promise<void> {
  await pool.query(
    "update store.tier_gate set until = clock_timestamp() - interval '1 s' where store_id = $1 and position = $2",
    [storeId, position],
  );
}

test("an API tier is open, a browser tier waits for the store's permission", async () => {
  const storeId = await newStore();
  assert.equal((await gate(storeId, 1)).gate, "open");
  assert.equal((await gate(storeId, 2)).gate, "not_permitted");
  await permit(storeId);
  assert.equal((await gate(storeId, 2)).gate, "open");
  await pool.query("delete from store.permission where store_id = $1", [storeId]);
  assert.equal((await gate(storeId, 2)).gate, "not_permitted");
  assert.equal((await gate(storeId, 8)).gate, "not_permitted");
});

test("how many browsers may be at work follows the permission", async () => {
  const storeId = await newStore();
  await permit(storeId, { atOnce: 2 });
  const limit = async () => {
    const { rows } = await pool.query("select running_max from placement.store_limit where store_id = $1", [storeId]);
    return rows[0]?.running_max as number | undefined;
  };
  assert.equal(await limit(), 2);
  await pool.query("update store.permission set orders_at_once = 3 where store_id = $1", [storeId]);
  assert.equal(await limit(), 3);
});

test("twenty who claim at once never get more than the hour's orders", async () => {
  const storeId = await newStore();
  await permit(storeId, { perHour: 7 });
  let open = 0;
  const waits: number[] = [];
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      for (let i = 0; i < 6; i += 1) {
        const { gate: said, until } = await gate(storeId, 2);
        if (said === "open") open += 1;
        else {
          assert.equal(said, "rate_limited");
          waits.push(must(until, "a moment").getTime() - Date.now());
        }
      }
    }),
  );
  assert.equal(open, 7);
  assert.ok(Math.max(...waits) > 59 * 60_000);
  // One of the seven is an hour old: one more may go, and no second.
  await pool.query(
    "update store.pass set at = at - interval '61 minutes' where ctid in (select ctid from store.pass where store_id = $1 limit 1)",
    [storeId],
  );
  const again = await Promise.all(Array.from({ length: 8 }, async () => await gate(storeId, 2)));
  assert.ok(again.filter((each) => each.gate === "open").length <= 1);
  const { rows } = await pool.query("select count(*)::int as n from store.pass where store_id = $1", [storeId]);
  assert.equal(rows[0].n, 6 + again.filter((each) => each.gate === "open").length);
});

test("an order whose claim is undone has not been counted", async () => {
  const storeId = await newStore();
  await permit(storeId, { perHour: 1 });
  const client = await pool.connect();
  await client.query("begin");
  const { rows } = await client.query("select g.gate from store.gate_1($1, 2) g", [storeId]);
  assert.equal(rows[0].gate, "open");
  // Whoever asks meanwhile does not wait: it is told to come again.
  assert.equal((await gate(storeId, 2)).gate, "rate_limited");
  await client.query("rollback");
  client.release();
  assert.equal((await gate(storeId, 2)).gate, "open");
  assert.equal((await gate(storeId, 2)).gate, "rate_limited");
});

test("refusals make no tier sick, failures do, and its rest doubles", async () => {
  const storeId = await newStore();
  await tell(storeId, 1, "refused", 200);
  assert.equal(await stateOf(storeId, 1), undefined);
  await tell(storeId, 1, "unavailable", 19);
  await tell(storeId, 1, "placed", 1);
  assert.equal(await stateOf(storeId, 1), undefined, "too small a share");
  const other = await newStore();
  await tell(other, 1, "unavailable", 19);
  assert.equal((await gate(other, 1)).gate, "open", "too few");
  await tell(other, 1, "unavailable", 1);
  const sick = must(await stateOf(other, 1), "a row");
  assert.deepEqual([sick.state, sick.trips, sick.reason], ["sick", 1, "store_error"]);
  const told = await gate(other, 1);
  assert.equal(told.gate, "sick");
  assert.ok(Math.abs(must(told.until, "till when").getTime() - Date.now() - 60_000) < 5_000);
  // What was under way goes on being told and changes nothing.
  await tell(other, 1, "unavailable", 5);
  assert.equal(must(await stateOf(other, 1), "a row").trips, 1);

  await rest(other, 1);
  assert.equal((await gate(other, 1)).gate, "open");
  await tell(other, 1, "unavailable", 1, 0);
  const again = must(await stateOf(other, 1), "a row");
  assert.deepEqual([again.state, again.trips], ["sick", 2]);
  assert.ok(Math.abs(must(again.until, "till when").getTime() - Date.now() - 120_000) < 5_000);
});

test("an outcome that nobody knows is not tried again, and counts for the tries it stands for", async () => {
  const storeId = await newStore();
  await permit(storeId);
  await tell(storeId, 1, "unknown", 4);
  assert.equal(await stateOf(storeId, 1), undefined);
  await tell(storeId, 1, "unknown", 1);
  assert.equal(must(await stateOf(storeId, 1), "a row").state, "sick");
  await tell(storeId, 2, "unknown", 2);
  assert.equal(await stateOf(storeId, 2), undefined);
  await tell(storeId, 2, "unavailable", 1);
  assert.equal(must(await stateOf(storeId, 2), "a row").state, "sick");
});

test("of those that race for a recovering tier, a few get through, and it is well when they have", async () => {
  const storeId = await newStore();
  await tell(storeId, 1, "unavailable", 20);
  await rest(storeId, 1);
  const asked = await Promise.all(
    Array.from({ length: 20 }, async () => [await gate(storeId, 1), await gate(storeId, 1)]),
  );
  const open = () => asked.flat().filter((each) => each.gate === "open").length;
  assert.ok(open() >= 1 && open() <= 3, String(open()));
  const more = await Promise.all(Array.from({ length: 5 }, async () => await gate(storeId, 1)));
  const all = open() + more.filter((each) => each.gate === "open").length;
  assert.ok(all <= 3);
  await tell(storeId, 1, "placed", 1, 60_000);
  assert.equal(must(await stateOf(storeId, 1), "a row").state, "half_open", "that one was begun before");
  await tell(storeId, 1, "placed", 2, 0);
  assert.equal(must(await stateOf(storeId, 1), "a row").state, "half_open");
  await tell(storeId, 1, "refused", 1, 0);
  assert.equal(must(await stateOf(storeId, 1), "a row").state, "closed");
  assert.equal((await gate(storeId, 1)).gate, "open");
  const { rows } = await pool.query("select kind from store.health_event where store_id = $1 order by event_id", [
    storeId,
  ]);
  assert.deepEqual(
    rows.map(({ kind }) => kind as string),
    ["sick", "recovered"],
  );
});

test("outcomes told by many at once are all counted, once", async () => {
  const storeId = await newStore();
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      for (let i = 0; i < 25; i += 1) {
        await pool.query("select store.tell_1($1, 1, 'placed', null, 120)", [storeId]);
        if (i % 5 === 0) await pool.query("select store.fold_health_1()");
      }
    }),
  );
  await pool.query("select store.fold_health_1()");
  const { rows } = await pool.query("select sum(count)::int as n from store.health_minute where store_id = $1", [
    storeId,
  ]);
  assert.equal(rows[0].n, 500);
});

test("a store with no tier that a machine may try is one that people order from", async () => {
  const storeId = await newStore();
  const byHand = async () =>
    (await pool.query("select hours_max from store.by_hand where store_id = $1", [storeId])).rows.length === 1;
  assert.equal(await byHand(), false);
  await tell(storeId, 1, "unavailable", 20);
  assert.equal(await byHand(), true, "the browser is not permitted");
  await permit(storeId);
  assert.equal(await byHand(), false);
  // Closed for longer than an order waits; and for less.
  const opensIn = async (minutes: number) =>
    await pool.query(
      `update store.permission set time_zone = 'UTC', opens_at = (now() at time zone 'UTC' + $2 * interval '1 minute')::time,
         closes_at = (now() at time zone 'UTC' + ($2 + 10) * interval '1 minute')::time where store_id = $1`,
      [storeId, minutes],
    );
  await opensIn(45);
  assert.equal(await byHand(), true);
  await opensIn(20);
  assert.equal(await byHand(), false);
});

test("another connector at a tier begins with a clean sheet", async () => {
  const storeId = await newStore();
  await tell(storeId, 1, "unavailable", 20);
  await pool.query("update store.tier set base_url = 'https://c.example/' where store_id = $1 and position = 1", [
    storeId,
  ]);
  assert.equal(await stateOf(storeId, 1), undefined);
  assert.equal((await gate(storeId, 1)).gate, "open");
});

const hours: readonly (readonly [string, string, string | null, string | null, string, string])[] = [
  // At, zone, opens, closes, days, opens next ("open": it is).
  ["2026-06-15T12:00Z", "UTC", "08:00", "20:00", "{1,2,3,4,5,6,7}", "open"],
  ["2026-06-15T20:00Z", "UTC", "08:00", "20:00", "{1,2,3,4,5,6,7}", "2026-06-16T08:00:00.000Z"],
  ["2026-06-15T12:00Z", "America/New_York", "09:00", "17:00", "{1,2,3,4,5}", "2026-06-15T13:00:00.000Z"],
  // Friday after hours: Monday.
  ["2026-06-19T22:00Z", "America/New_York", "09:00", "17:00", "{1,2,3,4,5}", "2026-06-22T13:00:00.000Z"],
  // Over midnight, into a day on which it does not open.
  ["2026-06-20T03:00Z", "UTC", "22:00", "06:00", "{5}", "open"],
  ["2026-06-20T06:00Z", "UTC", "22:00", "06:00", "{5}", "2026-06-26T22:00:00.000Z"],
  ["2026-06-15T12:00Z", "UTC", null, null, "{1}", "open"],
  ["2026-06-16T12:00Z", "Asia/Seoul", null, null, "{1}", "2026-06-21T15:00:00.000Z"],
  // The hour that the clocks leap over.
  ["2026-03-08T06:00Z", "America/New_York", "02:30", "05:00", "{7}", "2026-03-08T07:30:00.000Z"],
];

for (const [at, zone, opens, closes, days, expected] of hours) {
  test(`at ${at}, a store of ${zone} that opens ${opens ?? "always"} on ${days}`, async () => {
    const { rows } = await pool.query("select store.opens_next_1($1, $2, $3, $4, $5) as next", [
      zone,
      opens,
      closes,
      days,
      at,
    ]);
    const next = rows[0].next as Date | null;
    assert.equal(next === null ? "open" : next.toISOString(), expected);
  });
}

test("a time zone that does not exist is not recorded", async () => {
  const storeId = await newStore();
  await assert.rejects(
    pool.query(
      `insert into store.permission (store_id, words, permitted_on, recorded_by, time_zone)
       values ($1, 'yes', '2026-01-01', 'acc_ops', 'Mars/Olympus')`,
      [storeId],
    ),
  );
});
