import {
  RefundApprovalAnswerBody,
  RefundApprovalAnswered,
  RefundApprovalParams,
  RefundApprovals,
  RefundApprovalsQuery,
} from "@muse/contracts/ops-refund";
import type { Language } from "@muse/contracts/error";
import type { z } from "zod";
import { toWire } from "#kernel/money.ts";
import type { Tx } from "#platform/db/tx.ts";
import type { Account } from "#platform/http/account.ts";
import { problem, Problem } from "#platform/http/problem.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { displayMinor, refundOrder, refundRequestAnswer } from "#rooms/order";
import {
  approvalAnswer,
  approvalList,
  approvalTake,
  refundLimits,
  type ApprovalListRow,
  type ApprovalTakeRow,
} from "./approval.sql.gen.ts";
import { isGiven, presentRefund, refusal, wishIn } from "./give-refund.ts";
import { refundRequestTake } from "./ops.sql.gen.ts";
import { recordBy } from "./record-audit.ts";

const base = "/api/v1/admin/refund-approvals";
const tags = ["Operations"] as const;

/** Refunds above what one person may give: a second person sees what was asked for, and says yes or no. */
export function approvalRoutes(http: HttpServer): void {
  route(
    http,
    {
      method: "GET",
      url: base,
      summary: "List refunds that need a second person",
      description:
        "Those that wait, oldest first, or those that were answered; and what one person may give back alone.",
      tags,
      auth: "ops",
      query: RefundApprovalsQuery,
      reply: RefundApprovals,
      errors: [],
    },
    async ({ db, account, query, language }) => {
      const [rows, limits] = await Promise.all([approvalList(db, query), refundLimits(db)]);
      return {
        approvals: rows.map((row) => presentApproval(row, account.accountId, language)),
        total: toWire(rows[0]?.total ?? 0n),
        limits: limits.map(({ currency, amountMinor }) => ({
          currency,
          amountCents: toWire(amountMinor),
          amountDisplay: displayMinor(amountMinor, currency, language),
        })),
      };
    },
  );
  answerRoute(http);
}

function answerRoute(http: HttpServer): void {
  route(
    http,
    {
      method: "POST",
      url: `${base}/:approvalId/answer`,
      summary: "Approve or decline a refund that somebody else asked for",
      description:
        "An approval gives back what was asked for, never more than was shown. Whoever asked may decline it (take it " +
        "back), not approve it. Giving the same answer again changes nothing.",
      tags,
      auth: "ops",
      params: RefundApprovalParams,
      body: RefundApprovalAnswerBody,
      reply: RefundApprovalAnswered,
      errors: [
        "refund_approval_not_found",
        "refund_approval_answered",
        "refund_approval_own",
        "refund_request_answered",
        "refund_not_possible",
        "order_not_found",
      ],
      idempotent: "transaction",
    },
    async ({ db, account, params: { approvalId }, body: { decision, note }, language }) => {
      const asked = await approvalTake(db, { approvalId });
      if (asked === null) return problem("refund_approval_not_found");
      if (asked.status !== "waiting" && asked.status !== decision) return problem("refund_approval_answered");
      const answered = { approvalId, museOrderNumber: asked.orderNumber, decision, refund: null };
      const closing = { asked, decision, note };
      if (decision === "approved") {
        if (asked.askedBy === account.accountId) return problem("refund_approval_own");
        const refund = await approve(db, account, closing, language);
        return refund instanceof Problem ? refund : { ...answered, refund };
      }
      if (asked.status === "waiting") await close(db, account, closing);
      return answered;
    },
  );
}

/** Gives what was asked for, and answers the shopper's request that it was asked for with it. The row is held. */
async function approve(db: Tx, account: Account, closing: Closing, language: Language) {
  const { asked } = closing;
  const { requestId } = asked;
  const request = requestId === null ? null : await refundRequestTake(db, { requestId });
  if (request?.status === "declined") return problem("refund_request_answered");
  const refund = await refundOrder(db, {
    orderNumber: asked.orderNumber,
    wish: wishIn(asked.wish),
    reason: asked.reason,
    requestedBy: asked.askedBy,
    cause: asked.cause,
    // What is left may be less by now; more than was shown to whoever approves it is never given.
    mayOpen: async ({ amountMinor }) => amountMinor <= asked.amountMinor,
  });
  if (refund.kind === "held") return problem("refund_not_possible", { details: { reason: "amount_changed" } });
  if (!isGiven(refund)) return refusal(refund);
  const presented = presentRefund(asked.orderNumber, refund, language);
  if (asked.status === "waiting") {
    await close(db, account, { ...closing, refundId: refund.refundId });
    if (requestId !== null && request?.status === "open")
      await refundRequestAnswer(db, { requestId, status: "approved", answeredBy: account.accountId });
  }
  return presented;
}

type Closing = {
  readonly asked: ApprovalTakeRow;
  readonly decision: "approved" | "declined";
  readonly note: string | undefined;
  readonly refundId?: string | null | undefined;
};

async function close(db: Tx, account: Account, { asked, decision, note, refundId = null }: Closing): Promise<void> {
  const { approvalId, amountMinor, currency, askedBy } = asked;
  await approvalAnswer(db, { approvalId, status: decision, answeredBy: account.accountId });
  await recordBy(db, account, {
    action: decision === "approved" ? "refund_approval.approve" : "refund_approval.decline",
    subject: asked.orderNumber,
    detail: {
      approvalId,
      askedBy,
      amountCents: toWire(amountMinor),
      currency,
      ...(refundId === null ? {} : { refundId }),
      ...(note === undefined ? {} : { note }),
    },
  });
}

function presentApproval(
  row: ApprovalListRow,
  accountId: string,
  language: Language,
): z.infer<typeof RefundApprovals>["approvals"][number] {
  return {
    approvalId: row.approvalId,
    museOrderNumber: row.orderNumber,
    storeName: row.storeName,
    amountCents: toWire(row.amountMinor),
    amountDisplay: displayMinor(row.amountMinor, row.currency, language),
    currency: row.currency,
    reason: row.reason,
    orderTotalCents: toWire(row.totalMinor),
    orderRefundedCents: toWire(row.refundedMinor),
    requestId: row.requestId,
    status: row.status as "waiting" | "approved" | "declined",
    askedBy: row.askedBy,
    askedAt: row.askedAt.toISOString(),
    answeredBy: row.answeredBy,
    answeredAt: row.answeredAt?.toISOString() ?? null,
    isOwn: row.askedBy === accountId,
  };
}
