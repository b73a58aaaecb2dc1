import assert from "node:assert/strict";
import { test } from "node:test";
import { addressMessages } from "@muse/contracts/address";
import { newId } from "#kernel/ids.ts";
import { openBell } from "#platform/db/bell.ts";
import { openListener } from "#platform/db/listen.ts";
import { as, testServer } from "#platform/http/test-server.ts";
import { silentLog } from "#platform/log/log.ts";
import { openStripe, stripeProvider } from "#rooms/payment";
import { openTestDb } from "../../../test/db.ts";
import { makeCart, makeStore, makeVariant } from "../../../test/makers.ts";
import { openTestSandbox } from "../../../test/sandbox.ts";
import { checkoutRoutes } from "./routes.ts";
import { openSessionWatch } from "./session-watch.ts";

const { pool, url, beforeClose } = await openTestDb();
const sandbox = await openTestSandbox();
const listener = await openListener({
  connectionString: url,
  applicationName: "test ears",
  onReconnect: () => undefined,
});
beforeClose(() => listener.close());
const { http } = testServer(pool);
checkoutRoutes(http, {
  db: pool,
  bell: openBell(pool, silentLog),
  provider: stripeProvider(openStripe({ secretKey: "sk_test_muse_sandbox", apiBase: sandbox.url })),
  watch: await openSessionWatch(listener),
  returnUrlBase: "http://127.0.0.1:3000/checkout/success/session/",
});

const base = "/api/v1/checkout/sessions";
const address = {
  name: "Ada Lovelace",
  address1: "1 Market St",
  city: "San Francisco",
  state: "CA",
  zip: "94105",
  country: "US",
  phone: "415 555 0100",
  email: "ada@example.com",
};

type Sent = {
  readonly method?: "GET" | "POST" | "PUT";
  readonly url: string;
  readonly body?: object;
  readonly headers?: Record<string, string>;
};

function caller(accountId: string) {
  return async ({ method = "POST", url: path, body, headers = {} }: Sent) => {
    const answer = await http.fastify.inject({
      method,
      url: path,
      headers: { ...as("anonymous", accountId), ...headers },
      ...(body === undefined ? {} : { payload: body }),
    });
    return { status: answer.statusCode, headers: answer.headers, json: answer.json() };
  };
}

async function shopper() {
  const goods = [
    await makeVariant(pool, { storeId: await makeStore(pool), priceMinor: 24_800, stock: 50 }),
    await makeVariant(pool, { storeId: await makeStore(pool), priceMinor: 8_900 }),
  ];
  const accountId = await makeCart(
    pool,
    goods.map((variant) => ({ variant })),
  );
  return { accountId, goods, send: caller(accountId) };
}

async function storeOf(variantId: string): Promise<string> {
  const { rows } = await pool.query<{ store_id: string }>(
    "select p.store_id from catalog.variant v join catalog.product p using (product_id) where v.variant_id = $1",
    [variantId],
  );
  return rows[0]?.store_id ?? "";
}

async function readyToPay(card = "pm_card_visa") {
  const who = await shopper();
  const started = await who.send({ url: base, body: {} });
  assert.equal(started.status, 201);
  const sessionUrl = `${base}/${started.json.data.sessionId}`;
  const shipped = await who.send({ method: "PUT", url: `${sessionUrl}/shipping`, body: address });
  assert.equal(shipped.status, 200);
  await who.send({ method: "PUT", url: `${sessionUrl}/payment`, body: { paymentMethodId: card } });
  return { ...who, sessionUrl, total: shipped.json.data.session.cartSnapshot.summary };
}

test("a session goes from cart to paid orders, and its total is what is charged (M6)", async () => {
  const who = await readyToPay();
  // 337.00 of goods, 7.25 % of 248.00 and of 89.00 rounded once a line, two flat deliveries.
  assert.deepEqual(
    {
      subtotal: who.total.subtotalCents,
      tax: who.total.taxCents,
      shipping: who.total.shippingCents,
      isFinal: who.total.isFinal,
    },
    { subtotal: 33_700, tax: 1_798 + 645, shipping: 1_198, isFinal: true },
  );
  assert.equal(who.total.totalCents, 33_700 + 2_443 + 1_198);

  const placed = await who.send({ url: `${who.sessionUrl}/place`, body: {} });
  assert.equal(placed.status, 200);
  assert.deepEqual(placed.json.data.summary, {
    totalOrders: 2,
    successfulOrders: 0,
    pendingOrders: 2,
    failedOrders: 0,
  });
  assert.equal(placed.json.data.payment, "paid");
  const [charge] = (await sandbox.records("charge")).filter(({ data }) =>
    JSON.stringify(data).includes(who.sessionUrl.slice(base.length + 1)),
  );
  assert.equal(charge?.data["amount"], who.total.totalCents);

  const read = await who.send({ method: "GET", url: who.sessionUrl });
  assert.equal(read.json.data.orders.length, 2);
  assert.equal(read.json.data.cartSnapshot.stores.length, 2);
  // What is frozen is reserved.
  const items = read.json.data.cartSnapshot.stores.flatMap(
    (store: { items: { available?: boolean }[] }) => store.items,
  );
  assert.ok(items.length > 0 && items.every(({ available }: { available?: boolean }) => available === true));
});

