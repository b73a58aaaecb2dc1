import type { Account } from "./account.ts";
import type { FormTree } from "./form.ts";
import type { BillingDetails, Card, PaymentMethod } from "./objects.ts";
import { cardRefused, docUrl, invalidParam, missingParam, noSuch, wrongState, type Refusal } from "./refusal.ts";
import { listAllows, listPage, ok, type Answer, type Call, type Route } from "./route.ts";
import { bankByToken, cardByNumber, cardByToken, fingerprintOf, type TestBank, type TestCard } from "./test-cards.ts";

export const paymentMethodRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/v1/payment_methods",
    endpoint: "payment_methods.create",
    answers: "payment_method",
    isOpenToPublishable: true,
    allowed: ["type", "card", "billing_details", "metadata", "allow_redisplay", "us_bank_account"],
    handle: create,
  },
  {
    method: "GET",
    path: "/v1/payment_methods",
    endpoint: "payment_methods.list",
    answers: "payment_method",
    isList: true,
    allowed: listAllows("customer", "type"),
    handle: list,
  },
  {
    method: "GET",
    path: "/v1/payment_methods/:id",
    endpoint: "payment_methods.retrieve",
    answers: "payment_method",
    allowed: [],
    handle: retrieve,
  },
  {
    method: "POST",
    path: "/v1/payment_methods/:id",
    endpoint: "payment_methods.update",
    answers: "payment_method",
    allowed: ["metadata", "billing_details", "allow_redisplay"],
    handle: update,
  },
  {
    method: "POST",
    path: "/v1/payment_methods/:id/attach",
    endpoint: "payment_methods.attach",
    answers: "payment_method",
    allowed: ["customer"],
    handle: attach,
  },
  {
    method: "POST",
    path: "/v1/payment_methods/:id/detach",
    endpoint: "payment_methods.detach",
    answers: "payment_method",
    allowed: [],
    handle: detach,
  },
];

/**
 * The payment method with this id. A test token (`pm_card_visa`) is as good as an id: every use of it makes a new
 * method, as at Stripe.
 */
export function resolvePaymentMethod(account: Account, id: string): PaymentMethod | undefined {
  const known = account.store.get("payment_method", id);
  if (known !== undefined) return known;
  const made = fromToken(account, id);
  if (made !== undefined) account.store.insert(made, null);
  return made;
}

/** Reads `card[number]` or `card[token]`; also what an intent's `payment_method_data` holds. */
export function paymentMethodFrom(account: Account, tree: FormTree): PaymentMethod | Refusal {
  const type = tree["type"];
  if (type === undefined) return missingParam("type");
  if (type !== "card")
    return invalidParam(
      "type",
      "The sandbox makes payment methods of type card; for a bank use the token pm_usBankAccount_success.",
    );
  const given = tree["card"];
  if (typeof given !== "object") return missingParam("card");
  const token = given["token"];
  if (typeof token === "string") {
    const card = cardByToken(token);
    return card === undefined
      ? noSuch("token", token, "card[token]")
      : cardMethod(account, card, given, tree["billing_details"]);
  }
  const number = typeof given["number"] === "string" ? given["number"].replaceAll(/[ -]/g, "") : "";
  const problem = numberProblem(account, number, given);
  if (problem !== undefined) return problem;
  const card = cardByNumber(number);
  return card === undefined ? liveCard() : cardMethod(account, card, given, tree["billing_details"]);
}

/** Moves a method to a customer; with null, away from its one. */
export function moveToCustomer(account: Account, method: PaymentMethod, customer: string | null): PaymentMethod {
  const moved = { ...method, customer };
  account.store.move(moved, customer);
  account.emit(customer === null ? "payment_method.detached" : "payment_method.attached", moved);
  return moved;
}

export const noBillingDetails: BillingDetails = {
  address: { city: null, country: null, line1: null, line2: null, postal_code: null, state: null },
  email: null,
  name: null,
  phone: null,
  tax_id: null,
};

