import assert from "node:assert/strict";
import { test } from "node:test";

import { cardPayment, openTestStripe, stripeError } from "./test/open-sdk.ts";

const world = await openTestStripe();
const { stripe } = world;

const challenged = { ...cardPayment, payment_method: "pm_card_threeDSecure2Required" };
const withReturn = { ...challenged, return_url: "http://127.0.0.1:3000/done?x=1" };

test("a card that needs its owner waits for the bank's page, and is paid once the owner agrees", async () => {
  const waiting = await stripe.paymentIntents.create(withReturn);
  assert.equal(waiting.status, "requires_action");
  const url = waiting.next_action?.redirect_to_url?.url ?? "";
  assert.equal(url, `${world.url}/3ds/${waiting.id}`);
  const page = await fetch(url);
  assert.match(await page.text(), /\$248\.00/);
  assert.equal((await world.records("charge")).length, 0);

  const back = await fetch(`${url}/complete`, { method: "POST", redirect: "manual", headers: { accept: "text/html" } });
  assert.equal(back.status, 303);
  const location = new URL(back.headers.get("location") ?? "");
  assert.deepEqual(
    [location.searchParams.get("payment_intent"), location.searchParams.get("redirect_status")],
    [waiting.id, "succeeded"],
  );
  const paid = await stripe.paymentIntents.retrieve(waiting.id, { expand: ["latest_charge"] });
  assert.equal(paid.status, "succeeded");
  assert.ok(
    typeof paid.latest_charge === "object" &&
      paid.latest_charge?.payment_method_details?.card?.three_d_secure?.result === "authenticated",
  );
  assert.equal((await world.records("charge")).length, 1);

  const again = await fetch(`${url}/complete`, { method: "POST" });
  assert.equal(again.status, 409);
  assert.equal((await world.records("charge")).length, 1);
  await world.arrived("payment_intent.requires_action", "payment_intent.succeeded");
});

test("an owner who does not agree leaves the intent open for another card", async () => {
  const waiting = await stripe.paymentIntents.create(challenged);
  assert.equal(waiting.next_action?.type, "use_stripe_sdk");
  const failed = (await (await world.post(`/3ds/${waiting.id}/fail`)).json()) as { status: string };
  assert.equal(failed.status, "requires_payment_method");
  const open = await stripe.paymentIntents.retrieve(waiting.id);
  assert.equal(open.last_payment_error?.code, "payment_intent_authentication_failure");
  await world.arrived("payment_intent.payment_failed");
  assert.equal(
    (await stripe.paymentIntents.confirm(waiting.id, { payment_method: "pm_card_visa" })).status,
    "succeeded",
  );
});

test("the bank may still say no after the owner agreed", async () => {
  const waiting = await stripe.paymentIntents.create({
    ...challenged,
    payment_method: "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds",
  });
  const before = (await world.records("charge")).length;
  await world.post(`/3ds/${waiting.id}/complete`);
  const open = await stripe.paymentIntents.retrieve(waiting.id);
  assert.deepEqual(
    [open.status, open.last_payment_error?.decline_code],
    ["requires_payment_method", "insufficient_funds"],
  );
  assert.equal((await world.records("charge")).length, before);
});

test("without the owner there is nobody to ask", async () => {
  for (const alone of [{ off_session: true }, { error_on_requires_action: true }]) {
    const error = await stripeError(
      stripe.paymentIntents.create({ ...challenged, payment_method: "pm_card_authenticationRequired", ...alone }),
    );
    assert.deepEqual([error.statusCode, error.code], [402, "authentication_required"]);
    assert.equal(error.payment_intent?.status, "requires_payment_method");
  }
  const setUp = await stripe.paymentIntents.create({
    ...challenged,
    payment_method: "pm_card_authenticationRequiredSetupForOffSession",
    off_session: true,
  });
  assert.equal(setUp.status, "succeeded");
});

test("a waiting intent can be canceled, and then the page does nothing", async () => {
  const waiting = await stripe.paymentIntents.create(challenged);
  assert.equal((await stripe.paymentIntents.cancel(waiting.id)).status, "canceled");
  assert.equal((await world.post(`/3ds/${waiting.id}/complete`)).status, 409);
  assert.equal((await stripe.paymentIntents.retrieve(waiting.id)).status, "canceled");
});
