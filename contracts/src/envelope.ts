import { z } from "zod";

/** The largest amount the wire carries: what a JSON integer holds exactly. */
export const amountMax = Number.MAX_SAFE_INTEGER;

/** An amount in the currency's minor unit (cents; for KRW the won itself). Always beside a `currency`. */
export const AmountCents = z.int().min(-amountMax).max(amountMax);

/** An amount that cannot be below zero: prices, totals, what is charged. */
export const PriceCents = z.int().min(0).max(amountMax);

/** ISO 4217, upper case. */
export const Currency = z.string().regex(/^[A-Z]{3}$/);

/** The same amount formatted for the reader, such as "$248.00" or "₩12,000". */
export const AmountDisplay = z.string();

/** RFC 3339 in UTC. */
export const Instant = z.iso.datetime();

export const SessionId = prefixedId("cs");
export const PaymentId = prefixedId("pay");
export const RefundId = prefixedId("re");
export const EventId = prefixedId("evt");
/** Shown to people, so it has no look-alike characters. */
export const OrderNumber = z.string().regex(/^MO-[0-9A-Z-]{4,40}$/);

/** Ids are opaque: clients store them and send them back, nothing more. */
export function prefixedId(prefix: string): z.ZodString {
  return z.string().regex(new RegExp(`^${prefix}_[0-9A-Za-z]{6,64}$`));
}

/** `limit` and `offset` of a list. The query string is text, so here alone numbers are coerced. */
export const PageQuery = {
  limit: z.coerce.number().int().min(1).max(100).default(20),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
};

/** `limit` and `cursor` of a list that is walked rather than paged. */
export const CursorQuery = {
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().min(1).max(200).optional(),
};

/** `{"success": true, "data": …}`: what every JSON answer of ours looks like when it worked. */
export function success<Data extends z.ZodType>(data: Data) {
  return z.object({ success: z.literal(true), data, message: z.string().optional() });
}

/** `{"success": false, "error": {…}}`: what every failure looks like. `requestId` is also in `X-Request-Id`. */
export const Failure = failureOf([]);
export type Failure = z.infer<typeof Failure>;

/** The failure envelope with the codes that can really occur, for the API's reference. No codes means any. */
export function failureOf(codes: readonly string[]) {
  return z.object({
    success: z.literal(false),
    error: z.object({
      code: codes.length === 0 ? z.string() : z.enum(codes),
      message: z.string(),
      field: z.string().optional(),
      details: z.record(z.string(), z.unknown()).optional(),
      requestId: z.string(),
    }),
  });
}
