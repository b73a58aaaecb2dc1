/** The tables that a piece of SQL writes, by its text. */
export type Write = { readonly schema: string | undefined; readonly table: string };

const name = String.raw`"?([a-z_][a-z0-9_]*)"?(?:\s*\.\s*"?([a-z_][a-z0-9_]*)"?)?`;

/**
 * `update` is also what follows `for`, `do`, `no key` (a lock, a conflict's answer), and what triggers fire on: those
 * write nothing by themselves.
 */
const writing = new RegExp(
  String.raw`\b(?:insert\s+into|merge\s+into|delete\s+from|truncate(?:\s+table)?|(?<!\b(?:for|do|key|or|before|after)\s+)update)` +
    String.raw`\s+(?:only\s+)?${name}`,
  "gi",
);

/** What begins a clause of `update` instead of naming a table. */
const noTables = new Set(["set", "of", "skip", "nowait", "on"]);

export function writesOf(sql: string): Write[] {
  return [...withoutLiterals(sql).matchAll(writing)].flatMap((match) => {
    const first = (match[1] ?? "").toLowerCase();
    const second = match[2]?.toLowerCase();
    if (second === undefined && noTables.has(first)) return [];
    return [second === undefined ? { schema: undefined, table: first } : { schema: first, table: second }];
  });
}

/** SQL without its comments and strings, in which anything may stand. */
export function withoutLiterals(sql: string): string {
  return sql
    .replaceAll(/--[^\n]*/g, " ")
    .replaceAll(/\/\*[\s\S]*?\*\//g, " ")
    .replaceAll(/'(?:[^']|'')*'/g, "''");
}
