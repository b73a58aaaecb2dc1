import {
  CheckoutOrdersQuery,
  Order,
  OrderIdParams,
  OrderList,
  OrderListQuery,
  OrderParams,
  OrderStats,
  ReceiptQuery,
  RefundRequestBody,
  RefundRequestView,
  type OrderAccess,
} from "@muse/contracts/order";
import type { Language } from "@muse/contracts/error";
import { z } from "zod";
import { must, unreachable } from "#kernel/assert.ts";
import type { Db } from "#platform/db/query.ts";
import { fileRoute } from "#platform/http/file-route.ts";
import { answer, problem } from "#platform/http/problem.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { checkoutList, orderCount, orderRead, orderStats, sessionOrders, type OrderReadRow } from "./order.sql.gen.ts";
import { presentList, presentOrder, presentStats } from "./present.ts";
import { receiptHtml, receiptHtmlHeaders } from "./receipt-html.ts";
import { receiptPdf } from "./receipt-pdf.ts";
import { receiptOf } from "./receipt.ts";
import { requestRefund } from "./request-refund.ts";

export type OrderRoutesDeps = {
  /** What digital goods an order unlocked (the access room's door). */
  readonly accessOf: (db: Db, orderNumber: string) => Promise<readonly OrderAccess[]>;
};

const base = "/api/v1/orders";
const tags = ["Orders"] as const;

/**
 * The contract's `/api/v1/orders`, but for what placement and shipment do to an order, and the marketplace's older
 * paths.
 */
export function orderRoutes(http: HttpServer, deps: OrderRoutesDeps): void {
  listRoutes(http);
  readRoutes(http, deps);
  refundRequestRoute(http);
  receiptRoute(http);
}

function listRoutes(http: HttpServer): void {
  route(
    http,
    {
      method: "GET",
      url: base,
      summary: "List the caller's orders by checkout",
      description: "Newest first. What was never paid is not an order, but for one whose transfer is waited for.",
      tags,
      auth: "shopper",
      query: OrderListQuery,
      reply: OrderList,
      errors: [],
    },
    async ({ db, account, query, language }) => {
      const of = { accountId: account.accountId, status: query.status ?? null };
      const rows = await checkoutList(db, { ...of, limit: query.limit, offset: query.offset });
      const [first] = rows;
      const totals =
        first === undefined ? await orderCount(db, of) : { orders: first.orderCount, checkouts: first.checkoutCount };
      return presentList(rows, totals, language);
    },
  );
  route(
    http,
    {
      method: "GET",
      url: `${base}/stats`,
      summary: "Sum up what the caller has bought",
      tags,
      auth: "shopper",
      reply: OrderStats,
      errors: [],
    },
    async ({ db, account, language }) => presentStats(await orderStats(db, account), language),
  );
}

function readRoutes(http: HttpServer, { accessOf }: OrderRoutesDeps): void {
  const present = async (db: Db, row: OrderReadRow, language: Language): Promise<Order> =>
    presentOrder(row, row.kind === "digital" ? await accessOf(db, row.orderNumber) : [], language);

  const read = { summary: "Read an order", tags, auth: "shopper", reply: Order, errors: ["order_not_found"] } as const;
  route(
    http,
    { method: "GET", url: `${base}/:orderNumber`, ...read, params: OrderParams },
    async ({ db, account, params, language }) => {
      const row = await orderRead(db, { ...params, accountId: account.accountId });
      return row === null ? problem("order_not_found") : await present(db, row, language);
    },
  );
  route(
    http,
    { method: "GET", url: "/api/orders/:orderId", ...read, params: OrderIdParams },
    async ({ db, account, params, language }) => {
      const row = await orderRead(db, { orderNumber: params.orderId, accountId: account.accountId });
      return row === null ? problem("order_not_found") : await present(db, row, language);
    },
  );
  route(
    http,
    {
      method: "GET",
      url: "/api/orders",
      summary: "Read the orders of one checkout",
      tags,
      auth: "shopper",
      query: CheckoutOrdersQuery,
      reply: z.object({ orders: z.array(Order) }),
      errors: ["session_not_found"],
    },
    async ({ db, account, query, language }) => {
      const rows = await ordersOfSession(db, query.checkoutSessionId, account.accountId);
      if (rows === null) return problem("session_not_found");
      return { orders: await Promise.all(rows.map((row) => present(db, row, language))) };
    },
  );
}

