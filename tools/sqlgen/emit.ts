import type { Description, TypeCatalog } from "./describe.ts";
import { SqlFileError, type Mode, type Statement } from "./parse.ts";
import { tsTypeOf, type TsType } from "./types.ts";

export type Described = { readonly statement: Statement; readonly description: Description };

export type Module = {
  /** The .sql file's name, for the header. */
  readonly file: string;
  /** Prefixes the names of the prepared statements, so that no two rooms' meet on one connection. */
  readonly room: string;
  readonly statements: readonly Described[];
  readonly catalog: TypeCatalog;
};

/** The text of one generated module. */
export function emitModule(module: Module): string {
  const bodies = module.statements.map((described) => emitStatement(module, described));
  const runners = [...new Set(module.statements.map(({ statement }) => statement.mode))].sort();
  const usesTextArray = bodies.some((body) => body.includes("textArray("));
  const imports = [...runners, ...(usesTextArray ? ["textArray"] : []), "type Db"].join(", ");
  return [
    `// Generated from ${module.file} by tools/sqlgen.ts. Do not edit.`,
    `import { ${imports} } from "#platform/db/query.ts";`,
    ...bodies.map((body) => `\n${body}`),
    "",
  ].join("\n");
}

function emitStatement(module: Module, { statement, description }: Described): string {
  const { name, mode, params } = statement;
  const type = pascal(name);
  const fields = params.map((param, index) => {
    const ts = typeFor(description.paramOids[index] ?? 0, module.catalog, `${module.file}: ${name}(:${param.name})`);
    return { key: camel(param.name), ts, isNullable: param.isNullable };
  });
  const columns = description.columns.map((column) => ({
    key: camel(column.name),
    ts: typeFor(column.typeOid, module.catalog, `${module.file}: ${name} → ${column.name}`),
    isNullable: column.isNullable,
  }));
  refuseTwins(columns, `${module.file}: ${name}`);

  const values = fields.map(({ key, ts, isNullable }) => (ts.isJson ? json(key, isNullable) : `args.${key}`));
  const call = [`"${module.room}.${name}"`, `${name}Text`, `[${values.join(", ")}]`];
  const lines = [
    ...(fields.length > 0 ? [objectType(`${type}Args`, fields, (ts) => ts.input)] : []),
    ...(mode === "exec" ? [] : [objectType(`${type}Row`, columns, (ts) => ts.output)]),
    `const ${name}Text = ${templateLiteral(statement.text)};`,
    ...docLines(statement.doc),
    `export function ${name}(db: Db${fields.length > 0 ? `, args: ${type}Args` : ""}): Promise<${resultOf(mode, type)}> {`,
    ...(mode === "exec"
      ? [`  return exec(db, ${call.join(", ")});`]
      : [
          `  return ${mode}(db, ${call.join(", ")}, (row): ${type}Row => ({`,
          ...columns.map(
            ({ key, ts }, index) => `    ${key}: ${ts.isTextArray ? `textArray(row[${index}])` : `row[${index}]`},`,
          ),
          "  }));",
        ]),
    "}",
  ];
  return lines.join("\n");
}

type EmittedField = { readonly key: string; readonly ts: TsType; readonly isNullable: boolean };

function objectType(name: string, fields: readonly EmittedField[], side: (ts: TsType) => string): string {
  const members = fields.map(({ key, ts, isNullable }) => {
    const type = side(ts);
    // unknown already holds null.
    return `  readonly ${key}: ${type}${isNullable && type !== "unknown" && type !== "null" ? " | null" : ""};`;
  });
  return [`export type ${name} = {`, ...members, "};"].join("\n");
}

/** The driver would turn an array into a Postgres array and a string into bare text; JSON is said outright. */
function json(key: string, isNullable: boolean): string {
  return isNullable ? `args.${key} === null ? null : JSON.stringify(args.${key})` : `JSON.stringify(args.${key})`;
}

function resultOf(mode: Mode, type: string): string {
  if (mode === "exec") return "number";
  if (mode === "many") return `${type}Row[]`;
  return mode === "opt" ? `${type}Row | null` : `${type}Row`;
}

function typeFor(oid: number, catalog: TypeCatalog, where: string): TsType {
  const type = tsTypeOf(oid, catalog);
  if (type === undefined) {
    throw new SqlFileError(`${where}: no TypeScript type for this Postgres type (oid ${oid}); cast it, e.g. to text`);
  }
  return type;
}

function refuseTwins(columns: readonly EmittedField[], where: string): void {
  const keys = columns.map(({ key }) => key);
  const twin = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twin !== undefined) throw new SqlFileError(`${where}: two columns are named ${twin}`);
  const strange = keys.find((key) => !/^[a-z][A-Za-z0-9]*$/.test(key));
  if (strange !== undefined) throw new SqlFileError(`${where}: give the column "${strange}" a name with "as"`);
}

function docLines(doc: readonly string[]): string[] {
  const safe = doc.map((line) => line.replaceAll("*/", "* /").trimEnd());
  return safe.length === 1 ? [`/** ${safe[0]} */`] : ["/**", ...safe.map((line) => ` * ${line}`.trimEnd()), " */"];
}

function templateLiteral(text: string): string {
  return `\`${text.replaceAll("\\", "\\\\").replaceAll("`", "\\`").replaceAll("${", "\\${")}\``;
}

function camel(name: string): string {
  return name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function pascal(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}
