import type { Query } from "../types.ts";
import { addressOf, oneOf, textOf } from "../view.ts";

/** What is done at the desk, by kind: the first word of an action. */
export const actionKinds = [
  "manual_order",
  "order",
  "refund_request",
  "refund_approval",
  "store",
  "seller",
  "payout",
  "ledger",
  "dispute",
  "alert",
  "webhook_event",
] as const;

export type AuditView = {
  readonly subject: string | null;
  readonly action: (typeof actionKinds)[number] | null;
  readonly person: string | null;
  /** Where the page begins; null: with what was done last. */
  readonly cursor: string | null;
};

const subjectLengthMax = 300;

export function auditViewOf(query: Query): AuditView {
  return {
    subject: textOf(query, "subject")?.slice(0, subjectLengthMax) ?? null,
    action: oneOf(query, "action", actionKinds),
    person: textOf(query, "person"),
    cursor: cursorOf(textOf(query, "cursor")),
  };
}

export function auditHref({ subject, action, person, cursor }: AuditView): string {
  return addressOf("/ops/audit", { subject, action, person, cursor });
}

function cursorOf(text: string | null): string | null {
  return text !== null && /^\d{1,18}$/.test(text) ? text : null;
}
