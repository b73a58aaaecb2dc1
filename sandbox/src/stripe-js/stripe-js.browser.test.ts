import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";

import { cardPayment } from "../stripe/test/open-sdk.ts";
import { cardFrame, frameTitles, openTestShop, reactLibraries, typeCard } from "./test/open-shop.ts";

const shop = await openTestShop();
const { stripe } = shop;

const mount = `
  const elements = stripe.elements({ mode: "payment", amount: 24800, currency: "usd", paymentMethodCreation: "manual" });
  const payment = elements.create("payment");
  payment.on("ready", () => log("ready")).on("change", ({ complete }) => log("complete", complete)).mount("#payment");`;
const makeMethod = `${mount}
  document.querySelector("#form").onsubmit = async (event) => {
    event.preventDefault();
    const submitted = await elements.submit();
    if (submitted.error) return log("submit", submitted.error.type, submitted.error.code);
    const made = await stripe.createPaymentMethod({ elements, params: { billing_details: { name: "Ada" } } });
    log(made.error ? made.error.code : made.paymentMethod.id);
  };`;

async function logged(page: Page, pattern: RegExp): Promise<RegExpExecArray> {
  const log = page.locator("#log");
  await log.filter({ hasText: pattern }).waitFor();
  const found = pattern.exec((await log.textContent()) ?? "");
  assert.ok(found);
  return found;
}

/** What a page's promise came to, as JSON. */
async function outcome(page: Page, expression: string): Promise<Record<string, { readonly [name: string]: unknown }>> {
  const text = await page.evaluate(`(async () => JSON.stringify(await (${expression})))()`);
  return JSON.parse(String(text)) as Awaited<ReturnType<typeof outcome>>;
}

test("a card typed into the frame becomes a payment method, and the page never holds a field of it", async () => {
  const page = await shop.open(makeMethod);
  await typeCard(page, "4242424242424242");
  assert.equal(await cardFrame(page).getByLabel("Card number").inputValue(), "4242 4242 4242 4242");
  await logged(page, /complete true/);
  assert.equal(await page.locator("input, select").count(), 1, "the e-mail's");
  await page.getByRole("button", { name: "Pay" }).click();
  const [id = ""] = await logged(page, /pm_\w+/);
  const method = await stripe.paymentMethods.retrieve(id);
  assert.deepEqual([method.card?.brand, method.card?.last4, method.card?.exp_year], ["visa", "4242", 2034]);
  assert.deepEqual([method.billing_details.name, method.billing_details.address?.postal_code], ["Ada", "94107"]);
});

test("what is wrong is said under its field, in the page's language, and is gone once it is right", async () => {
  const page = await shop.open(makeMethod);
  await page.getByRole("button", { name: "Pay" }).click();
  await logged(page, /submit validation_error incomplete_number/);
  const frame = cardFrame(page);
  const number = frame.getByLabel("Card number");
  assert.equal(await number.getAttribute("aria-invalid"), "true");
  await number.pressSequentially("4242424242424241");
  await frame.getByText("Your card number is invalid.").waitFor();
  await number.press("Backspace");
  await number.press("2");
  await frame
    .getByText("Your card number is invalid.")
    .waitFor({ state: "detached" })
    .catch(() => undefined);
  assert.equal(await number.getAttribute("aria-invalid"), null);

  await page.evaluate(`elements.update({ locale: "ko" })`);
  await frame.getByLabel("카드 번호").waitFor();
  assert.equal(await frame.getByLabel("카드 번호").inputValue(), "4242 4242 4242 4242", "typed data survives a switch");
  await frame.getByLabel("만료일").pressSequentially("0120");
  await frame.getByText("카드 만료 연도가 지났습니다.").waitFor();
});

test("Tab goes through the page, the frame's fields and on to Pay; Enter in a field sends the form", async () => {
  const page = await shop.open(makeMethod);
  await logged(page, /ready/);
  await page.locator("#email").focus();
  for (const text of ["4242424242424242", "1234", "123"]) {
    await page.keyboard.press("Tab");
    await page.keyboard.type(text);
  }
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.type("94107");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(`document.activeElement.tagName`), "BUTTON");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await logged(page, /pm_\w+/);
});

