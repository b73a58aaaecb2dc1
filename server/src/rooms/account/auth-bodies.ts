/** What better-auth takes, as the reference shows it: the library itself looks at what comes. */
import { SignInBody } from "@muse/contracts/account";
import { z } from "zod";

const Password = z.string().min(1).max(128);
const Code = z.string().min(1).max(2_000);
const Way = z.string().max(2_000).describe("A path of the shop to go on to.");

export const SignUpBody = SignInBody.extend({
  password: z.string().min(8).max(128),
  name: z.string().max(100),
});
export const LinkBody = z.strictObject({
  email: SignInBody.shape.email,
  name: z.string().max(100).optional(),
  callbackURL: Way.optional(),
  newUserCallbackURL: Way.optional(),
  errorCallbackURL: Way.optional(),
});
export const LinkQuery = z.looseObject({
  token: z.string().min(1).max(2_000),
  callbackURL: Way.optional(),
  newUserCallbackURL: Way.optional(),
  errorCallbackURL: Way.optional(),
});
export const PasswordBody = z.strictObject({ password: Password });
export const CodeBody = z.strictObject({ code: Code });
export const NoBody = z.strictObject({}).optional();
