/** Links in mail: who gets one, what it opens, how often, and what can be learned by asking for one. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { must } from "../../server/src/kernel/assert.ts";
import { silentLog } from "../../server/src/platform/log/log.ts";
import { openRegistry } from "../../server/src/platform/metrics/registry.ts";
import { linksOf, mailMetrics, notifySweeps, openTransport } from "../../server/src/rooms/notify/index.ts";
import { openMailServer } from "../../server/test/mail-server.ts";
import { paidOrder } from "../../server/test/paid-orders.ts";
import { bearer, cookieOf, openAttacked, tablesOf, type Headers, type Reply } from "./attacked-system.ts";
import { belongingsOf, newPerson, newVisitor, type Person } from "./cast.ts";

const attacked = await openAttacked();
const { send, pool, config, log } = attacked;
const server = await openMailServer();
const transport = openTransport(async () => server.url);
after(async () => {
  transport.close();
  await server.close();
});
const sweeps = notifySweeps({
  db: pool,
  log: silentLog,
  transport,
  links: linksOf(config.appUrl),
  metrics: mailMetrics(openRegistry("test"), pool),
  from: config.mail.from,
});

/** The worker's mail, until there is none. @returns what the server took of it for these addresses */
async function mailsTo(...addresses: string[]): Promise<typeof server.taken> {
  const sweep = must(
    sweeps.find(({ name }) => name === "notify.send_mails"),
    "the sweep that sends",
  );
  while ((await sweep.run(new AbortController().signal)) !== 0);
  const mine = server.taken.filter(({ to }) => to.some((each) => addresses.includes(each.toLowerCase())));
  server.taken.length = 0;
  return mine;
}

const post = (url: string, body: object, headers: Headers = {}) => send({ method: "POST", url, headers, body });
const lookUp = (email: string, more: object = {}, headers: Headers = {}) =>
  post("/api/v1/orders/lookup", { email, ...more }, headers);
const open = (token: string, headers: Headers = {}) => post("/api/v1/orders/link", { token }, headers);
const tokensIn = (text: string): string[] =>
  [...text.matchAll(/orders\/link\?token=([\w-]+)/g)].map(([, token = ""]) => token);
const readOrder = (orderNumber: string, headers: Headers) =>
  send({ method: "GET", url: `/api/v1/orders/${orderNumber}`, headers });

let count = 0;
/** Somebody who bought without an account, and gave this address. */
async function guest(address?: string): Promise<Person & { orderNumber: string; sessionId: string; email: string }> {
  count += 1;
  const email = address ?? `guest.${count}@mail.test`;
  const visitor = await newVisitor(attacked);
  const { orderNumber, sessionId } = await paidOrder(pool, {}, { accountId: visitor.accountId });
  await pool.query("update checkout.session set contact_email = $2 where session_id = $1", [sessionId, email]);
  return { ...visitor, orderNumber, sessionId, email };
}

const strip = ({ status, text }: Reply) => [status, text.replace(/req_\w+/, "")];

test("asking tells nothing: the same answer for a customer, a stranger, a wrong number and a person", async () => {
  const buyer = await guest();
  const person = await newPerson(attacked);
  const asked = [
    await lookUp(buyer.email),
    await lookUp("nobody.at.all@mail.test"),
    await lookUp(buyer.email, { orderNumber: "MO-22222-22222" }),
    await lookUp(person.email),
  ];
  assert.equal(asked[0]?.status, 202);
  for (const reply of asked) assert.deepEqual(strip(reply), strip(must(asked[0], "a reply")));
  assert.equal((await mailsTo(buyer.email)).length, 1, "for the number that is not theirs there is none");
  const { rows } = await pool.query(
    "select status, error, recipient from notify.mail where kind = 'order_link' order by status",
  );
  assert.deepEqual([...new Set(rows.map(({ status }) => status))], ["sent", "dropped"]);
  assert.ok(
    rows.every(({ recipient }) => recipient === null),
    "the address is forgotten with the mail",
  );
});

