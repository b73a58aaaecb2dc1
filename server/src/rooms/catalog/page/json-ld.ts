import { isThing, thingsOf, valuesOf, type Thing } from "./thing.ts";

/** More than a shop's whole graph; deeper than any. */
const nodesMax = 20_000;
const depthMax = 24;

/**
 * What a page's JSON-LD describes: the outermost things of all its scripts and graphs, references (`{"@id": …}`)
 * replaced by what they mean. A script that is no JSON is passed over, as search engines do.
 */
export function readJsonLd(scripts: readonly string[]): readonly Thing[] {
  const outermost = scripts.flatMap((script) => outermostOf(parse(script), 0));
  const byId = new Map<string, Thing>();
  let count = 0;
  const index = (value: unknown, depth: number): void => {
    if (typeof value !== "object" || value === null || depth > depthMax || (count += 1) > nodesMax) return;
    const id = isThing(value) ? value["@id"] : null;
    if (isThing(value) && typeof id === "string" && !isReference(value) && !byId.has(id)) byId.set(id, value);
    for (const part of Object.values(value)) index(part, depth + 1);
  };
  for (const thing of outermost) index(thing, 0);
  return outermost.map((thing) => linked(thing, byId));
}

/** The things that a reference names are looked up when they are asked for: graphs go round in circles. */
function linked(thing: Thing, byId: ReadonlyMap<string, Thing>): Thing {
  return new Proxy(thing, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property);
      if (typeof property !== "string") return value;
      if (Array.isArray(value)) return value.map((each: unknown) => follow(each, byId));
      return follow(value, byId);
    },
  });
}

function follow(value: unknown, byId: ReadonlyMap<string, Thing>): unknown {
  if (!isThing(value)) return value;
  const id = value["@id"];
  return linked(isReference(value) && typeof id === "string" ? (byId.get(id) ?? value) : value, byId);
}

function isReference(thing: Thing): boolean {
  return Object.keys(thing).every((key) => key === "@id" || key === "@type");
}

function outermostOf(value: unknown, depth: number): readonly Thing[] {
  if (depth > depthMax) return [];
  if (Array.isArray(value)) return value.flatMap((each: unknown) => outermostOf(each, depth + 1));
  if (!isThing(value)) return [];
  const graph = thingsOf(value, "@graph");
  return valuesOf(value, "@graph").length > 0 ? outermostOf(graph, depth + 1) : [value];
}

function parse(script: string): unknown {
  // Some shops wrap it so that browsers of 1996 would not print it.
  const bare = script
    .replace(/^\s*(<!--|\/\*\s*<!\[CDATA\[\s*\*\/|\/\/\s*<!\[CDATA\[)/, "")
    .replace(/(-->|\/\*\s*\]\]>\s*\*\/|\/\/\s*\]\]>)\s*$/, "");
  try {
    return JSON.parse(bare);
  } catch {
    return lenient(bare);
  }
}

/** The commonest mistake is a line break inside a text, which JSON does not allow. */
function lenient(bare: string): unknown {
  try {
    return JSON.parse(bare.replaceAll(/\p{Cc}+/gu, " "));
  } catch {
    return null;
  }
}
