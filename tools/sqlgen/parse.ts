/** What stands in a room's .sql file, as data. */
export type Mode = "one" | "many" | "opt" | "exec";

export type Param = { readonly name: string; readonly isNullable: boolean };

export type Statement = {
  readonly name: string;
  readonly mode: Mode;
  /** Its comment lines: why it exists and what it locks. */
  readonly doc: readonly string[];
  /** With $1, $2 … in the place of the named parameters. */
  readonly text: string;
  readonly params: readonly Param[];
};

/** A mistake in a .sql file, worded for its author. */
export class SqlFileError extends Error {
  override readonly name = "SqlFileError";
}

const header = /^-- name: ([a-z][A-Za-z0-9]*) :(one|many|opt|exec)$/;

/** @throws SqlFileError for a header, a comment or a name that is not as it should be */
export function parseSqlFile(path: string, source: string): Statement[] {
  const blocks = source.split(/^(?=-- name:)/m);
  const preamble = blocks[0]?.startsWith("-- name:") === true ? "" : (blocks.shift() ?? "");
  if (withoutComments(preamble) !== "")
    throw new SqlFileError(`${path}: a statement stands before the first "-- name:"`);

  const statements = blocks.map((block) => parseBlock(path, block));
  const names = new Set<string>();
  for (const { name } of statements) {
    if (names.has(name)) throw new SqlFileError(`${path}: two statements are named ${name}`);
    names.add(name);
  }
  return statements;
}

function parseBlock(path: string, block: string): Statement {
  const [first = "", ...lines] = block.split("\n");
  const match = header.exec(first.trimEnd());
  if (match === null) {
    throw new SqlFileError(`${path}: "${first}" is not "-- name: nounVerb :one|:many|:opt|:exec"`);
  }
  const [, name = "", mode = ""] = match;
  const bodyStart = lines.findIndex((line) => !line.startsWith("--"));
  const doc = lines.slice(0, bodyStart).map((line) => line.replace(/^--\s?/, ""));
  if (doc.join("").trim() === "") {
    throw new SqlFileError(`${path}: ${name}: say why it exists and what it locks, in comment lines under its name`);
  }
  const body = lines.slice(bodyStart).join("\n").trim();
  if (!body.endsWith(";")) throw new SqlFileError(`${path}: ${name}: end the statement with a semicolon`);
  const { text, params } = numberParams(body.slice(0, -1));
  if (text.includes("\0;")) throw new SqlFileError(`${path}: ${name}: one name, one statement`);
  return { name, mode: mode as Mode, doc, text: text.trim(), params };
}

/**
 * Everything in SQL in which a colon is no parameter, then what may be one: `'…'`, `"…"`, `$tag$…$tag$`, comments,
 * casts, slices such as `[1:n]`, and `:name` with an optional question mark that says it may be null.
 */
const token = new RegExp(
  [
    /'(?:[^']|'')*'/,
    /"(?:[^"]|"")*"/,
    /\$([a-z_]*)\$[\s\S]*?\$\1\$/,
    /--[^\n]*/,
    /\/\*[\s\S]*?\*\//,
    /::/,
    /(?<![\w\])]):([a-z][a-z0-9_]*)(\?)?/,
    /;/,
  ]
    .map((part) => part.source)
    .join("|"),
  "g",
);

function numberParams(body: string): { text: string; params: Param[] } {
  const params = new Map<string, boolean>();
  const text = body.replace(token, (whole: string, _tag?: string, name?: string, mark?: string) => {
    if (whole.startsWith("--") || whole.startsWith("/*")) return "";
    if (whole === ";") return "\0;";
    if (name === undefined) return whole;
    params.set(name, params.get(name) === true || mark === "?");
    return `$${[...params.keys()].indexOf(name) + 1}`;
  });
  return {
    text: text.replaceAll(/[ \t]+$/gm, "").replaceAll(/\n{2,}/g, "\n"),
    params: [...params].map(([name, isNullable]) => ({ name, isNullable })),
  };
}

function withoutComments(source: string): string {
  return source.replaceAll(/--[^\n]*/g, "").trim();
}
