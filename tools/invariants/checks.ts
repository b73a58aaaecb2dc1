/** The invariants as they stand in the .sql files beside this one. */
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseSqlFile, SqlFileError, type Statement } from "../sqlgen/parse.ts";

/** What a check needs besides the database. `settled_seconds` is always there. */
const inputs = [
  "settled_seconds",
  "charges",
  "refunds",
  "store_orders",
  "mails",
  "secret_patterns",
  "card_patterns",
] as const;
export type Input = (typeof inputs)[number];

export type Check = {
  /** As in docs/invariants.md: M1, O3. Several checks may hold one invariant together. */
  readonly id: string;
  readonly name: string;
  readonly file: string;
  /** `eventually`: judged only of rows that nobody has touched for a while. */
  readonly when: "at every moment" | "eventually";
  /** What must be true, as a sentence. */
  readonly promise: string;
  /** Answers a row (subject, detail) for each breach. */
  readonly text: string;
  /** In the order of $1, $2 … */
  readonly inputs: readonly Input[];
};

const header = /^([A-Z]\d) (at every moment|eventually): (.+)$/;

/** @throws SqlFileError for a comment that does not begin with "M1 at every moment: …" or "M1 eventually: …" */
export function readChecks(): Check[] {
  const files = globSync(join(import.meta.dirname, "*.sql")).sort();
  const checks = files.flatMap((path) => {
    const file = basename(path);
    return parseSqlFile(file, readFileSync(path, "utf8")).map((statement) => checkOf(file, statement));
  });
  const place = ({ id }: Check): string => `${letters.indexOf(id.charAt(0))}${id}`;
  return checks.sort((a, b) => place(a).localeCompare(place(b)));
}

/** Money first, as in docs/invariants.md. */
const letters = "MOSWP";

function checkOf(file: string, { name, doc, text, params }: Statement): Check {
  const [, id = "", when = "", promise = ""] = header.exec(doc[0] ?? "") ?? [];
  if (id === "") throw new SqlFileError(`${file}: ${name}: begin its comment with "M1 at every moment: …"`);
  if (!name.startsWith(id.toLowerCase())) throw new SqlFileError(`${file}: ${name} does not begin with ${id}`);
  const known = params.map((param) => inputs.find((input) => input === param.name) ?? param.name);
  const unknown = known.find((input) => !inputs.includes(input as Input));
  if (unknown !== undefined) throw new SqlFileError(`${file}: ${name}: there is no ":${unknown}" to give it`);
  return { id, name, file, when: when as Check["when"], promise, text, inputs: known as Input[] };
}
