import { z } from "zod";

/** What an account may do. `ops` works the manual queue; `admin` may do everything `ops` may, and change settings. */
export const roles = ["shopper", "seller", "ops", "admin"] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

export const SignInBody = z.strictObject({
  email: z.email().max(254),
  password: z.string().min(1).max(128),
});

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