test("the link lets its reader in as the guest, once; whatever is wrong with one is the same 404", async () => {
  const buyer = await guest();
  await lookUp(
    buyer.email.toUpperCase(),
    { orderNumber: buyer.orderNumber.toLowerCase() },
    { "accept-language": "ko" },
  );
  const [mail] = await mailsTo(buyer.email);
  assert.match(must(mail, "a mail").text, /주문 내역/);
  const [token = ""] = tokensIn(must(mail, "a mail").text);
  const entered = await open(token);
  assert.equal(entered.status, 200, entered.text);
  assert.equal(entered.json?.data.checkoutSessionId, buyer.sessionId);
  for (const headers of [cookieOf(entered), bearer(entered.json?.data.token)]) {
    assert.equal((await readOrder(buyer.orderNumber, headers)).status, 200);
  }
  await pool.query(
    `insert into notify.order_link (token_hash, mail_id, account_id, expires_at)
     select sha256('an-older-token-of-theirs'), mail_id, $1, now() - interval '1 s' from notify.mail limit 1`,
    [buyer.accountId],
  );
  const refused = [await open(token), await open("an-older-token-of-theirs"), await open("never-was-any-of-ours")];
  for (const reply of refused) assert.deepEqual(strip(reply), strip(must(refused[0], "a reply")));
  assert.equal(refused[0]?.status, 404);
});

test("twenty who open one link at once: one gets in", async () => {
  const buyer = await guest();
  await lookUp(buyer.email);
  const [token = ""] = tokensIn(must((await mailsTo(buyer.email))[0], "a mail").text);
  const replies = await Promise.all(Array.from({ length: 20 }, () => open(token)));
  assert.deepEqual(
    replies.map(({ status }) => status).sort((a, b) => a - b),
    [200, ...Array.from({ length: 19 }, () => 404)],
  );
});

test("what the caller gathered as another visitor comes along, and signing up takes cart and orders", async () => {
  const buyer = await guest();
  const other = await newVisitor(attacked);
  const { variantId } = await belongingsOf(attacked, other);
  await lookUp(buyer.email);
  const [token = ""] = tokensIn(must((await mailsTo(buyer.email))[0], "a mail").text);
  const entered = await open(token, other.headers);
  const headers = bearer(entered.json?.data.token);
  const cart = await send({ method: "GET", url: "/api/v1/cart", headers });
  assert.ok(cart.text.includes(variantId));
  const signedUp = await post(
    "/api/auth/sign-up/email",
    { email: "late.comer@mail.test", password: "long enough", name: "Late" },
    headers,
  );
  const person = bearer((signedUp.json as unknown as { token: string }).token);
  assert.equal((await readOrder(buyer.orderNumber, person)).status, 200);
  assert.ok((await send({ method: "GET", url: "/api/v1/cart", headers: person })).text.includes(variantId));
  assert.equal((await readOrder(buyer.orderNumber, headers)).status, 401, "the guest's sessions have ended");
});

test("a link opens nothing of somebody else: not a shared browser's, not an account's, not one that was taken over", async () => {
  const shared = await guest();
  const theirs = await paidOrder(pool, {}, { accountId: shared.accountId });
  await pool.query("update checkout.session set contact_email = 'somebody.else@mail.test' where session_id = $1", [
    theirs.sessionId,
  ]);
  await lookUp(shared.email);
  const [mail] = await mailsTo(shared.email);
  assert.deepEqual(tokensIn(must(mail, "a mail").text), [], "two addresses on one account: no link");
  assert.ok(mail?.text.includes(shared.orderNumber) && !mail.text.includes(theirs.orderNumber));

  const person = await newPerson(attacked);
  const owned = await paidOrder(pool, {}, { accountId: person.accountId });
  await pool.query("update checkout.session set contact_email = null where session_id = $1", [owned.sessionId]);
  await lookUp(person.email);
  const [told] = await mailsTo(person.email);
  assert.ok(told?.text.includes(owned.orderNumber) && tokensIn(told.text).length === 0);

  const buyer = await guest();
  await lookUp(buyer.email);
  const [token = ""] = tokensIn(must((await mailsTo(buyer.email))[0], "a mail").text);
  await post("/api/auth/sign-up/email", { email: buyer.email, password: "long enough", name: "G" }, buyer.headers);
  assert.equal((await open(token)).status, 404, "it is a person's by now, who signs in");
});

