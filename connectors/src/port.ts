/**
 * What Muse needs of any store that it orders from. A connector is a stateless transformer over HTTP: it keeps nothing
 * but short-lived access tokens and profiles, it never retries an order by itself, and it says what it knows, not what
 * it hopes. How to write one: docs/connectors.md.
 */

/** Where the goods go. `state` is the two-letter code, `country` ISO 3166-1 alpha-2. */
export type Address = {
  readonly name: string;
  readonly address1: string;
  readonly address2: string | null;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly country: string;
  readonly phone: string | null;
};

/** `unitPriceMinor` is what the shopper was shown, in minor units; the store's own price of the moment may differ. */
export type PlaceLine = {
  readonly sku: string;
  readonly quantity: number;
  readonly unitPriceMinor: number;
  readonly title: string;
  readonly size: string | null;
  readonly color: string | null;
  /** The product's page in the store's shop; null where it has none. Only a browser needs it. */
  readonly productUrl: string | null;
};

export type PlaceRequest = {
  /** Muse's order number: the idempotency key where the store has one, the look-up key everywhere. */
  readonly reference: string;
  readonly currency: string;
  readonly lines: readonly PlaceLine[];
  readonly shipTo: Address;
  readonly contactEmail: string;
  /** One of the store's own shipping options. */
  readonly shippingOptionId: string;
  /** The most the store may charge in all (price guard); above it the order is refused before it is submitted. */
  readonly totalMinorMax: number;
};

export type RefusalReason = "out_of_stock" | "price_above_guard" | "address_not_served" | "rejected";
export type UnavailableReason =
  | "unreachable"
  | "overloaded"
  | "store_error"
  | "credentials"
  /** Somebody is to show that they are a person, or to wait in line: for a person to do, never worked around. */
  | "captcha"
  | "queue"
  /** The shop's page is not the one that the recipe knows: `detail` says which step and which locator. */
  | "page_changed"
  /** The shop forgot who we are, again and again. */
  | "sign_in_lost"
  /** The browser died, or could not be started. */
  | "browser_lost"
  /** The caller took the right to submit back, just before the button. */
  | "fence_lost";

export type PlaceOutcome =
  | { readonly kind: "placed"; readonly storeOrderNumber: string; readonly totalMinor: number | null }
  /** The store says no, and nothing was ordered. Trying again would be told the same. */
  | { readonly kind: "refused"; readonly reason: RefusalReason; readonly detail: string }
  /** Nothing was submitted: the next try or tier may go on. */
  | {
      readonly kind: "unavailable";
      readonly reason: UnavailableReason;
      readonly detail: string;
      readonly retryAfterMs: number | null;
    }
  /** It may or may not have been accepted: only look-up or a person decides. */
  | { readonly kind: "unknown"; readonly detail: string };

export type LookUpOutcome =
  | { readonly kind: "found"; readonly storeOrderNumber: string; readonly totalMinor: number | null }
  | { readonly kind: "absent" }
  | { readonly kind: "unavailable"; readonly detail: string }
  /** This store cannot be asked: a person decides. */
  | { readonly kind: "unsupported" };

export type CancelOutcome =
  | { readonly kind: "cancelled" }
  | { readonly kind: "refused"; readonly detail: string }
  /** No answer: ask `track` what became of it, or cancel again; cancelling twice does no harm. */
  | { readonly kind: "unavailable"; readonly detail: string }
  | { readonly kind: "unsupported" };

export type TrackStatus = "placed" | "confirmed" | "shipped" | "delivered" | "cancelled";

export type TrackOutcome =
  | {
      readonly kind: "tracked";
      readonly status: TrackStatus;
      readonly carrier: string | null;
      readonly trackingNumber: string | null;
      /** As the store wrote it: a date or a time, ISO 8601. */
      readonly estimatedDelivery: string | null;
    }
  | { readonly kind: "absent" }
  | { readonly kind: "unavailable"; readonly detail: string }
  | { readonly kind: "unsupported" };

/**
 * One store's door. `baseUrl` has no trailing slash; `credentials` are decrypted for this call alone and never
 * logged.
 */
export type StoreAccess = {
  readonly storeId: string;
  readonly baseUrl: string;
  readonly credentials: Readonly<Record<string, string>>;
};

export type HttpRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs: number;
};

/** Header names are lower case. */
export type HttpResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/**
 * Outbound HTTP with a deadline; supplied by the caller so that time-outs, keep-alive and egress rules are one place.
 * Follows no redirect. Throws OutboundError when no (whole) answer came.
 */
export type Http = (request: HttpRequest) => Promise<HttpResponse>;

/** `address_closed`: nothing on the open internet, so nobody was asked. */
export type OutboundReason = "no_answer" | "timed_out" | "too_large" | "address_closed";

type OutboundErrorOptions = {
  readonly submitted: boolean;
  readonly reason?: OutboundReason;
  readonly cause?: unknown;
};

/** No answer came. `submitted` is false only when the request cannot have reached the other side. */
export class OutboundError extends Error {
  override readonly name = "OutboundError";
  readonly submitted: boolean;
  readonly reason: OutboundReason;
  constructor(message: string, options: OutboundErrorOptions) {
    super(message, { cause: options.cause });
    this.submitted = options.submitted;
    this.reason = options.reason ?? "no_answer";
  }
}

export type Connector = {
  readonly name: string;
  /** Whether `lookUp` can prove presence AND absence of an order by our reference. */
  readonly canLookUp: boolean;
  place(http: Http, access: StoreAccess, request: PlaceRequest): Promise<PlaceOutcome>;
  lookUp(http: Http, access: StoreAccess, reference: string): Promise<LookUpOutcome>;
  cancel(http: Http, access: StoreAccess, storeOrderNumber: string, reference: string): Promise<CancelOutcome>;
  track(http: Http, access: StoreAccess, storeOrderNumber: string, reference: string): Promise<TrackOutcome>;
};
