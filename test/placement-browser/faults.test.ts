/**
 * What goes wrong in a web shop, from the whole checkout's side: where the order ends, what its shopper is told, what
 * goes back, and how many orders the shop has. Never two (O3).
 */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { acceptedBy, endOf, operator, toldOf, type End } from "./look.ts";
import { openScene, type Bought } from "./scene.ts";

const scene = await openScene();
const { buy, until, sandbox, pool, browsing } = scene;
const shop = "lumen-home";

// So many faults in so short a time would have the store left alone; rooms/store/gate.pg.test.ts has that.
await pool.query("update store.breaker_rule set bad_min = 1000");

// Signing in takes a second, which is long beside what is waited for below.
await operator(scene);

/** A visitor whom the shop does not know: it remembers whom it has asked for a CAPTCHA. */
beforeEach(async () => {
  await sandbox.faults([]);
  // One that has died knows nobody anyway.
  await (
    await browsing.house()
  )
    .contextOf(shop)
    ?.clearCookies()
    .catch(() => undefined);
});

type Fault = { readonly endpoint: string; readonly kind: string; readonly value?: number; readonly times?: number };
const faults = async (...rules: readonly Fault[]): Promise<void> =>
  await sandbox.faults(rules.map((rule) => ({ part: shop, ...rule })));

/** Waits until the order is with the store, with a person, or over, and its money where it belongs. */
async function settled(bought: Bought): Promise<End> {
  return await until("the order is somewhere", async () => {
    const end = await endOf(scene, bought, shop);
    const isBack = end.paymentStatus === "refunded";
    const isSomewhere = end.placement === "placed" || end.placement === "manual";
    return (isSomewhere || (["failed", "cancelled"].includes(end.status) && isBack)) && end;
  });
}

/** The shop took one order since then. */
const oneOrder = async (bought: Bought): Promise<true | undefined> =>
  (await acceptedBy(scene, shop, bought)).length === 1 || undefined;

const killBrowser = async (): Promise<void> => {
  process.kill((await browsing.house()).processOf(shop) ?? 0, "SIGKILL");
};

for (const [what, fault, why] of [
  ["a CAPTCHA", { endpoint: "product.view", kind: "captcha" }, "captcha"],
  ["a changed page", { endpoint: "checkout.review", kind: "changed_page" }, "page_changed"],
  ["a queue", { endpoint: "checkout.address", kind: "queue" }, "queue"],
] as const) {
  test(`${what} goes to a person at once, who sees what the browser saw; nothing is ordered`, async () => {
    await faults(fault);
    const bought = await buy(shop);
    const end = await settled(bought);
    assert.deepEqual([end.placement, end.why, end.attempts], ["manual", why, [`unavailable ${why}`]]);
    assert.deepEqual(await toldOf(bought, shop), ["pending", []]);
    assert.deepEqual(await acceptedBy(scene, shop, bought), []);
    await assertEvidence(bought);
  });
}

/** The desk can list the steps, and fetch what they left; nobody else can. */
async function assertEvidence(bought: Bought): Promise<void> {
  const { desk, token } = await operator(scene);
  type Visit = { visit: string; steps: { name: string; picture: string | null; result: string }[]; files: string[] };
  type Attempts = { attempts: { attemptId: string; visits: Visit[] }[] };
  const { attempts } = await desk.get<Attempts>(`GET /api/v1/admin/orders/${bought.orderNumbers[shop]}/attempts`);
  const [attempt] = attempts;
  const [visit] = attempt?.visits ?? [];
  assert.equal(visit?.visit, "place");
  assert.equal(visit.steps.at(-1)?.result, "stopped");
  assert.deepEqual(visit.files, ["outline.txt", "trace.zip"]);
  const base = `${scene.apiUrl}/api/v1/admin/attempts/${attempt?.attemptId ?? ""}/evidence`;
  const fetched = async (path: string, bearer = token): Promise<Response> =>
    await fetch(`${base}/${path}`, { headers: { authorization: `Bearer ${bearer}` } });
  const picture = await fetched(`place/${visit.steps.at(-1)?.picture ?? ""}`);
  assert.equal(picture.status, 200);
  assert.equal(picture.headers.get("content-type"), "image/png");
  assert.match(picture.headers.get("content-disposition") ?? "", /^attachment; /);
  assert.equal(picture.headers.get("x-content-type-options"), "nosniff");
  assert.equal((await fetched("place/trace.zip")).status, 200);
  for (const elsewhere of [
    "place/..%2f..%2f..%2fauth-secret",
    "place/steps.txt",
    "..%2f..%2fdata/trace.zip",
    "cancel-1/trace.zip",
  ]) {
    assert.equal((await fetched(elsewhere)).status, 404, elsewhere);
  }
  assert.equal((await fetched("place/trace.zip", "nobody")).status, 401);
}

for (const [what, fault, reason, told] of [
  [
    "out of stock",
    { endpoint: "checkout.review", kind: "out_of_stock" },
    "out_of_stock",
    "The store has run out of it.",
  ],
  [
    "a price above the margin",
    { endpoint: "checkout.review", kind: "price_drift", value: 10 },
    "price_above_guard",
    "The store now wants more than you paid, so we did not order it.",
  ],
] as const) {
  test(`${what}: failed, refunded whole, the shopper is told why; nothing is ordered`, async () => {
    await faults(fault);
    const bought = await buy(shop);
    const end = await settled(bought);
    assert.deepEqual([end.status, end.reason, end.refundedMinor], ["failed", reason, end.totalMinor]);
    assert.deepEqual(await toldOf(bought, shop), ["failed", [told]]);
    assert.deepEqual(await acceptedBy(scene, shop, bought), []);
  });
}

