/** More than this is another name, not a slip. */
const slipsMax = 2;

/**
 * Whether a place's name was meant though it is not what was typed: "Portlnad" for Portland. The same name in other
 * letters or abbreviated ("ST LOUIS", "Ft. Worth") is not misspelt, and neither is a short one that differs.
 */
export function isMisspelt(typed: string, name: string): boolean {
  const [a, b] = [plain(typed), plain(name)];
  if (a === b || b.length < 5 || Math.abs(a.length - b.length) > slipsMax) return false;
  return slipsBetween(a, b) <= (b.length < 8 ? 1 : slipsMax);
}

/** Letters added, left out, changed, or swapped with their neighbour (optimal string alignment). */
function slipsBetween(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const cell = (i: number, j: number): number => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1];
      const isSwap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        cell(i - 1, j) + 1,
        cell(i, j - 1) + 1,
        cell(i - 1, j - 1) + (isSame ? 0 : 1),
        isSwap ? cell(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
  }
  return cell(a.length, b.length);
}

const shorts: ReadonlyMap<string, string> = new Map([
  ["st", "saint"],
  ["ste", "sainte"],
  ["ft", "fort"],
  ["mt", "mount"],
]);

function plain(name: string): string {
  return name
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .map((word) => shorts.get(word) ?? word)
    .join(" ")
    .trim();
}
