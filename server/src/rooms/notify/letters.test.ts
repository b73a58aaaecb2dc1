import assert from "node:assert/strict";
import { test } from "node:test";
import { must } from "#kernel/assert.ts";
import { letterHtml } from "./letter-html.ts";
import { letterText } from "./letter-text.ts";
import type { Letter } from "./letter.ts";
import { orderLink, signInLink } from "./letters/link-letters.ts";
import { depositReverted, latePayment, paymentAction, refundAccount, refundDone } from "./letters/money-news.ts";
import { delivered, orderEnded, shipped } from "./letters/order-news.ts";
import { orderPlaced } from "./letters/order-placed.ts";
import { payoutPaid, payoutReturned } from "./letters/payout-news.ts";
import { linksOf } from "./links.ts";
import type { Checkout } from "./record.ts";
import { sampleCheckout } from "./test/sample-checkout.ts";

const links = linksOf("https://shop.example.com");
const lost = must(sampleCheckout.orders[1], "the sample has an order that was lost");
const sent = must(sampleCheckout.orders[0], "the sample has an order that was placed");
const refund = must(sampleCheckout.refunds[0], "the sample has a refund");
const shipment = {
  shipmentId: "shp_1",
  carrier: "swiftpost",
  trackingNumber: "SP-1234",
  estimatedDelivery: Date.parse("2026-11-25T00:00:00Z"),
  lineNos: [2],
};

const payout = {
  currency: "USD",
  amountMinor: 27_000n,
  reference: "TR-4711",
  paidAt: new Date("2026-11-21T09:00:00Z"),
  failure: null,
};

/** The same, paid into an account that nobody has named another for. */
function waitingFor(checkout: Checkout): Checkout {
  const waiting = { ...refund, status: "account_needed", succeededAt: null } as const;
  return { ...checkout, provider: "toss", refunds: [waiting] };
}

function every(language: "en" | "ko", checkout: Checkout = sampleCheckout): readonly Letter[] {
  const onItsWay = { ...sent, status: "shipped", shipments: [shipment] } as const;
  const { sessionId, currency, totalMinor } = checkout;
  const found = { sessionId, currency, totalMinor, paidAt: new Date(0), orders: checkout.orders };
  return [
    orderPlaced(checkout, language, links),
    orderEnded(checkout, lost, language, links),
    shipped({ checkout, order: onItsWay, shipment }, language, links),
    shipped({ checkout, order: onItsWay, shipment: null }, language, links),
    delivered(checkout, { ...sent, status: "delivered" }, language, links),
    refundDone({ checkout, refund, order: lost }, language, links),
    latePayment(checkout, { ...refund, orderNumber: null }, language, links),
    refundAccount(waitingFor(checkout), { order: lost, isAgain: false }, language, links),
    refundAccount(waitingFor(checkout), { order: null, isAgain: true }, language, links),
    depositReverted(checkout, language, links),
    paymentAction(checkout, ["Harbor & Main"], language, links),
    signInLink("a-token", language, links),
    orderLink(
      [
        { ...found, token: "a-token" },
        { ...found, token: null },
      ],
      language,
      links,
    ),
    payoutPaid(payout, language, links),
    payoutReturned({ ...payout, failure: "returned" }, language, links),
  ];
}

test("the confirmation says what every store sends and what was charged, to the cent", async () => {
  const letter = orderPlaced(sampleCheckout, "en", links);
  for (const said of [letterText(letter), await letterHtml(letter)]) {
    for (const part of [
      "$246.56",
      "Fernwood Outdoor",
      "MO-9RTGV-KD5YA",
      "Linen notebook",
      "$36.00",
      "12 Harbor Street",
    ])
      assert.ok(said.includes(part), part);
    assert.ok(said.includes("https://shop.example.com/checkout/success/session/cs_0123456789abcdefghjkmnpq"));
  }
  assert.match(letterText(letter), /Total paid: \$246\.56/);
  assert.match(letterText(letter), /\$52\.50 went back to the card you paid with on November 21, 2026/);
});

