import assert from "node:assert/strict";
import { test } from "node:test";
import { nodeHttp } from "@muse/connectors/http";
import type { Http } from "@muse/connectors/port";
import { shipmentStatuses } from "@muse/contracts/shipment";
import { silentLog } from "#platform/log/log.ts";
import { startSandbox } from "../../../../sandbox/src/start-sandbox.ts";
import { openTestDb } from "../../../test/db.ts";
import { paidOrder, type PaidOrder } from "../../../test/paid-orders.ts";
import { pollCarriers, shipmentSweeps, trackParcel } from "./index.ts";
import { carrierEventsMax, pollsMax, shipmentTransitions } from "./rules.ts";

const { pool } = await openTestDb();
const carrierUrls = { swiftpost: "http://carriers.test/swiftpost" };

let numbers = 0;
async function shipped(carrier = "swiftpost", trackedAs?: string): Promise<PaidOrder & { trackingNumber: string }> {
  const order = await paidOrder(pool);
  numbers += 1;
  await pool.query("select orders.order_placed_1($1, 'manual', $2)", [order.orderNumber, `C-${numbers}`]);
  const trackingNumber = trackedAs ?? `SW-${1_000 + numbers}`;
  assert.deepEqual(await trackParcel(pool, { orderNumber: order.orderNumber, carrier, trackingNumber }), {
    kind: "tracked",
  });
  return { ...order, trackingNumber };
}

const due = (order: PaidOrder): Promise<unknown> =>
  pool.query(
    "update shipment.shipment set poll_at = case when order_number = $1 then now() else null end where status <> 'delivered'",
    [order.orderNumber],
  );

async function parcelOf({ orderNumber }: PaidOrder) {
  const { rows } = await pool.query(
    `select s.status, s.polls, s.poll_at > now() as "isWaiting", s.poll_at is null as "isOver", o.status as "order",
       (select count(*)::int from shipment.event e where e.shipment_id = s.shipment_id) as events
     from shipment.shipment s join orders.store_order o using (order_number) where s.order_number = $1`,
    [orderNumber],
  );
  return rows[0];
}

const answering = (body: unknown, status = 200): { http: Http; urls: string[] } => {
  const urls: string[] = [];
  const http: Http = ({ url }) => {
    urls.push(url);
    return Promise.resolve({ status, headers: {}, body: typeof body === "string" ? body : JSON.stringify(body) });
  };
  return { http, urls };
};
const poll = async (http: Http): Promise<number> =>
  (await pollCarriers({ db: pool, http, carrierUrls, log: silentLog })).found;
const at = (minute: number): string => `2026-11-21T10:0${minute}:00+00:00`;

test("a parcel moves with its carrier's word to the door, and the order with it", async () => {
  const order = await shipped();
  await due(order);
  const moving = answering({
    status: "in_transit",
    estimatedDelivery: "2026-11-25T12:00:00Z",
    events: [
      { at: at(1), status: "label_created", description: "Label" },
      { at: at(2), status: "in_transit", description: "Picked up", location: "Columbus, OH" },
    ],
  });
  assert.equal(await poll(moving.http), 1);
  assert.deepEqual(moving.urls, [`http://carriers.test/swiftpost/track/${order.trackingNumber}`]);
  assert.deepEqual(await parcelOf(order), {
    status: "in_transit",
    polls: 0,
    isWaiting: true,
    isOver: false,
    order: "shipped",
    events: 2,
  });

  await due(order);
  await poll(moving.http);
  assert.deepEqual(
    await parcelOf(order).then(({ events, polls }) => [events, polls]),
    [2, 1],
    "what is known is not noted twice",
  );
  await due(order);
  await poll(
    answering({ status: "delivered", events: [{ at: at(5), status: "delivered", description: "Front door" }] }).http,
  );
  const parcel = await parcelOf(order);
  assert.deepEqual([parcel.status, parcel.order, parcel.isOver, parcel.events], ["delivered", "delivered", true, 3]);
});

test("of a parcel whose carrier dates its scans anew each time no more are kept than one answer may hold", async () => {
  const order = await shipped();
  const scans = (day: number, count: number) =>
    Array.from({ length: count }, (_, second) => ({
      at: new Date(Date.UTC(2026, 10, day, 0, 0, second)).toISOString(),
      status: "in_transit",
      description: `Day ${day}`,
    }));
  const told = async (status: string, events: object[]) => {
    await due(order);
    await poll(answering({ status, events }).http);
    return (await parcelOf(order)).events;
  };
  assert.equal(await told("in_transit", scans(1, 150)), 150);
  // What is known takes no room from what is new.
  assert.equal(await told("in_transit", [...scans(1, 150), ...scans(2, 10)]), 160);
  assert.equal(await told("in_transit", scans(3, 150)), carrierEventsMax);
  assert.equal(await told("in_transit", scans(4, carrierEventsMax)), carrierEventsMax);
  await told("delivered", scans(5, 1));
  const { status, events } = await parcelOf(order);
  assert.deepEqual([status, events], ["delivered", carrierEventsMax], "where it is, is told all the same");
});