function create(call: Call): Answer | Refusal {
  const metadata = call.params.metadata({});
  const problem = call.params.problem();
  if (problem !== undefined) return problem;
  const made = paymentMethodFrom(call.account, call.params.tree);
  if ("kind" in made) return made;
  const method = { ...made, metadata };
  call.account.store.insert(method, null);
  return ok(method);
}

function retrieve(call: Call): Answer | Refusal {
  const method = resolvePaymentMethod(call.account, call.id);
  return method === undefined ? noSuch("PaymentMethod", call.id, "id") : ok(method);
}

function list(call: Call): Answer | Refusal {
  const customer = call.params.text("customer");
  const type = call.params.text("type");
  return listPage(call, {
    type: "payment_method",
    url: "/v1/payment_methods",
    parent: customer,
    where: (method) => type === undefined || method.type === type,
  });
}

function update(call: Call): Answer | Refusal {
  const method = call.account.store.get("payment_method", call.id);
  if (method === undefined) return noSuch("PaymentMethod", call.id);
  const metadata = call.params.metadata(method.metadata);
  const problem = call.params.problem();
  if (problem !== undefined) return problem;
  const billing = call.params.tree["billing_details"];
  const next = {
    ...method,
    metadata,
    billing_details: billing === undefined ? method.billing_details : billingFrom(billing),
  };
  call.account.store.update(next);
  return ok(next);
}

function attach(call: Call): Answer | Refusal {
  const customerId = call.params.required("customer");
  const problem = call.params.problem();
  if (problem !== undefined) return problem;
  if (call.account.store.get("customer", customerId) === undefined) return noSuch("customer", customerId, "customer");
  const method = resolvePaymentMethod(call.account, call.id);
  if (method === undefined) return noSuch("PaymentMethod", call.id);
  if (method.customer === customerId) return ok(method);
  if (method.customer !== null) {
    return wrongState(
      "The payment method you provided has already been attached to a customer.",
      "payment_method_unexpected_state",
    );
  }
  if (call.account.store.mark(method.id) === "used") return usedUp();
  return ok(moveToCustomer(call.account, method, customerId));
}

function detach(call: Call): Answer | Refusal {
  const method = call.account.store.get("payment_method", call.id);
  if (method === undefined) return noSuch("PaymentMethod", call.id);
  if (method.customer === null) {
    return wrongState(
      "The payment method you provided is not attached to a customer so detachment is impossible.",
      "payment_method_unexpected_state",
    );
  }
  const moved = moveToCustomer(call.account, method, null);
  call.account.store.setMark(method.id, "used");
  return ok(moved);
}

/** A method that paid once without a customer, or was taken from one, never pays again. */
export function usedUp(): Refusal {
  const message =
    "The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a connected account without Customer attachment, or was detached from a Customer. It may not be used again. To use a PaymentMethod multiple times, you must attach it to a Customer first.";
  return wrongState(message, "payment_method_unexpected_state", { param: "payment_method" });
}

function fromToken(account: Account, token: string): PaymentMethod | undefined {
  const bank = bankByToken(token);
  if (bank !== undefined) return bankMethod(account, bank);
  if (!token.startsWith("pm_card_")) return undefined;
  const card = cardByToken(token);
  return card === undefined ? undefined : cardMethod(account, card, {}, undefined);
}

