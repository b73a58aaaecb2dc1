import { assert, InvariantError, must } from "#kernel/assert.ts";
import { newId } from "#kernel/ids.ts";
import type { Db } from "#platform/db/query.ts";
import { itemShares, refundRequestOpen } from "./order.sql.gen.ts";

export type RequestRefundInput = {
  readonly orderNumber: string;
  readonly accountId: string;
  /** Null: everything that is left. */
  readonly items: readonly { readonly lineNo: number; readonly quantity?: number | undefined }[] | null;
  readonly reason: string;
};

export type RequestRefundResult =
  /** `open`: the same wish is there already; `other_open`: another one is, and it stays as it was. */
  | { readonly kind: "opened" | "open" | "other_open"; readonly requestId: string }
  | { readonly kind: "not_found" }
  | { readonly kind: "nothing_left" | "not_delivered" }
  | { readonly kind: "unknown_line" | "above_quantity"; readonly field: string };

/** Notes that a shopper wants money back; people decide. What has not been sent yet is cancelled instead. */
export async function requestRefund(db: Db, input: RequestRefundInput): Promise<RequestRefundResult> {
  const { orderNumber, accountId, reason } = input;
  const lines = input.items === null ? null : await wishedLines(db, orderNumber, input.items);
  const opened = await refundRequestOpen(db, {
    requestId: newId("req"),
    orderNumber,
    accountId,
    // Whose order it is comes before what is wrong with the wish (P3).
    lines: lines?.kind === "lines" ? lines.lines : null,
    reason,
    isValid: lines === null || lines.kind === "lines",
  });
  switch (opened.outcome) {
    case "invalid":
      return whyInvalid(lines);
    case "opened":
    case "open":
    case "other_open":
      return { kind: opened.outcome, requestId: must(opened.requestId, "refundRequestOpen: a request has an id") };
    case "not_found":
    case "nothing_left":
    case "not_delivered":
      return { kind: opened.outcome };
    default:
      throw new InvariantError(`requestRefund: ${opened.outcome} is no outcome`);
  }
}

function whyInvalid(lines: Wished | null): Exclude<Wished, { readonly kind: "lines" }> {
  assert(lines !== null && lines.kind !== "lines", "requestRefund: what is invalid has its reason");
  return lines;
}

type Wished =
  | { readonly kind: "lines"; readonly lines: readonly { readonly lineNo: number; readonly quantity: number }[] }
  | { readonly kind: "unknown_line" | "above_quantity"; readonly field: string };

async function wishedLines(
  db: Db,
  orderNumber: string,
  items: NonNullable<RequestRefundInput["items"]>,
): Promise<Wished> {
  const shares = await itemShares(db, { orderNumber });
  const lines: { lineNo: number; quantity: number }[] = [];
  for (const [index, item] of items.entries()) {
    const share = shares.find(({ lineNo }) => lineNo === item.lineNo);
    if (share === undefined || lines.some(({ lineNo }) => lineNo === item.lineNo)) {
      return { kind: "unknown_line", field: `items[${index}].lineNo` };
    }
    const left = share.quantity - share.refundedQuantity;
    const quantity = item.quantity ?? left;
    if (quantity > left || left === 0) return { kind: "above_quantity", field: `items[${index}].quantity` };
    lines.push({ lineNo: item.lineNo, quantity });
  }
  return { kind: "lines", lines };
}