test("delivery is chosen per store, quoted as dates, and a choice that is not offered is refused", async () => {
  const who = await readyToPay();
  const { stores } = (await who.send({ method: "GET", url: who.sessionUrl })).json.data.cartSnapshot;
  assert.match(stores[0].shippingOptions[0].deliveryFrom, /^\d{4}-\d{2}-\d{2}$/);
  const optionsUrl = `${who.sessionUrl}/shipping-options`;
  const faster = await who.send({
    method: "PUT",
    url: optionsUrl,
    body: { choices: [{ storeId: stores[0].storeId, optionId: "express" }] },
  });
  assert.equal(faster.status, 200);
  assert.equal(faster.json.data.cartSnapshot.stores[0].shippingCents, 900 + 250);
  assert.equal(faster.json.data.cartSnapshot.stores[1].shippingCents, 599);

  for (const choice of [
    { storeId: stores[0].storeId, optionId: "teleport" },
    { storeId: "sto_else", optionId: "express" },
  ]) {
    const refused = await who.send({ method: "PUT", url: optionsUrl, body: { choices: [choice] } });
    assert.deepEqual(
      [refused.status, refused.json.error.code, refused.json.error.field],
      [400, "shipping_option_invalid", "choices[0]"],
    );
  }
});

test("every amount is formatted for its reader, and a store's terms are those of the moment the cart was frozen", async () => {
  const who = await shopper();
  const [first] = who.goods;
  const storeId = await storeOf(first?.variantId ?? "");
  await pool.query(
    `update store.store set return_policy = '30 days', texts = '{"ko": {"returnPolicy": "30일"}}' where store_id = $1`,
    [storeId],
  );
  const started = await who.send({ url: base, body: {} });
  const sessionUrl = `${base}/${started.json.data.sessionId}`;
  assert.equal(started.json.data.cartSnapshot.stores[0].shippingDisplay, null);
  await pool.query(`update store.store set return_policy = 'none' where store_id = $1`, [storeId]);
  await who.send({ method: "PUT", url: `${sessionUrl}/shipping`, body: address });
  const read = async (language: string) =>
    (await who.send({ method: "GET", url: sessionUrl, headers: { "accept-language": language } })).json.data
      .cartSnapshot;
  const english = await read("en");
  const [store] = english.stores;
  assert.deepEqual(
    [store.returnPolicy, store.shippingDisplay, store.taxDisplay, store.totalDisplay],
    ["30 days", "$5.99", "$17.98", "$271.97"],
  );
  assert.deepEqual([store.items[0].unitPriceDisplay, store.items[0].lineTotalDisplay], ["$248.00", "$248.00"]);
  const { subtotalDisplay, shippingDisplay, taxDisplay, discountDisplay, totalDisplay } = english.summary;
  assert.deepEqual(
    [subtotalDisplay, shippingDisplay, taxDisplay, discountDisplay, totalDisplay],
    ["$337.00", "$11.98", "$24.43", "$0.00", "$373.41"],
  );
  const korean = await read("ko");
  assert.deepEqual([korean.stores[0].returnPolicy, korean.stores[0].shippingOptions[0].name], ["30일", "일반 배송"]);
});

test("naming a store twice is refused, and so is a store that has stopped delivering", async () => {
  const who = await readyToPay();
  const { stores } = (await who.send({ method: "GET", url: who.sessionUrl })).json.data.cartSnapshot;
  const choice = { storeId: stores[0].storeId, optionId: "express" };
  const twice = await who.send({
    method: "PUT",
    url: `${who.sessionUrl}/shipping-options`,
    body: { choices: [choice, choice] },
  });
  assert.equal(twice.status, 400);
  await pool.query("delete from quote.shipping_option where store_id = $1", [stores[0].storeId]);
  const stopped = await who.send({ method: "PUT", url: `${who.sessionUrl}/shipping`, body: address });
  assert.deepEqual([stopped.status, stopped.json.error.code], [409, "product_unavailable"]);
});