function numberProblem(account: Account, number: string, given: FormTree): Refusal | undefined {
  if (number === "") return missingParam("card[number]");
  if (!/^\d{12,19}$/.test(number) || !passesLuhn(number))
    return cardProblem("incorrect_number", "Your card number is incorrect.", "number");
  const month = Number(given["exp_month"]);
  if (!(month >= 1 && month <= 12))
    return cardProblem("invalid_expiry_month", "Your card's expiration month is invalid.", "exp_month");
  const year = Number(given["exp_year"]);
  const today = new Date(account.world.now());
  const fullYear = year < 100 ? 2000 + year : year;
  const isPast = fullYear * 12 + month < today.getUTCFullYear() * 12 + today.getUTCMonth() + 1;
  if (!Number.isInteger(year) || isPast)
    return cardProblem("invalid_expiry_year", "Your card's expiration year is invalid.", "exp_year");
  const cvc = given["cvc"];
  if (cvc !== undefined && !(typeof cvc === "string" && /^\d{3,4}$/.test(cvc)))
    return cardProblem("invalid_cvc", "Your card's security code is invalid.", "cvc");
  return undefined;
}

/** Refused while it is typed in, before anything is made. */
function cardProblem(code: string, message: string, param: string): Refusal {
  return { ...cardRefused({ code, doc_url: docUrl(code), message, param }), hasBegun: false };
}

function liveCard(): Refusal {
  const message =
    "Your card was declined. Your request was in test mode, but used a non test (live) card. For a list of valid test cards, visit: https://stripe.com/docs/testing.";
  return {
    ...cardRefused({
      code: "card_declined",
      decline_code: "test_mode_live_card",
      doc_url: docUrl("card_declined"),
      message,
      param: "",
    }),
    hasBegun: false,
  };
}

function passesLuhn(number: string): boolean {
  let sum = 0;
  for (const [index, digit] of number.split("").toReversed().entries()) {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}

function cardMethod(
  account: Account,
  card: TestCard,
  given: FormTree,
  billing: string | FormTree | undefined,
): PaymentMethod {
  const yearGiven = Number(given["exp_year"] ?? 0);
  const nextYear = new Date(account.world.now()).getUTCFullYear() + 1;
  const facts: Card = {
    brand: card.brand,
    checks: {
      address_line1_check: null,
      address_postal_code_check: null,
      cvc_check: card.isCvcWrong === true ? "fail" : "pass",
    },
    country: card.country,
    display_brand: card.brand,
    exp_month: Number(given["exp_month"] ?? 12),
    exp_year: yearGiven === 0 ? nextYear : yearGiven < 100 ? 2000 + yearGiven : yearGiven,
    fingerprint: fingerprintOf(card.number),
    funding: card.funding,
    generated_from: null,
    last4: card.number.slice(-4),
    networks: { available: [card.brand], preferred: null },
    regulated_status: "unregulated",
    three_d_secure_usage: { supported: card.brand !== "amex" },
    wallet: null,
  };
  return { ...bareMethod(account), billing_details: billingFrom(billing), card: facts, type: "card" };
}

function bankMethod(account: Account, bank: TestBank): PaymentMethod {
  const facts = {
    bank_name: "STRIPE TEST BANK",
    last4: bank.last4,
    routing_number: "110000000",
    fingerprint: fingerprintOf(bank.token),
  };
  return { ...bareMethod(account), us_bank_account: facts, type: "us_bank_account" };
}

function bareMethod(account: Account): Omit<PaymentMethod, "type" | "card" | "us_bank_account"> {
  return {
    id: account.newId("pm"),
    object: "payment_method",
    allow_redisplay: "unspecified",
    billing_details: noBillingDetails,
    created: account.seconds(),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
  };
}

function billingFrom(given: string | FormTree | undefined): BillingDetails {
  if (typeof given !== "object") return noBillingDetails;
  const word = (tree: FormTree, name: string): string | null => {
    const value = tree[name];
    return typeof value === "string" && value !== "" ? value : null;
  };
  const address = typeof given["address"] === "object" ? given["address"] : {};
  return {
    address: {
      city: word(address, "city"),
      country: word(address, "country"),
      line1: word(address, "line1"),
      line2: word(address, "line2"),
      postal_code: word(address, "postal_code"),
      state: word(address, "state"),
    },
    email: word(given, "email"),
    name: word(given, "name"),
    phone: word(given, "phone"),
    tax_id: null,
  };
}