test("nothing moves while the fields arrive, and their height follows what they say", async () => {
  for (const widthPx of [1280, 390]) {
    const page = await shop.open(`${makeMethod} window.topBefore = document.querySelector("button").offsetTop;`, {
      widthPx,
    });
    await logged(page, /ready/);
    await cardFrame(page).getByLabel("Card number").waitFor();
    const top = Number(await page.evaluate(`document.querySelector("button").offsetTop`));
    const before = Number(await page.evaluate(`window.topBefore`));
    assert.ok(Math.abs(top - before) <= 1, `Pay moved from ${before} to ${top} at ${widthPx} px`);
    await page.getByRole("button", { name: "Pay" }).click();
    await cardFrame(page).getByText("Your ZIP code is incomplete.").waitFor();
    await page.evaluate(`new Promise((done) => setTimeout(done, 200))`);
    const topAfter = Number(await page.evaluate(`document.querySelector("button").offsetTop`));
    assert.ok(topAfter > top + 20, "the frame grows with its messages");
    await page.close();
  }
});

test("a confirmation token holds the card and where to send things, for the server to pay with", async () => {
  const page = await shop.open(mount);
  await typeCard(page, "5555555555554444");
  const made = await outcome(
    page,
    `(async () => (await elements.submit()).error ?? stripe.createConfirmationToken({ elements, params: {
      shipping: { name: "Ada", address: { line1: "1 Main St", country: "US" } }, return_url: location.href } }))()`,
  );
  const paid = await stripe.paymentIntents.create({
    amount: 24_800,
    currency: "usd",
    confirm: true,
    confirmation_token: String(made["confirmationToken"]?.["id"]),
  });
  assert.deepEqual([paid.status, paid.shipping?.address?.line1], ["succeeded", "1 Main St"]);
});

const challenged = { ...cardPayment, use_stripe_sdk: true } as const;
const next = (secret: string | null): string => `stripe.handleNextAction({ clientSecret: "${secret}" })`;

test("a challenge comes over the page, and the payment goes on once it is answered", async () => {
  const intent = await stripe.paymentIntents.create({ ...challenged, payment_method: "pm_card_threeDSecureRequired" });
  const page = await shop.open(mount);
  const done = outcome(page, next(intent.client_secret));
  const bank = page.frameLocator(`iframe[title="${frameTitles.challenge}"]`);
  await bank.getByText("$248.00 to MUSE").waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(`document.activeElement.tagName`), "IFRAME");
  assert.equal(await page.evaluate(`document.querySelector("#form").inert`), true);
  await bank.getByRole("button", { name: "Complete" }).click();
  assert.equal((await done)["paymentIntent"]?.["status"], "succeeded");
  assert.equal(await page.evaluate(`document.querySelector("#form").inert`), false);
  assert.equal(await page.locator("[role=dialog]").count(), 0);
});

test("a challenge that fails or is left is an error, and the intent can be paid otherwise", async () => {
  for (const name of ["Fail", "Cancel"]) {
    const intent = await stripe.paymentIntents.create({
      ...challenged,
      payment_method: "pm_card_threeDSecureRequired",
    });
    const page = await shop.open(mount);
    const done = outcome(page, next(intent.client_secret));
    await page.frameLocator(`iframe[title="${frameTitles.challenge}"]`).getByRole("button", { name }).click();
    const { error } = await done;
    assert.equal(error?.["code"], "payment_intent_authentication_failure");
    assert.match(String(error?.["message"]), /unable to authenticate your payment method/);
    assert.equal((await stripe.paymentIntents.retrieve(intent.id)).status, "requires_payment_method");
    await page.close();
  }
});

test("a challenge that is answered elsewhere closes by itself", async () => {
  const intent = await stripe.paymentIntents.create({ ...challenged, payment_method: "pm_card_threeDSecureRequired" });
  const page = await shop.open(mount);
  const done = outcome(page, next(intent.client_secret));
  await page.locator(`iframe[title="${frameTitles.challenge}"]`).waitFor();
  await fetch(`${shop.sandboxUrl}/3ds/${intent.id}/complete`, { method: "POST" });
  assert.equal((await done)["paymentIntent"]?.["status"], "succeeded");
});

test("an intent is confirmed from the frame: a decline is an error with the intent in it, a good card pays", async () => {
  const intent = await stripe.paymentIntents.create({ amount: 24_800, currency: "usd" });
  const page = await shop.open(`
    const elements = stripe.elements({ clientSecret: "${intent.client_secret}" });
    elements.create("payment").mount("#payment");
    const pay = async () => {
      const { error } = await elements.submit();
      return error ? { error } : stripe.confirmPayment({ elements, redirect: "if_required", confirmParams: { return_url: location.href } });
    };`);
  await typeCard(page, "4000000000000002");
  const declined = await outcome(page, "pay()");
  assert.deepEqual([declined["error"]?.["type"], declined["error"]?.["code"]], ["card_error", "card_declined"]);
  await cardFrame(page).getByLabel("Card number").fill("5555555555554444");
  const paid = await outcome(page, "pay()");
  assert.equal(paid["paymentIntent"]?.["status"], "succeeded");
  const again = await outcome(page, `stripe.retrievePaymentIntent("${intent.client_secret}")`);
  assert.equal(again["paymentIntent"]?.["amount"], 24_800);
});

