import type { Target } from "#core/webhook-targets.ts";
import type { Account } from "./account.ts";
import { randomText } from "./ids.ts";
import { apiVersion, type WebhookEndpoint } from "./objects.ts";
import { invalidParam, missingParam, noSuch, type Refusal } from "./refusal.ts";
import { listAllows, listPage, ok, type Answer, type Call, type Route } from "./route.ts";

/** Endpoints that an integration registers by itself, beside the target of `PUT /webhook-targets`. */
export const webhookEndpointRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/v1/webhook_endpoints",
    endpoint: "webhook_endpoints.create",
    answers: "webhook_endpoint",
    allowed: ["url", "enabled_events", "description", "metadata", "api_version", "connect"],
    handle: create,
  },
  {
    method: "GET",
    path: "/v1/webhook_endpoints",
    endpoint: "webhook_endpoints.list",
    answers: "webhook_endpoint",
    isList: true,
    allowed: listAllows(),
    handle: (call) => listPage(call, { type: "webhook_endpoint", url: "/v1/webhook_endpoints" }),
  },
  {
    method: "GET",
    path: "/v1/webhook_endpoints/:id",
    endpoint: "webhook_endpoints.retrieve",
    answers: "webhook_endpoint",
    allowed: [],
    handle: withEndpoint((_call, endpoint) => ok(endpoint)),
  },
  {
    method: "POST",
    path: "/v1/webhook_endpoints/:id",
    endpoint: "webhook_endpoints.update",
    answers: "webhook_endpoint",
    allowed: ["url", "enabled_events", "description", "metadata", "disabled"],
    handle: withEndpoint(update),
  },
  {
    method: "DELETE",
    path: "/v1/webhook_endpoints/:id",
    endpoint: "webhook_endpoints.delete",
    allowed: [],
    handle: withEndpoint(remove),
  },
];

/** The enabled endpoints as targets. Read from the store once and after every change, for every event asks for them. */
export function endpointTargets(account: Account): () => readonly Target[] {
  let targets: readonly Target[] | undefined;
  const forget = (): void => {
    targets = undefined;
  };
  caches.set(account, forget);
  account.world.onReset(forget);
  return () => {
    targets ??= account.store
      .scan("webhook_endpoint", { limit: 100 })
      .filter((endpoint) => endpoint.status === "enabled")
      .map(({ id, url, enabled_events }) => ({
        id,
        url,
        secret: account.store.mark(id) ?? "",
        events: enabled_events,
      }));
    return targets;
  };
}

const caches = new WeakMap<Account, () => void>();

function withEndpoint(
  handle: (call: Call, endpoint: WebhookEndpoint) => Answer | Refusal,
): (call: Call) => Answer | Refusal {
  return (call) => {
    const endpoint = call.account.store.get("webhook_endpoint", call.id);
    return endpoint === undefined ? noSuch("webhook_endpoint", call.id) : handle(call, endpoint);
  };
}

function create(call: Call): Answer | Refusal {
  const { account, params } = call;
  const url = params.required("url");
  const events = params.list("enabled_events") ?? [];
  const metadata = params.metadata({});
  const problem = params.problem();
  if (problem !== undefined) return problem;
  if (!URL.canParse(url))
    return invalidParam("url", "Invalid URL: An explicit scheme (such as https) must be provided.", "url_invalid");
  if (events.length === 0) return missingParam("enabled_events");
  const endpoint: WebhookEndpoint = {
    id: account.newId("we"),
    object: "webhook_endpoint",
    api_version: params.text("api_version") ?? apiVersion,
    application: null,
    created: account.seconds(),
    description: params.text("description") ?? null,
    enabled_events: events,
    livemode: false,
    metadata,
    status: "enabled",
    url,
  };
  const secret = `whsec_${randomText(32)}`;
  account.store.insert(endpoint, null);
  account.store.setMark(endpoint.id, secret);
  caches.get(account)?.();
  // The secret is shown this once, as at Stripe.
  return ok({ ...endpoint, secret });
}

function update(call: Call, endpoint: WebhookEndpoint): Answer | Refusal {
  const { account, params } = call;
  const isDisabled = params.flag("disabled");
  const next: WebhookEndpoint = {
    ...endpoint,
    url: params.text("url") ?? endpoint.url,
    enabled_events: params.list("enabled_events") ?? endpoint.enabled_events,
    description: params.text("description") ?? endpoint.description,
    metadata: params.metadata(endpoint.metadata),
    status: isDisabled === undefined ? endpoint.status : isDisabled ? "disabled" : "enabled",
  };
  const problem = params.problem();
  if (problem !== undefined) return problem;
  account.store.update(next);
  caches.get(account)?.();
  return ok(next);
}

function remove(call: Call, endpoint: WebhookEndpoint): Answer {
  call.account.store.remove(endpoint.id);
  caches.get(call.account)?.();
  return ok({ id: endpoint.id, object: "webhook_endpoint", deleted: true });
}
