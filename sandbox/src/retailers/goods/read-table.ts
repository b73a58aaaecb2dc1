import { readFileSync } from "node:fs";

import { assert, must } from "#core/assert.ts";

export type TableRow = Readonly<Record<string, string>>;

/**
 * Reads a table of this folder: pipe-separated, the first line names the columns, "-" is "none". Goods are kept as
 * tables because that is how a person edits two hundred of them; the last column may hold any text but a pipe.
 */
export function readTable(fileName: string): readonly TableRow[] {
  const text = readFileSync(new URL(fileName, import.meta.url), "utf8");
  const [head, ...lines] = text.split("\n").filter((line) => line.length > 0);
  const columns = must(head, `${fileName}: has a heading`).split("|");
  return lines.map((line, index) => {
    const cells = line.split("|");
    assert(cells.length === columns.length, `${fileName}: line ${index + 2} has ${columns.length} columns`);
    return Object.fromEntries(columns.map((column, at) => [column, must(cells[at], "a cell for each column")]));
  });
}