test("a question of the bank's is answered where it was asked, whatever is in the cart", () => {
  for (const language of ["en", "ko"] as const) {
    const text = letterText(paymentAction(sampleCheckout, ["Harbor & Main"], language, links));
    assert.ok(text.includes(`https://shop.example.com/checkout/placing/${sampleCheckout.sessionId}`), language);
  }
});

test("a refund that waits for an account asks for one where it is safe, and tells which one was refused", () => {
  const asked = letterText(refundAccount(waitingFor(sampleCheckout), { order: lost, isAgain: false }, "en", links));
  assert.match(asked, /Where may we send your \$52\.50 back to\?/);
  assert.match(asked, /never in a reply/);
  assert.ok(asked.includes(links.order(lost.orderNumber)));
  const [waiting] = waitingFor(sampleCheckout).refunds;
  const refused = { ...sampleCheckout, refunds: [{ ...must(waiting, "it waits"), lastDigits: "789" }] };
  assert.match(
    letterText(refundAccount(refused, { order: null, isAgain: false }, "ko", links)),
    /끝자리 789 계좌로 송금하지 못했습니다/,
  );
  assert.match(letterText(orderEnded(waitingFor(sampleCheckout), lost, "en", links)), /as soon as you have named/);
});

test("of files alone it is told that they can be downloaded, and nothing of a delivery", () => {
  const orders = sampleCheckout.orders.slice(2).map((order) => ({
    ...order,
    kind: "digital" as const,
    status: "delivered" as const,
  }));
  const files = { ...sampleCheckout, ...sumsOfFiles, shippingAddress: null, orders, refunds: [] };
  const text = letterText(orderPlaced(files, "en", links));
  assert.match(text, /Ready to download/);
  assert.match(text, /Download your files/);
  assert.doesNotMatch(text, /Delivery|Delivered/);
  assert.match(letterText(orderPlaced(files, "ko", links)), /파일 다운로드하기/);
});

const sumsOfFiles = {
  subtotalMinor: 2_500n,
  discountMinor: 0n,
  shippingMinor: 0n,
  taxMinor: 235n,
  totalMinor: 2_735n,
  chargedMinor: 2_735n,
};

test("a confirmation that does not sum to the charge is not written at all (M5)", () => {
  const charged = { ...sampleCheckout, chargedMinor: 24_655n };
  assert.throws(() => orderPlaced(charged, "en", links), /M5/);
});

test("a lost order's letter says why, how much goes back, when and where to, without a code", () => {
  const text = letterText(orderEnded(sampleCheckout, lost, "en", links));
  assert.match(text, /The store has run out of it\. \$52\.50 went back to the card you paid with on November 21, 2026/);
  assert.match(text, /Your other orders are not affected/);
  assert.doesNotMatch(text, /out_of_stock|succeeded/);
  const waiting = { ...sampleCheckout, refunds: [{ ...refund, status: "created", succeededAt: null } as const] };
  assert.match(letterText(orderEnded(waiting, lost, "en", links)), /\$52\.50 is on its way back/);
  const strange = { ...lost, reason: "a_code_of_tomorrow" };
  assert.match(letterText(orderEnded(sampleCheckout, strange, "en", links)), /The store could not take the order\./);
});

test("a parcel's letter tells its carrier, number and day, and what is in this one alone", () => {
  const text = letterText(must(every("en")[2], "shipped"));
  for (const part of ["SwiftPost", "SP-1234", "November 25, 2026", "Merino socks"])
    assert.ok(text.includes(part), part);
  assert.doesNotMatch(text, /overshirt/);
  assert.match(text, /Part of your order/);
});

test("every letter is whole in both languages, and the Korean ones are Korean", async () => {
  const [english, korean] = [every("en"), every("ko")];
  for (const [index, letter] of korean.entries()) {
    assert.match(letter.subject, /[가-힣]/);
    const html = await letterHtml(letter);
    assert.match(html, /<html[^>]*lang="ko"/);
    assert.match(letterText(letter), /궁금한 점은 이 메일에 회신해 주세요/);
    assert.notEqual(letter.subject, must(english[index], "a pair").subject);
    // Of what is ours nothing is left in English but the names of things.
    assert.doesNotMatch(letterText(letter).replaceAll(/https:\S+/g, ""), /\b(the|your|order|refund|paid|link)\b/i);
  }
});