test("one mailbox is not flooded, one address does not ask for a hundred, and another site cannot ask at all", async () => {
  const statuses = [];
  for (let i = 0; i < 7; i += 1) statuses.push((await lookUp("flooded@mail.test")).status);
  assert.deepEqual(statuses, [202, 202, 202, 202, 202, 429, 429]);
  const signIns = [];
  for (let i = 0; i < 7; i += 1) {
    signIns.push((await post("/api/auth/sign-in/magic-link", { email: "flooded@mail.test" })).status);
  }
  assert.deepEqual(signIns, [200, 200, 200, 200, 200, 429, 429]);
  const made = await send({ method: "POST", url: "/api/auth/sign-in/anonymous", body: {} });
  const foreign = { ...cookieOf(made), origin: "https://evil.example" };
  for (const url of ["/api/v1/orders/lookup", "/api/v1/orders/link"]) {
    const reply = await post(url, { email: "a@mail.test", token: "x".repeat(20) }, foreign);
    assert.equal(reply.json?.error.code, "cross_site_refused");
  }
  await mailsTo("flooded@mail.test");
});

const askSignIn = (email: string, headers: Headers = {}) => post("/api/auth/sign-in/magic-link", { email }, headers);
const verifyUrl = (text: string): string => /https?:\S+(\/api\/auth\/magic-link\/verify\S+)/.exec(text)?.[1] ?? "";

test("a sign-in link signs its person in, once, takes the visitor's things along, and strangers get none", async () => {
  const person = await newPerson(attacked);
  const asked = [await askSignIn(person.email), await askSignIn("stranger@mail.test")];
  assert.deepEqual(strip(must(asked[0], "a reply")), strip(must(asked[1], "a reply")));
  const [mail, ...more] = await mailsTo(person.email);
  assert.equal(more.length, 0);
  const { rows } = await pool.query("select error from notify.mail where kind = 'sign_in_link' and status = 'dropped'");
  assert.ok(rows.some(({ error }) => error === "no_account"));

  const visitor = await newVisitor(attacked);
  const { orderNumber } = await belongingsOf(attacked, visitor);
  const url = verifyUrl(must(mail, "a mail").text);
  const followed = await send({ method: "GET", url, headers: visitor.headers });
  assert.equal(followed.status, 302, followed.text);
  assert.equal(followed.headers["location"], `${config.appUrl}/orders`);
  const who = await send({ method: "GET", url: "/api/v1/account", headers: cookieOf(followed) });
  assert.equal(who.json?.data.email, person.email);
  assert.equal((await readOrder(orderNumber, cookieOf(followed))).status, 200);
  const again = await send({ method: "GET", url });
  assert.match(String(again.headers["location"]), /\/sign-in\?error=INVALID_TOKEN/);
  assert.equal(again.headers["set-cookie"], undefined);
});

test("a link goes round no second factor, and leads to no other site", async () => {
  const ops = await newPerson(attacked, "ops");
  await pool.query(`update account."user" set two_factor_enabled = true where id = $1`, [ops.accountId]);
  await askSignIn(ops.email);
  assert.deepEqual(await mailsTo(ops.email), []);
  const away = `/api/auth/magic-link/verify?token=${"x".repeat(32)}&callbackURL=https%3A%2F%2Fevil.example`;
  const reply = await send({ method: "GET", url: away });
  assert.equal(reply.json?.error.code, "cross_site_refused");
});

test("no token is in any table or line of the log, and no address stays in the queue", async () => {
  const buyer = await guest("canary.guest@canary.test");
  const person = await newPerson(attacked);
  await lookUp(buyer.email);
  await askSignIn(person.email);
  const before = await pool.query("select recipient from notify.mail where recipient is not null");
  assert.equal(before.rowCount, 2);
  const texts = (await mailsTo(buyer.email, person.email)).map(({ text }) => text).join();
  const [token = "none"] = tokensIn(texts);
  const secret = new URL(verifyUrl(texts), config.appUrl).searchParams.get("token") ?? "none";
  for (const table of await tablesOf(pool)) {
    const { rows } = await pool.query<{ n: number }>(
      `select count(*)::int as n from ${table} t where t::text like any ($1)`,
      [[`%${token}%`, `%${secret}%`]],
    );
    assert.equal(must(rows[0], "a count").n, 0, table);
  }
  assert.equal((await pool.query("select 1 from notify.mail where recipient is not null")).rowCount, 0);
  assert.ok(token.length > 20 && secret.length > 20);
  const text = log.join("");
  for (const word of [token, secret, "canary.guest", person.email]) assert.ok(!text.includes(word), word);
});
