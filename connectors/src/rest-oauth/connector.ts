import {
  exchange,
  isSuccess,
  readTimeoutMs,
  submitTimeoutMs,
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
  HttpRequest,
  LookUpOutcome,
  PlaceOutcome,
  PlaceRequest,
  StoreAccess,
  TrackOutcome,
} from "../port.ts";
import { idAt, listAt, minorAt, objectAt, textAt, wordAt, type Json } from "../untrusted.ts";
import { accessToken, forgetToken } from "./tokens.ts";

/**
 * Stores with OAuth 2 client credentials, `POST /v2/orders` under an `Idempotency-Key`, and a total that
 * must be agreed to. Such a store documents that every 4xx with one of its codes means nothing was done, that it never
 * takes an order above `expected_total_cents`, and that a key remembers the accepted order: the same order sent again
 * is answered with the same number.
 */
export const restOauth: Connector = { name: "rest-oauth", canLookUp: true, place, lookUp, cancel, track };

async function place(http: Http, access: StoreAccess, request: PlaceRequest): Promise<PlaceOutcome> {
  const result = await call(http, access, submitRequest(access, request));
  if ("reason" in result) return result;
  if (isSuccess(result)) return acceptedOutcome(result.json, request);
  const error = result.kind === "answered" ? objectAt(result.json, "error") : {};
  if (textAt(error, "code") === "idempotency_key_reused") return earlierOrder(http, access, request);
  return refusalOutcome(error, result) ?? unprovenSubmit("order", result);
}

function acceptedOutcome(json: Json, request: PlaceRequest): PlaceOutcome {
  const storeOrderNumber = idAt(json, "number");
  const isOurs = textAt(json, "reference") === request.reference;
  if (storeOrderNumber === null || !isOurs)
    return { kind: "unknown", detail: "order: accepted without a number of ours" };
  return { kind: "placed", storeOrderNumber, totalMinor: minorAt(json, "total_cents") };
}

/**
 * The key holds an order sent with another body (another guard, say): that order is the answer, and a second is
 * never made.
 */
async function earlierOrder(http: Http, access: StoreAccess, request: PlaceRequest): Promise<PlaceOutcome> {
  const found = await lookUp(http, access, request.reference);
  if (found.kind !== "found") return { kind: "unknown", detail: `order: the key is used, look-up: ${found.kind}` };
  return { kind: "placed", storeOrderNumber: found.storeOrderNumber, totalMinor: found.totalMinor };
}

/** Codes with which the store documents that it did not take the order, and that it will not. */
const refusals = {
  price_changed: "price_above_guard",
  out_of_stock: "out_of_stock",
  address_not_served: "address_not_served",
  invalid_request: "rejected",
  unknown_sku: "rejected",
  unknown_shipping_option: "rejected",
} as const;

/** Undefined when the answer is not one that the store documents as "nothing was done": then nothing is proven. */
function refusalOutcome(error: Json, result: Exchange): PlaceOutcome | undefined {
  if (result.kind === "no_answer" || result.status < 400 || result.status >= 500) return undefined;
  const code = wordAt(error, "code", Object.keys(refusals) as readonly (keyof typeof refusals)[]);
  if (code !== null) return { kind: "refused", reason: refusals[code], detail: `order: ${code}` };
  const isAtTheDoor = wordAt(error, "code", ["invalid_token", "rate_limit"]) !== null;
  return isAtTheDoor ? unavailableBefore("order", result) : undefined;
}

async function lookUp(http: Http, access: StoreAccess, reference: string): Promise<LookUpOutcome> {
  const result = await call(
    http,
    access,
    read(`${access.baseUrl}/v2/orders?reference=${encodeURIComponent(reference)}`),
  );
  if ("reason" in result) return { kind: "unavailable", detail: result.detail };
  if (!isSuccess(result) || !Array.isArray(result.json["orders"])) return unavailableDetail("look-up", result);
  const order = listAt(result.json, "orders").find((candidate) => textAt(candidate, "reference") === reference);
  if (order === undefined) {
    // A list of something else proves nothing about ours.
    return result.json["orders"].length === 0
      ? { kind: "absent" }
      : { kind: "unavailable", detail: "look-up: orders of others" };
  }
  const storeOrderNumber = idAt(order, "number");
  if (storeOrderNumber === null) return { kind: "unavailable", detail: "look-up: an order without a number" };
  return { kind: "found", storeOrderNumber, totalMinor: minorAt(order, "total_cents") };
}

