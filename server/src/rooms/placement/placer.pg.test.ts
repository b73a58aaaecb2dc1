import assert from "node:assert/strict";
import { test } from "node:test";
import { connectors } from "@muse/connectors/registry";
import { nodeHttp } from "@muse/connectors/http";
import type { Connector } from "@muse/connectors/port";
import { must } from "#kernel/assert.ts";
import { systemClock } from "#kernel/clock.ts";
import { openBell } from "#platform/db/bell.ts";
import { openListener } from "#platform/db/listen.ts";
import { openLog } from "#platform/log/log.ts";
import { openTestDb } from "../../../test/db.ts";
import { paidOrder, paidOrders, type PaidOrder } from "../../../test/paid-orders.ts";
import { openSandboxStores } from "../../../test/sandbox-stores.ts";
import { openTestSandbox } from "../../../test/sandbox.ts";
import { masterKeyFrom, newMasterKey } from "../store/credential.ts";
import { cancelAtStore } from "./cancel-at-store.ts";
import { cancelOrder } from "./cancel-order.ts";
import { placementJobs, placementSweeps } from "./jobs.ts";
import { lookUpOrders } from "./look-up-orders.ts";
import { createPlacer, type PlacerDeps } from "./placer.ts";

const { pool, url } = await openTestDb();
const sandbox = await openTestSandbox();
await fetch(`${sandbox.url}/retailers/settings`, {
  method: "PUT",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ autoAdvance: false, stepMs: 20_000 }),
});
const listener = await openListener({
  connectionString: url,
  applicationName: "test ears",
  onReconnect: () => undefined,
});
test.after(() => listener.close());
const masterKey = must(masterKeyFrom(newMasterKey()), "a new key is a key");
const lines: string[] = [];
const log = openLog({ level: "debug", program: "test", destination: { write: (line) => void lines.push(line) } });

const base: PlacerDeps = {
  db: pool,
  bell: openBell(pool, log),
  connectors,
  http: nodeHttp,
  masterKey,
  clock: systemClock,
  log,
  listener,
  workerId: "test:1",
  concurrencyMax: 8,
  methods: ["api"],
  browsing: null,
  contactEmailFallback: "orders@muse.test",
};

const shelf = await openSandboxStores(pool, sandbox, masterKey);

/** Goods of these stores, each an order of one checkout; the shopper paid enough for any delivery. */
async function buy(...slugs: string[]): Promise<PaidOrder[]> {
  const wishes = slugs.map((slug) => {
    const { sku, priceCents } = must(shelf.get(slug), slug);
    return { storeId: slug, shippingMinor: 2_500, lines: [{ sku, priceMinor: priceCents, quantity: 1 }] };
  });
  return await paidOrders(pool, wishes);
}

const buyOne = async (slug: string): Promise<PaidOrder> => must((await buy(slug))[0], slug);

