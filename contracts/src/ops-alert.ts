import { z } from "zod";
import { AmountDisplay, Currency, CursorQuery, Instant, PriceCents } from "./envelope.ts";

/** What the people of the house are told of. */
const AlertKind = z.enum([
  "tier_sick",
  "tier_well",
  "page_changed",
  "task_late",
  "find_out",
  "books_differ",
  "dispute_opened",
  "evidence_due",
  "payment_unmatched",
]);

export const AlertsQuery = z.strictObject({
  ...CursorQuery,
  cursor: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
  kind: AlertKind.optional(),
});

export const Alert = z.object({
  alertId: z.string(),
  kind: AlertKind,
  at: Instant,
  storeId: z.string().nullable(),
  storeName: z.string().nullable(),
  method: z.enum(["api", "headless", "manual"]).nullable(),
  museOrderNumber: z.string().nullable(),
  disputeId: z.string().nullable(),
  reconciliationId: z.string().nullable(),
  paymentId: z.string().nullable(),
  checkoutSessionId: z.string().nullable(),
  provider: z.string().nullable(),
  /** Why, as a code. */
  reason: z.string().nullable(),
  /** Where in the store's page, and what was looked for there. */
  step: z.string().nullable(),
  detail: z.string().nullable(),
  /** Tries that did not come through, of all that were counted; or differences, of all lines. */
  bad: z.int().nullable(),
  total: z.int().nullable(),
  /** Until when there is time. */
  dueAt: Instant.nullable(),
  amountCents: PriceCents.nullable(),
  amountDisplay: AmountDisplay.nullable(),
  currency: Currency.nullable(),
});
export type Alert = z.infer<typeof Alert>;

export const Alerts = z.object({ alerts: z.array(Alert), nextCursor: z.string().nullable() });

/** Whether the caller is written to about alerts. */
export const AlertMailBody = z.strictObject({ byMail: z.boolean(), language: z.enum(["en", "ko"]) });
export const AlertMail = AlertMailBody.extend({
  /** So often at most; what happens in between is told together. */
  everyMinutes: z.int(),
}).strip();
