import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { openShops, type Shops } from "../web/test/open-shops.ts";
import { jane, visit, type Shown, type Visitor } from "../web/test/visitor.ts";

const shop = "pinecrest";
let shops: Shops;
let base: string;
before(async () => {
  shops = await openShops();
  base = `${shops.url}/retailers/${shop}`;
});
after(async () => {
  await shops.clearFaults();
  await shops.close();
});

test("a guest orders on an institution's account and follows the order by its reference and ZIP", async () => {
  const guest = visit(base);
  await putInBag(guest, "pb-tide");
  assert.match((await guest.get("/checkout")).text, /Go on as a guest/);
  await guest.get("/checkout?as=guest");
  const sum = await guest.post("/checkout", { ...till, institution: "PC-INST-3381", your_reference: "MO-PINE-1" });
  // 18.99, 8.99 for Priority, 7.25 %.
  assert.match(sum.text, /id="to-pay">\$29\.36</);
  const number = numberIn(await guest.post("/checkout/submit", {}));
  const [order] = await shops.orders(shop);
  assert.equal(order?.key, number);
  assert.equal(order?.data["clientKey"], "MO-PINE-1");
  const other = visit(base);
  assert.match((await other.get("/track?order=MO-PINE-1&zip=94105")).text, new RegExp(`data-number="${number}"`));
  assert.match((await other.get("/track?order=MO-PINE-1&zip=10001")).text, /no such order/);
});

test("an account orders by what it keeps, and its history finds the order by the reference", async () => {
  const customer = await signedIn();
  await putInBag(customer, "pb-owl");
  await customer.get("/checkout");
  await customer.post("/checkout", { ...till, payment: "card", your_reference: "MO-PINE-2" });
  const number = numberIn(await customer.post("/checkout/submit", {}));
  assert.match((await customer.get("/account/orders?reference=MO-PINE-2")).text, new RegExp(number));
  assert.match((await customer.get("/account/orders?reference=MO-NONE")).text, /No order to show/);
  await customer.get(`/track?order=${number}&zip=94105`);
  assert.match((await customer.post("/orders/take-back", {})).text, /data-state="cancelled"/);
});

test("the till says all that is wrong at once and forgets nothing that was typed", async () => {
  const guest = visit(base);
  await putInBag(guest, "pb-tide");
  await guest.get("/checkout?as=guest");
  const wrong = await guest.post("/checkout", { ...till, zip: "", postage: "", institution: "NOBODY" });
  assert.match(wrong.text, /3 of the fields/);
  assert.match(wrong.text, /We have no such account/);
  assert.match(wrong.text, /value="501 Market St"/);
  assert.match((await guest.get("/checkout/confirm")).url, /\/checkout$/);
});

test("one button pressed twice is one order", async () => {
  const guest = visit(base);
  await putInBag(guest, "pb-tide");
  await guest.get("/checkout?as=guest");
  await guest.post("/checkout", { ...till, institution: "PC-INST-3381", your_reference: "MO-PINE-TWICE" });
  const pages = await Promise.all([guest.post("/checkout/submit", {}), guest.post("/checkout/submit", {})]);
  assert.equal(new Set(pages.map(numberIn)).size, 1);
  assert.equal((await shops.orders(shop)).filter(({ data }) => data["clientKey"] === "MO-PINE-TWICE").length, 1);
});

test("a waiting room counts down and lets one in by itself", async () => {
  const guest = visit(base);
  await putInBag(guest, "pb-tide");
  await shops.setFaults(shop, { endpoint: "*", kind: "queue", times: 1, value: 1 });
  const waiting = await guest.get("/checkout");
  assert.match(waiting.text, /You are in the queue/);
  const first = Number(/data-position="(\d+)"/.exec(waiting.text)?.[1]);
  assert.ok(first > 0);
  // The shop's other pages stay open.
  assert.match((await guest.get("/bag")).text, /Proceed to the till/);
  await new Promise((resolve) => setTimeout(resolve, 1_050));
  assert.match((await guest.get("/checkout")).text, /Before the till/);
});

test("a security check stays until it is solved, and is then believed", async () => {
  const guest = visit(base);
  await shops.setFaults(shop, { endpoint: "*", kind: "captcha" });
  const check = await guest.get("/products/pb-tide");
  assert.equal(check.status, 403);
  assert.doesNotMatch(check.text, /itemprop/);
  assert.equal((await guest.post("/challenge", { answer: "WRONG" })).status, 403);
  const picture = (await guest.get("/challenge.svg")).text;
  const letters = [...picture.matchAll(/>([A-Z])<\/text>/g)].map(([, letter]) => letter).join("");
  const open = await guest.post("/challenge", { answer: letters, back: "/retailers/pinecrest/products/pb-tide" });
  assert.equal(open.status, 200);
  assert.match(open.text, /The Tide Keeper/);
  await shops.clearFaults();
});

test("a book's page is microdata, with an offer for each edition", async () => {
  const { text } = await visit(base).get("/products/pb-note");
  assert.match(text, /itemtype="https:\/\/schema\.org\/Product"/);
  assert.equal([...text.matchAll(/itemprop="sku"/g)].length, 6);
  assert.match(text, /itemprop="price" content="18\.00"/);
  const jsonLd = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(text)?.[1] ?? "";
  assert.match(jsonLd, /BreadcrumbList/);
  assert.doesNotMatch(jsonLd, /"Product"/);
});

const till = { ...jane, postage: "express", payment: "institution", address2: "", phone: "" };

async function putInBag(guest: Visitor, product: string): Promise<void> {
  await guest.get(`/products/${product}`);
  assert.match((await guest.post("/bag/add", {})).url, /\/bag$/);
}

async function signedIn(): Promise<Visitor> {
  const customer = visit(base);
  await customer.get("/account/sign-in");
  const user = { user: "orders@muse.example", pass: "pine-sandbox-2041" };
  assert.match((await customer.post("/account/sign-in", user)).url, /\/account\/orders$/);
  return customer;
}

function numberIn({ text }: Shown): string {
  return /class="order-number">([^<]+)</.exec(text)?.[1] ?? "none";
}
