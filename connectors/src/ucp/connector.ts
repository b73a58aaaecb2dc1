import {
  isSuccess,
  unavailableBefore,
  unavailableDetail,
  unprovenSubmit,
  type Exchange,
  type Unavailable,
} from "../answers.ts";
import type {
  CancelOutcome,
  Connector,
  Http,
  LookUpOutcome,
  PlaceOutcome,
  PlaceRequest,
  StoreAccess,
  TrackOutcome,
  TrackStatus,
} from "../port.ts";
import { idAt, listAt, objectAt, textAt, type Json } from "../untrusted.ts";
import { completeBody, createBody, errorCodesOf, talk, totalMinorOf, updateBody, type Line } from "./checkout.ts";
import { forgetProfile, readProfile } from "./profile.ts";

/**
 * Stores that speak the Universal Commerce Protocol over REST (https://ucp.dev) in one of its versions 2026-04-08,
 * 2026-01-23 and 2026-01-11. An order is a checkout session that was completed. Both creating and completing carry a
 * key made of our reference, so that the same reference always meets the same session and a session is completed once.
 */
export const ucp: Connector = { name: "ucp", canLookUp: true, place, lookUp, cancel, track };

type Refused = Extract<PlaceOutcome, { kind: "refused" }>;
type Step = { readonly kind: "session"; readonly session: Json } | PlaceOutcome;

async function place(http: Http, access: StoreAccess, request: PlaceRequest): Promise<PlaceOutcome> {
  const found = await readProfile(http, access);
  if (found.kind !== "profile") return found;
  const line: Line = { http, access, profile: found.profile };

  const created = await createSession(line, request);
  if (created.kind !== "session") return created;
  const chosen = await chooseDelivery(line, request, created.session);
  if (chosen.kind !== "session") return chosen;

  const { session } = chosen;
  if (session["status"] === "completed") return orderOf(session);
  const totalMinor = totalMinorOf(session);
  if (session["currency"] !== request.currency || totalMinor === null) {
    return {
      kind: "unavailable",
      reason: "store_error",
      detail: "checkout: no total in our currency",
      retryAfterMs: null,
    };
  }
  const refusal = refusalOf(session);
  if (refusal !== undefined) return refusal;
  if (totalMinor > request.totalMinorMax) {
    return { kind: "refused", reason: "price_above_guard", detail: `the store asks ${totalMinor}` };
  }
  if (session["status"] !== "ready_for_complete")
    return { kind: "refused", reason: "rejected", detail: "checkout: needs a person" };
  return complete(line, request, session);
}

async function createSession(line: Line, request: PlaceRequest): Promise<Step> {
  const result = await talk(line, {
    method: "POST",
    path: "/checkout-sessions",
    body: createBody(request, line.profile),
    idempotencyKey: `${request.reference}-create`,
  });
  // The reference has met this store before with other contents, and what became of that is not known here.
  if (result.kind === "answered" && result.status === 409) return earlierOrder(line, request);
  if (!isSuccess(result)) return unavailableBefore("checkout", result);
  if (idAt(result.json, "id") !== null) return { kind: "session", session: result.json };
  if (errorCodesOf(result.json).includes("version_unsupported")) {
    forgetProfile(line.access);
    return unavailableBefore("checkout", result);
  }
  return refusalOf(result.json) ?? unavailableBefore("checkout", result);
}

async function chooseDelivery(line: Line, request: PlaceRequest, created: Json): Promise<Step> {
  const path = sessionPath(created);
  const result = await talk(line, { method: "PUT", path, body: updateBody(request, created, line.profile) });
  if (result.kind === "answered" && result.status === 409) {
    // It cannot be changed any more: an earlier try may have completed it.
    const current = await talk(line, { method: "GET", path });
    if (isSuccess(current) && current.json["status"] === "completed") return { kind: "session", session: current.json };
    return unavailableBefore("delivery", current);
  }
  if (!isSuccess(result)) return unavailableBefore("delivery", result);
  if (idAt(result.json, "id") === idAt(created, "id")) return { kind: "session", session: result.json };
  return refusalOf(result.json) ?? unavailableBefore("delivery", result);
}

