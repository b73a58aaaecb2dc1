import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { openTestDb } from "../../../test/db.ts";
import { makeCart, makeStore, makeVariant } from "../../../test/makers.ts";
import { sessionsExpire } from "./checkout.sql.gen.ts";
import { cancelSession, readSession, startSession } from "./session-commands.ts";

const { pool } = await openTestDb();

async function stockOf(variantId: string): Promise<unknown> {
  const { rows } = await pool.query("select on_hand, reserved from inventory.stock where variant_id = $1", [variantId]);
  return rows[0];
}

test("a session freezes prices, groups by store and reserves tracked stock", async () => {
  const coat = await makeVariant(pool, { storeId: await makeStore(pool), priceMinor: 18_900, stock: 5 });
  const belt = await makeVariant(pool, { storeId: await makeStore(pool), priceMinor: 3_500 });
  const accountId = await makeCart(pool, [{ variant: coat }, { variant: belt, quantity: 2 }]);

  const started = await startSession(pool, { accountId });
  assert.equal(started.kind, "started");
  assert.ok(started.kind === "started");
  const { session } = started.state;
  assert.equal(session.totalMinor, 18_900 + 7_000);
  assert.deepEqual(
    session.snapshot.groups.map(({ storeId, subtotalMinor, itemCount }) => [storeId, subtotalMinor, itemCount]),
    [
      [coat.storeId, 18_900, 1],
      [belt.storeId, 7_000, 2],
    ],
  );
  assert.deepEqual(await stockOf(coat.variantId), { on_hand: 5, reserved: 1 });

  await pool.query("update catalog.variant set price_minor = 1 where variant_id = $1", [coat.variantId]);
  const read = await readSession(pool, { sessionId: session.sessionId, accountId });
  assert.equal(read?.session.totalMinor, 25_900, "M6: the price moved, the session did not");
});

test("starting a checkout shows the prices of now, and goods that the store has not are refused", async () => {
  const tea = await makeVariant(pool, { storeId: await makeStore(pool), priceMinor: 900 });
  const accountId = await makeCart(pool, [{ variant: tea }]);
  await pool.query("update catalog.variant set price_minor = 950 where variant_id = $1", [tea.variantId]);
  assert.equal((await startSession(pool, { accountId })).kind, "started");
  const { rows } = await pool.query("select seen_price_minor from cart.item where account_id = $1", [accountId]);
  assert.deepEqual(rows, [{ seen_price_minor: 950n }]);

  await pool.query("update catalog.variant set is_in_stock = false where variant_id = $1", [tea.variantId]);
  const other = await makeCart(pool, [{ variant: tea }]);
  assert.equal((await startSession(pool, { accountId: other })).kind, "product_unavailable");
});

test("twenty racing requests with one cart get one session (O1)", async () => {
  const tea = await makeVariant(pool, { storeId: await makeStore(pool), stock: 100 });
  const accountId = await makeCart(pool, [{ variant: tea, quantity: 3 }]);
  const all = await Promise.all(Array.from({ length: 20 }, () => startSession(pool, { accountId })));
  const ids = new Set(all.map((started) => ("state" in started ? started.state.session.sessionId : started.kind)));
  assert.equal(ids.size, 1);
  assert.equal(all.filter(({ kind }) => kind === "started").length, 1);
  assert.deepEqual(await stockOf(tea.variantId), { on_hand: 100, reserved: 3 });
});

test("a changed cart gets a new session, and the old one gives back what it held", async () => {
  const tea = await makeVariant(pool, { storeId: await makeStore(pool), stock: 10 });
  const accountId = await makeCart(pool, [{ variant: tea, quantity: 8 }]);
  const first = await startSession(pool, { accountId });
  await pool.query("update cart.item set quantity = 9 where account_id = $1", [accountId]);
  const second = await startSession(pool, { accountId });
  assert.ok(first.kind === "started" && second.kind === "started");
  assert.deepEqual(await stockOf(tea.variantId), { on_hand: 10, reserved: 9 });
  const read = await readSession(pool, { sessionId: first.state.session.sessionId, accountId });
  assert.equal(read?.session.status, "cancelled");
});

