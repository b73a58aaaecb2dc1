import type { Finding, Rule } from "./rule.ts";
import { withoutLiterals, writesOf } from "./sql-writes.ts";
import type { SourceFile } from "./tree.ts";

/** `order` is a reserved word, so its schema is the plural. */
const schemaOfRoom = new Map([["order", "orders"]]);

const roomOf = (path: string): string => /^server\/src\/(?:rooms\/)?([^/]+)\//.exec(path)?.[1] ?? "";
const isStatements = (path: string): boolean => /^server\/src\/(rooms|platform)\/.*\.sql$/.test(path);
const isMigration = (path: string): boolean => /^server\/db\/migrations\/.*\.sql$/.test(path);

export const sqlRules: readonly Rule[] = [
  {
    name: "a room's statements write only its own schema",
    appliesTo: isStatements,
    check: (file) => strayWrites(file),
  },
  {
    name: "columns are listed, never starred",
    appliesTo: (path) => path.endsWith(".sql"),
    // After `add column` a prepared `select *` fails with 0A000, and a row's shape must not depend on history. A
    // function that reads a row into a variable of the table's own type is planned afresh, and may.
    check: (file) => {
      const star = String.raw`(\b(select|returning)\s+(distinct\s+)?|,\s*|\w\.)\*`;
      return lineMatches(
        file,
        new RegExp(isMigration(file.path) ? `${star}(?!\\s+into\\b)` : star, "i"),
        "list the columns",
      );
    },
  },
  {
    name: "every statement says why it exists",
    appliesTo: isStatements,
    check: (file) =>
      file.lines.flatMap((line, index) =>
        line.startsWith("-- name:") && !/^-- \S/.test(file.lines[index + 1] ?? "")
          ? [{ line: index + 1, what: `${line.slice(9)} has no comment under its name` }]
          : [],
      ),
  },
  {
    name: "migrations go forward only and are named NNNN_what.sql",
    appliesTo: isMigration,
    check: (file) => [
      ...lineMatches(file, /^\s*--[\s-]*down\s+migration/i, "there is no way back: write the next one"),
      ...(/\/\d{4}_[a-z0-9_]+\.sql$/.test(file.path) ? [] : [{ line: 1, what: "not NNNN_what.sql" }]),
    ],
  },
];

function strayWrites(file: SourceFile): Finding[] {
  const room = roomOf(file.path);
  const own = schemaOfRoom.get(room) ?? room;
  return writesOf(file.text)
    .filter(({ schema }) => schema !== own)
    .map(({ schema, table }) => ({
      line: lineOf(file, table),
      what:
        schema === undefined ? `writes ${table}: name its schema` : `writes ${schema}.${table}, which is not ${own}'s`,
    }));
}

function lineOf(file: SourceFile, table: string): number {
  return file.lines.findIndex((line) => !line.startsWith("--") && line.includes(table)) + 1;
}

function lineMatches(file: SourceFile, pattern: RegExp, what: string): Finding[] {
  // Comments are looked at by the pattern that wants them; the others must not trip over one.
  return file.lines.flatMap((line, index) => {
    const text = pattern.source.includes("--") ? line : withoutLiterals(line);
    return pattern.test(text) ? [{ line: index + 1, what }] : [];
  });
}
