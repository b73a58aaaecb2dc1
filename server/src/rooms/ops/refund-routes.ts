import { createHash } from "node:crypto";
import {
  OpsRefund,
  OpsRefundBody,
  RefundRequestAnswerBody,
  RefundRequestAnswered,
  RefundRequestParams,
  RefundRequests,
  RefundRequestsQuery,
  RefundsStuck,
} from "@muse/contracts/ops-refund";
import { OrderParams } from "@muse/contracts/order";
import type { z } from "zod";
import { fromWire, toWire } from "#kernel/money.ts";
import type { Tx } from "#platform/db/tx.ts";
import type { Account } from "#platform/http/account.ts";
import { problem, type Details } from "#platform/http/problem.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { displayMinor, refundRequestAnswer, refundRequestList, refundsStuck, type RefundWish } from "#rooms/order";
import { approvalsWithdraw } from "./approval.sql.gen.ts";
import { giveRefund, isGiven, presentRefund, refusal } from "./give-refund.ts";
import { refundRequestTake, type RefundRequestTakeRow } from "./ops.sql.gen.ts";
import { recordBy } from "./record-audit.ts";

const base = "/api/v1/admin";
const tags = ["Operations"] as const;

export function refundRoutes(http: HttpServer): void {
  refundRoute(http);
  requestRoutes(http);
  answerRoute(http);
}

function refundRoute(http: HttpServer): void {
  route(
    http,
    {
      method: "POST",
      url: `${base}/orders/:orderNumber/refund`,
      summary: "Give money of an order back",
      description:
        "Everything that is left, an amount, or units of lines with or without the delivery. One refund for a key; " +
        "without a key, the same refund for the same reason is one refund. Where it comes to more than one person may " +
        "give back of an order, `status` is `waiting` until a second one approves it.",
      tags,
      auth: "ops",
      params: OrderParams,
      body: OpsRefundBody,
      reply: OpsRefund,
      errors: ["order_not_found", "refund_not_possible"],
      idempotent: "transaction",
    },
    async ({ db, account, params, body, language, request }) => {
      const { orderNumber } = params;
      const key = request.headers["idempotency-key"];
      const refund = await giveRefund(db, {
        orderNumber,
        wish: wishOf(body),
        reason: body.reason,
        askedBy: account.accountId,
        cause: `ops:${orderNumber}:${typeof key === "string" ? `${account.accountId}:${key}` : digestOf(body)}`,
      });
      if (!isGiven(refund)) return refusal(refund);
      const presented = presentRefund(orderNumber, refund, language);
      if (presented.isNew) {
        const { status, refundId, approvalId, amountCents, currency } = presented;
        await recordBy(db, account, {
          action: status === "given" ? "order.refund" : "order.refund_ask",
          subject: orderNumber,
          detail: { ...(refundId === null ? { approvalId } : { refundId }), amountCents, currency },
        });
      }
      return presented;
    },
  );
}

function requestRoutes(http: HttpServer): void {
  const read = { method: "GET", tags, auth: "ops", errors: [] } as const;
  route(
    http,
    {
      ...read,
      url: `${base}/refund-requests`,
      summary: "List shoppers' requests for refunds that wait for an answer, oldest first",
      query: RefundRequestsQuery,
      reply: RefundRequests,
    },
    async ({ db, query, language }) => {
      const rows = await refundRequestList(db, query);
      return {
        requests: rows.map((row) => ({
          requestId: row.requestId,
          museOrderNumber: row.orderNumber,
          storeName: row.storeName,
          items: row.lines as { lineNo: number; quantity: number }[] | null,
          reason: row.reason,
          totalCents: toWire(row.totalMinor),
          totalDisplay: displayMinor(row.totalMinor, row.currency, language),
          refundedCents: toWire(row.refundedMinor),
          currency: row.currency,
          createdAt: row.createdAt.toISOString(),
        })),
      };
    },
  );
  route(
    http,
    {
      ...read,
      url: `${base}/refunds/stuck`,
      summary: "List refunds that no machine will bring to an end",
      reply: RefundsStuck,
    },
    async ({ db, language }) => {
      const rows = await refundsStuck(db, { limit: 100 });
      return {
        refunds: rows.map(({ orderNumber, sessionId, amountMinor, createdAt, ...row }) => ({
          ...row,
          museOrderNumber: orderNumber,
          checkoutSessionId: sessionId,
          amountCents: toWire(amountMinor),
          amountDisplay: displayMinor(amountMinor, row.currency, language),
          createdAt: createdAt.toISOString(),
        })),
      };
    },
  );
}