test("a wrong address says which field and changes nothing", async () => {
  const who = await shopper();
  const sessionUrl = `${base}/${(await who.send({ url: base, body: {} })).json.data.sessionId}`;
  const refused = await who.send({ method: "PUT", url: `${sessionUrl}/shipping`, body: { ...address, zip: "10001" } });
  assert.equal(refused.status, 400);
  assert.equal(refused.json.error.code, "shipping_address_invalid");
  const korean = await who.send({
    method: "PUT",
    url: `${sessionUrl}/shipping`,
    body: { ...address, zip: "10001" },
    headers: { "accept-language": "ko" },
  });
  assert.deepEqual(korean.json.error.details.fields, [
    { field: "zip", code: "zip_state_mismatch", message: addressMessages.zip_state_mismatch.ko },
  ]);
  const unknown = await who.send({ method: "PUT", url: `${sessionUrl}/shipping`, body: { ...address, priceCents: 1 } });
  assert.deepEqual([unknown.status, unknown.json.error.code], [400, "unknown_field"]);
  const early = await who.send({
    method: "PUT",
    url: `${sessionUrl}/shipping-options`,
    body: { choices: [{ storeId: "a", optionId: "b" }] },
  });
  assert.deepEqual([early.status, early.json.error.code], [409, "shipping_address_required"]);
  const read = await who.send({ method: "GET", url: sessionUrl });
  assert.equal(read.json.data.shippingAddress, null);
  assert.equal((await who.send({ url: `${sessionUrl}/place`, body: {} })).json.error.code, "shipping_address_required");
});

test("each refusal of placing has its own code, and Korean where it is asked for", async () => {
  const declined = await readyToPay("pm_card_visa_chargeDeclined");
  const refused = await declined.send({
    url: `${declined.sessionUrl}/place`,
    body: {},
    headers: { "accept-language": "ko" },
  });
  assert.deepEqual([refused.status, refused.json.error.code], [402, "payment_declined"]);
  assert.match(refused.json.error.message, /[가-힣]/);

  const challenged = await readyToPay("pm_card_threeDSecure2Required");
  const action = await challenged.send({ url: `${challenged.sessionUrl}/place`, body: {} });
  assert.deepEqual([action.status, action.json.error.code], [402, "payment_action_required"]);
  assert.match(action.json.error.details.clientSecret, /^pi_.+_secret_/);

  const late = await readyToPay();
  await pool.query("update checkout.session set expires_at = now() - interval '1 s' where account_id = $1", [
    late.accountId,
  ]);
  const expired = await late.send({ url: `${late.sessionUrl}/place`, body: {} });
  assert.deepEqual([expired.status, expired.json.error.code], [410, "session_expired"]);
});

test("a total that was not on the button is refused with the new one, and nothing is charged (M6)", async () => {
  const who = await readyToPay();
  const { totalCents } = who.total;
  const url = `${who.sessionUrl}/place`;
  const refused = await who.send({ url, body: { totalCents: totalCents - 1 } });
  assert.deepEqual(
    [refused.status, refused.json.error.code, refused.json.error.details],
    [409, "price_changed", { totalCents }],
  );
  assert.equal((await who.send({ url, body: { total: totalCents } })).json.error.code, "unknown_field");
  assert.equal((await who.send({ url, body: { totalCents } })).json.data.payment, "paid");
});

test("one key, one answer: repeats are replayed, another body is refused, and nothing is charged twice", async () => {
  const who = await readyToPay();
  const headers = { "idempotency-key": "place-1" };
  const first = await who.send({ url: `${who.sessionUrl}/place`, body: {}, headers });
  const again = await who.send({ url: `${who.sessionUrl}/place`, body: {}, headers });
  assert.equal(again.headers["idempotent-replayed"], "true");
  assert.deepEqual(again.json, first.json);
  const other = await who.send({ url: base, body: {}, headers });
  assert.deepEqual([other.status, other.json.error.code], [422, "idempotency_key_reused"]);
});

test("twenty place calls at once, with and without keys: one charge, twenty consistent answers (M1)", async () => {
  const who = await readyToPay();
  const calls = Array.from({ length: 20 }, (_, i) =>
    who.send({ url: `${who.sessionUrl}/place`, body: {}, headers: i % 2 === 0 ? {} : { "idempotency-key": `k${i}` } }),
  );
  const answers = await Promise.all(calls);
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
  const numbers = answers.map(({ json }) => json.data.orders.map(({ orderId }: { orderId: string }) => orderId).join());
  assert.equal(new Set(numbers).size, 1);
});