test("nothing in a letter is loaded from anywhere, and nothing in it runs", async () => {
  for (const letter of [...every("en"), ...every("ko")]) {
    const html = await letterHtml(letter);
    assert.doesNotMatch(html, /<(img|script|iframe|link|object|form)\b|url\(|@import|\son\w+=/i);
    for (const [, url = ""] of html.matchAll(/href="([^"]*)"/g))
      assert.ok(url.startsWith("https://shop.example.com/"), url);
    assert.match(html, /color-scheme/);
    assert.ok(html.length < 100_000, "Gmail cuts what is longer");
  }
});

const hostile = `<img src=x onerror=alert(1)>"'><script>alert(2)</script>&lt;\u202e{{7*7}}\r\nBcc: victim@shop.test`;

test("what shops and shoppers wrote is text, in every place of every letter", async () => {
  const checkout: Checkout = {
    ...sampleCheckout,
    shippingAddress: {
      ...must(sampleCheckout.shippingAddress, "an address"),
      name: hostile,
      address1: hostile,
      city: hostile,
    },
    orders: sampleCheckout.orders.map((order) => ({
      ...order,
      storeName: hostile,
      items: order.items.map((item) => ({ ...item, title: hostile, size: hostile, color: hostile })),
      shipments: [{ ...shipment, carrier: hostile, trackingNumber: hostile }],
    })),
  };
  const order = must(checkout.orders[0], "an order");
  const letters = [
    orderPlaced(checkout, "en", links),
    orderEnded(checkout, { ...order, status: "failed" }, "ko", links),
    shipped({ checkout, order, shipment: must(order.shipments[0], "a parcel") }, "en", links),
    refundDone({ checkout, refund, order }, "en", links),
    orderLink([{ ...checkout, paidAt: new Date(0), token: null }], "en", links),
  ];
  for (const letter of letters) {
    const html = await letterHtml(letter);
    assert.doesNotMatch(html, /<(img|script)\b/i);
    assert.ok(html.includes("&lt;img src=x onerror=alert(1)&gt;"));
    assert.doesNotMatch(letterText(letter), /^Bcc:/m, "no line of theirs poses as one of ours");
  }
});

test("a seller reads how much was transferred, when and under which reference, and nothing meant for shoppers", async () => {
  for (const letter of [payoutPaid(payout, "en", links), payoutReturned(payout, "en", links)]) {
    for (const said of [letterText(letter), await letterHtml(letter)]) {
      for (const part of ["$270.00", "TR-4711", "November 21, 2026", "https://shop.example.com/sell/payouts"])
        assert.ok(said.includes(part), part);
      assert.doesNotMatch(said, /what you buy here/);
    }
  }
  const won = payoutPaid({ ...payout, currency: "KRW", amountMinor: 270_000n }, "ko", links);
  assert.equal(won.subject, "정산 완료: ₩270,000");
  assert.match(letterText(won), /2026년 11월 21일/);
});

test("an amount in won has no cents, and a free delivery says so", () => {
  const [only] = sampleCheckout.orders;
  const order = {
    ...must(only, "an order"),
    subtotalMinor: 12_000,
    discountMinor: 0,
    shippingMinor: 0,
    taxMinor: 0,
    totalMinor: 12_000,
  };
  const sums = { subtotalMinor: 12_000n, discountMinor: 0n, shippingMinor: 0n, taxMinor: 0n, totalMinor: 12_000n };
  const checkout: Checkout = {
    ...sampleCheckout,
    ...sums,
    currency: "KRW",
    provider: "toss",
    chargedMinor: 12_000n,
    orders: [order],
  };
  const text = letterText(orderPlaced(checkout, "ko", links));
  assert.match(text, /결제 금액은 ₩12,000입니다/);
  assert.match(text, /배송비: 무료/);
});
