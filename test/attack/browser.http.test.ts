/** What another website, a frame or a thief of cookies could do through a shopper's browser. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { bearer, cookieOf, openAttacked, operationsOf, stateOf, tablesOf, type Headers } from "./attacked-system.ts";
import { newOwner } from "./cast.ts";
import { rows, urlOf } from "./route-rows.ts";

const attacked = await openAttacked({ APP_URL: "https://shop.example.com" });
const { send, pool } = attacked;
const owner = await newOwner(attacked);
const operations = await operationsOf(attacked);
const signIn = (headers: Headers = {}) =>
  send({
    method: "POST",
    url: "/api/auth/sign-in/email",
    headers,
    body: { email: owner.email, password: "long enough" },
  });
const account = (headers: Headers) => send({ method: "GET", url: "/api/v1/account", headers });

test("every answer, refusals and failures too, tells browsers what they may not do with it", async () => {
  const urls = [
    "/api/v1/account",
    "/api/v1/cart",
    "/nowhere",
    "/%zz",
    "/healthz",
    "/metrics",
    "/api/openapi.json",
    "/api/v1/orders/MO-NOSUCH",
  ];
  for (const url of urls) {
    for (const headers of [{}, owner.headers]) {
      const reply = await send({ method: "GET", url, headers });
      const { headers: said } = reply;
      assert.equal(said["x-content-type-options"], "nosniff", url);
      assert.equal(said["x-frame-options"], "DENY", url);
      assert.match(String(said["content-security-policy"]), /frame-ancestors 'none'/, url);
      assert.equal(said["referrer-policy"], "no-referrer", url);
      assert.equal(said["cross-origin-resource-policy"], "same-origin", url);
      assert.equal(said["strict-transport-security"], "max-age=31536000", url);
      assert.equal(said["x-powered-by"], undefined);
      assert.equal(said["server"], undefined);
      if (!url.startsWith("/api/openapi")) assert.equal(said["cache-control"], "no-store", url);
    }
  }
});

test("pages of the API bring a policy of their own, and none may be framed by strangers", async () => {
  const order = owner.owns.orderNumber;
  const receipt = await send({
    method: "GET",
    url: `/api/v1/orders/${order}/receipt?format=html`,
    headers: owner.headers,
  });
  assert.match(String(receipt.headers["content-security-policy"]), /default-src 'none'/);
  assert.doesNotMatch(String(receipt.headers["content-security-policy"]), /script-src/);
  assert.equal(receipt.headers["x-frame-options"], "DENY");
  const docs = await send({ method: "GET", url: "/api/docs/" });
  assert.match(String(docs.headers["content-security-policy"]), /frame-ancestors/);
});

test("HTML in what was bought is shown as text on the receipt", async () => {
  const title = `<script>alert(1)</script><img src=x onerror="alert(1)">`;
  const order = owner.owns.orderNumber;
  await pool.query("update orders.order_item set title = $2 where order_number = $1", [order, title]);
  await pool.query("update orders.store_order set store_name = $2 where order_number = $1", [
    order,
    `"><svg onload=a>`,
  ]);
  const url = `/api/v1/orders/${order}/receipt`;
  const { text } = await send({ method: "GET", url: `${url}?format=html`, headers: owner.headers });
  assert.ok(text.includes("&lt;script&gt;"), "escaped");
  for (const live of ["<script", "<img", "<svg"]) assert.ok(!text.includes(live), live);
  const pdf = await send({ method: "GET", url: `${url}?format=pdf`, headers: owner.headers });
  assert.match(String(pdf.headers["content-type"]), /pdf/);
});

test("no other origin reads anything: there is no CORS", async () => {
  const origin = "https://evil.example";
  for (const url of ["/api/v1/cart", "/api/v1/account", "/api/auth/get-session", "/api/openapi.json"]) {
    const reply = await send({ method: "GET", url, headers: { ...owner.headers, origin } });
    assert.equal(reply.headers["access-control-allow-origin"], undefined, url);
    const preflight = await send({
      method: "OPTIONS" as "GET",
      url,
      headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": "content-type" },
    });
    assert.ok(preflight.status >= 400, `${url} answered a preflight with ${preflight.status}`);
    for (const name of Object.keys(preflight.headers)) assert.ok(!name.startsWith("access-control-allow"), name);
  }
});

test("the session's cookie cannot be read by scripts, sent in the clear, or taken along by other sites", async () => {
  const signedIn = await signIn();
  const visitor = await send({
    method: "POST",
    url: "/api/v1/cart/items",
    body: { productId: owner.owns.productId, variantId: owner.owns.variantId },
  });
  for (const reply of [signedIn, visitor]) {
    const [set = ""] = [reply.headers["set-cookie"] ?? []].flat().map(String);
    assert.match(set, /^__Secure-muse\.session_token=[^;]+;/);
    for (const flag of ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"])
      assert.ok(set.includes(flag), `${flag}: ${set}`);
    assert.ok(!/domain=/i.test(set), "for this host alone");
  }
});

test("a write that comes from elsewhere with a cookie changes nothing, whichever way a browser says so", async () => {
  const cookie = cookieOf(await signIn());
  const tables = await tablesOf(pool);
  const before = await stateOf(pool, tables, [owner.accountId, owner.owns.sessionId, owner.owns.orderNumber]);
  const foreign: Headers[] = [
    { "sec-fetch-site": "cross-site", origin: "https://evil.example" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site", origin: "https://blog.example.com" },
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "http://shop.example.com" },
    { origin: "https://shop.example.com.evil.example" },
    { origin: "https://shop.example.com:8443" },
  ];
  const writes = operations.filter(({ method, auth }) => method !== "GET" && auth !== "none");
  for (const operation of writes) {
    const row = rows[operation.name];
    if (row === undefined) continue;
    for (const headers of foreign) {
      const body = row.body?.(owner.owns);
      const url = urlOf(operation.path, row, owner.owns);
      const reply = await send({
        method: operation.method,
        url,
        headers: { host: "api.internal", ...cookie, ...headers },
        ...(body === undefined ? {} : { body }),
      });
      assert.deepEqual(
        [reply.status, reply.json?.error?.code],
        [403, "cross_site_refused"],
        `${operation.name} ${JSON.stringify(headers)}`,
      );
    }
  }
  assert.equal(await stateOf(pool, tables, [owner.accountId, owner.owns.sessionId, owner.owns.orderNumber]), before);
});

test("a form cannot write: bodies are JSON or nothing", async () => {
  const cookie = cookieOf(await signIn());
  for (const type of ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"]) {
    const reply = await send({
      method: "POST",
      url: "/api/v1/cart/items",
      headers: { ...cookie, "content-type": type },
      body: `{"productId":"${owner.owns.productId}"}`,
    });
    assert.equal(reply.status, 415, type);
  }
});

test("the shop's own pages, and programs, may write", async () => {
  const cookie = cookieOf(await signIn());
  const own: Headers[] = [
    { origin: "https://shop.example.com", "sec-fetch-site": "same-origin" },
    { origin: "https://shop.example.com" },
    { origin: "https://shop.example.com", "sec-fetch-site": "same-site" },
    { origin: "http://api.internal", host: "api.internal" },
    {},
  ];
  for (const headers of own) {
    const body = { productId: owner.owns.productId, variantId: owner.owns.variantId };
    const reply = await send({ method: "POST", url: "/api/v1/cart/items", headers: { ...cookie, ...headers }, body });
    assert.equal(reply.status, 200, JSON.stringify(headers) + reply.text);
  }
});

test("a session that was planted before sign-in is worth nothing after it (fixation)", async () => {
  const planted = await send({ method: "POST", url: "/api/auth/sign-in/anonymous", body: {} });
  const plantedCookie = cookieOf(planted);
  assert.equal((await account(plantedCookie)).status, 200);
  const signedIn = await signIn(plantedCookie);
  assert.equal(signedIn.status, 200);
  assert.notEqual(cookieOf(signedIn)["cookie"], plantedCookie["cookie"]);
  assert.equal((await account(plantedCookie)).status, 401, "the planted session has ended");
  assert.equal((await account(cookieOf(signedIn))).json?.data.accountId, owner.accountId);
  // A made-up token is not taken over either.
  const made = { cookie: "__Secure-muse.session_token=attacker-chose-this-one-attacker.c2ln" };
  const again = await signIn(made);
  assert.ok(!String(again.headers["set-cookie"]).includes("attacker-chose"));
});

test("a session cannot be given in an address or a body", async () => {
  const signedIn = await signIn();
  const { token } = signedIn.json as unknown as { token: string };
  for (const query of [
    `token=${token}`,
    `session_token=${token}`,
    `access_token=${token}`,
    `muse.session_token=${token}`,
  ]) {
    assert.equal((await send({ method: "GET", url: `/api/v1/account?${query}` })).status, 401);
  }
  assert.equal((await account(bearer(token))).status, 200);
});

test("signing out ends the session everywhere at once, and signing in gives a new one each time", async () => {
  const [first, second] = [await signIn(), await signIn()];
  assert.notEqual(cookieOf(first)["cookie"], cookieOf(second)["cookie"]);
  await send({ method: "POST", url: "/api/auth/sign-out", headers: cookieOf(first), body: {} });
  assert.equal((await account(cookieOf(first))).status, 401);
  assert.equal((await account(cookieOf(second))).status, 200);
});

test("nobody is redirected to where an attacker says", async () => {
  const body = { email: owner.email, password: "long enough", callbackURL: "https://evil.example/steal" };
  const reply = await send({ method: "POST", url: "/api/auth/sign-in/email", body });
  assert.ok(!String(reply.headers["location"] ?? "").includes("evil.example"));
  assert.ok(!reply.text.includes("evil.example"), reply.text);
});