async function complete(line: Line, request: PlaceRequest, session: Json): Promise<PlaceOutcome> {
  const result = await talk(line, {
    method: "POST",
    path: `${sessionPath(session)}/complete`,
    body: completeBody(line.access, line.profile.dialect),
    idempotencyKey: `${request.reference}-complete`,
    isSubmit: true,
  });
  if (!isSuccess(result)) return refusedAtTheDoor(result) ?? unprovenSubmit("complete", result);
  switch (result.json["status"]) {
    case "completed":
      return orderOf(result.json);
    // The protocol's own words for a session that was not completed: nothing has been ordered.
    case "incomplete":
    case "requires_escalation":
    case "canceled":
      return refusalOf(result.json) ?? { kind: "refused", reason: "rejected", detail: "complete: not completed" };
    case "ready_for_complete":
      return notTaken(result.json, request);
    default:
      return { kind: "unknown", detail: "complete: an answer that says neither yes nor no" };
  }
}

/** Still open and whole: the total moved under us, or the account was not taken. */
function notTaken(session: Json, request: PlaceRequest): PlaceOutcome {
  const refusal = refusalOf(session);
  if (refusal !== undefined) return refusal;
  const totalMinor = totalMinorOf(session);
  if (totalMinor !== null && totalMinor > request.totalMinorMax) {
    return { kind: "refused", reason: "price_above_guard", detail: `the store asks ${totalMinor}` };
  }
  return { kind: "unavailable", reason: "store_error", detail: "complete: the session changed", retryAfterMs: null };
}

/** Protocol errors that say, by name, that the request was never looked at. */
function refusedAtTheDoor(result: Exchange): Unavailable | undefined {
  if (result.kind !== "answered") return undefined;
  const code = textAt(result.json, "code") ?? textAt(objectAt(result.json, "error"), "code");
  const isNamed =
    (result.status === 401 && (code === "unauthorized" || code === "signature_invalid")) ||
    (result.status === 429 && code === "rate_limit");
  return isNamed ? unavailableBefore("complete", result) : undefined;
}

function refusalOf(entity: Json): Refused | undefined {
  const codes = errorCodesOf(entity);
  const [first] = codes;
  if (first === undefined) return undefined;
  const detail = `checkout: ${first}`;
  if (codes.includes("out_of_stock")) return { kind: "refused", reason: "out_of_stock", detail };
  if (codes.includes("address_undeliverable")) return { kind: "refused", reason: "address_not_served", detail };
  return { kind: "refused", reason: "rejected", detail };
}

function orderOf(session: Json): PlaceOutcome {
  const storeOrderNumber = idAt(objectAt(session, "order"), "id");
  if (storeOrderNumber === null) return { kind: "unknown", detail: "complete: completed without an order's number" };
  return { kind: "placed", storeOrderNumber, totalMinor: totalMinorOf(session) };
}

async function earlierOrder(line: Line, request: PlaceRequest): Promise<PlaceOutcome> {
  const found = await findOrder(line, request.reference);
  if (found.kind === "found")
    return { kind: "placed", storeOrderNumber: found.storeOrderNumber, totalMinor: found.totalMinor };
  if (found.kind === "absent")
    return { kind: "refused", reason: "rejected", detail: "checkout: the reference is used" };
  return { kind: "unknown", detail: `checkout: the reference is used, look-up: ${found.kind}` };
}

async function lookUp(http: Http, access: StoreAccess, reference: string): Promise<LookUpOutcome> {
  const found = await readProfile(http, access);
  if (found.kind !== "profile") return { kind: "unavailable", detail: found.detail };
  return findOrder({ http, access, profile: found.profile }, reference);
}

async function findOrder(line: Line, reference: string): Promise<LookUpOutcome> {
  if (!line.profile.hasOrderDesk) return { kind: "unsupported" };
  const result = await listOrders(line, reference);
  if (!isSuccess(result) || !Array.isArray(result.json["orders"])) return unavailableDetail("look-up", result);
  const order = listAt(result.json, "orders").find(
    (candidate) => textAt(candidate, "platform_reference") === reference,
  );
  if (order === undefined) {
    // A list of something else proves nothing about ours.
    return result.json["orders"].length === 0
      ? { kind: "absent" }
      : { kind: "unavailable", detail: "look-up: orders of others" };
  }
  const storeOrderNumber = idAt(order, "id");
  if (storeOrderNumber === null) return { kind: "unavailable", detail: "look-up: an order without a number" };
  return { kind: "found", storeOrderNumber, totalMinor: totalMinorOf(order) };
}

