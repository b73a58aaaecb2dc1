import type { TypeCatalog } from "./describe.ts";

/** How one Postgres type looks in TypeScript, going in and coming out. */
export type TsType = {
  /** As a parameter. */
  readonly input: string;
  /** As a column. */
  readonly output: string;
  readonly isJson: boolean;
  /** An array that the driver leaves as text. */
  readonly isTextArray: boolean;
};

/** By the name in pg_type of the types that our pools decode (see platform/db/pool.ts). */
const scalars: ReadonlyMap<number, string> = new Map([
  [16, "boolean"],
  [17, "Buffer"],
  [19, "string"], // name
  [20, "bigint"],
  [21, "number"],
  [23, "number"],
  [25, "string"],
  [26, "number"], // oid
  [700, "number"],
  [701, "number"],
  [1042, "string"], // char(n)
  [1043, "string"],
  [1082, "string"], // date
  [1184, "Date"], // timestamptz; a timestamp without its zone is left out on purpose
  [1700, "string"], // numeric: exact, so text
  [2950, "string"], // uuid
  [114, "unknown"],
  [3802, "unknown"],
]);

const jsonOids = new Set([114, 3802]);

/** The driver decodes these arrays itself; any other, an enum's for one, arrives as text. */
const decodedArrays = new Set([16, 17, 20, 21, 23, 25, 26, 700, 701, 1042, 1043, 1082, 1184, 1700, 2950]);

const voidOid = 2278;

/** @returns undefined for a type that has no TypeScript twin; its author should cast it */
export function tsTypeOf(oid: number, catalog: TypeCatalog): TsType | undefined {
  const base = catalog.baseOf.get(oid);
  if (base !== undefined) return tsTypeOf(base, catalog);

  const element = catalog.elementOf.get(oid);
  if (element !== undefined) return arrayType(element, catalog);

  const scalar = oid === voidOid ? "null" : (scalars.get(oid) ?? unionOf(catalog.enums.get(oid)));
  if (scalar === undefined) return undefined;
  return {
    input: scalar === "Buffer" ? "Uint8Array" : scalar,
    output: scalar,
    isJson: jsonOids.has(oid),
    isTextArray: false,
  };
}

function arrayType(element: number, catalog: TypeCatalog): TsType | undefined {
  // An array of json has no sound form in the driver: send one jsonb instead.
  if (jsonOids.has(element)) return undefined;
  const of = tsTypeOf(element, catalog);
  if (of === undefined) return undefined;
  return {
    input: `readonly ${bracketed(of.input)}[]`,
    output: `readonly ${bracketed(of.output)}[]`,
    isJson: false,
    isTextArray: !decodedArrays.has(catalog.baseOf.get(element) ?? element),
  };
}

function unionOf(labels: readonly string[] | undefined): string | undefined {
  return labels?.map((label) => JSON.stringify(label)).join(" | ");
}

function bracketed(type: string): string {
  return type.includes("|") ? `(${type})` : type;
}
