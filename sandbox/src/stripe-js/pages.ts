const frames: Readonly<Record<string, { readonly title: string; readonly script: string }>> = {
  card: { title: "Secure payment input", script: "card-frame.ts" },
  express: { title: "Secure express checkout", script: "express-frame.ts" },
  wallet: { title: "Wallet", script: "wallet-frame.ts" },
};

/**
 * The page inside one of Stripe's frames; its script draws everything once the shop's page has configured it. It has no
 * landmarks of its own: it is a part of the shop's.
 */
export function drawFramePage(name: string): string | undefined {
  const frame = Object.hasOwn(frames, name) ? frames[name] : undefined;
  if (frame === undefined) return undefined;
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${frame.title}</title>
<link rel="stylesheet" href="/stripe-js/assets/frames/frames.css">
<script type="module" src="/stripe-js/assets/frames/${frame.script}"></script>
<body><div id="root"></div></html>`;
}

/** A shop of one page, to try the elements by hand; `?locale=ko&theme=night` changes how they look. */
export function drawTryPage(): string {
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Try Stripe.js</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 30rem; margin: 2rem auto; padding: 0 1rem; color: #1d2733; background: #fafaf8 }
  body.night { color: #f4f4f5; background: #1d1e27 } h1 { font-size: 1.4rem } a { color: inherit }
  #express { margin-bottom: 1rem } button { font: inherit; width: 100%; margin-top: 1rem; padding: .8rem; border: 0; border-radius: .5rem; background: #1d4ed8; color: #fff; cursor: pointer }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 13px }
</style>
<main>
<h1>Try Stripe.js</h1>
<p><a href="?">light</a> · <a href="?theme=night">night</a> · <a href="?locale=ko">한국어</a> · <a href="?theme=night&amp;locale=ko">한국어, night</a>.
4242 4242 4242 4242 pays, 4000 0000 0000 3220 asks the bank, 4000 0000 0000 0002 is declined.</p>
<div id="express"></div>
<form id="shop"><div id="payment"></div><button>Pay $128.40</button></form>
<pre id="log" aria-live="polite"></pre>
</main>
<script src="/v3/"></script>
<script>
  const query = new URLSearchParams(location.search);
  const theme = query.get("theme") || "stripe";
  document.body.className = theme;
  const log = (text) => { document.querySelector("#log").textContent += text + "\\n"; };
  const stripe = Stripe("pk_test_muse_sandbox", { locale: query.get("locale") || "en" });
  const elements = stripe.elements({
    mode: "payment", amount: 12840, currency: "usd", paymentMethodCreation: "manual", appearance: { theme },
  });
  const payment = elements.create("payment", { fields: { billingDetails: query.get("fields") || "auto" } });
  for (const name of ["loaderstart", "ready", "change", "focus", "blur", "escape", "loaderror"])
    payment.on(name, (event) => log(name + " " + JSON.stringify(event)));
  payment.mount("#payment");
  const express = elements.create("expressCheckout", { emailRequired: true, shippingAddressRequired: true });
  for (const name of ["ready", "cancel", "loaderror"]) express.on(name, (event) => log("express " + name + " " + JSON.stringify(event)));
  express.on("shippingaddresschange", ({ address, resolve }) => { log("address " + JSON.stringify(address)); resolve({}); });
  express.on("confirm", (event) => { log("express confirm " + JSON.stringify(event)); pay(); });
  express.mount("#express");

  // A shop's server would do this with its secret key; the sandbox knows no other shop.
  const callServer = async (path, params) => (await fetch(path, {
    method: "POST", headers: { authorization: "Bearer sk_test_muse_sandbox", "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(params),
  })).json();
  async function pay() {
    const submitted = await elements.submit();
    if (submitted.error) return log("submit " + submitted.error.code);
    const made = await stripe.createPaymentMethod({ elements });
    if (made.error) return log("createPaymentMethod " + made.error.message);
    log("createPaymentMethod " + made.paymentMethod.id);
    const intent = await callServer("/v1/payment_intents", {
      amount: "12840", currency: "usd", payment_method: made.paymentMethod.id, confirm: "true", use_stripe_sdk: "true",
    });
    if (intent.error) return log("server: " + intent.error.message);
    if (intent.status !== "requires_action") return log("paid: " + intent.status);
    const acted = await stripe.handleNextAction({ clientSecret: intent.client_secret });
    log(acted.error ? "handleNextAction " + acted.error.code + " " + acted.error.message : "paid: " + acted.paymentIntent.status);
  }
  document.querySelector("#shop").onsubmit = (event) => { event.preventDefault(); pay(); };
</script></html>`;
}
