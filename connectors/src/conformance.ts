import assert from "node:assert/strict";
import { after, test } from "node:test";

import { nodeHttp } from "./http.ts";
import type { Connector, Http, PlaceRequest, StoreAccess } from "./port.ts";
import { openSimulator, type Simulator, type StoreOrder } from "./simulator.ts";

/** What the suite must know of a connector and of the store that stands in for the real one. */
export type Subject = {
  readonly connector: Connector;
  readonly slug: string;
  /** Below the store's base URL, for a store that stands there in several forms. */
  readonly basePath?: string;
  /** A sku that is never out of stock, what it costs alone and delivered, and a delivery option. */
  readonly sku: string;
  readonly totalMinor: number;
  readonly shippingOptionId: string;
  /** The endpoint whose request orders something, as the simulator's fault rules name it. */
  readonly submitEndpoint: string;
  /** Endpoints that `place` asks before it: when they fail, nothing has been submitted. */
  readonly earlierEndpoints: readonly string[];
  readonly lookUpEndpoint: string;
};

/** Long enough for a local answer on a busy machine, short enough to wait for one that never comes. */
const impatientMs = 700;
/** One store's life is read one step at a time, not as the clock has it. */
const stillLife = { autoAdvance: false, stepMs: 20_000 };

/**
 * The suite that every connector passes against its simulator. Each promise is about what the *store* holds
 * afterwards, not only about what the connector says.
 * @returns the bench, for promises of this connector alone
 */
export function testConnector(subject: Subject): Bench {
  const bench = openBench(subject);
  testPlacing(subject, bench);
  testRefusals(subject, bench);
  testLostAnswers(subject, bench);
  testStrangers(subject, bench);
  testAfterwards(subject, bench);
  return bench;
}

function testPlacing({ connector, totalMinor }: Subject, bench: Bench): void {
  test("an order is placed once, with the store's number and total", async () => {
    const { http, access, request, ordersAtStore } = await bench.next();
    const outcome = await connector.place(http, access, request);
    assert.equal(outcome.kind, "placed", JSON.stringify(outcome));
    const orders = await ordersAtStore();
    assert.deepEqual(
      orders.map((order) => order.orderNumber),
      [outcome.kind === "placed" && outcome.storeOrderNumber],
    );
    assert.equal(outcome.kind === "placed" && outcome.totalMinor, totalMinor);
    assert.equal(orders[0]?.totalCents, totalMinor);
  });

  test("the same reference placed twice is one order at the store, with one number", async () => {
    const { http, access, request, ordersAtStore } = await bench.next();
    const first = await connector.place(http, access, request);
    const second = await connector.place(http, access, request);
    assert.equal(first.kind, "placed", JSON.stringify(first));
    assert.deepEqual(second, first);
    assert.equal((await ordersAtStore()).length, 1);
  });

  test("the same reference placed again under another guard is still the first order", async () => {
    const { http, access, request, ordersAtStore } = await bench.next();
    const first = await connector.place(http, access, request);
    const second = await connector.place(http, access, { ...request, totalMinorMax: request.totalMinorMax + 1 });
    assert.deepEqual(second, first);
    assert.equal((await ordersAtStore()).length, 1);
  });
}

function testRefusals(subject: Subject, bench: Bench): void {
  const { connector } = subject;
  const refused = (name: string, reason: string, change: Partial<PlaceRequest>, kind?: string): void => {
    test(name, async () => {
      const { http, access, request, ordersAtStore, fault } = await bench.next();
      if (kind !== undefined) await fault({ endpoint: "*", kind });
      const outcome = await connector.place(http, access, { ...request, ...change });
      assert.deepEqual({ ...outcome, detail: "" }, { kind: "refused", reason, detail: "" });
      assert.deepEqual(await ordersAtStore(), []);
    });
  };
  refused("goods that are sold out are refused as out_of_stock", "out_of_stock", {}, "out_of_stock");
  refused("a total above the guard is refused, and nothing is submitted", "price_above_guard", {
    totalMinorMax: subject.totalMinor - 1,
  });
  refused(
    "a price that rose above the guard is refused, and nothing is submitted",
    "price_above_guard",
    {},
    "price_drift",
  );
  refused(
    "an address that the store refuses is refused as address_not_served",
    "address_not_served",
    {},
    "refuse_address",
  );
  refused("an address abroad is refused as address_not_served", "address_not_served", {
    shipTo: { ...home, country: "FR", state: "" },
  });
  refused("a delivery option that does not exist is refused", "rejected", { shippingOptionId: "teleport" });

  test("a price that rose within the guard is placed at the store's total", async () => {
    const { http, access, request, ordersAtStore, fault } = await bench.next();
    await fault({ endpoint: "*", kind: "price_drift", value: 1 });
    const outcome = await connector.place(http, access, { ...request, totalMinorMax: subject.totalMinor * 2 });
    assert.equal(outcome.kind, "placed", JSON.stringify(outcome));
    const [order] = await ordersAtStore();
    assert.ok(order !== undefined && order.totalCents > subject.totalMinor);
    assert.equal(outcome.kind === "placed" && outcome.totalMinor, order.totalCents);
  });
}

