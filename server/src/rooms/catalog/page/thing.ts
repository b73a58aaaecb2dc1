/** Something that a page describes in the words of schema.org, from JSON-LD or microdata alike. */
export type Thing = { readonly [property: string]: unknown };

export function isThing(value: unknown): value is Thing {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A property's values: nobody tells whether one will be a list. */
export function valuesOf(thing: Thing, property: string): readonly unknown[] {
  const value = thing[property];
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

export function thingsOf(thing: Thing, property: string): readonly Thing[] {
  return valuesOf(thing, property).filter(isThing);
}

/** Its types without their vocabulary: `https://schema.org/Product`, `schema:Product` and `Product` are one. */
export function typesOf(thing: Thing): readonly string[] {
  return valuesOf(thing, "@type").flatMap((type) => (typeof type === "string" ? [lastWord(type)] : []));
}

export function isOfType(thing: Thing, ...types: readonly string[]): boolean {
  return typesOf(thing).some((type) => types.includes(type));
}

/** `https://schema.org/InStock` → `InStock` */
export function lastWord(term: string): string {
  return /[^/#:]*$/.exec(term.trim())?.[0] ?? "";
}

/** The first of these properties that is a text or a number, or a thing with a name or a value. */
export function wordOf(thing: Thing, ...properties: readonly string[]): string | null {
  for (const value of properties.flatMap((property) => valuesOf(thing, property))) {
    const plain = isThing(value) ? (value["name"] ?? value["value"] ?? value["@value"]) : value;
    const [first] = Array.isArray(plain) ? (plain as readonly unknown[]) : [plain];
    if (typeof first === "number") return String(first);
    if (typeof first === "string" && first.trim() !== "") return first.trim();
  }
  return null;
}
