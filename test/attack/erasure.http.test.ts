/** A person asks for all that is kept of them, and then for its end: nothing of them is left anywhere. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { sellerContractVersion } from "@muse/contracts/seller-contract";
import { must } from "../../server/src/kernel/assert.ts";
import { privacySweeps } from "../../server/src/privacy.ts";
import { testAddress } from "../../server/test/paid-orders.ts";
import { checkInvariants } from "../../tools/invariants/check-invariants.ts";
import { bearer, openAttacked, tablesOf, type Headers } from "./attacked-system.ts";
import { belongingsOf, newPerson, newVisitor, type Belongings } from "./cast.ts";
import { canaries, leaveTracesOutside } from "./outside-traces.ts";

const attacked = await openAttacked();
const { send, pool, config, log } = attacked;
const ops = await newPerson(attacked, "ops");
const password = "correct horse canary";

type Somebody = { readonly accountId: string; readonly headers: Headers; readonly owns: Belongings };

async function somebody(): Promise<Somebody> {
  const headers = { "user-agent": canaries.browser };
  const visitor = await send({ method: "POST", url: "/api/auth/sign-in/anonymous", headers, body: {} });
  const visitorToken = (visitor.json as unknown as { token: string }).token;
  const signedUp = await send({
    method: "POST",
    url: "/api/auth/sign-up/email",
    headers: { ...headers, ...bearer(visitorToken) },
    body: { email: canaries.email, password, name: canaries.name },
  });
  assert.equal(signedUp.status, 200, signedUp.text);
  const { token, user } = signedUp.json as unknown as { token: string; user: { id: string } };
  const person = { accountId: user.id, headers: { ...headers, ...bearer(token) } };
  const owns = await belongingsOf(attacked, { ...person, email: canaries.email });
  const who = { ...person, owns };
  await leaveTraces(who);
  return who;
}

/** Everywhere something personal can come to stand; by the API where it takes it, by hand where others write it. */
async function leaveTraces({ headers, owns, accountId }: Somebody): Promise<void> {
  const base = `/api/v1/checkout/sessions/${owns.sessionId}`;
  const address = { ...testAddress, name: canaries.name, address1: canaries.street, address2: canaries.rear };
  const shipping = { ...address, phone: canaries.phone, email: canaries.otherEmail };
  assert.equal((await send({ method: "PUT", url: `${base}/shipping`, headers, body: shipping })).status, 200);
  const elsewhere = {
    method: "PUT",
    url: `${base}/email`,
    headers,
    body: { email: `other.${canaries.email}` },
  } as const;
  assert.equal((await send(elsewhere)).status, 200);
  const payment = { paymentMethodId: canaries.method };
  assert.equal((await send({ method: "PUT", url: `${base}/payment`, headers, body: payment })).status, 200);
  const saved = { ...address, phone: canaries.phone, address2: canaries.shed };
  assert.equal((await send({ method: "POST", url: "/api/v1/addresses", headers, body: saved })).status, 200);
  // The answer of a keyed request is kept for a day, address and all.
  const keyed = { ...headers, "idempotency-key": "a-key" };
  await send({ method: "POST", url: "/api/v1/checkout/sessions", headers: keyed, body: {} });

  await sellsAndSays(headers, owns);
  const order = [owns.orderNumber];
  const sql = (text: string, values: readonly unknown[]) => pool.query(text, [...values]);
  await sql("update checkout.session set shipping_address = $2, contact_email = $3 where session_id = $1", [
    owns.paidSessionId,
    JSON.stringify({ ...address, phone: canaries.phone }),
    canaries.email,
  ]);
  await sql("update placement.manual_task set note = $2, detail = $2 where order_number = $1", [
    ...order,
    canaries.note,
  ]);
  await sql(
    `insert into placement.attempt (attempt_id, order_number, fence, method, status, detail, ended_at)
     values ('att_traced1', $1, 1, 'api', 'placed', $2, now())`,
    [...order, canaries.note],
  );
  await sql("update placement.placement set fence = 1 where order_number = $1", order);
  await sql(
    `insert into shipment.shipment (shipment_id, order_number, carrier, tracking_number, status, delivered_at)
     values ('shp_traced1', $1, 'swiftpost', 'TRK-CN-1', 'delivered', now())`,
    order,
  );
  await sql("insert into shipment.event values ('shp_traced1', now(), 'delivered', $1, $1)", [canaries.scan]);
  await sql(
    `insert into orders.refund_request (request_id, order_number, account_id, reason) values ('req_traced1', $1, $2, $3)`,
    [...order, accountId, canaries.reason],
  );
  await sql(
    `insert into ops.audit (account_id, role, action, subject, detail) values ($1, 'ops', 'refund_request.decline', $2, $3)`,
    [ops.accountId, owns.orderNumber, { requestId: "req_traced1", note: canaries.note }],
  );
  await sql(
    `insert into ops.refund_approval (approval_id, order_number, wish, amount_minor, currency, reason, cause, asked_by)
     values ('apr_traced1', $1, '{"kind":"rest"}', 1, 'USD', $2, 'test', $3)`,
    [...order, canaries.note, ops.accountId],
  );
  await sql(
    "update payment.attempt a set method_ref = $2 from payment.payment p where p.payment_id = a.payment_id and p.session_id = $1",
    [owns.paidSessionId, canaries.method],
  );
  await sql(
    `insert into payment.deposit (payment_id, provider_ref, bank_code, account_number, holder_name, due_at, secret)
     select p.payment_id, 'of an older try', '20', $2, $3, now(), $2 from payment.payment p where p.session_id = $1`,
    [owns.paidSessionId, canaries.account, canaries.providerName],
  );
  await leaveTracesOutside(attacked, { owns, accountId, operatorId: ops.accountId });
}

