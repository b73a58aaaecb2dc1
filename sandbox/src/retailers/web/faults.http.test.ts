import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";

import { openShops, type Shops } from "./test/open-shops.ts";
import { jane, visit, type Visitor } from "./test/visitor.ts";

/** The two shops that are pages, each with what it calls the same things. */
const pageShops = [
  {
    slug: "lumen-home",
    product: "/products/lh-cups",
    add: ["/cart/items", { color: "Rust", quantity: "1" }],
    bag: "/cart",
    bagEmpty: /basket is empty/,
    review: "/checkout/review",
    submit: "/checkout/place",
    button: /id="place-order"/,
    changedButton: /value="Complete purchase"/,
    popup: /class="popup"/,
    number: /data-order-number>\s*(LH-\d+)/,
    soldOut: /Sold out|sold out/,
    price: "$42.00",
    dearer: "$46.20",
  },
  {
    slug: "pinecrest",
    product: "/products/pb-tide",
    add: ["/bag/add", {}],
    bag: "/bag",
    bagEmpty: /Nothing in it yet/,
    review: "/checkout/confirm",
    submit: "/checkout/submit",
    button: /Confirm and order/,
    changedButton: /value="Yes, send them"/,
    popup: /id="tote"/,
    number: /class="order-number">(PB-\d+)/,
    soldOut: /[Oo]ut of stock|last copy/,
    price: "$18.99",
    dearer: "$20.89",
  },
] as const;
type PageShop = (typeof pageShops)[number];

let shops: Shops;
before(async () => {
  shops = await openShops();
});
beforeEach(async () => {
  await shops.clearFaults();
});
after(async () => {
  await shops.close();
});

for (const shop of pageShops) {
  const title = (what: string): string => `${shop.slug}: ${what}`;

  test(title("a page of each kind of trouble, with the status that goes with it"), async () => {
    const cases = [
      ["captcha", 403, /letters/],
      ["error_page", 500, /again/],
      ["rate_limited", 429, /wait/i],
      ["popup", 200, shop.popup],
      ["out_of_stock", 200, shop.soldOut],
    ] as const;
    for (const [kind, status, says] of cases) {
      await shops.setFaults(shop.slug, { endpoint: "product.view", kind, times: 1 });
      const shown = await open(shop).get(shop.product);
      assert.equal(shown.status, status, kind);
      assert.match(shown.text, says, kind);
    }
  });

  test(title("a slow page comes late, and another page at once"), async () => {
    await shops.setFaults(shop.slug, { endpoint: "product.view", kind: "slow_page", value: 300 });
    const startedMs = performance.now();
    await open(shop).get("/");
    const homeMs = performance.now() - startedMs;
    await open(shop).get(shop.product);
    assert.ok(performance.now() - startedMs - homeMs >= 300);
  });

  test(title("a price that drifts on the product's page stays so until it is ordered"), async () => {
    await shops.setFaults(shop.slug, { endpoint: "product.view", kind: "price_drift", times: 1, value: 10 });
    const guest = open(shop);
    assert.ok((await guest.get(shop.product)).text.includes(shop.dearer));
    assert.ok((await guest.get(shop.product)).text.includes(shop.dearer), "the same visitor sees the same price");
    assert.ok((await open(shop).get(shop.product)).text.includes(shop.price), "another one sees the shelf's");
  });

  test(title("a price that drifts at the review is shown there, and one at the button stops the order"), async () => {
    const guest = await atReview(shop, "DRIFT");
    await shops.setFaults(shop.slug, { endpoint: "checkout.review", kind: "price_drift", times: 1 });
    assert.ok((await guest.get(shop.review)).text.includes(shop.dearer));
    await shops.setFaults(shop.slug, { endpoint: "order.submit", kind: "price_drift", times: 1, value: 20 });
    const stopped = await guest.post(shop.submit, {});
    assert.match(stopped.text, shop.button);
    assert.doesNotMatch(stopped.text, shop.number);
    assert.equal((await ordersOf(shop, "DRIFT")).length, 0);
  });

  test(title("what sells out at the review, or at the button, is not ordered"), async () => {
    const guest = await atReview(shop, "GONE");
    await shops.setFaults(shop.slug, { endpoint: "checkout.review", kind: "out_of_stock", times: 1 });
    const review = await guest.get(shop.review);
    assert.match(review.text, shop.soldOut);
    assert.doesNotMatch(review.text, shop.button);
    await guest.get(shop.review);
    await shops.setFaults(shop.slug, { endpoint: "order.submit", kind: "out_of_stock", times: 1 });
    assert.match((await guest.post(shop.submit, {})).text, shop.soldOut);
    assert.equal((await ordersOf(shop, "GONE")).length, 0);
  });

  test(title("a review page that has changed has another button, and orders all the same"), async () => {
    const guest = await atReview(shop, "CHANGED");
    await shops.setFaults(shop.slug, { endpoint: "checkout.review", kind: "changed_page" });
    const changed = await guest.get(shop.review);
    assert.match(changed.text, shop.changedButton);
    assert.doesNotMatch(changed.text, shop.button);
    assert.match((await guest.post(shop.submit, {})).text, shop.number);
  });

  test(title("a session that is lost on the way takes the basket with it, and says so"), async () => {
    const guest = await atReview(shop, "LOST");
    await shops.setFaults(shop.slug, { endpoint: "checkout.review", kind: "login_lost", times: 1 });
    const lost = await guest.get(shop.review);
    assert.ok(lost.url.endsWith(shop.bag));
    assert.match(lost.text, shop.bagEmpty);
    assert.match(lost.text, /timed out|has ended/);
  });

  test(title("a line that is cut before the button acts leaves nothing, after it one order"), async () => {
    const guest = await atReview(shop, "CUT");
    await shops.setFaults(shop.slug, { endpoint: "order.submit", kind: "drop_before", times: 1 });
    await assert.rejects(guest.post(shop.submit, {}));
    assert.equal((await ordersOf(shop, "CUT")).length, 0);
    await shops.setFaults(shop.slug, { endpoint: "order.submit", kind: "drop_after", times: 1 });
    await assert.rejects(guest.post(shop.submit, {}));
    assert.equal((await ordersOf(shop, "CUT")).length, 1);
    assert.match((await guest.get(shop.review)).text, shop.number, "who comes back is shown what was ordered");
    assert.equal((await ordersOf(shop, "CUT")).length, 1);
  });

  test(title("a confirmation that takes its time asks to wait, and then has the number"), async () => {
    const guest = await atReview(shop, "SLOW");
    await shops.setFaults(shop.slug, { endpoint: "order.submit", kind: "slow_confirmation", times: 1, value: 400 });
    const waiting = await guest.post(shop.submit, {});
    assert.doesNotMatch(waiting.text, shop.number);
    assert.equal(waiting.headers.get("refresh"), "1");
    await new Promise((resolve) => setTimeout(resolve, 420));
    assert.match(
      (await guest.get(waiting.url.slice(waiting.url.indexOf(shop.slug) + shop.slug.length))).text,
      shop.number,
    );
  });

  test(title("who turns pages too quickly is asked to wait, and others are not"), async () => {
    const hasty = open(shop);
    const statuses: number[] = [];
    for (let page = 0; page < 60; page += 1) statuses.push((await hasty.get(shop.bag)).status);
    assert.equal(statuses[20], 200);
    assert.equal(statuses.at(-1), 429);
    assert.equal((await open(shop).get(shop.bag)).status, 200);
  });
}

