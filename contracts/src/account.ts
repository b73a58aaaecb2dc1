import { z } from "zod";
import { Instant } from "./envelope.ts";

/** What an account may do. `ops` works the manual queue; `admin` may do everything `ops` may, and change settings. */
export const roles = ["shopper", "seller", "ops", "admin"] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

export const SignInBody = z.strictObject({
  email: z.email().max(254),
  password: z.string().min(1).max(128),
});

/** A person gives their password once more; a visitor has none. */
export const EraseBody = z.strictObject({ password: z.string().min(1).max(128).optional() }).nullish();

/** Why an account cannot be erased at this moment. */
export const EraseHindrance = z.enum([
  "payment_open",
  "refund_open",
  "order_waiting",
  "cancellation_open",
  "owns_store",
  "seller_owed",
]);
export type EraseHindrance = z.infer<typeof EraseHindrance>;

/** All that is kept of somebody, by what it belongs to. */
export const AccountExport = z.object({
  exportedAt: Instant,
  accountId: z.string(),
  accounts: z.array(z.unknown()),
  addresses: z.array(z.unknown()),
  cart: z.array(z.unknown()),
  checkouts: z.array(z.unknown()),
  payments: z.array(z.unknown()),
  orders: z.array(z.unknown()),
  holdings: z.array(z.unknown()),
  sellers: z.array(z.unknown()),
  shipments: z.array(z.unknown()),
  manualTasks: z.array(z.unknown()),
  events: z.array(z.unknown()),
  mails: z.array(z.unknown()),
});
export type AccountExport = z.infer<typeof AccountExport>;

/** The account that is calling, as `GET /api/v1/account` tells it. An anonymous one has no e-mail address or name. */
export const AccountView = z.object({
  accountId: z.string(),
  kind: z.enum(["anonymous", "person"]),
  role: Role,
  email: z.string().nullable(),
  name: z.string().nullable(),
  /** True where the role works only after a sign-in with a second factor, and this one had none. */
  needsSecondFactor: z.boolean(),
});
export type AccountView = z.infer<typeof AccountView>;

/** Operators and administrators, as they are told to each other. */
export const DeskPeople = z.object({
  people: z.array(z.object({ accountId: z.string(), name: z.string(), role: Role })),
});
