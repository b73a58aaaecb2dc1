import type { searchFields } from "./search.ts";

/** What else the address says, so that a form's answer keeps it. */
export function CarriedFields({ fields }: { readonly fields: ReturnType<typeof searchFields> }) {
  return fields.map(([name, value]) => <input key={`${name} ${value}`} type="hidden" name={name} value={value} />);
}
