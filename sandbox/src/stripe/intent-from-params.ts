import type { Account } from "./account.ts";
import type { FormTree } from "./form.ts";
import { randomText } from "./ids.ts";
import type { PaymentIntent } from "./objects.ts";
import type { Params } from "./params.ts";
import { invalidParam, missingParam, noSuch, unknownParam, type Refusal } from "./refusal.ts";
import type { Call } from "./route.ts";

/** From this version on a payment is limited by `allowed_payment_method_types`; the old parameter is gone. */
const versionWithoutTypes = "2026-09-30";
const futureUsages = ["on_session", "off_session"] as const;
const captureMethods = ["automatic", "automatic_async", "manual"] as const;
const amountMax = 99_999_999;
/**
 * https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts, for the currencies it names in whole minor
 * units.
 */
const amountMin: Readonly<Record<string, number>> = {
  usd: 50,
  aed: 200,
  aud: 50,
  cad: 50,
  chf: 50,
  czk: 1500,
  dkk: 250,
  eur: 50,
  gbp: 30,
  hkd: 400,
  huf: 17500,
  jpy: 50,
  mxn: 1000,
  myr: 200,
  nok: 300,
  nzd: 50,
  pln: 200,
  ron: 200,
  sek: 300,
  sgd: 50,
  thb: 1000,
};

/** Reads an intent's parameters: a whole new intent, or what `before` becomes under them. Keeps nothing. */
export function intentFrom(call: Call, before?: PaymentIntent): PaymentIntent | Refusal {
  const base = before ?? newIntent(call);
  if ("kind" in base) return base;
  const { params } = call;
  const currency = params.text("currency")?.toLowerCase() ?? base.currency;
  const next: PaymentIntent = {
    ...base,
    ...methodTypes(call, base, currency),
    ...described(params, base),
    currency,
    amount: params.integer("amount", 1) ?? base.amount,
    customer: params.text("customer") ?? base.customer,
    application_fee_amount: params.integer("application_fee_amount", 0) ?? base.application_fee_amount,
    capture_method: params.choice("capture_method", captureMethods) ?? base.capture_method,
  };
  return intentProblem(call, next) ?? next;
}

function intentProblem({ account, params, version }: Call, next: PaymentIntent): Refusal | undefined {
  if (params.has("payment_method_types") && version >= versionWithoutTypes) return unknownParam("payment_method_types");
  return params.problem() ?? amountProblem(next) ?? customerProblem(account, next);
}

function customerProblem({ store }: Account, { customer }: PaymentIntent): Refusal | undefined {
  if (customer === null || store.get("customer", customer) !== undefined) return undefined;
  return noSuch("customer", customer, "customer");
}

/** The fields that say what the payment is about and change nothing about its money. */
function described(params: Params, base: PaymentIntent): Partial<PaymentIntent> {
  return {
    description: textOr(params, "description", base.description),
    metadata: params.metadata(base.metadata),
    receipt_email: textOr(params, "receipt_email", base.receipt_email),
    setup_future_usage: params.choice("setup_future_usage", futureUsages) ?? base.setup_future_usage,
    shipping: shippingFrom(params) ?? base.shipping,
    statement_descriptor: textOr(params, "statement_descriptor", base.statement_descriptor),
    statement_descriptor_suffix: textOr(params, "statement_descriptor_suffix", base.statement_descriptor_suffix),
    transfer_group: textOr(params, "transfer_group", base.transfer_group),
  };
}