test("another's session does not exist, whatever is asked of it (P3)", async () => {
  const who = await readyToPay();
  const stranger = caller(newId("acc"));
  const asked: Sent[] = [
    { method: "GET", url: who.sessionUrl },
    { method: "PUT", url: `${who.sessionUrl}/shipping`, body: address },
    { method: "PUT", url: `${who.sessionUrl}/shipping-options`, body: { choices: [{ storeId: "a", optionId: "b" }] } },
    { method: "PUT", url: `${who.sessionUrl}/payment`, body: { paymentMethodId: "pm_card_visa" } },
    { url: `${who.sessionUrl}/place`, body: {} },
    { url: `${who.sessionUrl}/cancel`, body: {} },
    { method: "GET", url: `${who.sessionUrl}/events` },
  ];
  for (const call of asked) {
    const { status, json } = await stranger(call);
    assert.deepEqual([status, json.error.code], [404, "session_not_found"], call.url);
  }
});

test("cancelling releases everything, and is refused once money may have moved", async () => {
  const who = await shopper();
  const sessionUrl = `${base}/${(await who.send({ url: base })).json.data.sessionId}`;
  const cancelled = await who.send({ url: `${sessionUrl}/cancel` });
  assert.deepEqual([cancelled.status, cancelled.json.data.status], [200, "cancelled"]);
  const closed = await who.send({
    method: "PUT",
    url: `${sessionUrl}/payment`,
    body: { paymentMethodId: "pm_card_visa" },
  });
  assert.equal(closed.json.error.code, "session_cancelled");

  const paid = await readyToPay();
  await paid.send({ url: `${paid.sessionUrl}/place`, body: {} });
  const refused = await paid.send({ url: `${paid.sessionUrl}/cancel`, body: {} });
  assert.deepEqual([refused.status, refused.json.error.code], [409, "session_processing"]);
});

test("the event stream tells the state now and after each move", async () => {
  const who = await readyToPay();
  await http.fastify.listen({ port: 0, host: "127.0.0.1" });
  const { port } = http.fastify.server.address() as { port: number };
  const hungUp = new AbortController();
  const stream = await fetch(`http://127.0.0.1:${port}${who.sessionUrl}/events`, {
    headers: as("anonymous", who.accountId),
    signal: hungUp.signal,
  });
  assert.equal(stream.headers.get("content-type"), "text/event-stream; charset=utf-8");
  const seen: string[] = [];
  const reading = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of stream.body ?? []) {
      for (const [, data = ""] of decoder.decode(chunk).matchAll(/^data: (.*)$/gm)) seen.push(JSON.parse(data).payment);
      if (seen.includes("paid")) return;
    }
  })();
  while (seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await who.send({ url: `${who.sessionUrl}/place`, body: {} });
  await reading;
  hungUp.abort();
  assert.equal(seen[0], "unpaid");
  assert.equal(seen.at(-1), "paid");
});

test("a page that lost its connection is sent what it has not seen, and is told when there will be no more", async () => {
  const who = await readyToPay();
  if (!http.fastify.server.listening) await http.fastify.listen({ port: 0, host: "127.0.0.1" });
  const { port } = http.fastify.server.address() as { port: number };
  const follow = async (seenId?: string) => {
    const hungUp = new AbortController();
    const headers = { ...as("anonymous", who.accountId), ...(seenId === undefined ? {} : { "last-event-id": seenId }) };
    const answer = await fetch(`http://127.0.0.1:${port}${who.sessionUrl}/events`, { headers, signal: hungUp.signal });
    setTimeout(() => hungUp.abort(), 150);
    let text = "";
    try {
      for await (const chunk of answer.body ?? []) text += Buffer.from(chunk).toString();
    } catch {
      // We hung up.
    }
    const ids = [...text.matchAll(/^id: (.+)$/gm)].map(([, id]) => id ?? "");
    return { status: answer.status, caching: answer.headers.get("cache-control"), ids };
  };
  const first = await follow();
  assert.equal(first.caching, "no-cache, no-transform");
  assert.equal(first.ids.length, 1);
  assert.deepEqual((await follow(first.ids[0])).ids, [], "the same state is not sent again");

  await who.send({ url: `${who.sessionUrl}/cancel`, body: {} });
  const last = await follow(first.ids[0]);
  assert.equal(last.ids.length, 1);
  assert.equal((await follow(last.ids[0])).status, 204);
});

test("a session remembers the language it was begun in, and the one its shopper comes back with", async () => {
  const who = await shopper();
  const localeAfter = async (language: string) => {
    await who.send({ url: base, body: {}, headers: { "accept-language": language } });
    const sql = "select locale from checkout.session where account_id = $1";
    return (await pool.query(sql, [who.accountId])).rows;
  };
  assert.deepEqual(await localeAfter("ko-KR,ko;q=0.9"), [{ locale: "ko" }]);
  assert.deepEqual(await localeAfter("ko-KR,ko;q=0.9"), [{ locale: "ko" }]);
  assert.deepEqual(await localeAfter("en-US"), [{ locale: "en" }]);
});
