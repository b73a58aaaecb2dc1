import type { Customer } from "./objects.ts";
import { invalidParam, noSuch, type Refusal } from "./refusal.ts";
import { listAllows, listPage, ok, type Answer, type Call, type Route } from "./route.ts";
import { moveToCustomer, resolvePaymentMethod } from "./payment-methods.ts";

const describing: readonly string[] = [
  "address",
  "balance",
  "description",
  "email",
  "invoice_settings",
  "metadata",
  "name",
  "phone",
  "preferred_locales",
  "shipping",
  "tax_exempt",
  "payment_method",
];

export const customerRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/v1/customers",
    endpoint: "customers.create",
    answers: "customer",
    allowed: describing,
    handle: create,
  },
  {
    method: "GET",
    path: "/v1/customers",
    endpoint: "customers.list",
    answers: "customer",
    isList: true,
    allowed: listAllows("email"),
    handle: list,
  },
  {
    method: "GET",
    path: "/v1/customers/:id",
    endpoint: "customers.retrieve",
    answers: "customer",
    allowed: [],
    handle: retrieve,
  },
  {
    method: "POST",
    path: "/v1/customers/:id",
    endpoint: "customers.update",
    answers: "customer",
    allowed: describing,
    handle: update,
  },
  { method: "DELETE", path: "/v1/customers/:id", endpoint: "customers.delete", allowed: [], handle: remove },
  {
    method: "GET",
    path: "/v1/customers/:id/payment_methods",
    endpoint: "customers.list_payment_methods",
    answers: "payment_method",
    isList: true,
    allowed: listAllows("type", "allow_redisplay"),
    handle: listMethods,
  },
];

function create(call: Call): Answer | Refusal {
  const { account, params } = call;
  const bare: Customer = {
    id: account.newId("cus"),
    object: "customer",
    address: null,
    balance: 0,
    created: account.seconds(),
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: account.newId("I").slice(-8).toUpperCase(),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: "none",
    test_clock: null,
  };
  const customer = described(call, bare);
  if ("kind" in customer) return customer;
  const methodId = params.text("payment_method");
  const method = methodId === undefined ? undefined : resolvePaymentMethod(account, methodId);
  if (methodId !== undefined && method === undefined) return noSuch("PaymentMethod", methodId, "payment_method");
  account.store.insert(customer, null);
  account.emit("customer.created", customer);
  if (method !== undefined) moveToCustomer(account, method, customer.id);
  return ok(customer);
}

function described(call: Call, before: Customer): Customer | Refusal {
  const { params } = call;
  const word = (name: "description" | "email" | "name" | "phone"): string | null =>
    params.has(name) ? (params.text(name) ?? null) : before[name];
  const next: Customer = {
    ...before,
    description: word("description"),
    email: word("email"),
    name: word("name"),
    phone: word("phone"),
    address: params.child("address") ?? before.address,
    shipping: params.child("shipping") ?? before.shipping,
    invoice_settings: { ...before.invoice_settings, ...params.child("invoice_settings") },
    metadata: params.metadata(before.metadata),
    preferred_locales: params.list("preferred_locales") ?? before.preferred_locales,
    tax_exempt: params.choice("tax_exempt", ["none", "exempt", "reverse"]) ?? before.tax_exempt,
  };
  const problem = params.problem();
  if (problem !== undefined) return problem;
  if (next.email !== null && !next.email.includes("@"))
    return invalidParam("email", `Invalid email address: ${next.email}`, "email_invalid");
  return next;
}

function retrieve(call: Call): Answer | Refusal {
  const customer = call.account.store.get("customer", call.id);
  return customer === undefined ? noSuch("customer", call.id) : ok(customer);
}

function update(call: Call): Answer | Refusal {
  const customer = call.account.store.get("customer", call.id);
  if (customer === undefined) return noSuch("customer", call.id);
  const next = described(call, customer);
  if ("kind" in next) return next;
  call.account.store.update(next);
  call.account.emit("customer.updated", next, { metadata: customer.metadata });
  return ok(next);
}

/** The customer is gone and its payment methods can never pay again. */
function remove(call: Call): Answer | Refusal {
  const { account } = call;
  const customer = account.store.get("customer", call.id);
  if (customer === undefined) return noSuch("customer", call.id);
  for (const method of account.store.scan("payment_method", { parent: customer.id, limit: 1000 })) {
    moveToCustomer(account, method, null);
    account.store.setMark(method.id, "used");
  }
  account.store.remove(customer.id);
  account.emit("customer.deleted", customer);
  return ok({ id: customer.id, object: "customer", deleted: true });
}

function list(call: Call): Answer | Refusal {
  const email = call.params.text("email");
  return listPage(call, {
    type: "customer",
    url: "/v1/customers",
    where: (customer) => email === undefined || customer.email === email,
  });
}

function listMethods(call: Call): Answer | Refusal {
  const type = call.params.text("type");
  return listPage(call, {
    type: "payment_method",
    url: `/v1/customers/${call.id}/payment_methods`,
    parent: call.id,
    where: (method) => type === undefined || method.type === type,
  });
}
