import type { Check } from "#web/ui/field-state.ts";
import { states } from "./states.ts";

/** The fields of a postal address as it is written into a form. */
export type PostalField = "name" | "address1" | "address2" | "zip" | "city" | "state" | "phone";

/** What stands in those fields. */
export type PostalValues = Readonly<Record<PostalField, string>>;

export const emptyPostal: PostalValues = {
  name: "",
  address1: "",
  address2: "",
  zip: "",
  city: "",
  state: "",
  phone: "",
};

/** The complaints' words, by their keys under `address.errors`. */
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

export function emailCheck(say: Say): Check {
  return (value) => {
    if (value.trim() === "") return say("emailMissing");
    return /^[^\s@<>"]{1,64}@[^\s@.<>"]+(\.[^\s@.<>"]+)+$/.test(value.trim()) ? undefined : say("emailFormat");
  };
}

/**
 * What the browser can judge by itself, each in the words of what to do. The API judges again, and knows more: whether
 * a ZIP exists and lies in the state.
 */
export function postalChecks(say: Say, isNeeded: boolean): Readonly<Record<PostalField, Check>> {
  const needed =
    (missing: Complaint): Check =>
    (value) =>
      isNeeded && value.trim() === "" ? say(missing) : undefined;
  return {
    name: needed("nameMissing"),
    address1: needed("streetMissing"),
    address2: () => undefined,
    zip: (value) => {
      if (!isNeeded) return undefined;
      if (value.trim() === "") return say("zipMissing");
      return /^\d{5}([-\s]?\d{4})?$/.test(value.trim()) ? undefined : say("zipFormat");
    },
    city: needed("cityMissing"),
    state: (value) => (!isNeeded || states.some(([code]) => code === value) ? undefined : say("stateMissing")),
    phone: (value) => {
      const digits = value.replaceAll(/\D/g, "");
      if (value.trim() === "" || /^1?[2-9]\d{2}[2-9]\d{6}$/.test(digits)) return undefined;
      return value.trim().startsWith("+") && digits.length >= 8 && digits.length <= 15 ? undefined : say("phoneFormat");
    },
  };
}

type PostalSpecs = Readonly<Record<PostalField, { initial: string; check: Check; isRequired: boolean }>>;

/** The fields of a form that asks for an address, as `useFields` takes them. */
export function postalSpecs(initial: PostalValues, checks: Readonly<Record<PostalField, Check>>, isNeeded: boolean) {
  const spec = (name: PostalField, isRequired: boolean) => ({
    initial: initial[name],
    check: checks[name],
    isRequired,
  });
  return {
    name: spec("name", isNeeded),
    address1: spec("address1", isNeeded),
    address2: spec("address2", false),
    zip: spec("zip", isNeeded),
    city: spec("city", isNeeded),
    state: spec("state", isNeeded),
    phone: spec("phone", false),
  } satisfies PostalSpecs;
}
