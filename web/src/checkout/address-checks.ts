import type { Check } from "#web/ui/field-state.ts";
import { states } from "./states.ts";

export type AddressField = "email" | "name" | "address1" | "address2" | "zip" | "city" | "state" | "phone";

/** The complaints' words, by their keys under `checkout.errors`. */
export type Complaint =
  | "emailMissing"
  | "emailFormat"
  | "nameMissing"
  | "streetMissing"
  | "zipMissing"
  | "zipFormat"
  | "cityMissing"
  | "stateMissing"
  | "phoneFormat";

type Say = (complaint: Complaint) => string;

/**
 * What the browser can judge by itself, each in the words of what to do. The API judges again, and knows more: whether a
 * ZIP exists and lies in the state.
 */
export function addressChecks(say: Say, needsShipping: boolean): Readonly<Record<AddressField, Check>> {
  const needed =
    (missing: Complaint): Check =>
    (value) =>
      needsShipping && value.trim() === "" ? say(missing) : undefined;
  return {
    email: (value) => {
      if (value.trim() === "") return say("emailMissing");
      return /^[^\s@<>"]{1,64}@[^\s@.<>"]+(\.[^\s@.<>"]+)+$/.test(value.trim()) ? undefined : say("emailFormat");
    },
    name: needed("nameMissing"),
    address1: needed("streetMissing"),
    address2: () => undefined,
    zip: (value) => {
      if (!needsShipping) return undefined;
      if (value.trim() === "") return say("zipMissing");
      return /^\d{5}([-\s]?\d{4})?$/.test(value.trim()) ? undefined : say("zipFormat");
    },
    city: needed("cityMissing"),
    state: (value) => (!needsShipping || states.some(([code]) => code === value) ? undefined : say("stateMissing")),
    phone: (value) => {
      const digits = value.replaceAll(/\D/g, "");
      if (value.trim() === "" || /^1?[2-9]\d{2}[2-9]\d{6}$/.test(digits)) return undefined;
      return value.trim().startsWith("+") && digits.length >= 8 && digits.length <= 15 ? undefined : say("phoneFormat");
    },
  };
}
