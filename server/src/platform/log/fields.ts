/**
 * Everything a log line may hold. A field that is not named here is dropped, whatever a caller passes: a name, an
 * address or a token cannot reach a log by being added to an object that somebody logs.
 *
 * Add a field only when its values can be nothing personal: ids of ours, counts, durations, states, codes.
 */
export const logFields = [
  // One request.
  "requestId",
  "method",
  "route",
  "status",
  "ms",
  "account",
  "code",
  "bytes",
  "replayed",
  "inFlight",
  // One job, or a step of one.
  "job",
  "jobId",
  "attempt",
  "attemptMax",
  "outcome",
  "tier",
  "fence",
  // What it was about.
  "accountId",
  "cartId",
  "sessionId",
  "orderNumber",
  "paymentId",
  "refundId",
  "disputeId",
  "eventId",
  "eventType",
  "storeId",
  "productId",
  "variantId",
  "shipmentId",
  "messageId",
  "currency",
  "amountMinor",
  "state",
  "from",
  "to",
  // The machinery.
  "program",
  "version",
  "pid",
  "port",
  "host",
  "role",
  "path",
  "migration",
  "count",
  "queue",
  "depth",
  "ageMs",
  "waitMs",
  "reason",
  "provider",
  "operation",
  "check",
  "channel",
  "signal",
  "sandbox",
  "attemptId",
  "statement",
  "variable",
] as const;

export type LogField = (typeof logFields)[number];
export type LogValue = string | number | bigint | boolean | null | undefined;
export type LogFields = { readonly [Field in LogField]?: LogValue };
