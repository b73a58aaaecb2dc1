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
  PlaceLine,
  PlaceOutcome,
  PlaceRequest,
  StoreAccess,
  TrackOutcome,
} from "../port.ts";
import { idAt, listAt, minorAt, textAt, wordAt } from "../untrusted.ts";

/**
 * Stores with an API key and no idempotency: the same order sent twice is two orders. So the order is sent exactly
 * once, and whatever answer is not plain is `unknown`; `GET /api/orders?reference=` then tells. The store never
 * refuses a price: live prices and the delivery rate are read first, and the guard is held against their sum.
 */
export const restLookup: Connector = { name: "rest-lookup", canLookUp: true, place, lookUp, cancel, track };

async function place(http: Http, access: StoreAccess, request: PlaceRequest): Promise<PlaceOutcome> {
  const searched = await exchange(http, searchRequest(access, request.reference));
  const earlier = foundOrder(searched, request.reference);
  if (earlier.kind === "found") {
    return { kind: "placed", storeOrderNumber: earlier.storeOrderNumber, totalMinor: earlier.totalMinor };
  }
  if (earlier.kind !== "absent") return unavailableBefore("look-up", searched);
  const quote = await quoteOrder(http, access, request);
  if (quote.kind !== "quoted") return quote;
  if (quote.totalMinor > request.totalMinorMax) {
    return { kind: "refused", reason: "price_above_guard", detail: `the store asks ${quote.totalMinor}` };
  }
  return submitOutcome(await exchange(http, submitRequest(access, request)), request);
}

type Quote =
  | { readonly kind: "quoted"; readonly totalMinor: number }
  | Extract<PlaceOutcome, { kind: "refused" }>
  | Unavailable;

async function quoteOrder(http: Http, access: StoreAccess, request: PlaceRequest): Promise<Quote> {
  let subtotalMinor = 0;
  let units = 0;
  for (const [sku, quantity] of unitsBySku(request.lines)) {
    const result = await exchange(http, read(access, `/products/${encodeURIComponent(sku)}`));
    const price = readPrice(result, quantity);
    if (price.kind !== "quoted") return price;
    subtotalMinor += price.totalMinor;
    units += quantity;
  }
  const result = await exchange(http, read(access, `/shipping-rates?subtotalCents=${subtotalMinor}&units=${units}`));
  if (!isSuccess(result)) return unavailableBefore("delivery", result);
  const rate = listAt(result.json, "rates").find((candidate) => candidate["id"] === request.shippingOptionId);
  const shippingMinor = rate === undefined ? null : minorAt(rate, "amountCents");
  if (shippingMinor === null) return { kind: "refused", reason: "rejected", detail: "delivery: no such option" };
  return { kind: "quoted", totalMinor: subtotalMinor + shippingMinor };
}

function readPrice(result: Exchange, quantity: number): Quote {
  if (result.kind === "answered" && result.status === 404 && result.json["error"] === "not_found") {
    return { kind: "refused", reason: "rejected", detail: "product: not sold here" };
  }
  if (!isSuccess(result)) return unavailableBefore("product", result);
  const priceMinor = minorAt(result.json, "priceCents");
  const stock = minorAt(result.json, "stock");
  if (priceMinor === null || stock === null || result.json["currency"] !== "USD") {
    return { kind: "unavailable", reason: "store_error", detail: "product: no price to be read", retryAfterMs: null };
  }
  if (stock < quantity) return { kind: "refused", reason: "out_of_stock", detail: "product: out of stock" };
  return { kind: "quoted", totalMinor: priceMinor * quantity };
}

/** Two lines of one sku draw on one stock. */
function unitsBySku(lines: readonly PlaceLine[]): ReadonlyMap<string, number> {
  const units = new Map<string, number>();
  for (const line of lines) units.set(line.sku, (units.get(line.sku) ?? 0) + line.quantity);
  return units;
}

/** Codes with which the store documents that it did not take the order. */
const refusals = {
  out_of_stock: "out_of_stock",
  address_not_served: "address_not_served",
  invalid_request: "rejected",
  unknown_sku: "rejected",
  unknown_shipping_option: "rejected",
} as const;

