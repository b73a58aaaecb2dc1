import type { Query } from "../types.ts";
import { addressOf, oneOf, pageOf } from "../view.ts";

export const eventSources = ["stripe", "toss", "store"] as const;

export type EventsView = {
  readonly source: (typeof eventSources)[number] | null;
  /** Whether they are still to be worked. */
  readonly open: "true" | "false" | null;
  readonly page: number;
};

export function eventsViewOf(query: Query): EventsView {
  return {
    source: oneOf(query, "source", eventSources),
    open: oneOf(query, "open", ["true", "false"]),
    page: pageOf(query),
  };
}

export function eventsHref({ source, open, page }: EventsView): string {
  return addressOf("/ops/events", { source, open, page });
}