function newIntent(call: Call): PaymentIntent | Refusal {
  const { account, params } = call;
  if (params.text("amount") === undefined) return missingParam("amount");
  if (params.text("currency") === undefined) return missingParam("currency");
  const id = account.newId("pi");
  return {
    id,
    object: "payment_intent",
    allowed_payment_method_types: null,
    amount: 0,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: "automatic_async",
    client_secret: `${id}_secret_${randomText(25)}`,
    confirmation_method: params.choice("confirmation_method", ["automatic", "manual"]) ?? "automatic",
    created: account.seconds(),
    currency: "",
    customer: null,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: {},
    next_action: null,
    on_behalf_of: params.text("on_behalf_of") ?? null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: { installments: null, mandate_options: null, network: null, request_three_d_secure: "automatic" },
    },
    payment_method_types: [],
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: "requires_payment_method",
    transfer_data: null,
    transfer_group: null,
  };
}

type MethodTypes = Pick<
  PaymentIntent,
  | "payment_method_types"
  | "automatic_payment_methods"
  | "allowed_payment_method_types"
  | "excluded_payment_method_types"
>;

/**
 * Without a word about types the Dashboard's are taken, which is what `automatic_payment_methods[enabled]` says
 * aloud.
 */
function methodTypes(call: Call, base: PaymentIntent, currency: string): MethodTypes {
  const { params } = call;
  const legacy = params.list("payment_method_types");
  const allowed = params.list("allowed_payment_method_types") ?? base.allowed_payment_method_types;
  const excluded = params.list("excluded_payment_method_types") ?? base.excluded_payment_method_types;
  const given = params.child("automatic_payment_methods");
  const isLegacy =
    legacy !== undefined || (base.payment_method_types.length > 0 && base.automatic_payment_methods === null);
  if (isLegacy || given?.["enabled"] === "false") {
    return {
      payment_method_types: legacy ?? (base.payment_method_types.length > 0 ? base.payment_method_types : ["card"]),
      automatic_payment_methods: null,
      allowed_payment_method_types: null,
      excluded_payment_method_types: excluded,
    };
  }
  const fitting = dashboardTypes(currency).filter(
    (type) => (allowed?.includes(type) ?? true) && !(excluded?.includes(type) ?? false),
  );
  return {
    payment_method_types: fitting,
    allowed_payment_method_types: allowed,
    excluded_payment_method_types: excluded,
    automatic_payment_methods: base.automatic_payment_methods ?? {
      allow_redirects: redirectsFrom(given),
      enabled: true,
    },
  };
}

function dashboardTypes(currency: string): readonly string[] {
  return currency === "usd" ? ["card", "link", "us_bank_account"] : ["card", "link"];
}

function redirectsFrom(given: FormTree | undefined): "always" | "never" {
  return given?.["allow_redirects"] === "never" ? "never" : "always";
}

function amountProblem({ amount, currency }: PaymentIntent): Refusal | undefined {
  if (!/^[a-z]{3}$/.test(currency)) {
    return invalidParam(
      "currency",
      `Invalid currency: ${currency}. Stripe currently supports these currencies: usd, aed, afn, all, amd, …`,
    );
  }
  if (amount > amountMax) return invalidParam("amount", "Amount must be no more than $999,999.99", "amount_too_large");
  const minimum = amountMin[currency] ?? 1;
  if (amount >= minimum) return undefined;
  return invalidParam(
    "amount",
    `Amount must be at least ${minimum} in the smallest unit of ${currency}`,
    "amount_too_small",
  );
}

function shippingFrom(params: Params): object | null {
  const given = params.child("shipping");
  if (given === undefined) return null;
  const address = typeof given["address"] === "object" ? given["address"] : {};
  return {
    address: fieldsOf(address, ["city", "country", "line1", "line2", "postal_code", "state"]),
    ...fieldsOf(given, ["carrier", "name", "phone", "tracking_number"]),
  };
}

function fieldsOf(tree: FormTree, names: readonly string[]): Record<string, string | FormTree | null> {
  return Object.fromEntries(names.map((name) => [name, tree[name] ?? null]));
}

/** An empty value unsets, an absent one leaves as it was. */
function textOr(params: Params, name: string, before: string | null): string | null {
  if (!params.has(name)) return before;
  return params.text(name) ?? null;
}
