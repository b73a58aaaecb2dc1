import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { openShops, type Shops } from "../web/test/open-shops.ts";
import { jane, visit, type Json, type Shown, type Visitor } from "../web/test/visitor.ts";

const shop = "lumen-home";
let shops: Shops;
let base: string;
before(async () => {
  shops = await openShops();
  base = `${shops.url}/retailers/${shop}`;
});
after(async () => {
  await shops.close();
});

test("a guest goes from a product to an order number, and the shop's book says what was ordered", async () => {
  const guest = visit(base);
  await putInBasket(guest, "lh-duvet", { size: "Queen", color: "Sage" });
  await toReview(guest, "MO-LUMEN-1");
  const review = await guest.get("/checkout/review");
  // 179.00, free delivery above 150.00, California's 7.25 %.
  assert.equal(sumOf(review, "goods"), "$179.00");
  assert.equal(sumOf(review, "delivery"), "Free");
  assert.equal(sumOf(review, "tax"), "$12.98");
  assert.equal(sumOf(review, "total"), "$191.98");
  const done = await guest.post("/checkout/place", {});
  const number = numberIn(done);
  assert.match(number, /^LH-\d+$/);

  const [order] = (await shops.orders(shop)).filter(({ data }) => data["clientKey"] === "MO-LUMEN-1");
  assert.equal(order?.key, number);
  assert.equal(order?.data["totalCents"], 19_198);
  assert.match(JSON.stringify(order?.data["lines"]), /"sku":"LH-DUVET-SAG-QUEEN"/);
  assert.match(await untilMail(jane.email), new RegExp(number));
});

test("an order is found by its number or by the buyer's own, and only with its email", async () => {
  const number = await orderOne("MO-LUMEN-FIND");
  const other = visit(base);
  for (const asked of [number, "MO-LUMEN-FIND"]) {
    const found = await other.get(`/orders?number=${asked}&email=${jane.email}`);
    assert.match(found.text, new RegExp(`data-order="${number}"`));
    const strange = await other.get(`/orders?number=${asked}&email=eve@example.com`);
    assert.doesNotMatch(strange.text, new RegExp(jane.address1));
    assert.match(strange.text, /data-no-order/);
  }
});

test("the same button pressed ten times at once makes one order", async () => {
  const guest = visit(base);
  await putInBasket(guest, "lh-cups", { color: "Rust" });
  await toReview(guest, "MO-LUMEN-TEN");
  await guest.get("/checkout/review");
  const pages = await Promise.all(Array.from({ length: 10 }, () => guest.post("/checkout/place", {})));
  assert.equal(new Set(pages.map(numberIn)).size, 1);
  assert.equal((await shops.orders(shop)).filter(({ data }) => data["clientKey"] === "MO-LUMEN-TEN").length, 1);
  // And the way back leads to the order, not to a second one.
  assert.match((await guest.get("/checkout/review")).url, /\/checkout\/done\/LH-/);
});

test("a form without its secret does nothing", async () => {
  const guest = visit(base);
  await guest.get("/products/lh-cups");
  const answer = await guest.post("/cart/items", { _csrf: "stolen", color: "Rust", quantity: "1" });
  assert.equal(answer.status, 403);
  assert.match((await guest.get("/cart")).text, /basket is empty/);
});

test("each step says what is wrong, and none can be jumped over", async () => {
  const guest = visit(base);
  assert.match((await guest.get("/checkout/review")).url, /\/cart$/);
  await putInBasket(guest, "lh-cups", { color: "Rust" });
  assert.match((await guest.get("/checkout/review")).url, /\/checkout\/address$/);
  const wrong = await guest.post("/checkout/address", { ...jane, zip: "9410", state: "PR" });
  assert.match(wrong.text, /ZIP code of five digits/);
  assert.match(wrong.text, /do not deliver there/);
  assert.match(wrong.text, /value="501 Market St"/);
  await guest.post("/checkout/address", jane);
  await guest.post("/checkout/shipping", { shipping: "standard" });
  const unpaid = await guest.post("/checkout/payment", { payment: "invoice", account: "LHT-20417", pin: "0000" });
  assert.match(unpaid.text, /do not belong together/);
  assert.doesNotMatch(unpaid.text, /value="0000"/);
});

test("a coupon takes a tenth off, an unknown one nothing", async () => {
  const guest = visit(base);
  await putInBasket(guest, "lh-skil", {});
  assert.match((await guest.post("/cart/coupon", { coupon: "FREE" })).text, /do not know that code/);
  const cart = await guest.post("/cart/coupon", { coupon: "welcome10" });
  assert.equal(sumOf(cart, "discount"), "−$6.90");
});

