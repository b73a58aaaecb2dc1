import type { FormTree } from "./form.ts";
import { formList } from "./form.ts";
import type { Charge, ObjectType } from "./objects.ts";
import { invalidParam, type Refusal } from "./refusal.ts";
import type { Store } from "./store.ts";

/**
 * Which fields of which object are ids that can be filled in. `refunds` of a charge is a list that is absent
 * otherwise.
 */
const expandable: Readonly<Partial<Record<ObjectType, Readonly<Record<string, ObjectType>>>>> = {
  payment_intent: { latest_charge: "charge", payment_method: "payment_method", customer: "customer" },
  charge: {
    payment_intent: "payment_intent",
    balance_transaction: "balance_transaction",
    customer: "customer",
    refunds: "refund",
  },
  refund: {
    charge: "charge",
    payment_intent: "payment_intent",
    balance_transaction: "balance_transaction",
    customer: "customer",
    payment_method: "payment_method",
    failure_balance_transaction: "balance_transaction",
  },
  dispute: { charge: "charge", payment_intent: "payment_intent" },
  payment_method: { customer: "customer" },
  balance_transaction: { source: "charge" },
};

export type ExpandPath = readonly string[];

const depthMax = 4;

/** Checks `expand[]` against what the route answers, before anything is done. */
export function readExpand(
  tree: FormTree,
  answers: ObjectType | undefined,
  isList: boolean,
): readonly ExpandPath[] | Refusal {
  const asked = tree["expand"];
  if (asked === undefined) return [];
  const paths: ExpandPath[] = [];
  for (const name of formList(asked)) {
    const path = name.split(".");
    const fields = isList && path[0] === "data" ? path.slice(1) : path;
    if (!canExpand(answers, fields)) return invalidParam("expand", `This property cannot be expanded (${name}).`);
    paths.push(path);
  }
  return paths;
}

/** Fills the paths in, on a copy of what is answered. */
export function expandPaths(store: Store, body: object, paths: readonly ExpandPath[]): object {
  if (paths.length === 0) return body;
  const copy = structuredClone(body) as Record<string, unknown>;
  for (const path of paths) fill(store, copy, path);
  return copy;
}

function canExpand(type: ObjectType | undefined, fields: ExpandPath): boolean {
  if (type === undefined || fields.length === 0 || fields.length > depthMax) return false;
  let at: ObjectType | undefined = type;
  for (const field of fields) {
    if (at === undefined) return false;
    at = expandable[at]?.[field];
    if (at === undefined) return false;
  }
  return true;
}

function fill(store: Store, holder: Record<string, unknown>, path: ExpandPath): void {
  const [field, ...rest] = path;
  if (field === undefined) return;
  if (field === "refunds" && holder["object"] === "charge")
    holder["refunds"] ??= refundList(store, holder as unknown as Charge);
  const value = holder[field];
  if (Array.isArray(value)) {
    for (const entry of value as Record<string, unknown>[]) fill(store, entry, rest);
    return;
  }
  const child = typeof value === "string" ? store.find(value) : value;
  if (typeof child !== "object" || child === null) return;
  holder[field] = child;
  fill(store, child as Record<string, unknown>, rest);
}

function refundList(store: Store, charge: Charge): object {
  const data = store.scan("refund", {
    parent: charge.payment_intent,
    limit: 10,
    where: (refund) => refund.charge === charge.id,
  });
  return { object: "list", data, has_more: false, url: `/v1/charges/${charge.id}/refunds` };
}