for (const [what, fault] of [
  ["a price inside the margin", { endpoint: "checkout.review", kind: "price_drift", value: 1 }],
  ["a slow page", { endpoint: "checkout.review", kind: "slow_page", value: 1_500 }],
  ["a slow confirmation", { endpoint: "order.submit", kind: "slow_confirmation", value: 1_200 }],
] as const) {
  test(`${what} is placed, once`, async () => {
    await faults(fault);
    const bought = await buy(shop);
    const end = await settled(bought);
    assert.deepEqual([end.status, end.attempts], ["placed", ["placed"]]);
    assert.deepEqual((await toldOf(bought, shop))[0], "placed");
    assert.deepEqual(await acceptedBy(scene, shop, bought), [end.storeOrderNumber]);
  });
}

test("a browser that dies before the button: tried again at the same shop, one order", async () => {
  await faults({ endpoint: "checkout.review", kind: "slow_page", value: 3_000, times: 1 });
  const bought = await buy(shop);
  await until("the browser is at work", async () => (await browsing.house()).processOf(shop));
  await until("it is at the checkout", async () => await isAtStep(bought, "delivery"));
  await killBrowser();
  const end = await settled(bought);
  assert.deepEqual([end.status, end.attempts], ["placed", ["unavailable browser_lost", "placed"]]);
  assert.deepEqual(await acceptedBy(scene, shop, bought), [end.storeOrderNumber]);
});

/** Whether the visit has done a step of this name, by what it has left so far. */
async function isAtStep(bought: Bought, step: string): Promise<boolean> {
  const { desk } = await operator(scene);
  type Attempts = { attempts: { visits: { steps: { name: string }[] }[] }[] };
  const { attempts } = await desk.get<Attempts>(`GET /api/v1/admin/orders/${bought.orderNumbers[shop]}/attempts`);
  return attempts.some(({ visits }) => visits.some(({ steps }) => steps.some(({ name }) => name === step)));
}

test("a browser that dies after the button: nobody presses again, the look-up finds the one order", async () => {
  await faults({ endpoint: "order.submit", kind: "accept_then_timeout" });
  const bought = await buy(shop);
  await until("the shop has it", async () => await oneOrder(bought));
  await killBrowser();
  const end = await settled(bought);
  assert.deepEqual([end.status, end.attempts], ["placed", ["placed looked_up"]]);
  assert.deepEqual(await acceptedBy(scene, shop, bought), [end.storeOrderNumber]);
});

test("a button whose request was lost on the way: not pressed again before the shop is proved to have nothing", async () => {
  await faults({ endpoint: "order.submit", kind: "drop_before" });
  const bought = await buy(shop);
  const { attempts } = await until("it is unknown", async () => {
    const end = await endOf(scene, bought, shop);
    return end.placement === "unknown" && end;
  });
  assert.deepEqual(attempts, ["unknown no_answer"]);
  await faults();
  await until("it was looked up, too early", async () => {
    const { rows } = await pool.query("select lookups from placement.attempt where order_number = $1", [
      bought.orderNumbers[shop],
    ]);
    return rows[0].lookups >= 2;
  });
  assert.deepEqual((await endOf(scene, bought, shop)).attempts, ["unknown no_answer"]);
  // As if a minute and a half had passed.
  await pool.query(
    "update placement.attempt set submitting_at = submitting_at - interval '90 s', lookup_at = now() where order_number = $1",
    [bought.orderNumbers[shop]],
  );
  const end = await settled(bought);
  assert.deepEqual([end.status, end.attempts], ["placed", ["unavailable not_there", "placed"]]);
  assert.deepEqual(await acceptedBy(scene, shop, bought), [end.storeOrderNumber]);
});

test("a shop that is down: tried as often as its tier says, then a person; nothing is ordered", async () => {
  await faults({ endpoint: "*", kind: "drop_before" });
  const bought = await buy(shop);
  const end = await settled(bought);
  assert.equal(end.placement, "manual");
  assert.deepEqual(end.attempts, ["unavailable unreachable", "unavailable unreachable", "unavailable unreachable"]);
  assert.deepEqual(await toldOf(bought, shop), ["pending", []]);
  assert.deepEqual(await acceptedBy(scene, shop, bought), []);
});

test("an order that is taken back while its browser is on the way is never pressed, and refunded", async () => {
  await faults({ endpoint: "checkout.payment", kind: "slow_page", value: 1_500 });
  const bought = await buy(shop);
  await until("the browser is at work", async () => (await endOf(scene, bought, shop)).placement === "running");
  const number = bought.orderNumbers[shop] ?? "";
  assert.equal((await bought.shopper.ask(`POST /api/v1/orders/${number}/cancel`, { body: {} })).status, 202);
  const end = await settled(bought);
  assert.deepEqual([end.status, end.attempts], ["cancelled", ["unavailable fence_lost"]]);
  assert.deepEqual(await toldOf(bought, shop), ["cancelled", ["You cancelled it."]]);
  assert.deepEqual(await acceptedBy(scene, shop, bought), []);
});

test("an order that is taken back once the shop has it: the browser asks the shop, and the money goes back", async () => {
  const bought = await buy(shop);
  await settled(bought);
  const number = bought.orderNumbers[shop] ?? "";
  assert.equal((await bought.shopper.ask(`POST /api/v1/orders/${number}/cancel`, { body: {} })).status, 202);
  const end = await until("it is back", async () => {
    const now = await endOf(scene, bought, shop);
    return now.paymentStatus === "refunded" && now;
  });
  assert.deepEqual([end.status, end.refundedMinor], ["cancelled", end.totalMinor]);
  assert.equal((await sandbox.records("order_cancelled")).filter(({ key }) => key === end.storeOrderNumber).length, 1);
});
