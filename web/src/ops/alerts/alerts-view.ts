import type { Query } from "../types.ts";
import { addressOf, oneOf, textOf } from "../view.ts";

export const alertKinds = [
  "tier_sick",
  "tier_well",
  "page_changed",
  "task_late",
  "find_out",
  "books_differ",
  "dispute_opened",
  "evidence_due",
  "payment_unmatched",
] as const;

export type AlertsView = {
  readonly kind: (typeof alertKinds)[number] | null;
  /** Where the page begins; null: with what happened last. */
  readonly cursor: string | null;
};

export function alertsViewOf(query: Query): AlertsView {
  const cursor = textOf(query, "cursor");
  return {
    kind: oneOf(query, "kind", alertKinds),
    cursor: cursor !== null && /^\d{1,18}$/.test(cursor) ? cursor : null,
  };
}

export function alertsHref({ kind, cursor }: AlertsView): string {
  return addressOf("/ops/alerts", { kind, cursor });
}
