/** Words that a label writes in capitals: directions, post boxes, route kinds. */
const capitals = new Set(["ne", "nw", "se", "sw", "n", "s", "e", "w", "po", "rr", "us", "ii", "iii", "iv"]);

/** Street suffixes and units as the Postal Service abbreviates them (Publication 28, appendix C). */
const suffixes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    street: "St",
    str: "St",
    avenue: "Ave",
    av: "Ave",
    boulevard: "Blvd",
    road: "Rd",
    drive: "Dr",
    lane: "Ln",
    court: "Ct",
    place: "Pl",
    square: "Sq",
    highway: "Hwy",
    parkway: "Pkwy",
    terrace: "Ter",
    circle: "Cir",
    trail: "Trl",
  }),
);
const units: ReadonlyMap<string, string> = new Map(
  Object.entries({ apartment: "Apt", suite: "Ste", building: "Bldg", floor: "Fl", room: "Rm" }),
);

/** Outer and repeated whitespace is never meant. */
export function collapse(text: string): string {
  return text.trim().replaceAll(/\s+/gu, " ");
}

/**
 * A street line as it should stand on a label: "123 main street." → "123 Main St", "p.o. box 9" → "PO Box 9". Words
 * that are written with care (McAllister) stay as they are, and a line where nothing is wrong but a suffix written out
 * is not worth asking the shopper about.
 */
export function tidyStreet(line: string): string {
  const plain = line.replace(/^p\.?\s*o\.?\s*box\b/i, "PO Box").replaceAll(/[.,;]+(?=\s|$)/g, "");
  const words = collapse(plain).split(" ");
  const inCase = words.map(tidyWord).join(" ");
  return inCase === line ? line : inCase.split(" ").map(abbreviated).join(" ");
}

/** "NEW YORK" → "New York"; "St. Louis" stays. */
export function tidyCity(city: string): string {
  const plain = city.replaceAll(/[,;]+(?=\s|$)/g, "");
  return collapse(plain).split(" ").map(capitalised).join(" ");
}

/** A suffix ends a name; before another one ("Court Square") or at the very beginning it is the name. */
function abbreviated(word: string, index: number, words: readonly string[]): string {
  const lower = word.toLowerCase();
  const isName = index === 0 || words.slice(index + 1).some((later) => suffixes.has(later.toLowerCase()));
  return units.get(lower) ?? (isName ? undefined : suffixes.get(lower)) ?? word;
}

function tidyWord(word: string): string {
  const lower = word.toLowerCase();
  if (capitals.has(lower)) return lower.toUpperCase();
  if (/^\d+(st|nd|rd|th)$/i.test(word)) return lower;
  // "4b" and "12A" name a door.
  if (/^#?\d+[a-z]?$/i.test(word)) return word.toUpperCase();
  return capitalised(word);
}

/** Only words all in one case are touched: whoever mixed them knew why. */
function capitalised(word: string): string {
  if (word !== word.toLowerCase() && word !== word.toUpperCase()) return word;
  return word
    .toLowerCase()
    .replaceAll(/(^|[-'’/])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
}