/** What they wrote of a file they bought, how its receipt calls them, and how they began to sell one of their own. */
async function sellsAndSays(headers: Headers, { digitalId, digitalOrder }: Belongings): Promise<void> {
  await pool.query(
    "update checkout.session s set customer_name = $2 from orders.store_order o where o.session_id = s.session_id and o.order_number = $1",
    [digitalOrder, canaries.customer],
  );
  const post = async (url: string, body: object): Promise<void> => {
    const { status, text } = await send({ method: "POST", url, headers, body });
    assert.ok(status < 300, text);
  };
  await post(`/api/products/${digitalId}/reviews`, { rating: 2, body: canaries.review, author: canaries.name });
  await post("/api/v1/seller", { displayName: canaries.shop, contractVersion: sellerContractVersion });
  await post("/api/v1/seller/products", { title: canaries.draft, currency: "USD", priceCents: 500 });
}

/** All tables as text, as a dump would show them. */
async function dump(): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const table of await tablesOf(pool)) {
    const { rows } = await pool.query<{ line: string }>(`select t::text as line from ${table} t`);
    texts.set(table, rows.map(({ line }) => line).join("\n"));
  }
  return texts;
}

async function tracesOf(words: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const [table, text] of await dump()) {
    for (const word of words) if (text.toLowerCase().includes(word.toLowerCase())) found.push(`${table}: ${word}`);
  }
  return found;
}

async function deliver(orderNumber: string): Promise<void> {
  for (const status of ["placed", "shipped", "delivered"]) {
    await pool.query("update orders.store_order set status = $2::orders.order_status where order_number = $1", [
      orderNumber,
      status,
    ]);
  }
  await pool.query("update placement.manual_task set status = 'placed', closed_at = now() where order_number = $1", [
    orderNumber,
  ]);
  await pool.query("update placement.placement set status = 'placed' where order_number = $1", [orderNumber]);
}

const erase = (headers: Headers, body: object) => send({ method: "DELETE", url: "/api/v1/account", headers, body });
const copyOf = (headers: Headers) => send({ method: "GET", url: "/api/v1/account/export", headers });

