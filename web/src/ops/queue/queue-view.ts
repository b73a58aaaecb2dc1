import { queueStatuses, type QueueView } from "../queries.ts";
import type { Query } from "../types.ts";
import { addressOf, oneOf, pageOf, textOf } from "../view.ts";

/** What the address of the queue says. */
export function queueViewOf(query: Query): QueueView {
  return {
    status: oneOf(query, "status", queueStatuses),
    store: textOf(query, "store"),
    claimed: oneOf(query, "claimed", ["true", "false", "mine"]),
    page: pageOf(query),
  };
}

export function queueHref({ status, store, claimed, page }: QueueView): string {
  return addressOf("/ops", { status, store, claimed, page });
}
