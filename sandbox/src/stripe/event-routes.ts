import { noSuch, type Refusal } from "./refusal.ts";
import { listAllows, ok, readPageRange, type Answer, type Call, type Route } from "./route.ts";

/** What happened, for whoever missed a webhook. Every event is kept, whether or not a target wanted it. */
export const eventRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/v1/events",
    endpoint: "events.list",
    isList: true,
    allowed: listAllows("type", "types", "delivery_success"),
    handle: list,
  },
  { method: "GET", path: "/v1/events/:id", endpoint: "events.retrieve", allowed: [], handle: retrieve },
];

function retrieve(call: Call): Answer | Refusal {
  const event = call.account.world.webhooks.event(call.id);
  return event?.source === "stripe" ? ok(JSON.parse(event.body) as object) : noSuch("event", call.id);
}

function list(call: Call): Answer | Refusal {
  const { webhooks } = call.account.world;
  const range = readPageRange(call, (id) => webhooks.event(id)?.seq, "event");
  if ("kind" in range) return range;
  const { limit, isForward, isCreatedWithin } = range;
  const type = call.params.text("type");
  const found = webhooks.events("stripe", {
    types: type === undefined ? call.params.list("types") : [type],
    limit: limit + 1,
    ...(isForward ? { afterSeq: range.afterSeq } : { beforeSeq: range.beforeSeq }),
  });
  const data = found
    .slice(0, limit)
    .map((event) => JSON.parse(event.body) as { readonly created: number })
    .filter((event) => isCreatedWithin(event.created));
  return ok({
    object: "list",
    data: isForward ? data.toReversed() : data,
    has_more: found.length > limit,
    url: "/v1/events",
  });
}
