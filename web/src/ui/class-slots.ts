/**
 * Which properties a utility class sets, by its name without variants. Only what classes of this shop set: a test holds
 * it against tailwind-merge, whose table of everything there is weighs 9 kB of every page.
 */
export function slotsOf(name: string): readonly string[] {
  const word = name.startsWith("-") ? name.slice(1) : name;
  const whole = words.get(word);
  if (whole !== undefined) return [whole];
  for (const [pattern, slots] of patterns) {
    const found = pattern.exec(word);
    if (found !== null) return typeof slots === "function" ? slots(found[1] ?? "") : slots;
  }
  return [];
}

/** Classes that are words of their own, by what they set. */
const words = new Map(
  Object.entries({
    display: "block inline inline-block flex inline-flex grid inline-grid hidden contents",
    position: "static fixed absolute relative sticky",
    visibility: "visible invisible collapse",
    reader: "sr-only not-sr-only",
    transform: "uppercase lowercase capitalize normal-case",
    style: "italic not-italic",
    line: "underline overline line-through no-underline",
    smoothing: "antialiased subpixel-antialiased",
    truncation: "truncate text-ellipsis text-clip",
    isolation: "isolate isolation-auto",
    sizing: "box-border box-content",
    filter: "filter",
  }).flatMap(([slot, names]) => names.split(" ").map((name) => [name, slot] as const)),
);

type Slots = readonly string[] | ((rest: string) => readonly string[]);

const edges: Readonly<Record<string, string>> = { "": "trbl", x: "rl", y: "tb", t: "t", r: "r", b: "b", l: "l" };
const corners: Readonly<Record<string, string>> = {
  "": "1234",
  t: "12",
  r: "23",
  b: "34",
  l: "14",
  tl: "1",
  tr: "2",
  br: "3",
  bl: "4",
};
const each = (property: string, parts: string): string[] => parts.split("").map((part) => `${property}-${part}`);

/** The first that fits counts. */
const patterns: readonly (readonly [RegExp, Slots])[] = [
  [/^p([xytrbl]?)-/, (side) => each("p", edges[side] ?? "")],
  [/^m([xytrbl]?)-/, (side) => each("m", edges[side] ?? "")],
  [/^inset-([xy])-/, (side) => each("at", edges[side] ?? "")],
  [/^inset-/, each("at", "trbl")],
  [/^(top|right|bottom|left)-/, (side) => each("at", side.slice(0, 1))],
  [/^size-/, ["w", "h"]],
  [/^((?:min-|max-)?[wh])-/, (what) => [what]],
  [/^gap-([xy])-/, (axis) => [`gap-${axis}`]],
  [/^gap-/, ["gap-x", "gap-y"]],
  [/^text-(?:xs|sm|base|lg|xl|2xl|3xl)(?:\/.+)?$|^text-\[[\d.]+(?:r?em|px)\]$/, ["font-size", "leading"]],
  [/^text-(?:left|center|right|start|end|justify)$/, ["align"]],
  [/^text-(?:wrap|nowrap|balance|pretty)$/, ["wrap"]],
  [/^text-/, ["color"]],
  [/^font-(?:thin|light|normal|medium|semibold|bold)$/, ["weight"]],
  [/^border(?:-([xytrbl]))?(?:-\d+|-\[\d+px\])?$/, (side) => each("border", edges[side] ?? "")],
  [/^border-(?:solid|dashed|dotted|none)$/, ["border-style"]],
  [/^border-([xytrbl])-/, (side) => each("border-color", edges[side] ?? "")],
  [/^border-/, each("border-color", "trbl")],
  [/^rounded-(t|r|b|l|tl|tr|br|bl)(?:-|$)/, (corner) => each("rounded", corners[corner] ?? "")],
  [/^rounded(?:-|$)/, each("rounded", "1234")],
  [/^flex-(?:row|col)(?:-reverse)?$/, ["direction"]],
  [/^flex-(?:wrap|nowrap)/, ["flex-wrap"]],
  [/^flex-/, ["flex", "grow", "shrink", "basis"]],
  [/^(grow|shrink)(?:-|$)/, (what) => [what]],
  [/^overflow-([xy])-/, (axis) => [`overflow-${axis}`]],
  [/^overflow-/, ["overflow", "overflow-x", "overflow-y"]],
  [/^translate-([xy])-/, (axis) => [`translate-${axis}`]],
  [/^translate-/, ["translate-x", "translate-y"]],
  [/^bg-(?:center|top|bottom|left|right)$/, ["bg-position"]],
  [/^bg-(?:no-)?repeat/, ["bg-repeat"]],
  [/^outline-(offset)-/, ["outline-offset"]],
  [/^outline-(?:none|hidden|solid|dashed)$/, ["outline-style"]],
  [/^outline(?:-\d+)?$/, ["outline-width"]],
  [/^decoration-\d/, ["decoration-width"]],
  [/^divide-([xy])/, (axis) => [`divide-${axis}`]],
  [/^stroke-\d/, ["stroke-width"]],
  [/^underline-offset-/, ["underline-offset"]],
  [
    /^(justify-(?:items|self)|place-(?:content|items)|scroll-m[xytrbl]?|pointer-events|grid-(?:cols|rows|flow)|line-clamp|col-span|row-(?:span|start|end))-/,
    (what) => [what],
  ],
  [
    /^(items|justify|self|content|order|basis|col|row|z|opacity|cursor|select|whitespace|break|wrap|object|aspect)-/,
    (what) => [what],
  ],
  [
    /^(bg|leading|tracking|fill|stroke|animate|duration|ease|scale|rotate|appearance|resize|accent|outline|decoration|divide|shadow|list)-/,
    (what) => [what],
  ],
  [/^(transition)(?:-|$)/, ["transition"]],
];
