import type { OpsRefund } from "@muse/contracts/ops-refund";
import type { Language } from "@muse/contracts/error";
import type { z } from "zod";
import { unreachable } from "#kernel/assert.ts";
import { newId } from "#kernel/ids.ts";
import { fromWire, toWire } from "#kernel/money.ts";
import type { Tx } from "#platform/db/tx.ts";
import { problem, type Problem } from "#platform/http/problem.ts";
import { displayMinor, refundOrder, type RefundOrderResult, type RefundWish } from "#rooms/order";
import { approvalAsk, approvalOfCause, refundAlone } from "./approval.sql.gen.ts";

export type RefundAsked = {
  readonly orderNumber: string;
  readonly wish: RefundWish;
  readonly reason: string;
  /** The operator. */
  readonly askedBy: string;
  /** The same cause asks twice and gets one refund, or waits once. */
  readonly cause: string;
  /** The shopper's request that it answers. */
  readonly requestId?: string;
};

/** `waiting`: it is above what one person may give back of an order, and a second one has to agree. */
export type RefundGiven =
  | Exclude<RefundOrderResult, { kind: "held" }>
  | {
      readonly kind: "waiting";
      readonly approvalId: string;
      readonly amountMinor: bigint;
      readonly currency: string;
      readonly isNew: boolean;
    };

/**
 * Gives money of an order back, or where it would come to more than one person may give of an order (all that people
 * gave of it without a second one counts) writes it down for somebody else to approve. The order is held from the first
 * statement on, so that two refunds at once do not each stay below the limit.
 */
export async function giveRefund(tx: Tx, asked: RefundAsked): Promise<RefundGiven> {
  const { orderNumber, wish, reason, askedBy, cause, requestId } = asked;
  const refund = await refundOrder(tx, {
    orderNumber,
    wish,
    reason,
    requestedBy: askedBy,
    cause,
    mayOpen: async ({ amountMinor, currency }) => {
      const { aloneMinor, limitMinor } = await refundAlone(tx, { orderNumber, currency });
      return aloneMinor + amountMinor <= limitMinor;
    },
  });
  if (refund.kind !== "held") return refund;

  const known = await approvalOfCause(tx, { cause });
  if (known !== null) return { kind: "waiting", ...known, isNew: false };
  const { amountMinor, currency } = refund;
  const approvalId = newId("apr");
  await approvalAsk(tx, {
    approvalId,
    orderNumber,
    wish: wishRecord(wish),
    amountMinor,
    currency,
    reason,
    cause,
    requestId: requestId ?? null,
    askedBy,
  });
  return { kind: "waiting", approvalId, amountMinor, currency, isNew: true };
}

/** A wish as JSON: amounts are integers there. */
function wishRecord(wish: RefundWish) {
  return wish.kind === "amount" ? { kind: wish.kind, amountMinor: toWire(wish.amountMinor) } : wish;
}

/** The wish that `giveRefund` wrote down. */
export function wishIn(record: unknown): RefundWish {
  const wish = record as ReturnType<typeof wishRecord>;
  return wish.kind === "amount" ? { kind: wish.kind, amountMinor: fromWire(Number(wish.amountMinor)) } : wish;
}

type Given = Extract<RefundGiven, { kind: "opened" | "exists" | "waiting" }>;

export function isGiven(result: RefundGiven): result is Given {
  return result.kind === "opened" || result.kind === "exists" || result.kind === "waiting";
}

export function presentRefund(orderNumber: string, refund: Given, language: Language): z.infer<typeof OpsRefund> {
  const { amountMinor, currency } = refund;
  return {
    status: refund.kind === "waiting" ? "waiting" : "given",
    refundId: refund.kind === "waiting" ? null : refund.refundId,
    approvalId: refund.kind === "waiting" ? refund.approvalId : null,
    museOrderNumber: orderNumber,
    amountCents: toWire(amountMinor),
    amountDisplay: displayMinor(amountMinor, currency, language),
    currency,
    isNew: refund.kind === "opened" || (refund.kind === "waiting" && refund.isNew),
  };
}

/** Why it cannot be given back, with what would be possible. */
export function refusal(
  refused: Exclude<RefundGiven, Given>,
): Problem<"order_not_found"> | Problem<"refund_not_possible"> {
  switch (refused.kind) {
    case "not_found":
      return problem("order_not_found");
    case "not_paid":
    case "nothing_left":
      return problem("refund_not_possible", { details: { reason: refused.kind } });
    case "still_pending":
      return problem("refund_not_possible", {
        details: { reason: refused.kind },
        message: {
          en: "Nothing has been ordered for this yet. Cancel the order, and all of it goes back.",
          ko: "아직 스토어에 주문되지 않았습니다. 주문을 취소하면 전액 환불됩니다.",
        },
      });
    case "above_rest":
      return problem("refund_not_possible", {
        details: { reason: refused.kind, restCents: toWire(refused.restMinor) },
      });
    case "unknown_line":
    case "above_quantity":
      return problem("refund_not_possible", {
        field: "items",
        details: { reason: refused.kind, lineNo: refused.lineNo },
      });
    default:
      return unreachable(refused);
  }
}
