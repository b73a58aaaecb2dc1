/**
 * One row for every operation of the API, written by hand: whose things its path names, and a request that would work.
 * A route without a row fails `walk.http.test.ts`, so nobody adds one without saying who may reach what through it.
 */
import { waiverVersion } from "@muse/contracts/withdrawal-waiver";
import type { Belongings } from "./cast.ts";
import type { Row } from "./row.ts";
import { sellerRows } from "./seller-rows.ts";

const order = (owns: Belongings) => ({ orderNumber: owns.orderNumber });
const session = (owns: Belongings) => ({ sessionId: owns.sessionId });
const item = (owns: Belongings) => ({ itemId: owns.itemId });

const address = (owns: Belongings) => ({ addressId: owns.addressId });

const home = {
  name: "Mallory Grey",
  address1: "12 Harbor Street",
  address2: "Rear",
  city: "Portland",
  state: "OR",
  zip: "97201",
  country: "US",
  phone: "+15035550123",
} as const;

const refundAccount = { bankCode: "88", accountNumber: "110123456789", holderName: "Mallory Grey" } as const;

const auth = { whose: "self" } as const;
const secret = { whose: "signed" } as const;
const bought = { whose: "bought", names: (owns: Belongings) => ({ id: owns.digitalId }) } as const;
const desk = { whose: "staff", names: order } as const;

