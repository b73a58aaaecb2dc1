import type { Settings } from "#core/database.ts";

/** Where one source's events go. `events` lists the types wanted; `["*"]` is all of them. */
export type Target = {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
  readonly events: readonly string[];
};

export type StripeTarget = { readonly url: string; readonly secret: string; readonly events: readonly string[] };
export type StoreTarget = { readonly url: string; readonly secret: string };
/** Toss signs nothing of a payment, so there is no secret. */
export type TossTarget = { readonly url: string };
export type WebhookTargets = {
  readonly stripe: StripeTarget;
  readonly toss: TossTarget;
  readonly stores: Readonly<Record<string, StoreTarget>>;
};

export type TargetBook = {
  read(): WebhookTargets;
  /** Merges what is given over what is there, for good; a string says what is wrong with it. */
  change(body: unknown): string | undefined;
  /** A store's default target, known once its part is registered. */
  addStore(slug: string, secret: string): void;
  /** Endpoints that a source keeps by itself, beside its main one (Stripe's `/v1/webhook_endpoints`). */
  addExtra(source: string, extra: () => readonly Target[]): void;
  /** Who wants an event of this type from this source. */
  wanting(source: string, type: string): readonly Target[];
  byId(source: string, targetId: string): Target | undefined;
  forget(): void;
};

const settingKey = "webhook_targets";

/** What Muse's endpoint asks Stripe to send; anything else stays at Stripe. */
const defaultStripeEvents: readonly string[] = [
  "payment_intent.succeeded",
  "payment_intent.payment_failed",
  "payment_intent.processing",
  "payment_intent.canceled",
  "refund.created",
  "refund.updated",
  "refund.failed",
  "charge.refunded",
  "charge.dispute.created",
  "charge.dispute.closed",
];

type Changes = {
  readonly stripe?: Partial<StripeTarget>;
  readonly toss?: Partial<TossTarget>;
  readonly stores?: Readonly<Record<string, Partial<StoreTarget>>>;
};

export function openTargetBook(settings: Settings, appUrl: string): TargetBook {
  const storeDefaults: Record<string, StoreTarget> = {};
  const extras = new Map<string, () => readonly Target[]>();
  let changes = (settings.read(settingKey) ?? {}) as Changes;
  let stripe = stripeTarget(appUrl, changes);
  const store = (slug: string): StoreTarget | undefined => {
    const fallback = storeDefaults[slug];
    return fallback === undefined ? undefined : { ...fallback, ...changes.stores?.[slug] };
  };
  const tossUrl = (): string => changes.toss?.url ?? `${appUrl}/api/webhooks/toss`;
  const mainTarget = (source: string): Target | undefined => {
    if (source === "stripe") return { id: source, ...stripe };
    if (source === "toss") return { id: source, url: tossUrl(), secret: "", events: ["*"] };
    return storeAsTarget(source, store(source));
  };
  const all = (source: string): readonly Target[] => {
    const main = mainTarget(source);
    return [...(main === undefined ? [] : [main]), ...(extras.get(source)?.() ?? [])];
  };

  return {
    read() {
      const slugs = Object.keys(storeDefaults).map((slug) => [slug, store(slug)]);
      return { stripe, toss: { url: tossUrl() }, stores: Object.fromEntries(slugs) };
    },
    change(body) {
      const problem = changesProblem(body, Object.keys(storeDefaults));
      if (problem !== undefined) return problem;
      const given = body as Changes;
      const stores = { ...changes.stores };
      for (const [slug, change] of Object.entries(given.stores ?? {})) stores[slug] = { ...stores[slug], ...change };
      changes = { stripe: { ...changes.stripe, ...given.stripe }, toss: { ...changes.toss, ...given.toss }, stores };
      stripe = stripeTarget(appUrl, changes);
      settings.write(settingKey, changes);
      return undefined;
    },
    addStore(slug, secret) {
      storeDefaults[slug] = { url: `${appUrl}/api/v1/webhooks/stores/${slug}`, secret };
    },
    addExtra(source, extra) {
      extras.set(source, extra);
    },
    wanting: (source, type) =>
      all(source).filter((target) => target.events.includes("*") || target.events.includes(type)),
    byId: (source, targetId) => all(source).find((target) => target.id === targetId),
    forget() {
      changes = {};
      stripe = stripeTarget(appUrl, changes);
    },
  };
}

function stripeTarget(appUrl: string, changes: Changes): StripeTarget {
  const fallback = {
    url: `${appUrl}/api/v1/webhooks/stripe`,
    secret: "whsec_muse_sandbox",
    events: defaultStripeEvents,
  };
  return { ...fallback, ...changes.stripe };
}

function storeAsTarget(slug: string, store: StoreTarget | undefined): Target | undefined {
  return store === undefined ? undefined : { id: slug, url: store.url, secret: store.secret, events: ["*"] };
}

function changesProblem(body: unknown, slugs: readonly string[]): string | undefined {
  if (!isObject(body))
    return "body is { stripe?: { url, secret, events }, toss?: { url }, stores?: { <slug>: { url, secret } } }";
  const { stripe, toss, stores } = body as { stripe?: unknown; toss?: unknown; stores?: unknown };
  if (toss !== undefined && !isTarget(toss)) return "toss is { url }";
  if (stripe !== undefined && !isTarget(stripe)) return "stripe is { url, secret, events: string[] }";
  if (stores === undefined) return undefined;
  if (!isObject(stores)) return "stores is { <slug>: { url, secret } }";
  for (const [slug, store] of Object.entries(stores)) {
    if (!slugs.includes(slug)) return `${slug} is not a store`;
    if (!isTarget(store)) return `stores.${slug} is { url, secret }`;
  }
  return undefined;
}

function isTarget(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { url, secret, events } = value;
  if (url !== undefined && !(typeof url === "string" && URL.canParse(url))) return false;
  if (secret !== undefined && typeof secret !== "string") return false;
  return events === undefined || (Array.isArray(events) && events.every((type) => typeof type === "string"));
}

function isObject(
  value: unknown,
): value is { readonly url?: unknown; readonly secret?: unknown; readonly events?: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
