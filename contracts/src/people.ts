import { z } from "zod";
import { Role } from "./account.ts";

/** An exact address, in whatever case it was written: accounts hold theirs in small letters. */
export const PersonQuery = z.strictObject({ email: z.email().max(254).toLowerCase() });

/** Whom an administrator is about to give a role. */
export const PersonView = z.object({
  accountId: z.string(),
  email: z.string(),
  role: Role,
  /** Nobody else gets a role at the desk: whoever owns the address may not be who signed up with it. */
  isEmailVerified: z.boolean(),
});
export type PersonView = z.infer<typeof PersonView>;

export const PersonParams = z.strictObject({ accountId: z.string().min(1).max(64) });
export const RoleBody = z.strictObject({ role: Role });

/** `isNew` is false where the person had the role already. */
export const RoleGiven = z.object({ accountId: z.string(), role: Role, isNew: z.boolean() });

export const PasswordWish = z.strictObject({ password: z.string().min(8).max(128) });
export const PasswordChosen = z.object({ hasPassword: z.literal(true) });