export const rows: Readonly<Record<string, Row>> = {
  "POST /api/auth/sign-in/email": auth,
  "POST /api/auth/sign-up/email": auth,
  "POST /api/auth/sign-in/anonymous": auth,
  "POST /api/auth/sign-in/magic-link": { whose: "public", body: () => ({ email: "nobody@mail.test" }) },
  "GET /api/auth/magic-link/verify": secret,
  "POST /api/auth/sign-out": { whose: "self", endsSession: true },
  "GET /api/auth/get-session": auth,
  // Whoever is not signed in is told so by the library behind them; the others have given no password.
  "POST /api/auth/two-factor/enable": secret,
  "POST /api/auth/two-factor/verify-totp": secret,
  "POST /api/auth/two-factor/verify-backup-code": secret,
  "POST /api/auth/two-factor/generate-backup-codes": secret,
  "POST /api/auth/two-factor/disable": secret,
  "GET /api/v1/account": { whose: "self" },
  "POST /api/v1/account/password": { whose: "self", body: () => ({ password: "another long one" }) },
  "GET /api/v1/account/export": { whose: "self" },
  "DELETE /api/v1/account": { whose: "self", endsSession: true },

  "GET /api/v1/catalog/products": { whose: "public", query: { query: "thing", limit: "5", minPriceCents: "1" } },
  "GET /api/v1/catalog/products/{productId}": { whose: "public", names: ({ productId }) => ({ productId }) },
  "GET /api/v1/catalog/products/{productId}/related": {
    whose: "public",
    names: ({ productId }) => ({ productId }),
    query: { limit: "4" },
  },
  "GET /api/v1/catalog/products/{productId}/delivery": {
    whose: "public",
    names: ({ productId }) => ({ productId }),
    query: { zip: "97201", quantity: "2" },
  },
  "GET /api/v1/catalog/sitemap": { whose: "public", query: { limit: "5" } },
  "GET /api/v1/catalog/stores": { whose: "public", query: { limit: "5", kind: "retailer" } },
  "GET /api/v1/catalog/stores/{storeId}": { whose: "public", names: ({ storeId }) => ({ storeId }) },

  "GET /api/v1/addresses/zip/{zip}": { whose: "public", names: () => ({ zip: "97201" }) },
  "GET /api/v1/addresses": { whose: "self" },
  "POST /api/v1/addresses": { whose: "self", body: () => home, texts: ["name", "address1", "address2", "city"] },
  "PUT /api/v1/addresses/{addressId}": {
    whose: "owner",
    names: address,
    body: () => home,
    texts: ["name", "address1", "address2", "city"],
  },
  "POST /api/v1/addresses/{addressId}/default": { whose: "owner", names: address },
  "DELETE /api/v1/addresses/{addressId}": { whose: "owner", names: address },

  "GET /api/v1/cart": { whose: "self" },
  "GET /api/v1/cart/summary": { whose: "self", query: { zip: "97201" } },
  "GET /api/v1/cart/items/check": { whose: "self", names: ({ productId }) => ({ productId }) },
  "POST /api/v1/cart/items": {
    whose: "self",
    body: ({ productId, variantId }) => ({ productId, variantId, quantity: 1 }),
  },
  "POST /api/v1/cart/items/batch": {
    whose: "self",
    body: ({ productId, variantId }) => ({ items: [{ productId, variantId, quantity: 1 }], partial: true }),
  },
  "PUT /api/v1/cart/items/{itemId}": {
    whose: "owner",
    names: item,
    body: ({ otherVariantId }) => ({ variantId: otherVariantId, quantity: 2 }),
  },
  "PATCH /api/v1/cart/items/{itemId}/quantity": { whose: "owner", names: item, body: () => ({ quantity: 3 }) },
  "DELETE /api/v1/cart/items/{itemId}": { whose: "owner", names: item },
  "POST /api/v1/cart/prices/seen": { whose: "self" },
  "DELETE /api/v1/cart": { whose: "self" },

  "POST /api/v1/checkout/sessions": { whose: "self", body: () => ({}) },
  "GET /api/v1/checkout/sessions/{sessionId}": { whose: "owner", names: session },
  "POST /api/v1/checkout/sessions/{sessionId}/cancel": { whose: "owner", names: session, body: () => ({}) },
  "PUT /api/v1/checkout/sessions/{sessionId}/shipping": {
    whose: "owner",
    names: session,
    body: () => ({ ...home, email: "mallory@mail.test" }),
    texts: ["name", "address1", "address2", "city"],
  },
  "PUT /api/v1/checkout/sessions/{sessionId}/shipping-options": {
    whose: "owner",
    names: session,
    body: ({ storeId }) => ({ choices: [{ storeId, optionId: "express" }] }),
  },
  "GET /api/v1/checkout/config": { whose: "public" },
  "PUT /api/v1/checkout/sessions/{sessionId}/email": {
    whose: "owner",
    names: session,
    body: () => ({ email: "mallory.grey@mail.test" }),
  },
  "PUT /api/v1/checkout/sessions/{sessionId}/payment": {
    whose: "owner",
    names: session,
    body: () => ({ paymentMethodId: "pm_card_visa", onStoreFailure: "all_or_nothing" }),
  },
  "POST /api/v1/checkout/sessions/{sessionId}/place": { whose: "owner", names: session, body: () => ({}) },
  "POST /api/v1/checkout/sessions/{sessionId}/toss": { whose: "owner", names: session, body: () => ({}) },
  "PUT /api/v1/checkout/sessions/{sessionId}/refund-account": {
    whose: "owner",
    names: ({ paidSessionId }) => ({ sessionId: paidSessionId }),
    body: () => refundAccount,
  },
  "PUT /api/v1/admin/checkouts/{sessionId}/refund-account": {
    whose: "staff",
    names: ({ paidSessionId }) => ({ sessionId: paidSessionId }),
    body: () => refundAccount,
  },
  "POST /api/payments/toss/confirm": {
    whose: "self",
    body: () => ({ paymentKey: "tviva_nobody", orderId: "to_nobody", amount: 100 }),
  },
  "GET /api/v1/checkout/sessions/{sessionId}/events": { whose: "owner", names: session, isStream: true },

  "POST /api/payments/create": {
    whose: "self",
    body: ({ productId }) => ({ productId, customerName: "Mallory Grey" }),
    texts: ["customerName"],
  },
  "POST /api/cart/checkout": {
    whose: "self",
    body: ({ productId }) => ({ items: [{ id: productId, price: 1, currency: "USD" }], customerName: "Mallory Grey" }),
    texts: ["customerName"],
  },

  "GET /api/v1/orders": { whose: "self", query: { limit: "5", status: "pending" } },
  "GET /api/v1/orders/stats": { whose: "self" },
  "GET /api/orders": { whose: "owner", names: ({ paidSessionId }) => ({ checkoutSessionId: paidSessionId }) },
  "GET /api/v1/orders/{orderNumber}": { whose: "owner", names: order },
  "GET /api/orders/{orderId}": { whose: "owner", names: ({ orderNumber }) => ({ orderId: orderNumber }) },
  "GET /api/v1/orders/{orderNumber}/receipt": { whose: "owner", names: order, query: { format: "html" } },
  "POST /api/v1/orders/{orderNumber}/refund-request": {
    whose: "owner",
    names: order,
    body: () => ({ items: [{ lineNo: 1, quantity: 1 }], reason: "It is broken." }),
    texts: ["reason"],
  },
  "POST /api/v1/orders/{orderNumber}/cancel": { whose: "owner", names: order },
  // What comes of an address goes to its mailbox alone; a token in the body decides over the second.
  "POST /api/v1/orders/lookup": { whose: "public", body: () => ({ email: "nobody@mail.test" }) },
  "POST /api/v1/orders/link": secret,
  "PUT /api/v1/orders/{orderNumber}/tracking": { whose: "signed", names: order },

  "GET /api/v1/library": { whose: "self" },
  "PUT /api/v1/library/{orderNumber}/waiver": {
    whose: "owner",
    names: ({ digitalOrder }) => ({ orderNumber: digitalOrder }),
    body: () => ({ version: waiverVersion, language: "en" }),
  },
  "GET /api/products/{id}/download": bought,
  "POST /api/products/{id}/reviews": {
    ...bought,
    body: () => ({ rating: 4, body: "It holds.", author: "Mallory" }),
    texts: ["body", "author"],
  },
  "GET /api/products/{id}/reviews": {
    whose: "public",
    names: ({ digitalId }) => ({ id: digitalId }),
    query: { limit: "5" },
  },
  "GET /api/v1/files/{fileId}": {
    whose: "signed",
    names: ({ digitalOrder }) => ({ fileId: "fil_0000000000", order: digitalOrder }),
    query: { expires: "1", signature: "a".repeat(43) },
  },

  ...sellerRows,

  "GET /api/v1/admin/manual-orders": { whose: "staff", query: { limit: "5", claimed: "false" } },
  "GET /api/v1/admin/manual-orders/stats": { whose: "staff" },
  "GET /api/v1/admin/manual-orders/{orderNumber}": desk,
  "GET /api/v1/admin/manual-orders/{orderNumber}/instructions": desk,
  "POST /api/v1/admin/manual-orders/{orderNumber}/claim": desk,
  "POST /api/v1/admin/manual-orders/{orderNumber}/release": desk,
  "POST /api/v1/admin/manual-orders/{orderNumber}/place": {
    ...desk,
    body: () => ({ storeOrderNumber: "S-1", trackingNumber: "TRK-1234", carrier: "swiftpost", paidCents: 100 }),
    texts: ["storeOrderNumber"],
  },
  "POST /api/v1/admin/manual-orders/{orderNumber}/fail": {
    ...desk,
    body: () => ({ reason: "other", note: "Nobody answers." }),
    texts: ["note"],
  },
  "POST /api/v1/admin/manual-orders/{orderNumber}/cancel": {
    ...desk,
    body: () => ({ outcome: "refused", note: "It has left." }),
    texts: ["note"],
  },

  "GET /api/v1/admin/metrics/overview": { whose: "staff" },
  "GET /api/v1/admin/metrics/placements": { whose: "staff" },
  "GET /api/v1/admin/metrics/series": { whose: "staff", query: { range: "7d" } },
  "GET /api/v1/admin/desk/events": { whose: "staff", isStream: true },
  "GET /api/v1/admin/orders": { whose: "staff", query: { limit: "5", query: "MO-ABCD" } },
  "GET /api/v1/admin/orders/{orderNumber}": desk,
  "GET /api/v1/admin/orders/{orderNumber}/attempts": desk,
  "GET /api/v1/admin/attempts/{attemptId}/evidence/{visit}/{file}": {
    whose: "staff",
    names: () => ({ attemptId: `pla_${"0".repeat(32)}`, visit: "place", file: "01-open.png" }),
    isMadeByBrowser: true,
  },
  "POST /api/v1/admin/orders/{orderNumber}/refund": {
    ...desk,
    body: () => ({ items: [{ lineNo: 1, quantity: 1 }], includeShipping: false, reason: "goodwill" }),
    texts: ["reason"],
  },
  "GET /api/v1/admin/refund-requests": { whose: "staff", query: { limit: "5" } },
  "GET /api/v1/admin/refunds/stuck": { whose: "staff" },
  "GET /api/v1/admin/refund-approvals": { whose: "staff", query: { limit: "5", status: "waiting" } },
  "POST /api/v1/admin/refund-approvals/{approvalId}/answer": {
    whose: "staff",
    names: () => ({ approvalId: "apr_00000000" }),
    body: () => ({ decision: "declined", note: "Not theirs" }),
    texts: ["note"],
  },
  "POST /api/v1/admin/refund-requests/{requestId}/answer": {
    whose: "staff",
    names: () => ({ requestId: "req_000000000000000000000000" }),
    body: () => ({ decision: "declined", note: "It was used." }),
    texts: ["note"],
  },
  "GET /api/v1/admin/stores": { whose: "staff", query: { query: "harbor", kind: "retailer" } },
  "GET /api/v1/admin/stores/{storeId}": { whose: "staff", names: ({ storeId }) => ({ storeId }) },
  "GET /api/v1/admin/store-alerts": { whose: "staff", query: { limit: "5" } },
  "PUT /api/v1/admin/stores/{storeId}/tiers/{position}": {
    whose: "staff",
    names: ({ storeId }) => ({ storeId, position: "1" }),
    body: () => ({ enabled: true }),
  },
  "POST /api/v1/admin/stores/{storeId}/pause": {
    whose: "staff",
    names: ({ storeId }) => ({ storeId }),
    body: () => ({ minutes: 1, reason: "Their page is down" }),
    texts: ["reason"],
  },
  "POST /api/v1/admin/stores/{storeId}/resume": {
    whose: "staff",
    names: ({ storeId }) => ({ storeId }),
    body: () => ({}),
  },
  "PUT /api/v1/admin/stores/{storeId}": {
    whose: "staff",
    names: ({ storeId }) => ({ storeId }),
    body: () => ({
      name: "A store",
      description: "Of things",
      returnPolicy: "None",
      tiers: [{ method: "manual" }],
      shippingOptions: [
        { optionId: "standard", name: "Standard", kind: "flat", amountCents: 599, daysMin: 3, daysMax: 5 },
        { optionId: "express", name: "Express", kind: "flat", amountCents: 999, daysMin: 1, daysMax: 2 },
      ],
    }),
    texts: ["name", "description", "returnPolicy"],
  },
  "GET /api/v1/admin/webhook-events": { whose: "staff", query: { limit: "5" } },
  "POST /api/v1/admin/webhook-events/{source}/{eventId}/replay": {
    whose: "staff",
    names: () => ({ source: "stripe", eventId: "evt_000000000000000000000000" }),
  },
  "GET /api/v1/admin/people": { whose: "staff" },
  "GET /api/v1/admin/people/by-email": {
    whose: "staff",
    // The second to sign up in any of these plays.
    query: { email: "Shopper.2@people.test" },
  },
  "PUT /api/v1/admin/people/{accountId}/role": {
    whose: "staff",
    names: (owns) => ({ accountId: owns.sellerId }),
    body: () => ({ role: "seller" }),
  },
  "GET /api/v1/admin/alerts": { whose: "staff", query: { limit: "5" } },
  "GET /api/v1/admin/alerts/mail": { whose: "staff" },
  "PUT /api/v1/admin/alerts/mail": { whose: "staff", body: () => ({ byMail: true, language: "en" }) },
  "GET /api/v1/admin/audit": { whose: "staff", query: { limit: "5" } },
  "GET /api/v1/admin/ledger/balances": { whose: "staff" },
  "GET /api/v1/admin/ledger/stores/{storeId}/statement": {
    whose: "staff",
    names: () => ({ storeId: "harbor-main" }),
    query: { month: "2026-11" },
  },
  "GET /api/v1/admin/ledger/sellers/{sellerId}/statement": {
    whose: "staff",
    names: () => ({ sellerId: "acc_0000000000" }),
    query: { month: "2026-11" },
  },
  "GET /api/v1/admin/ledger/reconciliations": { whose: "staff", query: { limit: "5" } },
  "POST /api/v1/admin/ledger/reconciliations": { whose: "staff", body: () => ({ provider: "stripe" }) },
  "GET /api/v1/admin/ledger/reconciliations/{reconciliationId}": {
    whose: "staff",
    names: (owns) => ({ reconciliationId: owns.reconciliationId }),
  },
  "GET /api/v1/admin/disputes": { whose: "staff", query: { limit: "5" } },
  "GET /api/v1/admin/disputes/{disputeId}": { whose: "staff", names: (owns) => ({ disputeId: owns.disputeId }) },
  "POST /api/v1/admin/disputes/{disputeId}/answer": {
    whose: "staff",
    names: (owns) => ({ disputeId: owns.disputeId }),
    body: () => ({ evidence: { customerName: "Mallory Grey" } }),
  },

  "POST /api/v1/webhooks/stripe": { whose: "signed" },
  "POST /api/webhooks/stripe": { whose: "signed" },
  "POST /api/webhooks/toss": { whose: "signed" },
  "POST /api/v1/webhooks/stores/{storeId}": { whose: "signed", names: ({ storeId }) => ({ storeId }) },
};

/** Ids of the same form that name nothing. */
export function elsewhere(owns: Belongings): Belongings {
  const other = (id: string): string => id.slice(0, -3) + id.slice(-3).replace(/./g, (c) => (c === "2" ? "3" : "2"));
  return Object.fromEntries(Object.entries(owns).map(([name, id]) => [name, other(id)])) as Belongings;
}

/** A path and its query with everything filled in. */
export function urlOf(path: string, row: Row, owns: Belongings): string {
  const names = { ...row.names?.(owns) };
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = names[name];
    if (value === undefined) throw new Error(`${path}: its row does not say what ${name} stands for`);
    delete names[name];
    return encodeURIComponent(value);
  });
  const query = new URLSearchParams({ ...row.query, ...names }).toString();
  return query === "" ? filled : `${filled}?${query}`;
}