test("the database moves a parcel exactly as rules.ts draws it, every pair tried", async () => {
  const order = await shipped();
  for (const from of shipmentStatuses) {
    for (const to of shipmentStatuses) {
      await pool.query(
        "update shipment.shipment set status = $2::shipment.shipment_status, delivered_at = case when $2 = 'delivered' then now() end, poll_at = null where order_number = $1",
        [order.orderNumber, from],
      );
      const { rows } = await pool.query(
        "select shipment.progress_1(shipment_id, $2::shipment.shipment_status, null, '[]', interval '5 s') as news from shipment.shipment where order_number = $1",
        [order.orderNumber, to],
      );
      const isAllowed = shipmentTransitions[from].includes(to);
      assert.equal(rows[0].news, isAllowed, `${from} → ${to}`);
      assert.equal((await parcelOf(order)).status, isAllowed ? to : from);
    }
  }
  assert.equal(
    (await pool.query("select shipment.progress_1('shp_nobody', 'delivered', null, '[]', null) as news")).rows[0].news,
    false,
  );
});

test("a carrier that does not know it, does not answer or talks nonsense is asked again later, not for ever", async () => {
  const order = await shipped();
  const silent: Http = () => Promise.reject(new Error("no answer"));
  const answers = [answering("", 404).http, answering("<html>", 200).http, answering({ status: "lost" }).http, silent];
  for (const [index, http] of answers.entries()) {
    await due(order);
    await poll(http);
    const parcel = await parcelOf(order);
    assert.deepEqual([parcel.status, parcel.polls, parcel.isWaiting], ["label_created", index + 1, true]);
  }
  await pool.query("update shipment.shipment set polls = $2 where order_number = $1", [
    order.orderNumber,
    pollsMax - 1,
  ]);
  await due(order);
  await poll(silent);
  assert.equal((await parcelOf(order)).isOver, true);

  const foreign = await shipped("pigeonpost");
  await due(foreign);
  const nobody = answering({ status: "delivered" });
  await poll(nobody.http);
  assert.deepEqual(nobody.urls, [], "a carrier we have no address of is not asked");
});

test("four workers polling at once ask about a parcel once", async () => {
  const order = await shipped();
  await due(order);
  const answer = answering({ status: "in_transit" });
  const [sweep] = shipmentSweeps({ db: pool, http: answer.http, carrierUrls, log: silentLog });
  assert.ok(sweep !== undefined);
  await Promise.all([1, 2, 3, 4].map(() => sweep.run(new AbortController().signal)));
  assert.equal(answer.urls.length, 1);
});

test("an unreachable carrier over real HTTP is one line in the log", async () => {
  const order = await shipped();
  await due(order);
  await pollCarriers({ db: pool, http: nodeHttp, carrierUrls: { swiftpost: "http://127.0.0.1:9" }, log: silentLog });
  assert.equal((await parcelOf(order)).status, "label_created");
});

test("the sandbox's carriers are understood, who promise a day and no hour", async (t) => {
  const sandbox = await startSandbox({ port: 0, dataFile: ":memory:", appUrl: "http://127.0.0.1:9" });
  t.after(async () => await sandbox.close());
  const ask = async (path: string, body: unknown): Promise<Readonly<Record<string, unknown>>> => {
    const headers = { "content-type": "application/json", "x-api-key": "fw_key_muse_sandbox" };
    const answer = await fetch(`${sandbox.url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    assert.ok(answer.ok, `${path}: ${answer.status}`);
    return (await answer.json()) as Readonly<Record<string, unknown>>;
  };
  const placed = await ask("/retailers/fernwood/api/orders", {
    reference: "MO-CARRIER",
    items: [{ sku: "FW-SPORK", quantity: 1 }],
    shipTo: { name: "Dana", address1: "1 Main St", city: "Austin", state: "TX", zip: "78701", country: "US" },
    email: "dana@example.com",
    shippingOptionId: "standard",
  });
  const advance = `/retailers/fernwood/orders/${String(placed["orderNumber"])}/advance`;
  await ask(advance, {});
  const sent = (await ask(advance, {}))["order"] as { readonly carrier: string; readonly trackingNumber: string };

  const order = await shipped(sent.carrier, sent.trackingNumber);
  await due(order);
  const urls = { [sent.carrier]: `${sandbox.url}/carriers/${sent.carrier}` };
  const strange: string[] = [];
  const log = { ...silentLog, warn: (event: string) => void strange.push(event) };
  await pollCarriers({ db: pool, http: nodeHttp, carrierUrls: urls, log });
  assert.deepEqual(strange, []);
  assert.equal((await parcelOf(order)).events, 1);
  const { rows } = await pool.query(
    "select estimated_delivery is not null as told from shipment.shipment where order_number = $1",
    [order.orderNumber],
  );
  assert.deepEqual(rows, [{ told: true }]);
});
