import { noSuch, type Refusal } from "./refusal.ts";
import { listAllows, listPage, ok, type Answer, type Call, type Route } from "./route.ts";

/** Charges are made by payment intents alone; here they are only read. */
export const chargeRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/v1/charges",
    endpoint: "charges.list",
    answers: "charge",
    isList: true,
    allowed: listAllows("payment_intent", "customer", "transfer_group"),
    handle: list,
  },
  {
    method: "GET",
    path: "/v1/charges/:id",
    endpoint: "charges.retrieve",
    answers: "charge",
    allowed: [],
    handle: retrieve,
  },
  {
    method: "POST",
    path: "/v1/charges/:id",
    endpoint: "charges.update",
    answers: "charge",
    allowed: ["metadata", "description"],
    handle: update,
  },
];

function retrieve(call: Call): Answer | Refusal {
  const charge = call.account.store.get("charge", call.id);
  return charge === undefined ? noSuch("charge", call.id) : ok(charge);
}

function update(call: Call): Answer | Refusal {
  const charge = call.account.store.get("charge", call.id);
  if (charge === undefined) return noSuch("charge", call.id);
  const metadata = call.params.metadata(charge.metadata);
  const description = call.params.text("description") ?? charge.description;
  const problem = call.params.problem();
  if (problem !== undefined) return problem;
  const next = { ...charge, metadata, description };
  call.account.store.update(next);
  call.account.emit("charge.updated", next, { metadata: charge.metadata, description: charge.description });
  return ok(next);
}

function list(call: Call): Answer | Refusal {
  const customer = call.params.text("customer");
  return listPage(call, {
    type: "charge",
    url: "/v1/charges",
    parent: call.params.text("payment_intent"),
    where: (charge) => customer === undefined || charge.customer === customer,
  });
}