async function cancel(
  http: Http,
  access: StoreAccess,
  storeOrderNumber: string,
  reference: string,
): Promise<CancelOutcome> {
  const found = await readProfile(http, access);
  if (found.kind !== "profile") return { kind: "unavailable", detail: found.detail };
  if (!found.profile.hasOrderDesk) return { kind: "unsupported" };
  const result = await talk(
    { http, access, profile: found.profile },
    {
      method: "POST",
      path: `/orders/${encodeURIComponent(storeOrderNumber)}/cancel`,
      body: { reason: "cancelled by the buyer" },
      idempotencyKey: `${reference}-cancel`,
      isSubmit: true,
    },
  );
  if (!isSuccess(result)) return unavailableDetail("cancel", result);
  const [code] = errorCodesOf(result.json);
  if (code !== undefined) return { kind: "refused", detail: `cancel: ${code}` };
  return statusOf(result.json) === "cancelled" ? { kind: "cancelled" } : unavailableDetail("cancel", result);
}

async function track(
  http: Http,
  access: StoreAccess,
  storeOrderNumber: string,
  reference: string,
): Promise<TrackOutcome> {
  const found = await readProfile(http, access);
  if (found.kind !== "profile") return { kind: "unavailable", detail: found.detail };
  const line: Line = { http, access, profile: found.profile };
  const read = await readOrder(line, storeOrderNumber, reference);
  if (read.kind !== "order") return read;
  const status = statusOf(read.order);
  if (status === undefined) return { kind: "unavailable", detail: "track: not an order" };
  const shipment =
    listAt(objectAt(read.order, "fulfillment"), "events").findLast(
      (event) => textAt(event, "tracking_number") !== null,
    ) ?? {};
  return {
    kind: "tracked",
    status,
    carrier: textAt(shipment, "carrier"),
    trackingNumber: textAt(shipment, "tracking_number"),
    // The protocol tells people when it arrives, in words; there is no date to read.
    estimatedDelivery: null,
  };
}

type OrderRead = { readonly kind: "order"; readonly order: Json } | Exclude<TrackOutcome, { kind: "tracked" }>;

/** By its number, which came with 2026-04-08; where that is not to be had, among the order desk's by our reference. */
async function readOrder(line: Line, storeOrderNumber: string, reference: string): Promise<OrderRead> {
  if (!line.profile.canReadOrders) return readFromDesk(line, storeOrderNumber, reference);
  const result = await talk(line, { method: "GET", path: `/orders/${encodeURIComponent(storeOrderNumber)}` });
  if (!isSuccess(result)) return unavailableDetail("track", result);
  if (errorCodesOf(result.json).includes("not_found")) return { kind: "absent" };
  return { kind: "order", order: result.json };
}

async function readFromDesk(line: Line, storeOrderNumber: string, reference: string): Promise<OrderRead> {
  if (!line.profile.hasOrderDesk) return { kind: "unsupported" };
  const result = await listOrders(line, reference);
  if (!isSuccess(result) || !Array.isArray(result.json["orders"])) return unavailableDetail("track", result);
  const order = listAt(result.json, "orders").find((each) => idAt(each, "id") === storeOrderNumber);
  return order === undefined ? { kind: "absent" } : { kind: "order", order };
}

function listOrders(line: Line, reference: string): Promise<Exchange> {
  return talk(line, { method: "GET", path: `/orders?platform_reference=${encodeURIComponent(reference)}` });
}

/** Event types are the store's own words; these are the common ones, and any other leaves the status where it was. */
const statusByEvent: Readonly<Record<string, TrackStatus>> = {
  processing: "confirmed",
  shipped: "shipped",
  in_transit: "shipped",
  failed_attempt: "shipped",
  delivered: "delivered",
  canceled: "cancelled",
};

/** Undefined when this is no order at all. */
function statusOf(order: Json): TrackStatus | undefined {
  if (idAt(order, "id") === null || listAt(order, "line_items").length === 0) return undefined;
  if (listAt(order, "adjustments").some((entry) => entry["type"] === "cancellation" && entry["status"] === "completed"))
    return "cancelled";
  const events = listAt(objectAt(order, "fulfillment"), "events");
  const known = events.flatMap((event) => statusByEvent[textAt(event, "type") ?? ""] ?? []);
  return known.at(-1) ?? "placed";
}

function sessionPath(session: Json): string {
  return `/checkout-sessions/${encodeURIComponent(idAt(session, "id") ?? "")}`;
}
