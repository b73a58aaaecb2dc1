/** What better-auth takes, as the reference shows it: the library looks at the values, and nothing else may come. */
import { SignInBody } from "@muse/contracts/account";
import { z } from "zod";

const Password = z.string().min(1).max(128);
const Code = z.string().min(1).max(2_000);
const Way = z.string().max(2_000).describe("A path of the shop to go on to.");

export const SignInFields = SignInBody.extend({ rememberMe: z.boolean().optional(), callbackURL: Way.optional() });
export const SignUpBody = SignInFields.extend({
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

/** The names of all that a body may hold. */
export function fieldsOf(body: z.ZodObject | z.ZodOptional<z.ZodObject>): readonly string[] {
  return Object.keys(("unwrap" in body ? body.unwrap() : body).shape);
}