test("a fault that is not for one shop leaves it alone", async () => {
  await shops.setFaults("pinecrest", { endpoint: "*", kind: "error_page" });
  assert.equal((await visit(`${shops.url}/retailers/lumen-home`).get("/cart")).status, 200);
});

test("robots are told to stay out of tills and accounts", async () => {
  const text = await (await fetch(`${shops.url}/robots.txt`)).text();
  assert.match(text, /Disallow: \/retailers\/kite-co\/checkout/);
  assert.doesNotMatch(text, /Disallow: .*\/products/);
});

test("a picture is asked for again only when it has changed", async () => {
  const url = `${shops.url}/images/lumen-home/lh-arc.svg?color=Black&view=3`;
  const first = await fetch(url);
  const etag = first.headers.get("etag") ?? "";
  assert.match(await first.text(), /^<svg [^]*<\/svg>$/);
  assert.equal((await fetch(url, { headers: { "if-none-match": etag } })).status, 304);
  assert.notEqual((await fetch(url.replace("Black", "Brass"))).headers.get("etag"), etag);
});

function open(shop: PageShop): Visitor {
  return visit(`${shops.url}/retailers/${shop.slug}`);
}

async function atReview(shop: PageShop, name: string): Promise<Visitor> {
  const guest = open(shop);
  await guest.get(shop.product);
  await guest.post(shop.add[0], shop.add[1]);
  if (shop.slug === "lumen-home") {
    await guest.get("/checkout");
    await guest.post("/checkout/offer", { answer: "no" });
    await guest.post("/checkout/address", jane);
    await guest.post("/checkout/shipping", { shipping: "standard" });
    const paid = { payment: "card", account: "LHT-20417", pin: "6620", reference: referenceOf(shop, name) };
    await guest.post("/checkout/payment", paid);
  } else {
    await guest.get("/checkout?as=guest");
    const paid = { payment: "institution", institution: "PC-INST-3381", your_reference: referenceOf(shop, name) };
    await guest.post("/checkout", { ...jane, ...paid, postage: "standard" });
  }
  assert.match((await guest.get(shop.review)).text, shop.button);
  return guest;
}

function referenceOf(shop: PageShop, name: string): string {
  return `MO-${shop.slug}-${name}`;
}

async function ordersOf(shop: PageShop, name: string): Promise<readonly unknown[]> {
  return (await shops.orders(shop.slug)).filter(({ data }) => data["clientKey"] === referenceOf(shop, name));
}
