import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { cardPayment, openTestStripe, stripeError, webhookSecret, type TestStripe } from "./test/open-sdk.ts";

const world = await openTestStripe();
const { stripe } = world;

function eventsOf(from: TestStripe, intentId: string, type: string) {
  return from.received.filter(({ event, body }) => event.type === type && body.includes(intentId));
}

test("only the types a target asked for are sent to it", async () => {
  await world.put("/webhook-targets", { stripe: { events: ["payment_intent.succeeded"] } });
  const { id } = await stripe.paymentIntents.create(cardPayment);
  await world.arrived("payment_intent.succeeded");
  await sleep(50);
  assert.deepEqual(
    world.received.filter(({ body }) => body.includes(id)).map(({ event }) => event.type),
    ["payment_intent.succeeded"],
  );
  await world.put("/webhook-targets", { stripe: { events: ["*"] } });
});

test("a webhook may come twice, with one id", async () => {
  await world.faults([
    { part: "webhooks", endpoint: "payment_intent.succeeded", kind: "webhook_duplicate", times: 1, value: 2 },
  ]);
  const { id } = await stripe.paymentIntents.create(cardPayment);
  await sleep(150);
  const copies = eventsOf(world, id, "payment_intent.succeeded");
  assert.equal(copies.length, 3);
  assert.equal(new Set(copies.map(({ event }) => event.id)).size, 1);
});

test("a webhook may come before the answer it belongs to", async () => {
  await world.faults([{ part: "stripe", endpoint: "payment_intent.succeeded", kind: "webhook_first", times: 1 }]);
  const { id } = await stripe.paymentIntents.create(cardPayment);
  assert.equal(eventsOf(world, id, "payment_intent.succeeded").length, 1);
});

test("a webhook may be late, lost, or overtaken by the next one; a lost one can be sent again", async () => {
  await world.faults([
    { part: "webhooks", endpoint: "payment_intent.created", kind: "webhook_late", latencyMs: 200, times: 1 },
    { part: "webhooks", endpoint: "charge.succeeded", kind: "webhook_reorder", times: 1 },
    { part: "webhooks", endpoint: "payment_intent.succeeded", kind: "webhook_drop", times: 1 },
  ]);
  const { id } = await stripe.paymentIntents.create(cardPayment);
  await stripe.paymentIntents.create(cardPayment);
  await sleep(100);
  assert.equal(eventsOf(world, id, "payment_intent.created").length, 0);
  assert.equal(eventsOf(world, id, "charge.succeeded").length, 1);
  assert.equal(eventsOf(world, id, "payment_intent.succeeded").length, 0);
  await sleep(200);
  assert.equal(eventsOf(world, id, "payment_intent.created").length, 1);

  const missed = (await stripe.events.list({ type: "payment_intent.succeeded", limit: 5 })).data.find((event) =>
    JSON.stringify(event).includes(id),
  );
  assert.equal((await world.post("/webhooks/redeliver", { eventId: missed?.id })).status, 200);
  await sleep(100);
  const [again] = eventsOf(world, id, "payment_intent.succeeded");
  assert.equal(stripe.webhooks.constructEvent(again?.body ?? "", again?.signature ?? "", webhookSecret).id, missed?.id);
});

test("an endpoint that registers itself gets its events under its own secret", async () => {
  const { port } = new URL(
    ((await (await fetch(`${world.url}/webhook-targets`)).json()) as { stripe: { url: string } }).stripe.url,
  );
  const endpoint = await stripe.webhookEndpoints.create({
    url: `http://127.0.0.1:${port}/own`,
    enabled_events: ["customer.created"],
  });
  assert.equal((await stripe.webhookEndpoints.retrieve(endpoint.id)).secret, undefined);
  const customer = await stripe.customers.create({ name: "Ann" });
  await sleep(100);
  const copies = world.received.filter(
    ({ event, body }) => event.type === "customer.created" && body.includes(customer.id),
  );
  assert.equal(copies.length, 2);
  const own = copies.filter(({ body, signature }) => {
    try {
      return stripe.webhooks.constructEvent(body, signature, endpoint.secret ?? "").type === "customer.created";
    } catch {
      return false;
    }
  });
  assert.equal(own.length, 1);
  assert.equal((await stripe.webhookEndpoints.list()).data.length, 1);
  await stripe.webhookEndpoints.update(endpoint.id, { disabled: true });
  assert.equal((await stripe.webhookEndpoints.del(endpoint.id)).deleted, true);
});

test("a decline can be asked for by rule, aimed at one payment by its metadata", async () => {
  await world.faults([{ part: "stripe", endpoint: "*", kind: "decline", value: "lost_card", match: "cs_unlucky" }]);
  assert.equal((await stripe.paymentIntents.create(cardPayment)).status, "succeeded");
  const error = await stripeError(
    stripe.paymentIntents.create({ ...cardPayment, metadata: { checkout_session_id: "cs_unlucky" } }),
  );
  assert.deepEqual([error.code, error.decline_code], ["card_declined", "lost_card"]);
});

test("everything is still there after a restart: payments, keys, faults, and webhooks not yet delivered", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sandbox-"));
  after(() => rm(folder, { recursive: true, force: true }));
  const dataFile = join(folder, "state.sqlite");

  const before = await openTestStripe({ dataFile, keepsOpen: true });
  const idempotencyKey = "pay_1:create";
  await before.faults([
    { part: "webhooks", endpoint: "payment_intent.succeeded", kind: "webhook_late", latencyMs: 400 },
  ]);
  const paid = await before.stripe.paymentIntents.create(cardPayment, { idempotencyKey });
  await before.close();
  assert.equal(eventsOf(before, paid.id, "payment_intent.succeeded").length, 0);

  const again = await openTestStripe({ dataFile });
  const replayed = await again.stripe.paymentIntents.create(cardPayment, { idempotencyKey });
  assert.equal(replayed.id, paid.id);
  assert.equal((await again.records("charge")).length, 1);
  assert.match(await (await fetch(`${again.url}/faults`)).text(), /webhook_late/);
  const { port } = new URL(
    ((await (await fetch(`${again.url}/webhook-targets`)).json()) as { stripe: { url: string } }).stripe.url,
  );
  assert.ok(Number(port) > 0);
  await again.arrived("payment_intent.succeeded");
  assert.equal(eventsOf(again, paid.id, "payment_intent.succeeded").length, 1);
});

test("a receiver that is down gets the event when it is up again", async () => {
  const lone = await openTestStripe();
  const targets = (await (await fetch(`${lone.url}/webhook-targets`)).json()) as { stripe: { url: string } };
  await lone.put("/webhook-targets", { stripe: { url: "http://127.0.0.1:9/nobody" } });
  const { id } = await lone.stripe.paymentIntents.create(cardPayment);
  await sleep(100);
  assert.equal(lone.received.length, 0);
  await lone.put("/webhook-targets", { stripe: { url: targets.stripe.url } });
  await lone.arrived("payment_intent.succeeded");
  assert.equal(eventsOf(lone, id, "payment_intent.succeeded").length, 1);
});
