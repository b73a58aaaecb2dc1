import type { Language } from "@muse/contracts/error";
import type { ManualOrder, ManualOrders, ManualOrderStats } from "@muse/contracts/placement";
import type { z } from "zod";
import { assert } from "#kernel/assert.ts";
import { formatMinor, isCurrency, toWire } from "#kernel/money.ts";
import type { TaskListRow, TaskReadRow, TaskStatsRow } from "./placement.sql.gen.ts";

type ManualOrderView = z.output<typeof ManualOrder>;
type Summary = z.output<typeof ManualOrders>["orders"][number];

/** Rows of both statements, as far as a line of the queue needs them. */
type SummaryRow = Pick<
  TaskReadRow,
  | "orderNumber"
  | "kind"
  | "status"
  | "why"
  | "outcomeUnknown"
  | "isCancelRequested"
  | "storeId"
  | "storeName"
  | "itemCount"
  | "totalMinor"
  | "currency"
  | "openedAt"
  | "deadlineAt"
  | "isOverdue"
  | "claimedBy"
  | "claimedUntil"
>;

export function presentQueue(rows: readonly TaskListRow[], language: Language): z.output<typeof ManualOrders> {
  return { orders: rows.map((row) => presentSummary(row, language)), total: toWire(rows[0]?.total ?? 0n) };
}

export function presentStats(row: TaskStatsRow): z.output<typeof ManualOrderStats> {
  return {
    depth: toWire(row.depth),
    unclaimed: toWire(row.unclaimed),
    overdue: toWire(row.overdue),
    oldestAgeSeconds: row.oldestAgeSeconds,
    perDay: row.perDay as z.output<typeof ManualOrderStats>["perDay"],
    perOperator: row.perOperator as z.output<typeof ManualOrderStats>["perOperator"],
  };
}

/** Everything needed to do the task, and why it is here. */
export function presentTask(row: TaskReadRow, language: Language): ManualOrderView {
  return {
    ...presentSummary(row, language),
    storeHomepage: row.homepage,
    storeOrderNumber: row.storeOrderNumber,
    detail: row.detail,
    contactEmail: row.contactEmail,
    shippingAddress: row.shippingAddress as ManualOrderView["shippingAddress"],
    shippingOption:
      row.shippingOptionId === null ? null : { optionId: row.shippingOptionId, name: row.shippingOptionName },
    chargeMaxCents: toWire(row.chargeMaxMinor),
    chargeMaxDisplay: display(row.chargeMaxMinor, row.currency, language),
    items: row.items as ManualOrderView["items"],
    attempts: (row.attempts as ManualOrderView["attempts"]).map((attempt) => ({
      ...attempt,
      startedAt: instant(attempt.startedAt),
      endedAt: attempt.endedAt === null ? null : instant(attempt.endedAt),
    })),
    closedAt: row.closedAt?.toISOString() ?? null,
    closedBy: row.closedBy,
    note: row.note,
  };
}

function presentSummary(row: SummaryRow, language: Language): Summary {
  return {
    museOrderNumber: row.orderNumber,
    task: row.kind,
    status: row.status,
    storeId: row.storeId,
    storeName: row.storeName,
    why: row.why,
    isOutcomeUnknown: row.outcomeUnknown,
    isCancelRequested: row.isCancelRequested,
    itemCount: row.itemCount,
    totalCents: toWire(row.totalMinor),
    totalDisplay: display(row.totalMinor, row.currency, language),
    currency: row.currency,
    openedAt: row.openedAt.toISOString(),
    deadlineAt: row.deadlineAt.toISOString(),
    isOverdue: row.isOverdue,
    claimedBy: row.claimedBy,
    claimedUntil: row.claimedUntil?.toISOString() ?? null,
  };
}

function display(minor: bigint, currency: string, language: Language): string {
  assert(isCurrency(currency), "display: an order is in a currency of ours");
  return formatMinor(minor, currency, language);
}

/** Postgres writes its own offset into JSON; the wire has UTC with a Z. */
function instant(text: string): string {
  return new Date(text).toISOString();
}