function answerRoute(http: HttpServer): void {
  route(
    http,
    {
      method: "POST",
      url: `${base}/refund-requests/:requestId/answer`,
      summary: "Approve or decline a request for a refund",
      description: "An approval refunds what was asked for. Giving the same answer again changes nothing.",
      tags,
      auth: "ops",
      params: RefundRequestParams,
      body: RefundRequestAnswerBody,
      reply: RefundRequestAnswered,
      errors: ["refund_request_not_found", "refund_request_answered", "refund_not_possible", "order_not_found"],
      idempotent: "transaction",
    },
    async ({ db, account, params: { requestId }, body, language }) => {
      const asked = await refundRequestTake(db, { requestId });
      if (asked === null) return problem("refund_request_not_found");
      const { decision } = body;
      if (asked.status !== "open" && asked.status !== decision) return problem("refund_request_answered");

      const { orderNumber } = asked;
      const answered = { requestId, museOrderNumber: orderNumber, decision, refund: null };
      const detail = { requestId, ...(body.note === undefined ? {} : { note: body.note }) };
      if (decision === "declined") {
        if (asked.status === "open") await decline(db, account, asked, detail);
        return answered;
      }

      const lines = asked.lines as readonly { readonly lineNo: number; readonly quantity: number }[] | null;
      const refund = await giveRefund(db, {
        orderNumber,
        wish: lines === null ? { kind: "rest" } : { kind: "lines", lines, withShipping: body.includeShipping },
        reason: asked.reason,
        askedBy: account.accountId,
        cause: `refund_request:${requestId}`,
        requestId,
      });
      if (!isGiven(refund)) return refusal(refund);
      const presented = presentRefund(orderNumber, refund, language);
      await approve(db, account, { asked, detail, presented });
      return { ...answered, refund: presented };
    },
  );
}

type Approval = {
  readonly asked: RefundRequestTakeRow;
  readonly detail: Details;
  readonly presented: z.infer<typeof OpsRefund>;
};

/** A request that needs a second person stays open until that person has answered. */
async function approve(db: Tx, account: Account, { asked, detail, presented }: Approval): Promise<void> {
  const { status, refundId, approvalId, amountCents, currency, isNew } = presented;
  const subject = asked.orderNumber;
  const given = { ...detail, ...(refundId === null ? { approvalId } : { refundId }), amountCents, currency };
  if (status === "given" && asked.status === "open") {
    const { requestId } = asked;
    await refundRequestAnswer(db, { requestId, status: "approved", answeredBy: account.accountId });
    await recordBy(db, account, { action: "refund_request.approve", subject, detail: given });
  } else if (status === "waiting" && isNew) {
    await recordBy(db, account, { action: "refund_request.approve_ask", subject, detail: given });
  }
}

/** What waited for a second person because of it does not wait any more. */
async function decline(db: Tx, account: Account, asked: RefundRequestTakeRow, detail: Details): Promise<void> {
  const of = { requestId: asked.requestId, answeredBy: account.accountId };
  await refundRequestAnswer(db, { ...of, status: "declined" });
  await approvalsWithdraw(db, of);
  await recordBy(db, account, { action: "refund_request.decline", subject: asked.orderNumber, detail });
}

function wishOf({ amountCents, items, includeShipping }: z.infer<typeof OpsRefundBody>): RefundWish {
  if (amountCents !== undefined) return { kind: "amount", amountMinor: fromWire(amountCents) };
  if (items === undefined && includeShipping !== true) return { kind: "rest" };
  const lines = (items ?? []).map(({ lineNo, quantity }) =>
    quantity === undefined ? { lineNo } : { lineNo, quantity },
  );
  return { kind: "lines", lines, withShipping: includeShipping === true };
}

function digestOf(body: z.infer<typeof OpsRefundBody>): string {
  return createHash("sha256").update(JSON.stringify(body)).digest("hex").slice(0, 32);
}
