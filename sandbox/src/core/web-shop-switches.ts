import { escapeHtml } from "#core/escape-html.ts";

/** The three shops that a browser shops in, and the steps of each by the name that a rule gives them. */
const shops: Readonly<Record<string, readonly string[]>> = {
  "lumen-home": [
    "product.view",
    "cart.add",
    "cart.view",
    "checkout.offer",
    "checkout.address",
    "checkout.shipping",
    "checkout.payment",
    "checkout.review",
    "order.submit",
    "order.confirmation",
    "orders.lookup",
    "orders.cancel",
  ],
  "kite-co": [
    "product.page",
    "product.view",
    "cart.view",
    "account.sign_in",
    "checkout.view",
    "checkout.deliveries",
    "checkout.review",
    "order.submit",
    "orders.list",
    "orders.cancel",
  ],
  pinecrest: [
    "product.view",
    "cart.add",
    "cart.view",
    "checkout.view",
    "checkout.review",
    "order.submit",
    "order.confirmation",
    "orders.list",
    "orders.lookup",
    "orders.cancel",
  ],
};

/** What can go wrong in a shop; in brackets what a rule's `value` means. */
const kinds: readonly { readonly kind: string; readonly label: string }[] = [
  { kind: "captcha", label: "CAPTCHA" },
  { kind: "queue", label: "waiting room (seconds)" },
  { kind: "changed_page", label: "changed page" },
  { kind: "out_of_stock", label: "out of stock" },
  { kind: "price_drift", label: "price drift (%)" },
  { kind: "slow_page", label: "slow page (ms)" },
  { kind: "error_page", label: "500 page" },
  { kind: "rate_limited", label: "429 page (seconds)" },
  { kind: "popup", label: "pop-up" },
  { kind: "login_lost", label: "login lost" },
  { kind: "drop_before", label: "line cut before acting" },
  { kind: "drop_after", label: "line cut after acting" },
  { kind: "accept_then_timeout", label: "accept, then never answer" },
  { kind: "slow_confirmation", label: "slow confirmation (ms)" },
  { kind: "refuse_address", label: "address refused" },
  { kind: "other_address", label: "another address (Kite's review)" },
  { kind: "other_goods", label: "another color (Kite's review)" },
  { kind: "cancel_refused", label: "cancellation refused" },
];

/** A line of selects that adds one rule. */
export function drawWebShopSwitches(): string {
  const shopOptions = Object.keys(shops).map((shop) => `<option>${shop}</option>`);
  const stepOptions = Object.entries(shops).map(
    ([shop, steps]) =>
      `<optgroup label="${shop}">${steps.map((step) => `<option>${step}</option>`).join("")}</optgroup>`,
  );
  const kindOptions = kinds.map(({ kind, label }) => `<option value="${kind}">${escapeHtml(label)}</option>`);
  return `<form data-shop-fault>
<label>Web shop <select name="part">${shopOptions.join("")}</select></label>
<label>at <select name="endpoint"><option value="*">every step</option>${stepOptions.join("")}</select></label>
<label>plays <select name="kind">${kindOptions.join("")}</select></label>
<label>value <input name="value" size="6" placeholder="default"></label>
<label>times <input name="times" size="3" value="1"></label>
<button>Add</button></form>
<script>
  document.querySelector("[data-shop-fault]").onsubmit = async (event) => {
    event.preventDefault();
    const { part, endpoint, kind, value, times } = Object.fromEntries(new FormData(event.target));
    const rule = { part, endpoint, kind, ...(value === "" ? {} : { value: Number(value) }), ...(times === "" ? {} : { times: Number(times) }) };
    const plan = await (await fetch("/faults")).json();
    await fetch("/faults", { method: "PUT", headers: { "content-type": "application/json" },
      body: JSON.stringify({ seed: plan.seed, rules: [...plan.rules, rule] }) });
    location.reload();
  };
</script>`;
}
