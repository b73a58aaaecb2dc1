/**
 * What an object looks like to a browser: a publishable key sees less of it than a secret one
 * (https://docs.stripe.com/api/payment_intents/object: "retrieve with publishable key").
 */
export function asBrowserSees(value: object): object {
  if (!("object" in value)) return value;
  if (value.object === "payment_intent") return pick(value, intentFields);
  if (value.object === "payment_method") return methodSeen(value);
  if (value.object !== "confirmation_token" || !("payment_method_preview" in value)) return value;
  return { ...value, payment_method_preview: methodSeen(value.payment_method_preview as object) };
}

/** An error carries the intent and the method it is about. */
export function inError(error: object): object {
  return Object.fromEntries(
    Object.entries(error).map(([name, value]) => [name, isObject(value) ? asBrowserSees(value) : value]),
  );
}

const intentFields: readonly string[] = [
  "id",
  "object",
  "amount",
  "amount_details",
  "automatic_payment_methods",
  "canceled_at",
  "cancellation_reason",
  "capture_method",
  "client_secret",
  "confirmation_method",
  "created",
  "currency",
  "description",
  "excluded_payment_method_types",
  "last_payment_error",
  "livemode",
  "next_action",
  "payment_method",
  "payment_method_configuration_details",
  "payment_method_types",
  "processing",
  "receipt_email",
  "setup_future_usage",
  "shipping",
  "source",
  "status",
];

function pick(value: object, fields: readonly string[]): object {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => fields.includes(name))
      .map(([name, field]) => [name, name === "last_payment_error" && isObject(field) ? inError(field) : field]),
  );
}

/** Without the card's fingerprint, which tells one card from another, and without what the server noted. */
function methodSeen(method: object): object {
  const { metadata: _metadata, card, ...seen } = method as { readonly metadata?: unknown; readonly card?: object };
  if (card === undefined) return seen;
  const { fingerprint: _fingerprint, ...cardSeen } = card as { readonly fingerprint?: unknown };
  return { ...seen, card: cardSeen };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