test("a wallet asks the page about its address, and hands out a payment method of its own", async () => {
  const page = await shop.open(`
    const elements = stripe.elements({ mode: "payment", amount: 24800, currency: "usd", paymentMethodCreation: "manual" });
    const express = elements.create("expressCheckout");
    express.on("ready", ({ availablePaymentMethods }) => log("ready", JSON.stringify(availablePaymentMethods)));
    express.on("click", ({ expressPaymentType, resolve }) => {
      log("click", expressPaymentType);
      resolve({ emailRequired: true, shippingAddressRequired: true, allowedShippingCountries: ["US"],
        shippingRates: [{ id: "std", amount: 500, displayName: "Standard" }] });
    });
    express.on("shippingaddresschange", ({ address, resolve, reject }) => {
      log("address", address.postal_code);
      if (address.state === "NY") return reject();
      elements.update({ amount: 25300 });
      resolve({ lineItems: [{ name: "Shipping", amount: 500 }] });
    });
    express.on("cancel", () => log("cancelled"));
    express.on("confirm", async ({ billingDetails, shippingAddress, shippingRate }) => {
      log("confirm", billingDetails.email, shippingAddress.address.city, shippingRate.id);
      await elements.submit();
      log((await stripe.createPaymentMethod({ elements })).paymentMethod.id);
    });
    express.mount("#express");`);
  await logged(page, /"googlePay":true,"link":true/);
  const buttons = page.frameLocator(`iframe[title="${frameTitles.express}"]`);
  await buttons.getByRole("button", { name: "Link" }).click();
  const sheet = page.frameLocator(`iframe[title="Link"]`);
  await sheet.getByRole("button", { name: "Pay $253.00" }).waitFor();
  await sheet.getByLabel("Ship to").selectOption({ index: 1 });
  await sheet.getByText("cannot deliver to this address").waitFor();
  assert.ok(await sheet.locator("#pay").isDisabled());
  await sheet.getByLabel("Ship to").selectOption({ index: 0 });
  await sheet.locator("#pay:not([disabled])").click();
  await logged(page, /confirm jamie\.rivera@example\.com San Francisco std/);
  const [id = ""] = await logged(page, /pm_\w+/);
  assert.equal((await stripe.paymentMethods.retrieve(id)).card?.last4, "4242");

  await buttons.getByRole("button", { name: "G Pay" }).click();
  await page.frameLocator(`iframe[title="Google Pay"]`).getByRole("button", { name: "Cancel" }).click();
  await logged(page, /cancelled/);
});

test("Stripe's own React components mount it, and update and destroy it", async () => {
  const page = await shop.open(
    `
    const React = loaded.react;
    const { Elements, PaymentElement, ExpressCheckoutElement, useStripe, useElements } = loaded["@stripe/react-stripe-js"];
    const h = React.createElement;
    function Checkout() {
      const [stripe, elements] = [useStripe(), useElements()];
      const pay = async () => {
        await elements.submit();
        log((await stripe.createPaymentMethod({ elements })).paymentMethod.id);
      };
      return h("div", null, h(ExpressCheckoutElement, { onReady: () => log("express"), onConfirm: () => undefined }),
        h(PaymentElement, { onReady: (element) => log("ready", typeof element.collapse), onChange: ({ complete }) => log("complete", complete) }),
        h("button", { onClick: pay }, "Pay by React"));
    }
    const root = loaded["react-dom/client"].createRoot(document.querySelector("#payment"));
    const options = { mode: "payment", amount: 100, currency: "usd", paymentMethodCreation: "manual" };
    const draw = (locale) => root.render(h(React.StrictMode, null,
      h(Elements, { stripe: Promise.resolve(stripe), options: { ...options, locale } }, h(Checkout))));
    document.querySelector("#form").onsubmit = (event) => event.preventDefault();
    draw("en");`,
    { libraries: reactLibraries() },
  );
  await logged(page, /express/);
  await logged(page, /ready function/);
  await typeCard(page, "4242424242424242");
  await logged(page, /complete true/);
  await page.getByRole("button", { name: "Pay by React" }).click();
  await logged(page, /pm_\w+/);
  assert.equal(await page.evaluate("Stripe.version"), "endive");
  await page.evaluate(`root.unmount()`);
  assert.equal(await page.locator("iframe").count(), 0);
});
