import { clsx, type ClassValue } from "clsx";
import { slotsOf } from "./class-slots.ts";

/** A page has some hundred different lists, and asks for each again with every render. */
const merged = new Map<string, string>();
const mergedMax = 1_000;

/** Joins class names; of two that set the same property the last one wins, so that a caller may change a component. */
export function cn(...names: readonly ClassValue[]): string {
  const text = clsx(names);
  const known = merged.get(text);
  if (known !== undefined) return known;
  if (merged.size >= mergedMax) merged.clear();
  const result = merge(text);
  merged.set(text, result);
  return result;
}

/** From the end: a class goes when everything it sets, under the same variants, is set by those after it. */
function merge(text: string): string {
  const isSet = new Set<string>();
  const kept: string[] = [];
  for (const name of text.split(/\s+/).reverse()) {
    const start = startOfName(name);
    const variants = name.slice(0, start);
    const slots = slotsOf(name.slice(start)).map((slot) => variants + slot);
    if (slots.length > 0 && slots.every((slot) => isSet.has(slot))) continue;
    for (const slot of slots) isSet.add(slot);
    kept.push(name);
  }
  return kept.reverse().join(" ").trim();
}

/** After the last colon that stands in no bracket: "hover:bg-sunken", "data-[state=open]:flex". */
function startOfName(name: string): number {
  let depth = 0;
  let start = 0;
  for (let index = 0; index < name.length; index += 1) {
    const letter = name[index];
    if (letter === "[" || letter === "(") depth += 1;
    else if (letter === "]" || letter === ")") depth -= 1;
    else if (letter === ":" && depth === 0) start = index + 1;
  }
  return start;
}
