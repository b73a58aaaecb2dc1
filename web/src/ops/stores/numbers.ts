/** A whole number within bounds; undefined where a text is none. */
export function wholeOf(text: string, min: number, max: number): number | undefined {
  if (!/^\d{1,9}$/.test(text.trim())) return undefined;
  const value = Number(text.trim());
  return value >= min && value <= max ? value : undefined;
}

const basisPointsMax = 5000;

/** A percentage with up to two decimals, in basis points: "2.5" is 250. */
export function basisPointsOf(text: string): number | undefined {
  const found = /^(\d{1,2})(?:\.(\d{1,2}))?\s*%?$/.exec(text.trim());
  if (found === null) return undefined;
  const value = Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0"));
  return value <= basisPointsMax ? value : undefined;
}

export function percentOf(basisPoints: number): string {
  return String(basisPoints / 100);
}
