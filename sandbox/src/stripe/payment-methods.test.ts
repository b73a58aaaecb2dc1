import assert from "node:assert/strict";
import { test } from "node:test";
import Stripe from "stripe";

import { cardPayment, openTestStripe, stripeError } from "./test/open-sdk.ts";

const world = await openTestStripe();
const { stripe } = world;

const card = { number: "4242424242424242", exp_month: 12, exp_year: 2034, cvc: "123" };

test("a card typed in becomes a payment method that shows only its last four digits", async () => {
  const method = await stripe.paymentMethods.create({
    type: "card",
    card,
    billing_details: { name: "Ann", address: { postal_code: "94107" } },
  });
  assert.deepEqual([method.card?.last4, method.card?.brand, method.card?.exp_year], ["4242", "visa", 2034]);
  assert.equal(method.billing_details.address?.postal_code, "94107");
  assert.ok(!JSON.stringify(method).includes(card.number));
  const paid = await stripe.paymentIntents.create({ ...cardPayment, payment_method: method.id });
  assert.equal(paid.status, "succeeded");
});

test("cards that cannot be are refused as they are typed in", async () => {
  const cases = [
    [{ ...card, number: "4242424242424241" }, "incorrect_number"],
    [{ ...card, number: "4111111111111111" }, "card_declined"],
    [{ ...card, exp_month: 13 }, "invalid_expiry_month"],
    [{ ...card, exp_year: 2020 }, "invalid_expiry_year"],
    [{ ...card, cvc: "99" }, "invalid_cvc"],
  ] as const;
  for (const [given, code] of cases) {
    const error = await stripeError(stripe.paymentMethods.create({ type: "card", card: given }));
    assert.deepEqual([error.statusCode, error.code], [402, code]);
  }
});

test("a method that paid without a customer is used up; one that is attached pays again and again", async () => {
  const loose = await stripe.paymentMethods.create({ type: "card", card });
  await stripe.paymentIntents.create({ ...cardPayment, payment_method: loose.id });
  const error = await stripeError(stripe.paymentIntents.create({ ...cardPayment, payment_method: loose.id }));
  assert.match(error.message, /may not be used again/);

  const customer = await stripe.customers.create({ email: "shopper@muse.test", metadata: { user: "7" } });
  const kept = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  for (let times = 0; times < 2; times += 1) {
    const paid = await stripe.paymentIntents.create({
      ...cardPayment,
      customer: customer.id,
      payment_method: kept.id,
      off_session: true,
    });
    assert.equal(paid.status, "succeeded");
  }
  const without = await stripeError(stripe.paymentIntents.create({ ...cardPayment, payment_method: kept.id }));
  assert.match(without.message, /include the Customer/);
  assert.deepEqual(
    (await stripe.customers.listPaymentMethods(customer.id)).data.map(({ id }) => id),
    [kept.id],
  );
  await stripe.paymentMethods.detach(kept.id);
  assert.equal((await stripe.paymentMethods.list({ customer: customer.id })).data.length, 0);
  assert.equal((await stripe.customers.del(customer.id)).deleted, true);
});

test("only test keys are let in, and the publishable one only with a client secret", async () => {
  const { port } = new URL(world.url);
  const open = (key: string): Stripe =>
    new Stripe(key, { host: "127.0.0.1", port, protocol: "http", maxNetworkRetries: 0, telemetry: false });
  assert.equal((await stripeError(open("sk_live_x").customers.list())).type, "StripeAuthenticationError");
  const browser = open("pk_test_muse_sandbox");
  assert.equal((await stripeError(browser.customers.list())).statusCode, 403);
  const intent = await stripe.paymentIntents.create({ amount: 900, currency: "usd" });
  assert.equal((await stripeError(browser.paymentIntents.retrieve(intent.id))).statusCode, 401);
  const method = await browser.paymentMethods.create({ type: "card", card });
  const params = { payment_method: method.id, client_secret: intent.client_secret, use_stripe_sdk: true };
  assert.equal((await browser.paymentIntents.confirm(intent.id, params)).status, "succeeded");
});
