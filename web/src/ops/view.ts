import { pageNumber } from "#web/ui/page-number.ts";
import type { Query } from "./types.ts";

/** One value of an address's query; null where there is none. */
export function textOf(query: Query, name: string): string | null {
  const value = query[name];
  const text = Array.isArray(value) ? value[0] : value;
  return text === undefined || text.trim() === "" ? null : text.trim();
}

/** The one of these that the query names, or null. */
export function oneOf<Choice extends string>(query: Query, name: string, choices: readonly Choice[]): Choice | null {
  const text = textOf(query, name);
  return choices.find((choice) => choice === text) ?? null;
}

/** From 1; whatever makes no sense is the first. */
export function pageOf(query: Query): number {
  return pageNumber(textOf(query, "page"));
}

/** An address as short as it can be said: what is null, empty or the first page is left out. */
export function addressOf(path: string, values: Readonly<Record<string, string | number | null>>): string {
  const said = Object.entries(values).filter(
    ([name, value]) => value !== null && value !== "" && !(name === "page" && value === 1),
  );
  const query = new URLSearchParams(said.map(([name, value]) => [name, String(value)])).toString();
  return query === "" ? path : `${path}?${query}`;
}
