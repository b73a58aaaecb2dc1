import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { openShops, type Shops } from "../web/test/open-shops.ts";
import { jane, visit, type Json, type Visitor } from "../web/test/visitor.ts";

const shop = "kite-co";
const account = { email: "orders@muse.example", password: "kite-sandbox-2041" };
let shops: Shops;
let base: string;
before(async () => {
  shops = await openShops();
  base = `${shops.url}/retailers/${shop}`;
});
after(async () => {
  await shops.close();
});

test("a customer who signed in buys once per review, and finds it in the history", async () => {
  const customer = await signedIn();
  const { key, totalCents } = await toReview(customer, "KC-DELTA-TEA");
  // 34.00, 3.95 and 0.95 a piece for delivery, 7.25 % of the goods.
  assert.equal(totalCents, 3400 + 490 + 247);
  const presses = await Promise.all(
    Array.from({ length: 6 }, () => customer.call("POST", "/orders", { key, totalCents })),
  );
  const numbers = new Set(presses.map(({ data }) => data["number"]));
  assert.equal(numbers.size, 1);
  const [number] = numbers;
  assert.deepEqual(
    (await shops.orders(shop)).map((order) => order.key),
    [number],
  );
  // No field for it at the checkout: no reference in the book.
  assert.equal((await shops.orders(shop))[0]?.data["clientKey"], "");

  const { data } = await customer.call("GET", "/orders");
  const [order] = data["orders"] as (Json & { shipTo: Json; lines: Json[] })[];
  assert.equal(order?.["number"], number);
  assert.equal(order?.shipTo["name"], jane.name);
  assert.equal(order?.lines[0]?.["sku"], "KC-DELTA-TEA");
});

test("nobody sees an account's things without being signed in, or calls from another site", async () => {
  const stranger = visit(base);
  for (const path of ["/orders", "/addresses", "/checkout", "/checkout/review"]) {
    const { status, data } = await stranger.call("GET", path);
    assert.equal(status, 401, path);
    assert.equal(data["error"], "sign_in");
  }
  const foreign = await fetch(`${base}/api/sign-in`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(account),
  });
  assert.equal(foreign.status, 403);
  const wrong = await stranger.call("POST", "/sign-in", { ...account, password: "guess" });
  assert.equal(wrong.status, 401);
});

test("an address with something wrong says what, and is not kept", async () => {
  const customer = await signedIn();
  const before = await customer.call("GET", "/addresses");
  const { status, data } = await customer.call("POST", "/addresses", { ...jane, zip: "x", city: "" });
  assert.equal(status, 422);
  assert.deepEqual(Object.keys(data["fields"] as Json).toSorted(), ["city", "zip"]);
  assert.deepEqual((await customer.call("GET", "/addresses")).data, before.data);
});

test("a price or a stock that moved after the review stops the order", async () => {
  const customer = await signedIn();
  const { key, totalCents } = await toReview(customer, "KC-WHALE-SKY");
  await shops.setShelf(shop, "KC-WHALE-SKY", { priceCents: 3100 });
  assert.equal((await customer.call("POST", "/orders", { key, totalCents })).data["error"], "price_changed");
  await shops.setShelf(shop, "KC-WHALE-SKY", { stock: 0 });
  const { data } = await customer.call("GET", "/checkout/review");
  const late = await customer.call("POST", "/orders", { key: data["key"], totalCents: data["totalCents"] });
  assert.equal(late.data["error"], "sold_out");
  assert.ok((await shops.orders(shop)).every((order) => !JSON.stringify(order.data).includes("KC-WHALE")));
});

test("an order is cancelled by its account, and by nobody else", async () => {
  const customer = await signedIn();
  const { data: placed } = await customer.call("POST", "/orders", await toReview(customer, "KC-LOOM"));
  const number = String(placed["number"]);
  assert.equal((await visit(base).call("POST", `/orders/${number}/cancel`)).status, 401);
  const { data } = await customer.call("POST", `/orders/${number}/cancel`);
  assert.equal(data["status"], "cancelled");
});

test("a product's address says in Open Graph and in one JSON-LD graph what it is", async () => {
  const { text } = await visit(base).get("/products/kc-stunt");
  assert.match(text, /<meta property="product:price:amount" content="69.00"/);
  const { "@graph": graph } = JSON.parse(
    /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(text)?.[1] ?? "",
  ) as { "@graph": (Json & { offers?: Json & { offers: Json[] } })[] };
  const product = graph.find((thing) => thing["@type"] === "Product");
  assert.equal(product?.["name"], "Two-Line Stunt Kite");
  assert.deepEqual(
    product?.offers?.offers.map((offer) => offer["sku"]),
    ["KC-STUNT-NAV", "KC-STUNT-ORA"],
  );
});

async function signedIn(): Promise<Visitor> {
  const customer = visit(base);
  assert.equal((await customer.call("POST", "/sign-in", account)).status, 200);
  return customer;
}

async function toReview(customer: Visitor, sku: string): Promise<{ key: unknown; totalCents: number }> {
  await customer.call("PUT", `/cart/${sku}`, { quantity: 1 });
  const { data: address } = await customer.call("POST", "/addresses", jane);
  const chosen = { addressId: address["id"], shippingOptionId: "standard", paymentId: "card" };
  assert.equal((await customer.call("PUT", "/checkout", chosen)).status, 200);
  const { data } = await customer.call("GET", "/checkout/review");
  return { key: data["key"], totalCents: Number(data["totalCents"]) };
}
