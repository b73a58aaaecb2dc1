import type { AddressCode, AddressField, PostalAddress } from "@muse/contracts/address";
import { isMisspelt } from "./near-name.ts";
import { isServed, stateCode } from "./states.ts";
import { collapse, tidyCity, tidyStreet } from "./tidy.ts";
import { placeOfZip } from "./zip-places.ts";
import { statesOfZip } from "./zip-prefixes.ts";

/** An address as somebody typed it. */
export type TypedAddress = {
  readonly name: string;
  readonly address1: string;
  readonly address2?: string | null | undefined;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly country: string;
  readonly phone?: string | null | undefined;
  readonly email?: string | null | undefined;
};

export type AddressProblem = {
  readonly field: AddressField;
  readonly code: AddressCode;
  /** Where the page finds the words: `address.zip_unknown`. */
  readonly messageKey: `address.${AddressCode}`;
};

export type CheckedAddress =
  | {
      readonly kind: "valid";
      /** As typed: only whitespace is tidied, and state, ZIP and country are in the form that others compute with. */
      readonly address: PostalAddress;
      /** As it should stand on a label, to be accepted or not; null when it is so already. */
      readonly corrected: PostalAddress | null;
      /** Not part of the address: where the receipt goes. */
      readonly email: string | null;
    }
  | { readonly kind: "invalid"; readonly fields: readonly [AddressProblem, ...AddressProblem[]] };

/**
 * Checks an address of the United States: what is there, whether state and ZIP exist and agree, and whether each line
 * can be printed. It never changes what was typed behind the shopper's back; what it would write instead is
 * `corrected`.
 */
export function checkAddress(typed: TypedAddress): CheckedAddress {
  const country = countryOf(typed.country);
  const state = stateCode(typed.state);
  const zip = zipOf(typed.zip);
  const [first, ...others] = [
    ...lineProblems(typed),
    ...(country === null ? [problemOf("country", "country_not_served")] : regionProblems(typed, state, zip)),
    ...contactProblems(typed),
  ];
  if (first !== undefined) return { kind: "invalid", fields: [first, ...others] };

  const address: PostalAddress = {
    name: collapse(typed.name),
    address1: collapse(typed.address1),
    address2: optional(typed.address2),
    city: collapse(typed.city),
    state: state ?? "",
    zip: zip ?? "",
    country: "US",
    phone: optional(typed.phone),
  };
  const corrected: PostalAddress = {
    ...address,
    address1: tidyStreet(address.address1),
    address2: address.address2 === null ? null : tidyStreet(address.address2),
    city: cityFor(address),
  };
  const isSame =
    address.address1 === corrected.address1 &&
    address.address2 === corrected.address2 &&
    address.city === corrected.city;
  return { kind: "valid", address, corrected: isSame ? null : corrected, email: optional(typed.email) };
}

/** As it should be written; the name of the ZIP code's own place where that is clearly what was meant. */
function cityFor({ city, zip }: PostalAddress): string {
  const place = placeOfZip(zip);
  return place !== null && isMisspelt(city, place.city) ? place.city : tidyCity(city);
}

/** The state that a ZIP code usually lies in, for estimates; null for a ZIP that does not exist or is not served. */
export function stateOfZip(zip: string): string | null {
  const five = zipOf(zip);
  const state = five === null ? undefined : (placeOfZip(five)?.state ?? statesOfZip(five)[0]);
  return state !== undefined && isServed(state) ? state : null;
}

/** What fits the labels of the carriers we know: 35 to 50 characters a line, with room for a line break of theirs. */
const lineLengthMax = { name: 100, address1: 100, address2: 100, city: 60 } as const;

/** Letters of Latin scripts, digits and what stands in addresses: carriers print nothing else. */
const printable = /^[\p{Script=Latin}\p{M}\d .,'’`"#/&()+:;@°ºª-]*$/u;

function lineProblems(typed: TypedAddress): AddressProblem[] {
  return (["name", "address1", "address2", "city"] as const).flatMap((field) => {
    const text = collapse(typed[field] ?? "");
    if (text === "") return field === "address2" ? [] : [problemOf(field, "required")];
    if (text.length > lineLengthMax[field]) return [problemOf(field, "too_long")];
    if (!printable.test(text) || !/[\p{L}\d]/u.test(text)) return [problemOf(field, "characters")];
    return [];
  });
}

function regionProblems(typed: TypedAddress, state: string | null, zip: string | null): AddressProblem[] {
  const problems: AddressProblem[] = [];
  if (typed.state.trim() === "") problems.push(problemOf("state", "required"));
  else if (state === null) problems.push(problemOf("state", "state_unknown"));
  else if (!isServed(state)) problems.push(problemOf("state", "state_not_served"));

  if (typed.zip.trim() === "") problems.push(problemOf("zip", "required"));
  else if (zip === null) problems.push(problemOf("zip", "zip_format"));
  else if (statesOfZip(zip).length === 0) problems.push(problemOf("zip", "zip_unknown"));
  else if (problems.length === 0 && !statesOfZip(zip).includes(state ?? ""))
    problems.push(problemOf("zip", "zip_state_mismatch"));
  return problems;
}

function contactProblems(typed: TypedAddress): AddressProblem[] {
  const phone = optional(typed.phone);
  const email = optional(typed.email);
  return [
    ...(phone === null || isPhone(phone) ? [] : [problemOf("phone", "phone_format")]),
    ...(email === null || isEmail(email) ? [] : [problemOf("email", "email_format")]),
  ];
}

/** Ten digits as Americans write them, with or without the leading 1, or an international number behind its plus. */
function isPhone(phone: string): boolean {
  if (!/^\+?[\d\s().-]+$/.test(phone)) return false;
  const digits = phone.replaceAll(/\D/g, "");
  if (phone.startsWith("+") && !digits.startsWith("1")) return digits.length >= 8 && digits.length <= 15;
  return /^1?[2-9]\d{2}[2-9]\d{6}$/.test(digits);
}

/** One sign between a name and a domain with a dot: only sending mail proves more. */
function isEmail(email: string): boolean {
  return email.length <= 254 && /^[^\s@<>"]{1,64}@[^\s@.<>"]+(\.[^\s@.<>"]+)+$/.test(email);
}

/** "10001", "10001-1234" and "100011234" in one form; null for anything else. */
function zipOf(typed: string): string | null {
  const match = /^(\d{5})(?:[-\s]?(\d{4}))?$/.exec(typed.trim());
  if (match === null) return null;
  const [, five = "", four] = match;
  return four === undefined ? five : `${five}-${four}`;
}

function countryOf(typed: string): "US" | null {
  const plain = typed.trim().toLowerCase().replaceAll(".", "");
  return ["us", "usa", "united states", "united states of america"].includes(plain) ? "US" : null;
}

function optional(text: string | null | undefined): string | null {
  const plain = collapse(text ?? "");
  return plain === "" ? null : plain;
}

function problemOf(field: AddressField, code: AddressCode): AddressProblem {
  return { field, code, messageKey: `address.${code}` };
}