function testLostAnswers(subject: Subject, bench: Bench): void {
  const { connector, submitEndpoint } = subject;
  for (const endpoint of subject.earlierEndpoints) {
    for (const kind of ["error", "drop_before", "hang", "429"]) {
      test(`${kind} at ${endpoint}, before anything is submitted, is unavailable`, async () => {
        const { http, access, request, ordersAtStore, fault } = await bench.next({ isNewToTheStore: true });
        await fault({ endpoint, kind });
        const outcome = await connector.place(http, access, request);
        assert.equal(outcome.kind, "unavailable");
        if (kind === "429") assert.deepEqual([outcome.reason, outcome.retryAfterMs], ["overloaded", 1000]);
        assert.deepEqual(await ordersAtStore(), []);
      });
    }
  }

  for (const kind of ["drop_after", "hang_after", "error_after", "accept_then_timeout"]) {
    test(`${kind} at ${submitEndpoint} is unknown, and look-up finds the order`, async () => {
      const { http, access, request, ordersAtStore, fault } = await bench.next();
      await fault({ endpoint: submitEndpoint, kind, times: 1 });
      const outcome = await connector.place(http, access, request);
      assert.equal(outcome.kind, "unknown");
      const orders = await ordersAtStore();
      assert.equal(orders.length, 1);
      const found = await connector.lookUp(http, access, request.reference);
      assert.equal(found.kind === "found" && found.storeOrderNumber, orders[0]?.orderNumber);
      assert.equal((await connector.place(http, access, request)).kind, "placed");
      assert.equal((await ordersAtStore()).length, 1);
    });
  }

  for (const kind of ["error", "drop_before", "hang"]) {
    test(`${kind} at ${submitEndpoint}, which nobody can tell from an accepted order, is unknown, and look-up says absent`, async () => {
      const { http, access, request, ordersAtStore, fault } = await bench.next();
      await fault({ endpoint: submitEndpoint, kind, times: 1 });
      assert.equal((await connector.place(http, access, request)).kind, "unknown");
      assert.deepEqual(await ordersAtStore(), []);
      assert.deepEqual(await connector.lookUp(http, access, request.reference), { kind: "absent" });
    });
  }

  test("a 429 at the submit is never taken for an order, and orders nothing", async () => {
    const { http, access, request, ordersAtStore, fault } = await bench.next();
    await fault({ endpoint: submitEndpoint, kind: "429", times: 1 });
    assert.ok(["unavailable", "unknown"].includes((await connector.place(http, access, request)).kind));
    assert.deepEqual(await ordersAtStore(), []);
  });
}

/** Nobody there, nobody who knows us, and somebody who talks nonsense. */
function testStrangers({ connector }: Subject, bench: Bench): void {
  test("a store that cannot be reached is unavailable", async () => {
    const { http, access, request } = await bench.next({ isNewToTheStore: true });
    const outcome = await connector.place(http, { ...access, baseUrl: "http://127.0.0.1:1/nobody" }, request);
    assert.deepEqual(outcome.kind === "unavailable" && outcome.reason, "unreachable");
  });

  test("wrong credentials are unavailable, so that another tier may go on", async () => {
    const { http, access, request, ordersAtStore } = await bench.next({ isNewToTheStore: true });
    const wrong = Object.fromEntries(Object.keys(access.credentials).map((name) => [name, "https://wrong.example"]));
    const outcome = await connector.place(http, { ...access, credentials: wrong }, request);
    assert.deepEqual(outcome.kind === "unavailable" && outcome.reason, "credentials");
    assert.deepEqual(await ordersAtStore(), []);
  });

  for (const body of [
    "",
    "<html>",
    "[]",
    "null",
    '{"orders":{}}',
    `{"id":"${"x".repeat(500)}","number":7,"orderNumber":null}`,
  ]) {
    test(`an answer like ${body.slice(0, 20) || "nothing"} is believed to be nothing`, async () => {
      const { access, request } = await bench.next({ isNewToTheStore: true });
      const babble: Http = async () => ({ status: 200, headers: {}, body });
      assert.ok(["unavailable", "unknown"].includes((await connector.place(babble, access, request)).kind));
      assert.equal((await connector.lookUp(babble, access, request.reference)).kind, "unavailable");
      assert.equal((await connector.track(babble, access, "X-1", request.reference)).kind, "unavailable");
      assert.equal((await connector.cancel(babble, access, "X-1", request.reference)).kind, "unavailable");
    });
  }
}