function submitOutcome(result: Exchange, request: PlaceRequest): PlaceOutcome {
  if (isSuccess(result)) {
    const storeOrderNumber = idAt(result.json, "orderNumber");
    const isOurs = textAt(result.json, "reference") === request.reference;
    if (storeOrderNumber === null || !isOurs)
      return { kind: "unknown", detail: "order: accepted without a number of ours" };
    return { kind: "placed", storeOrderNumber, totalMinor: minorAt(result.json, "totalCents") };
  }
  if (result.kind === "no_answer" || result.status < 400 || result.status >= 500)
    return unprovenSubmit("order", result);
  const code = wordAt(result.json, "error", Object.keys(refusals) as readonly (keyof typeof refusals)[]);
  if (code !== null) return { kind: "refused", reason: refusals[code], detail: `order: ${code}` };
  if (result.json["error"] === "invalid_api_key") return unavailableBefore("order", result);
  return unprovenSubmit("order", result);
}

async function lookUp(http: Http, access: StoreAccess, reference: string): Promise<LookUpOutcome> {
  return foundOrder(await exchange(http, searchRequest(access, reference)), reference);
}

function foundOrder(result: Exchange, reference: string): LookUpOutcome {
  if (!isSuccess(result) || !Array.isArray(result.json["orders"])) return unavailableDetail("look-up", result);
  const order = listAt(result.json, "orders").find((candidate) => textAt(candidate, "reference") === reference);
  if (order === undefined) {
    // A list of something else proves nothing about ours.
    return result.json["orders"].length === 0
      ? { kind: "absent" }
      : { kind: "unavailable", detail: "look-up: orders of others" };
  }
  const storeOrderNumber = idAt(order, "orderNumber");
  if (storeOrderNumber === null) return { kind: "unavailable", detail: "look-up: an order without a number" };
  return { kind: "found", storeOrderNumber, totalMinor: minorAt(order, "totalCents") };
}

async function cancel(http: Http, access: StoreAccess, storeOrderNumber: string): Promise<CancelOutcome> {
  const path = `/orders/${encodeURIComponent(storeOrderNumber)}`;
  const result = await exchange(http, { ...read(access, path), method: "DELETE", timeoutMs: submitTimeoutMs });
  if (isSuccess(result) && textAt(result.json, "status") === "cancelled") return { kind: "cancelled" };
  const code = result.kind === "answered" ? wordAt(result.json, "error", ["cannot_cancel", "not_found"]) : null;
  return code === null ? unavailableDetail("cancel", result) : { kind: "refused", detail: `cancel: ${code}` };
}

async function track(http: Http, access: StoreAccess, storeOrderNumber: string): Promise<TrackOutcome> {
  const result = await exchange(http, read(access, `/orders/${encodeURIComponent(storeOrderNumber)}`));
  if (result.kind === "answered" && result.status === 404 && result.json["error"] === "not_found")
    return { kind: "absent" };
  if (!isSuccess(result)) return unavailableDetail("track", result);
  const status = wordAt(result.json, "status", ["placed", "confirmed", "shipped", "delivered", "cancelled"]);
  if (status === null) return { kind: "unavailable", detail: "track: a status that is not known" };
  return {
    kind: "tracked",
    status,
    carrier: textAt(result.json, "carrier"),
    trackingNumber: textAt(result.json, "trackingNumber"),
    estimatedDelivery: textAt(result.json, "estimatedDelivery"),
  };
}

function submitRequest(access: StoreAccess, request: PlaceRequest): HttpRequest {
  const { reference, shipTo, contactEmail, shippingOptionId } = request;
  const items = request.lines.map(({ sku, quantity }) => ({ sku, quantity }));
  return {
    ...read(access, "/orders"),
    method: "POST",
    headers: { ...headersOf(access), "content-type": "application/json" },
    body: JSON.stringify({ reference, items, shipTo, email: contactEmail, shippingOptionId }),
    timeoutMs: submitTimeoutMs,
  };
}

function searchRequest(access: StoreAccess, reference: string): HttpRequest {
  return read(access, `/orders?reference=${encodeURIComponent(reference)}`);
}

function read(access: StoreAccess, path: string): HttpRequest {
  return { method: "GET", url: `${access.baseUrl}/api${path}`, headers: headersOf(access), timeoutMs: readTimeoutMs };
}

function headersOf(access: StoreAccess): Readonly<Record<string, string>> {
  return { "x-api-key": access.credentials["apiKey"] ?? "", accept: "application/json" };
}
