import { isApiError } from "#web/api/error.ts";
import { emptyPostal, type PostalField } from "./address-checks.ts";

/** The API's codes of what is wrong with a field, in the pages' own words where they have some. */
const worded = ["zip_unknown", "zip_state_mismatch", "state_not_served", "characters", "too_long"] as const;

type Say = (key: (typeof worded)[number]) => string;

export type FieldComplaint<Name extends string> = { readonly field: Name; readonly text: string };

/** What the API says of one field of a form, or null where its refusal is no field's fault. */
export function fieldComplaint<Name extends string>(
  error: unknown,
  isField: (name: string) => name is Name,
  say: Say,
): FieldComplaint<Name> | null {
  if (!isApiError(error)) return null;
  const { field, details, message } = error.failure;
  if (field === undefined || !isField(field)) return null;
  const problems = Array.isArray(details?.["fields"])
    ? (details["fields"] as { field?: unknown; code?: unknown }[])
    : [];
  const code = problems.find((problem) => problem.field === field)?.code;
  const known = worded.find((word) => word === code);
  return { field, text: known === undefined ? message : say(known) };
}

export function isPostalField(name: string): name is PostalField {
  return name in emptyPostal;
}