async function cancel(
  http: Http,
  access: StoreAccess,
  storeOrderNumber: string,
  reference: string,
): Promise<CancelOutcome> {
  const result = await call(http, access, {
    method: "POST",
    url: `${orderUrl(access, storeOrderNumber)}/cancel`,
    headers: {
      "content-type": "application/json",
      accept: "application/json",
      "idempotency-key": `${reference}-cancel`,
    },
    body: JSON.stringify({ reason: "cancelled by the buyer" }),
    timeoutMs: submitTimeoutMs,
  });
  if ("reason" in result) return { kind: "unavailable", detail: result.detail };
  if (isSuccess(result) && textAt(result.json, "status") === "cancelled") return { kind: "cancelled" };
  const code = result.kind === "answered" ? textAt(objectAt(result.json, "error"), "code") : null;
  if (code === "not_cancellable" || code === "not_found") return { kind: "refused", detail: `cancel: ${code}` };
  return unavailableDetail("cancel", result);
}

async function track(http: Http, access: StoreAccess, storeOrderNumber: string): Promise<TrackOutcome> {
  const result = await call(http, access, read(orderUrl(access, storeOrderNumber)));
  if ("reason" in result) return { kind: "unavailable", detail: result.detail };
  if (result.kind === "answered" && textAt(objectAt(result.json, "error"), "code") === "not_found")
    return { kind: "absent" };
  if (!isSuccess(result)) return unavailableDetail("track", result);
  const status = wordAt(result.json, "status", ["placed", "confirmed", "shipped", "delivered", "cancelled"]);
  if (status === null) return { kind: "unavailable", detail: "track: a status that is not known" };
  return {
    kind: "tracked",
    status,
    carrier: textAt(result.json, "carrier"),
    trackingNumber: textAt(result.json, "tracking_number"),
    estimatedDelivery: textAt(result.json, "estimated_delivery"),
  };
}

/**
 * Sends with a token. A token that was refused is renewed once: a 401 `invalid_token` is answered before the request is
 * looked at, so sending it again is safe even for an order.
 */
async function call(http: Http, access: StoreAccess, request: HttpRequest): Promise<Exchange | Unavailable> {
  const first = await accessToken(http, access);
  if (first.kind !== "token") return first;
  const result = await send(http, request, first.token);
  if (result.kind !== "answered" || result.status !== 401) return result;
  forgetToken(access, first.token);
  const second = await accessToken(http, access);
  return second.kind === "token" ? send(http, request, second.token) : second;
}

function send(http: Http, request: HttpRequest, token: string): Promise<Exchange> {
  return exchange(http, { ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } });
}

/** The guard travels with the order: the store itself refuses a total above `expected_total_cents`. */
function submitRequest(access: StoreAccess, request: PlaceRequest): HttpRequest {
  const { shipTo } = request;
  return {
    method: "POST",
    url: `${access.baseUrl}/v2/orders`,
    headers: { "content-type": "application/json", accept: "application/json", "idempotency-key": request.reference },
    body: JSON.stringify({
      reference: request.reference,
      email: request.contactEmail,
      shipping_option: request.shippingOptionId,
      expected_total_cents: request.totalMinorMax,
      lines: request.lines.map(({ sku, quantity }) => ({ sku, quantity })),
      ship_to: {
        name: shipTo.name,
        line1: shipTo.address1,
        line2: shipTo.address2,
        city: shipTo.city,
        state: shipTo.state,
        postal_code: shipTo.zip,
        country: shipTo.country,
        phone: shipTo.phone,
      },
    }),
    timeoutMs: submitTimeoutMs,
  };
}

function read(url: string): HttpRequest {
  return { method: "GET", url, headers: { accept: "application/json" }, timeoutMs: readTimeoutMs };
}

function orderUrl(access: StoreAccess, storeOrderNumber: string): string {
  return `${access.baseUrl}/v2/orders/${encodeURIComponent(storeOrderNumber)}`;
}