const zebedee = await somebody();
const bystander = await newPerson(attacked);
await belongingsOf(attacked, bystander);

test("before: the traces are there (so that their absence means something)", async () => {
  const found = await tracesOf(Object.values(canaries));
  for (const word of Object.values(canaries))
    assert.ok(
      found.some((line) => line.endsWith(word)),
      word,
    );
  assert.ok(new Set(found.map((line) => line.split(":")[0])).size >= 10, found.join("\n"));
});

test("the copy holds all of it, and nothing of anybody else", async () => {
  const reply = await copyOf(zebedee.headers);
  assert.equal(reply.status, 200, reply.text);
  assert.match(String(reply.headers["content-disposition"]), /attachment/);
  for (const word of Object.values(canaries)) {
    // Ids of card tokens and what a provider calls people are in it as well.
    assert.ok(reply.text.includes(word), `the copy lacks ${word}`);
  }
  for (const word of [bystander.accountId, bystander.email, "password", "token"])
    assert.ok(!reply.text.includes(word), word);
  assert.equal((await copyOf({})).status, 401);
});

test("not while an order is on its way to its store, nor while a payment is in the air, nor without the password", async () => {
  const wrong = await erase(zebedee.headers, { password: "not this one" });
  assert.deepEqual([wrong.status, wrong.json?.error?.code], [401, "credentials_invalid"]);
  assert.equal((await erase(zebedee.headers, {})).json?.error?.code, "credentials_invalid");
  const waiting = await erase(zebedee.headers, { password });
  assert.deepEqual([waiting.status, waiting.json?.error?.code], [409, "account_not_erasable"]);
  assert.deepEqual(waiting.json?.error?.details.why, ["order_waiting"]);
  await deliver(zebedee.owns.orderNumber);

  await pool.query(
    `insert into payment.payment (payment_id, session_id, account_id, provider, status, amount_minor, currency)
     values ('pay_inair', $1, $2, 'stripe', 'started', 100, 'USD')`,
    [zebedee.owns.sessionId, zebedee.accountId],
  );
  const paying = await erase(zebedee.headers, { password });
  assert.deepEqual(paying.json?.error?.details.why, ["payment_open"]);
  await pool.query("delete from payment.payment where payment_id = 'pay_inair'");
  assert.equal((await tracesOf(Object.values(canaries))).length > 10, true, "nothing was half erased");
});

test("a neighbour site cannot erase anybody", async () => {
  const signedIn = await send({
    method: "POST",
    url: "/api/auth/sign-in/email",
    body: { email: canaries.email, password },
  });
  const [set = ""] = [signedIn.headers["set-cookie"] ?? []].flat().map(String);
  const cookie = set.split(";")[0] ?? "";
  const reply = await erase({ cookie, origin: "https://evil.example", host: "api" }, { password });
  assert.equal(reply.json?.error?.code, "cross_site_refused");
});

test("erased: no table, no job and no line of the log holds anything of them; the books still balance", async () => {
  const others = await copyOf(bystander.headers);
  const before = await books();
  const reply = await erase(zebedee.headers, { password });
  assert.equal(reply.status, 200, reply.text);
  assert.deepEqual(await tracesOf([...Object.values(canaries), "canary", "quuxley", "zebedee"]), []);
  const text = log.join("").toLowerCase();
  for (const word of ["canary", "quuxley", "zebedee"]) assert.ok(!text.includes(word), `the log holds ${word}`);
  assert.deepEqual(await books(), before, "orders and amounts are as they were");
  const after = await copyOf(bystander.headers);
  assert.deepEqual(after.json?.data.orders, others.json?.data.orders);
});

const books = async (): Promise<unknown> =>
  (
    await pool.query(
      `select o.order_number, o.total_minor, o.status, o.payment_status, p.amount_minor, p.status as paid
       from orders.store_order o join payment.payment p using (session_id) order by 1`,
    )
  ).rows;