test("every refusal names what stands in the way and reserves nothing", async () => {
  const store = await makeStore(pool);
  const won = await makeStore(pool, { currency: "KRW" });
  const tea = await makeVariant(pool, { storeId: store, stock: 5 });
  const scarce = await makeVariant(pool, { storeId: store, stock: 1 });
  const gone = await makeVariant(pool, { storeId: store });
  await pool.query("update catalog.variant set is_active = false where variant_id = $1", [gone.variantId]);
  const file = await makeVariant(pool, { storeId: won, currency: "KRW", priceMinor: 12_000 });
  const seller = newId("acc");
  const own = await makeVariant(pool, { storeId: await makeStore(pool, { owner: seller }) });

  assert.deepEqual((await startSession(pool, { accountId: newId("acc") })).kind, "cart_empty");
  const cases = [
    ["mixed_currency", await makeCart(pool, [{ variant: tea }, { variant: file }])],
    ["product_unavailable", await makeCart(pool, [{ variant: tea }, { variant: gone }])],
    ["out_of_stock", await makeCart(pool, [{ variant: tea }, { variant: scarce, quantity: 2 }])],
    ["self_purchase", await makeCart(pool, [{ variant: own }], seller)],
  ] as const;
  for (const [kind, accountId] of cases) {
    const refused = await startSession(pool, { accountId });
    assert.equal(refused.kind, kind);
    assert.ok("items" in refused && Array.isArray(refused.items) && refused.items.length > 0, kind);
  }
  assert.deepEqual(await stockOf(tea.variantId), { on_hand: 5, reserved: 0 });
  assert.deepEqual(await stockOf(scarce.variantId), { on_hand: 1, reserved: 0 });
});

test("a hundred shoppers for the last ten: ten sessions, ninety clear refusals (S1)", async () => {
  const last = await makeVariant(pool, { storeId: await makeStore(pool), stock: 10 });
  const shoppers = await Promise.all(Array.from({ length: 100 }, () => makeCart(pool, [{ variant: last }])));
  const all = await Promise.all(shoppers.map((accountId) => startSession(pool, { accountId })));
  assert.equal(all.filter(({ kind }) => kind === "started").length, 10);
  assert.equal(all.filter(({ kind }) => kind === "out_of_stock").length, 90);
  assert.deepEqual(await stockOf(last.variantId), { on_hand: 10, reserved: 10 });
});

test("a session that is over gives its stock back by itself, once (S2)", async () => {
  const tea = await makeVariant(pool, { storeId: await makeStore(pool), stock: 4 });
  const accountId = await makeCart(pool, [{ variant: tea, quantity: 4 }]);
  const started = await startSession(pool, { accountId });
  assert.ok(started.kind === "started");
  const { sessionId } = started.state.session;
  await pool.query("update checkout.session set expires_at = now() - interval '1 s' where session_id = $1", [
    sessionId,
  ]);
  const rounds = await Promise.all([1, 2, 3].map(() => sessionsExpire(pool, { countMax: 10 })));
  assert.equal(
    rounds.reduce((sum, { expired }) => sum + expired, 0),
    1,
  );
  assert.deepEqual(await stockOf(tea.variantId), { on_hand: 4, reserved: 0 });
  const again = await startSession(pool, { accountId });
  assert.equal(again.kind, "started");
  assert.deepEqual(await cancelSession(pool, { sessionId, accountId }), { kind: "expired" });
});

test("nobody reads or cancels another's session (P3)", async () => {
  const tea = await makeVariant(pool, { storeId: await makeStore(pool) });
  const accountId = await makeCart(pool, [{ variant: tea }]);
  const started = await startSession(pool, { accountId });
  assert.ok(started.kind === "started");
  const { sessionId } = started.state.session;
  assert.equal(await readSession(pool, { sessionId, accountId: newId("acc") }), null);
  assert.deepEqual(await cancelSession(pool, { sessionId, accountId: newId("acc") }), { kind: "not_found" });
  assert.deepEqual(await cancelSession(pool, { sessionId, accountId }), { kind: "cancelled" });
});