function testAfterwards(subject: Subject, bench: Bench): void {
  const { connector } = subject;
  test("look-up says absent for a reference that the store has never seen", async () => {
    const { http, access, request } = await bench.next();
    assert.deepEqual(await connector.lookUp(http, access, request.reference), { kind: "absent" });
  });

  test("look-up without an answer is unavailable, never absent", async () => {
    const { http, access, request, fault } = await bench.next();
    for (const kind of ["error", "drop_after", "hang", "429"]) {
      await fault({ endpoint: subject.lookUpEndpoint, kind });
      assert.equal((await connector.lookUp(http, access, request.reference)).kind, "unavailable");
    }
  });

  test("an order is cancelled, twice with the same answer", async () => {
    const { http, access, place, ordersAtStore, request } = await bench.next();
    const number = await place();
    assert.deepEqual(await connector.cancel(http, access, number, request.reference), { kind: "cancelled" });
    assert.deepEqual(await connector.cancel(http, access, number, request.reference), { kind: "cancelled" });
    assert.equal((await ordersAtStore("order_cancelled")).length, 1);
    const tracked = await connector.track(http, access, number, request.reference);
    assert.equal(tracked.kind === "tracked" && tracked.status, "cancelled");
  });

  test("a store that refuses to cancel leaves the order as it is", async () => {
    const { http, access, place, ordersAtStore, request, fault } = await bench.next();
    const number = await place();
    await fault({ endpoint: "*", kind: "cancel_refused" });
    assert.equal((await connector.cancel(http, access, number, request.reference)).kind, "refused");
    assert.deepEqual(await ordersAtStore("order_cancelled"), []);
  });

  test("an order is tracked through its life, and cannot be cancelled once it has shipped", async () => {
    const { http, access, place, advance, request } = await bench.next();
    const number = await place();
    const seen: string[] = [];
    for (let step = 0; step < 4; step += 1) {
      const tracked = await connector.track(http, access, number, request.reference);
      assert.equal(tracked.kind, "tracked");
      seen.push(tracked.status);
      const isOnItsWay = tracked.status === "shipped" || tracked.status === "delivered";
      assert.deepEqual([tracked.carrier !== null, tracked.trackingNumber !== null], [isOnItsWay, isOnItsWay]);
      await advance(number);
    }
    assert.deepEqual(seen, ["placed", "confirmed", "shipped", "delivered"]);
    assert.equal((await connector.cancel(http, access, number, request.reference)).kind, "refused");
  });

  test("an order that does not exist is absent to track", async () => {
    const { http, access, request } = await bench.next();
    assert.deepEqual(await connector.track(http, access, "XX-404", request.reference), { kind: "absent" });
  });
}

const home = {
  name: "Jane Q. Doe",
  address1: "501 Market St",
  address2: "Apt 4",
  city: "San Francisco",
  state: "CA",
  zip: "94105",
  country: "US",
  phone: "+14155550100",
} as const;

type Rule = { readonly endpoint: string; readonly kind: string; readonly times?: number; readonly value?: number };
type Scene = {
  readonly http: Http;
  readonly access: StoreAccess;
  readonly request: PlaceRequest;
  readonly fault: (rule: Rule) => Promise<void>;
  /** What the store itself holds under this request's reference. */
  readonly ordersAtStore: (kind?: "order" | "order_cancelled") => Promise<readonly StoreOrder[]>;
  /** Places the request and answers the store's number. */
  readonly place: () => Promise<string>;
  readonly advance: (storeOrderNumber: string) => Promise<void>;
};
/** `isNewToTheStore`: as in a process that holds no token and no profile of this store yet. */
export type Bench = { next(options?: { readonly isNewToTheStore: boolean }): Promise<Scene> };

/** One simulator for the whole file; each test has a reference, and faults, of its own. */
function openBench(subject: Subject): Bench {
  let opened: Promise<Simulator> | undefined;
  let count = 0;
  after(async () => (await opened)?.close());
  const impatient: Http = (request) => nodeHttp({ ...request, timeoutMs: Math.min(request.timeoutMs, impatientMs) });
  return {
    async next(options = { isNewToTheStore: false }) {
      opened ??= openSimulator(stillLife);
      const simulator = await opened;
      await simulator.setFaults([]);
      count += 1;
      const sheet = await simulator.storeSheet(subject.slug);
      const baseUrl = `${sheet.baseUrl}${subject.basePath ?? ""}`;
      const access = {
        ...sheet,
        baseUrl,
        storeId: options.isNewToTheStore ? `${subject.slug}-${count}` : subject.slug,
      };
      const request: PlaceRequest = {
        reference: `MO-TEST-${process.pid}-${count}`,
        currency: "USD",
        lines: [
          {
            sku: subject.sku,
            quantity: 1,
            unitPriceMinor: subject.totalMinor,
            title: "Thing",
            size: null,
            color: null,
            productUrl: null,
          },
        ],
        shipTo: home,
        contactEmail: "orders@muse.example",
        shippingOptionId: subject.shippingOptionId,
        totalMinorMax: subject.totalMinor,
      };
      return {
        http: impatient,
        access,
        request,
        fault: (rule) => simulator.setFaults([{ part: subject.slug, ...rule }]),
        ordersAtStore: (kind = "order") => simulator.ordersAtStore(subject.slug, request.reference, kind),
        async place() {
          const outcome = await subject.connector.place(impatient, access, request);
          assert.equal(outcome.kind, "placed", JSON.stringify(outcome));
          return outcome.storeOrderNumber;
        },
        advance: (number) => simulator.advance(subject.slug, number),
      };
    },
  };
}