test("what the shelf no longer holds is not put into a basket, nor sold from one", async () => {
  const guest = visit(base);
  await shops.setShelf(shop, "LH-RUNNER-IND", { stock: 1 });
  await putInBasket(guest, "lh-runner", { color: "Indigo" });
  await guest.get("/products/lh-runner");
  const more = await guest.post("/cart/items", { color: "Indigo", quantity: "1" });
  assert.match(more.text, /do not have that many/);
  await toReview(guest, "MO-LUMEN-GONE");
  await guest.get("/checkout/review");
  await shops.setShelf(shop, "LH-RUNNER-IND", { stock: 0 });
  const late = await guest.post("/checkout/place", {});
  assert.match(late.text, /has sold out/);
  assert.doesNotMatch(late.text, /id="place-order"/);
  assert.equal((await shops.orders(shop)).filter(({ data }) => data["clientKey"] === "MO-LUMEN-GONE").length, 0);
});

test("a price that moved between the page and the button is shown again, and only then ordered", async () => {
  const guest = visit(base);
  await putInBasket(guest, "lh-clock", { color: "Oak" });
  await toReview(guest, "MO-LUMEN-PRICE");
  await guest.get("/checkout/review");
  await shops.setShelf(shop, "LH-CLOCK-OAK", { priceCents: 7400 });
  const again = await guest.post("/checkout/place", {});
  assert.match(again.text, /price has changed/);
  assert.equal(sumOf(again, "goods"), "$74.00");
  assert.match(numberIn(await guest.post("/checkout/place", {})), /^LH-/);
});

test("an order is cancelled from its page until it has shipped", async () => {
  const number = await orderOne("MO-LUMEN-CANCEL");
  const guest = visit(base);
  await guest.get(`/orders/cancel?number=${number}&email=${jane.email}`);
  const after = await guest.post("/orders/cancel", { reason: "Ordered by mistake" });
  assert.match(after.text, /data-status="cancelled"/);
  const late = await orderOne("MO-LUMEN-LATE");
  for (let step = 0; step < 2; step += 1) await fetch(`${base}/orders/${late}/advance`, { method: "POST" });
  await guest.get(`/orders/cancel?number=${late}&email=${jane.email}`);
  const refused = await guest.post("/orders/cancel", { reason: "No longer needed" });
  assert.match(refused.text, /too late to cancel/);
  assert.match(refused.text, /data-status="shipped"/);
});

test("a product says in JSON-LD what it costs now, was before, and in which kinds it is there", async () => {
  await shops.setShelf(shop, "LH-DUVET-BLU-KING", { stock: 0 });
  const { text } = await visit(base).get("/products/lh-duvet");
  const group = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(text)?.[1] ?? "") as Json;
  assert.equal(group["@type"], "ProductGroup");
  const variants = group["hasVariant"] as (Json & { offers: Json })[];
  assert.equal(variants.length, 9);
  const king = variants.find(({ sku }) => sku === "LH-DUVET-BLU-KING");
  assert.equal(king?.offers["price"], "179.00");
  assert.equal(king?.offers["availability"], "https://schema.org/OutOfStock");
  assert.match(JSON.stringify(king?.offers["priceSpecification"]), /219\.00/);
});

async function putInBasket(guest: Visitor, product: string, choice: Readonly<Record<string, string>>): Promise<void> {
  await guest.get(`/products/${product}`);
  const cart = await guest.post("/cart/items", { ...choice, quantity: "1" });
  assert.match(cart.url, /\/cart$/);
}

async function toReview(guest: Visitor, reference: string): Promise<void> {
  await guest.get("/checkout");
  await guest.post("/checkout/offer", { answer: "no" });
  await guest.post("/checkout/address", jane);
  await guest.post("/checkout/shipping", { shipping: "standard" });
  const paid = { payment: "invoice", account: "LHT-20417", pin: "6620", reference };
  assert.match((await guest.post("/checkout/payment", paid)).url, /\/checkout\/review$/);
}

async function orderOne(reference: string): Promise<string> {
  const guest = visit(base);
  await putInBasket(guest, "lh-board", {});
  await toReview(guest, reference);
  return numberIn(await guest.post("/checkout/place", {}));
}

function sumOf({ text }: Shown, name: string): string {
  return new RegExp(`data-sum="${name}">\\s*([^<]*?)\\s*<`).exec(text)?.[1] ?? "";
}

function numberIn({ text }: Shown): string {
  return /data-order-number>\s*([A-Z]+-\d+)/.exec(text)?.[1] ?? "none";
}

async function untilMail(address: string): Promise<string> {
  for (let times = 0; times < 100; times += 1) {
    const mail = await shops.mailTo(address);
    if (mail.includes("Your order")) return mail;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return "";
}
