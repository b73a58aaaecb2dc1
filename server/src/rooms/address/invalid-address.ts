import { addressMessages } from "@muse/contracts/address";
import type { Language } from "@muse/contracts/error";
import type { CheckedAddress } from "./check-address.ts";

/** What is wrong with an address, each field with a sentence in the reader's language, as a refusal tells it. */
export function invalidAddress(
  { fields }: Extract<CheckedAddress, { kind: "invalid" }>,
  language: Language,
): { field: string; details: { fields: { field: string; code: string; message: string }[] } } {
  return {
    field: fields[0].field,
    details: {
      fields: fields.map(({ field, code }) => ({ field, code, message: addressMessages[code][language] })),
    },
  };
}