async function stateOf({ orderNumber }: PaidOrder) {
  const { rows } = await pool.query(
    `select o.status as "order", o.store_order_number as number, o.reason, p.status as placement, p.fence, p.tries, t.why
     from orders.store_order o join placement.placement p using (order_number)
     left join placement.manual_task t on t.order_number = o.order_number and t.closed_at is null where o.order_number = $1`,
    [orderNumber],
  );
  return rows[0];
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + 12_000;
  while (!(await isSo())) {
    assert.ok(performance.now() < deadlineMs, what);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Runs placers until every order is somewhere, and then stops them in order. */
async function placeAll(orders: readonly PaidOrder[], deps: PlacerDeps = base, workers = 1): Promise<void> {
  const stopping = new AbortController();
  const runs = Array.from({ length: workers }, (_, index) =>
    createPlacer({ ...deps, workerId: `test:${index}` }).run(stopping.signal),
  );
  try {
    await until("every order is somewhere", async () => {
      const states = await Promise.all(orders.map(stateOf));
      return states.every(({ placement }) => placement !== "waiting" && placement !== "running");
    });
  } finally {
    stopping.abort();
    await Promise.all(runs);
  }
}

async function acceptedBy(slug: string, order: PaidOrder): Promise<string[]> {
  const records = await sandbox.records("order");
  return records
    .filter((record) => record.part === slug && record.data["clientKey"] === order.orderNumber)
    .map(({ key }) => key);
}

const age = (order: PaidOrder): Promise<unknown> =>
  pool.query(
    "update placement.attempt set started_at = started_at - interval '1 minute', lookup_at = now() where order_number = $1 and status = 'unknown'",
    [order.orderNumber],
  );

test("three stores are ordered from at once, each exactly once, by five workers", async () => {
  const orders = (
    await Promise.all(Array.from({ length: 4 }, () => buy("harbor-main", "harbor-outlet", "fernwood")))
  ).flat();
  await placeAll(orders, base, 5);
  for (const order of orders) {
    const state = await stateOf(order);
    assert.deepEqual([state.order, state.placement, state.fence], ["placed", "placed", 1]);
    assert.equal((await acceptedBy(order.storeId, order)).length, 1);
  }
  const { rows } = await pool.query("select status from checkout.session where session_id = $1", [
    orders[0]?.sessionId,
  ]);
  assert.deepEqual(rows, [{ status: "completed" }]);
});

test("an order that is rung for is placed at once, not at the next poll", async () => {
  const stopping = new AbortController();
  const running = createPlacer(base).run(stopping.signal);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const order = await buyOne("fernwood");
  const startedMs = performance.now();
  base.bell.ring("muse_placement", "");
  await until("placed", async () => (await stateOf(order)).placement === "placed");
  assert.ok(performance.now() - startedMs < 900, "before a poll of one second would have found it");
  stopping.abort();
  await running;
});

test("a store's no ends the order; its silence before anything was sent goes on by itself", async () => {
  await sandbox.faults([{ part: "fernwood", endpoint: "orders.create", kind: "out_of_stock", times: 1 }]);
  const order = await buyOne("fernwood");
  await placeAll([order]);
  assert.deepEqual(await stateOf(order).then((state) => [state.order, state.reason]), ["failed", "out_of_stock"]);

  await sandbox.faults([{ part: "harbor-outlet", endpoint: "*", kind: "429", times: 1 }]);
  const patient = await buyOne("harbor-outlet");
  await placeAll([patient]);
  assert.equal((await stateOf(patient)).order, "placed");
  await sandbox.faults([]);
});

test("a price above the guard is refused before anything is submitted", async () => {
  const { sku, priceCents } = must(shelf.get("fernwood"), "fernwood");
  const order = await paidOrder(pool, {
    storeId: "fernwood",
    shippingMinor: 0,
    lines: [{ sku, priceMinor: Math.floor(priceCents / 2) }],
  });
  await placeAll([order]);
  assert.deepEqual(await stateOf(order).then((state) => [state.order, state.reason]), ["failed", "price_above_guard"]);
  assert.deepEqual(await acceptedBy("fernwood", order), []);
});

test("C10: accepted and then silent is unknown; the look-up finds it, and it is submitted once", async () => {
  await sandbox.faults([{ part: "fernwood", endpoint: "orders.create", kind: "accept_then_timeout", times: 1 }]);
  const order = await buyOne("fernwood");
  await placeAll([order]);
  assert.equal((await stateOf(order)).placement, "unknown");
  await sandbox.faults([]);
  await age(order);
  await lookUpOrders(base);
  const state = await stateOf(order);
  assert.deepEqual(
    [state.order, state.placement, [state.number]],
    ["placed", "placed", await acceptedBy("fernwood", order)],
  );
});

test("C9: absent is believed only when the attempt is old enough; then it is submitted again, once", async () => {
  await sandbox.faults([{ part: "fernwood", endpoint: "orders.create", kind: "hang", times: 1 }]);
  const order = await buyOne("fernwood");
  await placeAll([order]);
  assert.equal((await stateOf(order)).placement, "unknown");
  await sandbox.faults([]);

  await pool.query("update placement.attempt set lookup_at = now() where order_number = $1", [order.orderNumber]);
  await lookUpOrders(base);
  assert.equal((await stateOf(order)).placement, "unknown", "too early to be sure");
  await age(order);
  await lookUpOrders(base);
  assert.equal((await stateOf(order)).placement, "waiting");
  await pool.query("update placement.placement set next_attempt_at = now() where order_number = $1", [
    order.orderNumber,
  ]);
  await placeAll([order]);
  assert.deepEqual(await stateOf(order).then((state) => [state.order, state.fence]), ["placed", 2]);
  assert.equal((await acceptedBy("fernwood", order)).length, 1);
});

test("a store that does not answer look-ups is asked ten times, then a person finds out", async () => {
  await sandbox.faults([{ part: "fernwood", endpoint: "orders.create", kind: "accept_then_timeout", times: 1 }]);
  const order = await buyOne("fernwood");
  await placeAll([order]);
  await sandbox.faults([{ part: "fernwood", endpoint: "orders.search", kind: "error", status: 503 }]);
  let rounds = 0;
  while ((await stateOf(order)).placement === "unknown") {
    await age(order);
    await lookUpOrders(base);
    rounds += 1;
    assert.ok(rounds <= 10, "look-ups are bounded");
  }
  assert.deepEqual(await stateOf(order).then((state) => [state.placement, state.why, rounds]), [
    "manual",
    "outcome_unknown",
    10,
  ]);
  await sandbox.faults([]);
});

test("a broken connector, a missing one and a credential that does not open end nowhere silently", async () => {
  const throwing: Connector = {
    ...must(connectors["rest-lookup"], "rest-lookup"),
    place: () => Promise.reject(new TypeError("undefined is not a function")),
    lookUp: () => Promise.reject(new TypeError("undefined is not a function")),
    cancel: () => Promise.reject(new TypeError("undefined is not a function")),
  };
  const broken = await buyOne("fernwood");
  await placeAll([broken], { ...base, connectors: { ...connectors, "rest-lookup": throwing } });
  assert.equal((await stateOf(broken)).placement, "unknown");
  await age(broken);
  await lookUpOrders({ ...base, connectors: { "rest-lookup": throwing } });
  assert.equal((await stateOf(broken)).placement, "unknown");
  await age(broken);
  await lookUpOrders({ ...base, connectors: {} });
  assert.deepEqual(await stateOf(broken).then((state) => [state.placement, state.why]), ["manual", "outcome_unknown"]);

  const missing = await buyOne("fernwood");
  await placeAll([missing], { ...base, connectors: {} });
  assert.deepEqual(await stateOf(missing).then((state) => [state.placement, state.why]), ["manual", "no_connector"]);

  const sealed = await buyOne("fernwood");
  await placeAll([sealed], { ...base, masterKey: must(masterKeyFrom(newMasterKey()), "another key") });
  assert.deepEqual(await stateOf(sealed).then((state) => [state.placement, state.why]), ["manual", "credentials"]);
});

test("a connector that never comes back is given up, and its order is unknown", async () => {
  const deaf: Connector = {
    ...must(connectors["rest-lookup"], "rest-lookup"),
    canLookUp: false,
    place: () => new Promise(() => undefined),
  };
  const order = await buyOne("fernwood");
  await placeAll([order], { ...base, connectors: { "rest-lookup": deaf } });
  assert.deepEqual(await stateOf(order).then((state) => [state.placement, state.why]), ["manual", "outcome_unknown"]);
});

test("deaf and with a database that fails now and then, the poll still finds every order", async () => {
  const order = await buyOne("harbor-outlet");
  let calls = 0;
  const db: PlacerDeps["db"] = {
    query: (statement) => {
      calls += 1;
      if (calls <= 2) return Promise.reject(new Error("the database is restarting"));
      return pool.query({ ...statement, values: [...statement.values] });
    },
  };
  await placeAll([order], { ...base, db, listener: { listen: () => Promise.reject(new Error("no connection")) } });
  assert.equal((await stateOf(order)).order, "placed");
});

test("an order that cannot even be put into words is a person's at once: nothing was sent", async () => {
  const broken = await buyOne("fernwood");
  await pool.query("update orders.store_order set shipping_option_id = null where order_number = $1", [
    broken.orderNumber,
  ]);
  await placeAll([broken]);
  assert.deepEqual(await stateOf(broken).then((state) => [state.placement, state.why]), ["manual", "not_orderable"]);
});

test("stopping ends what was begun and begins nothing", async () => {
  const first = await buyOne("harbor-main");
  await sandbox.faults([
    { part: "harbor-main", endpoint: "checkout_sessions.complete", kind: "latency", latencyMs: 600 },
  ]);
  const stopping = new AbortController();
  const running = createPlacer(base).run(stopping.signal);
  await until("begun", async () => (await stateOf(first)).placement === "running");
  stopping.abort();
  const second = await buyOne("harbor-main");
  await running;
  await sandbox.faults([]);
  assert.equal((await stateOf(first)).order, "placed");
  assert.equal((await stateOf(second)).placement, "waiting");
  await placeAll([second]);
});

test("a placed order is taken back by its store: yes, no, no answer, and nobody to ask", async () => {
  const job = must(placementJobs(base)[0], "the job");
  const run = ({ orderNumber }: PaidOrder): Promise<void> => job.run({ orderNumber }, new AbortController().signal);
  const orders = await buy("fernwood", "harbor-outlet");
  const [yes, no] = orders;
  assert.ok(yes !== undefined && no !== undefined);
  await placeAll(orders);
  for (const order of orders)
    assert.equal((await cancelOrder(pool, order.orderNumber, "cancelled_by_shopper")).kind, "requested");

  await run(yes);
  assert.deepEqual(await stateOf(yes).then((state) => [state.order, state.placement]), ["cancelled", "cancelled"]);
  await run(yes);
  await sandbox.faults([{ part: "harbor-outlet", endpoint: "*", kind: "cancel_refused" }]);
  await run(no);
  assert.equal((await stateOf(no)).order, "placed");
  assert.equal((await cancelOrder(pool, no.orderNumber, "x")).kind, "refused_by_store");

  const silent = await buyOne("fernwood");
  await placeAll([silent]);
  await cancelOrder(pool, silent.orderNumber, "cancelled_by_shopper");
  await sandbox.faults([{ part: "fernwood", endpoint: "orders.cancel", kind: "error", status: 503 }]);
  assert.equal(await cancelAtStore(base, silent.orderNumber), "later");
  await pool.query("update placement.placement set cancel_at = now() where order_number = $1", [silent.orderNumber]);
  assert.equal(
    await cancelAtStore({ ...base, masterKey: must(masterKeyFrom(newMasterKey()), "key") }, silent.orderNumber),
    "later",
  );
  const deaf: Connector = {
    ...must(connectors["rest-lookup"], "rest-lookup"),
    cancel: () => Promise.reject(new TypeError("broken")),
  };
  await pool.query("update placement.placement set cancel_at = now(), cancel_tries = 6 where order_number = $1", [
    silent.orderNumber,
  ]);
  assert.equal(await cancelAtStore({ ...base, connectors: { "rest-lookup": deaf } }, silent.orderNumber), "manual");
  await sandbox.faults([]);

  const orphan = await buyOne("fernwood");
  await placeAll([orphan]);
  await cancelOrder(pool, orphan.orderNumber, "cancelled_by_shopper");
  assert.equal(await cancelAtStore({ ...base, connectors: {} }, orphan.orderNumber), "manual");
});

test("the sweeps find nothing to do when all is well", async () => {
  await pool.query("update placement.attempt set lookup_at = null where status = 'unknown'");
  for (const sweep of placementSweeps(base)) {
    const round = await sweep.run(new AbortController().signal);
    assert.equal(typeof round === "number" ? round : round.found, 0, sweep.name);
  }
});

test("P1: no log line holds a name, an address or an e-mail of a shopper", () => {
  const all = lines.join("\n");
  assert.ok(all.includes('"event":"placement"'));
  for (const secret of ["Ada Byron", "12 Harbor Street", "ada@shopper.test", "+15035550123", "fw_key_muse_sandbox"]) {
    assert.ok(!all.includes(secret), secret);
  }
});
