import { asOfNow } from "./clocks.ts";
import { cancelPayment } from "./cancel.ts";
import { confirmPayment, issueAccount, validHoursMax, validHoursUsual } from "./confirm.ts";
import { newPayment, type Kept, type Payment } from "./payment.ts";
import { refused, type Refusal } from "./refusal.ts";
import type { Call, Route } from "./route.ts";

export const paymentRoutes: readonly Route[] = [
  { method: "POST", path: "/v1/payments/confirm", endpoint: "payments.confirm", handle: confirmPayment },
  {
    method: "GET",
    path: "/v1/payments/orders/:name",
    endpoint: "payments.by_order",
    handle: ({ shop, name }) => shown(shop.store.byOrder(name), shop),
  },
  {
    method: "GET",
    path: "/v1/payments/:name",
    endpoint: "payments.get",
    handle: ({ shop, name }) => shown(shop.store.byKey(name), shop),
  },
  { method: "POST", path: "/v1/payments/:name/cancel", endpoint: "payments.cancel", handle: cancelPayment },
  { method: "POST", path: "/v1/virtual-accounts", endpoint: "virtual_accounts.create", handle: openAccount },
  { method: "GET", path: "/v1/transactions", endpoint: "transactions.list", handle: listTransactions },
];

function shown(kept: Kept | undefined, shop: Call["shop"]): Payment | Refusal {
  return kept === undefined ? refused("NOT_FOUND_PAYMENT") : asOfNow(shop, kept).payment;
}

/** `POST /v1/virtual-accounts`: an account to pay into without any window. */
function openAccount({ shop, body, origin }: Call): Payment | Refusal {
  const asked = readAccountWish(body);
  if (asked === undefined) return refused("INVALID_REQUEST");
  const { amount, orderId, orderName, customerName, validHours } = asked;
  if (shop.store.isOrderTaken(orderId, "")) return refused("DUPLICATED_ORDER_ID");
  const atMs = shop.now();
  const payment = newPayment({
    paymentKey: shop.newPaymentKey(),
    orderId,
    orderName,
    amount,
    currency: "KRW",
    method: "가상계좌",
    origin,
    atMs,
  });
  const kept = {
    payment,
    requestedMs: atMs,
    authenticatedMs: atMs,
    dueMs: null,
    successUrl: null,
    failUrl: null,
    customerName,
  };
  return issueAccount(shop, kept, validHours);
}

type AccountWish = {
  readonly amount: number;
  readonly orderId: string;
  readonly orderName: string;
  readonly customerName: string;
  readonly validHours: number;
};

function readAccountWish(body: Call["body"]): AccountWish | undefined {
  const { amount, orderId, orderName, customerName, validHours = validHoursUsual } = body;
  if (typeof amount !== "number" || !Number.isInteger(amount) || amount <= 0) return undefined;
  if (typeof orderId !== "string" || !isOrderId(orderId)) return undefined;
  if (typeof orderName !== "string" || typeof customerName !== "string") return undefined;
  if (typeof validHours !== "number" || validHours <= 0 || validHours > validHoursMax) return undefined;
  return { amount, orderId, orderName, customerName, validHours };
}

export function isOrderId(orderId: string): boolean {
  return /^[A-Za-z0-9_-]{6,64}$/.test(orderId);
}

/**
 * `GET /v1/transactions?startDate&endDate&startingAfter&limit`: one row for each movement of money in that time,
 * whenever its payment was asked for; oldest first.
 */
function listTransactions({ shop, query }: Call): readonly object[] | Refusal {
  const [fromMs, toMs] = [Date.parse(`${query["startDate"]}+09:00`), Date.parse(`${query["endDate"]}+09:00`)];
  const limit = Number(query["limit"] ?? "100");
  if (Number.isNaN(fromMs) || Number.isNaN(toMs) || !(limit >= 1 && limit <= 5000)) return refused("INVALID_REQUEST");
  return shop.store.movements({ fromMs, toMs, after: query["startingAfter"] ?? null, limit });
}
