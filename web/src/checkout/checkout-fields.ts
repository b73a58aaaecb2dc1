import { emailCheck, postalChecks, type Complaint, type PostalField } from "#web/address/address-checks.ts";
import type { Check } from "#web/ui/field-state.ts";

/** What the checkout asks for: an address, and where word is sent. */
export type CheckoutField = "email" | PostalField;

export function checkoutChecks(
  say: (complaint: Complaint) => string,
  needsShipping: boolean,
): Readonly<Record<CheckoutField, Check>> {
  return { email: emailCheck(say), ...postalChecks(say, needsShipping) };
}