function refundRequestRoute(http: HttpServer): void {
  route(
    http,
    {
      method: "POST",
      url: `${base}/:orderNumber/refund-request`,
      summary: "Ask for money back",
      description:
        "People decide about it. One request an order is open at a time; the same again returns that one, another is refused.",
      tags,
      auth: "shopper",
      params: OrderParams,
      body: RefundRequestBody,
      reply: RefundRequestView,
      statuses: [200, 201],
      errors: ["order_not_found", "refund_not_possible", "request_invalid"],
      idempotent: true,
    },
    async ({ db, account, params, body }) => {
      const asked = await requestRefund(db, {
        ...params,
        accountId: account.accountId,
        items: body.items ?? null,
        reason: body.reason,
      });
      switch (asked.kind) {
        case "opened":
        case "open": {
          const row = must(
            await orderRead(db, { ...params, accountId: account.accountId }),
            "refund-request: the order is there",
          );
          const view = must(presentOrder(row, [], "en").refundRequest, "refund-request: the request is there");
          return answer(view, { status: asked.kind === "opened" ? 201 : 200 });
        }
        case "other_open":
          return problem("refund_not_possible", { details: { why: asked.kind, requestId: asked.requestId } });
        case "not_found":
          return nothingToRefund(await orderRead(db, { ...params, accountId: account.accountId }));
        case "nothing_left":
        case "not_delivered":
          return problem("refund_not_possible", { details: { why: asked.kind } });
        case "unknown_line":
        case "above_quantity":
          return problem("request_invalid", { field: asked.field, details: { why: asked.kind } });
        default:
          return unreachable(asked);
      }
    },
  );
}

/** @param own the order as the caller may read it; null where it is nobody's, or somebody else's */
function nothingToRefund(own: OrderReadRow | null) {
  return own?.paymentStatus === "unpaid"
    ? problem("refund_not_possible", { details: { why: "not_paid" } })
    : problem("order_not_found");
}

function receiptRoute(http: HttpServer): void {
  fileRoute(
    http,
    {
      method: "GET",
      url: `${base}/:orderNumber/receipt`,
      summary: "Get a receipt",
      description:
        "PDF, or HTML by Accept or `format=html`. With `session`, one for the whole checkout that the order is of.",
      tags,
      auth: "shopper",
      params: OrderParams,
      query: ReceiptQuery,
      produces: ["application/pdf", "text/html"],
      errors: ["order_not_found"],
      // Drawing one takes the processor for some hundredths of a second.
      limits: [{ per: "account", windowS: 60, countMax: 60 }],
    },
    async ({ db, account, params, query, language, request }) => {
      const one = await orderRead(db, { ...params, accountId: account.accountId });
      // Nothing is received for what was not paid.
      if (one === null || one.paymentStatus === "unpaid") return problem("order_not_found");
      if (query.session !== undefined && query.session !== one.sessionId) return problem("order_not_found");
      const all =
        query.session === undefined ? [one] : ((await ordersOfSession(db, query.session, account.accountId)) ?? []);
      const rows = all.filter(({ paymentStatus }) => paymentStatus !== "unpaid");
      const receipt = receiptOf(rows, language);
      const isHtml = query.format === "html" || (query.format === undefined && wantsHtml(request.headers.accept));
      if (isHtml)
        return { contentType: "text/html; charset=utf-8", content: receiptHtml(receipt), headers: receiptHtmlHeaders };
      return {
        contentType: "application/pdf",
        content: await receiptPdf(receipt),
        headers: {
          "content-disposition": `inline; filename="${receipt.number}.pdf"`,
          "x-content-type-options": "nosniff",
        },
      };
    },
  );
}

/** A PDF unless the caller names HTML and not PDF before it, as browsers do when a link is followed. */
function wantsHtml(accept: string | undefined): boolean {
  if (accept === undefined) return false;
  const html = accept.indexOf("text/html");
  const pdf = accept.indexOf("application/pdf");
  return html !== -1 && (pdf === -1 || html < pdf);
}

/** Null where there is no such checkout of the account's. */
async function ordersOfSession(db: Db, sessionId: string, accountId: string): Promise<OrderReadRow[] | null> {
  const orders = await sessionOrders(db, { sessionId, accountId });
  if (orders.length === 0) return null;
  const numbers = orders.flatMap(({ orderNumber }) => (orderNumber === null ? [] : [orderNumber]));
  const rows = await Promise.all(numbers.map((orderNumber) => orderRead(db, { orderNumber, accountId })));
  return rows.filter((row) => row !== null);
}