test("no mail to them is left to be sent, and no link leads to them", async () => {
  const { rows } = await pool.query(
    "select count(*) filter (where m.session_id = $1 or m.session_id is null)::int as mails, (select count(*)::int from notify.order_link) as links from notify.mail m where m.try_at is not null",
    [zebedee.owns.paidSessionId],
  );
  assert.deepEqual(rows[0], { mails: 0, links: 0 });
});

test("their sessions have ended, and they cannot sign in any more; the address is free again", async () => {
  assert.equal((await send({ method: "GET", url: "/api/v1/account", headers: zebedee.headers })).status, 401);
  const again = await send({
    method: "POST",
    url: "/api/auth/sign-in/email",
    body: { email: canaries.email, password },
  });
  assert.equal(again.json?.error?.code, "credentials_invalid");
  const anew = await send({
    method: "POST",
    url: "/api/auth/sign-up/email",
    body: { email: canaries.email, password, name: "Another" },
  });
  assert.equal(anew.status, 200, anew.text);
  const headers = bearer((anew.json as unknown as { token: string }).token);
  assert.deepEqual((await copyOf(headers)).json?.data.orders, [], "who comes anew finds nothing of before");
});

test("every invariant holds of what is left", async () => {
  const databaseUrl = must(config.databaseUrl, "a test has its database");
  const { results } = await checkInvariants({ databaseUrl, settledForSeconds: 3_600 });
  const broken = results.filter(({ outcome }) => outcome === "broken" || outcome === "failed");
  assert.deepEqual(broken, []);
  assert.ok(results.filter(({ outcome }) => outcome === "holds").length > 15);
});

test("a visitor is erased without a password, and an erased one stays erased", async () => {
  const visitor = await newVisitor(attacked);
  const { orderNumber } = await belongingsOf(attacked, visitor);
  await deliver(orderNumber);
  assert.equal((await erase(visitor.headers, {})).status, 200);
  assert.equal((await erase(visitor.headers, {})).status, 401);
  const { rows } = await pool.query("select count(*)::int as n from cart.item where account_id = $1", [
    visitor.accountId,
  ]);
  assert.equal(rows[0].n, 0);
});

test("what time makes useless goes by itself: addresses of lost checkouts, old events, visitors who never came back", async () => {
  const late = await newVisitor(attacked);
  const buyer = await newVisitor(attacked);
  const { sessionId } = await belongingsOf(attacked, buyer);
  await pool.query("update account.session set expires_at = now() - interval '1 day' where user_id = any($1)", [
    [late.accountId, buyer.accountId],
  ]);
  await pool.query("delete from account.session where expires_at < now()");
  await pool.query(`update account."user" set created_at = now() - interval '61 days' where id = any($1)`, [
    [late.accountId, buyer.accountId],
  ]);
  await pool.query(
    "update checkout.session set status = 'expired', finished_at = now() - interval '31 days' where session_id = $1",
    [sessionId],
  );
  await pool.query("update webhook.inbox set received_at = now() - interval '91 days' where event_id = 'evt_traced1'");
  await pool.query("update notify.mail set updated_at = now() - interval '91 days' where status = 'dropped'");
  for (const sweep of privacySweeps(pool)) await sweep.run(new AbortController().signal);
  const left = async (text: string, value: unknown) => (await pool.query(text, [value])).rowCount;
  assert.equal(await left(`select 1 from account."user" where id = $1`, late.accountId), 0);
  assert.equal(
    await left(`select 1 from account."user" where id = $1`, buyer.accountId),
    1,
    "whoever paid stays in the books",
  );
  assert.equal(
    await left("select 1 from checkout.session where session_id = $1 and shipping_address is not null", sessionId),
    0,
  );
  assert.equal(await left("select 1 from webhook.inbox where event_id = $1", "evt_traced1"), 0);
  assert.equal(await left("select 1 from webhook.inbox where event_id = $1", "traced:1"), 1);
  assert.equal(await left("select 1 from notify.mail where status = $1", "dropped"), 0);
  must(await left(`select 1 from account."user" where id = $1`, bystander.accountId), "others are as they were");
});
