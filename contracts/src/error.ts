import { checkoutErrors } from "./error-checkout.ts";
import type { ErrorEntry } from "./error-entry.ts";
import { orderErrors } from "./error-order.ts";
import { peopleErrors } from "./error-people.ts";
import { productPageErrors } from "./error-product-page.ts";
import { requestErrors } from "./error-request.ts";
import { sellerErrors } from "./error-seller.ts";

/**
 * Every failure a client can see, and no other. One row per code: its HTTP status, what a client may do next, and a
 * sentence for people.
 *
 * `retry` is a promise: `never` means the same request will be refused again until something changes; `same_key` that
 * repeating it with its Idempotency-Key is safe and may help at once; `later` that it may help after `Retry-After`.
 * Codes never change once published; messages may. A new code is appended to the group of its room.
 */
export const errors = {
  ...requestErrors,
  ...checkoutErrors,
  ...productPageErrors,
  ...orderErrors,
  ...sellerErrors,
  ...peopleErrors,
} as const;

export type ErrorCode = keyof typeof errors;
export type Language = keyof ErrorEntry["message"];

/** Whether a string is one of the codes above. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errors, code);
}
