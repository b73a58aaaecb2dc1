import { z } from "zod";
import { isBankCode } from "./bank.ts";
import { AmountDisplay, PriceCents } from "./envelope.ts";

/** Banks print account numbers with hyphens or spaces in places of their own. */
const AccountNumber = z
  .string()
  .trim()
  .max(40)
  .transform((text) => text.replace(/[- ]/g, ""))
  .pipe(z.string().regex(/^[0-9]{6,20}$/));

/** Where money goes back to that was paid into an account; whose name it is in, the bank checks. */
export const RefundAccountBody = z.strictObject({
  /** As TossPayments knows it (`bank.ts`): `88`. */
  bankCode: z.string().refine(isBankCode),
  accountNumber: AccountNumber,
  holderName: z.string().trim().min(1).max(60),
});

/**
 * Money that waits for an account to go into (`needed`), or is on its way into the one that was named (`given`). The
 * account itself is never told again, but for its last three digits.
 */
export const RefundAccountView = z.object({
  status: z.enum(["needed", "given"]),
  /** Of all refunds of the checkout that it is for. */
  amountCents: PriceCents,
  amountDisplay: AmountDisplay,
  /** Why the account that was named before was not taken, in the reader's words. */
  problem: z.string().nullable(),
  bankName: z.string().nullable(),
  lastDigits: z.string().nullable(),
});
export type RefundAccountView = z.infer<typeof RefundAccountView>;
