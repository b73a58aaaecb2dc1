import { OpsOrder, OpsOrders, OpsOrdersQuery } from "@muse/contracts/ops";
import { OrderParams } from "@muse/contracts/order";
import type { Language } from "@muse/contracts/error";
import type { z } from "zod";
import { must } from "#kernel/assert.ts";
import { toWire } from "#kernel/money.ts";
import { problem } from "#platform/http/problem.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { displayMinor, orderRead, presentOrder } from "#rooms/order";
import { presentEntry } from "./audit-routes.ts";
import { auditList, orderBehind, orderList, type OrderBehindRow, type OrderListRow } from "./ops.sql.gen.ts";

const base = "/api/v1/admin/orders";

/** Of an order's own trail; the whole of it is at `/audit`. */
const auditMax = 100;

export function opsOrderRoutes(http: HttpServer): void {
  const read = { method: "GET", tags: ["Operations"], auth: "ops" } as const;
  route(
    http,
    {
      ...read,
      url: base,
      summary: "Find orders, newest first",
      description:
        "By status, store, payment and time, or by a number that a shopper, a store or a carrier gave, or by the shopper's e-mail address.",
      query: OpsOrdersQuery,
      // A tracking number may pass for a card's.
      digitFields: ["query"],
      reply: OpsOrders,
      errors: [],
    },
    async ({ db, query, language }) => {
      const of = wantedBy(query);
      const rows = await orderList(db, { ...of, limit: query.limit, offset: query.offset });
      // A page beyond the last says nothing of how many there are.
      const [first] =
        rows.length > 0 || query.offset === 0 ? rows : await orderList(db, { ...of, limit: 1, offset: 0 });
      return { orders: rows.map((row) => presentSummary(row, language)), total: toWire(first?.total ?? 0n) };
    },
  );
  route(
    http,
    {
      ...read,
      url: `${base}/:orderNumber`,
      summary: "Read all that is known of an order",
      params: OrderParams,
      reply: OpsOrder,
      errors: ["order_not_found"],
    },
    async ({ db, params, language }) => {
      const { orderNumber } = params;
      const [order, behind, audit] = await Promise.all([
        orderRead(db, { orderNumber, accountId: null }),
        orderBehind(db, { orderNumber }),
        auditList(db, { subject: orderNumber, action: null, accountId: null, beforeId: null, limit: auditMax }),
      ]);
      if (order === null) return problem("order_not_found");
      return {
        order: presentOrder(order, [], language),
        ...presentBehind(must(behind, "an order has a session")),
        audit: audit.map(presentEntry),
      };
    },
  );
}

/** What a search asks for, null where it does not say. An e-mail address is looked up as one. */
function wantedBy({ query: text, ...of }: z.output<typeof OpsOrdersQuery>) {
  const query = text ?? null;
  const isEmail = query?.includes("@") === true;
  return {
    status: of.status ?? null,
    storeId: of.store ?? null,
    paymentStatus: of.paymentStatus ?? null,
    query: isEmail ? null : query,
    email: isEmail ? query : null,
    fromAt: instantOf(of.from),
    toAt: instantOf(of.to),
  };
}

function instantOf(text: string | undefined): Date | null {
  return text === undefined ? null : new Date(text);
}

function presentSummary(row: OrderListRow, language: Language): z.infer<typeof OpsOrders>["orders"][number] {
  const { orderNumber, sessionId, totalMinor, refundedMinor, createdAt, placedAt, total: _total, ...shown } = row;
  return {
    ...shown,
    museOrderNumber: orderNumber,
    checkoutSessionId: sessionId,
    totalCents: toWire(totalMinor),
    totalDisplay: displayMinor(totalMinor, row.currency, language),
    refundedCents: toWire(refundedMinor),
    createdAt: createdAt.toISOString(),
    placedAt: placedAt?.toISOString() ?? null,
  };
}

/** `orderBehind` writes the contract's own shape; only times are still Postgres's. */
function presentBehind(row: OrderBehindRow): Omit<z.infer<typeof OpsOrder>, "order" | "audit"> {
  return withInstants(row) as Omit<z.infer<typeof OpsOrder>, "order" | "audit">;
}

function withInstants(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withInstants);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      /(At|Until)$/.test(name) && typeof inner === "string" ? new Date(inner).toISOString() : withInstants(inner),
    ]),
  );
}
