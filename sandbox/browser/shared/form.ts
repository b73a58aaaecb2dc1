export type FormValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly FormValue[]
  | { readonly [name: string]: FormValue };

export type FormFields = { readonly [name: string]: FormValue };

/** Encodes nested fields as Stripe's API reads them: `card[number]=…`. What is null, undefined or "" is left out. */
export function encodeForm(fields: FormFields): string {
  return leaves("", fields)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join("&");
}

function leaves(name: string, value: FormValue): readonly (readonly [string, string])[] {
  if (value === null || value === undefined || value === "") return [];
  if (typeof value !== "object") return [[name, String(value)]];
  return Object.entries(value).flatMap(([key, child]) => leaves(name === "" ? key : `${name}[${key}]`, child));
}
