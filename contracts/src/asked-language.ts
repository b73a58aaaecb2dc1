import type { Language } from "./error.ts";

/**
 * The language of ours that a reader asks for most, from `Accept-Language`: the heaviest, of equals the first named.
 * Null where none of ours is asked for; a weight of 0 says "not this one".
 */
export function askedLanguage(header: string): Language | null {
  // What is named first and bears no weight is the heaviest: so it is in nearly every request.
  const [, first] = /^(en|ko)(?:-[a-z0-9]+)*\s*(?:,|$)/i.exec(header) ?? [];
  if (first !== undefined) return ours(first);
  const asked = header.slice(0, headerLengthMax).split(",").map(choice);
  const [heaviest] = asked.filter(({ language, weight }) => language !== null && weight > 0).sort(byWeight);
  return heaviest?.language ?? null;
}

/** Browsers send less than a hundred characters; the rest is somebody's experiment. */
const headerLengthMax = 300;

type Choice = { readonly language: Language | null; readonly weight: number };

const byWeight = (one: Choice, other: Choice): number => other.weight - one.weight;

function choice(part: string): Choice {
  const [range = "", ...parameters] = part.split(";");
  const weight = parameters.map((text) => /^\s*q=([\d.]+)\s*$/i.exec(text)?.[1]).find((text) => text !== undefined);
  const tag = range.trim().split("-")[0] ?? "";
  return { language: ours(tag), weight: weight === undefined ? 1 : Number(weight) };
}

function ours(tag: string): Language | null {
  const known = tag.toLowerCase();
  return known === "en" || known === "ko" ? known : null;
}
